// Remix: a clip, what shall be different, and what comes of it.
import { ask, button, call, member, newKey, node, onOpen, onShown, openTab, standAt, turnTo, whoami, word } from "./page.js";
import { familyView } from "./lineage.js";
import { changePanel } from "./remix_change.js";
import { extendPanel, joinPanel, trimPanel } from "./remix_cut.js";
import { remixStage } from "./remix_stage.js";
import { frameOf } from "./scenery.js";

const OWN = 8; // clips of one's own that are offered

export function start(element) {
  const view = node("div", "remix-view"), root = node("section", "remix-tab", view);
  let source = null, key = newKey();
  element.append(root);
  const family = node("div", "remix-family"), stage = remixStage({ again: open, ended: () => showFamily() });
  root.append(stage.element, family);

  // ---- nothing chosen yet
  async function empty() {
    source = null;
    showFamily();
    const shelf = node("div", "shelf");
    turnTo(view, node("div", "remix-empty", node("h2", "", word("remix_empty")), node("p", "", word("remix_empty_text")),
      button(word("feed"), "save", () => openTab("feed"), "home"), shelf));
    if (!(await whoami()).me) return;
    const mine = await call("create/mine"), done = (mine.generations || []).filter((one) => one.state === "done" && one.clip).slice(0, OWN);
    if (done.length) shelf.replaceChildren(node("h3", "", word("remix_own")), node("ul", "row", ...done.map((one) => node("li", "", thumbnail(one)))));
  }
  function thumbnail(one) {
    const made = button("", "thumb", () => open(one.clip.id));
    made.append(Object.assign(node("img"), { src: one.clip.poster, alt: one.prompt, loading: "lazy" }));
    made.title = one.prompt;
    return made;
  }

  // ---- a clip
  async function open(id) {
    if (!(await member())) return;
    const found = await ask("remix/source", { clip: id });
    if (!found) return source ? null : empty();
    source = found;
    key = newKey();
    stage.clear();
    show();
  }

  function show() {
    const clip = source.clip, frame = frameOf(clip.width, clip.height), video = node("video");
    Object.assign(video, { src: clip.video, poster: clip.poster, controls: true, playsInline: true, loop: true, muted: true, preload: "metadata" });
    video.setAttribute("aria-label", word("remix_of", { who: "@" + source.maker }));
    frame.append(video);
    const head = node("div", "remix-head", node("h2", "", word("remix_title")), node("p", "remix-by", word("remix_of", { who: "@" + source.maker })),
      source.prompt ? node("p", "remix-prompt", "“" + source.prompt + "”") : null, button(word("remix_other"), "quiet small", empty));
    const side = node("div", "remix-side stage", frame, head);
    const panel = node("div"), kinds = node("div", "kinds");
    kinds.setAttribute("role", "toolbar");
    kinds.setAttribute("aria-label", word("remix_kinds"));
    const panels = {
      change: () => changePanel(source, (sent) => make("remix/make", sent)),
      extend: () => extendPanel(source, make),
      trim: () => trimPanel(source, make, video),
      join: () => joinPanel(source, make),
    };
    const choose = (kind) => {
      for (const each of kinds.children) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
      panel.replaceChildren(panels[kind]());
    };
    for (const kind of Object.keys(panels)) {
      const made = button(word("remix_" + kind), "stream", () => choose(kind));
      made.dataset.kind = kind;
      kinds.append(made);
    }
    choose("change");
    view.replaceChildren(node("div", "remix-clip", side, node("div", "card remix-work", kinds, panel)));
    standAt(view); // whoever opened it came from elsewhere: from the feed, a shelf, the family
    showFamily();
  }
  const showFamily = () => family.replaceChildren(...(source ? [familyView(source.clip.id, open)] : []));

  // Sends a request; the key makes two presses one. Gives the sentence to show, or "".
  async function make(name, sent) {
    if (stage.busy()) return word("busy");
    const answer = await call(name, { clip: source.clip.id, ...sent, key });
    if (answer.error) return [answer.error.text, answer.error.hint].filter(Boolean).join(" ");
    if (answer.refused) return word(answer.refused.key, answer.refused.values);
    key = newKey();
    stage.follow(answer.id);
    return "";
  }

  onOpen("remix", (wanted) => { if (wanted.clip) open(wanted.clip); });
  onShown("remix", () => { if (!source) empty(); });
  document.addEventListener("hibari:me", () => { if (!source) empty(); });
  if (!source) empty();
}
