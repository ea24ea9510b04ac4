"""Messages between two members, and who takes them from whom."""

import pytest

from data.errors import Invalid, LimitReached, NotAllowed, NotFound
from tests.data.world import World


def test_a_conversation_is_for_the_two_who_have_it(world: World) -> None:
    alice, bob, other = world.people("alice", "bob", "other")
    world.mutual(alice, bob)
    post = world.post(alice)
    alice.call("send_message", handle="bob", body="Hello!")
    bob.call("send_message", handle="alice", body="Look:", post=post)
    shown = alice.call("conversation", handle="bob")
    assert [(message["mine"], message["body"], message["post"]) for message in shown] == [
        (False, "Look:", post),
        (True, "Hello!", None),
    ]
    (summary,) = alice.call("conversations")
    assert (summary["with"]["handle"], summary["body"], summary["unread"]) == ("bob", "Look:", True)
    assert alice.call("read_conversation", handle="bob") == 1
    assert alice.call("conversations")[0]["unread"] is False
    assert other.call("conversation", handle="bob") == [] and other.call("conversations") == []
    assert "message" in [note["kind"] for note in bob.call("notifications")]


def test_one_chooses_who_may_write(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    with pytest.raises(NotAllowed, match="takes no messages"):
        bob.call("send_message", handle="alice", body="Hi")
    alice.call("follow", handle="bob")
    bob.call("send_message", handle="alice", body="Hi")
    alice.call("update_profile", messages_from="nobody")
    with pytest.raises(NotAllowed):
        bob.call("send_message", handle="alice", body="Hi")
    alice.call("unfollow", handle="bob")
    alice.call("update_profile", messages_from="everyone")
    bob.call("send_message", handle="alice", body="Hi")


def test_a_ward_writes_and_reads_within_the_guardians_limits(world: World) -> None:
    guardian, ward, stranger = world.people("guardian", "ward", "stranger")
    guardian.call("offer_guardianship", ward="ward")
    ward.call("accept_guardianship", guardian="guardian")
    ward.call("update_profile", messages_from="everyone")
    stranger.call("update_profile", messages_from="everyone")
    with pytest.raises(NotAllowed):
        stranger.call("send_message", handle="ward", body="Hi")
    with pytest.raises(NotAllowed, match="guardian"):
        ward.call("send_message", handle="stranger", body="Hi")
    guardian.call("send_message", handle="ward", body="Home at six?")
    ward.call("follow", handle="stranger")
    stranger.call("send_message", handle="ward", body="Hi")
    guardian.call("set_ward_limits", ward="ward", messages_from="nobody")
    with pytest.raises(NotAllowed):
        stranger.call("send_message", handle="ward", body="Hi")


def test_what_cannot_be_sent(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    world.mutual(alice, bob)
    with pytest.raises(Invalid, match="empty"):
        alice.call("send_message", handle="bob", body=" ")
    with pytest.raises(Invalid, match="2001 characters"):
        alice.call("send_message", handle="bob", body="x" * 2001)
    with pytest.raises(Invalid):
        alice.call("send_message", handle="alice", body="Me")
    with pytest.raises(NotFound):
        alice.call("send_message", handle="zoe", body="Hi")
    for _ in range(30):
        alice.call("send_message", handle="bob", body="Hi")
    with pytest.raises(LimitReached):
        alice.call("send_message", handle="bob", body="Hi")


def test_a_post_in_a_message_is_shown_while_its_reader_may_see_it(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    world.mutual(alice, bob)
    post = world.post(alice)
    bob.call("send_message", handle="alice", post=post)
    alice.call("send_message", handle="bob", post=post)
    alice.call("update_post", post=post, visibility="private")
    assert [message["post"] for message in bob.call("conversation", handle="alice")] == [None, None]
    assert [message["post"] for message in alice.call("conversation", handle="bob")] == [post, post]
