// The storyboard beside the prompt: as it was read, until it is edited; from then on as it was edited.
import { button, node, word } from "./page.js";
import { secondsOf, storyboardCards, storyboardWords } from "./cards.js";
import { changed, chosen, form, onChanged } from "./form.js";
import { usablePeople } from "./people.js";

export function storyboardPanel() {
  const length = node("span", "panel-length"), cards = node("div", "panel-cards"), note = node("div", "panel-note");
  const element = node("details", "panel", node("summary", "", node("span", "panel-title", word("storyboard")), length), note, cards);
  let read = null, drawn = ""; // what was read from the prompt; what the cards show, as text
  element.hidden = true;
  element.addEventListener("toggle", () => { if (element.open) draw(); });

  // Shows what was read from the prompt, unless the storyboard was edited; null hides it.
  function show(storyboard) {
    if (!form.storyboard || !storyboard) read = storyboard;
    element.hidden = !read && !form.storyboard;
    tell();
    if (element.open) draw();
  }
  function tell() {
    const shown = form.storyboard || read;
    if (!shown) return;
    const shots = word(shown.shots.length === 1 ? "one_shot" : "some_shots", { n: shown.shots.length });
    length.textContent = `${shots} · ${word("shot_seconds", { n: Math.round(secondsOf(shown) * 10) / 10 })}`;
    note.replaceChildren(...(form.storyboard ? [node("p", "", word("board_edited")), button(word("board_from_prompt"), "quiet small", forget, "again")] : [node("p", "", word("board_hint"))]));
    element.classList.toggle("edited", Boolean(form.storyboard));
  }
  async function draw() {
    const shown = form.storyboard || read, text = JSON.stringify([shown, Boolean(form.storyboard)]);
    if (!shown || text === drawn) return;
    const [words, people] = await Promise.all([storyboardWords(), usablePeople()]);
    if (!words || (form.storyboard || read) !== shown) return;
    drawn = text;
    cards.replaceChildren(storyboardCards(shown, { words, people, onChange: edited }));
  }
  function edited(storyboard) {
    form.storyboard = storyboard;
    drawn = JSON.stringify([storyboard, true]); // the cards show it already
    tell();
    changed("storyboard");
  }
  function forget() {
    form.storyboard = null;
    element.querySelector("summary").focus();
    changed("storyboard");
  }
  // A duration or style chosen in the form holds for an edited storyboard, too.
  function follow(group) {
    if (!form.storyboard) return;
    const shots = structuredClone(form.storyboard.shots), factor = Number(chosen("seconds")) / secondsOf(form.storyboard);
    for (const shot of shots) {
      if (group === "seconds") shot.seconds = Math.max(0.5, Math.round(shot.seconds * factor * 10) / 10);
      else if (chosen("style")) shot.style = chosen("style");
    }
    form.storyboard = { ...form.storyboard, shots };
    changed("storyboard");
  }
  onChanged("storyboard", () => {
    element.hidden = !read && !form.storyboard;
    tell();
    if (element.open) draw();
  });
  onChanged("open", () => { element.hidden = !form.storyboard; element.open = true; draw(); });
  return { element, show, follow };
}
