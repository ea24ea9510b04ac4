// How For you is ranked: every number of it, for moderators to read and change.
import { ask, field, input, node, onShown, toast, word } from "./page.js";

export function start(element) {
  const fold = node("details", "card ranking", node("summary", "", node("h2", "", word("weights"))));
  element.append(fold);
  fold.addEventListener("toggle", () => { if (fold.open) show(); });
  onShown("analytics", () => { if (fold.open) show(); });

  async function show() {
    const answer = await ask("analytics/weights");
    if (answer) fold.replaceChildren(fold.firstChild, form(answer.weights));
  }
  function form(weights) {
    const controls = Object.entries(weights).map(([name, value]) => [name, input("number", { value: Number(value.toPrecision(4)), min: 0, step: "any", required: true })]);
    const made = node("form", "ranking-form", node("p", "lead", word("weights_lead")), ...controls.map(([name, control]) => field(word("weight_" + name), control)),
      node("div", "settings-acts", Object.assign(node("button", "save", word("keep_changes")), { type: "submit" })));
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      const changed = Object.fromEntries(controls.filter(([name, control]) => Number(control.value) !== Number(weights[name].toPrecision(4))).map(([name, control]) => [name, Number(control.value)]));
      const answer = await ask("analytics/set_weights", { weights: changed });
      if (!answer) return;
      toast(word("changed"));
      fold.replaceChildren(fold.firstChild, form(answer.weights));
    });
    return made;
  }
}
