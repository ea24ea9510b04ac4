"""A storyboard edited by hand is read as closely as a prompt."""

from pipelines.director import direct
from pipelines.safety import load_policy, rule_storyboard, stricter
from pipelines.safety.ruling import Decision, Ruling
from pipelines.storyboard import Line, Shot, Storyboard, Subject


def board(**shot: object) -> Storyboard:
    return Storyboard(shots=(Shot(**shot),))


def test_a_storyboard_of_the_director_passes() -> None:
    assert rule_storyboard(direct('An old fisherman says "the sea is calm tonight"', seconds=5)).allowed


def test_what_is_said_is_read() -> None:
    ruling = rule_storyboard(board(lines=(Line(text="I will kill you and your family"),)))
    assert (ruling.decision, ruling.rule) == (Decision.REFUSE, "harassment.threat")


def test_what_is_said_in_two_breaths_is_heard_as_one() -> None:
    lines = (Line(text="Breaking news, this just in"), Line(text="the president has died"))
    assert rule_storyboard(board(lines=lines)).rule.startswith("deception.")


def test_concepts_put_in_by_hand_are_read() -> None:
    assert rule_storyboard(board(subjects=(Subject(kind="woman", attributes=("naked",)),))).rule == "sexual.nudity"
    assert rule_storyboard(board(subjects=(Subject(kind="mickey_mouse"),))).rule == "characters.named"
    assert rule_storyboard(
        board(subjects=(Subject(kind="mickey_mouse"),)), load_policy(licensed=["mickey_mouse"])
    ).allowed


def test_a_cameo_is_not_a_matter_of_words() -> None:
    assert rule_storyboard(board(subjects=(Subject(kind="person", cameo="taylor_swift"),))).allowed


def test_the_stricter_of_two_rulings_counts() -> None:
    hold, refuse = Ruling(decision=Decision.HOLD, rule="a.hold"), Ruling(decision=Decision.REFUSE, rule="a.refuse")
    assert stricter(Ruling(), hold) is hold and stricter(refuse, hold) is refuse
