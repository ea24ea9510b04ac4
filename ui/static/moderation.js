// Moderation: cases, policy, rights, the audit log, numbers for everybody.
import { ago, ask, button, icon, node, onOpen, onShown, whoami, word } from "./page.js";
import { auditView } from "./audit.js";
import { cameoQueue } from "./cameo_queue.js";
import { caseView } from "./case.js";
import { numbersView } from "./numbers.js";
import { policyView } from "./policy.js";
import { rightsView } from "./rights.js";

export function start(element) {
  const bar = node("div", "kinds"), view = node("div", "moderation-view");
  const kinds = { cases: casesView, cameos: cameoQueue, policy: policyView, rights: rightsView, audit: auditView, numbers: numbersView };
  element.append(node("section", "moderation", node("h2", "unseen", word("moderation")), bar, view));
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", word("moderation"));
  for (const kind of Object.keys(kinds)) {
    const made = button(word("moderation_" + kind), "stream", () => open(kind));
    made.dataset.kind = kind;
    bar.append(made);
  }
  let shown = null;
  async function open(kind) {
    shown = kind;
    for (const each of bar.children) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
    view.replaceChildren(node("p", "empty-note", word("loading")));
    await kinds[kind](view);
  }
  whoami().then(({ me }) => { if (me && me.role !== "member" && !shown) open("cases"); });
  onOpen("moderation", (wanted) => { if (wanted.case) { open("cases"); caseView(view, wanted.case, () => open("cases")); } });
  onShown("moderation", async () => {
    const { me } = await whoami();
    if (me && me.role !== "member" && (!shown || (shown === "cases" && !view.querySelector(".case-view")))) open("cases");
  });
}

// What waits, the most urgent first.
async function casesView(view) {
  const answer = await ask("moderation/cases");
  if (!answer) return view.replaceChildren();
  const back = () => casesView(view);
  const rows = answer.cases.map((one) => node("li", "", row(one, () => caseView(view, one.id, back))));
  view.replaceChildren(
    node("p", "lead", word(rows.length === 1 ? "cases_waiting_one" : "cases_waiting", { n: rows.length })),
    rows.length ? node("ul", "news", ...rows) : node("p", "empty-note", word("cases_empty")));
}

function row(one, open) {
  const made = button(null, one.minors ? "news-item case-row fresh" : "news-item case-row", open);
  const reasons = [...new Set(one.reports.map((report) => word("report_" + report.reason)))].join(", ");
  const state = node("span", "case-state case-state-" + one.state, word("case_state_" + one.state));
  made.append(node("span", "case-priority", icon(one.minors ? "shield" : "flag")),
    node("span", "news-text", node("strong", "", word("case_of_" + one.target_kind), one.accused ? " · @" + one.accused : ""),
      node("span", "news-last", reasons || word("case_by_rule")),
      node("span", "field-hint", `#${one.id} · ${ago(one.opened_at)} · ` + word(one.report_count === 1 ? "case_reports_one" : "case_reports", { n: one.report_count }))),
    state);
  return made;
}
