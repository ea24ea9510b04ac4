// Search over the feed: words, tags, members, and what is made more often than before.
import { ask, button, iconButton, input, node, openTab, word } from "./page.js";
import { avatar } from "./card.js";

const SETTLED = 250; // milliseconds without a key before it searches

export function posterGrid(posts, open) {
  return node("ul", "posters", ...posts.map((post, n) => {
    const picture = Object.assign(node("img"), { src: post.clip.poster, alt: post.caption || post.tags.map((tag) => tag.name).join(", ") || word("clip"), loading: "lazy" });
    const made = button(null, "poster", () => open(posts, n));
    made.append(picture, node("span", "poster-foot", "@" + post.author.handle));
    return node("li", "", made);
  }));
}

// acts: openPost(posts, at), openTag(tag), closed()
export function searchView(parent, acts) {
  if (parent.querySelector(".search-view")) return;
  const box = input("search", { maxLength: 100, placeholder: word("search_placeholder") }), found = node("div", "found");
  const before = document.activeElement;
  const close = () => { view.remove(); before?.focus(); document.removeEventListener("keydown", escape); acts.closed(); };
  const view = node("div", "search-view", node("div", "search-head", box, iconButton(word("close"), "", close, "close")), found);
  const escape = (event) => { if (event.key === "Escape") close(); };
  view.setAttribute("role", "dialog");
  view.setAttribute("aria-label", word("search"));
  box.setAttribute("aria-label", word("search"));
  found.setAttribute("aria-live", "polite");
  document.addEventListener("keydown", escape);
  parent.append(view);
  box.focus();

  const tagButton = (tag) => button("#" + tag.name, "tag", () => { close(); acts.openTag({ id: tag.tag, name: tag.name }); });
  const tagRow = (title, tags) => (tags.length ? node("section", "", node("h3", "", title), node("ul", "tags", ...tags.map((tag) => node("li", "", tagButton(tag))))) : null);
  async function trends() {
    const answer = await ask("search/trends");
    if (answer && !box.value) found.replaceChildren(...[tagRow(word("trends"), answer.tags), answer.tags.length ? null : node("p", "empty-note", word("search_hint"))].filter(Boolean));
  }
  let turn = 0, waiting = null;
  async function search(before = null) {
    const words = box.value.trim(), mine = ++turn;
    if (!words) return trends();
    const answer = await ask("search/all", { words, ...(before || {}) });
    if (!answer || mine !== turn) return;
    const members = answer.members.map((one) => node("li", "", button(null, "member", () => { close(); openTab("me", { handle: one.handle }); })));
    answer.members.forEach((one, n) => members[n].firstChild.append(avatar(one), node("span", "", node("strong", "", one.display_name), " @" + one.handle)));
    const open = (posts, at) => { close(); acts.openPost(posts, at); };
    const parts = [tagRow(word("tags"), answer.tags), members.length ? node("section", "", node("h3", "", word("members")), node("ul", "members", ...members)) : null,
      answer.posts.length ? node("section", "", node("h3", "", word("clips")), posterGrid(answer.posts, open)) : null].filter(Boolean);
    found.replaceChildren(...(parts.length ? parts : [node("p", "empty-note", word("search_nothing", { what: words }))]));
  }
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, SETTLED); });
  trends();
}
