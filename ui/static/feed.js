// The Feed: one clip a screen, streams, search, and feeds described in words.
import { ask, button, calm, call, iconButton, member, node, onOpen, onShown, openTab, pause, toast, whoami, word } from "./page.js";
import { card, setSound, sound } from "./card.js";
import { describeDialog } from "./described.js";
import { searchView } from "./search.js";

const AHEAD = 3; // posts that are left when the next page is asked for
const LIVE = 1500; // milliseconds between two looks at what changed
const REPORT = 10_000; // milliseconds between two reports of what was watched
const FIVE_MORE = 300; // seconds

// The first page is asked for as soon as this script is read, while Gradio's own are still on their way.
let first = ["", "#feed"].includes(location.hash) && !/[?&](post|p)=/.test(location.search) ? call("feed/page", { stream: "for_you", shown: [] }) : null;
first?.then((answer) => { if (answer.posts?.length) new Image().src = answer.posts[0].clip.poster; });

export function start(element) {
  const streams = node("div", "streams"), reel = node("div", "reel"), view = node("section", "feed", streams, reel);
  streams.setAttribute("role", "toolbar");
  streams.setAttribute("aria-label", word("streams"));
  reel.tabIndex = 0;
  reel.setAttribute("role", "feed");
  reel.setAttribute("aria-label", word("feed"));
  element.append(view);

  let stream = { kind: "for_you" }, cards = [], ended = false, loading = false, current = null, turn = 0;
  let wishes = {}, cursor = null, allowance = 0;
  const shown = () => document.body.dataset.tab === "feed" && !document.hidden;
  const api = {
    still: () => calm() || wishes.feed?.autoplay === false,
    openTag: (tag) => choose({ kind: "tag", tag: tag.id, name: "#" + tag.name }),
    gone: (one) => {
      const after = one.nextElementSibling || one.previousElementSibling;
      cards = cards.filter((each) => each !== one);
      one.remove();
      if (after) after.scrollIntoView();
      more();
    },
  };

  // ---- the streams
  function tell() {
    const made = [["for_you"], ["following"], ["latest"]].map(([kind]) => chip(word("stream_" + kind), { kind }));
    for (const feed of feeds) made.push(chip(feed.name, { kind: "described", feed }));
    if (["tag", "by", "saved", "liked", "post"].includes(stream.kind)) made.push(chip(stream.name, stream));
    made.push(iconButton(word("describe_feed"), "stream-new", async () => { if (await member()) describe(null); }, "plus"));
    const find = iconButton(word("search"), "stream-search", () => { pauseAll(); searchView(view, { openPost: (posts, at) => openList(posts, at), openTag: api.openTag, closed: resume }); }, "search");
    const stood = streams.contains(document.activeElement);
    streams.replaceChildren(...made, node("span", "gap"), find);
    const chosen = streams.querySelector("[aria-pressed=true]");
    if (chosen) streams.scrollLeft = chosen.offsetLeft - (streams.clientWidth - chosen.offsetWidth) / 2; // not behind the edge
    if (stood) chosen?.focus({ preventScroll: true });
  }
  function chip(text, wanted) {
    const same = stream.kind === wanted.kind && stream.feed?.id === wanted.feed?.id && stream.name === wanted.name;
    const made = button(text, "stream", () => (same && wanted.feed ? describe(wanted.feed) : choose(wanted)));
    made.setAttribute("aria-pressed", String(same));
    if (same && wanted.feed) made.title = word("describe_edit");
    return made;
  }
  let feeds = [];
  async function learn() {
    const [mine, today] = await Promise.all([call("feed/mine"), call("feed/watched_today")]);
    feeds = mine.feeds || [];
    wishes = today.error ? {} : today;
    tell();
  }
  function describe(feed) {
    describeDialog(feed, async (kept) => {
      await learn();
      choose(kept ? { kind: "described", feed: kept } : { kind: "for_you" });
    });
  }

  function choose(wanted) {
    stream = wanted;
    turn++;
    report();
    cards = [];
    ended = loading = false;
    current = null;
    reel.replaceChildren();
    tell();
    if (wanted.posts) return fill(wanted.posts, wanted.at);
    return more();
  }
  function openList(posts, at) {
    choose({ kind: "post", name: word("stream_found"), posts, at });
  }

  // ---- pages
  async function more() {
    if (loading || ended || stream.posts) { if (!cards.length) empty(); return; }
    loading = true;
    const mine = turn, last = cards.at(-1)?.post;
    if (!cards.length) reel.replaceChildren(waiting());
    const scored = ["for_you", "described"].includes(stream.kind);
    const early = stream.kind === "for_you" ? first : null;
    const answer = await (early ?? call("feed/page", {
      stream: stream.kind, weights: stream.feed?.weights, tag: stream.tag, handle: stream.handle,
      ...(scored ? { shown: cards.map((one) => one.post.id) } : last ? { before: last.published_at, before_id: last.id } : {}),
    }));
    if (mine !== turn) return;
    loading = false;
    if (answer.error) return problem(answer.error);
    if (!cards.length) reel.replaceChildren();
    ended = answer.posts.length === 0;
    fill(answer.posts);
  }
  function fill(posts, at = 0) {
    for (const post of posts) {
      const one = card(post, api);
      cards.push(one);
      reel.append(one);
      seen.observe(one);
    }
    if (!cards.length) return empty();
    if (at) cards[at].scrollIntoView({ behavior: "instant" });
    if (ended && cards.length && !reel.querySelector(".reel-end")) reel.append(node("p", "reel-end", word("feed_end")));
  }
  const waiting = () => {
    const made = node("div", "post post-waiting", node("div", "post-frame"));
    made.setAttribute("aria-label", word("loading"));
    return made;
  };
  function note(title, text, ...acts) {
    reel.replaceChildren(node("article", "reel-note", node("h2", "", title), node("p", "", text), node("div", "reel-acts", ...acts)));
  }
  function problem(error) {
    if (error.kind === "not_signed_in") return note(word("stream_following"), word("following_guest"), button(word("join"), "save", () => member()));
    note(word("feed_problem"), error.text, button(word("try_again_now"), "quiet", () => choose(stream), "again"));
  }
  async function empty() {
    const making = button(word("create_first"), "save", () => openTab("create"), "spark");
    if (stream.kind !== "for_you" && stream.kind !== "latest") return note(word("feed_nothing"), word("feed_nothing_" + stream.kind), making);
    const mine = turn, latest = await call("feed/page", { stream: "latest" });
    if (mine !== turn) return;
    if (latest.posts?.length) return note(word("feed_seen"), word("feed_seen_text"), button(word("stream_latest"), "quiet", () => choose({ kind: "latest" })), making);
    note(word("feed_empty"), word("feed_empty_text"), making);
    while (mine === turn && !cards.length) { // the first clips are being made: they appear by themselves
      await pause(3000);
      if (!shown() || mine !== turn) continue;
      const answer = await call("feed/page", { stream: stream.kind });
      if (mine === turn && answer.posts?.length) { reel.replaceChildren(); ended = false; fill(answer.posts); }
    }
  }

  // ---- what is in view plays, its neighbours are loaded
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.intersectionRatio >= 0.6) go(entry.target);
  }, { root: reel, threshold: [0.6] });
  function go(one) {
    if (one === aim) aim = null;
    if (one === current || !one.isConnected) return;
    if (current) current.stop();
    current = one;
    const at = cards.indexOf(one);
    cards.forEach((each, n) => (n < at - 1 || n > at + 2 ? each.unload() : n === at + 1 ? each.load() : null));
    if (shown() && !over()) one.play();
    if (at >= cards.length - AHEAD) more();
  }
  let aim = null; // the card that keys lead to, while the reel still rolls there: the next key counts from it
  function step(by) {
    const to = cards[cards.indexOf(aim?.isConnected ? aim : current) + by];
    if (!to) return;
    aim = to;
    to.scrollIntoView({ behavior: calm() ? "instant" : "smooth" });
  }
  for (const kind of ["wheel", "touchstart", "pointerdown"]) reel.addEventListener(kind, () => (aim = null), { passive: true });
  const pauseAll = () => current?.stop();
  const resume = () => { if (current && shown()) current.play(); };
  onShown("feed", resume);
  document.addEventListener("hibari:shown", (event) => { if (event.detail !== "feed") { pauseAll(); report(); } });
  document.addEventListener("visibilitychange", () => (document.hidden ? (pauseAll(), report()) : resume()));

  document.addEventListener("keydown", (event) => {
    if (!shown() || event.target.closest("input, textarea, select, dialog, [contenteditable]") || document.querySelector("dialog[open], .search-view") || event.metaKey || event.ctrlKey || event.altKey) return;
    const acts = { ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1), l: () => current?.like(), s: () => current?.save(), m: () => setSound(!sound.on), c: () => current?.comments() };
    const act = event.key === " " && !event.target.closest("button, summary, a") ? () => current?.toggle() : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // ---- what others do meanwhile, and what was watched
  async function live() {
    while (true) {
      await pause(LIVE);
      if (!shown() || !cards.length) continue;
      const at = Math.max(0, cards.indexOf(current)), near = cards.slice(Math.max(0, at - 1), at + 3);
      const now = await call("feed/changes", { posts: near.map((one) => one.post.id), cursor });
      if (now.error) continue;
      cursor = now.cursor ?? cursor;
      document.dispatchEvent(new CustomEvent("hibari:news", { detail: now }));
      for (const counts of now.posts || []) cards.find((one) => one.post.id === counts.id)?.counts(counts);
      for (const one of near) if (!(now.posts || []).some((counts) => counts.id === one.post.id) && (await fell(one.post))) gone(one);
    }
  }
  // Whether a post is no longer to be seen; one that was opened by its link is known by that alone.
  const fell = async (post) => !post.link || (await call("post/get", { link: post.link })).error?.kind === "not_found";
  function gone(one) {
    if (!cards.includes(one)) return;
    api.gone(one);
    if (!cards.length && stream.posts) note(word("post_gone"), "", button(word("stream_for_you"), "quiet", () => choose({ kind: "for_you" })));
  }
  async function report() {
    const events = cards.map((one) => ({ id: one.post.id, seconds: one.takeWatched(), completed: false })).filter((event) => event.seconds >= 0.5);
    if (!events.length) return;
    for (const event of events) {
      const post = cards.find((one) => one.post.id === event.id).post;
      event.completed = event.seconds >= post.clip.seconds * 0.9;
    }
    wishes.seconds_today = (wishes.seconds_today || 0) + events.reduce((sum, event) => sum + event.seconds, 0);
    call("post/watched", { events: events.slice(0, 20) });
    if (over()) rest();
  }
  setInterval(report, REPORT);

  // ---- a gentle break when the day's minutes are used up
  const over = () => wishes.daily_minutes && wishes.seconds_today >= wishes.daily_minutes * 60 + allowance;
  function rest() {
    if (view.querySelector(".break")) return;
    pauseAll();
    const made = node("div", "break", node("h2", "", word("break_title")), node("p", "", word("break_text", { n: wishes.daily_minutes })),
      node("div", "reel-acts", button(word("break_more"), "quiet", () => { allowance = wishes.seconds_today - wishes.daily_minutes * 60 + FIVE_MORE; made.remove(); resume(); }),
        button(word("break_create"), "save", () => { made.remove(); openTab("create"); })));
    view.append(made);
  }

  // ---- shared links and other tabs lead here
  async function openPost(sent) {
    const answer = await call("post/get", sent);
    if (answer.error) return note(word("post_gone"), answer.error.text, button(word("stream_for_you"), "quiet", () => choose({ kind: "for_you" })));
    if (sent.link) answer.post.link = sent.link;
    choose({ kind: "post", name: word("stream_post"), posts: [answer.post] });
  }
  let opened = false;
  onOpen("feed", (wanted) => {
    opened = true;
    if (wanted.post) openPost({ id: wanted.post });
    else if (wanted.stream) choose(wanted.stream);
    else if (wanted.posts) openList(wanted.posts, wanted.at);
  });
  document.addEventListener("hibari:me", async () => { await learn(); choose({ kind: "for_you" }); });
  const asked = new URL(location.href).searchParams;
  tell();
  learn();
  if (asked.get("post")) openPost({ link: asked.get("post") });
  else if (asked.get("p")) openPost({ id: Number(asked.get("p")) || 0 });
  else if (!opened) choose(stream);
  first = null; // later it would be old
  live();
}
