// One post as a card that fills the screen: the clip, what may be done with it, and why it is here.
import { ago, ask, button, call, confirmed, hasWord, icon, iconButton, language, member, node, number, openTab, toast, whoami, word } from "./page.js";
import { showComments } from "./comments.js";
import { labelOf } from "./labels.js";
import { editPost, reportDialog, shareDialog } from "./share.js";

export const sound = { on: false }; // one choice for all clips of the page

// A coloured disc with the first letter of a name.
export function avatar(person) {
  const made = node("span", "avatar", (person.display_name || person.handle).slice(0, 1).toUpperCase());
  let sum = 0;
  for (const letter of person.handle) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  made.style.setProperty("--hue", sum);
  made.setAttribute("aria-hidden", "true");
  return made;
}

export const personLink = (handle) => button("@" + handle, "person-link", () => openTab("me", { handle }));

const compact = (value) => new Intl.NumberFormat(language, { notation: "compact" }).format(value);

// Why a post is here, in one sentence.
export function whyText(post) {
  const key = "why_" + post.why.code;
  return word(hasWord(key) ? key : "why_new", { what: post.why.argument, who: "@" + post.why.argument });
}

function action(name, picture, label, act, count = null) {
  const made = button(null, "act act-" + name, act, picture);
  const told = node("span", "act-count", count === null ? label : compact(count));
  made.append(told);
  made.setAttribute("aria-label", count === null ? label : `${label} (${number(count)})`);
  made.tell = (value, pressed) => {
    if (value !== null) told.textContent = compact(value);
    made.setAttribute("aria-label", value === null ? label : `${label} (${number(value)})`);
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  };
  return made;
}

function videoOf(post) {
  const video = node("video", "clip-video");
  Object.assign(video, { poster: post.clip.poster + (post.link ? `?link=${encodeURIComponent(post.link)}` : ""), loop: true, playsInline: true, muted: true, preload: "none" });
  video.setAttribute("aria-label", post.caption || post.tags.map((tag) => tag.name).join(", ") || word("clip"));
  video.dataset.source = post.clip.video + (post.link ? `?link=${encodeURIComponent(post.link)}` : "");
  return video;
}

// The card of a post. `reel` is told: reel.next(), reel.gone(card), reel.openTag(tag).
export function card(post, reel) {
  const made = node("article", "post"), video = videoOf(post), frame = node("div", "post-frame", video);
  made.post = post;
  made.setAttribute("aria-label", word("post_by", { who: post.author.display_name }));
  made.tabIndex = -1;
  frame.style.setProperty("--ratio", post.clip.width / post.clip.height);
  const line = node("div", "post-line", node("span"));
  const paused = node("div", "post-paused", icon("play"));
  paused.hidden = true;
  const label = labelOf(post, frame);
  frame.append(paused, line, ...(label ? [label] : []));

  // ---- acts
  const like = action("like", "heart", word("like"), () => made.like(), post.likes);
  const comments = action("comment", "comment", word("comments"), () => showComments(post, comments), post.comments);
  const mayRemix = post.allow_remix || post.mine;
  const remix = action("remix", "remix", word("remix"), async () => {
    if (!mayRemix) return toast(word("remix_not_allowed"));
    if (await member()) openTab("remix", { clip: post.clip.id });
  }, post.remixes);
  const save = action("save", "bookmark", word("save"), () => made.save(), post.saves);
  const share = action("share", "share", word("share"), () => shareDialog(post));
  const more = action("more", "more", word("more"), () => menu());
  like.tell(post.likes, post.liked);
  save.tell(post.saves, post.saved);
  if (!mayRemix) {
    remix.setAttribute("aria-disabled", "true"); // it can be reached, and says why
    remix.title = word("remix_not_allowed");
  }
  const mute = iconButton(word("sound_on"), "mute", () => setSound(!sound.on), "mute");
  frame.append(mute);

  let busy = false;
  made.like = async (only = false) => {
    if (busy || (only && post.liked) || !(await member())) return;
    busy = true;
    post.liked = !post.liked;
    post.likes += post.liked ? 1 : -1;
    like.tell(post.likes, post.liked);
    const answer = await ask("post/like", { id: post.id, undo: !post.liked });
    busy = false;
    if (answer) post.likes = answer.likes;
    else { post.liked = !post.liked; post.likes += post.liked ? 1 : -1; }
    like.tell(post.likes, post.liked);
  };
  made.save = async () => {
    if (busy || !(await member())) return;
    busy = true;
    const answer = await ask("post/save", { id: post.id, undo: post.saved });
    busy = false;
    if (!answer) return;
    post.saved = !post.saved;
    post.saves += post.saved ? 1 : -1;
    save.tell(post.saves, post.saved);
    toast(word(post.saved ? "saved" : "unsaved"));
  };
  made.comments = () => showComments(post, comments);
  made.counts = (now) => {
    Object.assign(post, now);
    like.tell(post.likes, post.liked);
    save.tell(post.saves, post.saved);
    comments.tell(post.comments);
    remix.tell(post.remixes);
  };

  // ---- who, what, why
  const follow = post.mine || post.author.followed ? null : button(word("follow"), "follow", async () => {
    if ((await member()) && (await ask("people/relate", { act: "follow", handle: post.author.handle }))) {
      toast(word("following_now", { who: "@" + post.author.handle }));
      follow.remove();
    }
  });
  const head = node("div", "post-head", avatar(post.author), node("div", "post-who",
    button(post.author.display_name, "post-name", () => openTab("me", { handle: post.author.handle })),
    node("span", "post-when", `@${post.author.handle} · ${ago(post.published_at)}`)), follow);
  const tags = node("ul", "tags", ...post.tags.slice(0, 6).map((tag) => node("li", "", button("#" + tag.name, "tag", () => reel.openTag(tag)))));
  tags.setAttribute("aria-label", word("tags"));
  const people = post.people.length ? node("p", "post-people", icon("face"), word("starring") + " ", ...post.people.flatMap((handle, n) => [n ? ", " : "", personLink(handle)])) : null;
  const parent = post.remix_of ? button(word("remix_of", { who: "@" + post.remix_of.handle }), "post-parent", () => openTab("feed", { post: post.remix_of.post }), "remix") : null;
  const pin = button(word(post.clip.signed ? "credential_pin" : "credential_none"), "post-pin", () => openTab("verify", { clip: post.clip.id, post: post.id }), "pin");
  const why = node("details", "post-why", node("summary", "", word("why")), node("p", "", whyText(post)));
  const terms = Object.entries(post.why.terms || {}).filter(([, value]) => value);
  if (terms.length) why.append(node("ul", "terms", ...terms.sort((a, b) => b[1] - a[1]).map(([name, value]) => {
    const bar = node("li", "", node("span", "", word("term_" + name)), node("span", "term-value", (value > 0 ? "+" : "") + value.toLocaleString(language, { maximumFractionDigits: 2 })));
    return bar;
  })));
  const held = post.held ? node("p", "post-held", icon("shield"), word("post_held")) : null;
  const caption = post.caption ? node("p", "post-caption", post.caption) : null;
  const foot = node("div", "post-foot", head, held, caption, people, parent, tags.children.length ? tags : null, post.prompt ? node("p", "post-prompt", "“" + post.prompt + "”") : null, node("div", "post-meta", pin, why));
  const acts = node("div", "post-acts", like, comments, remix, save, share, more);
  made.append(frame, foot, acts);

  // ---- playing
  let pausedByHand = false, watched = 0, since = 0;
  video.addEventListener("timeupdate", () => { line.firstChild.style.transform = `scaleX(${video.duration ? video.currentTime / video.duration : 0})`; });
  const reckon = () => { if (since) watched += (performance.now() - since) / 1000; since = 0; };
  video.addEventListener("playing", () => { reckon(); since = performance.now(); });
  video.addEventListener("pause", reckon);
  made.load = () => { if (!video.getAttribute("src")) { video.preload = "auto"; video.src = video.dataset.source; } };
  made.unload = () => { if (video.getAttribute("src")) { video.removeAttribute("src"); video.load(); } };
  made.play = (byItself = true) => {
    made.load();
    video.muted = !sound.on;
    tellSound();
    if (byItself && reel.still()) { paused.hidden = false; return; }
    pausedByHand = false;
    paused.hidden = true;
    video.play().catch(() => { paused.hidden = false; });
  };
  made.stop = () => { video.pause(); };
  // Seconds watched since the last call; takes them.
  made.takeWatched = () => {
    if (since) { reckon(); since = video.paused ? 0 : performance.now(); }
    const seconds = Math.round(watched * 10) / 10;
    watched = 0;
    return seconds;
  };
  made.toggle = () => {
    if (video.paused) return made.play(false);
    pausedByHand = true;
    video.pause();
    paused.hidden = false;
  };
  const tellSound = () => {
    mute.replaceChildren(icon(sound.on ? "sound" : "mute"));
    mute.setAttribute("aria-label", word(sound.on ? "sound_off" : "sound_on"));
    mute.title = word(sound.on ? "sound_off" : "sound_on");
  };
  made.tellSound = () => { video.muted = !sound.on; tellSound(); };
  // the first tap brings the sound, later ones pause; two quick ones like
  let tapped = 0;
  frame.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    const now = performance.now();
    if (now - tapped < 300) { tapped = 0; burst(event); made.like(true); if (video.paused) made.play(false); return; }
    tapped = now;
    if (!sound.on && !video.paused && !sound.chosen) return setSound(true);
    made.toggle();
  });
  function burst(event) {
    const heart = node("span", "burst", icon("heart")), box = frame.getBoundingClientRect();
    heart.style.left = event.clientX - box.left + "px";
    heart.style.top = event.clientY - box.top + "px";
    frame.append(heart);
    setTimeout(() => heart.remove(), 700);
  }

  // ---- more
  async function menu() {
    const { me } = await whoami(), open = node("dialog", "sheet"), who = "@" + post.author.handle;
    const item = (text, picture, act) => button(text, "sheet-item", () => { open.close(); act(); }, picture);
    const relate = (act, told) => async () => { if (await ask("people/relate", { act, handle: post.author.handle })) { toast(word(told, { who })); reel.gone(made); } };
    const items = [];
    if (post.allow_download || post.mine) items.push(item(word("download"), "download", () => {
      const save = Object.assign(document.createElement("a"), { href: `${post.clip.video}?download=hibari-${post.id}.mp4${post.link ? "&link=" + encodeURIComponent(post.link) : ""}` });
      save.click();
    }));
    if (post.mine) {
      items.push(item(word("edit_post"), "spark", () => editPost(post, (now) => { Object.assign(post, now); if (caption) caption.textContent = post.caption; })));
      items.push(item(word("remove_post"), "trash", async () => {
        if ((await confirmed(word("remove_post_sure"), word("remove_post"))) && (await ask("post/remove", { id: post.id }))) { toast(word("post_removed")); reel.gone(made); }
      }));
    } else {
      items.push(item(word("not_interested"), "close", async () => {
        if (!(await member()) || !(await ask("post/interest", { id: post.id }))) return;
        reel.gone(made);
        toast(word("less_of_this"), { text: word("undo"), act: () => call("post/interest", { id: post.id, undo: true }) });
      }));
      if (me && me.handle !== post.author.handle) {
        if (post.author.followed) items.push(item(word("unfollow_who", { who }), "face", relate("unfollow", "unfollowed")));
        items.push(item(word("mute_who", { who }), "mute", relate("mute", "muted")), item(word("block_who", { who }), "lock", relate("block", "blocked")));
      }
      items.push(item(word("report"), "flag", async () => { if (await member()) reportDialog("post", post.id); }));
    }
    open.append(...items, button(word("close"), "sheet-item sheet-close", () => open.close()));
    open.setAttribute("aria-label", word("more"));
    open.addEventListener("click", (event) => { if (event.target === open) open.close(); });
    open.addEventListener("close", () => open.remove());
    document.body.append(open);
    open.showModal();
  }
  return made;
}

export function setSound(on) {
  sound.on = on;
  sound.chosen = true;
  for (const one of document.querySelectorAll("article.post")) one.tellSound();
}
