"""Versions of the policy: drafts, one live at a time, back again; and the registry that decides who may be shown."""

import pytest

from data.client import VISITOR
from data.errors import Invalid, NotAllowed, NotFound, WrongState
from tests.data.world import World, storyboard

CHANGE = {"rules": {"violence.corpse": {"enabled": False}}}


def test_a_draft_goes_live_and_back(world: World) -> None:
    (member,) = world.people("member")
    shipped = {"number": None, "amendments": {}, "published_at": None, "licensed": []}
    assert world.database.call("live_policy", user=VISITOR) == shipped
    with pytest.raises(NotAllowed):
        member.call("save_policy", amendments=CHANGE, note="Mine")
    with pytest.raises(Invalid):
        world.moderator.call("save_policy", amendments=CHANGE, note=" ")
    first = world.moderator.call("save_policy", amendments={}, note="First")
    first = world.moderator.call("save_policy", amendments=CHANGE, note="Corpses in detective films", number=first)
    assert world.database.call("live_policy", user=VISITOR) == shipped, "a draft decides nothing"
    world.moderator.call("publish_policy", number=first)
    live = world.database.call("live_policy", user=VISITOR)
    assert (live["number"], live["amendments"]) == (first, CHANGE)
    with pytest.raises(WrongState):
        world.moderator.call("save_policy", amendments={}, note="Too late", number=first)

    second = world.moderator.call("save_policy", amendments={"hold": 0.4}, note="Stricter")
    world.moderator.call("publish_policy", number=second)
    assert [version["state"] for version in world.moderator.call("policy_versions")] == ["live", "retired"]
    assert world.moderator.call("roll_back_policy", reason="Too strict") == first
    assert world.database.call("live_policy", user=VISITOR)["number"] == first
    assert world.moderator.call("roll_back_policy", reason="All of it") is None
    assert world.database.call("live_policy", user=VISITOR) == shipped
    with pytest.raises(WrongState):
        world.moderator.call("roll_back_policy", reason="Further")
    actions = [entry["action"] for entry in world.moderator.call("audit_log")["entries"]]
    assert {"policy.saved", "policy.published", "policy.rolled_back"} <= set(actions)
    with pytest.raises(NotAllowed):
        member.call("policy_versions")


def test_examples_are_kept_for_the_tester(world: World) -> None:
    (member,) = world.people("member")
    example = {"text": "a chicken breast", "language": "en", "area": "sexual", "expected": "allow"}
    with pytest.raises(NotAllowed):
        member.call("add_policy_example", **example)
    kept = world.moderator.call("add_policy_example", **example, note="neighbour")
    assert world.moderator.call("add_policy_example", **example) == kept, "the same text is one example"
    with pytest.raises(Invalid):
        world.moderator.call("add_policy_example", **(example | {"text": "x", "expected": "maybe"}))
    assert [found["text"] for found in world.moderator.call("policy_examples")] == ["a chicken breast"]
    world.moderator.call("remove_policy_example", id=kept)
    assert world.moderator.call("policy_examples") == []
    with pytest.raises(NotFound):
        world.moderator.call("remove_policy_example", id=kept)


def test_a_licence_reaches_the_rules_and_holds_only_where_it_says(world: World) -> None:
    owner, author = world.people("owner", "author")
    world.moderator.call(
        "set_character",
        concept="robot_cat",
        name="Robot Cat",
        holder="Studio",
        contact="owner",
        licensed=True,
        royalty=4,
        contexts=["meadow"],
        attribution="© Studio",
    )
    assert world.database.call("live_policy", user=VISITOR)["licensed"] == ["robot_cat"]
    with pytest.raises(NotAllowed, match="not be shown at this place"):
        world.ask(author, storyboard=storyboard(kind="robot_cat", place="city"))
    world.make(author, storyboard=storyboard(kind="robot_cat", place="meadow"))
    month = world.owner.execute("select to_char(now(), 'YYYY-MM')").fetchone()[0]
    line = {"month": month, "holder": "Studio", "concept": "robot_cat", "name": "Robot Cat", "clips": 1, "credits": 4}
    assert world.moderator.call("royalty_statement", month=month) == [line]
    assert owner.call("royalty_statement", month=month) == [line]
    assert author.call("royalty_statement", month=month) == []
    with pytest.raises(Invalid):
        owner.call("royalty_statement", month="last month")
