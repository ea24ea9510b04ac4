// What a remix changes, as rows of before and after, each of which can be taken back.
import { button, node, word } from "./page.js";

const WORDS = { framing: "camera", move: "camera", angle: "camera" };

// changes: rows as the server tells them. undone: a Set of the numbers of changes that shall not be made.
// toggled(row, undone): one was taken back, or wanted again.
export function diffView(changes, undone, toggled) {
  const list = node("ul", "diff");
  list.setAttribute("aria-label", word("remix_changes"));
  for (const change of changes) list.append(row(change, change.ids.every((id) => undone.has(id)), toggled));
  return list;
}

function row(change, isUndone, toggled) {
  const what = word(change.what === "shot" && !change.before ? "remix_new_shot" : "remix_of_" + (WORDS[change.what] || change.what)), name = change.where ? `${what} · ${change.where}` : what;
  const before = value(change.before, "del", "diff-before"), after = value(change.after, "ins", "diff-after");
  const act = button(word(isUndone ? "remix_redo" : "remix_undo"), "quiet small diff-act", () => toggled(change, !isUndone), isUndone ? "again" : "close");
  act.setAttribute("aria-label", `${act.textContent}: ${name}`);
  const made = node("li", isUndone ? "diff-row undone" : "diff-row",
    node("span", "diff-what", name, change.phrase ? node("q", "diff-phrase", change.phrase) : null),
    node("span", "diff-values", before, node("span", "diff-arrow", "→"), after), act);
  made.querySelector(".diff-arrow").setAttribute("aria-hidden", "true");
  return made;
}

// Nothing there is told as such: "–" would not be read aloud.
function value(text, tag, name) {
  return node(text ? tag : "span", text ? name : name + " diff-none", text || word("remix_none"));
}
