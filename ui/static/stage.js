// The stage: what is being made, what came of it, and the clips before it.
import { ask, button, calm, call, hasWord, icon, iconButton, member, newKey, node, onOpen, openTab, pause, word } from "./page.js";
import { publishDialog } from "./share.js";
import { storyboardView } from "./storyboard.js";
import { chosen, notice, promptBox, seedBox, type } from "./form.js";

const LOOK_EVERY = 350; // milliseconds between two looks at a generation
const LOST_EVERY = 1500; // milliseconds between two tries when the server does not answer
const SCENE = `<svg class="dawn" viewBox="0 0 360 640" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
<defs><linearGradient id="dawn-sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1b1040"/><stop offset=".42" stop-color="#5a2a78"/>
<stop offset=".68" stop-color="#c4557a"/><stop offset=".86" stop-color="#f4915c"/><stop offset="1" stop-color="#ffc27a"/></linearGradient>
<radialGradient id="dawn-sun"><stop offset="0" stop-color="#fff1cf"/><stop offset=".25" stop-color="#ffd79a" stop-opacity=".85"/>
<stop offset="1" stop-color="#ffb070" stop-opacity="0"/></radialGradient></defs>
<rect width="360" height="640" fill="url(#dawn-sky)"/><circle cx="238" cy="462" r="170" fill="url(#dawn-sun)"/><circle cx="238" cy="462" r="34" fill="#fff3da"/>
<path d="M0 470c50-26 96-30 150-12 70 22 130 8 210-16v198H0z" fill="#8a3f74" opacity=".8"/>
<path d="M0 512c70-30 140-18 200-2 60 14 110 6 160-12v142H0z" fill="#5b2a63"/>
<path d="M0 566c60-24 150-30 220-14 60 12 100 8 140-4v92H0z" fill="#341a47"/>
<path d="M0 612c90-22 220-24 360-6v34H0z" fill="#1e0f30"/>
<g transform="translate(104 176) scale(2.5)"><path fill="#fff4e2" d="M3 30c9 1 15-2 19-8 2-4 6-8 12-8 2-3 5-4 8-3l-3 3 4 2-5 1c0 9-6 16-16 17l-9 7 2-8C10 33 6 32 3 30z"/></g></svg>`;

function frameOf(width, height) {
  const frame = node("div", "frame");
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.style.setProperty("--ratio", width / height);
  return frame;
}

// Frame and text side by side; a frame that is not tall stands above the text.
function layout(name, frame, about, width, height) {
  return node("div", `${name} ${height > width ? "tall" : "wide"}`, frame, about);
}

function scenery(frame) {
  const scene = node("div", "scene");
  scene.innerHTML = SCENE; // a constant
  frame.prepend(scene);
}

function emptyView(note) {
  const [width, height] = (chosen("shape") || "9:16").split(":").map(Number);
  const frame = frameOf(width, height);
  scenery(frame);
  frame.append(node("div", "caption", node("h2", "", word("empty_title")), node("p", "", word("empty_text"))));
  const tips = node("dl", "tips");
  for (let n = 1; hasWord(`tip_${n}`); n++)
    tips.append(node("dt", "", word(`tip_${n}`)), node("dd", "", word(`tip_${n}_example`)));
  const said = node("p", "note", note);
  said.setAttribute("role", "status");
  return layout("empty", frame, node("div", "about", note ? said : null, node("h3", "", word("tips")), tips), width, height);
}

function progressView(seen, cancel) {
  const frame = frameOf(seen.width, seen.height), picture = node("img", "preview");
  scenery(frame);
  picture.alt = word("preview");
  frame.append(picture);
  const label = node("p", "stage-name"), left = node("p", "time-left"), fill = node("span", "fill"), bar = node("div", "bar", fill);
  label.setAttribute("role", "status");
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "100");
  bar.setAttribute("aria-label", word("progress"));
  const stop = button(word("cancel"), "quiet", () => { stop.disabled = true; cancel(); }, "stop");
  const board = node("div", "board");
  const about = node("div", "about", node("div", "progress", label, bar, node("div", "progress-foot", left, stop)), node("h2", "prompt-said", seen.prompt), board);
  const view = layout("making", frame, about, seen.width, seen.height);
  view.update = (now) => {
    if (now.preview) { picture.src = now.preview; view.previewAt = now.preview_at; }
    picture.hidden = !picture.src;
    const name = word(now.state === "queued" ? "stage_queued" : "stage_" + (now.stage || "direct"));
    if (label.textContent !== name) label.textContent = name;
    const done = Math.round(now.fraction * 100);
    fill.style.width = done + "%";
    bar.setAttribute("aria-valuenow", done);
    if (now.place) left.textContent = word(now.place === 1 ? "stage_place_one" : "stage_place", { n: now.place });
    else left.textContent = now.seconds_left ? word("time_left", { n: Math.ceil(now.seconds_left) }) : "";
    if (now.shots && !board.firstChild) board.append(storyboardView(now));
  };
  view.lost = () => { left.textContent = word("lost"); };
  view.update(seen);
  return view;
}

function resultView(seen, fresh) {
  const frame = frameOf(seen.width, seen.height), video = node("video"), clip = seen.clip;
  Object.assign(video, { src: clip.video, poster: clip.poster, controls: true, playsInline: true, loop: true, preload: "auto" });
  video.setAttribute("aria-label", seen.prompt);
  frame.append(video);
  if (fresh && !calm()) video.play().catch(() => {}); // the browser may want a press first: the controls are there
  const save = node("a", "save", icon("download"), word("download"));
  save.href = `${clip.video}?download=hibari-${seen.seed}.mp4`;
  save.setAttribute("download", "");
  const again = button(word("again"), "quiet", () => {
    type(promptBox(), seen.prompt);
    type(seedBox(), String(seen.seed));
    promptBox().focus();
  }, "again");
  const publish = clip.post ? button(word("open_post"), "quiet", () => openTab("feed", { post: clip.post }), "home")
    : button(word("publish"), "save", () => publishDialog(clip.id, "", (post) => { clip.post = post.id; openTab("feed", { post: post.id }); }), "share");
  save.className = "quiet download";
  const facts = node("ul", "made", node("li", "", word("seed") + " ", node("strong", "seed-used", String(seen.seed))),
    node("li", "", word("shot_seconds", { n: Math.round(clip.seconds) })), node("li", "", `${seen.width} × ${seen.height}`),
    node("li", "", word("took", { n: Math.round(seen.took * 10) / 10 })));
  const about = node("div", "about", node("h2", "prompt-said", seen.prompt), facts, node("div", "actions", publish, save, again), storyboardView(seen));
  return layout("result", frame, about, seen.width, seen.height);
}

function problemView(seen) {
  const problem = seen.problem || { code: "", text: "" };
  const frame = frameOf(seen.width, seen.height), view = node("div", "problem");
  scenery(frame);
  view.append(node("h2", "", word(seen.state === "refused" ? "refused" : "failed")), node("p", "", problem.text || word("problem_unexpected")));
  view.append(button(word("try_again"), "quiet", () => { type(promptBox(), seen.prompt); promptBox().focus(); }, "again"));
  view.setAttribute("role", "alert");
  return layout("failed", frame, node("div", "about", view, node("p", "prompt-said", seen.prompt)), seen.width, seen.height);
}

export function start(element) {
  const view = node("div", "view"), root = node("section", "stage", view);
  element.append(root);
  let current = null; // id of the generation that is watched
  let empty = true;

  function show(made) {
    empty = made.classList.contains("empty");
    view.replaceChildren(made);
  }

  function busy(yes) {
    const make = document.querySelector("#make");
    if (make) make.classList.toggle("busy", yes);
  }

  function thumbnail(one) {
    const picture = node("img");
    picture.src = one.clip.poster;
    picture.alt = one.prompt;
    picture.loading = "lazy";
    const open = button("", "thumb", () => { current = null; busy(false); show(resultView(one, true)); });
    open.title = one.prompt;
    open.append(picture);
    return node("li", "", open);
  }

  // Lists the clips of this browser; gives all its generations, or null when the server does not answer.
  async function recent() {
    const seen = await call("create/mine");
    if (seen.error) return null;
    const done = seen.generations.filter((one) => one.state === "done"), shelf = document.querySelector("#shelf .shelf");
    shelf.replaceChildren();
    if (done.length) shelf.append(node("h2", "", word("recent")), node("ul", "row", ...done.map(thumbnail)));
    return seen.generations;
  }

  function ended(seen) {
    if (seen.state === "done") { show(resultView(seen, true)); recent(); }
    else if (seen.state === "failed" || seen.state === "refused") show(problemView(seen));
    else show(emptyView(seen.state === "cancelled" ? word("cancelled") : ""));
  }

  // Watches a generation to its end.
  async function follow(id) {
    if (current === id) return;
    current = id;
    busy(true);
    let making = null;
    while (current === id) {
      const answer = await call("create/look", { id, preview_at: making ? making.previewAt : "" }), seen = answer.error ? null : answer;
      if (current !== id) return;
      if (seen && seen.state !== "queued" && seen.state !== "running") {
        current = null;
        busy(false);
        return ended(seen);
      }
      if (answer.error && answer.error.kind !== "lost") {
        current = null;
        busy(false);
        return show(emptyView(answer.error.text));
      }
      if (!seen && making) making.lost();
      if (seen && making) making.update(seen);
      if (seen && !making) {
        show((making = progressView(seen, () => call("create/cancel", { id }))));
        const top = root.getBoundingClientRect().top;
        if (top < 0 || top > innerHeight * 0.7) root.scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
      }
      await pause(seen ? LOOK_EVERY : LOST_EVERY);
    }
  }

  // Sends the form. The key makes two presses one request.
  let key = newKey(), sending = false;
  async function make() {
    if (sending || current) return notice(current && promptBox().value !== asked ? word("busy") : "");
    if (!(await member())) return;
    sending = true;
    asked = promptBox().value;
    const sent = { prompt: asked, parent: parent ? parent.clip.id : "", seconds: Number(chosen("seconds")) || 5, shape: chosen("shape"), style: chosen("style"), seed: seedBox().value, key };
    const answer = await call("create/make", sent);
    sending = false;
    notice(answer.error ? [answer.error.text, answer.error.hint].join(" ") : answer.refused ? word(answer.refused.key, answer.refused.values) : "");
    if (!answer.id) return;
    key = newKey();
    remixOf(null);
    follow(answer.id);
  }

  // ---- a clip that the next one is made from
  let parent = null;
  const source = node("div", "remix-source");
  source.hidden = true;
  document.querySelector("#prompt").before(source);
  function remixOf(found) {
    parent = found;
    source.hidden = !found;
    if (!found) return source.replaceChildren();
    const picture = Object.assign(node("img"), { src: found.clip.poster, alt: "" });
    source.replaceChildren(picture, node("span", "", word("remix_of", { who: "@" + found.maker }), node("span", "field-hint", word("remix_hint"))), iconButton(word("remix_drop"), "", () => remixOf(null), "close"));
  }
  onOpen("create", async (wanted) => {
    if (!wanted.remix) return open();
    const found = await ask("create/parent", { clip: wanted.remix });
    if (!found) return;
    remixOf(found);
    type(promptBox(), found.prompt || wanted.prompt || "");
    promptBox().focus();
  });
  let asked = "";
  document.querySelector("#make").addEventListener("click", make);
  document.addEventListener("hibari:me", open);
  document.addEventListener("change", (event) => {
    if (empty && event.target.closest("#shape")) show(emptyView(""));
  });
  // what this browser made before, and what is still being made
  async function open() {
    const all = await recent();
    if (!all) { await pause(LOST_EVERY); return open(); }
    const unfinished = all.find((one) => one.state === "queued" || one.state === "running");
    if (unfinished) follow(unfinished.id);
    else if (empty && all.length && all[0].state === "done") show(resultView(all[0], false));
    else if (empty && all.length && ["failed", "refused"].includes(all[0].state)) show(problemView(all[0]));
  }
  show(emptyView(""));
  open();
}
