// Decisions about what the reader made or said: where one stands, appeals, refused texts, rights claims.
import { ago, ask, button, dialog, field, hasWord, icon, input, language, node, toast, word } from "./page.js";
import { counterDialog, ownClaims } from "./claims.js";

const day = (time) => new Date(time).toLocaleDateString(language, { day: "numeric", month: "long" });

// All of it as one element; null when the server did not answer. `again` shows it anew.
export async function decisionsView(again) {
  const [answer, claims] = await Promise.all([ask("inbox/cases"), ownClaims(again)]);
  if (!answer) return null;
  const cases = answer.cases.map((one) => decidedCase(one, again)), refusals = answer.refusals.map((one) => refusal(one, again));
  return node("div", "decisions", standing(answer.standing),
    cases.length ? node("ul", "cases", ...cases) : node("p", "empty-note", word("cases_none")), claims,
    refusals.length ? node("section", "", node("h3", "", word("refusals_own")), node("p", "field-hint", word("refusals_kept")), node("ul", "cases", ...refusals)) : null);
}

// Strikes and a suspension, in a sentence each.
function standing({ strikes, suspended_until, banned_at }) {
  const lines = [];
  if (banned_at) lines.push(word("standing_banned"));
  else if (suspended_until) lines.push(word("standing_suspended", { day: day(suspended_until) }));
  if (strikes.length) lines.push(word(strikes.length === 1 ? "standing_strike" : "standing_strikes", { n: strikes.length, day: day(strikes.at(-1).expires_at) }));
  return lines.length ? node("div", "notice standing", icon("flag"), node("div", "", ...lines.map((line) => node("p", "", line)))) : null;
}

function decidedCase(one, again) {
  const last = one.decisions.at(-1), acts = [];
  if (one.target_kind === "rights" && one.state === "decided" && one.may_appeal) acts.push(button(word("counter"), "quiet", () => counterDialog(one.id, again)));
  else if (one.may_appeal && !one.appeal) acts.push(button(word("appeal"), "quiet", () => appealDialog(one.id, again)));
  return node("li", "card case-own", node("p", "", node("strong", "", word("case_kind_" + one.target_kind)), node("span", "field-hint", ` · #${one.id} · ${ago(one.opened_at)}`)),
    last ? node("p", "", word(hasWord("decision_" + last.decision) ? "decision_" + last.decision : "decision_other"), " ", node("q", "", last.reason || "")) : null,
    one.struck ? node("p", "field-hint", word("case_struck")) : null,
    one.appeal ? node("p", "field-hint", word(one.state === "appealed" ? "appeal_waits" : "appeal_done")) : null, acts.length ? node("div", "settings-acts", ...acts) : null);
}

function refusal(one, again) {
  const told = one.overturned === null ? (one.case ? "appeal_waits" : null) : one.overturned ? "refusal_was_wrong" : "refusal_was_right";
  return node("li", "card case-own", node("p", "", node("strong", "", word("refusal_of_" + one.stage)), node("span", "field-hint", ` · ${ago(one.created_at)}`)), node("p", "", one.reason),
    told ? node("p", "field-hint", word(told)) : node("div", "settings-acts", button(word("appeal"), "quiet", () => refusalDialog(one.id, again))));
}

// A form in a dialog; `send(values)` gives whether it was taken.
function formDialog(title, lead, fields, send) {
  const form = node("form", "join-form", node("p", "lead", lead), ...Object.entries(fields).map(([name, control]) => field(word(name), control)), Object.assign(node("button", "save", word("appeal")), { type: "submit" }));
  const open = dialog(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = form.querySelector("[type=submit]");
    submit.disabled = true;
    const taken = await send();
    submit.disabled = false;
    if (!taken) return;
    open.close();
    toast(word("appeal_sent"));
  });
}

function appealDialog(id, again) {
  const body = input("textarea", { maxLength: 1000, rows: 4, required: true });
  formDialog(word("appeal"), word("appeal_text"), { appeal_reason: body }, async () => (await ask("inbox/appeal", { case: id, body: body.value })) && (again(), true));
}

function refusalDialog(ruling, again) {
  const text = input("textarea", { maxLength: 2000, rows: 3, required: true }), body = input("textarea", { maxLength: 1000, rows: 3, required: true });
  formDialog(word("appeal"), word("refusal_appeal_text"), { refusal_text: text, refusal_why: body }, async () => (await ask("inbox/appeal_refusal", { ruling, text: text.value, body: body.value })) && (again(), true));
}
