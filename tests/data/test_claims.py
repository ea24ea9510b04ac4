"""Rights claims: filed, decided, objected to, answered, and decided again by somebody else."""

import pytest

from data.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tests.data.world import Person, World


def claim(world: World, claimant: Person, post: int) -> int:
    return claimant.call("file_claim", post=post, work="The Robot Cat", statement="I drew it in 2019.", name="Ann Lee")


def taken_down(world: World) -> tuple[Person, Person, Person, int, int]:
    """Author, claimant, a second moderator, and the post that a claim took down with its case."""
    author, claimant, second = world.people("author", "claimant", "second")
    world.moderator.call("set_role", handle="second", role="moderator")
    post = world.post(author)
    case = claim(world, claimant, post)
    view = world.moderator.call("case_view", case=case)
    assert (view["target_kind"], view["claim"]["work"], view["claim"]["name"]) == ("rights", "The Robot Cat", "Ann Lee")
    world.moderator.call("decide_case", case=case, decision="remove", reason="It is the cat.", strike=False)
    with pytest.raises(NotFound):
        claimant.call("post", id=post)
    return author, claimant, second, post, case


def test_a_claimant_who_gives_in_brings_the_post_back(world: World) -> None:
    author, claimant, second, post, case = taken_down(world)
    with pytest.raises(WrongState):
        author.call("appeal", case=case, body="An appeal is not the way.")
    author.call("counter_notice", case=case, statement="It is a cat of my own.")
    with pytest.raises(WrongState, match="may answer until"):
        second.call("decide_case", case=case, decision="keep", reason="Too early.")
    assert claimant.call("my_claims")[0]["counter_statement"] == "It is a cat of my own."
    claimant.call("answer_counter_notice", case=case, insist=False)
    second.call("decide_case", case=case, decision="keep", reason="The claimant gave in.")
    assert claimant.call("post", id=post)["id"] == post


def test_a_claimant_who_insists_names_a_reference(world: World) -> None:
    author, claimant, second, _, case = taken_down(world)
    author.call("counter_notice", case=case, statement="It is a cat of my own.")
    with pytest.raises(Invalid, match="lawsuit"):
        claimant.call("answer_counter_notice", case=case, insist=True)
    claimant.call("answer_counter_notice", case=case, insist=True, reference="24-CV-1234")
    second.call("decide_case", case=case, decision="remove", reason="It is before a court.")
    assert author.call("my_cases")[0]["state"] == "closed"
    with pytest.raises(WrongState):
        author.call("counter_notice", case=case, statement="Again.")


def test_silence_lets_the_post_come_back_after_ten_days(world: World) -> None:
    author, claimant, second, post, case = taken_down(world)
    author.call("counter_notice", case=case, statement="It is a cat of my own.")
    world.owner.execute("update public.cases set answer_by = now() - interval '1 minute'")
    second.call("decide_case", case=case, decision="keep", reason="No answer.")
    assert claimant.call("post", id=post)["id"] == post


def test_what_cannot_be_claimed(world: World) -> None:
    author, claimant, other = world.people("author", "claimant", "other")
    post = world.post(author)
    with pytest.raises(Invalid, match="your own"):
        claim(world, author, post)
    with pytest.raises(NotFound):
        claim(world, claimant, 99999)
    with pytest.raises(Invalid, match="signed"):
        claimant.call("file_claim", post=post, work="Cat", statement="Mine", name=" ")
    case = claim(world, claimant, post)
    with pytest.raises(Conflict):
        claim(world, other, post)
    with pytest.raises(WrongState):
        other.call("counter_notice", case=case, statement="Not mine.")
    with pytest.raises(WrongState):
        other.call("answer_counter_notice", case=case, insist=False)
    with pytest.raises(NotAllowed):
        claimant.call("case_view", case=case)
    assert other.call("my_claims") == []
