// The rules of one's cameo: who, for what, in which words, how one looks, and the people who asked or were allowed.
import { ago, ask, button, dialog, field, input, node, openTab, pause, toast, turnTo, word } from "./page.js";
import { AUDIENCES, endDialog } from "./cameo_parts.js";

const SWITCHES = ["politics", "violence", "romance", "brands", "other_cameos", "voice", "minors", "remix"];
const SETTLED = 300; // milliseconds without a key before words are read

const section = (title, ...inside) => node("section", "card settings-card", node("h3", "", word(title)), ...inside.filter(Boolean));
const today = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const endOf = (day) => (day ? new Date(`${day}T23:59:59`).toISOString() : "");

// all: {cameo, widest}. again() shows everything anew; told(cameo) hears of changes that need no new view.
export function rulesView(view, all, { again, told }) {
  const { cameo } = all;
  const change = async (sent) => {
    const answer = await ask("cameo/rules", sent);
    if (answer) { told(answer.cameo); toast(word("changed")); }
    return answer;
  };
  turnTo(view, node("div", "rules", asked(cameo, again), node("div", "rules-columns",
    node("div", "rules-column", audience(all, change, again), switches(cameo, change)), node("div", "rules-column", people(cameo, again), words(cameo, change)))));
}

// ---- requests that wait
function asked(cameo, again) {
  const waiting = cameo.grants.filter((grant) => grant.state === "asked");
  if (!waiting.length) return "";
  return node("section", "card asked", node("h3", "", word("rules_asked")), ...waiting.map((grant) => {
    const until = input("date", { min: today() });
    return node("article", "request", node("p", "", button("@" + grant.handle, "person-link", () => openTab("me", { handle: grant.handle })), " ", word("rules_asks"), " ", node("span", "field-hint", ago(grant.changed_at))),
      grant.prompt ? node("blockquote", "", grant.prompt) : null,
      node("div", "settings-pair request-foot", field(word("rules_until"), until), button(word("refuse"), "quiet", async () => {
        if (await ask("cameo/revoke", { handle: grant.handle })) again();
      }), button(word("allow"), "save", async () => {
        if (await ask("cameo/grant", { handle: grant.handle, until: endOf(until.value) })) { toast(word("allowed_now", { who: "@" + grant.handle })); again(); }
      }, "check")));
  }), cameo.audience === "people" || cameo.audience === "everyone" ? null : node("p", "notice", word("rules_asked_narrow")));
}

// ---- who
function audience({ cameo, widest }, change, again) {
  const limit = AUDIENCES.indexOf(widest);
  const rows = AUDIENCES.map((each, n) => {
    const made = input("radio", { name: "cameo-audience", value: each, checked: cameo.audience === each, disabled: n > limit });
    made.addEventListener("change", () => choose(each));
    return node("label", "choice", made, node("span", "", node("strong", "", word("audience_of_" + each)), node("span", "field-hint", word(n > limit ? "audience_of_guardian" : `audience_of_${each}_hint`))));
  });
  async function choose(wanted) {
    if (AUDIENCES.indexOf(wanted) > AUDIENCES.indexOf(cameo.audience)) return (await change({ audience: wanted })) ? again() : again();
    const shown = endDialog({ title: word(wanted === "only_me" ? "end_all_title" : "narrow_title"), text: word("narrow_text"), yes: word("narrow_yes"), now: cameo.past_clips, act: (past_clips) => change({ audience: wanted, past_clips }) });
    shown.addEventListener("close", again);
  }
  const everyone = cameo.audience === "only_me" ? null : button(word("end_all"), "quiet", () => choose("only_me"), "lock");
  return section("rules_audience", node("div", "choices-list", ...rows), everyone);
}

// ---- people
function people(cameo, again) {
  const revoke = (grant) => endDialog({
    title: word("revoke_title", { who: "@" + grant.handle }), text: word("revoke_text", { who: "@" + grant.handle }), yes: word("revoke_yes"), now: cameo.past_clips,
    act: async (past_clips) => {
      const answer = await ask("cameo/revoke", { handle: grant.handle, past_clips });
      if (answer) { toast(word("revoked_now", { who: "@" + grant.handle })); again(); }
      return answer;
    },
  });
  const row = (grant) => {
    const until = grant.state === "granted" && grant.until ? " · " + word("until_day", { day: new Date(grant.until).toLocaleDateString(document.documentElement.lang) }) : "";
    const acts = grant.state === "granted" ? [button(word("until_change"), "quiet", () => day(grant)), button(word("revoke"), "quiet", () => revoke(grant))] : [button(word("allow"), "quiet", () => allow(grant.handle, ""))];
    return node("div", "settings-row", node("span", "settings-text", button("@" + grant.handle, "person-link", () => openTab("me", { handle: grant.handle })), " ", node("span", "grant-state state-" + grant.state, word("grant_" + grant.state) + until)), node("span", "settings-acts", ...acts));
  };
  async function allow(handle, until) {
    const clean = handle.trim().replace(/^@/, "");
    if (clean && (await ask("cameo/grant", { handle: clean, until }))) { toast(word("allowed_now", { who: "@" + clean })); again(); }
  }
  function day(grant) {
    const box = input("date", { min: today(), value: grant.until ? grant.until.slice(0, 10) : "" });
    const open = dialog(word("until_title", { who: "@" + grant.handle }), field(word("rules_until"), box, word("rules_until_hint")));
    open.append(node("div", "dialog-foot", button(word("cancel"), "quiet", () => open.close()), button(word("keep_changes"), "save", () => { open.close(); allow(grant.handle, endOf(box.value)); })));
  }
  const handle = input("text", { maxLength: 31, placeholder: "@" }), until = input("date", { min: today() });
  const form = node("form", "grant-form", field(word("handle"), handle), field(word("rules_until"), until), Object.assign(node("button", "quiet", word("allow")), { type: "submit" }));
  form.addEventListener("submit", (event) => { event.preventDefault(); allow(handle.value, endOf(until.value)); });
  const listed = cameo.grants.filter((grant) => grant.state !== "asked");
  return section("rules_people", node("p", "settings-text", word(cameo.audience === "people" ? "rules_people_text" : "rules_people_other")), ...listed.map(row), form);
}

// ---- for what
function switches(cameo, change) {
  const chosen = new Set(cameo.switches);
  return section("rules_switches", node("p", "settings-text", word("rules_switches_text")), ...SWITCHES.map((name) => {
    const box = input("checkbox", { checked: chosen.has(name) });
    box.addEventListener("change", async () => {
      box.checked ? chosen.add(name) : chosen.delete(name);
      if (!(await change({ switches: [...chosen] }))) { box.checked = !box.checked; box.checked ? chosen.add(name) : chosen.delete(name); }
    });
    return node("label", "switch", box, node("span", "", word("switch_" + name), node("span", "field-hint", " " + word(`switch_${name}_hint`))));
  }));
}

// ---- in one's own words, shown back while one types
function words(cameo, change) {
  const wishes = input("textarea", { maxLength: 500, rows: 3, value: cameo.wishes, placeholder: word("rules_wishes_example") });
  const looks = input("textarea", { maxLength: 300, rows: 2, value: cameo.appearance, placeholder: word("rules_looks_example") });
  const refused = node("div", "shown-back"), worn = node("div", "shown-back");
  for (const each of [refused, worn]) each.setAttribute("aria-live", "polite");
  const back = (answer) => {
    refused.replaceChildren(...(answer.refused.length ? [node("span", "chip-title", word("rules_will_refuse")), node("ul", "wish-list", ...answer.refused.map((line) => node("li", "", line)))] : []));
    worn.replaceChildren(...(answer.worn.length ? [node("span", "chip-title", word("rules_will_wear")), node("ul", "chips", ...answer.worn.map((name) => node("li", "chip", name)))] : looks.value.trim() ? [node("p", "field-hint", word("rules_wear_nothing"))] : []));
  };
  let turn = 0;
  const typed = async () => {
    const mine = ++turn;
    await pause(SETTLED);
    if (mine !== turn) return;
    const answer = await ask("cameo/read", { wishes: wishes.value, appearance: looks.value });
    if (answer && mine === turn) back(answer);
  };
  for (const each of [wishes, looks]) each.addEventListener("input", typed);
  back(cameo);
  const form = node("form", "words-form", field(word("rules_wishes"), wishes, word("rules_wishes_hint")), refused, field(word("rules_looks"), looks, word("rules_looks_hint")), worn, Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await change({ wishes: wishes.value, appearance: looks.value });
    if (answer) back(answer.cameo);
  });
  return section("rules_words", form);
}
