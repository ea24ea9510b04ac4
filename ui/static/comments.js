// The comments of a post: threads, answers, removal, reports.
import { ago, ask, button, call, confirmed, dialog, input, member, node, openTab, whoami, word } from "./page.js";
import { avatar } from "./card.js";
import { reportDialog } from "./share.js";

const LONGEST = 1000; // characters
const LIVE = 2000; // milliseconds between two looks while it is open

export async function showComments(post, counter) {
  const { me } = await whoami(), list = node("ol", "threads"), told = node("p", "notice");
  const box = input("textarea", { maxLength: LONGEST, rows: 2, placeholder: word("comment_placeholder") });
  const send = Object.assign(node("button", "save", word("send")), { type: "submit" });
  let answering = null;
  const context = node("p", "answering");
  context.hidden = true;
  told.setAttribute("role", "alert");
  box.setAttribute("aria-label", word("comment_placeholder"));
  const form = node("form", "comment-form", context, box, told, send);
  const open = dialog(word("comments"), list, post.allow_comments || post.mine ? form : node("p", "empty-note", word("comments_closed")));
  open.classList.add("comments");

  function answerTo(comment) {
    answering = comment;
    context.hidden = !comment;
    context.replaceChildren(...(comment ? [word("answering", { who: "@" + comment.author.handle }) + " ", button(word("cancel"), "link", () => answerTo(null))] : []));
    box.focus();
  }

  function item(comment) {
    const one = node("li", "comment"), answers = node("ol", "answers");
    const head = node("p", "comment-head", button(comment.author.display_name, "post-name", () => { open.close(); openTab("me", { handle: comment.author.handle }); }), node("span", "", ago(comment.created_at)));
    const acts = node("p", "comment-acts", button(word("answer"), "link", async () => { if (await member()) answerTo(comment); }));
    if (comment.removable) acts.append(button(word("delete"), "link", async () => {
      if ((await confirmed(word("comment_delete_sure"), word("delete"))) && (await ask("post/uncomment", { comment: comment.id }))) { one.remove(); bump(-1); }
    }));
    if (me && !comment.mine) acts.append(button(word("report"), "link", () => reportDialog("comment", comment.id)));
    one.dataset.id = comment.id;
    one.append(avatar(comment.author), node("div", "comment-body", head, node("p", "comment-text", comment.body), acts, answers));
    if (comment.answer_count) {
      const show = button(word(comment.answer_count === 1 ? "answers_one" : "answers_many", { n: comment.answer_count }), "link", async () => {
        const page = await ask("post/answers", { comment: comment.id });
        if (page) { show.remove(); answers.replaceChildren(...page.comments.map(item)); }
      });
      answers.before(show);
    }
    return one;
  }

  function bump(by) {
    post.comments = Math.max(0, post.comments + by);
    counter.tell(post.comments);
  }

  const nothing = node("li", "empty-note", word("comments_none"));
  async function load(before = null) {
    const page = await ask("post/comments", { id: post.id, before });
    if (!page) return;
    if (!before) list.replaceChildren();
    list.append(...page.comments.map(item));
    if (!list.children.length) list.append(nothing);
    if (page.comments.length >= 30) {
      const more = button(word("show_more"), "quiet", () => { more.parentElement.remove(); load(page.comments.at(-1).id); });
      list.append(node("li", "", more));
    }
  }

  // new comments of others appear while one reads
  async function live() {
    while (open.isConnected) {
      await new Promise((wake) => setTimeout(wake, LIVE));
      if (!open.isConnected || document.hidden) continue;
      const page = await call("post/comments", { id: post.id });
      if (page.error) continue;
      const known = new Set([...list.querySelectorAll(":scope > [data-id]")].map((one) => Number(one.dataset.id)));
      const fresh = page.comments.filter((comment) => !known.has(comment.id));
      if (!fresh.length) continue;
      nothing.remove();
      list.prepend(...fresh.map(item));
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!box.value.trim() || send.disabled || !(await member())) return;
    send.disabled = true;
    const answer = await call("post/comment", { id: post.id, body: box.value, answers: answering ? answering.id : null });
    send.disabled = false;
    told.textContent = answer.error ? [answer.error.text, answer.error.hint].filter(Boolean).join(" ") : "";
    if (answer.error) return;
    box.value = "";
    answerTo(null);
    bump(1);
    await load();
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
  await load();
  live();
}
