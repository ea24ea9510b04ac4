// Somebody or something in a shot: in words, and as fields.
import { input, language, node, word } from "./page.js";
import { called, chips, menu, tool } from "./choosing.js";

const MOST_OF_A_KIND = 12, MOST_LOOKS = 8, MOST_COLOURS = 3;

const groupOf = (kind, words) => (words.kind.find((each) => each.value === kind) || { group: "thing" }).group;

// {"thing": what is worn, "colour": its colour or ""} of a look such as bandana_red, or null for any other look.
function worn(look, words) {
  if (words.worn.some((each) => each.value === look)) return { thing: look, colour: "" };
  const cut = look.lastIndexOf("_"), thing = look.slice(0, cut), colour = look.slice(cut + 1);
  return words.worn.some((each) => each.value === thing) && words.colours.some((each) => each.value === colour) ? { thing, colour } : null;
}

function looksLike(look, words) {
  const found = worn(look, words);
  if (!found) return called(words.looks, look);
  const parts = [called(words.worn, found.thing), found.colour && called(words.colours, found.colour)].filter(Boolean);
  return (language === "en" ? parts.reverse() : parts).join(" "); // a red hat, un chapeau rouge
}

// Parts of a sentence: what it is, how it looks, what it does.
export function describe(subject, words) {
  const about = [...subject.colours.map((each) => called(words.colours, each)), ...subject.attributes.map((each) => looksLike(each, words)), subject.action && called(words.action, subject.action)];
  const name = (subject.count > 1 ? `${subject.count} × ` : "") + (subject.cameo ? "@" + subject.cameo : called(words.kind, subject.kind));
  return [node("strong", "", name), node("span", "", about.filter(Boolean).join(" · "))];
}

// acts.renamed(before): the subject is of another kind. acts.redraw(): its fields must be drawn anew. acts.drop().
export function subjectFields(subject, words, people, changed, acts) {
  const group = groupOf(subject.kind, words), actions = words.action.filter((each) => each.groups.includes(group));
  const kinds = [...words.kind].sort((one, other) => ["person", "animal", "thing", "plant"].indexOf(one.group) - ["person", "animal", "thing", "plant"].indexOf(other.group));
  const kind = menu(word("board_kind"), kinds, subject.kind, (value) => {
    const before = subject.kind;
    Object.assign(subject, { kind: value, attributes: subject.attributes.filter((look) => suits(look, value)) });
    if (groupOf(value, words) !== groupOf(before, words)) Object.assign(subject, { action: null, cameo: null });
    acts.renamed(before);
    acts.redraw();
    changed();
  });
  function suits(look, kind) {
    const only = (words.looks.find((each) => each.value === look) || {}).kind;
    return !only || only === kind || (only === "person" && groupOf(kind, words) === "person");
  }
  const count = input("number", { min: 1, max: MOST_OF_A_KIND, value: subject.count });
  count.setAttribute("aria-label", word("board_count"));
  count.addEventListener("change", () => {
    subject.count = Math.min(MOST_OF_A_KIND, Math.max(1, Math.round(Number(count.value)) || 1));
    count.value = subject.count;
    changed();
  });
  const action = menu(word("board_action"), actions, subject.action, (value) => { subject.action = value; changed(); }, word("board_action_none"));
  const head = node("div", "subject-head", count, kind, action, tool(word("board_remove", { what: called(words.kind, subject.kind) }), "close", acts.drop));
  const rest = node("div", "subject-rest", picks("colours", words.colours, MOST_COLOURS), picks("looks", [...words.looks.filter((each) => suits(each.value, subject.kind)), ...words.worn], MOST_LOOKS, "attributes"));
  if (group === "person" && (people.length || subject.cameo))
    rest.prepend(node("label", "field", node("span", "field-label", word("board_played_by")), menu(word("board_played_by"), people.map((each) => ({ value: each.handle, name: `@${each.handle}` })), subject.cameo, (value) => { subject.cameo = value; changed(); }, word("board_played_by_nobody"))));

  function picks(label, choices, most, name = label) {
    const place = node("div");
    const draw = () => place.replaceChildren(chips(word("board_" + label), choices, subject[name], most, (values) => {
      subject[name] = values;
      draw();
      (place.querySelector(".pick-add") || place.querySelector("button")).focus();
      changed();
    }, name === "attributes" ? tinted : null));
    draw();
    return place;
  }
  // What is worn has a colour of its own.
  function tinted(look, replace) {
    const found = worn(look, words);
    if (!found) return node("span", "", called(words.looks, look));
    const tint = menu(word("board_colour_of", { what: called(words.worn, found.thing) }), words.colours, found.colour, (value) => replace(value ? `${found.thing}_${value}` : found.thing), word("board_any_colour"));
    tint.className = "pick-tint";
    return node("span", "", called(words.worn, found.thing), tint);
  }
  return [head, rest];
}
