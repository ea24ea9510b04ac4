// The policy: try a text, compare a draft with what is live, publish, roll back.
import { ago, ask, button, confirmed, dialog, field, hasWord, icon, input, language, node, number, select, toast, word } from "./page.js";

const percent = (share) => (share === null ? "–" : share.toLocaleString(language, { style: "percent", maximumFractionDigits: 1 }));

export async function policyView(view) {
  const all = await ask("policy/all");
  if (!all) return view.replaceChildren();
  const draft = all.versions.find((one) => one.state === "draft");
  const text = input("textarea", { rows: 3, placeholder: word("policy_text_hint") }), expected = select(["allow", "hold", "refuse"].map((each) => [each, word("verdict_" + each + "_word")]), "refuse");
  const amendments = input("textarea", { rows: 10, value: JSON.stringify(draft ? draft.amendments : all.live.amendments || {}, null, 2), spellcheck: false }), note = input("text", { maxLength: 300, value: draft?.note || "" });
  const told = node("div", "policy-told"), measured = node("div", "policy-measured");
  told.setAttribute("aria-live", "polite");
  amendments.classList.add("code");
  function sent() {
    try { return JSON.parse(amendments.value || "{}"); } catch { toast(word("policy_json")); return null; }
  }
  async function attempt() {
    const draftNow = sent();
    if (!draftNow || !text.value.trim()) return;
    const answer = await ask("policy/try", { text: text.value, amendments: draftNow });
    if (answer) told.replaceChildren(ruling(word("policy_live"), answer.live), ruling(word("policy_draft"), answer.draft));
  }
  async function measure() {
    const draftNow = sent();
    if (!draftNow) return;
    measured.replaceChildren(node("p", "", word("policy_measuring")));
    const answer = await ask("policy/measure", { amendments: draftNow });
    measured.replaceChildren(...(answer ? [matrix(word("policy_live"), answer.live), matrix(word("policy_draft"), answer.draft)] : []));
  }
  async function save(publish) {
    const draftNow = sent();
    if (!draftNow) return;
    const answer = await ask("policy/save", { amendments: draftNow, note: note.value || word("policy_draft"), number: draft ? draft.number : null });
    if (!answer) return;
    if (publish && !(await ask("policy/publish", { number: answer.number }))) return;
    toast(word(publish ? "policy_published" : "changed"));
    policyView(view);
  }
  const versions = all.versions.map((one) => node("li", "", node("strong", "", `${one.number}`), " · ", word("policy_state_" + one.state), " · ", one.note, node("span", "field-hint", ` · @${one.author || "–"} · ${ago(one.published_at || one.created_at)}`)));
  const examples = all.examples.map((one) => node("li", "", node("q", "", one.text), " → ", word("verdict_" + one.expected + "_word"), " ", button(word("delete"), "link", async () => { if (await ask("policy/example", { remove: one.id })) policyView(view); })));
  view.replaceChildren(node("div", "settings policy",
    node("section", "card", node("h3", "", word("policy_try")), field(word("policy_text"), text), node("div", "settings-pair", button(word("policy_try"), "save", attempt), field(word("policy_expected"), expected), button(word("policy_keep_example"), "quiet", async () => { if (text.value.trim() && (await ask("policy/example", { text: text.value, expected: expected.value, area: "other" }))) policyView(view); })), told, examples.length ? node("ul", "case-list", ...examples) : null),
    node("section", "card", node("h3", "", word("policy_draft")), field(word("policy_amendments"), amendments, word("policy_amendments_hint")), field(word("policy_note"), note), node("div", "settings-acts", button(word("policy_measure"), "quiet", measure, "chart"), button(word("keep_changes"), "quiet", () => save(false)), button(word("publish"), "save", async () => { if (await confirmed(word("policy_publish_sure"), word("publish"))) save(true); })), measured),
    node("section", "card", node("h3", "", word("policy_versions")), node("p", "settings-text", word("policy_shipped", { what: all.shipped })), versions.length ? node("ul", "case-list", ...versions) : null, all.live.number === null ? null : button(word("policy_roll_back"), "quiet", async () => {
      if ((await confirmed(word("policy_roll_back_sure"), word("policy_roll_back"))) && (await ask("policy/roll_back", { reason: "rolled back" }))) { toast(word("changed")); policyView(view); }
    }))));
}

function ruling(title, one) {
  const spans = one.spans.map((span) => node("li", "chip", node("span", "", span.text), node("span", "means", span.meaning || span.area)));
  return node("div", "ruling ruling-" + one.decision, node("p", "", node("strong", "", title + ": " + word("verdict_" + one.decision + "_word")), " ", node("code", "", one.rule)), one.reason ? node("p", "", one.reason) : null, spans.length ? node("ul", "chips", ...spans) : null, one.suggestion ? node("p", "field-hint", word("would_pass"), " ", node("q", "", one.suggestion)) : null);
}

function matrix(title, one) {
  const kinds = ["allow", "hold", "refuse"];
  const table = node("table", "table", node("caption", "", title + " · " + word("policy_recall", { what: percent(one.recall) }) + " · " + word("policy_false", { what: percent(one.false_refusals) })),
    node("thead", "", node("tr", "", node("th", "", word("expected_decided")), ...kinds.map((each) => node("th", "", word("verdict_" + each + "_word"))))),
    node("tbody", "", ...kinds.map((each) => node("tr", "", node("th", "", word("verdict_" + each + "_word")), ...kinds.map((decided) => node("td", each === decided ? "right" : "", number(one.matrix[each][decided])))))));
  const errors = (name, items) => (items.length ? node("details", "", node("summary", "", word(name, { n: items.length })), node("ul", "case-list", ...items.map((item) => node("li", "", node("q", "", item.text), " ", node("code", "", item.rule || item.area))))) : null);
  return node("div", "", table, errors("policy_misses", one.misses), errors("policy_wrong", one.wrong));
}
