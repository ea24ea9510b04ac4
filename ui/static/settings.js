// The settings: watching, language and looks, account, people, guardians, keys, export, goodbye.
import { ago, ask, button, confirmed, dialog, field, forget, hasWord, icon, input, language, node, number, post, select, toast, word } from "./page.js";

const section = (title, ...inside) => node("section", "card settings-card", node("h3", "", word(title)), ...inside.filter(Boolean));
const row = (text, ...acts) => node("div", "settings-row", node("span", "settings-text", text), node("span", "settings-acts", ...acts.filter(Boolean)));

function keepChoice(name, value) {
  try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* private windows keep nothing */ }
}

export async function settingsView(view, { back }) {
  const all = await ask("own/all");
  if (!all) return back();
  const again = () => { view.querySelector(".settings")?.remove(); settingsView(view, { back }); };
  const profile = all.profile, save = async (sent) => { if (await ask("me/update", sent)) { forget(); toast(word("changed")); } };
  view.append(node("div", "settings", looks(profile, save), watching(profile, all, save), messaging(profile, save), account(all, again), guarding(all, again), people(all, again), inviting(all), programs(all, again), leaving(all, profile)));
}

function looks(profile, save) {
  const tongue = select([["en", "English"], ["fr", "Français"]], language);
  tongue.addEventListener("change", async () => { keepChoice("hibari.language", tongue.value); await save({ language: tongue.value }); location.reload(); });
  let now = "";
  try { now = localStorage.getItem("hibari.theme") || ""; } catch { /* as above */ }
  const theme = select([["", word("theme_system")], ["light", word("theme_light")], ["dark", word("theme_dark")]], now);
  theme.addEventListener("change", () => {
    keepChoice("hibari.theme", theme.value);
    const address = new URL(location.href);
    address.searchParams.delete("__theme");
    history.replaceState(null, "", address);
    location.reload();
  });
  return section("settings_looks", field(word("settings_language"), tongue), field(word("settings_theme"), theme));
}

function toggle(text, checked, act, hint) {
  const box = input("checkbox", { checked });
  box.addEventListener("change", () => act(box.checked));
  return node("label", "switch", box, node("span", "", text, hint && node("span", "field-hint", " " + hint)));
}

function watching(profile, all, save) {
  const feed = { ...profile.feed }, wellbeing = { ...profile.wellbeing };
  const minutes = input("number", { min: 5, max: 600, step: 5, value: wellbeing.daily_minutes ?? "", placeholder: word("no_limit") });
  minutes.addEventListener("change", () => { wellbeing.daily_minutes = minutes.value ? Math.max(5, Math.min(600, Number(minutes.value))) : null; save({ wellbeing }); });
  const from = input("time", { value: wellbeing.quiet_from || "" }), until = input("time", { value: wellbeing.quiet_until || "" });
  for (const each of [from, until]) each.addEventListener("change", () => { Object.assign(wellbeing, { quiet_from: from.value, quiet_until: until.value }); save({ wellbeing }); });
  return section("settings_watching",
    toggle(word("personal_feed"), feed.personal !== false, (yes) => { feed.personal = yes; save({ feed }); }, word("personal_feed_hint")),
    toggle(word("autoplay"), feed.autoplay !== false, (yes) => { feed.autoplay = yes; save({ feed }); }),
    field(word("daily_minutes"), minutes, word("watched_today", { n: Math.round(all.watched.seconds_today / 60) })),
    node("div", "settings-pair", field(word("quiet_from"), from), field(word("quiet_until"), until)),
    row(word("watch_history"), button(word("forget"), "quiet", async () => {
      if (!(await confirmed(word("forget_sure"), word("forget")))) return;
      const answer = await ask("own/forget_history");
      if (answer) toast(word("forgotten", { n: answer.forgotten }));
    })));
}

function messaging(profile, save) {
  const who = select(["everyone", "followed", "nobody"].map((each) => [each, word("messages_" + each)]), profile.messages_from);
  who.addEventListener("change", () => save({ messages_from: who.value }));
  return section("settings_messages", field(word("messages_from"), who));
}

function account(all, again) {
  const inside = [];
  if (all.email) inside.push(row(all.email, all.local && button(word("change_password"), "quiet", () => passwordDialog())));
  else if (all.local) inside.push(node("p", "settings-text", word("keep_text")), row("", button(word("keep_account"), "save", () => keepDialog(again))));
  for (const session of all.sessions) inside.push(row(node("span", "", session.device || word("some_device"), node("span", "field-hint", " · " + ago(session.last_seen_at))),
    button(word("sign_out_there"), "quiet", async () => { if (await ask("own/sign_out", { session: session.id })) again(); })));
  inside.push(row("", button(word("sign_out"), "quiet", async () => {
    if (!all.email && all.local && !(await confirmed(word("sign_out_lost"), word("sign_out")))) return;
    await post("./account/sign_out", {});
    location.reload();
  }), all.sessions.length > 1 && button(word("sign_out_everywhere"), "quiet", async () => { if (await ask("own/sign_out")) location.reload(); })));
  return section("settings_account", ...inside);
}

function formDialog(title, fields, submit, send) {
  const form = node("form", "join-form", ...fields, Object.assign(node("button", "save", submit), { type: "submit" })), open = dialog(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send()) open.close();
  });
}

function keepDialog(again) {
  const email = input("email", { required: true, autocomplete: "email" }), password = input("password", { required: true, autocomplete: "new-password", minLength: 8 });
  formDialog(word("keep_account"), [field(word("email"), email), field(word("password"), password, word("password_hint"))], word("keep_account"), async () => {
    const answer = await ask("own/keep", { email: email.value, password: password.value });
    if (answer) { toast(word("account_kept")); again(); }
    return answer;
  });
}

function passwordDialog() {
  const old = input("password", { required: true, autocomplete: "current-password" }), fresh = input("password", { required: true, autocomplete: "new-password", minLength: 8 });
  formDialog(word("change_password"), [field(word("password_old"), old), field(word("password_new"), fresh, word("password_hint"))], word("change_password"), async () => {
    const answer = await ask("own/password", { old: old.value, new: fresh.value });
    if (answer) { await confirmed(word("password_changed"), word("sign_in")); location.reload(); }
    return answer;
  });
}

function guarding(all, again) {
  const inside = [node("p", "settings-text", word("guardian_text"))], me = all.profile.handle;
  for (const one of all.guardianships) {
    const mine = one.guardian === me, other = mine ? one.ward : one.guardian;
    const acts = [button(word(one.state === "offered" ? "decline" : "end"), "quiet", async () => { if ((await confirmed(word("guardian_end_sure"), word("end"))) && (await ask("guardian/end", { handle: other }))) again(); })];
    if (one.state === "offered" && !mine) acts.unshift(button(word("accept"), "save", async () => { if (await ask("guardian/accept", { handle: other })) again(); }));
    if (one.state === "active" && mine) acts.unshift(button(word("limits"), "quiet", () => limitsDialog(one, again)));
    inside.push(row(word(`guardian_${mine ? "of" : "by"}_${one.state}`, { who: "@" + other }), ...acts));
  }
  const handle = input("text", { maxLength: 30, placeholder: "@" + word("handle").toLowerCase() });
  inside.push(node("div", "settings-pair", field(word("guardian_offer"), handle), button(word("offer"), "quiet", async () => { if (await ask("guardian/offer", { handle: handle.value })) again(); })));
  return section("settings_guardian", ...inside);
}

function limitsDialog(one, again) {
  const audience = select(["only_me", "people", "mutuals", "everyone"].map((each) => [each, word("cameo_audience_" + each)]), one.cameo_audience);
  const from = select(["everyone", "followed", "nobody"].map((each) => [each, word("messages_" + each)]), one.messages_from);
  const publish = input("checkbox", { checked: one.may_publish }), personal = input("checkbox", { checked: one.personal_feed });
  const minutes = input("number", { min: 0, max: 600, value: one.daily_minutes ?? "" });
  formDialog(word("limits_of", { who: "@" + one.ward }), [field(word("cameo_audience"), audience), field(word("messages_from"), from),
    node("label", "switch", publish, node("span", "", word("may_publish"))), node("label", "switch", personal, node("span", "", word("personal_feed"))), field(word("daily_minutes"), minutes)], word("keep_changes"), async () => {
    const answer = await ask("guardian/limits", { handle: one.ward, cameo_audience: audience.value, messages_from: from.value, may_publish: publish.checked, personal_feed: personal.checked, daily_minutes: minutes.value ? Number(minutes.value) : null });
    if (answer) again();
    return answer;
  });
}

function people(all, again) {
  const rows = [["blocked", "unblock"], ["muted", "unmute"]].flatMap(([kind, act]) => all.blocks[kind].map((handle) =>
    row(word("is_" + kind, { who: "@" + handle }), button(word(act), "quiet", async () => { if (await ask("people/relate", { act, handle })) again(); }))));
  return section("settings_people", ...(rows.length ? rows : [node("p", "settings-text", word("nobody_blocked"))]));
}

function inviting(all) {
  const rows = all.invites.map((invite) => row(invite.used_by ? word("invite_used", { who: "@" + invite.used_by }) : invite.code,
    invite.used_at ? null : button(word("copy_code"), "quiet", async () => { await navigator.clipboard.writeText(invite.code).catch(() => {}); toast(word("copied_code", { what: invite.code })); }, "link")));
  return section("settings_invites", node("p", "settings-text", word(all.site.sign_up === "invite" ? "invites_needed" : "invites_open")), ...rows);
}

function programs(all, again) {
  const prices = Object.entries(all.credits.prices).map(([engine, price]) => word("price", { what: engine, n: price })).join(" · ");
  const keys = all.keys.filter((key) => !key.revoked_at).map((key) => row(node("span", "", node("strong", "", key.name), ` ${key.prefix}… `, node("span", "field-hint", ago(key.created_at))),
    button(word("revoke"), "quiet", async () => { if ((await confirmed(word("revoke_sure"), word("revoke"))) && (await ask("own/revoke_key", { id: key.id }))) again(); })));
  const name = input("text", { maxLength: 60, placeholder: word("key_name") });
  name.setAttribute("aria-label", word("key_name"));
  const make = button(word("new_key"), "quiet", async () => {
    const answer = await ask("own/new_key", { name: name.value || "key" });
    if (!answer) return;
    const box = input("text", { value: answer.key.key, readOnly: true });
    dialog(word("new_key"), node("p", "", word("key_once")), field(word("key"), box)).addEventListener("close", again);
    box.select();
  });
  return section("settings_programs", node("p", "settings-text", word("credits_now", { n: all.credits.balance, day: all.credits.daily_credits }), " ", prices), ...keys, node("div", "settings-pair", name, make));
}

function leaving(all, profile) {
  const save = Object.assign(node("a", "quiet", icon("download"), word("export")), { href: "./export", download: "hibari-export.zip" });
  const typed = () => {
    const handle = input("text", { autocomplete: "off" });
    formDialog(word("delete_account"), [node("p", "", word("delete_account_text", { who: profile.handle })), field(word("handle"), handle)], word("delete_account"), async () => {
      const answer = await ask("own/delete", { handle: handle.value });
      if (answer) { await post("./account/sign_out", {}); location.reload(); }
      return answer;
    });
  };
  return section("settings_leaving", row(word("export_text"), save), row(word("delete_text"), button(word("delete_account"), "danger", typed)));
}
