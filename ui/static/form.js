// The fields of the Create form, which Gradio draws.
export const promptBox = () => document.querySelector("#prompt textarea");
export const seedBox = () => document.querySelector("#seed input, #seed textarea");
export const chosen = (group) => (document.querySelector(`#${group} input:checked`) || { value: "" }).value;

// Fills a field of the form as if it were typed.
export function type(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// One sentence beside the form; empty takes it away.
export function notice(text) {
  const place = document.querySelector("#notice .notice");
  if (place && place.textContent !== text) place.textContent = text;
}
