// Clips made from clips: one that goes on, one that is cut, several that are joined.
import { button, call, field, iconButton, input, node, word } from "./page.js";
import { coverageView, storyboardView } from "./storyboard.js";

const SETTLED = 300; // milliseconds without a key before the instruction is read
const LONGEST = 20; // seconds of a clip
const SHORTEST = 1;
const seconds = (value) => Math.round(value * 10) / 10;

// A notice, and a button that sends what `wanted()` gives to `name`; make(name, sent) gives the sentence to show.
function sending(name, label, make, wanted) {
  const notice = node("p", "notice"), press = button(label, "save big", async () => {
    if (press.disabled) return;
    press.disabled = true;
    notice.textContent = "";
    notice.textContent = await make(name, wanted());
    press.disabled = false;
  }, "remix");
  notice.setAttribute("role", "alert");
  return { notice, press };
}

// ---- what happens next
export function extendPanel(source, make) {
  const box = input("textarea", { rows: 3, maxLength: 2000, placeholder: word("remix_next_placeholder") });
  const shown = node("div", "remix-next");
  const { notice, press } = sending("remix/extend", word("remix_extend_make"), make, () => ({ instruction: box.value.trim() }));
  shown.setAttribute("aria-live", "polite");
  let waiting = null, turn = 0;
  box.addEventListener("input", () => {
    notice.textContent = "";
    clearTimeout(waiting);
    waiting = setTimeout(look, SETTLED);
  });
  async function look() {
    const mine = ++turn, answer = await call("remix/next", { clip: source.clip.id, instruction: box.value.trim() });
    if (mine !== turn || answer.error) return;
    const board = answer.shots.length ? storyboardView({ shots: answer.shots, understood: [], missed: [] }).querySelector(".shots") : null;
    shown.replaceChildren(...coverageView({ understood: [], missed: answer.missed }),
      ...(board ? [node("h3", "", word("remix_next_shots"), node("span", "remix-length", word("remix_length", { n: answer.seconds }))), board] : [node("p", "remix-same", word("remix_next_missing"))]));
  }
  look();
  return node("div", "remix-panel", field(word("remix_next_what"), box, word("remix_next_hint")), shown, notice, press);
}

// ---- from here to there
export function trimPanel(source, make, video) {
  const whole = source.clip.seconds, kept = node("p", "remix-same");
  const slider = (value) => input("range", { min: 0, max: whole, step: 0.1, value });
  const start = slider(0), end = slider(whole);
  const { notice, press } = sending("remix/trim", word("remix_trim_make"), make, () => ({ start: Math.round(start.value * 1000), end: Math.round(end.value * 1000) }));
  kept.setAttribute("role", "status");
  function moved(which) {
    // the other end gives way, so that something is left
    if (end.value - start.value < SHORTEST) {
      if (which === start) start.value = Math.max(0, end.value - SHORTEST);
      else end.value = Math.min(whole, Number(start.value) + SHORTEST);
    }
    for (const one of [start, end]) one.setAttribute("aria-valuetext", word("shot_seconds", { n: seconds(one.value) }));
    kept.textContent = word("remix_trim_kept", { n: seconds(end.value - start.value) });
    told.start.textContent = word("shot_seconds", { n: seconds(start.value) });
    told.end.textContent = word("shot_seconds", { n: seconds(end.value) });
    if (which) video.currentTime = which === start ? Number(start.value) : Math.max(0, end.value - 0.05);
  }
  const told = { start: node("span", "remix-at"), end: node("span", "remix-at") };
  for (const one of [start, end]) one.addEventListener("input", () => moved(one));
  moved(null);
  // what stays is what is played
  const round = () => { if (video.isConnected && !video.paused && video.currentTime > end.value) video.currentTime = Number(start.value); };
  video.addEventListener("timeupdate", round);
  return node("div", "remix-panel", node("p", "remix-same", word("remix_trim_hint")),
    node("div", "remix-trim", field(word("remix_trim_start"), start), told.start, field(word("remix_trim_end"), end), told.end), kept, notice, press);
}

// ---- one after the other
export function joinPanel(source, make) {
  const chosen = [source.clip], list = node("ol", "join-list"), choices = node("ul", "row"), shelf = node("div", "shelf", node("h3", "", word("remix_join_add")), choices);
  const length = node("p", "remix-same");
  const { notice, press } = sending("remix/join", word("remix_join_make"), make, () => ({ clips: chosen.map((one) => one.id) }));
  length.setAttribute("role", "status");

  function draw(focus = null) {
    list.replaceChildren(...chosen.map(row));
    const total = seconds(chosen.reduce((sum, one) => sum + one.seconds, 0));
    length.textContent = word("remix_length", { n: total });
    length.classList.toggle("over", total > LONGEST);
    if (focus !== null) (list.children[focus]?.querySelector("button:not(:disabled)") || press).focus();
  }
  function row(one, at) {
    const picture = Object.assign(node("img"), { src: one.poster, alt: "" });
    const move = (label, picture, by) => {
      const made = iconButton(word(label, { n: at + 1 }), "", () => {
        chosen.splice(at + by, 0, ...chosen.splice(at, 1));
        draw(at + by);
      }, picture);
      made.disabled = at + by < 0 || at + by >= chosen.length;
      return made;
    };
    const drop = iconButton(word("remix_drop_clip", { n: at + 1 }), "", () => { chosen.splice(at, 1); draw(Math.max(0, at - 1)); }, "close");
    drop.disabled = chosen.length < 2;
    return node("li", "join-row", picture, node("span", "join-name", word("remix_join_clip", { n: at + 1, seconds: seconds(one.seconds) })), move("remix_up", "up", -1), move("remix_down", "down", 1), drop);
  }
  async function offer() {
    const [mine, saved] = await Promise.all([call("create/mine"), call("me/posts", { kind: "saved", handle: "" })]);
    const own = (mine.generations || []).filter((one) => one.state === "done" && one.clip).map((one) => one.clip);
    const kept = (saved.posts || []).filter((post) => post.allow_remix).map((post) => post.clip);
    const offered = [source.clip, ...own, ...kept].filter((one, at, all) => all.findIndex((other) => other.id === one.id) === at);
    choices.replaceChildren(...offered.map((one) => {
      const made = button("", "thumb", () => { if (chosen.length < 6) { chosen.push(one); notice.textContent = ""; draw(); } });
      made.append(Object.assign(node("img"), { src: one.poster, alt: word("remix_join_clip", { n: offered.indexOf(one) + 1, seconds: seconds(one.seconds) }), loading: "lazy" }));
      return node("li", "", made);
    }));
    if (offered.length < 2) shelf.append(node("p", "remix-same", word("remix_join_none")));
  }
  draw();
  offer();
  return node("div", "remix-panel", node("p", "remix-same", word("remix_join_hint", { n: LONGEST })), node("h3", "", word("remix_join_order")), list, length, shelf, notice, press);
}
