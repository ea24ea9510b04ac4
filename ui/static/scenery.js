// What the stage shows while there is no clip: a frame with dawn in it, and what a prompt can say.
import { hasWord, node, word } from "./page.js";
import { chosen } from "./form.js";

const SCENE = `<svg class="dawn" viewBox="0 0 360 640" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
<defs><linearGradient id="dawn-sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1b1040"/><stop offset=".42" stop-color="#5a2a78"/>
<stop offset=".68" stop-color="#c4557a"/><stop offset=".86" stop-color="#f4915c"/><stop offset="1" stop-color="#ffc27a"/></linearGradient>
<radialGradient id="dawn-sun"><stop offset="0" stop-color="#fff1cf"/><stop offset=".25" stop-color="#ffd79a" stop-opacity=".85"/>
<stop offset="1" stop-color="#ffb070" stop-opacity="0"/></radialGradient></defs>
<rect width="360" height="640" fill="url(#dawn-sky)"/><circle cx="238" cy="462" r="170" fill="url(#dawn-sun)"/><circle cx="238" cy="462" r="34" fill="#fff3da"/>
<path d="M0 470c50-26 96-30 150-12 70 22 130 8 210-16v198H0z" fill="#8a3f74" opacity=".8"/>
<path d="M0 512c70-30 140-18 200-2 60 14 110 6 160-12v142H0z" fill="#5b2a63"/>
<path d="M0 566c60-24 150-30 220-14 60 12 100 8 140-4v92H0z" fill="#341a47"/>
<path d="M0 612c90-22 220-24 360-6v34H0z" fill="#1e0f30"/>
<g transform="translate(104 176) scale(2.5)"><path fill="#fff4e2" d="M3 30c9 1 15-2 19-8 2-4 6-8 12-8 2-3 5-4 8-3l-3 3 4 2-5 1c0 9-6 16-16 17l-9 7 2-8C10 33 6 32 3 30z"/></g></svg>`;

export function frameOf(width, height) {
  const frame = node("div", "frame");
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.style.setProperty("--ratio", width / height);
  return frame;
}

// Frame and text side by side; a frame that is not tall stands above the text.
export function layout(name, frame, about, width, height) {
  return node("div", `${name} ${height > width ? "tall" : "wide"}`, frame, about);
}

export function scenery(frame) {
  const scene = node("div", "scene");
  scene.innerHTML = SCENE; // a constant
  frame.prepend(scene);
}

export function emptyView(note) {
  const [width, height] = (chosen("shape") || "9:16").split(":").map(Number);
  const frame = frameOf(width, height);
  scenery(frame);
  frame.append(node("div", "caption", node("h2", "", word("empty_title")), node("p", "", word("empty_text"))));
  const tips = node("dl", "tips");
  for (let n = 1; hasWord(`tip_${n}`); n++)
    tips.append(node("dt", "", word(`tip_${n}`)), node("dd", "", word(`tip_${n}_example`)));
  const said = node("p", "note", note);
  said.setAttribute("role", "status");
  return layout("empty", frame, node("div", "about", note ? said : null, node("h3", "", word("tips")), tips), width, height);
}
