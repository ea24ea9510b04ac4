// The engine: what each can do, how long it takes here, its licence, and how to get one that is not here.
import { button, call, dialog, icon, node, onShown, word } from "./page.js";
import { changed, chosen, form, onChanged } from "./form.js";

const KNOWN = ["text", "images", "references", "cameos", "speaks"]; // what is said when an engine can do it

export function start(element) {
  const name = node("span", "engine-name"), takes = node("span", "engine-takes"), label = node("span", "field-label", word("engine"));
  const pick = button(null, "engine-pick", choose);
  pick.append(node("span", "", name, takes), icon("next"));
  pick.setAttribute("aria-haspopup", "dialog");
  label.id = "engine-label";
  name.id = "engine-name";
  takes.id = "engine-takes";
  pick.setAttribute("aria-labelledby", "engine-label engine-name engine-takes");
  element.append(label, pick);
  let engines = [], wanted = "world", turn = 0;

  async function load() {
    const mine = ++turn, answer = await call("engines/list", { seconds: Number(chosen("seconds")) || 5, shape: chosen("shape") });
    if (answer.error || mine !== turn) return;
    engines = answer.engines;
    use(engines.find((each) => each.name === wanted && each.ready) || engines[0]);
  }
  function use(engine) {
    const does = (each) => each && [each.name, each.images, each.references].join(), other = does(form.engine) !== does(engine);
    form.engine = engine;
    wanted = engine.name;
    name.textContent = engine.title;
    takes.textContent = engine.takes === null ? "" : word("engine_takes", { n: time(engine.takes) });
    if (other) changed("engine");
  }
  async function choose() {
    await load();
    const ready = engines.filter((each) => each.ready), others = engines.filter((each) => !each.ready);
    const shown = dialog(word("engine"), node("p", "lead", word("engine_lead")));
    shown.classList.add("wide-dialog");
    const list = (some) => node("ul", "engines", ...some.map((each) => card(each, each.name === wanted, () => { use(each); shown.close(); pick.focus(); })));
    shown.append(list(ready));
    if (others.length) shown.append(node("details", "engines-more", node("summary", "", word("engines_missing", { n: others.length })), list(others)));
  }
  document.addEventListener("change", (event) => { if (event.target.closest("#seconds, #shape")) load(); });
  onShown("create", load);
  onChanged("use-engine", () => { wanted = form.wantedEngine || wanted; load(); });
  load();
}

const time = (seconds) => (seconds < 90 ? word("seconds_short", { n: Math.max(1, Math.round(seconds)) }) : word("minutes_short", { n: Math.round(seconds / 60) }));

function card(engine, isChosen, use) {
  const can = KNOWN.filter((each) => engine[each]).map((each) => word("engine_" + each));
  can.push(word(engine.own_sound ? "engine_own_sound" : "engine_our_sound"), word("engine_longest", { n: engine.longest }));
  if (!engine.images && !engine.references) can.push(word("engine_no_pictures"));
  const facts = node("dl", "facts"), fact = (key, ...value) => facts.append(node("dt", "", word(key)), node("dd", "", ...value));
  const takes = engine.takes === null ? word(engine.ready ? "engine_not_measured" : "engine_unknown") : word("engine_takes", { n: time(engine.takes) });
  fact("engine_time", engine.ready && engine.waiting ? `${takes} · ${word("engine_waiting", { n: engine.waiting })}` : takes);
  fact("engine_costs", word("engine_credits", { n: engine.credits }) + (engine.dollars ? ` · ${word("engine_dollars", { n: engine.dollars })}` : ""));
  if (engine.memory) fact("engine_memory", word("engine_gigabytes", { n: Math.ceil(engine.memory) }));
  const licence = Object.assign(node("a", "", engine.licence.name), { href: engine.licence.url, target: "_blank", rel: "noopener noreferrer" });
  fact("engine_licence", engine.licence.url ? licence : engine.licence.name, engine.licence.limits ? node("span", "limits", engine.licence.limits) : null);
  const state = engine.ready ? button(word(isChosen ? "engine_chosen" : "engine_use"), isChosen ? "save small" : "quiet small", use, isChosen ? "check" : null) : null;
  if (state) state.setAttribute("aria-label", `${state.textContent}: ${engine.title}`);
  const steps = engine.ready ? node("p", "engine-say", engine.say) : node("div", "engine-steps", node("strong", "", word("engine_get")), node("p", "", ...coded(engine.say)));
  return node("li", isChosen ? "engine chosen" : "engine", node("div", "engine-head", node("h3", "", engine.title), node("span", "engine-kind", word("engine_" + engine.kind)), state),
    node("ul", "chips can", ...can.map((each) => node("li", "chip", each))), steps, facts);
}

// A sentence with its `commands` as code.
const coded = (text) => text.split("`").map((part, n) => (n % 2 ? node("code", "", part) : part));
