// Shared by all scripts of the page. Everything people typed is put on it as text, never as markup.
const WORDS = /*WORDS*/{};
const language = (navigator.language || "en").toLowerCase().startsWith("fr") ? "fr" : "en";
document.documentElement.lang = language;

// A sentence in the reader's language; {name} stands for a value.
function word(key, values = {}) {
  const sentence = WORDS[language][key] || key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? number(values[name]) : whole));
}

const number = (value) => (typeof value === "number" ? value.toLocaleString(language) : value);

function node(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  for (const part of inside) if (part !== null && part !== undefined) made.append(part);
  return made;
}

// Icons of one weight, drawn on a 24 × 24 grid.
const ICONS = {
  download: "M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14",
  again: "M5 12a7 7 0 0 1 12-5l2 2m0-5v5h-5M19 12a7 7 0 0 1-12 5l-2-2m0 5v-5h5",
  stop: "M7 7l10 10M17 7 7 17",
  play: "M8.5 5.5v13l10-6.5z",
};

function icon(name) {
  const space = "http://www.w3.org/2000/svg", drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

function button(text, name, act, picture = null) {
  const made = node("button", name, picture && icon(picture), text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const promptBox = () => document.querySelector("#prompt textarea");

// Fills a field of the form as if it were typed.
function type(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// One sentence beside the form; empty takes it away.
function notice(text) {
  const place = document.querySelector("#notice .notice");
  if (place && place.textContent !== text) place.textContent = text;
}

const pause = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
