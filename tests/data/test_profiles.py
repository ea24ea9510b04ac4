"""Joining, being invited, choosing settings, being looked after, following and blocking."""

import pytest

from data.client import VISITOR
from data.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn, Suspended, WrongState
from tests.data.world import World


def test_the_first_account_is_the_moderator_and_the_second_is_not(world: World) -> None:
    assert world.database.call("site", user=VISITOR)["empty"] is True
    first, second = world.join("first"), world.join("second")
    assert first.call("my_profile")["role"] == "moderator"
    assert second.call("my_profile")["role"] == "member"
    assert world.database.call("site", user=VISITOR)["empty"] is False


def test_a_profile_needs_an_account_and_a_free_well_formed_handle(world: World) -> None:
    world.people("alice")
    with pytest.raises(NotAllowed):
        world.database.call("create_profile", user=VISITOR, handle="nobody")
    for handle in ("al", "x" * 31, "Ali ce", "émile", "a-b", ""):
        with pytest.raises(Invalid, match="handle"):
            world.join(handle)
    with pytest.raises(Conflict, match="@alice is taken"):
        world.join("ALICE")
    account = world.account()
    world.database.call("create_profile", user=account, handle="@Bob", display_name="Bob B.", language="fr")
    with pytest.raises(Conflict, match="already"):
        world.database.call("create_profile", user=account, handle="bob2")
    profile = world.database.call("my_profile", user=account)
    assert (profile["handle"], profile["display_name"], profile["language"]) == ("bob", "Bob B.", "fr")


def test_sign_up_by_invitation(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    invites = alice.call("my_invites")
    assert len(invites) == 4 and all(invite["used_at"] is None for invite in invites)
    world.serve("change_settings", changes={"sign_up": "invite"})
    with pytest.raises(NotAllowed, match="invitation"):
        world.join("cem")
    with pytest.raises(NotAllowed, match="invitation"):
        world.join("cem", invite="wrong")
    world.join("cem", invite=invites[0]["code"])
    with pytest.raises(NotAllowed, match="used already"):
        world.join("dan", invite=invites[0]["code"])
    assert [invite["used_by"] for invite in alice.call("my_invites")].count("cem") == 1
    assert bob.call("my_invites")[0]["code"] not in {invite["code"] for invite in invites}


def test_settings_are_changed_by_moderators_only(world: World) -> None:
    (alice,) = world.people("alice")
    with pytest.raises(NotAllowed):
        alice.call("change_settings", changes={"daily_credits": 1000})
    assert world.moderator.call("change_settings", changes={"daily_credits": 7})["daily_credits"] == 7
    with pytest.raises(Invalid):
        world.moderator.call("change_settings", changes={"sign_up": "closed"})


def test_roles_are_given_by_those_who_may(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    with pytest.raises(NotAllowed):
        alice.call("set_role", handle="alice", role="moderator")
    with pytest.raises(NotAllowed):
        world.moderator.call("set_role", handle="alice", role="admin")
    world.moderator.call("set_role", handle="alice", role="moderator")
    with pytest.raises(NotAllowed):
        world.moderator.call("set_role", handle="alice", role="member")
    world.serve("appoint", handle="bob", role="admin")
    bob.call("set_role", handle="alice", role="member")
    assert alice.call("my_profile")["role"] == "member"


def test_a_profile_is_changed_by_its_member(world: World) -> None:
    (alice,) = world.people("alice")
    changed = alice.call("update_profile", bio=" I dance. ", messages_from="nobody", wellbeing={"daily_minutes": 30})
    assert (changed["bio"], changed["messages_from"], changed["display_name"]) == ("I dance.", "nobody", "alice")
    with pytest.raises(Invalid, match="301 characters; the limit is 300"):
        alice.call("update_profile", bio="x" * 301)
    with pytest.raises(Invalid):
        alice.call("update_profile", messages_from="friends")
    with pytest.raises(NotSignedIn):
        world.database.call("update_profile", user=world.account(), bio="x")
    seen = world.database.call("profile", user=VISITOR, handle="alice")
    assert seen["bio"] == "I dance." and "messages_from" not in seen


def test_people_are_found_by_the_beginning_of_their_handle(world: World) -> None:
    world.people("anna", "ann_b", "annxb", "ben")
    found = world.database.call("search_members", user=VISITOR, prefix="@Ann")
    assert [card["handle"] for card in found] == ["ann_b", "anna", "annxb"]
    assert [c["handle"] for c in world.database.call("search_members", user=VISITOR, prefix="ann_")] == ["ann_b"]
    assert world.database.call("search_members", user=VISITOR, prefix="%") == []
    assert len(world.database.call("search_members", user=VISITOR, prefix="", limit=2)) == 2


def test_following_is_counted_and_told(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    alice.call("follow", handle="bob")
    alice.call("follow", handle="@BOB")
    profile = alice.call("profile", handle="bob")
    assert (profile["follower_count"], profile["followed"], profile["follows_me"]) == (1, True, False)
    assert [card["handle"] for card in bob.call("followers", handle="bob")] == ["alice"]
    assert [card["handle"] for card in bob.call("following", handle="alice")] == ["bob"]
    (note,) = bob.call("notifications")
    assert (note["kind"], note["actor"]["handle"], bob.call("unread_count")) == ("follow", "alice", 1)
    assert bob.call("read_notifications", up_to=note["id"]) == 1 and bob.call("unread_count") == 0
    alice.call("unfollow", handle="bob")
    assert alice.call("profile", handle="bob")["follower_count"] == 0
    with pytest.raises(Invalid):
        alice.call("follow", handle="alice")
    with pytest.raises(NotFound, match="@zoe"):
        alice.call("follow", handle="zoe")


def test_a_block_hides_both_ways_and_only_the_blocker_knows(world: World) -> None:
    alice, bob, other = world.people("alice", "bob", "other")
    world.mutual(alice, bob)
    posts = {person.handle: world.post(person) for person in (alice, bob)}
    alice.call("block", handle="bob")
    for person, hidden in ((alice, "bob"), (bob, "alice")):
        with pytest.raises(NotFound):
            person.call("profile", handle=hidden)
        with pytest.raises(NotFound):
            person.call("post", id=posts[hidden])
        with pytest.raises(NotFound):
            person.call("follow", handle=hidden)
        with pytest.raises(NotFound):
            person.call("send_message", handle=hidden, body="hello")
        assert hidden not in {card["handle"] for card in person.call("search_members", prefix="")}
        assert posts[hidden] not in {post["id"] for post in person.call("latest_feed")}
    assert len(other.call("latest_feed")) == 2
    assert alice.call("my_blocks") == {"blocked": ["bob"], "muted": []}
    assert bob.call("my_blocks") == {"blocked": [], "muted": []}
    assert other.call("profile", handle="alice")["follower_count"] == 0, "a block ends follows both ways"
    bob.call("unblock", handle="alice")
    with pytest.raises(NotFound):
        bob.call("profile", handle="alice")
    alice.call("unblock", handle="bob")
    assert bob.call("profile", handle="alice")["followed"] is False


def test_a_mute_quiets_feed_and_notifications(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    alice.call("follow", handle="bob")
    post = world.post(bob)
    alice.call("mute", handle="bob")
    assert alice.call("latest_feed") == [] and alice.call("following_feed") == []
    assert alice.call("post", id=post)["id"] == post, "it can still be looked at"
    bob.call("follow", handle="alice")
    assert alice.call("notifications") == []
    assert alice.call("my_blocks")["muted"] == ["bob"]
    alice.call("unmute", handle="bob")
    assert [found["id"] for found in alice.call("following_feed")] == [post]


def test_a_guardianship_begins_with_a_yes_and_ends_with_the_guardian(world: World) -> None:
    guardian, ward, other = world.people("guardian", "ward", "other")
    with pytest.raises(NotFound):
        ward.call("accept_guardianship", guardian="guardian")
    guardian.call("offer_guardianship", ward="ward")
    with pytest.raises(NotFound):
        guardian.call("set_ward_limits", ward="ward", may_publish=False)
    ward.call("accept_guardianship", guardian="guardian")
    assert ward.call("my_profile")["guardian"] == "guardian"
    guardian.call("set_ward_limits", ward="ward", may_publish=False, daily_minutes=20)
    for person in (ward, other):
        with pytest.raises(NotFound):
            person.call("set_ward_limits", ward="ward", may_publish=True)
    assert ward.call("my_watch_time")["daily_minutes"] == 20
    clip = world.make(ward)
    with pytest.raises(NotAllowed, match="guardian"):
        world.publish(ward, clip)
    post = world.publish(ward, clip, visibility="private")
    with pytest.raises(NotAllowed, match="guardian"):
        ward.call("update_post", post=post, visibility="public")
    with pytest.raises(NotAllowed):
        ward.call("end_guardianship", handle="guardian")
    guardian.call("end_guardianship", handle="ward")
    ward.call("update_post", post=post, visibility="public")
    assert guardian.call("my_guardianships") == []


def test_an_offer_can_be_turned_down_and_a_ward_has_no_wards(world: World) -> None:
    guardian, ward, other = world.people("guardian", "ward", "other")
    guardian.call("offer_guardianship", ward="ward")
    ward.call("end_guardianship", handle="guardian")
    with pytest.raises(NotFound):
        ward.call("accept_guardianship", guardian="guardian")
    other.call("offer_guardianship", ward="ward")
    ward.call("accept_guardianship", guardian="other")
    assert ward.call("my_guardianships")[0]["guardian"] == "other"
    assert guardian.call("my_guardianships") == []
    with pytest.raises(WrongState):
        ward.call("offer_guardianship", ward="guardian")
    with pytest.raises(WrongState):
        guardian.call("offer_guardianship", ward="ward")


def test_a_suspended_member_can_look_and_do_nothing(world: World) -> None:
    (alice,) = world.people("alice")
    world.owner.execute(
        "update public.profile_settings set suspended_until = now() + interval '1 day' where profile = %s", (alice.id,)
    )
    for function, arguments in (
        ("follow", {"handle": "first_one"}),
        ("my_credits", {}),
        ("update_profile", {"bio": "x"}),
    ):
        with pytest.raises(Suspended, match="suspended until"):
            alice.call(function, **arguments)
    assert alice.call("latest_feed") == []
    assert alice.call("my_profile")["suspended_until"] is not None
