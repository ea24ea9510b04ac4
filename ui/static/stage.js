// The stage: what is being made, what came of it, and the clips before it.
import { ask, button, calm, call, member, newKey, node, onOpen, openTab, pause, toast, turnTo, word } from "./page.js";
import { form, notice, promptBox, sent, type } from "./form.js";
import { problemView, progressView } from "./making.js";
import { resultView } from "./result.js";
import { emptyView } from "./scenery.js";
import { variantsView } from "./variants.js";

const LOOK_EVERY = 350; // milliseconds between two looks at a generation
const LOST_EVERY = 1500; // milliseconds between two tries when the server does not answer
const isOpen = (one) => one.state === "queued" || one.state === "running";

export function start(element) {
  const view = node("div", "view"), root = node("section", "stage", view);
  element.append(root);
  let current = null, watched = []; // ids of the generations that are watched, as one text; how they were last seen
  let empty = true;

  function show(made) {
    empty = made.classList.contains("empty");
    turnTo(view, made);
    return made;
  }
  function settle() {
    current = null;
    document.querySelector("#make").classList.remove("busy");
  }

  // ---- what was made
  function showResult(one, group, fresh = false) {
    settle();
    const others = group.filter((each) => each.state === "done" && each.clip);
    const back = others.length > 1 ? { text: word("all_variants"), act: () => showVariants(group) } : null;
    show(resultView(one, { fresh, back, deleted: () => { show(emptyView("")); recent(); } }));
    if (fresh) seen();
  }
  function showVariants(group) {
    settle();
    show(variantsView(group, { pick: (one) => showResult(one, group), cancel: () => {} })).score();
  }
  // Whoever looks elsewhere is told that it is ready.
  function seen() {
    if (document.body.dataset.tab !== "create") toast(word("clip_is_ready"), { text: word("open_it"), act: () => openTab("create") });
  }
  function thumbnail(one, group) {
    const picture = Object.assign(node("img"), { src: one.clip.poster, alt: one.prompt, loading: "lazy" });
    const open = button("", "thumb", () => showResult(one, group, true));
    open.title = one.prompt;
    open.append(picture);
    return node("li", "", open);
  }
  // Lists the clips of this member; gives all their generations, or null when the server does not answer.
  async function recent() {
    const answer = await call("create/mine");
    if (answer.error) return null;
    const all = answer.generations, done = all.filter((one) => one.state === "done"), shelf = document.querySelector("#shelf .shelf");
    shelf.replaceChildren();
    if (done.length) shelf.append(node("h2", "", word("recent")), node("ul", "row", ...done.map((one) => thumbnail(one, groupOf(one, all)))));
    return all;
  }
  const groupOf = (one, all) => all.filter((each) => each.group === one.group).reverse();

  // ---- what is being made
  function ended(list) {
    settle();
    recent();
    const [one] = list;
    if (list.every((each) => each.state === "cancelled")) return show(emptyView(word("cancelled")));
    if (list.length > 1) return void seen();
    if (one.state === "done" && one.clip) showResult(one, list, true);
    else if (one.state === "failed" || one.state === "refused") show(problemView(one));
    else show(emptyView(""));
  }
  const cancel = (ids) => ids.forEach((id) => call("create/cancel", { id }));

  // Watches generations, the variants of one press, to their end.
  async function follow(ids) {
    const mine = ids.join(" ");
    if (current === mine) return;
    current = mine;
    document.querySelector("#make").classList.add("busy");
    let making = null, now = (watched = []);
    while (current === mine) {
      const left = making && ids.length > 1 ? now.filter(isOpen).map((one) => one.id) : ids;
      const answer = await call("create/watch", { ids: left, preview_at: making ? making.previews() : {} });
      if (current !== mine) return;
      if (answer.error && answer.error.kind !== "lost") {
        settle();
        return show(emptyView(answer.error.text));
      }
      if (answer.error && making) making.lost();
      if (!answer.error) {
        now = watched = ids.map((id) => answer.generations.find((one) => one.id === id) || now.find((one) => one.id === id));
        if (!making && !(ids.length === 1 && !isOpen(now[0]))) making = begin(now);
        else if (making) making.update(now);
        if (!now.some(isOpen)) {
          if (ids.length > 1) making.score();
          return ended(now);
        }
      }
      await pause(answer.error ? LOST_EVERY : LOOK_EVERY);
      while (document.hidden) await pause(LOOK_EVERY);
    }
  }
  function begin(now) {
    const made = now.length > 1 ? variantsView(now, { pick: (one) => showResult(one, watched), cancel }) : progressView(now[0], () => cancel([now[0].id]));
    show(made);
    const top = root.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.7) root.scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
    return made;
  }

  // ---- sending the form; the key makes two presses one request
  let key = newKey(), sending = false, asked = "";
  async function make() {
    const wanted = sent();
    if (sending || current) return notice(current && JSON.stringify(wanted) !== asked ? word("busy") : "");
    if (!(await member())) return;
    sending = true;
    asked = JSON.stringify(wanted);
    const answer = await call("create/make", { ...wanted, key });
    sending = false;
    if (!answer.id) return tellRefusal(answer);
    notice(answer.short ? word(answer.short, { n: answer.ids.length, of: wanted.variants }) : "");
    key = newKey();
    follow(answer.ids);
  }
  function tellRefusal({ error, refused }) {
    if (error) return notice([error.text, error.hint].filter(Boolean).join(" "));
    const { instead } = refused;
    const help = instead && node("span", "instead", node("span", "", word("refused_instead")), node("q", "", instead),
      button(word("use_instead"), "quiet small", () => { notice(""); form.storyboard = null; type(promptBox(), instead); promptBox().focus(); }, "check"));
    notice(word(refused.key, refused.values), help);
  }

  onOpen("create", async (wanted) => {
    if (wanted.clip || wanted.generation) {
      const found = await ask("create/look", wanted.clip ? { clip: wanted.clip } : { id: wanted.generation });
      if (found) return isOpen(found) ? follow([found.id]) : ended([found]);
    }
    open();
  });
  document.querySelector("#make").addEventListener("click", make);
  document.addEventListener("hibari:me", open);
  document.addEventListener("change", (event) => {
    if (empty && event.target.closest("#shape")) show(emptyView(""));
  });
  // what this member made before, and what is still being made
  async function open() {
    const all = await recent();
    if (!all) { await pause(LOST_EVERY); return open(); }
    const unfinished = all.find(isOpen), [newest] = all;
    if (unfinished) return void follow(groupOf(unfinished, all).map((one) => one.id));
    if (!empty || !newest) return;
    const group = groupOf(newest, all);
    if (group.length > 1) showVariants(group);
    else if (newest.state === "done") showResult(newest, group);
    else show(problemView(newest));
  }
  show(emptyView(""));
  open();
}
