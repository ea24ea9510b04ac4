// Moderation: cases, policy, rights, the audit log, numbers for everybody.
import { ago, ask, button, dialog, field, icon, input, node, number, onShown, select, toast, whoami, word } from "./page.js";
import { caseView } from "./case.js";
import { policyView } from "./policy.js";

// Lets the browser keep a text as a file.
export function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export function start(element) {
  const bar = node("div", "kinds"), view = node("div", "moderation-view");
  const kinds = { cases, policy: () => policyView(view), rights, audit, numbers };
  element.append(node("section", "moderation", bar, view));
  bar.setAttribute("role", "toolbar");
  for (const kind of Object.keys(kinds)) {
    const made = button(word("moderation_" + kind), "stream", () => open(kind));
    made.dataset.kind = kind;
    bar.append(made);
  }
  async function open(kind) {
    for (const each of bar.children) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
    view.replaceChildren(node("p", "empty-note", word("loading")));
    await kinds[kind]();
  }

  async function cases() {
    const answer = await ask("moderation/cases");
    if (!answer) return view.replaceChildren();
    const rows = answer.cases.map((one) => {
      const made = button(null, one.minors ? "news-item case-row fresh" : "news-item case-row", () => caseView(view, one.id, () => open("cases")));
      const reasons = [...new Set(one.reports.map((report) => word("report_" + report.reason)))].join(", ");
      made.append(node("span", "case-priority", icon(one.minors ? "shield" : "flag")), node("span", "news-text",
        node("strong", "", word("case_of_" + one.target_kind), one.accused ? " · @" + one.accused : ""), node("span", "news-last", reasons || word("case_by_rule")),
        node("span", "field-hint", word("case_state_" + one.state) + " · " + ago(one.opened_at) + " · " + word("case_reports", { n: one.report_count }))));
      return node("li", "", made);
    });
    view.replaceChildren(rows.length ? node("ul", "news", ...rows) : node("p", "empty-note", word("cases_empty")));
  }

  async function rights() {
    const answer = await ask("rights/all");
    if (!answer) return;
    const month = input("month", { value: new Date().toISOString().slice(0, 7) });
    month.setAttribute("aria-label", word("statement"));
    const rows = answer.characters.map((one) => node("tr", "", node("td", "", node("strong", "", one.name), node("span", "field-hint", " " + one.aliases.join(", "))), node("td", "", one.holder),
      node("td", "", word(one.licensed ? "licensed" : "not_licensed")), node("td", "", number(one.royalty)), node("td", "", one.contexts.join(", ") || word("anywhere")), node("td", "", button(word("change"), "link", () => character(one)))));
    const table = node("table", "table", node("thead", "", node("tr", "", ...["character", "holder", "licence", "royalty", "contexts", ""].map((each) => node("th", "", each ? word("rights_" + each) : "")))), node("tbody", "", ...rows));
    view.replaceChildren(node("div", "settings-row", button(word("new_character"), "save", () => character(null), "plus"), node("span", "settings-acts", month, button(word("statement"), "quiet", async () => {
      const told = await ask("rights/statement", { month: month.value });
      if (told) told.csv ? saveText(told.name, told.csv) : toast(word("statement_empty"));
    }, "download"))), rows.length ? node("div", "table-frame", table) : node("p", "empty-note", word("rights_empty")));
  }
  function character(one) {
    const fields = { concept: input("text", { value: one?.concept || "", readOnly: Boolean(one), maxLength: 40 }), name: input("text", { value: one?.name || "" }), holder: input("text", { value: one?.holder || "", maxLength: 60 }), aliases: input("text", { value: (one?.aliases || []).join(", ") }), contexts: input("text", { value: (one?.contexts || []).join(", ") }), attribution: input("text", { value: one?.attribution || "" }), terms: input("textarea", { value: one?.terms || "", rows: 2 }), royalty: input("number", { min: 0, value: one?.royalty ?? 0 }) };
    const licensed = input("checkbox", { checked: Boolean(one?.licensed) });
    const form = node("form", "join-form", ...Object.entries(fields).map(([name, control]) => field(word("rights_" + (name === "concept" ? "id" : name)), control)), node("label", "switch", licensed, node("span", "", word("licensed"))), Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
    const shown = dialog(word("rights_character"), form), list = (text) => text.split(",").map((each) => each.trim()).filter(Boolean);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const sent = Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, control.value]));
      if (await ask("rights/set", { ...sent, aliases: list(sent.aliases), contexts: list(sent.contexts), royalty: Number(sent.royalty), licensed: licensed.checked })) { shown.close(); rights(); }
    });
  }

  async function audit() {
    const answer = await ask("moderation/audit");
    if (!answer) return;
    const state = node("p", answer.broken_at ? "notice" : "verdict verdict-made_here", answer.broken_at ? word("audit_broken", { n: answer.broken_at }) : word("audit_whole"));
    const rows = answer.entries.map((one) => node("tr", "", node("td", "", number(one.id)), node("td", "", ago(one.at || one.created_at)), node("td", "", one.actor || "–"), node("td", "", one.action), node("td", "", String(one.subject ?? one.target ?? "")), node("td", "", node("code", "", JSON.stringify(one.details ?? one.detail ?? {}).slice(0, 160)))));
    const handle = input("text", { placeholder: "@", maxLength: 31 }), role = select([["member", word("role_member")], ["moderator", word("role_moderator")]], "moderator");
    handle.setAttribute("aria-label", word("handle"));
    role.setAttribute("aria-label", word("set_role"));
    view.replaceChildren(state, node("div", "settings-pair", handle, role, button(word("set_role"), "quiet", async () => { if (await ask("moderation/role", { handle: handle.value.replace(/^@/, ""), role: role.value })) { toast(word("changed")); audit(); } })),
      node("div", "table-frame", node("table", "table", node("thead", "", node("tr", "", ...["audit_number", "audit_when", "audit_who", "audit_what", "audit_about", "audit_details"].map((each) => node("th", "", word(each))))), node("tbody", "", ...rows))));
  }

  async function numbers() {
    const answer = await ask("moderation/numbers");
    if (!answer) return;
    const block = (title, table) => node("section", "card", node("h3", "", word(title)), Object.keys(table).length ? node("dl", "facts", ...Object.entries(table).flatMap(([name, value]) => [node("dt", "", name.replaceAll("_", " ")), node("dd", "", value === null ? word("under_five") : number(value))])) : node("p", "field-hint", word("nothing_yet")));
    view.replaceChildren(node("p", "lead", word("numbers_lead", { n: answer.days })), node("div", "settings", block("numbers_reports", answer.reports), block("numbers_decisions", answer.decisions), block("numbers_appeals", answer.appeals), block("numbers_refusals", answer.refusals), block("numbers_claims", answer.claims),
      block("numbers_pace", { [word("hours_to_decision")]: answer.hours_to_decision, [word("waiting_now")]: answer.waiting })));
  }
  whoami().then(({ me }) => { if (me && me.role !== "member") open("cases"); });
  onShown("moderation", () => { if (bar.querySelector("[data-kind=cases][aria-pressed=true]") && view.querySelector(".news, .empty-note")) open("cases"); });
}
