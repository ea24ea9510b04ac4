// Help: what Hibari is, how consent works, and the keys.
import { button, hasWord, node, onOpen, openTab, word } from "./page.js";
import { numbersView } from "./numbers.js";

export function start(element) {
  const parts = [];
  for (let n = 1; hasWord(`help_${n}_title`); n++) parts.push(node("section", "card", node("h2", "", word(`help_${n}_title`)), ...word(`help_${n}_text`).split("\n").map((line) => node("p", "", line))));
  const keys = node("table", "keys", node("caption", "", word("keys_title")));
  for (const [key, name] of [["↓ j", "key_next"], ["↑ k", "key_previous"], [word("key_space"), "key_pause"], ["l", "key_like"], ["s", "key_save"], ["c", "key_comments"], ["m", "key_sound"], ["Ctrl ⏎", "key_send"], ["Esc", "key_close"]])
    keys.append(node("tr", "", node("th", "", ...key.split(" ").map((each) => node("kbd", "", each))), node("td", "", word(name))));
  const foot = node("p", "help-foot", button(word("numbers_link"), "quiet", numbers, "chart"), button(word("help_verify"), "quiet", () => openTab("verify"), "pin"), button(word("help_create"), "save", () => openTab("create"), "spark"));
  const help = node("div", "help", ...parts, node("section", "card", keys), foot);
  element.append(help);

  // How this place is moderated: real numbers for everybody.
  async function numbers() {
    const heading = node("h2", "", word("numbers_title")), view = node("div", "moderation-view", node("p", "empty-note", word("loading")));
    heading.tabIndex = -1;
    element.replaceChildren(node("div", "moderation", node("div", "me-back", button(word("back"), "quiet", () => element.replaceChildren(help), "next")), heading, view));
    heading.focus();
    await numbersView(view);
  }
  onOpen("help", (wanted) => { if (wanted.numbers) numbers(); });
}
