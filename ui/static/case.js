// One case: what it is about, who said what, and the decision.
import { ago, ask, button, field, input, node, number, select, toast, word } from "./page.js";
import { storyboardView } from "./storyboard.js";

const DECISIONS = ["keep", "label", "limit", "remove", "suspend", "ban"];
const FOR_POSTS = ["label", "limit"]; // what can only be decided about something that is published
const LABELS = ["sensitive", "misleading", "disputed", "altered"];
const STRIKING = ["remove", "suspend", "ban"];

const quote = (text) => node("q", "", text);
const list = (title, items) => (items.length ? node("section", "", node("h4", "", word(title)), node("ul", "case-list", ...items)) : null);
const facts = (pairs) => node("dl", "facts", ...pairs.filter(([, value]) => value !== null && value !== undefined).flatMap(([name, value]) => [node("dt", "", word(name)), node("dd", "", value)]));
const decided = (name) => node("strong", "", word("did_" + name));

export async function caseView(view, id, back) {
  const answer = await ask("moderation/case", { case: id });
  if (!answer) return;
  const one = answer.case;
  const heading = node("h3", "", `#${one.id} · ${word("case_of_" + one.target_kind)}`, one.accused ? ` · @${one.accused}` : "");
  heading.tabIndex = -1;
  view.replaceChildren(node("div", "me-back", button(word("back"), "quiet", back, "next")), node("div", "case-view",
    node("div", "case-left", node("div", "case-head", heading, node("p", "field-hint", word("case_state_" + one.state) + " · " + ago(one.opened_at)), one.minors ? node("p", "notice", word("case_minors")) : null), ...subject(one)),
    node("div", "case-right", ...evidence(one, (other) => caseView(view, other, back)), decide(one, back))));
  heading.focus();
}

// What the case is about: the clip, the words, the recipe, the claim.
function subject(one) {
  const { clip, claim } = one;
  const video = clip ? Object.assign(node("video", "draft-video"), { src: clip.video, poster: clip.poster, controls: true, playsInline: true, preload: "metadata" }) : null;
  video?.setAttribute("aria-label", clip.prompt || word("clip"));
  return [
    video,
    one.target.text ? node("section", "", node("h4", "", word("case_words")), node("blockquote", "", one.target.text)) : null,
    clip?.prompt ? node("section", "", node("h4", "", word("case_prompt")), node("blockquote", "", clip.prompt)) : null,
    clip ? facts([["case_engine", clip.engine], ["case_people", clip.people.length ? clip.people.map((each) => "@" + each).join(", ") : null], ["case_held", clip.held ? word("case_held_yes") : null]]) : null,
    clip?.seen?.shots ? node("details", "case-board", node("summary", "", word("storyboard")), storyboardView(clip.seen)) : null,
    claim ? node("section", "card", node("h4", "", word("case_of_rights")), facts([["claim_signed", claim.name], ["claim_work", claim.work]]), node("blockquote", "", claim.statement),
      claim.counter_statement ? node("p", "", word("counter_said"), " ", quote(claim.counter_statement)) : null,
      claim.insists ? node("p", "", word("claim_insists"), " ", claim.reference || "") : claim.insists === false ? node("p", "", word("claim_given_up")) : null) : null,
  ].filter(Boolean);
}

// What others and the rules said, what is known of the person, and how like cases were decided.
function evidence(one, open) {
  const { history } = one;
  const reports = one.reports.map((report, place) => {
    const record = one.reporters[place];
    return node("li", "", node("strong", "", word("report_" + report.reason)), " ", report.note ? quote(report.note) : null,
      node("span", "field-hint", " " + ago(report.created_at) + (record && record.reports > 1 ? " · " + word("case_reporter", { n: record.reports, right: record.upheld }) : "")));
  });
  const rulings = [...one.rulings, ...(one.clip?.rulings || [])].map((ruling) => node("li", "", node("strong", "", word("verdict_" + ruling.verdict + "_word")), " ", node("code", "", ruling.rule), " ", ruling.reason || ""));
  const decisions = one.decisions.map((each) => node("li", "", decided(each.decision), each.proposed ? " " + word("decision_proposed") : each.final ? " " + word("decision_final") : "", " ", quote(each.reason), node("span", "field-hint", " " + ago(each.created_at))));
  const earlier = (history?.decisions || []).map((each) => node("li", "", button(`#${each.case}`, "link", () => open(each.case)), " ", decided(each.decision), " ", quote(each.reason), node("span", "field-hint", " " + ago(each.created_at))));
  const similar = one.similar.map((each) => node("li", "", button(`#${each.case}`, "link", () => open(each.case)), " ", decided(each.decision), " ", quote(each.reason), each.rule ? node("code", "", " " + each.rule) : null));
  return [
    list("case_reports_title", reports), list("case_rulings", rulings),
    one.appeal ? node("section", "", node("h4", "", word("appeal")), node("blockquote", "", one.appeal)) : null,
    list("case_decisions", decisions),
    history ? node("section", "", node("h4", "", word("case_history")), facts([["case_joined", ago(history.joined)], ["case_strikes", number(history.live_strikes)], ["case_posts", number(history.posts)], ["case_refusals", number(history.refusals)], ["case_suspended", history.suspended_until ? ago(history.suspended_until) : null], ["case_banned", history.banned_at ? ago(history.banned_at) : null]])) : null,
    list("case_earlier", earlier), list("case_similar", similar),
  ].filter(Boolean);
}

function decide(one, back) {
  if (!["open", "ban_proposed", "appealed"].includes(one.state)) return node("p", "field-hint", word("case_is_" + one.state));
  if (one.mine && one.state === "appealed") return node("p", "notice", word("another_moderator"));
  const published = ["post", "rights", "cameo"].includes(one.target_kind);
  const offered = DECISIONS.filter((each) => published || !FOR_POSTS.includes(each));
  const decision = select(offered.map((each) => [each, word("do_" + each)]), "keep"), reason = input("textarea", { rows: 3, maxLength: 500, required: true });
  const label = select(LABELS.map((each) => [each, word("label_" + each)]), "sensitive"), days = input("number", { min: 1, max: 365, value: 7 }), strike = input("checkbox", { checked: false });
  const labels = field(word("case_label"), label), length = field(word("case_days"), days), struck = node("label", "switch", strike, node("span", "", word("with_strike")));
  const tell = () => {
    labels.hidden = decision.value !== "label";
    length.hidden = decision.value !== "suspend";
    struck.hidden = decision.value === "keep";
    strike.checked = STRIKING.includes(decision.value);
  };
  decision.addEventListener("change", tell);
  tell();
  const submit = Object.assign(node("button", "save", word("decide")), { type: "submit" });
  const form = node("form", "join-form card decide", node("h4", "", word(one.state === "appealed" ? "decide_appeal" : "decide")), one.state === "ban_proposed" ? node("p", "notice", word(one.mine ? "ban_proposed_mine" : "ban_proposed")) : null,
    field(word("decision"), decision), labels, length, field(word("decision_reason"), reason, word("decision_reason_hint")), struck, submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const sent = { case: one.id, decision: decision.value, reason: reason.value, strike: strike.checked };
    if (decision.value === "label") sent.label = label.value;
    if (decision.value === "suspend") sent.days = Number(days.value);
    submit.disabled = true;
    const answer = await ask("moderation/decide", sent);
    submit.disabled = false;
    if (!answer) return;
    toast(word(decision.value === "ban" && one.state === "open" ? "ban_is_proposed" : "decided"));
    back();
  });
  return form;
}
