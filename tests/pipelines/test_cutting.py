"""The storyboards of clips that are cut from others tell what is shown, and refuse what no clip may be."""

import pytest

from pipelines.cutting import CuttingError, joined, trimmed
from pipelines.director import direct

TWO = direct("Shot 1: a dog runs on a beach for 3 seconds. Shot 2: a cat sleeps in a kitchen for 2 seconds.")


def seconds(storyboard) -> list[float]:
    return [shot.seconds for shot in storyboard.shots]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (0, 5, [3, 2]),
        (1, 4, [2, 1]),
        (0.5, 2.5, [2]),
        (3, 5, [2]),
        (3.2, 4.7, [1.5]),
        (2.8, 5, [2.2]),  # a fifth of a second of the first shot is told with the second
        (0, 3.3, [3.3]),
    ],
)
def test_a_trimmed_storyboard_holds_the_shots_that_are_left(start, end, left):
    cut = trimmed(TWO, start, end)
    assert seconds(cut) == pytest.approx(left)
    assert cut.seconds == pytest.approx(end - start)


def test_who_is_cut_out_is_not_in_the_storyboard_any_more():
    assert [subject.kind for shot in trimmed(TWO, 0, 2).shots for subject in shot.subjects] == ["dog"]


@pytest.mark.parametrize(("start", "end"), [(0, 0.9), (2, 2), (4, 1), (9, 12)])
def test_a_clip_of_less_than_a_second_is_refused(start, end):
    with pytest.raises(CuttingError) as refused:
        trimmed(TWO, start, end)
    assert refused.value.key == "too_short"


def test_joined_storyboards_follow_each_other():
    both = joined([TWO, direct("a fox", seconds=4)])
    assert seconds(both) == [3, 2, 4] and both.shots[2].subjects[0].kind == "fox"


@pytest.mark.parametrize(
    ("storyboards", "key"),
    [([TWO] * 4, "too_many"), ([direct("a fox", seconds=15), direct("a dog", seconds=6)], "too_long")],
)
def test_more_than_a_clip_holds_is_refused(storyboards, key):
    with pytest.raises(CuttingError) as refused:
        joined(storyboards)
    assert refused.value.key == key
