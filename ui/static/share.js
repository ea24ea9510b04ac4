// Dialogs of a post: its link, a report, and what its author may change.
import { ask, button, dialog, field, input, node, select, toast, word } from "./page.js";
import { claimDialog } from "./claims.js";

export const linkOf = (post) => {
  const address = new URL("./", document.baseURI);
  if (post.link_key || post.link) address.searchParams.set("post", post.link_key || post.link);
  else address.searchParams.set("p", post.id);
  return address.href;
};

export function shareDialog(post) {
  const address = linkOf(post), box = input("text", { value: address, readOnly: true });
  const open = dialog(word("share"), field(word("share_link"), box, post.visibility === "private" ? word("share_private") : null));
  const copy = button(word("copy"), "save", async () => {
    box.select();
    await navigator.clipboard.writeText(address).catch(() => document.execCommand("copy"));
    toast(word("copied"));
    open.close();
  }, "link");
  const foot = node("div", "dialog-foot", copy);
  if (navigator.share) foot.prepend(button(word("share_with"), "quiet", () => navigator.share({ url: address, title: post.caption || "Hibari" }).catch(() => {}), "share"));
  open.append(foot);
  box.select();
}

const REASONS = ["likeness", "minor", "sexual", "violence", "hate", "self_harm", "dangerous", "harassment", "deception", "privacy", "rights", "spam", "other"];

// kind: post, comment, profile …; target: its id or handle.
export function reportDialog(kind, target, likely = "other") {
  const reason = select(REASONS.map((each) => [each, word("report_" + each)]), likely), note = input("textarea", { maxLength: 1000, rows: 3 });
  const form = node("form", "join-form", node("p", "lead", word("report_lead")), field(word("report_reason"), reason), field(word("report_note"), note),
    Object.assign(node("button", "danger", word("report")), { type: "submit" }));
  const open = dialog(word("report"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (kind === "post" && reason.value === "rights") { open.close(); return claimDialog(Number(target)); } // a claim is signed, and may be objected to
    const answer = await ask("post/report", { kind, target: String(target), reason: reason.value, note: note.value });
    if (answer) { open.close(); toast(word("report_thanks")); }
  });
}

const AUDIENCES = ["public", "followers", "link", "private"];
const SWITCHES = ["allow_remix", "allow_comments", "allow_download", "show_prompt"];

// The fields of a post: {element, values()}.
export function postFields(now) {
  const caption = input("textarea", { maxLength: 500, rows: 3, value: now.caption || "" });
  const audience = select(AUDIENCES.map((each) => [each, word("audience_" + each)]), now.visibility || "public");
  const boxes = Object.fromEntries(SWITCHES.map((name) => [name, input("checkbox", { checked: name === "show_prompt" ? Boolean(now.prompt) : now[name] !== false })]));
  const element = node("div", "post-fields", field(word("caption"), caption, word("caption_hint")), field(word("audience"), audience),
    node("fieldset", "switches", node("legend", "field-label", word("others_may")), ...SWITCHES.map((name) => node("label", "switch", boxes[name], node("span", "", word(name))))));
  return {
    element,
    values: () => ({ caption: caption.value, visibility: audience.value, ...Object.fromEntries(SWITCHES.map((name) => [name, boxes[name].checked])) }),
  };
}

export function editPost(post, changed) {
  const fields = postFields(post), form = node("form", "join-form", fields.element, Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
  const open = dialog(word("edit_post"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = fields.values();
    if (!(await ask("post/update", { id: post.id, ...values }))) return;
    open.close();
    changed(values);
    toast(word("changed"));
  });
}

// Publishes a clip: asks for caption, audience and switches; `done(post)` with {id, link_key}.
export function publishDialog(clip, caption, done) {
  const fields = postFields({ caption, visibility: "public" }), form = node("form", "join-form", fields.element, Object.assign(node("button", "save", word("publish")), { type: "submit" }));
  const open = dialog(word("publish"), form), told = node("p", "notice");
  told.setAttribute("role", "alert");
  form.lastChild.before(told);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = form.querySelector("[type=submit]");
    if (submit.disabled) return;
    submit.disabled = true;
    const answer = await ask("post/publish", { clip, ...fields.values() });
    submit.disabled = false;
    if (!answer) return;
    open.close();
    toast(word("published"));
    done(answer);
  });
}
