"""A storyboard is edited by an instruction: changes can be taken back, nothing else moves, nothing is invented."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.director import direct
from pipelines.director.remix import continued, remix
from pipelines.director.remix_changes import applied
from pipelines.storyboard import Storyboard
from tests.pipelines.director.remix_pairs import AFTER_THE_RULES, BASES, WITH_THE_RULES

DOG, STORY = direct(BASES["dog"]), direct(BASES["story"])
LONG = "make it night, replace the dog by a cat, without the ball and add rain, then the cat sleeps"


def test_every_change_says_which_words_made_it():
    phrases = {change.path: change.phrase for change in remix(DOG, LONG).changes}
    assert phrases["shots.0.time"] == "make it night"
    assert phrases["shots.0.subjects.0.kind"] == "replace the dog by a cat"
    assert phrases["shots.0.subjects.1"] == "without the ball"
    assert phrases["shots.1"] == "then the cat sleeps"


def test_any_of_the_changes_can_be_left_out():
    changes = remix(DOG, LONG).changes
    for count in range(len(changes) + 1):
        for some in itertools.combinations(changes, count):
            changed = applied(DOG, some)
            assert (changed.shots[0].time == "night") == any(one.path == "shots.0.time" for one in some)
            assert (len(changed.shots) == 2) == any(one.path == "shots.1" for one in some)
    assert applied(DOG, ()) == DOG


def test_the_order_in_which_changes_are_applied_does_not_matter():
    changes = remix(STORY, "remove the first shot, add a cat and a bird, make it snow").changes
    assert applied(STORY, changes) == applied(STORY, reversed(changes))


def test_what_somebody_held_goes_with_it():
    parent = direct("a man holding an umbrella walks in a city")
    assert parent.shots[0].subjects[0].attributes == ("holding_umbrella",)
    (man,) = remix(parent, "without the umbrella").storyboard.shots[0].subjects
    assert (man.kind, man.attributes) == ("man", ())


def test_whoever_takes_the_place_of_a_speaker_says_their_lines():
    remixed = remix(direct(BASES["fisher"]), "replace the fisherman with a robot").storyboard
    assert remixed.shots[0].lines[0].speaker == remixed.shots[0].subjects[0].kind == "robot"


def test_a_real_person_is_never_brought_in_by_taking_somebodys_place():
    starring = direct("@ann dances on a stage")
    assert starring.shots[0].subjects[0].cameo == "ann"
    replaced = remix(starring, "replace @ann by a robot").storyboard.shots[0].subjects[0]
    assert (replaced.kind, replaced.cameo) == ("robot", None)


def test_a_person_named_by_handle_takes_part():
    assert remix(DOG, "add @ann").storyboard.shots[0].subjects[-1].cameo == "ann"
    assert remix(DOG, "replace the dog by @ann").storyboard.shots[0].subjects[0].cameo == "ann"


def test_a_clip_goes_on_in_the_same_place_with_the_same_cast():
    remixed = continued(DOG)
    before, after = remixed.storyboard.shots
    assert before == DOG.shots[0]
    assert (after.place, after.time, after.style) == (before.place, before.time, before.style)
    assert [each.kind for each in after.subjects] == [each.kind for each in before.subjects]
    assert after.subjects[0].colours == ("black",) and after.subjects[0].action != "run"
    assert after.camera != before.camera


@pytest.mark.parametrize("instruction", ["the dog sleeps in a kitchen", "le chien dort dans une cuisine"])
def test_what_happens_next_is_told_in_words(instruction):
    (change,) = continued(DOG, instruction).changes
    assert change.after["place"] == "kitchen" and change.after["subjects"][0]["action"] == "sleep"


def test_going_on_never_changes_what_is_there():
    for instruction in ("make it night", "closer", "without the ball", "replace the dog by a cat", "zorblax"):
        remixed = continued(DOG, instruction)
        assert remixed.storyboard.shots[0] == DOG.shots[0], instruction
    assert continued(DOG, "zorblax").coverage.missed == ("zorblax",)


def test_a_full_clip_does_not_go_on():
    full = direct("a dog runs", seconds=20)
    assert continued(full).changes == () and remix(full, "continue the story").coverage.missed == (
        "continue the story",
    )
    many = direct(" Cut to: ".join(["a dog runs."] * 6), seconds=6)
    assert len(many.shots) == 6 and continued(many).changes == ()


def test_a_clip_never_grows_beyond_its_limits():
    assert remix(direct("a dog", seconds=15), "twice as long").storyboard.seconds == 20
    assert remix(direct("a dog", seconds=1), "shorter").coverage.missed == ("shorter",)


def test_a_clip_never_loses_its_last_shot():
    assert remix(DOG, "remove the first shot").coverage.missed == ("remove the first shot",)


def test_no_shot_holds_more_than_it_may():
    animals = ("cat", "fox", "rabbit", "horse", "bear", "sheep", "cow", "owl")
    remixed = remix(DOG, "add " + ", ".join(f"a {kind}" for kind in animals))
    assert len(remixed.storyboard.shots[0].subjects) == 8 and remixed.coverage.missed


@pytest.mark.parametrize(
    ("instruction", "changes"),
    [
        ("the ball should be bigger", {"shots.0.subjects.1.attributes": ["big"]}),
        ("I want a penguin instead", {"shots.0.subjects.0.kind": "penguin", "shots.0.subjects.0.colours": []}),
        (
            "what if it was a puppy?",
            {"shots.0.subjects.0.attributes": ["hat_red", "puppy"], "shots.0.subjects.0.colours": []},
        ),
        ("make it black and white", {"shots.0.subjects.0.colours": ["black", "white"]}),
        (
            "replace the beach with a forest and the ball with a kite",
            {"shots.0.place": "forest", "shots.0.subjects.1.kind": "kite", "shots.0.subjects.1.action": None},
        ),
        ("en noir et blanc", {}),
    ],
)
def test_what_was_misread_once_is_read_now(instruction, changes):
    assert {change.path: change.after for change in remix(DOG, instruction).changes} == changes


def test_the_table_holds_enough_pairs_in_both_languages():
    assert len(WITH_THE_RULES) + len(AFTER_THE_RULES) >= 120
    assert len(AFTER_THE_RULES) >= len(WITH_THE_RULES)


WORDS = (
    "make it night without the dog cat replace by with add and then , . : shot 2 second remove two of them closer no "
    "sans le chat mets - de nuit par un en plan continue more fewer twice keep instead of says hello hat red @ann"
)
words = st.sampled_from(WORDS.split())


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.lists(words, max_size=14).map(" ".join), st.text(max_size=80)),
    st.sampled_from([DOG, STORY, direct(BASES["fisher"])]),
)
def test_no_text_breaks_it_and_the_same_text_gives_the_same(instruction, parent):
    first, again = remix(parent, instruction), remix(parent, instruction)
    assert first == again
    assert Storyboard.model_validate_json(first.storyboard.model_dump_json()) == first.storyboard
    assert applied(parent, first.changes).shots == first.storyboard.shots
    for understood in first.coverage.understood:
        assert understood.phrase in instruction
    for phrase in first.coverage.missed:
        assert phrase in instruction
    further = continued(parent, instruction).storyboard.shots
    assert further[: len(parent.shots)] == parent.shots
