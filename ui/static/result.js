// A finished clip: to play, publish, keep, download, change and make again, or delete.
import { ask, button, calm, confirmed, icon, node, openTab, toast, word } from "./page.js";
import { publishDialog } from "./share.js";
import { storyboardView } from "./storyboard.js";
import { changed, choose, form, promptBox, seedBox, type } from "./form.js";
import { frameOf, layout } from "./scenery.js";

export function playerOf(seen, options = {}) {
  const frame = frameOf(seen.width, seen.height), video = node("video"), clip = seen.clip;
  Object.assign(video, { src: clip.video, poster: clip.poster, controls: true, playsInline: true, loop: true, preload: "auto" }, options);
  video.setAttribute("aria-label", seen.prompt);
  frame.append(video);
  return { frame, video };
}

// Opens the dialog that publishes a clip.
export const publish = (clip) => publishDialog(clip.id, "", (post) => { clip.post = post.id; openTab("feed", { post: post.id }); });

// back: {text, act} of a button that leads back, or null. deleted(): the clip is gone.
export function resultView(seen, { fresh = false, back = null, deleted = () => {} } = {}) {
  const { frame, video } = playerOf(seen), clip = seen.clip;
  if (fresh && !calm()) video.play().catch(() => {}); // the browser may want a press first: the controls are there
  const save = node("a", "quiet download", icon("download"), word("download"));
  save.href = `${clip.video}?download=hibari-${seen.seed}.mp4`;
  save.setAttribute("download", "");
  const again = button(word("again"), "quiet", () => {
    type(promptBox(), seen.prompt);
    type(seedBox(), String(seen.seed));
    promptBox().focus();
  }, "again");
  const main = clip.post ? [button(word("open_post"), "save", () => openTab("feed", { post: clip.post }), "home")]
    : [button(word("publish"), "save", () => publish(clip), "share"), button(word("keep_draft"), "quiet", () => toast(word("kept_draft"), { text: word("open_it"), act: () => openTab("me") }), "bookmark")];
  const remove = button(word("delete_clip"), "quiet", async () => {
    if (!(await confirmed(word(clip.post ? "delete_post_sure" : "delete_clip_sure"), word("delete_clip"))) || !(await ask("create/delete", { clip: clip.id }))) return;
    toast(word("clip_is_deleted"));
    deleted();
  }, "trash");
  const adjusted = button(word("adjust"), "quiet", () => adjust(seen), "pencil");
  const facts = node("ul", "made", node("li", "", word("seed") + " ", node("strong", "seed-used", String(seen.seed))),
    node("li", "", word("shot_seconds", { n: Math.round(clip.seconds) })), node("li", "", `${seen.width} × ${seen.height}`),
    seen.took === null ? null : node("li", "", word("took", { n: Math.round(seen.took * 10) / 10 })));
  const held = clip.held ? node("p", "note", word("clip_held")) : null;
  const about = node("div", "about", back ? button(back.text, "quiet small back-to", back.act, "again") : null, node("h2", "prompt-said", seen.prompt), facts, held,
    node("div", "actions", ...main, adjusted, again, save, remove), storyboardView(seen));
  return layout("result", frame, about, seen.width, seen.height);
}

// Fills the form with all that a clip was made from, its storyboard open to be changed.
export function adjust(seen) {
  form.storyboard = structuredClone(seen.storyboard);
  form.wantedEngine = seen.engine;
  type(promptBox(), seen.prompt);
  type(seedBox(), String(seen.seed));
  choose("shape", seen.width === seen.height ? "1:1" : seen.width > seen.height ? "16:9" : "9:16");
  changed("use-engine");
  changed("open");
  const panel = document.querySelector(".panel");
  panel.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  panel.querySelector("summary").focus({ preventScroll: true });
}
