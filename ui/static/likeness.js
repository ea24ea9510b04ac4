// My likeness: everything that was made or tried with oneself, by whom, under which permission, and ending it.
import { ago, ask, button, confirmed, dialog, hasWord, icon, node, openTab, toast, turnTo, word } from "./page.js";
import { endDialog } from "./cameo_parts.js";
import { reportDialog } from "./share.js";

// again() shows the list anew.
export async function likenessView(view, { cameo, again }) {
  const answer = await ask("likeness/uses");
  if (!answer) return;
  const list = node("ul", "uses", ...answer.uses.map((use) => item(use, cameo, again)));
  const save = button(word("receipt_save"), "quiet", receipt, "download");
  turnTo(view, node("header", "uses-head", node("div", "", node("h2", "", word("likeness_title")), node("p", "lead", word("likeness_text"))), save),
    answer.uses.length ? list : node("p", "empty-note", word("likeness_none")));
  let last = answer;
  const more = button(word("show_more"), "quiet", async () => {
    const next = await ask("likeness/uses", { before: last.uses.at(-1).at });
    if (!next) return;
    last = next;
    list.append(...next.uses.map((use) => item(use, cameo, again)));
    more.hidden = !next.more;
  });
  more.hidden = !answer.more;
  view.append(more);
}

// What became of a use, in a word for the sign beside it.
function stateOf(use) {
  if (use.kind === "refusal" || use.state === "refused") return use.withdrawn_at ? "ended" : "refused";
  if (use.withdrawn_at) return "ended";
  if (use.kept_at) return "kept";
  if (["queued", "running"].includes(use.state)) return "making";
  if (use.state !== "done") return "undone";
  return use.post ? (use.visibility === "private" ? "private" : "posted") : use.media ? "draft" : "gone";
}

// Why it was refused: no permission, a switch, one's own words, or a rule of this place.
function reasonOf(use) {
  for (const key of ["use_reason_" + use.reason, "switch_" + use.reason]) if (hasWord(key)) return word(key);
  return use.kind === "refusal" ? word("use_reason_words", { what: use.reason }) : word("use_reason_rules");
}

function item(use, cameo, again) {
  const state = stateOf(use), who = "@" + use.author.handle, standing = use.clip && !use.withdrawn_at;
  const picture = use.media ? button(null, "use-picture", () => watch(use)) : node("span", "use-picture none", icon(state === "refused" ? "stop" : "play"));
  if (use.media) {
    picture.append(Object.assign(node("img"), { src: use.media.poster, alt: "", loading: "lazy" }), icon("play"));
    picture.setAttribute("aria-label", word("use_watch", { who: use.author.display_name }));
  }
  const why = state === "refused" && use.reason ? node("p", "field-hint", word("use_reason", { what: reasonOf(use) })) : null;
  const by = use.own ? word("use_by_you") : node("span", "", button(who, "person-link", () => openTab("me", { handle: use.author.handle })));
  return node("li", "card use", picture, node("div", "use-about",
    node("p", "use-line", node("span", "use-state state-" + state, word("use_" + state)), " ", by, " ", node("span", "field-hint", ago(use.at))),
    node("p", "use-prompt", use.prompt), why,
    node("p", "field-hint", [use.permission ? word("permission_" + use.permission) : "", use.ward ? word("use_person", { who: "@" + use.person }) : ""].filter(Boolean).join(" · ")),
    node("div", "use-acts", ...acts(use, cameo, standing, who, again))));
}

function acts(use, cameo, standing, who, again) {
  const made = [];
  const done = (told) => { toast(word(told, { who })); again(); };
  if (standing && !use.own) made.push(button(word("use_withdraw"), "quiet", async () => {
    if ((await confirmed(word("use_withdraw_sure"), word("use_withdraw"))) && (await ask("likeness/withdraw", { clip: use.clip }))) done("use_withdrawn");
  }, "stop"));
  if (standing) made.push(button(word("delete"), "quiet", async () => {
    if ((await confirmed(word("use_delete_sure"), word("delete"))) && (await ask("me/delete_clip", { clip: use.clip }))) done("use_deleted");
  }, "trash"));
  if (use.own || !cameo) return made;
  const grant = cameo.grants.find((each) => each.handle === use.author.handle), open = grant && grant.state === "granted";
  if (open || standing) made.push(button(word("use_revoke", { who }), "quiet", () => endDialog({
    title: word("revoke_title", { who }), text: word("revoke_text", { who }), yes: word("revoke_yes"), now: cameo.past_clips,
    act: async (past_clips) => {
      const answer = await ask("cameo/revoke", { handle: use.author.handle, past_clips });
      if (answer) done("revoked_now");
      return answer;
    },
  }), "lock"));
  if (!open) made.push(button(word("use_allow", { who }), "quiet", async () => { if (await ask("cameo/grant", { handle: use.author.handle })) done("allowed_now"); }, "check"));
  if (use.clip) made.push(button(word("report"), "quiet", () => reportDialog("cameo", use.clip, "likeness"), "flag"));
  return made;
}

function watch(use) {
  const video = Object.assign(node("video", "draft-video"), { src: use.media.video, poster: use.media.poster, controls: true, loop: true, playsInline: true });
  video.style.aspectRatio = `${use.media.width} / ${use.media.height}`;
  dialog(word("clip_by", { who: use.author.display_name }), video);
  video.play().catch(() => {});
}

async function receipt() {
  const answer = await ask("likeness/receipt");
  if (!answer) return;
  const address = URL.createObjectURL(new Blob([JSON.stringify(answer.receipt, null, 2)], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: address, download: "hibari-likeness-receipt.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
