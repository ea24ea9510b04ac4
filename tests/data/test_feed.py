"""What a card of the feed shows, what its switches hold, feeds described in words, and what an open app hears of."""

import pytest

from data.client import VISITOR
from data.errors import Invalid, LimitReached, NotAllowed, NotFound, NotSignedIn
from tests.data.world import Person, World, storyboard


def post_of(world: World, author: Person, **fields: str) -> int:
    """A public post whose storyboard shows this."""
    return world.publish(author, world.make(author, storyboard=storyboard(**fields)))


def ids(posts: list[dict]) -> list[int]:
    return [post["id"] for post in posts]


def test_one_call_brings_all_that_a_card_shows(world: World) -> None:
    author, remixer, fan = world.people("author", "remixer", "fan")
    clip = world.make(author)
    original = world.publish(author, clip)
    remix = world.publish(remixer, world.make(remixer, parent=clip), caption="At night")
    fan.call("follow", handle="remixer")
    for function in ("like_post", "save_post"):
        fan.call(function, post=remix)
    fan.call("add_comment", post=remix, body="Wow.")
    card = next(post for post in fan.call("latest_feed") if post["id"] == remix)
    assert (card["caption"], card["tags"][:3]) == ("At night", ["dog", "run", "meadow"])
    assert card["author"] | {"id": None} == {
        "id": None,
        "handle": "remixer",
        "display_name": "remixer",
        "followed": True,
    }
    assert card["remix_of"] == {"post": original, "handle": "author", "display_name": "author"}
    assert (card["likes"], card["comments"], card["saves"], card["remixes"]) == (1, 1, 1, 0)
    assert card["liked"] and card["saved"] and not card["mine"] and card["link_key"] is None
    assert card["clip"]["video_path"] and (card["clip"]["seconds"], card["clip"]["width"], card["clip"]["height"]) == (
        5,
        540,
        960,
    )
    fan.call("unsave_post", post=remix)
    assert remixer.call("post", id=remix)["saves"] == 0 and remixer.call("post", id=remix)["link_key"]
    author.call("update_post", post=original, visibility="private")
    assert fan.call("post", id=remix)["remix_of"] is None, "a parent that one may not see is not named"
    assert ids(fan.call("liked_posts")) == [remix]


def test_tags_name_what_is_seen_and_not_what_everything_has(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    dancer = {"kind": "person", "cameo": "star", "colours": ["red"], "attributes": ["old"], "action": "dance"}
    plain = {"weather": "clear", "season": "summer", "style": "cinematic", "camera": {"framing": "full", "move": "pan"}}
    shot = {"seconds": 5, "place": "beach", "time": "night", "music": "calm", "subjects": [dancer]} | plain
    board = {"shots": [shot]}
    post = world.publish(author, world.make(author, storyboard=board))
    assert author.call("post", id=post)["tags"] == ["person", "dance", "beach", "night", "old", "calm"]


def test_no_remixes_means_none_by_others(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    clip, with_star = world.make(author), world.make(author, "star")
    post = world.publish(author, clip, allow_remix=False)
    world.publish(author, with_star, allow_remix=False)
    assert other.call("post", id=post)["allow_remix"] is False
    for arguments in ({"parent": clip}, {"references": [{"clip": clip}]}):
        with pytest.raises(NotAllowed, match="remixes"):
            world.ask(other, **arguments)
        world.make(author, **arguments)
    world.make(star, parent=with_star)  # it is theirs, too
    author.call("update_post", post=post, allow_remix=True)
    world.make(other, parent=clip)


def test_closed_comments_are_closed_for_others(world: World) -> None:
    author, fan = world.people("author", "fan")
    post = world.post(author, allow_comments=False)
    with pytest.raises(NotAllowed, match="closed"):
        fan.call("add_comment", post=post, body="Hm.")
    author.call("add_comment", post=post, body="Thank you all.")
    author.call("update_post", post=post, allow_comments=True)
    fan.call("add_comment", post=post, body="Hm.")
    assert len(fan.call("comments", post=post)) == 2


def test_a_clip_is_kept_by_whom_its_author_lets(world: World) -> None:
    author, fan = world.people("author", "fan")
    post = world.post(author, allow_download=False)
    path = author.call("post", id=post)["clip"]["video_path"]
    assert fan.call("media_access", path=path)["download"] is False, "it can be watched, and not kept"
    assert world.database.call("media_access", user=VISITOR, path=path)["download"] is False
    assert author.call("media_access", path=path)["download"] is True
    author.call("update_post", post=post, allow_download=True)
    assert fan.call("media_access", path=path)["download"] is True


def test_comments_have_threads(world: World) -> None:
    author, anna, bert = world.people("author", "anna", "bert")
    post = world.post(author)
    first, second = (anna.call("add_comment", post=post, body=body) for body in ("One.", "Two."))
    answer = bert.call("add_comment", post=post, body="To one.", answers=first)
    deeper = anna.call("add_comment", post=post, body="To the answer.", answers=answer)
    begun = anna.call("comments", post=post)
    assert [(row["id"], row["answer_count"]) for row in begun] == [(second, 0), (first, 2)]
    thread = bert.call("answers", comment=first)
    assert [(row["id"], row["answers"], row["thread"]) for row in thread] == [
        (answer, first, first),
        (deeper, answer, first),
    ]
    assert [row["removable"] for row in thread] == [True, False]
    assert [row["removable"] for row in author.call("answers", comment=first)] == [True, True]
    assert ids(anna.call("answers", comment=first, limit=1)) == [answer]
    assert ids(anna.call("answers", comment=first, after=answer)) == [deeper]
    assert ids(anna.call("comments", post=post, before=second)) == [first]
    bert.call("block", handle="anna")
    assert ids(bert.call("answers", comment=first)) == [answer] and bert.call("comments", post=post) == []


def test_a_removed_comment_takes_its_answers_along(world: World) -> None:
    author, anna, bert = world.people("author", "anna", "bert")
    post = world.post(author)
    first, second = (anna.call("add_comment", post=post, body=body) for body in ("One.", "Two."))
    bert.call("add_comment", post=post, body="To one.", answers=first)
    with pytest.raises(NotFound):
        bert.call("remove_comment", comment=first)
    world.moderator.call("remove_comment", comment=first)
    assert world.moderator.call("audit_log")["entries"][0]["action"] == "comment.removed"
    assert ids(anna.call("comments", post=post)) == [second] and anna.call("answers", comment=first) == []
    assert author.call("post", id=post)["comments"] == 1
    with pytest.raises(NotFound):
        bert.call("add_comment", post=post, body="Too late.", answers=first)


def test_a_feed_described_in_words(world: World) -> None:
    author, other, reader = world.people("author", "other", "reader")
    world.serve("change_settings", changes={"daily_credits": 1000})
    forest = post_of(world, author, kind="bird", place="forest", action="fly")
    sport = post_of(world, other, kind="person", place="forest", action="kick_ball")
    lake = post_of(world, other, kind="duck", place="lake", action="swim")
    post_of(world, author, kind="car", place="street")
    wishes = {"forest": 1, "lake": 0.4, "bird": 0.3, "kick_ball": -1}
    page = reader.call("described_feed", weights=wishes)
    assert ids(page) == [forest, lake] and sport not in ids(page)
    assert [(post["why"]["code"], post["why"]["argument"]) for post in page] == [("words", "forest"), ("words", "lake")]
    assert ids(reader.call("described_feed", weights=wishes, shown=[forest])) == [lake]
    assert ids(world.database.call("described_feed", user=VISITOR, weights=wishes)) == [forest, lake]
    softer = reader.call("described_feed", weights=wishes | {"kick_ball": -0.3})
    assert set(ids(softer)) == {forest, lake, sport}
    without = reader.call("described_feed", weights={"car": -1, "kick_ball": -1})
    assert set(ids(without)) == {forest, lake}
    reader.call("record_watch", post=forest, seconds=2)
    assert ids(reader.call("described_feed", weights=wishes)) == [lake]
    for wrong in ({}, {"forest": 2}, {"Not a concept": 1}, {"forest": "much"}, [1], {f"c{n}": 1 for n in range(61)}):
        with pytest.raises(Invalid):
            reader.call("described_feed", weights=wrong)


def test_described_feeds_are_kept_for_their_member(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    kept = alice.call(
        "save_described_feed", name="Calm", words="calm nature, no sport", weights={"forest": 1, "kick_ball": -1}
    )
    assert alice.call("my_described_feeds") == [kept] and bob.call("my_described_feeds") == []
    changed = alice.call("save_described_feed", name="Calm", words="calm", weights={"forest": 0.5}, id=kept["id"])
    assert changed["weights"] == {"forest": 0.5} and alice.call("my_described_feeds") == [changed]
    for function, arguments in (
        ("save_described_feed", {"name": "Mine", "words": "x", "weights": {"forest": 1}}),
        ("delete_described_feed", {}),
    ):
        with pytest.raises(NotFound):
            bob.call(function, id=kept["id"], **arguments)
    with pytest.raises(Invalid):
        alice.call("save_described_feed", name="", words="x", weights={"forest": 1})
    with pytest.raises(Invalid, match="301 characters"):
        alice.call("save_described_feed", name="Long", words="x" * 301, weights={"forest": 1})
    for number in range(11):
        alice.call("save_described_feed", name=str(number), words="x", weights={"forest": 1})
    with pytest.raises(LimitReached):
        alice.call("save_described_feed", name="One more", words="x", weights={"forest": 1})
    alice.call("delete_described_feed", id=kept["id"])
    assert len(alice.call("my_described_feeds")) == 11
    with pytest.raises(NotAllowed):
        world.database.call("save_described_feed", user=VISITOR, name="x", words="x", weights={"forest": 1})
    with pytest.raises(NotSignedIn):
        world.database.call("save_described_feed", user=world.account(), name="x", words="x", weights={"forest": 1})


def test_two_people_hear_of_each_other(world: World) -> None:
    author, fan = world.people("author", "fan")
    fan.call("follow", handle="author")
    author.call("follow", handle="fan")
    post, other = world.post(author), world.post(author)
    quiet = author.call("changes_since", posts=[post])
    assert quiet["new"] == [] and quiet["unread_messages"] == 0
    fan.call("like_post", post=post)
    fan.call("save_post", post=post)
    comment = fan.call("add_comment", post=post, body="Wow.")
    sent = fan.call("send_message", handle="author", body="Hello.")
    heard = author.call("changes_since", cursor=quiet["cursor"], posts=[post, other])
    assert [note["kind"] for note in heard["new"]] == ["like", "comment", "message"]
    assert heard["new"][0]["actor"]["handle"] == "fan" and heard["new"][1]["about"]["comment"] == comment
    assert heard["unread_notifications"] == quiet["unread_notifications"] + 3
    assert (heard["unread_messages"], heard["latest_message"]) == (1, sent)
    counts = {"likes": 1, "comments": 1, "saves": 1, "remixes": 0, "liked": False, "saved": False}
    assert heard["posts"][0] == {"id": post} | counts and heard["posts"][1]["likes"] == 0
    assert author.call("changes_since", cursor=heard["cursor"])["new"] == []
    assert fan.call("changes_since", posts=[post])["posts"][0]["liked"] is True
    assert fan.call("changes_since")["latest_message"] == sent, "one's other devices hear of what one sends"
    author.call("read_conversation", handle="fan")
    author.call("remove_post", post=other)
    later = author.call("changes_since", cursor=heard["cursor"], posts=[post, other])
    assert later["unread_messages"] == 0 and ids(later["posts"]) == [post], "what is gone is missing"


def test_visitors_hear_of_counts_alone(world: World) -> None:
    author, fan = world.people("author", "fan")
    post, hidden = world.post(author), world.post(author, visibility="private")
    fan.call("like_post", post=post)
    heard = world.database.call("changes_since", user=VISITOR, posts=[post, hidden])
    assert [(row["id"], row["likes"]) for row in heard["posts"]] == [(post, 1)]
    assert heard["new"] == [] and heard["unread_notifications"] == 0
    with pytest.raises(LimitReached, match="20"):
        world.database.call("changes_since", user=VISITOR, posts=list(range(21)))
