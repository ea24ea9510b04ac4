// What shall be different: the instruction, what it changes, and the storyboard that comes of it.
import { button, call, field, input, node, word } from "./page.js";
import { storyboardCards, storyboardWords } from "./cards.js";
import { diffView } from "./diff.js";
import { coverageView } from "./storyboard.js";

const SETTLED = 300; // milliseconds without a key before the instruction is read
const EXAMPLES = 6;

// The panel of a clip. make(sent): sends what is wanted.
export function changePanel(source, make) {
  const box = input("textarea", { rows: 3, maxLength: 2000, placeholder: word("remix_placeholder") });
  const told = node("div", "coverage"), changes = node("div", "remix-diff"), notice = node("p", "notice"), hand = node("details", "remix-hand");
  const press = button(word("remix_make"), "save big", () => send(), "remix");
  const undone = new Set();
  let waiting = null, turn = 0, edited = null, read = null;
  notice.setAttribute("role", "alert");
  told.setAttribute("aria-live", "polite");
  changes.setAttribute("aria-live", "polite");

  box.addEventListener("input", () => {
    notice.textContent = "";
    undone.clear();
    clearTimeout(waiting);
    waiting = setTimeout(look, SETTLED);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  });

  async function look() {
    const mine = ++turn, instruction = box.value.trim();
    edited = null;
    if (!instruction) {
      read = null;
      return draw();
    }
    const answer = await call("remix/read", { clip: source.clip.id, instruction, undone: [...undone] });
    if (mine !== turn) return;
    if (answer.error) return void (notice.textContent = [answer.error.text, answer.error.hint].join(" "));
    read = answer;
    draw();
  }

  function draw() {
    examples.hidden = Boolean(read);
    told.replaceChildren(...(read ? coverageView({ understood: [], missed: read.missed }) : []));
    const rows = read ? read.changes : [];
    changes.replaceChildren(...(rows.length ? [node("h3", "", word("remix_changes")), diffView(rows, undone, take)] : read ? [node("p", "remix-same", word("remix_same"))] : []));
    if (hand.open) cards();
  }

  // Takes changes back, or wants them again; the keyboard stays on the same row.
  async function take(row, isUndone) {
    for (const id of row.ids) isUndone ? undone.add(id) : undone.delete(id);
    const at = read.changes.indexOf(row);
    await look();
    changes.querySelectorAll(".diff-act")[at]?.focus();
  }

  // ---- the storyboard, to be changed by hand
  hand.append(node("summary", "", word("remix_by_hand")), node("div", "remix-cards"));
  hand.addEventListener("toggle", () => { if (hand.open) cards(); });
  async function cards() {
    const words = await storyboardWords(), shown = read || source;
    if (!words) return;
    const answer = await call("create/people");
    const board = storyboardCards(shown.storyboard, { words, people: answer.people || [], onChange: (now) => { edited = now; } });
    hand.lastChild.replaceChildren(board);
  }

  async function send() {
    if (press.disabled) return;
    clearTimeout(waiting);
    press.disabled = true;
    const said = await make({ instruction: box.value.trim(), undone: [...undone], storyboard: edited });
    press.disabled = false;
    notice.textContent = said;
  }

  const examples = node("div", "examples", node("span", "chip-title", word("examples")));
  for (let n = 1; n <= EXAMPLES; n++) {
    const text = word(`remix_example_${n}`);
    examples.append(button(text, "example", () => { box.value = text; box.focus(); look(); }));
  }
  return node("div", "remix-panel", field(word("remix_what"), box), examples, told, changes, hand, notice, press);
}
