// Cameo: one's own likeness and its state, the rules for it, and every clip with oneself.
import { ago, ask, button, call, icon, input, join, node, onOpen, onShown, pause, toast, turnTo, whoami, word } from "./page.js";
import { capture } from "./capture.js";
import { endDialog, heads, stateOf } from "./cameo_parts.js";
import { rulesView } from "./cameo_rules.js";
import { likenessView } from "./likeness.js";
import { wardsCard } from "./wards.js";

const LOOK = 2000; // milliseconds between two looks for news while the tab is shown

export function start(element) {
  const bar = node("div", "kinds"), view = node("div", "cameo-view"), root = node("section", "cameo", bar, view);
  const kinds = { mine, rules, likeness };
  let kind = "mine", all = null, turn = 0, mark = null, busy = false;
  element.append(root);
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", word("cameo_parts"));
  for (const each of Object.keys(kinds)) {
    const made = button(word("cameo_" + each), "stream", () => open(each));
    made.dataset.kind = each;
    bar.append(made);
  }

  async function open(wanted = kind) {
    const waiting = ++turn, { me } = await whoami();
    busy = false;
    if (!me) { bar.hidden = true; return guest(); }
    if (!view.children.length) view.append(node("p", "empty-note", word("loading")));
    const [answer, looked] = await Promise.all([ask("cameo/mine"), call("likeness/pulse")]);
    if (!answer || waiting !== turn) return;
    all = answer;
    mark = looked.mark ?? mark;
    kind = all.cameo || wanted === "likeness" ? wanted : "mine";
    bar.hidden = false;
    for (const each of bar.children) {
      each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
      each.disabled = each.dataset.kind === "rules" && !all.cameo;
    }
    const waits = all.cameo ? all.cameo.grants.filter((grant) => grant.state === "asked").length : 0;
    bar.children[1].replaceChildren(word("cameo_rules"), waits ? node("span", "badge-note", String(waits)) : "");
    await kinds[kind]();
  }

  function guest() {
    view.replaceChildren(node("div", "reel-note", node("h2", "", word("cameo_guest")), node("p", "", word("cameo_guest_text")), button(word("join"), "save", join)));
  }

  // ---- one's own likeness
  async function mine() {
    const wards = await wardsCard(() => open());
    if (kind !== "mine" || busy) return;
    turnTo(view, ...[all.cameo ? own(all.cameo) : invitation(), wards].filter(Boolean));
  }
  function invitation() {
    const point = (picture, key) => node("li", "", icon(picture), node("span", "", word(key)));
    return node("section", "card cameo-welcome", node("div", "", node("h2", "", word("cameo_none")), node("p", "lead", word("cameo_none_text")),
      node("ul", "welcome-points", point("face", "cameo_point_record"), point("lock", "cameo_point_rules"), point("trash", "cameo_point_end")),
      button(word("cameo_record"), "save", record, "face")));
  }
  function own(cameo) {
    const state = stateOf(cameo), rest = input("checkbox", { checked: cameo.paused });
    rest.addEventListener("change", async () => {
      const answer = await ask("cameo/rules", { paused: rest.checked });
      if (!answer) return void (rest.checked = !rest.checked);
      toast(word(rest.checked ? "cameo_paused_now" : "cameo_back_now"));
      open();
    });
    const sound = Object.assign(node("audio", "cameo-voice"), { src: new URL(`./likeness/voice.wav?v=${cameo.version}`, document.baseURI), controls: true, preload: "none" });
    sound.setAttribute("aria-label", word("cameo_voice"));
    return node("section", "card cameo-own", heads((view) => new URL(`./likeness/${view}.png?v=${cameo.version}`, document.baseURI).href),
      node("div", "cameo-about", node("h2", "", word("cameo_yours")), node("p", "cameo-state state-" + state.sign, icon(state.picture), node("span", "", state.text)),
        node("p", "field-hint", word("cameo_recorded", { when: ago(cameo.created_at), n: cameo.version }) + " " + word("cameo_only_you_see")),
        node("div", "field", node("span", "field-label", word("cameo_voice")), sound),
        node("label", "switch", rest, node("span", "", word("cameo_pause"), node("span", "field-hint", " " + word("cameo_pause_hint")))),
        node("div", "capture-foot", button(word("cameo_again"), "quiet", record, "again"), button(word("cameo_delete"), "quiet", remove, "trash"))));
  }
  function record() {
    busy = true;
    turn++;
    bar.hidden = true;
    capture(view, { consent: all.consent, back: () => open("mine"), done: () => open("mine") });
  }
  const remove = () => endDialog({
    title: word("cameo_delete_title"), text: word("cameo_delete_text"), yes: word("cameo_delete"), now: all.cameo.past_clips,
    act: async (past_clips) => {
      const answer = await ask("cameo/delete", { past_clips });
      if (answer) { toast(word("cameo_deleted")); open("mine"); }
      return answer;
    },
  });

  // ---- rules and uses
  function rules() {
    rulesView(view, all, { again: () => open("rules"), told: (cameo) => { all.cameo = cameo; } });
  }
  async function likeness() {
    await likenessView(view, { cameo: all.cameo, again: () => open("likeness") });
  }

  // ---- what others do shows by itself, unless somebody is typing
  async function watch() {
    for (;;) {
      await pause(LOOK);
      const typing = view.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
      if (document.hidden || document.body.dataset.tab !== "cameo" || busy || bar.hidden || typing || document.querySelector("dialog[open]")) continue;
      const looked = await call("likeness/pulse");
      if (!looked.error && looked.mark !== mark && !busy) await open(kind);
    }
  }

  let asked = false;
  onOpen("cameo", (wanted) => { asked = true; open(wanted.kind || "mine"); });
  onShown("cameo", () => { if (!busy && view.children.length) open(kind); });
  document.addEventListener("hibari:me", () => open("mine"));
  if (!asked) open("mine");
  watch();
}
