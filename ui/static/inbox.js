// The Inbox: news, messages, and decisions about what one made. The bar's badge counts what is unread.
import { ago, ask, button, call, field, hasWord, icon, input, join, node, onOpen, onShown, openTab, pause, whoami, word } from "./page.js";
import { avatar } from "./card.js";
import { decisionsView } from "./decisions.js";

const LIVE = 1500; // milliseconds between two looks at an open conversation

export function start(element) {
  const bar = node("div", "kinds"), view = node("div", "inbox-view"), root = node("section", "inbox", bar, view);
  let kind = "news", turn = 0;
  element.append(root);
  bar.setAttribute("role", "toolbar");
  const kinds = { news, messages, cases };
  for (const each of Object.keys(kinds)) {
    const made = button(word("inbox_" + each), "stream", () => open(each));
    made.dataset.kind = each;
    bar.append(made);
  }

  async function open(wanted) {
    kind = wanted;
    const mine = ++turn, { me } = await whoami();
    for (const each of bar.children) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
    if (!me) return view.replaceChildren(node("div", "reel-note", node("h2", "", word("inbox_guest")), node("p", "", word("inbox_guest_text")), button(word("join"), "save", join)));
    await kinds[kind](mine);
  }

  // ---- news
  async function news(mine) {
    const answer = await ask("inbox/news");
    if (!answer || mine !== turn) return;
    view.replaceChildren(answer.news.length ? node("ul", "news", ...answer.news.map(item)) : node("div", "empty-note", node("p", "", word("news_none")), node("p", "field-hint", word("news_none_hint"))));
    if (answer.news.length && !answer.news[0].read_at) {
      await call("inbox/read", { up_to: answer.news[0].id });
      document.dispatchEvent(new CustomEvent("hibari:unread"));
    }
  }
  function item(one) {
    const who = one.actor ? one.actor.display_name : "", key = "news_" + one.kind;
    const text = word(hasWord(key) ? key : "news_other", { who, reason: one.about.reason || "", prompt: one.about.prompt || "" });
    const made = button(null, one.read_at ? "news-item" : "news-item fresh", () => lead(one));
    made.append(one.actor ? avatar(one.actor) : node("span", "avatar sign", icon("bell")), node("span", "news-text", text, node("span", "field-hint", " " + ago(one.created_at))));
    return node("li", "", made);
  }
  function lead(one) {
    const { about } = one;
    if (one.kind.startsWith("guardian")) return openTab("me", { settings: true });
    if (one.kind === "cameo_asked") return openTab("cameo", { kind: "rules" });
    if (one.kind.startsWith("starred")) return openTab("cameo", { kind: "likeness" });
    if (one.kind.startsWith("cameo") && one.kind !== "cameo_granted") return openTab("cameo", { kind: "mine" });
    if (one.kind.startsWith("case") || ["suspended", "report_answered", "claim_countered"].includes(one.kind)) return open("cases");
    if (one.kind === "message" && one.actor) return chat(one.actor.handle);
    if (about.post) return openTab("feed", { post: about.post });
    if (about.clip || about.generation) return openTab("create", about);
    if (one.actor) openTab("me", { handle: one.actor.handle });
  }

  // ---- messages
  async function messages(mine) {
    const answer = await ask("inbox/conversations");
    if (!answer || mine !== turn) return;
    const rows = answer.conversations.map((one) => {
      const made = button(null, one.unread ? "news-item fresh" : "news-item", () => chat(one.with.handle));
      made.append(avatar(one.with), node("span", "news-text", node("strong", "", one.with.display_name), node("span", "news-last", one.body || word("shared_clip")), node("span", "field-hint", " " + ago(one.created_at))));
      return node("li", "", made);
    });
    const to = input("text", { maxLength: 31, placeholder: "@" }), form = node("form", "chat-new", field(word("write_to"), to), Object.assign(node("button", "quiet", word("write")), { type: "submit" }));
    form.addEventListener("submit", (event) => { event.preventDefault(); if (to.value.trim()) chat(to.value.trim().replace(/^@/, "")); });
    view.replaceChildren(rows.length ? node("ul", "news", ...rows) : node("p", "empty-note", word("messages_none")), form);
  }

  async function chat(handle) {
    const mine = ++turn, list = node("ol", "chat"), box = input("textarea", { rows: 1, maxLength: 2000, placeholder: word("message_placeholder") });
    for (const each of bar.children) each.setAttribute("aria-pressed", String(each.dataset.kind === "messages"));
    box.setAttribute("aria-label", word("message_placeholder"));
    list.setAttribute("aria-live", "polite");
    const form = node("form", "chat-form", box, Object.assign(node("button", "save", word("send")), { type: "submit" }));
    view.replaceChildren(node("div", "chat-head", button(word("back"), "quiet", () => open("messages")), button("@" + handle, "person-link", () => openTab("me", { handle }))), list, form);
    const known = new Set();
    async function load() {
      const answer = await call("inbox/conversation", { handle });
      if (mine !== turn) return false;
      if (answer.error) { if (!known.size) list.replaceChildren(node("li", "empty-note", answer.error.text)); return answer.error.kind === "lost"; }
      const fresh = answer.messages.filter((one) => !known.has(one.id)).reverse();
      if (fresh.length) {
        if (!known.size) list.replaceChildren();
        for (const one of fresh) {
          known.add(one.id);
          const bubble = node("li", one.mine ? "bubble mine" : "bubble", one.body ? node("p", "", one.body) : null, one.shared ? shared(one.shared) : one.post ? node("p", "field-hint", word("post_gone")) : null, node("span", "field-hint", ago(one.created_at)));
          list.append(bubble);
        }
        list.scrollTop = list.scrollHeight;
      } else if (!known.size) list.replaceChildren(node("li", "empty-note", word("chat_none")));
      return true;
    }
    const shared = (post) => {
      const made = button(null, "shared", () => openTab("feed", { post: post.id }));
      made.append(Object.assign(node("img"), { src: post.clip.poster, alt: post.caption || word("clip") }), node("span", "", post.caption || "@" + post.author.handle));
      return made;
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = box.value.trim();
      if (!body) return;
      box.value = "";
      if (!(await ask("inbox/send", { handle, body }))) box.value = body;
      else await load();
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); } });
    box.focus();
    while (await load()) {
      await pause(LIVE);
      while ((document.hidden || document.body.dataset.tab !== "inbox") && mine === turn) await pause(LIVE);
    }
  }

  // ---- decisions, and appeals against them
  async function cases(mine) {
    const made = await decisionsView(() => open("cases"));
    if (made && mine === turn) view.replaceChildren(made);
  }

  let asked = false;
  onOpen("inbox", (wanted) => (asked = true) && (wanted.handle ? whoami().then(({ me }) => (me ? chat(wanted.handle) : open("messages"))) : open(wanted.kind || "news")));
  onShown("inbox", () => { if (kind === "news") open("news"); });
  document.addEventListener("hibari:me", () => open("news"));
  if (!asked) open("news");
}
