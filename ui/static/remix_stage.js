// A remix in the making, and what came of it: the parts of Create's stage, on this tab.
import { ask, button, calm, call, icon, node, openTab, pause, toast, turnTo, word } from "./page.js";
import { progressView } from "./making.js";
import { playerOf, publish } from "./result.js";
import { layout } from "./scenery.js";
import { storyboardView } from "./storyboard.js";

const LOOK_EVERY = 700; // milliseconds between two looks at a generation
const LOST_EVERY = 1500; // milliseconds between two tries when the server does not answer

// again(clip): the clip that was made shall be remixed in its turn. ended(): nothing is in the making any more.
export function remixStage({ again, ended }) {
  const view = node("div", "view"), element = node("section", "stage remix-stage", view);
  let current = null;
  element.hidden = true;

  function show(made) {
    element.hidden = !made;
    turnTo(view, ...(made ? [made] : []));
  }

  // Watches a generation to its end.
  async function follow(id) {
    current = id;
    let making = null;
    while (current === id) {
      const answer = await call("create/look", { id, preview_at: making ? making.previewAt : "" });
      if (current !== id) return;
      if (answer.error && answer.error.kind !== "lost") return over(problem(answer.error.text));
      if (!answer.error && answer.state !== "queued" && answer.state !== "running") return over(answer.state === "done" ? result(answer) : answer.state === "cancelled" ? null : problem(answer.problem.text));
      if (answer.error && making) making.lost();
      else if (making) making.update([answer]);
      else if (!answer.error) {
        show((making = progressView(answer, () => call("create/cancel", { id }))));
        element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
      }
      await pause(answer.error ? LOST_EVERY : LOOK_EVERY);
      while (document.hidden) await pause(LOOK_EVERY);
    }
  }

  function over(made) {
    current = null;
    show(made);
    ended();
    if (made && made.classList.contains("result") && document.body.dataset.tab !== "remix") toast(word("clip_is_ready"), { text: word("open_it"), act: () => openTab("remix") });
  }

  function problem(text) {
    const made = node("div", "problem", node("h3", "", word("failed")), node("p", "", text || word("problem_unexpected")));
    made.setAttribute("role", "alert");
    return made;
  }

  function result(seen) {
    const { frame, video } = playerOf(seen), clip = seen.clip;
    if (!calm()) video.play().catch(() => {}); // the browser may want a press first: the controls are there
    const save = node("a", "quiet download", icon("download"), word("download"));
    save.href = `${clip.video}?download=hibari-remix-${seen.seed}.mp4`;
    save.setAttribute("download", "");
    const about = node("div", "about", node("h3", "", word("remix_done")), node("p", "prompt-said", seen.prompt),
      clip.held ? node("p", "note", word("clip_held")) : null,
      node("div", "actions", button(word("publish"), "save", () => publish(clip), "share"),
        button(word("keep_draft"), "quiet", () => toast(word("kept_draft"), { text: word("open_it"), act: () => openTab("me") }), "bookmark"),
        button(word("remix_again"), "quiet", () => again(clip.id), "remix"), save,
        button(word("delete_clip"), "quiet", async () => { if (await ask("create/delete", { clip: clip.id })) { show(null); toast(word("clip_is_deleted")); } }, "trash")),
      storyboardView(seen));
    return layout("result", frame, about, seen.width, seen.height);
  }

  return { element, follow, busy: () => current !== null, clear: () => { if (current === null) show(null); } };
}
