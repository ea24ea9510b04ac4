// Under the prompt: examples while it is empty; coverage, people and the storyboard as one types.
import { button, call, hasWord, node, word } from "./page.js";
import { coverageView } from "./storyboard.js";
import { chosen, form, notice, onChanged, promptBox, type } from "./form.js";
import { storyboardPanel } from "./panel.js";
import { completion, peopleView } from "./people.js";

const SETTLED = 250; // milliseconds without a key before the prompt is read

// Gradio names each radio by itself, again after each choice. Under one name a group is one stop for the Tab key and
// arrows move within it, so they are named when a key is about to do that.
function groupRadios() {
  for (const group of document.querySelectorAll(".create-form fieldset"))
    for (const radio of group.querySelectorAll("input[type=radio]")) radio.name = "choice-" + group.id;
}

export function start(element) {
  const view = node("div", "coverage"), examples = node("div", "examples"), people = node("div", "starring"), panel = storyboardPanel();
  view.setAttribute("aria-live", "polite");
  people.setAttribute("aria-live", "polite");
  element.append(view, people, panel.element, examples);
  let waiting = null, turn = 0, reading = false, again = false;

  // One reading at a time: typing on while one is under way asks once more at its end.
  async function read() {
    const text = promptBox().value, mine = ++turn;
    examples.hidden = text.trim() !== "";
    if (!text.trim()) {
      panel.show(null);
      return void (view.replaceChildren(), people.replaceChildren());
    }
    if (reading) { again = true; return; }
    reading = true;
    const seen = await call("create/understand", { prompt: text.slice(0, 20000), seconds: Number(chosen("seconds")) || 5, style: chosen("style"), storyboard: form.storyboard });
    reading = false;
    if (again) { again = false; return read(); }
    if (seen.error || mine !== turn) return;
    view.replaceChildren(...(seen.refused ? [node("p", "notice", word(seen.refused.key, seen.refused.values))] : coverageView(seen)));
    if (seen.refused) return;
    people.replaceChildren(...peopleView(seen.people, text));
    panel.show(seen.storyboard);
  }
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(read, SETTLED);
  }

  function attach() {
    const box = promptBox();
    if (!box) return setTimeout(attach, 50);
    element.prepend(completion(box));
    box.addEventListener("input", () => {
      notice("");
      if (!box.value.trim()) read();
      soon();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      box.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => document.querySelector("#make").click(), 30); // after the form has taken the last key
    });
    document.addEventListener("keydown", groupRadios, true);
    document.addEventListener("change", (event) => {
      const group = event.target.closest("#seconds, #style");
      if (!group) return;
      panel.follow(group.id);
      soon();
    });
    document.addEventListener("hibari:me", read);
    onChanged("storyboard", soon);
    read();
  }

  examples.append(node("span", "chip-title", word("examples")));
  for (let n = 1; hasWord(`example_${n}`); n++) {
    const text = word(`example_${n}`);
    const chip = button(word(`example_${n}_name`), "example", () => { type(promptBox(), text); promptBox().focus(); });
    chip.title = text;
    examples.append(chip);
  }
  attach();
}
