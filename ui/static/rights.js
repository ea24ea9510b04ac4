// The rights registry: whose characters are whose, where they may be shown, and what they earned in a month.
import { ask, button, dialog, field, input, node, number, toast, word } from "./page.js";
import { saveText } from "./analytics.js";

const COLUMNS = ["character", "holder", "licence", "royalty", "contexts"];
const list = (text) => text.split(",").map((each) => each.trim()).filter(Boolean);

export async function rightsView(view) {
  const answer = await ask("rights/all");
  if (!answer) return view.replaceChildren();
  const again = () => rightsView(view), month = input("month", { value: new Date().toISOString().slice(0, 7) });
  const rows = answer.characters.map((one) => node("tr", "", node("td", "", node("strong", "", one.name), node("span", "field-hint", " " + one.aliases.join(", "))), node("td", "", one.holder),
    node("td", "", node("span", one.licensed ? "chip" : "chip plain", word(one.licensed ? "licensed" : "not_licensed"))), node("td", "", number(one.royalty)), node("td", "", one.contexts.join(", ") || word("anywhere")),
    node("td", "", button(word("change"), "link", () => character(one, again)))));
  const table = node("table", "table", node("thead", "", node("tr", "", ...COLUMNS.map((each) => Object.assign(node("th", "", word("rights_" + each)), { scope: "col" })), node("td"))), node("tbody", "", ...rows));
  const frame = node("div", "table-frame", table);
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", word("moderation_rights"));
  const save = button(word("statement_save"), "quiet", async () => {
    const told = await ask("rights/statement", { month: month.value });
    if (told) told.csv ? saveText(told.name, told.csv) : toast(word("statement_empty"));
  }, "download");
  view.replaceChildren(node("p", "lead", word("rights_lead")), node("div", "rights-acts", button(word("new_character"), "save", () => character(null, again), "plus"), node("div", "settings-pair", field(word("statement"), month), save)),
    rows.length ? frame : node("p", "empty-note", word("rights_empty")));
}

function character(one, done) {
  const fields = {
    concept: input("text", { value: one?.concept || "", readOnly: Boolean(one), maxLength: 40, required: true, pattern: "[a-z0-9_]+" }), name: input("text", { value: one?.name || "", maxLength: 80, required: true }),
    holder: input("text", { value: one?.holder || "", maxLength: 80, required: true }), contact: input("text", { maxLength: 31, placeholder: "@" }), aliases: input("text", { value: (one?.aliases || []).join(", ") }), contexts: input("text", { value: (one?.contexts || []).join(", ") }),
    attribution: input("text", { value: one?.attribution || "", maxLength: 200 }), terms: input("textarea", { value: one?.terms || "", rows: 2, maxLength: 500 }), royalty: input("number", { min: 0, value: one?.royalty ?? 0 }),
  };
  const hints = { concept: "rights_id_hint", contact: "rights_contact_hint", contexts: "rights_contexts_hint", aliases: "rights_aliases_hint", royalty: "rights_royalty_hint" };
  const licensed = input("checkbox", { checked: Boolean(one?.licensed) });
  const form = node("form", "join-form", ...Object.entries(fields).map(([name, control]) => field(word("rights_" + (name === "concept" ? "id" : name)), control, hints[name] ? word(hints[name]) : null)),
    node("label", "switch", licensed, node("span", "", word("licensed"))), Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
  const shown = dialog(word("rights_character"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, control.value.trim()]));
    const told = { ...sent, contact: sent.contact.replace(/^@/, ""), aliases: list(sent.aliases), contexts: list(sent.contexts), royalty: Number(sent.royalty), licensed: licensed.checked };
    if (await ask("rights/set", told)) { shown.close(); toast(word("changed")); done(); }
  });
}
