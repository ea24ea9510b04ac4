"""Physics stories are staged: events in order, in one shot."""

import pytest

from pipelines.director import direct


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        (
            "A basketball hits the backboard, bounces off the rim and rolls across the floor",
            ("hit_backboard", "bounce_rim", "roll"),
        ),
        ("Un ballon de basket touche le panneau puis rebondit sur l'arceau", ("hit_backboard", "bounce_rim")),
        ("A bowling ball knocks over a row of dominoes", ("knock_over",)),
        ("A bottle drops off the table, hits the floor and explodes", ("drop", "hit_ground")),
        ("Une citrouille roule dans la rue et heurte une voiture", ("roll", "collide")),
        ("A feather and a bowling ball fall from the roof", ("drop",)),
        ("A ball falls, bounces, then rolls", ("fall", "bounce", "roll")),
        ("a missed basketball shot", ("bounce_rim",)),
        ("a man misses his train", ()),
        ("a ball rolls", ()),
        ("A box falls over", ()),
    ],
)
def test_happenings_keep_their_order(prompt, events):
    storyboard = direct(prompt)
    assert len(storyboard.shots) == 1
    assert storyboard.shots[0].events == events


def test_what_cannot_be_staged_is_missed():
    assert direct("a box explodes").coverage.missed == ("explodes",)


def test_a_lone_movement_is_an_action():
    assert direct("a box falls over").shots[0].subjects[0].action == "topple"


def test_somebody_who_does_two_things_does_them_in_turn():
    shot = direct("a dog runs and jumps").shots[0]
    assert (shot.subjects[0].action, shot.events) == ("run", ("run", "jump"))
