// How this place is moderated, in numbers, for everybody.
import { ask, hasWord, node, number, word } from "./page.js";

// What a line is called: a word of ours, or the name that the server gave it.
const named = (prefix, name) => (hasWord(prefix + name) ? word(prefix + name) : name);

export async function numbersView(view) {
  const answer = await ask("moderation/numbers");
  if (!answer) return view.replaceChildren();
  const pace = { hours_to_decision: answer.hours_to_decision ?? word("too_few"), waiting_now: answer.waiting, live_policy: answer.policy ?? word("policy_as_shipped") };
  view.replaceChildren(node("p", "lead", word("numbers_lead", { n: answer.days })), node("div", "settings numbers",
    table("numbers_pace", "", pace), table("numbers_reports", "report_", answer.reports), table("numbers_decisions", "did_", answer.decisions),
    table("numbers_appeals", "numbers_", answer.appeals), table("numbers_refusals", "", answer.refusals), table("numbers_claims", "numbers_", answer.claims)));
}

// One card: names and numbers, the largest first, each with a bar as long as its share.
function table(title, prefix, counts) {
  const lines = Object.entries(counts), largest = Math.max(...lines.map(([, value]) => (typeof value === "number" ? value : 0)));
  const bars = prefix === "report_" || prefix === "did_" || title === "numbers_refusals";
  if (bars) lines.sort(([, one], [, other]) => (other ?? 0) - (one ?? 0));
  const rows = lines.map(([name, value]) => {
    const told = node("td", "", value === null ? word("under_five") : number(value)), row = node("tr", "", node("th", "", named(prefix, name)), told);
    row.firstChild.scope = "row";
    if (bars && value) row.style.setProperty("--share", `${(100 * value) / largest}%`);
    return row;
  });
  return node("section", "card", node("h3", "", word(title)), rows.length ? node("table", bars ? "table counts bars" : "table counts", node("tbody", "", ...rows)) : node("p", "field-hint", word("nothing_yet")));
}
