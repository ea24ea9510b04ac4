// Parts of the Cameo tab that several of its views show.
import { button, dialog, input, node, word } from "./page.js";

export const AUDIENCES = ["only_me", "people", "mutuals", "everyone"]; // from the narrowest
export const VIEWS = ["left", "front", "right"];

// The three cut-outs of a head; address(view) is where each is found.
export function heads(address) {
  return node("div", "heads", ...VIEWS.map((view) => Object.assign(node("img", "head head-" + view), { src: address(view), alt: word("head_" + view) })));
}

// Who may use a cameo now, in a sentence: {sign, picture, text}.
export function stateOf(cameo) {
  if (cameo.awaits_guardian) return { sign: "waits", picture: "shield", text: word("cameo_state_guardian") };
  if (cameo.review.length) return { sign: "waits", picture: "shield", text: word("cameo_state_review_" + cameo.review[0]) };
  if (cameo.paused) return { sign: "rests", picture: "lock", text: word("cameo_state_paused") };
  return { sign: "open", picture: cameo.audience === "only_me" ? "lock" : "face", text: word("cameo_state_" + cameo.audience) };
}

// Asks what happens to clips already made before a permission ends; act(past_clips) gives what is true when it was done.
export function endDialog({ title, text, yes, now, act }) {
  const choices = ["remove", "keep"].map((each) => {
    const made = input("radio", { name: "past-clips", value: each, checked: each === now });
    return [made, node("label", "choice", made, node("span", "", node("strong", "", word("past_" + each)), node("span", "field-hint", word(`past_${each}_hint`))))];
  });
  const go = button(yes, "danger", async () => {
    go.disabled = true;
    if (await act(choices.find(([made]) => made.checked)[0].value)) open.close();
    go.disabled = false;
  });
  const open = dialog(title, node("p", "", text), node("fieldset", "choices-list", node("legend", "field-label", word("past_title")), ...choices.map(([, label]) => label)));
  open.append(node("div", "dialog-foot", button(word("cancel"), "quiet", () => open.close()), go));
  return open;
}
