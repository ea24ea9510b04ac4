// A storyboard as cards, one a shot, that can be edited, moved, copied, added and deleted.
import { button, call, node, word } from "./page.js";
import { shotCard } from "./shot.js";

const MOST_SHOTS = 6, LONGEST = 20; // seconds of a clip
let known = null;

// What the cards offer, in the reader's language: asked once. Null when the server does not answer.
export function storyboardWords() {
  known ??= call("storyboard/words").then((answer) => (answer.error ? (known = null) : answer));
  return known;
}

export const secondsOf = (storyboard) => storyboard.shots.reduce((sum, shot) => sum + shot.seconds, 0);

// The cards of a storyboard. words: of storyboardWords(). people: who may be starred, [{handle, name}].
// onChange(storyboard): hears the whole storyboard after each change; the one that was given is left as it is.
export function storyboardCards(storyboard, { words, people = [], onChange }) {
  const board = structuredClone(storyboard), list = node("ol", "board-shots"), said = node("p", "board-said");
  const element = node("div", "board-cards", list), foot = node("div", "board-foot"), open = new Set();
  said.setAttribute("role", "status");
  element.append(foot, said);

  function changed() {
    tellLength();
    onChange(structuredClone(board));
  }
  function tellLength() {
    const seconds = Math.round(secondsOf(board) * 10) / 10, add = button(word("board_add_shot"), "quiet small", addShot, "plus");
    add.disabled = board.shots.length >= MOST_SHOTS;
    const length = node("span", seconds > LONGEST ? "board-length over" : "board-length", word(seconds > LONGEST ? "board_too_long" : "board_length", { n: seconds, most: LONGEST }));
    foot.replaceChildren(add, length);
  }
  // Draws all cards anew, and gives the keyboard back to where it was.
  function draw(focus = null) {
    list.replaceChildren(...board.shots.map((shot, at) => shotCard(shot, { at, count: board.shots.length, words, people, isOpen: open.has(shot), act: acts(shot), changed })));
    tellLength();
    if (focus) (list.children[focus.at].querySelector(`[data-act="${focus.act}"]:not(:disabled)`) || list.children[focus.at].querySelector(".shot-toggle")).focus();
  }
  const acts = (shot) => ({
    toggle: (isOpen) => (isOpen ? open.add(shot) : open.delete(shot)),
    move: (by) => {
      const from = board.shots.indexOf(shot), to = from + by;
      if (to < 0 || to >= board.shots.length) return;
      board.shots.splice(to, 0, ...board.shots.splice(from, 1));
      draw({ at: to, act: by < 0 ? "up" : "down" });
      said.textContent = word("shot_moved", { n: to + 1, of: board.shots.length });
      changed();
    },
    copy: () => put(structuredClone(shot), board.shots.indexOf(shot) + 1),
    drop: () => {
      const at = board.shots.indexOf(shot);
      board.shots.splice(at, 1);
      draw({ at: Math.max(0, at - 1), act: "drop" });
      said.textContent = word("shot_dropped", { n: at + 1 });
      changed();
    },
  });
  function put(shot, at) {
    if (board.shots.length >= MOST_SHOTS) return;
    board.shots.splice(at, 0, shot);
    open.add(shot);
    draw({ at, act: "toggle" });
    said.textContent = word("shot_added", { n: at + 1 });
    changed();
  }
  // A new shot goes on where the last one ends: same place, light and style, nobody in it yet.
  function addShot() {
    const last = board.shots.at(-1);
    put({ ...structuredClone(last), subjects: [], events: [], lines: [], seconds: Math.max(0.5, Math.min(3, LONGEST - secondsOf(board))) }, board.shots.length);
  }
  draw();
  return element;
}
