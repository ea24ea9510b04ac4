// Choices from the director's words: menus, and lists of chips that grow by a menu.
import { button, icon, node, word } from "./page.js";

// What a value is called; one that no list knows is shown as it is.
export const called = (choices, value) => (choices.find((each) => each.value === value) || { name: value.replaceAll("_", " ") }).name;

// A menu of choices. `none` names the empty choice; without it one must be chosen.
export function menu(label, choices, value, act, none = null) {
  const made = node("select");
  const option = (each, name) => Object.assign(node("option", "", name), { value: each });
  if (none !== null) made.append(option("", none));
  const groups = new Map();
  for (const each of choices) {
    if (!each.group) { made.append(option(each.value, each.name)); continue; }
    if (!groups.has(each.group)) made.append(groups.set(each.group, Object.assign(node("optgroup"), { label: word("board_group_" + each.group) })).get(each.group));
    groups.get(each.group).append(option(each.value, each.name));
  }
  if (value && !choices.some((each) => each.value === value)) made.append(option(value, called([], value)));
  made.value = value || "";
  made.setAttribute("aria-label", label);
  made.addEventListener("change", () => act(made.value || null));
  return made;
}

// A menu with its label above it.
export const labelled = (label, ...rest) => node("label", "field", node("span", "field-label", label), menu(label, ...rest));

// Chips with a cross each, and a menu that adds one. `extra(value, replace)` may give what stands in a chip beside its name.
export function chips(label, choices, values, most, act, extra = null) {
  const list = node("ul", "picked"), made = node("div", "picks", node("span", "field-label", label), list);
  list.setAttribute("aria-label", label);
  values.forEach((value, at) => {
    const name = called(choices, value), replace = (other) => act(values.map((each, n) => (n === at ? other : each)));
    const drop = button(null, "pick-drop", () => act(values.filter((_, n) => n !== at)), "close");
    drop.setAttribute("aria-label", word("board_remove", { what: name }));
    list.append(node("li", "pick", (extra && extra(value, replace)) || node("span", "", name), drop));
  });
  const free = choices.filter((each) => !values.includes(each.value));
  if (values.length < most && free.length) {
    const add = menu(word("board_add_to", { what: label }), free, "", (value) => value && act([...values, value]), word("board_add"));
    add.className = "pick-add";
    list.append(node("li", "", add));
  }
  return made;
}

// A round button with an icon and what it does in words.
export function tool(label, picture, act) {
  const made = button(null, "tool", act);
  made.append(icon(picture));
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}
