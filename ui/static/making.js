// A clip that is being made: its latest frame, how far it is, and what came in its way.
import { button, node, word } from "./page.js";
import { storyboardView } from "./storyboard.js";
import { promptBox, type } from "./form.js";
import { frameOf, layout, scenery } from "./scenery.js";

export function progressView(seen, cancel) {
  const frame = frameOf(seen.width, seen.height), picture = node("img", "preview");
  scenery(frame);
  picture.alt = word("preview");
  frame.append(picture);
  const label = node("p", "stage-name"), left = node("p", "time-left"), fill = node("span", "fill"), bar = node("div", "progress-bar", fill);
  label.setAttribute("role", "status");
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "100");
  bar.setAttribute("aria-label", word("progress"));
  const stop = button(word("cancel"), "quiet", () => { stop.disabled = true; cancel(); }, "stop");
  const board = node("div", "board");
  const about = node("div", "about", node("div", "progress", label, bar, node("div", "progress-foot", left, stop)), node("h2", "prompt-said", seen.prompt), board);
  const view = layout("making", frame, about, seen.width, seen.height);
  view.update = ([now]) => {
    if (now.preview) { picture.src = now.preview; view.previewAt = now.preview_at; }
    picture.hidden = !picture.src;
    const name = word(now.state === "queued" ? "stage_queued" : "stage_" + (now.stage || "direct"));
    if (label.textContent !== name) label.textContent = name;
    const done = Math.round(now.fraction * 100);
    fill.style.width = done + "%";
    bar.setAttribute("aria-valuenow", done);
    if (now.place) left.textContent = word(now.place === 1 ? "stage_place_one" : "stage_place", { n: now.place });
    else left.textContent = now.seconds_left ? word("time_left", { n: Math.ceil(now.seconds_left) }) : "";
    if (now.shots && !board.firstChild) board.append(storyboardView(now));
  };
  view.previews = () => ({ [seen.id]: view.previewAt });
  view.lost = () => { left.textContent = word("lost"); };
  view.update([seen]);
  return view;
}

export function problemView(seen) {
  const problem = seen.problem || { code: "", text: "" };
  const frame = frameOf(seen.width, seen.height), view = node("div", "problem");
  scenery(frame);
  view.append(node("h2", "", word(seen.state === "refused" ? "refused" : "failed")), node("p", "", problem.text || word("problem_unexpected")));
  view.append(button(word("try_again"), "quiet", () => { type(promptBox(), seen.prompt); promptBox().focus(); }, "again"));
  view.setAttribute("role", "alert");
  return layout("failed", frame, node("div", "about", view, node("p", "prompt-said", seen.prompt)), seen.width, seen.height);
}
