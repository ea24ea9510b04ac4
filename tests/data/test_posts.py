"""Posts: who sees them, in which order, what people do with them, and their files."""

import pytest

from data.client import VISITOR
from data.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.data.world import Person, World, storyboard


def ids(posts: list[dict]) -> list[int]:
    return [post["id"] for post in posts]


def page(world: World, person: Person, function: str, **arguments: object) -> list[int]:
    return ids(person.call(function, **arguments))


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        ("public", {"author", "follower", "stranger", "visitor"}),
        ("followers", {"author", "follower"}),
        ("link", {"author"}),
        ("private", {"author"}),
    ],
)
def test_visibility(world: World, visibility: str, seen_by: set[str]) -> None:
    author, follower, stranger = world.people("author", "follower", "stranger")
    follower.call("follow", handle="author")
    post = world.post(author, visibility=visibility, caption="Look!")
    callers = {person.handle: person.caller for person in (author, follower, stranger)} | {"visitor": VISITOR}
    path = author.call("post", id=post)["clip"]["video_path"]
    found = set()
    for name, caller in callers.items():
        try:
            assert world.database.call("post", user=caller, id=post)["caption"] == "Look!"
            found.add(name)
        except NotFound:
            pass
        listed = ids(world.database.call("posts_by", user=caller, handle="author"))
        assert (post in listed) == (name in found)
        assert (world.database.call("media_access", user=caller, path=path) is not None) == (name in found)
    assert found == seen_by
    newest = ids(world.database.call("latest_feed", user=VISITOR))
    assert (post in newest) == (visibility == "public")


def test_a_link_opens_what_it_was_made_for(world: World) -> None:
    author, stranger = world.people("author", "stranger")
    clip = world.make(author)
    published = author.call("publish_post", clip=clip, visibility="link")
    for caller in (stranger.caller, VISITOR):
        opened = world.database.call("post_by_link", user=caller, link=published["link_key"])
        assert opened["id"] == published["id"] and opened["link_key"] is None
        path = opened["clip"]["video_path"]
        assert world.database.call("media_access", user=caller, path=path) is None
        assert world.database.call("media_access", user=caller, path=path, link=published["link_key"])["path"] == path
    author.call("update_post", post=published["id"], visibility="private")
    with pytest.raises(NotFound):
        stranger.call("post_by_link", link=published["link_key"])
    with pytest.raises(NotFound):
        stranger.call("post_by_link", link="00000000-0000-0000-0000-000000000000")


def test_a_clip_is_published_once_at_a_time_by_its_author(world: World) -> None:
    author, other = world.people("author", "other")
    clip = world.make(author)
    with pytest.raises(NotFound):
        world.publish(other, clip)
    with pytest.raises(Invalid):
        world.publish(author, clip, visibility="everyone")
    with pytest.raises(Invalid, match="501 characters"):
        world.publish(author, clip, caption="x" * 501)
    post = world.publish(author, clip, caption="One")
    with pytest.raises(Conflict):
        world.publish(author, clip)
    for function in ("update_post", "remove_post"):
        with pytest.raises(NotFound):
            other.call(function, post=post)
    author.call("remove_post", post=post)
    with pytest.raises(NotFound):
        author.call("post", id=post)
    assert [draft["id"] for draft in author.call("drafts")] == [clip]
    world.publish(author, clip)
    assert author.call("drafts") == []


def test_pages_follow_each_other_without_gaps_or_repeats(world: World) -> None:
    author, reader, other = world.people("author", "reader", "other")
    world.serve("change_settings", changes={"daily_credits": 1000})
    reader.call("follow", handle="author")
    posts = [world.post(author if number % 3 else other) for number in range(12)]
    theirs = [post for number, post in enumerate(posts) if number % 3]
    for function, expected in (("latest_feed", posts), ("following_feed", theirs)):
        seen: list[int] = []
        before: dict = {}
        while found := reader.call(function, limit=5, **before):
            seen += ids(found)
            before = {"before": found[-1]["published_at"], "before_id": found[-1]["id"]}
        assert seen == expected[::-1]
    assert page(world, reader, "posts_by", handle="other") == [post for post in posts if post not in theirs][::-1]
    assert len(page(world, reader, "latest_feed", limit=0)) == 1
    assert len(page(world, reader, "latest_feed", limit=10_000)) == 12


def test_every_post_says_why_it_is_there(world: World) -> None:
    author, reader = world.people("author", "reader")
    reader.call("follow", handle="author")
    world.post(author)
    own = world.post(reader)
    posts = reader.call("following_feed")
    assert {post["why"]["code"] for post in posts} == {"following"}
    assert {post["id"]: post["mine"] for post in posts}[own] is True
    assert {post["why"]["code"] for post in reader.call("latest_feed")} == {"new"}
    (why,) = {(post["why"]["code"], post["why"]["argument"]) for post in reader.call("posts_by", handle="@Author")}
    assert why == ("author", "author")


def test_tags_come_from_the_storyboard(world: World) -> None:
    (author,) = world.people("author")
    cat = world.publish(author, world.make(author, storyboard=storyboard(kind="cat", place="beach")))
    world.post(author)
    assert {"cat", "beach", "run"} <= set(author.call("post", id=cat)["tags"])
    assert page(world, author, "posts_tagged", tag="#Cat") == [cat]
    assert page(world, author, "posts_tagged", tag="unicorn") == []


def test_likes_are_counted_once_and_told(world: World) -> None:
    author, fan = world.people("author", "fan")
    post = world.post(author)
    assert fan.call("like_post", post=post) == 1
    assert fan.call("like_post", post=post) == 1
    assert fan.call("post", id=post)["liked"] is True and author.call("post", id=post)["liked"] is False
    assert [note["kind"] for note in author.call("notifications")].count("like") == 1
    assert fan.call("unlike_post", post=post) == 0
    with pytest.raises(NotAllowed):
        world.database.call("like_post", user=VISITOR, post=post)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("like_post", {}),
        ("save_post", {}),
        ("add_comment", {"body": "Hm."}),
        ("record_watch", {"seconds": 2}),
        ("send_message", {"handle": "author"}),
    ],
)
def test_nobody_acts_on_a_post_they_cannot_see(world: World, function: str, arguments: dict) -> None:
    author, stranger = world.people("author", "stranger")
    hidden = world.post(author, visibility="private")
    for post in (hidden, 999_999):
        with pytest.raises(NotFound):
            stranger.call(function, post=post, **arguments)


def test_comments(world: World) -> None:
    author, fan, other = world.people("author", "fan", "other")
    post = world.post(author)
    first = fan.call("add_comment", post=post, body=" Lovely, @other! ")
    answer = other.call("add_comment", post=post, body="Yes.", answers=first)
    (begun,) = world.database.call("comments", user=VISITOR, post=post)
    assert (begun["body"], begun["answers"], begun["answer_count"]) == ("Lovely, @other!", None, 1)
    (shown,) = world.database.call("answers", user=VISITOR, comment=first)
    assert (shown["body"], shown["answers"], shown["thread"]) == ("Yes.", first, first)
    assert author.call("post", id=post)["comments"] == 2
    assert {note["kind"] for note in author.call("notifications")} >= {"comment"}
    assert [note["kind"] for note in fan.call("notifications")] == ["answer"]
    assert [note["kind"] for note in other.call("notifications")] == ["mention"]
    with pytest.raises(Invalid, match="empty"):
        fan.call("add_comment", post=post, body="   ")
    with pytest.raises(Invalid, match="1,?001 characters"):
        fan.call("add_comment", post=post, body="x" * 1001)
    with pytest.raises(NotFound):
        fan.call("add_comment", post=world.post(author), body="Elsewhere", answers=first)
    with pytest.raises(NotFound):
        fan.call("remove_comment", comment=answer)
    other.call("remove_comment", comment=answer)
    author.call("remove_comment", comment=first)
    assert world.database.call("comments", user=VISITOR, post=post) == []
    assert author.call("post", id=post)["comments"] == 0


def test_saving_is_for_oneself(world: World) -> None:
    author, fan = world.people("author", "fan")
    first, second = world.post(author), world.post(author)
    fan.call("save_post", post=first)
    fan.call("save_post", post=second)
    assert page(world, fan, "saved_posts") == [second, first]
    assert page(world, author, "saved_posts") == []
    author.call("remove_post", post=second)
    fan.call("unsave_post", post=first)
    assert page(world, fan, "saved_posts") == []


def test_watching_is_counted_and_can_be_forgotten(world: World) -> None:
    author, fan = world.people("author", "fan")
    post = world.post(author)
    fan.call("record_watch", post=post, seconds=4.5, completed=True)
    fan.call("record_watch", post=post, seconds=0.5, skipped=True)
    fan.call("record_watch", post=post, seconds=1e9)
    assert author.call("post", id=post)["views"] == 2
    numbers = author.call("post_numbers", post=post)
    assert (numbers["viewers"], numbers["completed"], numbers["watched_seconds"]) == (1, 1, 3605)
    with pytest.raises(NotFound):
        fan.call("post_numbers", post=post)
    assert fan.call("my_watch_time")["seconds_today"] == 3605
    assert fan.call("forget_watch_history") == 3
    assert fan.call("my_watch_time")["seconds_today"] == 0


def test_remixes_are_counted_listed_and_told(world: World) -> None:
    author, remixer = world.people("author", "remixer")
    clip = world.make(author)
    post = world.publish(author, clip)
    remix = world.make(remixer, parent=clip)
    assert author.call("remixes", clip=clip) == [], "a draft is its author's"
    world.publish(remixer, remix)
    assert [found["id"] for found in author.call("remixes", clip=clip)] == [remix]
    assert author.call("post", id=post)["remixes"] == 1
    assert "remixed" in [note["kind"] for note in author.call("notifications")]
    assert author.call("clip", id=remix)["parent"] == clip


def test_a_recipe_is_for_the_author_and_the_people_in_it(world: World) -> None:
    star, author, stranger = world.people("star", "author", "stranger")
    world.cameo(star, "everyone")
    clip = world.make(author, "star")
    world.publish(author, clip)
    assert author.call("clip", id=clip)["request"]["prompt"]
    assert star.call("clip", id=clip)["request"]["prompt"]
    shown = stranger.call("clip", id=clip)
    assert shown["request"] is None and shown["storyboard"] is None and shown["people"] == ["star"]


def test_files_are_read_by_those_who_see_the_clip(world: World) -> None:
    author, stranger = world.people("author", "stranger")
    clip = world.make(author)
    paths = [path for (path,) in world.owner.execute("select path from public.media")]
    assert len(paths) == 3
    for path in paths:
        assert author.call("media_access", path=path)["public"] is False
        assert stranger.call("media_access", path=path) is None
    world.publish(author, clip)
    assert stranger.call("media_access", path=paths[0])["public"] is True
    author.call("delete_clip", clip=clip)
    assert author.call("media_access", path=paths[0]) is None
    assert stranger.call("media_access", path="clips/" + "0" * 32) is None
