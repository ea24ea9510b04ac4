"""The learned vote: it has a person look at what reads like something refused, says why, and can be switched off."""

import pytest

from pipelines.safety import load_policy, rule
from pipelines.safety.features import families, features, windows
from pipelines.safety.learned import learned_vote
from pipelines.safety.measuring import TUNED_ON, Example
from pipelines.safety.policy import LEARNED
from pipelines.safety.reading import read
from pipelines.safety.ruling import Decision
from pipelines.safety.training import learn, write

PARAPHRASE = "the intern is called useless in front of clients, everyone cracks up"


def _without_vote(text: str) -> bool:
    """Whether the rules alone let a text pass."""
    policy = load_policy({"rules": {f"{area}.alike": {"enabled": False} for area in LEARNED}})
    return rule(text, policy=policy).allowed


def test_a_paraphrase_is_seen_by_a_person_first_and_is_told_why() -> None:
    ruling = rule(PARAPHRASE)
    assert _without_vote(PARAPHRASE)
    assert ruling.decision == "hold" and ruling.rule == "harassment.alike"
    assert ruling.reason.en and ruling.reason.fr
    assert all(PARAPHRASE[span.start : span.end] == span.text for span in ruling.spans)
    assert {span.text for span in ruling.spans} & {"intern", "called", "useless", "cracks"}


@pytest.mark.parametrize(
    "text",
    [
        "the class laughs together at the teacher's joke",
        "la classe rit aux éclats avec la prof",
        "un chat dort au soleil",
        "a video game",
    ],
)
def test_its_harmless_neighbours_pass(text: str) -> None:
    assert rule(text).allowed


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: f"  {text.replace(' ', '   ')} \n"])
def test_dress_makes_no_difference(change) -> None:
    assert rule(change(PARAPHRASE)).rule == rule(PARAPHRASE).rule


def test_moderators_may_switch_it_off_or_trust_it_more() -> None:
    off = load_policy({"rules": {"harassment.alike": {"enabled": False}}})
    assert rule(PARAPHRASE, policy=off).allowed
    trusted = load_policy({"rules": {"harassment.alike": {"score": 0.9}}})
    assert rule(PARAPHRASE, policy=trusted).decision == "refuse"


def test_it_is_found_within_a_long_harmless_story() -> None:
    calm = "a gardener waters tulips while the sun rises over the hill and birds sing in the old apple tree. "
    assert rule(calm * 6).allowed
    assert not rule(calm * 3 + PARAPHRASE + ". " + calm * 3).allowed


def test_windows_leave_no_word_out() -> None:
    for count in (0, 1, 12, 13, 24, 25, 36, 37, 100):
        text = read("word " * count)
        seen = {token for first, end in windows(text) for token in range(first, end)}
        assert seen == set(range(count))


def test_both_languages_share_families() -> None:
    found = families()
    assert set(found["laugh"]) & set(found["moquer"])
    english, french = (
        {one.name for one in features(read(text), 0, 3)} for text in ("they mock her", "ils la ridiculisent")
    )
    assert "family:mock" in english & french


def test_what_it_learns_holds_for_words_of_the_same_family_and_survives_the_disk(tmp_path) -> None:
    bad = ["they mock him", "she mocks a boy", "we tease them", "mock her today", "a crowd teases him"]
    good = ["they feed him", "she feeds a boy", "we paint them", "feed her today", "a crowd paints him"]
    examples = [Example(text, "en", "harassment", Decision.REFUSE) for text in bad]
    examples += [Example(text, "en", "harassment", Decision.ALLOW) for text in good]
    vote = learn(examples)
    before = vote.shares_of(read("ils narguent"), 0, 2)[0]
    assert before < 0.5 < vote.shares_of(read("he feeds"), 0, 2)[0]
    write(vote, tmp_path / "weights.npz")
    again = learned_vote.__wrapped__(tmp_path / "weights.npz")
    assert again.shares_of(read("ils narguent"), 0, 2)[0] == before


def test_the_half_that_only_measures_is_never_learned_from() -> None:
    assert "second_half" not in TUNED_ON
