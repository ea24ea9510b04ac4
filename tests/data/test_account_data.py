"""Keys for programs, everything about me, and leaving for good."""

import pytest

from data.client import VISITOR
from data.errors import Invalid, LimitReached, NotFound, NotSignedIn
from tests.data.world import World


def test_a_key_acts_for_its_member_until_it_is_revoked(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    made = alice.call("create_api_key", name="My script")
    assert made["key"].startswith("hb_") and len(made["key"]) == 51
    assert world.serve("authenticate_api_key", key=made["key"])["handle"] == "alice"
    assert world.serve("authenticate_api_key", key=made["key"] + "x") is None
    assert world.serve("authenticate_api_key", key="") is None
    (listed,) = alice.call("my_api_keys")
    assert listed["prefix"] == made["key"][:11] and made["key"] not in str(listed) and listed["last_used_at"]
    stored = world.owner.execute("select k::text from public.api_keys k").fetchall()
    assert made["key"] not in str(stored)
    with pytest.raises(NotFound):
        bob.call("revoke_api_key", id=made["id"])
    alice.call("revoke_api_key", id=made["id"])
    assert world.serve("authenticate_api_key", key=made["key"]) is None
    assert bob.call("my_api_keys") == []
    for number in range(20):
        alice.call("create_api_key", name=str(number))
    with pytest.raises(LimitReached):
        alice.call("create_api_key", name="one more")


def full_life(world: World):
    """Somebody who has done everything, and those they did it with."""
    star, friend = world.people("star", "friend")
    world.cameo(star, "everyone")
    world.cameo(friend, "everyone")
    world.mutual(star, friend)
    own, with_friend = world.post(star), world.post(star, "friend")
    theirs, starring = world.post(friend), world.post(friend, "star")
    star.call("like_post", post=theirs)
    star.call("save_post", post=theirs)
    star.call("add_comment", post=theirs, body="Nice.")
    star.call("record_watch", post=theirs, seconds=3)
    star.call("send_message", handle="friend", body="Hello.")
    star.call("create_api_key", name="Script")
    star.call("report", kind="post", target=theirs, reason="other")
    star.call("mute", handle="first_one")
    world.ask(star)
    return star, friend, {"own": own, "with_friend": with_friend, "theirs": theirs, "starring": starring}


def test_an_export_holds_everything_about_me_and_nothing_about_others(world: World) -> None:
    star, friend, posts = full_life(world)
    export = star.call("export_account")
    assert export["profile"]["handle"] == "star" and export["likeness"] == {"face": "aGk="}
    assert {post["id"] for post in export["posts"]} == {posts["own"], posts["with_friend"]}
    counts = {name: len(value) for name, value in export.items() if isinstance(value, list)}
    assert counts["generations"] == 3 and counts["clips"] == 2 and counts["clips_starring_me"] == 1
    assert counts["media"] == 6 and counts["invites"] == 4 and counts["api_keys"] == 1 and counts["follows"] == 2
    for name in ("comments", "likes", "saves", "messages", "watched", "reports"):
        assert counts[name] == 1, name
    assert counts["credits"] == 4 and counts["notifications"] >= 3
    other = friend.call("export_account")
    assert other["reports"] == [] and other["likes"] == [] and other["api_keys"] == []


def test_deleting_my_account_leaves_nothing_of_me(world: World) -> None:
    star, friend, posts = full_life(world)
    with pytest.raises(Invalid, match="handle"):
        star.call("delete_account", handle="friend")
    star.call("delete_account", handle="@Star")

    assert star.call("my_profile") is None
    with pytest.raises(NotSignedIn):
        star.call("my_credits")
    for name in ("own", "with_friend", "starring"):
        with pytest.raises(NotFound):
            friend.call("post", id=posts[name])
    kept = friend.call("post", id=posts["theirs"])
    assert (kept["likes"], kept["comments"]) == (0, 0)
    assert friend.call("conversations") == [] and friend.call("my_profile")["follower_count"] == 0
    tables = world.owner.execute(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where c.relkind = 'r' and n.nspname in ('public', 'auth')"
    ).fetchall()
    for (table,) in tables:
        rows = world.owner.execute(
            f"select count(*) from {table} t where t::text like %s", (f"%{star.id}%",)
        ).fetchone()
        assert rows == (0,), f"{table} still speaks of somebody who left"
    assert len(world.serve("media_to_delete")) == 9, "their files and those that starred them"
    world.join("star")  # the handle is free again


def test_an_account_deleted_from_the_outside_takes_its_likeness_along(world: World) -> None:
    star, friend, posts = full_life(world)
    world.owner.execute("delete from auth.users where id = %s", (star.id,))
    with pytest.raises(NotFound):
        friend.call("post", id=posts["starring"])
    assert world.owner.execute("select count(*) from public.cameo_versions").fetchone() == (1,)


def test_a_visitor_has_nothing_to_export(world: World) -> None:
    world.people()
    assert world.database.call("my_profile", user=VISITOR) is None
    assert world.database.call("export_account", user=world.account())["profile"] is None
