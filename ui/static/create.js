// The Create tab in the browser. Everything people typed is put on the page as text, never as markup.
const WORDS = /*WORDS*/{};
const language = (navigator.language || "en").slice(0, 2) === "fr" ? "fr" : "en";
const word = (key, n) => (WORDS[language][key] || key).replace("{n}", n);

function node(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  for (const part of inside) if (part !== null && part !== undefined) made.append(part);
  return made;
}

function button(text, name, act) {
  const made = node("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const promptBox = () => document.querySelector("#prompt textarea");

function setPrompt(text) {
  const box = promptBox();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

function chips(title, items, name) {
  if (!items.length) return null;
  const list = node("ul", "chips " + name, ...items);
  list.setAttribute("aria-label", title);
  return node("div", "chip-group", node("span", "chip-title", title), list);
}

function coverageView(seen) {
  const understood = seen.understood.map((part) => {
    const concept = part.concept.replaceAll("_", " ");
    const chip = node("li", "chip", part.phrase);
    if (concept.toLowerCase() !== part.phrase.toLowerCase()) chip.append(node("span", "concept", concept));
    return chip;
  });
  const missed = seen.missed.map((phrase) => node("li", "chip", phrase));
  return [chips(word("understood"), understood, "understood"), chips(word("missed"), missed, "missed")];
}

function coverage(element, server) {
  const view = element.querySelector(".coverage"), examples = element.querySelector(".examples");
  let waiting = null, asked = 0;
  async function refresh() {
    const text = promptBox().value, turn = ++asked;
    examples.hidden = text.trim() !== "";
    if (!text.trim()) return view.replaceChildren(node("p", "hint", word("understood_hint")));
    const seen = await server.understand({ prompt: text });
    if (seen && turn === asked) view.replaceChildren(...coverageView(seen).filter(Boolean));
  }
  function attach() {
    const box = promptBox();
    if (!box) return setTimeout(attach, 100);
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 250); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("#make").click();
    });
    refresh();
  }
  examples.append(node("span", "chip-title", word("examples")));
  for (const key of Object.keys(WORDS[language]).filter((key) => key.startsWith("example_")).sort())
    examples.append(button(WORDS[language][key], "example", () => setPrompt(WORDS[language][key])));
  attach();
}

function frameOf(seen) {
  const frame = node("div", "frame");
  frame.style.aspectRatio = `${seen.width} / ${seen.height}`;
  frame.classList.toggle("tall", seen.height > seen.width);
  return frame;
}

function progressView(seen, cancel) {
  const frame = frameOf(seen), picture = node("img", "preview"), percent = Math.round(seen.fraction * 100);
  picture.alt = "";
  const label = node("p", "stage-name"), left = node("p", "time-left"), bar = node("div", "bar", node("span", "fill"));
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "100");
  label.setAttribute("role", "status");
  frame.append(picture);
  const view = node("div", "making", frame, node("div", "progress", label, bar, left, button(word("cancel"), "quiet", cancel)));
  view.update = (now) => {
    if (now.preview) picture.src = now.preview;
    picture.hidden = !picture.src;
    const name = now.state === "queued" ? word("stage_queued") : word("stage_" + (now.stage || "direct"));
    if (label.textContent !== name) label.textContent = name;
    const done = Math.round(now.fraction * 100);
    bar.firstChild.style.width = done + "%";
    bar.setAttribute("aria-valuenow", done);
    bar.setAttribute("aria-label", name);
    left.textContent = now.place ? word("stage_place", now.place) : now.seconds_left ? word("time_left", Math.ceil(now.seconds_left)) : " ";
  };
  view.update(seen);
  return view;
}

function shotCard(shot, index) {
  const people = shot.subjects.map((s) => [s.count > 1 ? s.count : "", s.colours.join(" "), s.attributes.join(", "), s.kind, s.action || ""]
    .filter(Boolean).join(" ").replaceAll("_", " "));
  const rows = [
    [word("place"), shot.place], [word("time"), shot.time], [word("weather"), shot.weather],
    [word("camera"), [shot.camera.framing, shot.camera.move, shot.camera.angle].join(", ")],
    [word("style"), shot.style], [word("sounds"), shot.sounds.join(", ")], [word("music"), shot.music],
  ].filter(([, value]) => value);
  const facts = node("dl", "facts");
  for (const [name, value] of rows) facts.append(node("dt", "", name), node("dd", "", value.replaceAll("_", " ")));
  const card = node("article", "shot", node("h4", "", word("shot", index + 1), node("span", "seconds", ` ${shot.seconds} s`)));
  if (people.length) card.append(node("p", "subjects", people.join(" · ")));
  for (const line of shot.lines) card.append(node("p", "line", `“${line.text}”`));
  card.append(facts);
  return card;
}

function resultView(seen) {
  const frame = frameOf(seen), video = node("video"), source = `/media/${seen.id}/clip`;
  Object.assign(video, { src: source + ".mp4", poster: source + ".jpg", controls: true, playsInline: true, loop: true, preload: "auto" });
  video.setAttribute("aria-label", seen.prompt);
  frame.append(video);
  const save = node("a", "save", word("download"));
  save.href = source + ".mp4?download";
  save.setAttribute("download", "");
  const facts = node("p", "made", `${word("seed")} ${seen.seed} · ${seen.width}×${seen.height} · ${word("took", seen.took.toFixed(1))}`);
  const again = button(word("again"), "quiet", () => {
    setPrompt(seen.prompt);
    const box = document.querySelector("#seed input");
    box.value = seen.seed;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const json = node("details", "json", node("summary", "", word("storyboard_json")), node("pre", "", JSON.stringify(seen.storyboard, null, 2)));
  const board = node("section", "storyboard", node("h3", "", word("storyboard")),
    node("div", "shots", ...seen.storyboard.shots.map(shotCard)), ...coverageView(seen), json);
  return node("div", "result", frame, node("div", "about", facts, node("div", "actions", save, again), board));
}

function emptyView() {
  return node("div", "empty", node("h2", "", word("empty_title")), node("p", "", word("empty_text")));
}

function errorView(text) {
  const view = node("div", "problem", node("h2", "", word("failed")), node("p", "", text));
  view.setAttribute("role", "alert");
  return view;
}

function stage(element, server, watch, props) {
  const root = element.querySelector(".stage"), view = node("div", "view"), shelf = node("section", "shelf");
  root.append(view, shelf);
  let current = null, making = null;
  const show = (made) => view.replaceChildren(made);
  async function recent() {
    const seen = await server.mine({});
    if (!seen) return [];
    const done = seen.generations.filter((one) => one.state === "done");
    shelf.replaceChildren();
    if (done.length > 1) {
      const row = node("div", "row");
      for (const one of done) {
        const picture = node("img");
        picture.src = `/media/${one.id}/clip.jpg`;
        picture.alt = one.prompt;
        const open = button("", "thumb", () => { current = null; show(resultView(one)); });
        open.append(picture);
        row.append(open);
      }
      shelf.append(node("h3", "", word("recent")), row);
    }
    return seen.generations;
  }
  async function follow(id) {
    current = id;
    making = null;
    while (current === id) {
      const seen = await server.look({ id }).catch(() => null);
      if (current !== id) return;
      if (!seen) { await pause(1500); continue; }
      if (seen.state === "queued" || seen.state === "running") {
        if (!making) show((making = progressView(seen, () => server.cancel({ id }))));
        making.update(seen);
        await pause(350);
        continue;
      }
      current = null;
      if (seen.state === "done") { show(resultView(seen)); recent(); }
      else if (seen.state === "failed") show(errorView(seen.error));
      else { const view = emptyView(); view.append(node("p", "note", seen.state === "cancelled" ? word("cancelled") : "")); show(view); }
    }
  }
  const pause = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));
  watch("value", () => {
    const ticket = props.value;
    if (ticket && ticket.error) { current = null; show(errorView(ticket.error)); }
    else if (ticket && ticket.id) follow(ticket.id);
  });
  show(emptyView());
  recent().then((all) => {
    const open = all.find((one) => one.state === "queued" || one.state === "running");
    if (open) follow(open.id);
    else if (all.length && all[0].state === "done") show(resultView(all[0]));
  });
}
