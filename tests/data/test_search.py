"""Finding posts by words and tags, members and trends, in two languages, and what nobody may find."""

import pytest

from data.client import VISITOR, Caller
from data.errors import Invalid
from tests.data.world import Person, World, storyboard


def found(world: World, words: str, caller: Caller = VISITOR, **arguments: object) -> list[int]:
    """Ids of the posts that a search finds."""
    return [post["id"] for post in world.database.call("search_posts", user=caller, words=words, **arguments)]


def captioned(world: World, author: Person, caption: str, **arguments: object) -> int:
    """A post with a caption, of a storyboard without tags that could be found instead."""
    bare = {"shots": [{"seconds": 5}]}
    return world.publish(author, world.make(author, storyboard=bare), caption=caption, **arguments)


def test_words_are_found_in_either_language_with_and_without_accents(world: World) -> None:
    (author,) = world.people("author")
    dogs = captioned(world, author, "Two dogs running at dawn")
    forest = captioned(world, author, "Des chiens courent dans la forêt")
    assert found(world, "dog run") == found(world, "Dogs") == found(world, "at dawn") == [dogs]
    assert found(world, "chien forêt") == found(world, "FORET") == found(world, "les chiens") == [forest]
    assert found(world, '"two dogs"') == [dogs] and found(world, '"dogs two"') == []
    assert found(world, "dogs -dawn") == [] and found(world, "dogs chiens") == []
    assert found(world, "?!") == found(world, "") == found(world, "' & | !") == []
    why = world.database.call("search_posts", user=VISITOR, words=" Dogs ")[0]["why"]
    assert (why["code"], why["argument"]) == ("search", "Dogs")
    with pytest.raises(Invalid, match="201 characters"):
        found(world, "x" * 201)


def test_tags_are_found_as_words_and_as_what_a_word_means(world: World) -> None:
    (author,) = world.people("author")
    cat = world.publish(author, world.make(author, storyboard=storyboard(kind="cat", place="snowy_forest")))
    world.post(author)
    assert found(world, "cats") == found(world, "snowy forest") == [cat]
    assert found(world, "chat") == [] and found(world, "chat", tags=["cat"]) == [cat]
    assert found(world, "chat plage", tags=["cat", "beach"]) == [], "all of them"


def test_a_prompt_is_found_only_where_its_author_shows_it(world: World) -> None:
    (author,) = world.people("author")
    shown = captioned(world, author, "One", show_prompt=True)
    hidden = captioned(world, author, "Two")
    assert found(world, "through a meadow") == [shown], "the prompt says: A dog runs through a meadow."
    assert author.call("post", id=shown)["prompt"] and author.call("post", id=hidden)["prompt"] is None
    author.call("update_post", post=hidden, show_prompt=True)
    author.call("update_post", post=shown, show_prompt=False)
    assert found(world, "through a meadow") == [hidden] and author.call("post", id=shown)["prompt"] is None
    author.call("update_post", post=hidden, caption="New")
    assert found(world, "through a meadow") == [hidden], "what is not given stays"


def test_only_what_everybody_may_see_is_found(world: World) -> None:
    author, follower, muter, blocked = world.people("author", "follower", "muter", "blocked")
    follower.call("follow", handle="author")
    for visibility in ("followers", "link", "private"):
        captioned(world, author, "A secret lighthouse", visibility=visibility)
    post = captioned(world, author, "A lighthouse")
    muter.call("mute", handle="author")
    author.call("block", handle="blocked")
    assert found(world, "lighthouse") == found(world, "lighthouse", follower.caller) == [post]
    assert found(world, "lighthouse", muter.caller) == found(world, "lighthouse", blocked.caller) == []
    author.call("update_post", post=post, caption="A tower")
    assert found(world, "lighthouse") == [] and found(world, "tower") == [post]
    author.call("update_post", post=post, visibility="private")
    assert found(world, "tower") == []
    author.call("update_post", post=post, visibility="public")
    world.owner.execute("update public.posts set held = true where id = %s", (post,))
    assert found(world, "tower") == []
    world.owner.execute("update public.posts set held = false where id = %s", (post,))
    assert found(world, "tower") == [post]
    author.call("remove_post", post=post)
    assert found(world, "tower") == []
    assert world.owner.execute("select count(*) from private.post_words").fetchone() == (0,)


def test_a_likeness_that_was_taken_back_is_found_no_more(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    post = world.post(author, "star", caption="Guess who")
    assert found(world, "guess") == [post]
    star.call("set_cameo_rules", audience="only_me")
    assert found(world, "guess") == []


def test_pages_of_a_search_follow_each_other(world: World) -> None:
    (author,) = world.people("author")
    world.serve("change_settings", changes={"daily_credits": 1000})
    posts = [world.post(author, caption="A lighthouse") for _ in range(7)]
    for function, arguments in (("search_posts", {"words": "lighthouse"}), ("posts_tagged", {"tag": "dog"})):
        seen: list[int] = []
        before: dict = {}
        while page := world.database.call(function, user=VISITOR, limit=3, **arguments, **before):
            seen += [post["id"] for post in page]
            before = {"before": page[-1]["published_at"], "before_id": page[-1]["id"]}
        assert seen == posts[::-1]


def test_tags_by_their_beginning(world: World) -> None:
    author, muter = world.people("author", "muter")
    world.publish(author, world.make(author, storyboard=storyboard(kind="cat", place="castle")))
    world.publish(author, world.make(author, storyboard=storyboard(kind="cat", place="castle_garden")))
    world.publish(author, world.make(author, storyboard=storyboard(kind="dog")), visibility="followers")
    tags = world.database.call("search_tags", user=VISITOR, prefix="#Ca")
    assert [(row["tag"], row["posts"]) for row in tags] == [("cat", 2), ("castle", 1), ("castle_garden", 1)]
    assert [row["tag"] for row in world.database.call("search_tags", user=VISITOR, prefix="castle g")] == [
        "castle_garden"
    ]
    assert world.database.call("search_tags", user=VISITOR, prefix="dog") == []
    among = world.database.call("search_tags", user=VISITOR, prefix="chat", among=["cat", "horse"])
    assert [row["tag"] for row in among] == ["cat"]
    assert len(world.database.call("search_tags", user=VISITOR, prefix="", limit=2)) == 2
    muter.call("mute", handle="author")
    assert muter.call("search_tags", prefix="cat") == []


def test_members_by_the_beginning_of_handle_or_name(world: World) -> None:
    eva, reader, blocker = world.people("eva", "reader", "evan")
    world.join("someone", display_name="Éva Marie")
    reader.call("follow", handle="eva")
    blocker.call("block", handle="reader")
    cards = reader.call("search_members", prefix="EVA")
    assert [(card["handle"], card["followers"], card["followed"]) for card in cards] == [
        ("eva", 1, True),
        ("someone", 0, False),
    ]
    everybody = world.database.call("search_members", user=VISITOR, prefix="eva")
    assert [card["handle"] for card in everybody] == ["eva", "evan", "someone"]
    assert world.database.call("search_members", user=VISITOR, prefix="e_a") == []


def test_a_trend_is_what_several_makers_do_more_than_before(world: World) -> None:
    makers = world.people("anna", "bert", "cleo")
    world.serve("change_settings", changes={"daily_credits": 1000})
    for author in makers:
        world.publish(author, world.make(author, storyboard=storyboard(kind="dog", place="beach")))
        world.publish(author, world.make(author, storyboard=storyboard(kind="dog", place="beach")))
    world.owner.execute("update public.posts set published_at = now() - interval '5 days'")
    for author in makers:
        world.publish(author, world.make(author, storyboard=storyboard(kind="whale", place="beach")))
    for _ in range(4):
        world.publish(makers[0], world.make(makers[0], storyboard=storyboard(kind="robot", place="street")))
    trends = world.database.call("trends", user=VISITOR)
    assert [(row["tag"], row["posts"], row["makers"]) for row in trends] == [("whale", 3, 3)], (
        "four robots are one person's"
    )
    assert trends[0]["growth"] > 1.2
    makers[0].call("mute", handle="bert")
    assert makers[0].call("trends") == [], "what two make is none"


def test_wards_find_what_suits_them(world: World) -> None:
    author, guardian, ward = world.people("author", "guardian", "ward")
    guardian.call("offer_guardianship", ward="ward")
    ward.call("accept_guardianship", guardian="guardian")
    fight = world.publish(author, world.make(author, storyboard=storyboard(action="fight")), caption="Hello")
    kind = world.post(author, caption="Hello")
    assert set(found(world, "hello", guardian.caller)) == {fight, kind} and found(world, "hello", ward.caller) == [kind]
    assert [row["tag"] for row in guardian.call("search_tags", prefix="fi")] == ["fight"]
    assert ward.call("search_tags", prefix="fi") == ward.call("search_tags", prefix="x", among=["fight"]) == []
