// One shot of a storyboard as a card: what it shows in a few words, and its fields when it is opened.
import { button, field, icon, input, language, node, word } from "./page.js";
import { called, chips, labelled, menu, tool } from "./choosing.js";
import { describe, subjectFields } from "./subject.js";

const MOST = 8; // of subjects, lines, sounds and events
const SHORTEST = 0.5, LONGEST = 20; // seconds

// `changed()` is called after each change of `shot`, which is changed in place.
export function shotCard(shot, { at, count, words, people, isOpen, act, changed }) {
  const card = node("li", "board-shot"), summary = node("div", "shot-summary"), body = node("div", "shot-body");
  const toggle = button(null, "shot-toggle", () => opened(body.hidden)), title = node("span", "shot-title", word("shot", { n: at + 1 }));
  const seconds = node("span", "shot-seconds");
  toggle.append(icon("next"), title, seconds);
  toggle.dataset.act = "toggle";
  const tools = node("div", "shot-tools");
  const add = (label, picture, name, does, off) => {
    const made = tool(word(label, { n: at + 1 }), picture, does);
    made.dataset.act = name;
    made.disabled = off;
    tools.append(made);
  };
  if (count > 1) {
    add("shot_up", "up", "up", () => act.move(-1), at === 0);
    add("shot_down", "down", "down", () => act.move(1), at === count - 1);
  }
  add("shot_copy", "copy", "copy", act.copy, false);
  if (count > 1) add("shot_drop", "trash", "drop", act.drop, false);
  card.append(node("div", "shot-head", node("div", "shot-name", toggle), tools), summary, body);
  card.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    act.move(event.key === "ArrowUp" ? -1 : 1);
  });

  function opened(yes) {
    body.hidden = !yes;
    summary.hidden = yes;
    toggle.setAttribute("aria-expanded", String(yes));
    act.toggle(yes);
    if (yes && !body.firstChild) body.append(...fields(shot, words, people, tell));
  }
  function tellHead() {
    seconds.textContent = word("shot_seconds", { n: shot.seconds });
    summary.replaceChildren(...summaryOf(shot, words));
  }
  function tell() {
    tellHead();
    changed();
  }
  tellHead();
  opened(isOpen);
  return card;
}

// Where and when, who, and what is said: in a few lines.
function summaryOf(shot, words) {
  const where = [shot.place && called(words.place, shot.place), called(words.time, shot.time), shot.weather !== "clear" && called(words.weather, shot.weather),
    called(words.framing, shot.camera.framing), shot.camera.move !== "static" && called(words.move, shot.camera.move), called(words.style, shot.style)];
  const lines = shot.lines.map((line) => node("p", "line", node("q", "", line.text)));
  const who = shot.subjects.map((subject) => node("p", "subject", ...describe(subject, words)));
  return [...who, ...lines, node("p", "shot-where", where.filter(Boolean).join(" · "))];
}

function fields(shot, words, people, changed) {
  const set = (part, name) => (value) => { part[name] = value; changed(); };
  const length = input("number", { min: SHORTEST, max: LONGEST, step: 0.5, value: shot.seconds });
  length.addEventListener("change", () => {
    const value = Number(length.value);
    shot.seconds = Math.min(LONGEST, Math.max(SHORTEST, Number.isFinite(value) ? value : SHORTEST));
    length.value = shot.seconds;
    changed();
  });
  const grid = node("div", "shot-grid",
    labelled(word("place"), words.place, shot.place, set(shot, "place"), word("board_place_none")), field(word("board_seconds_of_shot"), length),
    labelled(word("time"), words.time, shot.time, set(shot, "time")), labelled(word("weather"), words.weather, shot.weather, set(shot, "weather")),
    labelled(word("board_season"), words.season, shot.season, set(shot, "season")), labelled(word("style"), words.style, shot.style, set(shot, "style")),
    labelled(word("board_framing"), words.framing, shot.camera.framing, set(shot.camera, "framing")), labelled(word("board_move"), words.move, shot.camera.move, set(shot.camera, "move")),
    labelled(word("board_angle"), words.angle, shot.camera.angle, set(shot.camera, "angle")), labelled(word("music"), words.music, shot.music, set(shot, "music"), word("board_music_none")));
  return [subjectList(shot, words, people, changed), grid, lineList(shot, words, changed), listOf("events", shot, words, changed), listOf("sounds", shot, words, changed)];
}

// Chips that draw themselves anew after each change.
function listOf(name, shot, words, changed) {
  const place = node("div");
  const draw = () => place.replaceChildren(chips(word("board_" + name), words[name], shot[name], MOST, (values) => {
    shot[name] = values;
    draw();
    (place.querySelector("select") || place.querySelector("button")).focus();
    changed();
  }));
  draw();
  return place;
}

function subjectList(shot, words, people, changed) {
  const list = node("ul", "board-parts"), place = node("div", "board-group", node("span", "field-label", word("board_subjects")), list);
  const add = button(word("board_add_subject"), "quiet small", () => {
    shot.subjects.push({ kind: "person", count: 1, colours: [], attributes: [], action: null, cameo: null });
    draw(shot.subjects.length - 1);
    changed();
  }, "plus");
  place.append(add);
  function draw(focus = -1) {
    list.replaceChildren(...shot.subjects.map((subject, at) => node("li", "board-part", ...subjectFields(subject, words, people, changed, {
      renamed: (before) => shot.lines.forEach((line) => { if (line.speaker === before) line.speaker = subject.kind; }),
      redraw: () => draw(at),
      drop: () => { shot.subjects.splice(at, 1); draw(Math.min(at, shot.subjects.length - 1)); if (!shot.subjects.length) add.focus(); changed(); },
    }))));
    add.hidden = shot.subjects.length >= MOST;
    if (focus >= 0) list.children[focus].querySelector("select").focus();
  }
  draw();
  return place;
}

function lineList(shot, words, changed) {
  const list = node("ul", "board-parts"), place = node("div", "board-group", node("span", "field-label", word("board_lines")), list);
  const add = button(word("board_add_line"), "quiet small", () => {
    shot.lines.push({ text: "", speaker: shot.subjects[0] ? speakerOf(shot.subjects[0]) : null, language });
    draw(shot.lines.length - 1);
  }, "plus");
  place.append(add);
  const speakerOf = (subject) => (/^[a-z]/.test(subject.cameo || "") ? subject.cameo : subject.kind);
  function draw(focus = -1) {
    list.replaceChildren(...shot.lines.map((line, at) => {
      const speakers = [...new Set(shot.subjects.map(speakerOf))].map((each) => ({ value: each, name: words.kind.some((kind) => kind.value === each) ? called(words.kind, each) : "@" + each }));
      const said = input("text", { value: line.text, maxLength: 500, placeholder: word("board_line_text") });
      said.setAttribute("aria-label", word("board_line_text"));
      said.addEventListener("input", () => { line.text = said.value; changed(); });
      const drop = tool(word("board_remove_line"), "close", () => { shot.lines.splice(at, 1); draw(Math.min(at, shot.lines.length - 1)); if (!shot.lines.length) add.focus(); changed(); });
      return node("li", "board-part board-line", said, menu(word("board_speaker"), speakers, line.speaker, (value) => { line.speaker = value; changed(); }, word("board_speaker_none")),
        menu(word("board_line_language"), [{ value: "en", name: word("board_english") }, { value: "fr", name: word("board_french") }], line.language, (value) => { line.language = value; changed(); }), drop);
    }));
    add.hidden = shot.lines.length >= MOST;
    if (focus >= 0) list.children[focus].querySelector("input").focus();
  }
  draw();
  return place;
}
