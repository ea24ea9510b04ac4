// Shared by all modules of the page. Everything people typed is put on it as text, never as markup.
import { WORDS } from "./words.js";

export const language = (navigator.language || "en").toLowerCase().startsWith("fr") ? "fr" : "en";
document.documentElement.lang = language;

// A sentence in the reader's language; {name} stands for a value.
export function word(key, values = {}) {
  const sentence = WORDS[language][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? number(values[name]) : whole));
}
export const hasWord = (key) => key in WORDS[language];
export const number = (value) => (typeof value === "number" ? value.toLocaleString(language) : value);

// "3 minutes ago" from a time in ISO 8601.
export function ago(time) {
  const seconds = (Date.parse(time) - Date.now()) / 1000, told = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]])
    if (Math.abs(seconds) >= length) return told.format(Math.round(seconds / length), unit);
  return told.format(0, "minute");
}

// ---- asking the server
// The answer to a call: what it returns, or {error: {kind, text, hint}}. It never throws.
export async function call(name, sent = {}) {
  return post("./calls/" + name, sent);
}

export async function post(address, sent) {
  try {
    const answer = await fetch(new URL(address, document.baseURI), {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...sent, language }),
    });
    return await answer.json();
  } catch {
    return { error: { kind: "lost", text: word("error_lost"), hint: "" } };
  }
}

// Like `call`, but tells what went wrong, and asks a guest to join. Gives null when there is no answer to use.
export async function ask(name, sent = {}) {
  const answer = await call(name, sent);
  if (!answer.error) return answer;
  if (answer.error.kind === "not_signed_in") join();
  else toast([answer.error.text, answer.error.hint].filter(Boolean).join(" "));
  return null;
}

// ---- who is here
let known = null;
// {me: own profile or null, site}; asked once, and again after `forget()`.
export function whoami() {
  known ??= call("account/me").then((answer) => (answer.error ? ((known = null), { me: null, site: {} }) : answer));
  return known;
}
export const forget = () => { known = null; };
whoami(); // every tab wants to know: asked before Gradio shows the first one
// Opens the dialog to join or sign in (bar.js listens); true when somebody is signed in already.
export async function member() {
  const { me } = await whoami();
  if (!me) join();
  return Boolean(me);
}
export const join = () => document.dispatchEvent(new CustomEvent("hibari:join"));

// ---- going to a tab, with something for it to begin with
let carried = {};
// tab: its id. detail: what the tab is to show; it hears `hibari:open` (see onOpen).
export function openTab(tab, detail = null) {
  carried[tab] = detail;
  document.dispatchEvent(new CustomEvent("hibari:tab", { detail: tab }));
  document.dispatchEvent(new CustomEvent("hibari:open:" + tab));
}
// Calls `show(detail)` each time the tab is opened with a detail, also when that was before its script ran.
export function onOpen(tab, show) {
  const look = () => {
    const detail = carried[tab];
    delete carried[tab];
    if (detail) show(detail);
  };
  document.addEventListener("hibari:open:" + tab, look);
  look();
}
// Calls `act()` whenever the tab is the one that is shown, from now on.
export function onShown(tab, act) {
  document.addEventListener("hibari:shown", (event) => { if (event.detail === tab) act(); });
}

// ---- building
export function node(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  for (const part of inside) if (part !== null && part !== undefined && part !== false) made.append(part);
  return made;
}

// Icons of one weight, drawn on a 24 × 24 grid.
const ICONS = {
  again: "M5 12a7 7 0 0 1 12-5l2 2m0-5v5h-5M19 12a7 7 0 0 1-12 5l-2-2m0 5v-5h5",
  bell: "M6 16.5h12M7.5 16.5v-5.5a4.5 4.5 0 0 1 9 0v5.5M10.5 19.5h3",
  bookmark: "M7 4.5h10v15l-5-4-5 4z",
  cameo: "M4.5 8.500v-4h4M15.500 4.500h4v4M19.500 15.500v4h-4M8.500 19.500h-4v-4M12 11.800a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600zM7.800 16.500c.5-2 2.100-3 4.200-3s3.700 1 4.200 3",
  chart: "M5 19.5V11M12 19.5V5M19 19.5v-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M7 7l10 10M17 7 7 17",
  comment: "M5 6h14v10h-7l-4 3.5V16H5z",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  download: "M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14",
  down: "M6 9l6 6 6-6",
  face: "M12 12.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5",
  flag: "M6.5 20V4.5M6.5 5h10l-2 3.5 2 3.5h-10",
  heart: "M12 19.5C6 15.5 4 12.5 4 9.5A4 4 0 0 1 12 8a4 4 0 0 1 8 1.5c0 3-2 6-8 10z",
  help: "M9.5 9.200a2.6 2.6 0 1 1 3.8 2.300c-.9.5-1.3 1-1.3 2M12 17v.2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  home: "M4.5 11.5 12 5l7.5 6.5M6.5 10v9.5h11V10",
  link: "M10 14l4-4M8.5 11.5l-2 2a3 3 0 0 0 4.2 4.200l2-2M15.5 12.5l2-2a3 3 0 0 0-4.2-4.200l-2 2",
  lock: "M7 11h10v8.5H7zM9 11V8a3 3 0 0 1 6 0v3",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  mute: "M4.5 10v4h3l4 3.5v-11L7.5 10zM15.5 9.5l5 5M20.5 9.5l-5 5",
  pencil: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  next: "M9 6l6 6-6 6",
  picture: "M4.5 5.5h15v13h-15zM4.5 16l4.5-4.5 3.500 3.500 2.500-2 4.500 4M15.500 9.500h.01",
  pin: "M12 4.5l7 2.5v5c0 4-3 6.5-7 8-4-1.5-7-4-7-8V7zM9 12l2.2 2.200L15.2 10",
  play: "M8.5 5.5v13l10-6.5z",
  plus: "M12 5v14M5 12h14",
  remix: "M5 8h10l-3-3M19 16H9l3 3",
  search: "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5l4 4",
  share: "M12 15V4.5m0 0L8 8.5m4-4 4 4M6 12v7.5h12V12",
  shield: "M12 4.5l7 2.5v5c0 4-3 6.5-7 8-4-1.5-7-4-7-8V7z",
  sound: "M4.5 10v4h3l4 3.5v-11L7.5 10zM15 9.5a3.5 3.5 0 0 1 0 5M17.5 7a7 7 0 0 1 0 10",
  spark: "M12 4l1.8 5.200L19 11l-5.2 1.800L12 18l-1.8-5.200L5 11l5.2-1.800z",
  stop: "M7 7l10 10M17 7 7 17",
  trash: "M5.5 7.5h13M9.5 7.5V5h5v2.5M7.5 7.5l.8 12h7.4l.8-12",
  up: "M6 15l6-6 6 6",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg", drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

export function button(text, name, act, picture = null) {
  const made = node("button", name, picture && icon(picture), text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// A button that shows only an icon; `label` is what it does, in words.
export function iconButton(label, name, act, picture) {
  const made = button(null, "icon-button " + name, act, picture);
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}

// A labelled field: node of kind "input", "textarea" or "select" inside its label.
export function field(label, control, hint = null) {
  return node("label", "field", node("span", "field-label", label), control, hint && node("span", "field-hint", hint));
}

export function input(type, options = {}) {
  const made = node(type === "textarea" ? "textarea" : "input");
  if (type !== "textarea") made.type = type;
  return Object.assign(made, options);
}

export function select(choices, value) {
  const made = node("select", "", ...choices.map(([each, text]) => Object.assign(node("option", "", text), { value: each })));
  made.value = value;
  return made;
}

// A modal dialog with a title; closes by Escape, the cross, or a click beside it. Gives the dialog, shown.
export function dialog(title, ...inside) {
  const made = node("dialog", "dialog"), head = node("h2", "", title);
  const cross = iconButton(word("close"), "dialog-close", () => made.close(), "close");
  made.append(node("div", "dialog-head", head, cross), ...inside);
  made.setAttribute("aria-label", title);
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return made;
}

// Shows something else in a view. Where the keyboard stood in what goes, it stands at the heading of what comes.
export function turnTo(view, ...made) {
  const stood = view.contains(document.activeElement);
  view.replaceChildren(...made);
  if (stood) standAt(view);
}
export function standAt(view) {
  const place = view.querySelector("h2, h3") || view;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// Asks before something that cannot be undone; true for yes.
export function confirmed(question, yes) {
  return new Promise((answer) => {
    const shown = dialog(question);
    shown.append(node("div", "dialog-foot", button(word("cancel"), "quiet", () => shown.close()),
      button(yes, "danger", () => { answer(true); shown.close(); })));
    shown.addEventListener("close", () => answer(false));
  });
}

// A sentence at the foot of the page for a few seconds.
export function toast(text, act = null) {
  let place = document.querySelector(".toasts");
  if (!place) {
    place = node("div", "toasts");
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const made = node("div", "toast", node("span", "", text), act && button(act.text, "toast-act", () => { made.remove(); act.act(); }));
  place.append(made);
  setTimeout(() => made.remove(), 6000);
}

export const pause = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
// A key for a request that may be sent twice and shall count once.
export const newKey = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
