// The audit log, whether its chain is whole, and who has which role.
import { ago, ask, button, field, icon, input, language, node, number, select, toast, word } from "./page.js";

const name = (handle, id) => (handle ? "@" + handle : id ? node("code", "", String(id).slice(0, 8)) : "–");

export async function auditView(view) {
  const answer = await ask("moderation/audit");
  if (!answer) return view.replaceChildren();
  const whole = answer.broken_at === null;
  const state = node("p", whole ? "log-state" : "log-state broken", icon(whole ? "check" : "flag"), node("span", "", whole ? word("audit_whole") : word("audit_broken", { n: answer.broken_at })));
  const body = node("tbody"), more = button(word("older"), "quiet", async () => {
    const next = await ask("moderation/audit", { before: oldest });
    if (next) add(next.entries);
  });
  let oldest = null;
  function add(entries) {
    body.append(...entries.map(line));
    oldest = entries.at(-1)?.id ?? oldest;
    more.hidden = entries.length < 50;
  }
  const head = node("tr", "", ...["audit_number", "audit_when", "audit_who", "audit_what", "audit_about", "audit_details"].map((each) => Object.assign(node("th", "", word(each)), { scope: "col" })));
  const frame = node("div", "table-frame", node("table", "table audit", node("thead", "", head), body));
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", word("moderation_audit"));
  add(answer.entries);
  view.replaceChildren(state, roles(() => auditView(view)), frame, more);
}

function line(one) {
  const when = node("time", "", ago(one.at)), details = JSON.stringify(one.data ?? {});
  when.dateTime = one.at;
  when.title = new Date(one.at).toLocaleString(language);
  return node("tr", "", node("td", "", number(one.id)), node("td", "", when), node("td", "", name(one.actor_handle, one.actor)), node("td", "", one.action),
    node("td", "", one.subject_handle ? "@" + one.subject_handle : String(one.subject ?? "").slice(0, 20)), node("td", "", details === "{}" ? "" : node("code", "", details.slice(0, 160))));
}

// Gives a member a role; the database says who may give which.
function roles(done) {
  const handle = input("text", { placeholder: "@", maxLength: 31, required: true, autocomplete: "off" });
  const role = select(["member", "moderator", "admin"].map((each) => [each, word("role_" + each)]), "moderator");
  const form = node("form", "settings-pair", field(word("handle"), handle), field(word("role"), role), Object.assign(node("button", "quiet", word("set_role")), { type: "submit" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await ask("moderation/role", { handle: handle.value.trim().replace(/^@/, ""), role: role.value }))) return;
    toast(word("changed"));
    done();
  });
  return node("details", "card roles", node("summary", "", word("roles")), node("p", "field-hint", word("roles_hint")), form);
}
