// The bar at the top: logo, ways to the tabs, and who is here. It drives Gradio's own tabs, whose bar is hidden.
import { button, call, dialog, field, forget, icon, input, join, node, pause, post, toast, whoami, word } from "./page.js";

const LOGO = "M3 30c9 1 15-2 19-8 2-4 6-8 12-8 2-3 5-4 8-3l-3 3 4 2-5 1c0 9-6 16-16 17l-9 7 2-8C10 33 6 32 3 30z";
const PICTURES = { feed: "home", create: "spark", remix: "remix", cameo: "cameo", inbox: "bell", me: "face", verify: "pin", moderation: "shield", analytics: "chart", help: "help" };
const MAIN = ["feed", "create", "cameo", "inbox", "me"]; // what a narrow screen shows; the rest is under "more"

const UNREAD = 1500; // milliseconds between two looks at what is unread

// Gradio's tab buttons, in order, with the ids that Python gave them.
const tabButtons = () => [...document.querySelectorAll("#tabs > .tab-wrapper button[role=tab][data-tab-id]")];
const idOf = (tabButton) => tabButton.dataset.tabId;

function logo() {
  const space = "http://www.w3.org/2000/svg", drawing = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
  drawing.setAttribute("viewBox", "0 8 46 36");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", LOGO);
  drawing.append(path);
  return drawing;
}

export async function start(element) {
  const nav = node("nav", "ways"), who = node("div", "who");
  nav.setAttribute("aria-label", word("sections"));
  element.append(node("header", "bar", node("a", "brand", logo(), node("h1", "", word("app_title"))), nav, who));
  element.querySelector(".brand").href = "./";
  document.addEventListener("hibari:join", joinDialog);

  const show = (id) => {
    const wanted = tabButtons().find((one) => idOf(one) === id);
    if (wanted) wanted.click();
  };
  document.addEventListener("hibari:tab", (event) => show(event.detail));
  addEventListener("popstate", () => show(location.hash.slice(1) || idOf(tabButtons()[0])));

  let wasShown = false;
  function mark() {
    const chosen = tabButtons().find((one) => one.getAttribute("aria-selected") === "true");
    if (!chosen) return;
    const id = idOf(chosen);
    if (nav.dataset.shown === id) return;
    nav.dataset.shown = id;
    for (const way of nav.querySelectorAll("[data-tab]")) {
      if (way.dataset.tab === id) way.setAttribute("aria-current", "page");
      else way.removeAttribute("aria-current");
    }
    document.body.dataset.tab = id;
    if (location.hash.slice(1) !== id) history[wasShown ? "pushState" : "replaceState"](null, "", location.pathname + location.search + "#" + id); // the base is not this address
    wasShown = true;
    document.dispatchEvent(new CustomEvent("hibari:shown", { detail: id }));
  }

  async function build() {
    const { me } = await whoami(), moderator = me && me.role !== "member";
    const ways = tabButtons().filter((one) => moderator || !["moderation", "analytics"].includes(idOf(one)));
    const made = ways.map((one) => {
      const id = idOf(one), way = button(node("span", "", one.textContent.trim()), "way", () => { document.dispatchEvent(new CustomEvent("hibari:way", { detail: id })); show(id); }, PICTURES[id]);
      way.dataset.tab = id;
      way.classList.toggle("side", !MAIN.includes(id));
      return way;
    });
    const more = button(node("span", "", word("more")), "way way-more", () => nav.classList.toggle("open"), "more");
    more.setAttribute("aria-expanded", "false");
    nav.addEventListener("click", (event) => {
      if (event.target.closest("[data-tab]")) nav.classList.remove("open");
      more.setAttribute("aria-expanded", String(nav.classList.contains("open")));
    });
    nav.replaceChildren(...made, more);
    delete nav.dataset.shown;
    mark();
    unread();
    who.replaceChildren(me ? personButton(me) : button(word("join"), "save", joinDialog));
  }

  const personButton = (me) => button("@" + me.handle, "quiet person", () => show("me"), "face");
  document.addEventListener("hibari:me", build);
  document.addEventListener("hibari:unread", unread);

  // How many notifications and messages wait, on the way to the inbox. The feed asks for them along with its own news.
  let told = 0;
  async function unread() {
    told = performance.now();
    const { me } = await whoami(), now = me ? await call("inbox/unread") : { notifications: 0, messages: 0 };
    if (!now.error) tell(now.notifications + now.messages);
  }
  function tell(count) {
    told = performance.now();
    const inbox = nav.querySelector("[data-tab=inbox]");
    inbox?.querySelector(".badge")?.remove();
    if (!inbox || !count) return;
    const badge = node("span", "badge", count > 99 ? "99+" : String(count));
    badge.setAttribute("aria-label", word("unread", { n: count }));
    inbox.append(badge);
  }
  document.addEventListener("hibari:news", (event) => tell(event.detail.unread_notifications + event.detail.unread_messages));
  setInterval(() => { if (!document.hidden && performance.now() - told >= UNREAD) unread(); }, UNREAD / 3);

  const asked = location.hash.slice(1);
  while (!tabButtons().length) await new Promise((wake) => setTimeout(wake, 30));
  new MutationObserver(mark).observe(document.querySelector("#tabs > .tab-wrapper"), { subtree: true, attributes: true, attributeFilter: ["aria-selected"] });
  if (asked) show(asked);
  await pause(0); // the tab that was asked for is chosen now
  await build();
  cameBack();
}

// ---- joining and signing in
const suggestion = () => ["lark", "finch", "wren", "robin", "swift", "heron", "linnet"][Math.floor(Math.random() * 7)] + "_" + Math.floor(1000 + Math.random() * 9000);

async function joinDialog() {
  if (document.querySelector(".dialog.join")) return;
  const { site } = await whoami();
  const told = node("p", "notice"), handle = input("text", { value: suggestion(), maxLength: 30, autocomplete: "username", spellcheck: false });
  const invite = site.sign_up === "invite" && !site.empty ? input("text", { maxLength: 40 }) : null;
  const email = input("email", { autocomplete: "email" }), password = input("password", { autocomplete: "new-password" });
  told.setAttribute("role", "alert");
  const form = node("form", "join-form",
    site.empty ? node("p", "lead", word("join_first")) : node("p", "lead", word("join_lead")),
    field(word("handle"), handle, word("handle_hint")),
    invite && field(word("invite_code"), invite),
    node("details", "", node("summary", "", word("join_email")), field(word("email"), email), field(word("password"), password, word("password_hint"))),
    told,
    Object.assign(node("button", "save", word("join_now")), { type: "submit" }),
    button(word("have_account"), "quiet", () => { shown.close(); signInDialog(); }));
  otherWays(form, null, told);
  const shown = dialog(word("join"), form);
  shown.classList.add("join");
  handle.select();
  sends(form, told, shown, () => post("./account/join", { handle: handle.value, invite: invite ? invite.value : "", email: email.value, password: password.value }));
}

function signInDialog(said = "") {
  const told = node("p", "notice"), email = input("email", { autocomplete: "email", required: true });
  const password = input("password", { autocomplete: "current-password", required: true });
  told.setAttribute("role", "alert");
  const form = node("form", "join-form", field(word("email"), email), field(word("password"), password), told,
    Object.assign(node("button", "save", word("sign_in")), { type: "submit" }),
    button(word("join"), "quiet", () => { shown.close(); joinDialog(); }));
  told.textContent = said;
  otherWays(form, email, told);
  const shown = dialog(word("sign_in"), form);
  shown.classList.add("join");
  sends(form, told, shown, () => post("./account/sign_in", { email: email.value, password: password.value }));
}

// Ways in that lead away and back. Inside the frame of another site nothing could come back, so they begin in a tab of their own.
async function otherWays(form, email, told) {
  const { ways } = await whoami();
  if (!ways || !(ways.link || ways.hugging_face)) return;
  const there = (text, href, frame) => Object.assign(node("a", "quiet", text), { href, target: frame ? "_blank" : "_self" });
  if (window.top !== window) return void form.append(there(word("way_in_own_tab"), "./?way_in=ask", true));
  if (ways.hugging_face) form.append(there(word("way_in_hugging_face"), "./account/hugging_face"));
  if (ways.link && email) form.append(button(word("way_in_link"), "quiet", async (event) => {
    const send = event.currentTarget;
    if (send.disabled || !email.reportValidity()) return;
    send.disabled = true; // a second email would make the first one's link void
    const answer = await post("./account/link", { email: email.value });
    send.disabled = false;
    told.textContent = answer.error ? [answer.error.text, answer.error.hint].filter(Boolean).join(" ") : word("way_in_sent", { email: email.value });
  }));
}

// What became of somebody who was led away to sign in.
async function cameBack() {
  const address = new URL(location.href), came = address.searchParams.get("way_in");
  if (!came) return;
  address.searchParams.delete("way_in");
  history.replaceState(null, "", address);
  if (came !== "done") return signInDialog(came === "failed" ? word("way_in_failed") : "");
  const { me } = await whoami();
  if (me) toast(word("welcome", { handle: "@" + me.handle }));
  else join(); // an account without a profile: one step is left
}

function sends(form, told, shown, send) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = form.querySelector("[type=submit]");
    if (submit.disabled) return;
    submit.disabled = true;
    const answer = await send();
    submit.disabled = false;
    if (answer.error) return void (told.textContent = [answer.error.text, answer.error.hint].filter(Boolean).join(" "));
    shown.close();
    forget();
    const { me } = await whoami();
    if (me) toast(word("welcome", { handle: "@" + me.handle }));
    document.dispatchEvent(new CustomEvent("hibari:me"));
    if (!me) join(); // an account without a profile: one step is left
  });
}
