// What moderators put on a post: a note over the clip, and a cover over one that is sensitive.
import { button, icon, node, word } from "./page.js";

// The note for a labelled post, or null. `frame` is where the clip stands.
export function labelOf(post, frame) {
  if (!post.label) return null;
  const note = node("p", "post-label", icon("flag"), node("span", "", word("labelled_" + post.label)));
  if (post.label !== "sensitive" || post.mine) return note;
  frame.classList.add("covered");
  const cover = node("div", "post-cover", icon("shield"), node("p", "", word("labelled_sensitive")), button(word("show_anyway"), "quiet", () => { frame.classList.remove("covered"); cover.remove(); }));
  frame.append(cover);
  return note;
}
