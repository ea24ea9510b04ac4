// A feed described in words: how the words were read, as weights one can change.
import { ask, button, call, confirmed, dialog, field, input, node, toast, word } from "./page.js";

const SETTLED = 300; // milliseconds without a key before the words are read

// feed: one to change, or null for a new one. done(feed): kept; done(null): deleted.
export function describeDialog(feed, done) {
  const words = input("textarea", { rows: 2, maxLength: 300, value: feed ? feed.words : "", placeholder: word("describe_placeholder") });
  const name = input("text", { maxLength: 40, value: feed ? feed.name : "", placeholder: word("describe_name_hint") });
  const list = node("ul", "weights"), told = node("p", "field-hint");
  told.setAttribute("role", "status");
  let weights = new Map(Object.entries(feed ? feed.weights : {}).map(([concept, weight]) => [concept, { name: concept.replaceAll("_", " "), weight }]));

  function show() {
    list.replaceChildren(...[...weights].map(([concept, one]) => {
      const change = (by) => { one.weight = Math.max(-1, Math.min(1, one.weight + by)); show(); };
      const item = node("li", one.weight < 0 ? "weight less" : "weight", node("span", "weight-name", one.name),
        button("−", "weight-change", () => change(-0.5)), node("span", "weight-value", (one.weight > 0 ? "+" : "") + one.weight), button("+", "weight-change", () => change(0.5)),
        button("×", "weight-change", () => { weights.delete(concept); show(); }));
      item.querySelectorAll("button").forEach((each, n) => each.setAttribute("aria-label", word(["weight_less", "weight_more", "weight_drop"][n], { what: one.name })));
      return item;
    }));
  }
  async function read() {
    const answer = await call("feed/describe", { words: words.value });
    if (answer.error) return;
    weights = new Map(answer.weights.map((one) => [one.concept, one]));
    told.textContent = answer.missed.length ? word("describe_missed", { what: answer.missed.join(", ") }) : "";
    show();
  }
  let waiting = null;
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(read, SETTLED); });
  const form = node("form", "join-form", field(word("describe_words"), words, word("describe_hint")), told, list, field(word("describe_name"), name),
    Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
  if (feed) form.append(button(word("delete"), "quiet", async () => {
    if ((await confirmed(word("describe_delete_sure"), word("delete"))) && (await ask("feed/forget", { id: feed.id }))) { open.close(); done(null); }
  }, "trash"));
  const open = dialog(word("describe_feed"), form);
  show();
  if (feed) read();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!weights.size) return toast(word("describe_nothing"));
    const sent = { name: name.value.trim() || words.value.trim().slice(0, 30), words: words.value, weights: Object.fromEntries([...weights].map(([concept, one]) => [concept, one.weight])), id: feed ? feed.id : null };
    const answer = await ask("feed/keep", sent);
    if (!answer) return;
    open.close();
    done(answer.feed);
  });
}
