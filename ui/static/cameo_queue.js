// For moderators: cameos that wait for a person, with what to compare and to listen to.
import { ago, ask, button, field, input, node, toast, word } from "./page.js";
import { avatar } from "./card.js";
import { heads } from "./cameo_parts.js";

// Fills `view` with the cameos that wait.
export async function cameoQueue(view) {
  const answer = await ask("likeness/waiting");
  if (!answer) return view.replaceChildren();
  const rows = answer.cameos.map((one) => {
    const card = node("li", "card waiting-cameo", node("div", "chat-head", avatar(one), node("span", "news-text", node("strong", "", one.display_name), " @" + one.handle, node("span", "field-hint", " " + ago(one.recorded_at)))),
      node("ul", "chips", ...one.review.map((why) => node("li", "chip", word("review_" + why)))));
    const look = button(word("review_look"), "quiet", async () => { look.disabled = true; await compare(card, one, view); }, "face");
    card.append(look);
    return card;
  });
  view.replaceChildren(node("p", "lead", word("review_lead")), rows.length ? node("ul", "cases", ...rows) : node("p", "empty-note", word("review_none")));
}

async function compare(card, one, view) {
  const answer = await ask("likeness/look_at", { handle: one.handle });
  if (!answer) return cameoQueue(view);
  const sound = Object.assign(node("audio"), { src: blobOf(answer.sample, "audio/wav"), controls: true });
  sound.setAttribute("aria-label", word("review_hear"));
  const reason = input("textarea", { maxLength: 500, rows: 2, required: true });
  const decide = (accept) => async () => {
    if (!reason.reportValidity()) return;
    if (!(await ask("likeness/review", { handle: one.handle, accept, reason: reason.value }))) return;
    toast(word(accept ? "review_confirmed" : "review_refused", { who: "@" + one.handle }));
    cameoQueue(view);
  };
  card.lastChild.replaceWith(node("div", "review", heads((name) => blobOf(answer.pictures[name], "image/png")),
    node("div", "field", node("span", "field-label", word("review_numbers", { numbers: answer.numbers.join(" · ") })), sound),
    field(word("review_reason"), reason, word("review_reason_hint")),
    node("div", "dialog-foot", button(word("review_no"), "danger", decide(false)), button(word("review_yes"), "save", decide(true), "check"))));
}

// Lives as long as the page shows it, in no cache.
function blobOf(text, type) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), address = URL.createObjectURL(new Blob([bytes], { type }));
  setTimeout(() => URL.revokeObjectURL(address), 600_000);
  return address;
}
