"""A storyboard is JSON that a person may edit: whole after a round trip, refused when it is out of bounds."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.storyboard import (
    Camera,
    Coverage,
    Line,
    Shot,
    Storyboard,
    Subject,
    Understood,
)

FULL = Storyboard(
    language="fr",
    shots=(
        Shot(
            seconds=4,
            place="meadow",
            time="sunset",
            weather="wind",
            season="spring",
            camera=Camera(framing="wide", move="track", angle="low"),
            style="paper",
            subjects=(
                Subject(kind="dog", colours=("golden",), attributes=("puppy", "bandana_red"), action="run"),
                Subject(kind="woman", count=3, action="talk", cameo="elodie_42"),
            ),
            events=("hit_backboard", "roll"),
            lines=(Line(text="Viens, « petit » !", speaker="woman", language="fr"),),
            sounds=("birdsong",),
            music="calm",
        ),
        Shot(seconds=2.5),
    ),
    coverage=Coverage(
        understood=(Understood(phrase="Un chiot", field="shots.0.subjects.0.kind=dog"),), missed=("quark",)
    ),
)


def edited(change) -> str:
    """The JSON of the full storyboard after a change by hand."""
    values = json.loads(FULL.model_dump_json())
    change(values)
    return json.dumps(values)


def test_a_storyboard_survives_json():
    assert Storyboard.model_validate_json(FULL.model_dump_json()) == FULL


def test_it_names_its_version_and_knows_its_length():
    assert json.loads(FULL.model_dump_json())["version"] == 1
    assert FULL.seconds == 6.5


def test_a_shot_needs_to_say_nothing():
    shot = Shot()
    assert (shot.seconds, shot.place, shot.subjects) == (5.0, None, ())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("version", lambda board: board.update(version=2)),
        ("shots", lambda board: board.update(shots=[])),
        ("shots", lambda board: board.update(shots=board["shots"] * 4)),
        ("surprise", lambda board: board.update(surprise=1)),
        ("seconds", lambda board: board["shots"][0].update(seconds=0)),
        ("seconds", lambda board: board["shots"][0].update(seconds=1000)),
        ("place", lambda board: board["shots"][0].update(place="../../etc/passwd")),
        ("place", lambda board: board["shots"][0].update(place="Forêt")),
        ("style", lambda board: board["shots"][0].update(style="cubist")),
        ("kind", lambda board: board["shots"][0]["subjects"][0].update(kind="<script>")),
        ("count", lambda board: board["shots"][0]["subjects"][0].update(count=1_000_000)),
        ("cameo", lambda board: board["shots"][0]["subjects"][1].update(cameo="'; drop table")),
        ("subjects", lambda board: board["shots"][0].update(subjects=board["shots"][0]["subjects"] * 5)),
        ("text", lambda board: board["shots"][0]["lines"][0].update(text="a" * 501)),
        ("language", lambda board: board["shots"][0]["lines"][0].update(language="de")),
        ("events", lambda board: board["shots"][0].update(events=["roll"] * 9)),
    ],
)
def test_an_edit_out_of_bounds_is_refused_by_name(field, change):
    with pytest.raises(ValidationError) as refused:
        Storyboard.model_validate_json(edited(change))
    assert field in {str(part) for problem in refused.value.errors() for part in problem["loc"]}


def test_an_edit_within_bounds_is_taken():
    def change(board):
        board["shots"][0]["subjects"][0].update(kind="cat", count=2)

    assert Storyboard.model_validate_json(edited(change)).shots[0].subjects[0].kind == "cat"


def test_nothing_of_it_can_be_changed_in_place():
    with pytest.raises(ValidationError, match="frozen"):
        FULL.shots[0].seconds = 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.builds(Storyboard, shots=st.lists(st.builds(Shot), min_size=1, max_size=6).map(tuple)))
def test_any_storyboard_survives_json(storyboard):
    assert Storyboard.model_validate_json(storyboard.model_dump_json()) == storyboard
    assert 0.5 <= storyboard.seconds <= 120
