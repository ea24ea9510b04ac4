// Analytics: shows the plots when the tab is opened, and saves the numbers behind them.
import { ask, button, node, onShown, select, word } from "./page.js";
import { saveText } from "./moderation.js";

const SUBJECTS = ["generations", "engines", "posts", "creation", "refusals", "holds", "reports", "decision_times", "appeals", "false_refusals", "strikes", "repeat_subjects", "cameos", "diversity", "remixes"];

export function start(element) {
  const about = select(SUBJECTS.map((each) => [each, word("plot_" + each)]), SUBJECTS[0]);
  about.setAttribute("aria-label", word("export_csv"));
  const days = () => Number((document.querySelector("#analytics-range input:checked") || { value: "30" }).value) || 30;
  element.append(node("div", "analytics-foot", about, button(word("export_csv"), "quiet", async () => {
    const answer = await ask("analytics/csv", { about: about.value, days: days() });
    if (answer) saveText(answer.name, answer.csv);
  }, "download"), node("p", "field-hint", word("analytics_privacy"))));
  let shown = false;
  const show = () => { if (!shown) { shown = true; document.querySelector("#analytics-show")?.click(); } };
  onShown("analytics", show);
  if (document.body.dataset.tab === "analytics") setTimeout(show, 200);
}
