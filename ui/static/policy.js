// The policy: try a text, compare a draft with what is live, publish, roll back.
import { ago, ask, button, confirmed, dialog, field, input, language, node, number, select, toast, word } from "./page.js";

const VERDICTS = ["allow", "hold", "refuse"], WHERE = ["prompt", "caption", "comment", "message", "handle", "speech"];
const percent = (share) => (share === null ? "–" : share.toLocaleString(language, { style: "percent", maximumFractionDigits: 1 }));
const verdict = (each) => word("verdict_" + each + "_word");
const choices = (names, told) => names.map((each) => [each, told(each)]);

export async function policyView(view) {
  const all = await ask("policy/all");
  if (!all) return view.replaceChildren();
  const again = () => policyView(view), draft = draftCard(all, again);
  view.replaceChildren(node("p", "lead", word("policy_lead")), node("div", "policy", node("div", "policy-column", tryCard(all, draft), versionsCard(all, again)), draft.element));
}

// ---- trying a text, and keeping it as an example
function tryCard(all, draft) {
  const text = input("textarea", { rows: 3, maxLength: 2000, placeholder: word("policy_text_hint"), required: true }), where = select(choices(WHERE, (each) => word("where_" + each)), "prompt");
  const told = node("div", "policy-told");
  told.setAttribute("aria-live", "polite");
  const submit = Object.assign(node("button", "save", word("policy_try")), { type: "submit" });
  const form = node("form", "join-form", field(word("policy_text"), text), field(word("policy_where"), where), node("div", "settings-acts", button(word("policy_keep_example"), "quiet", () => { if (text.value.trim()) exampleDialog(all, text.value, refresh); else text.focus(); }), submit), told);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const amendments = draft.amendments();
    if (!amendments) return;
    const answer = await ask("policy/try", { text: text.value, where: where.value, amendments });
    if (answer) told.replaceChildren(ruling(word("policy_live"), answer.live), ruling(word("policy_draft"), answer.draft));
  });
  const examples = node("div");
  const show = (kept) => {
    const items = kept.map((one) => node("li", "", node("q", "", one.text), ` → ${verdict(one.expected)} `, node("code", "", one.area), " ", button(word("delete"), "link", async () => { if (await ask("policy/example", { remove: one.id })) { await refresh(); examples.querySelector("summary")?.focus(); } })));
    const open = examples.querySelector("details")?.open;
    const list = Object.assign(node("details", "", node("summary", "", word("policy_examples", { n: kept.length })), node("ul", "case-list", ...items)), { open });
    examples.replaceChildren(...(kept.length ? [list] : []));
  };
  const refresh = async () => { // the list alone: the draft beside it is being written
    const now = await ask("policy/all");
    if (now) show(now.examples);
  };
  show(all.examples);
  return node("section", "card", node("h3", "", word("policy_try_title")), form, examples);
}

function exampleDialog(all, text, done) {
  const area = select(Object.entries(all.areas), Object.keys(all.areas)[0]), expected = select(choices(VERDICTS, verdict), "refuse");
  const form = node("form", "join-form", node("blockquote", "", text), field(word("policy_area"), area), field(word("policy_expected"), expected), Object.assign(node("button", "save", word("policy_keep_example")), { type: "submit" }));
  const shown = dialog(word("policy_keep_example"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await ask("policy/example", { text, area: area.value, expected: expected.value })) { shown.close(); done(); }
  });
}

function ruling(title, one) {
  const spans = one.spans.map((span) => node("li", "chip", node("span", "", span.text), node("span", "means", span.meaning || span.area)));
  return node("div", "ruling ruling-" + one.decision, node("p", "", node("strong", "", title + ": " + verdict(one.decision)), " ", one.rule !== "none" ? node("code", "", one.rule) : null), one.reason ? node("p", "", one.reason) : null,
    spans.length ? node("ul", "chips", ...spans) : null, one.suggestion ? node("p", "", word("would_pass"), " ", node("q", "", one.suggestion)) : null);
}

// ---- the draft: its amendments, measured against what is live, kept and published
function draftCard(all, again) {
  const kept = all.versions.find((one) => one.state === "draft");
  const text = input("textarea", { rows: 12, value: JSON.stringify(kept ? kept.amendments : all.live.amendments || {}, null, 2), spellcheck: false }), note = input("text", { maxLength: 300, value: kept?.note || "", required: true });
  const measured = node("div", "policy-measured"), problem = node("p", "notice");
  text.classList.add("code");
  measured.setAttribute("aria-live", "polite");
  problem.setAttribute("role", "alert");
  function amendments() {
    try {
      problem.textContent = "";
      return JSON.parse(text.value || "{}");
    } catch {
      problem.textContent = word("policy_json");
      text.focus();
      return null;
    }
  }
  async function measure() {
    const sent = amendments();
    if (!sent) return;
    measured.replaceChildren(node("p", "field-hint", word("policy_measuring")));
    const answer = await ask("policy/measure", { amendments: sent });
    measured.replaceChildren(...(answer ? [matrix(word("policy_live"), answer.live), matrix(word("policy_draft"), answer.draft)] : []));
  }
  async function keep(publish) {
    const sent = amendments();
    if (!sent || !note.reportValidity() || (publish && !(await confirmed(word("policy_publish_sure"), word("publish"))))) return;
    const answer = await ask("policy/save", { amendments: sent, note: note.value, number: kept ? kept.number : null });
    if (!answer || (publish && !(await ask("policy/publish", { number: answer.number })))) return;
    toast(word(publish ? "policy_published" : "changed"));
    again();
  }
  const element = node("section", "card", node("h3", "", word("policy_draft")), field(word("policy_amendments"), text, word("policy_amendments_hint")), node("details", "", node("summary", "", word("policy_example_title")), node("pre", "", EXAMPLE)),
    problem, field(word("policy_note"), note), node("div", "settings-acts", button(word("policy_measure"), "quiet", measure, "chart"), button(word("policy_save"), "quiet", () => keep(false)), button(word("publish"), "save", () => keep(true))), measured);
  return { element, amendments };
}

const EXAMPLE = `{
  "refuse": 0.8,
  "rules": { "violence.gore": { "score": 0.7, "enabled": true } },
  "terms": [{ "signal": "gore", "english": ["bloodbath"], "french": ["bain de sang"] }],
  "people": [{ "name": "Ann Example", "kind": "musician", "also": ["?annie"] }]
}`;

function matrix(title, one) {
  const head = node("tr", "", node("th", "", word("expected_decided")), ...VERDICTS.map((each) => Object.assign(node("th", "", verdict(each)), { scope: "col" })));
  const rows = VERDICTS.map((each) => node("tr", "", Object.assign(node("th", "", verdict(each)), { scope: "row" }), ...VERDICTS.map((decided) => node("td", cell(each, decided, one.matrix[each][decided]), number(one.matrix[each][decided])))));
  const caption = node("caption", "", node("strong", "", title), ` · ${word("policy_recall", { what: percent(one.recall) })} · ${word("policy_false", { what: percent(one.false_refusals) })}`);
  const errors = (name, items) => (items.length ? node("details", "", node("summary", "", word(name, { n: items.length })), node("ul", "case-list", ...items.map((item) => node("li", "", node("q", "", item.text), " ", node("code", "", item.rule || item.area))))) : null);
  return node("div", "matrix", node("table", "table", caption, node("thead", "", head), node("tbody", "", ...rows)), errors("policy_misses", one.misses), errors("policy_wrong", one.wrong));
}
const cell = (expected, decided, count) => (expected === decided ? "right" : count ? "wrong" : "");

// ---- versions
function versionsCard(all, again) {
  const versions = all.versions.map((one) => node("li", "version version-" + one.state, node("strong", "", number(one.number)), node("span", "case-state case-state-" + one.state, word("policy_state_" + one.state)), node("span", "", one.note),
    node("span", "field-hint", ` @${one.author || "–"} · ${ago(one.published_at || one.created_at)}`),
    one.state === "live" ? null : button(word("policy_publish_again"), "link", async () => { if ((await confirmed(word("policy_publish_sure"), word("publish"))) && (await ask("policy/publish", { number: one.number }))) { toast(word("policy_published")); again(); } })));
  const back = all.live.number === null ? null : button(word("policy_roll_back"), "danger", () => rollBack(again));
  return node("section", "card", node("h3", "", word("policy_versions")), node("p", "field-hint", word("policy_shipped", { what: all.shipped })), versions.length ? node("ul", "case-list", ...versions) : null, back);
}

function rollBack(again) {
  const reason = input("text", { maxLength: 300, required: true }), form = node("form", "join-form", node("p", "lead", word("policy_roll_back_sure")), field(word("policy_roll_back_why"), reason), Object.assign(node("button", "danger", word("policy_roll_back")), { type: "submit" }));
  const shown = dialog(word("policy_roll_back"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await ask("policy/roll_back", { reason: reason.value }))) return;
    shown.close();
    toast(word("policy_rolled_back"));
    again();
  });
}
