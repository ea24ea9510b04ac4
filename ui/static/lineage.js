// The family of a clip as a tree: what it was made from above, what was made from it below.
import { button, call, node, word } from "./page.js";

// A section that fills itself. open(clip): another clip of the family was chosen.
export function familyView(id, open) {
  const tree = node("div", "family-tree"), section = node("section", "family", node("h3", "", word("remix_family")), tree);
  section.hidden = true;
  call("remix/family", { clip: id }).then((answer) => {
    if (answer.error || (answer.clips.length < 2 && !answer.hidden)) return;
    section.hidden = false;
    tree.replaceChildren(...(answer.hidden ? [node("p", "family-hidden", word("remix_hidden"))] : []), branch(oldest(answer.clips), answer.clips, id, open));
  });
  return section;
}

const oldest = (clips) => clips.reduce((first, one) => (one.step < first.step ? one : first));

// A clip, and below it what was made from it.
function branch(clip, clips, id, open) {
  const children = clips.filter((one) => one.parent === clip.id);
  const item = node("li", "", card(clip, clip.id === id, open));
  if (children.length) item.append(node("ul", "", ...children.map((one) => branch(one, clips, id, open).firstChild)));
  return node("ul", "family-root", item);
}

function card(clip, isHere, open) {
  const picture = Object.assign(node("img"), { src: clip.poster, alt: "", loading: "lazy" });
  const made = button(null, isHere ? "kin here" : "kin", () => open(clip.id));
  made.append(picture, node("span", "kin-text", node("strong", "", "@" + clip.maker), node("span", "", word(isHere ? "remix_here" : clip.post ? "remix_posted" : "draft"))));
  if (isHere) made.setAttribute("aria-current", "true");
  made.setAttribute("aria-label", word("remix_kin", { who: "@" + clip.maker }));
  return made;
}
