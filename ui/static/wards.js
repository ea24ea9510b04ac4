// For guardians: the cameos of their wards, to agree to or to close.
import { ask, button, confirmed, node, openTab, word } from "./page.js";
import { stateOf } from "./cameo_parts.js";

// A card, or null for somebody who has no wards with a cameo. changed(): something was done.
export async function wardsCard(changed) {
  const answer = await ask("likeness/wards");
  if (!answer || !answer.wards.length) return null;
  return node("section", "card settings-card", node("h3", "", word("wards_title")), node("p", "settings-text", word("wards_text")), ...answer.wards.map((ward) => row(ward, changed)));
}

function row({ handle, cameo }, changed) {
  const who = "@" + handle, acts = [];
  if (cameo.awaits_guardian) acts.push(button(word("ward_agree"), "save", async () => { if (await ask("likeness/approve", { handle })) changed(); }, "check"));
  if (cameo.audience !== "only_me" || cameo.awaits_guardian) acts.push(button(word("ward_close"), "quiet", async () => {
    if ((await confirmed(word("ward_close_sure", { who }), word("ward_close"))) && (await ask("likeness/protect", { handle }))) changed();
  }, "lock"));
  const state = cameo.awaits_guardian ? word("ward_waits") : stateOf(cameo).text;
  return node("div", "settings-row", node("span", "settings-text", button(who, "person-link", () => openTab("me", { handle })), " ", state), node("span", "settings-acts", ...acts));
}
