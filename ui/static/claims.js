// Rights claims: filing one, objecting to one, answering the objection.
import { ago, ask, button, call, dialog, field, input, node, toast, word } from "./page.js";

// A form in a dialog whose `send(values)` gives whether it was taken.
function asked(title, lead, fields, send) {
  const form = node("form", "join-form", node("p", "lead", lead), ...Object.entries(fields).map(([name, control]) => field(word("claim_" + name), control)), Object.assign(node("button", "save", word("send")), { type: "submit" }));
  const shown = dialog(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = form.querySelector("[type=submit]");
    submit.disabled = true;
    const taken = await send(Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, control.value])));
    submit.disabled = false;
    if (taken) shown.close();
  });
}

// Says that a post shows what belongs to the reader.
export function claimDialog(post) {
  const fields = { work: input("text", { maxLength: 300, required: true }), statement: input("textarea", { rows: 4, maxLength: 2000, required: true }), signed: input("text", { maxLength: 100, required: true, autocomplete: "name" }) };
  asked(word("claim"), word("claim_lead"), fields, async (values) => {
    const answer = await ask("rights/claim", { post, ...values });
    if (answer) toast(word("report_thanks"));
    return answer;
  });
}

// Objects to a claim that took a post of the reader's down.
export function counterDialog(id, done) {
  asked(word("counter"), word("counter_lead"), { counter: input("textarea", { rows: 4, maxLength: 2000, required: true }) }, async ({ counter }) => {
    const answer = await ask("rights/counter", { case: id, statement: counter });
    if (answer) { toast(word("appeal_sent")); done(); }
    return answer;
  });
}

// The reader's own claims, with what was answered; nothing for those who filed none.
export async function ownClaims(again) {
  const answer = await call("rights/mine"); // somebody who is suspended has none to answer
  if (answer.error || !answer.claims.length) return null;
  return node("section", "own-claims", node("h3", "", word("claims_own")), node("ul", "cases", ...answer.claims.map((one) => claimCard(one, again))));
}

function claimCard(one, again) {
  const open = one.counter_statement && one.insists === null;
  const acts = open ? node("div", "settings-acts", button(word("claim_give_up"), "quiet", async () => { if (await ask("rights/counter", { case: one.case, insist: false })) again(); }), button(word("claim_insist"), "save", () => insist(one.case, again))) : null;
  return node("li", "card case-own", node("p", "", node("strong", "", one.work), node("span", "field-hint", " · " + ago(one.created_at))), node("blockquote", "", one.statement),
    one.counter_statement ? node("p", "", word("counter_said"), " ", node("q", "", one.counter_statement)) : null,
    one.insists === null ? null : node("p", "field-hint", word(one.insists ? "claim_insists" : "claim_given_up")), acts);
}

function insist(id, again) {
  asked(word("claim_insist"), word("claim_insist_lead"), { reference: input("text", { maxLength: 300, required: true }) }, async ({ reference }) => {
    const answer = await ask("rights/counter", { case: id, insist: true, reference });
    if (answer) again();
    return answer;
  });
}
