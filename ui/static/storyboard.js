import { node, word } from "./page.js";

// What was read from a prompt: coverage as chips, shots as cards.
const LONGEST_PHRASE = 60; // characters of a missed phrase that are shown

function chips(title, name, items) {
  if (!items.length) return null;
  const list = node("ul", "chips", ...items);
  list.setAttribute("aria-label", title);
  return node("div", "chip-group " + name, node("span", "chip-title", title), list);
}

export function coverageView(seen) {
  const understood = seen.understood.map((part) =>
    node("li", "chip", node("span", "", part.phrase), part.means ? node("span", "means", part.means) : null));
  const missed = seen.missed.map((phrase) =>
    node("li", "chip", phrase.length > LONGEST_PHRASE ? phrase.slice(0, LONGEST_PHRASE) + "…" : phrase));
  return [chips(word("understood"), "understood", understood), chips(word("missed"), "missed", missed)].filter(Boolean);
}

function shotCard(shot, index) {
  const card = node("li", "shot", node("h4", "", word("shot", { n: index + 1 }), node("span", "seconds", word("shot_seconds", { n: shot.seconds }))));
  for (const subject of shot.subjects) {
    const name = (subject.count > 1 ? `${subject.count} × ` : "") + subject.name;
    card.append(node("p", "subject", node("strong", "", name), subject.about.length ? node("span", "", subject.about.join(" · ")) : null));
  }
  for (const line of shot.lines) {
    const who = line.who ? node("span", "who", word("says", { who: line.who })) : null;
    card.append(node("p", "line", who, node("q", "", line.text)));
  }
  const facts = node("dl", "facts");
  for (const fact of shot.facts) facts.append(node("dt", "", word(fact.key)), node("dd", "", fact.text));
  card.append(facts);
  return card;
}

// The cards, the coverage, and the whole as JSON in a fold.
export function storyboardView(seen) {
  if (!seen.shots) return null;
  const text = node("pre", "", JSON.stringify(seen.storyboard, null, 2));
  text.tabIndex = 0;
  return node("section", "storyboard", node("h3", "", word("storyboard")), node("ol", "shots", ...seen.shots.map(shotCard)),
    ...coverageView(seen), node("details", "json", node("summary", "", word("storyboard_json")), text));
}
