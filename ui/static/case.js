// One case: what it is about, who said what, and the decision.
import { ago, ask, button, field, hasWord, input, node, number, select, toast, word } from "./page.js";

const DECISIONS = ["keep", "label", "limit", "remove", "suspend", "ban"];
const LABELS = ["sensitive", "misleading", "disputed", "altered"];
const list = (title, items) => (items.length ? node("section", "", node("h4", "", word(title)), node("ul", "case-list", ...items)) : null);

export async function caseView(view, id, back) {
  const answer = await ask("moderation/case", { case: id });
  if (!answer) return;
  const one = answer.case, clip = one.clip;
  const reports = one.reports.map((report) => node("li", "", node("strong", "", word("report_" + report.reason)), report.note ? node("q", "", report.note) : null, node("span", "field-hint", " " + ago(report.created_at))));
  const rulings = [...one.rulings, ...(clip?.rulings || [])].map((ruling) => node("li", "", node("code", "", ruling.rule), " ", ruling.verdict, " ", node("span", "", ruling.reason || "")));
  const decisions = one.decisions.map((decision) => node("li", "", node("strong", "", word(hasWord("decision_" + decision.decision) ? "decision_" + decision.decision : "decision_other")), " ", node("q", "", decision.reason || ""), node("span", "field-hint", " " + ago(decision.created_at))));
  const similar = one.similar.map((other) => node("li", "", button(`#${other.case}`, "link", () => caseView(view, other.case, back)), " ", word(hasWord("decision_" + other.decision) ? "decision_" + other.decision : "decision_other"), " ", node("q", "", other.reason || "")));
  const history = one.history ? node("dl", "facts", ...[["case_joined", ago(one.history.joined)], ["case_strikes", number(one.history.live_strikes)], ["case_posts", number(one.history.posts)], ["case_refusals", number(one.history.refusals)], ["case_suspended", one.history.suspended_until ? ago(one.history.suspended_until) : null], ["case_banned", one.history.banned_at ? ago(one.history.banned_at) : null]].flatMap(([name, value]) => (value === null ? [] : [node("dt", "", word(name)), node("dd", "", value)]))) : null;
  const video = clip ? Object.assign(node("video", "draft-video"), { src: clip.video, poster: clip.poster, controls: true, playsInline: true, preload: "metadata" }) : null;
  const claim = one.claim ? node("section", "", node("h4", "", word("case_of_rights")), node("p", "", node("strong", "", one.claim.name), " · ", one.claim.work), node("q", "", one.claim.statement), one.claim.counter_statement ? node("p", "", word("counter_said"), " ", node("q", "", one.claim.counter_statement)) : null, one.claim.insists ? node("p", "", word("claim_insists"), " ", one.claim.reference || "") : null) : null;
  view.replaceChildren(node("div", "me-back", button(word("back"), "quiet", back, "next")), node("div", "case-view",
    node("div", "case-left", node("h3", "", `#${one.id} · ${word("case_of_" + one.target_kind)}`, one.accused ? ` · @${one.accused}` : ""), node("p", "field-hint", word("case_state_" + one.state) + " · " + ago(one.opened_at)),
      one.minors ? node("p", "notice", word("case_minors")) : null, video, one.target.text ? node("blockquote", "", one.target.text) : null, clip?.prompt ? node("p", "", node("span", "field-label", word("prompt")), node("q", "", clip.prompt)) : null,
      clip ? node("details", "json", node("summary", "", word("storyboard_json")), node("pre", "", JSON.stringify(clip.storyboard, null, 1))) : null, claim),
    node("div", "case-right", list("case_reports_title", reports), list("case_rulings", rulings), one.appeal ? node("section", "", node("h4", "", word("appeal")), node("q", "", one.appeal)) : null, list("case_decisions", decisions), history && node("section", "", node("h4", "", word("case_history")), history), list("case_similar", similar), decide(one, back))));
}

function decide(one, back) {
  if (one.mine && one.state === "appealed") return node("p", "notice", word("another_moderator"));
  const decision = select(DECISIONS.map((each) => [each, word("do_" + each)]), "keep"), reason = input("textarea", { rows: 3, maxLength: 500, required: true });
  const label = select(LABELS.map((each) => [each, word("label_" + each)]), "sensitive"), days = input("number", { min: 1, max: 365, value: 7 }), strike = input("checkbox", { checked: false });
  const labels = field(word("case_label"), label), length = field(word("case_days"), days);
  const tell = () => { labels.hidden = decision.value !== "label"; length.hidden = decision.value !== "suspend"; strike.checked = ["remove", "suspend", "ban"].includes(decision.value); };
  decision.addEventListener("change", tell);
  tell();
  const form = node("form", "join-form card", node("h4", "", word("decide")), one.state === "ban_proposed" ? node("p", "notice", word("ban_proposed")) : null, field(word("decision"), decision), labels, length, field(word("decision_reason"), reason, word("decision_reason_hint")), node("label", "switch", strike, node("span", "", word("with_strike"))), Object.assign(node("button", "save", word("decide")), { type: "submit" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = { case: one.id, decision: decision.value, reason: reason.value, strike: strike.checked };
    if (decision.value === "label") sent.label = label.value;
    if (decision.value === "suspend") sent.days = Number(days.value);
    if (!(await ask("moderation/decide", sent))) return;
    toast(word("decided"));
    back();
  });
  return form;
}
