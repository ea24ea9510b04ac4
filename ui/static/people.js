// People in a prompt: @handles are completed as one types, and what each person agrees to is told.
import { ask, button, call, icon, node, toast, word } from "./page.js";
import { type } from "./form.js";

const MOST = 6; // people offered at once
let known = null;

// Those whom the reader may star: [{handle, name, own, rules}]; nobody for a guest.
export function usablePeople() {
  known ??= call("create/people").then((answer) => (answer.error ? ((known = null), []) : answer.people));
  return known;
}
document.addEventListener("hibari:me", () => { known = null; });
document.addEventListener("hibari:shown", (event) => { if (event.detail === "create") known = null; });

// A list that opens below the prompt while an @handle is typed.
export function completion(box) {
  const list = node("ul", "people-list");
  list.id = "people-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("starring_people"));
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  let offered = [], at = 0, turn = 0;

  function close() {
    turn++;
    list.hidden = true;
    offered = [];
    box.removeAttribute("aria-activedescendant");
  }
  // The beginning of a handle right before the caret, or null.
  const begun = () => (box.value.slice(0, box.selectionStart).match(/(?:^|[\s("'«])@([A-Za-z0-9_]{0,30})$/) || [])[1] ?? null;
  async function look() {
    const start = begun(), mine = ++turn;
    if (start === null) return close();
    const people = await usablePeople(), wanted = start.toLowerCase();
    if (mine !== turn) return;
    offered = people.filter((each) => each.handle.startsWith(wanted) || each.name.toLowerCase().startsWith(wanted)).slice(0, MOST);
    if (!offered.length || (offered.length === 1 && offered[0].handle === wanted)) return close();
    at = 0;
    list.replaceChildren(...offered.map((each, n) => {
      const item = node("li", "", node("strong", "", "@" + each.handle), node("span", "", each.own ? word("starring_yourself") : each.name), each.rules ? node("span", "field-hint", word("starring_rules", { what: each.rules })) : null);
      item.id = "person-" + n;
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    list.hidden = false;
    mark();
  }
  function mark() {
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    box.setAttribute("aria-activedescendant", "person-" + at);
  }
  function take(n) {
    const caret = box.selectionStart, before = box.value.slice(0, caret).replace(/@[A-Za-z0-9_]*$/, `@${offered[n].handle} `);
    const after = box.value.slice(caret).replace(/^ /, "");
    type(box, before + after);
    box.setSelectionRange(before.length, before.length);
    close();
  }
  box.addEventListener("input", look);
  box.addEventListener("click", look);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at = (at + step + offered.length) % offered.length;
    else if (event.key === "Escape") close();
    else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey) take(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step) mark();
  });
  return list;
}

// Whom a storyboard stars: chips, and a sentence for each who would not agree.
export function peopleView(people, prompt) {
  if (!people || !people.length) return [];
  const chips = people.map((each) => node("li", each.may && !each.refused ? "chip" : "chip unsure", icon("face"), "@" + each.handle));
  const list = node("ul", "chips", ...chips);
  list.setAttribute("aria-label", word("starring_who"));
  const told = people.filter((each) => !each.may || each.refused).map((each) => {
    const line = node("p", "notice", each.may ? each.refused : word("error_no_permission", { handle: each.handle }));
    if (!each.may) line.append(" ", button(word("ask_person", { handle: each.handle }), "quiet small", (event) => request(each.handle, prompt, event.currentTarget)));
    return line;
  });
  return [node("div", "chip-group", node("span", "chip-title", word("starring_who")), list), ...told];
}

async function request(handle, prompt, pressed) {
  pressed.disabled = true;
  const answer = await ask("cameo/ask", { handle, prompt: prompt.slice(0, 200) });
  if (answer) toast(word("asked_person", { handle }));
  else pressed.disabled = false;
}
