// Variants of one request side by side: how far each is, then what was measured of each, so that one can be chosen.
import { button, call, icon, node, word } from "./page.js";
import { playerOf } from "./result.js";
import { frameOf, scenery } from "./scenery.js";

const MEASURES = ["smooth", "steady", "lively", "together"];
const HIGH = 0.75, LOW = 0.4; // where a score is told as good, or as poor
const TELLING = 0.02; // by which the highest mean must stand out to be marked

// pick(one): a finished variant was chosen. cancel(ids): stop these.
export function variantsView(list, { pick, cancel }) {
  const grid = node("ul", "variants"), said = node("p", "variants-said"), stop = button(word("cancel_all"), "quiet", () => {
    stop.disabled = true;
    cancel(open());
  }, "stop");
  const legend = node("details", "measures", node("summary", "", word("measures")), node("p", "", word("measures_lead")), node("dl", "", ...MEASURES.flatMap((each) => [node("dt", "", word("measure_" + each)), node("dd", "", word("measure_" + each + "_means"))])));
  said.setAttribute("role", "status");
  legend.hidden = true;
  const view = node("div", `variants-view ${list[0].height > list[0].width ? "tall-ones" : "wide-ones"}`, node("div", "variants-head", node("div", "", node("h2", "prompt-said", list[0].prompt), said), stop), grid, legend);
  const tiles = new Map(list.map((each, n) => [each.id, tile(each, n + 1, pick)]));
  let states = new Map(list.map((each) => [each.id, each.state]));
  const open = () => [...states].filter(([, state]) => ["queued", "running"].includes(state)).map(([id]) => id);
  grid.append(...[...tiles.values()].map((each) => each.element));

  view.update = (now) => {
    for (const each of now) tiles.get(each.id).update(each);
    states = new Map([...states, ...now.map((each) => [each.id, each.state])]);
    const left = open().length, told = left ? word("variants_left", { n: left, of: states.size }) : word([...states.values()].includes("done") ? "variants_choose" : "variants_none");
    if (said.textContent !== told) said.textContent = told;
    stop.hidden = !left;
  };
  view.previews = () => Object.fromEntries([...tiles].map(([id, each]) => [id, each.previewAt()]));
  view.lost = () => { said.textContent = word("lost"); };
  // Asks for the scores of what is finished, one after the other, and marks the highest.
  view.score = async () => {
    const scored = [];
    for (const [id, each] of tiles) {
      if (states.get(id) !== "done") continue;
      const answer = await call("create/scores", { id });
      if (answer.error || !view.isConnected) continue;
      each.score(answer.scores);
      scored.push([answer.scores.overall, each]);
    }
    if (!scored.length) return;
    legend.hidden = false;
    scored.sort((one, other) => other[0] - one[0]);
    if (scored.length > 1 && scored[0][0] - scored[1][0] >= TELLING) scored[0][1].best();
  };
  view.update(list);
  return view;
}

function tile(first, number, pick) {
  const element = node("li", "variant"), place = node("div", "variant-frame"), below = node("div", "variant-below");
  const title = node("h3", "", word("variant", { n: number })), fill = node("span", "fill"), bar = node("div", "progress-bar", fill);
  const picture = node("img", "preview"), frame = frameOf(first.width, first.height), label = node("p", "variant-state");
  let previewAt = "", finished = false;
  scenery(frame);
  picture.alt = word("preview");
  picture.hidden = true;
  frame.append(picture);
  place.append(frame);
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "100");
  bar.setAttribute("aria-label", `${word("progress")}: ${title.textContent}`);
  below.append(title, label, bar);
  element.append(place, below);

  function done(one) {
    const { frame: player, video } = playerOf(one, { controls: true, muted: true });
    place.replaceChildren(player);
    video.addEventListener("play", () => document.querySelectorAll(".variant video").forEach((other) => { if (other !== video) other.pause(); }));
    const choose = button(word("choose_variant"), "save", () => pick(one), "check");
    choose.setAttribute("aria-label", `${choose.textContent}: ${title.textContent}`);
    below.replaceChildren(title, node("p", "variant-state", `${word("seed")} ${one.seed}`), choose);
  }
  return {
    element,
    previewAt: () => previewAt,
    update(one) {
      if (finished) return;
      if (one.preview) { picture.src = one.preview; picture.hidden = false; previewAt = one.preview_at; }
      finished = !["queued", "running"].includes(one.state);
      if (one.state === "done" && one.clip) return done(one);
      if (finished) {
        bar.hidden = true;
        label.textContent = one.state === "cancelled" || one.state === "done" ? word("variant_gone") : (one.problem && one.problem.text) || word("problem_unexpected");
        return;
      }
      const share = Math.round(one.fraction * 100);
      fill.style.width = share + "%";
      bar.setAttribute("aria-valuenow", share);
      label.textContent = word(one.state === "queued" ? "stage_queued" : "stage_" + (one.stage || "direct"));
    },
    score(scores) {
      const rows = MEASURES.filter((each) => scores[each] !== null).flatMap((each) => {
        const value = scores[each], level = value >= HIGH ? "high" : value < LOW ? "low" : "middle", meter = node("span", "meter", node("span", ""));
        meter.firstChild.style.width = Math.round(value * 100) + "%";
        return [node("dt", "", word("measure_" + each)), node("dd", level, meter, word(`measure_${each}_${level}`))];
      });
      below.insertBefore(node("dl", "scores", ...rows), below.querySelector("button"));
    },
    best() {
      element.classList.add("best");
      title.append(node("span", "best-mark", icon("spark"), word("variant_best")));
    },
  };
}
