// The form of Create: the fields that Gradio draws, and what the modules beside them hold.
export const promptBox = () => document.querySelector("#prompt textarea");
export const seedBox = () => document.querySelector("#seed input, #seed textarea");
export const chosen = (group) => (document.querySelector(`#${group} input:checked`) || { value: "" }).value;

// engine: the one that is chosen, as the server tells it. start, references: {path, url} of pictures that were taken.
// storyboard: the one that was edited, or null while the prompt alone says what is shown.
export const form = { engine: null, start: null, references: [], storyboard: null };

// Says that a part of the form is another now: "engine", "pictures", "storyboard".
export const changed = (what) => document.dispatchEvent(new CustomEvent("hibari:form:" + what));
export const onChanged = (what, act) => document.addEventListener("hibari:form:" + what, act);

// Fills a field of the form as if it were typed.
export function type(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Presses one of a group's choices, unless it is chosen already.
export function choose(group, value) {
  const radio = [...document.querySelectorAll(`#${group} input`)].find((each) => each.value === String(value));
  if (radio && !radio.checked) radio.click();
}

// One sentence beside the form, and what helps; empty takes it away.
export function notice(text, help = null) {
  const place = document.querySelector("#notice .notice");
  if (!place || (place.textContent === text && !help)) return;
  place.textContent = text;
  if (help) place.append(help);
  if (text) place.scrollIntoView({ block: "nearest" }); // it may stand below the button that stays in sight
}

// All that is sent to make a clip, beside its key and parent.
export const sent = () => ({
  prompt: promptBox().value, seconds: Number(chosen("seconds")) || 5, shape: chosen("shape"), style: chosen("style"), seed: seedBox().value,
  variants: Number(chosen("variants")) || 1, engine: form.engine ? form.engine.name : "world", storyboard: form.storyboard,
  start: form.start ? form.start.path : "", references: form.references.map((each) => each.path),
});
