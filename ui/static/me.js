// Me: a profile with what it made, saved and liked; the own one leads to the settings.
import { ask, button, confirmed, dialog, field, icon, input, member, node, number, onOpen, onShown, openTab, toast, whoami, word } from "./page.js";
import { avatar } from "./card.js";
import { posterGrid } from "./search.js";
import { publishDialog, reportDialog } from "./share.js";
import { settingsView } from "./settings.js";

const PAGE = 24;

export function start(element) {
  const view = node("section", "me");
  let handle = "";
  element.append(view);

  async function show(wanted = handle) {
    handle = wanted;
    const { me } = await whoami();
    if (!handle && !me) return guest();
    const answer = await ask("me/profile", { handle });
    if (!answer) return;
    view.replaceChildren(head(answer.profile, answer.own, me));
    const kinds = answer.own ? ["posts", "drafts", "saved", "liked"] : ["posts"];
    const shelf = node("div", "shelf-view"), bar = node("div", "kinds");
    bar.setAttribute("role", "toolbar");
    const open = (kind) => {
      for (const each of bar.children) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
      fill(shelf, kind, answer.profile.handle);
    };
    for (const kind of kinds) {
      const made = button(word("me_" + kind), "stream", () => open(kind));
      made.dataset.kind = kind;
      bar.append(made);
    }
    view.append(kinds.length > 1 ? bar : "", shelf);
    open(kinds[0]);
  }

  function guest() {
    view.replaceChildren(node("div", "reel-note", node("h2", "", word("me_guest")), node("p", "", word("me_guest_text")), button(word("join"), "save", () => member())));
  }

  function head(profile, own, me) {
    const count = (value, key, which) => button(null, "count", () => people(which, profile.handle));
    const followers = count(0, "followers", "followers"), following = count(0, "following", "following");
    followers.append(node("strong", "", number(profile.follower_count)), " " + word(profile.follower_count === 1 ? "follower_one" : "follower_many"));
    following.append(node("strong", "", number(profile.following_count)), " " + word("following_many"));
    const about = node("div", "me-about", node("h2", "", profile.display_name), node("p", "me-handle", "@" + profile.handle + (profile.role === "member" ? "" : " · " + word("role_" + profile.role))),
      profile.bio ? node("p", "me-bio", profile.bio) : null, node("p", "me-counts", followers, following));
    const acts = node("div", "me-acts");
    if (own) acts.append(button(word("edit_profile"), "quiet", () => edit(profile)), button(word("settings"), "quiet", settings));
    else acts.append(...others(profile, me));
    return node("header", "me-head", avatar(profile), about, acts);
  }

  function others(profile, me) {
    const relate = async (act, told) => {
      if (!(await member()) || !(await ask("people/relate", { act, handle: profile.handle }))) return;
      toast(word(told, { who: "@" + profile.handle }));
      show();
    };
    const acts = [
      profile.followed ? button(word("unfollow"), "quiet", () => relate("unfollow", "unfollowed")) : button(word("follow"), "save", () => relate("follow", "following_now")),
      button(word("write"), "quiet", async () => { if (await member()) openTab("inbox", { handle: profile.handle }); }, "comment"),
    ];
    if (me) acts.push(
      button(word(profile.muted ? "unmute" : "mute"), "quiet", () => relate(profile.muted ? "unmute" : "mute", profile.muted ? "unmuted" : "muted")),
      button(word("block"), "quiet", async () => { if (await confirmed(word("block_sure", { who: "@" + profile.handle }), word("block"))) relate("block", "blocked"); }),
      button(word("report"), "quiet", () => reportDialog("profile", profile.handle), "flag"));
    return acts;
  }

  async function people(which, of) {
    const answer = await ask("me/people", { which, handle: of });
    if (!answer) return;
    const list = node("ul", "members", ...answer.people.map((one) => {
      const made = button(null, "member", () => { open.close(); show(one.handle); });
      made.append(avatar(one), node("span", "", node("strong", "", one.display_name), " @" + one.handle));
      return node("li", "", made);
    }));
    const open = dialog(word(which === "followers" ? "followers_title" : "following_title"), answer.people.length ? list : node("p", "empty-note", word("nobody_yet")));
  }

  function edit(profile) {
    const name = input("text", { value: profile.display_name, maxLength: 50 }), bio = input("textarea", { value: profile.bio, maxLength: 300, rows: 3 });
    const form = node("form", "join-form", field(word("display_name"), name), field(word("bio"), bio), Object.assign(node("button", "save", word("keep_changes")), { type: "submit" }));
    const open = dialog(word("edit_profile"), form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!(await ask("me/update", { display_name: name.value, bio: bio.value }))) return;
      open.close();
      show();
    });
  }

  async function fill(shelf, kind, of) {
    shelf.replaceChildren(node("p", "empty-note", word("loading")));
    const answer = kind === "drafts" ? await ask("me/drafts") : await ask("me/posts", { kind, handle: of });
    if (!answer) return;
    const whose = (await whoami()).me?.handle === of || kind === "drafts", way = ["saved", "liked"].includes(kind) ? ["feed", "home"] : ["create", "spark"];
    const nothing = node("div", "empty-note", node("p", "", word("me_none_" + kind)), whose ? button(word(way[0] === "feed" ? "feed" : "create_first"), "quiet", () => openTab(way[0]), way[1]) : null);
    if (kind === "drafts") return shelf.replaceChildren(answer.clips.length ? node("ul", "posters", ...answer.clips.map(draft)) : nothing);
    const posts = answer.posts, grid = (page) => posterGrid(page, (_, at) => openTab("feed", { posts, at: posts.indexOf(page[at]) }));
    shelf.replaceChildren(posts.length ? grid(posts) : nothing);
    if (posts.length < PAGE) return;
    const more = button(word("show_more"), "quiet", async () => {
      const last = posts.at(-1), next = await ask("me/posts", { kind, handle: of, before: last.published_at, before_id: last.id });
      if (!next) return;
      more.before(grid(next.posts));
      posts.push(...next.posts);
      if (next.posts.length < PAGE) more.remove();
    });
    shelf.append(more);
  }

  function draft(clip) {
    const picture = Object.assign(node("img"), { src: clip.poster, alt: word("clip"), loading: "lazy" });
    const made = button(null, "poster", () => {
      const video = Object.assign(node("video", "draft-video"), { src: clip.video, poster: clip.poster, controls: true, loop: true, playsInline: true });
      video.style.aspectRatio = `${clip.width} / ${clip.height}`;
      const open = dialog(word("draft"), video, node("div", "dialog-foot",
        button(word("delete"), "quiet", async () => {
          if ((await confirmed(word("draft_delete_sure"), word("delete"))) && (await ask("me/delete_clip", { clip: clip.id }))) { open.close(); show(); }
        }, "trash"),
        button(word("remix"), "quiet", () => { open.close(); openTab("remix", { clip: clip.id }); }, "remix"),
        button(word("publish"), "save", () => { open.close(); publishDialog(clip.id, "", () => show()); }, "share")));
      video.play().catch(() => {});
    });
    made.append(picture, node("span", "poster-foot", word("draft")));
    return node("li", "", made);
  }

  function settings() {
    view.replaceChildren(node("div", "me-back", button(word("back"), "quiet", () => show(""), "next")));
    settingsView(view, { back: () => show("") });
  }

  let asked = false;
  onOpen("me", (wanted) => { asked = true; if (wanted.settings) settings(); else show(wanted.handle || ""); });
  onShown("me", () => { if (!view.children.length) show(""); });
  document.addEventListener("hibari:way", (event) => { if (event.detail === "me" && handle) show(""); });
  document.addEventListener("hibari:me", () => show(""));
  if (!asked) show("");
}
