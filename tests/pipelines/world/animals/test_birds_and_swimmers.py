"""Birds beat their wings in the air, fish and whales live in the water, butterflies dance."""

import numpy as np
import pytest

from pipelines.world.animals.bird_motions import stance
from tests.pipelines.world.animals.stages import BIRDS, SWIMMERS, animal


@pytest.mark.parametrize("kind", ["bird", "owl", "duck", "butterfly"])
def test_what_flies_is_well_above_the_ground_and_travels(kind: str) -> None:
    actor = animal(kind, "fly")
    (x0, y0, _), (x1, y1, _) = actor.position(0.0), actor.position(2.0)
    assert y0 == y1 > 0.6
    assert x1 - x0 > 0.8
    assert actor.shadows(1.0)[0].height > 0.5


@pytest.mark.parametrize("kind", ["bird", "owl", "duck"])
def test_wings_go_up_and_down_and_are_heard_on_the_way_down(kind: str) -> None:
    actor = animal(kind, "fly", seconds=4.0)
    lifts = [actor.pose(t).near.lift for t in np.linspace(0, 2, 100)]
    assert max(lifts) > 0.6 and min(lifts) < -0.3
    beats = [h for h in actor.happenings() if h.kind == "wingbeat"]
    assert len(beats) >= 3
    for beat in beats[:3]:
        assert actor.pose(beat.time + 0.02).near.hand > 0  # the hand trails behind an arm that goes down


def test_some_birds_rest_on_their_wings_between_beats() -> None:
    strokes = [animal("owl", "fly").pose(t).near.spread for t in np.linspace(0, 5, 240)]
    steady = sum(1 for a, b in zip(strokes, strokes[1:], strict=False) if abs(a - b) < 1e-6)
    assert steady > 10


def test_a_penguin_that_is_told_to_fly_walks() -> None:
    penguin = animal("penguin", "fly")
    assert penguin.position(3.0)[1] == 0.0
    assert penguin.position(3.0)[0] > 0.5


@pytest.mark.parametrize("kind", BIRDS)
@pytest.mark.parametrize("action", ["walk", "run"])
def test_a_birds_planted_foot_stays_where_it_landed(kind: str, action: str) -> None:
    actor = animal(kind, action)
    gait = stance(actor.flyer, action).gait
    placed: dict[int, float] = {}
    for frame in range(192):
        t = frame / 96
        for limb, foot in enumerate(actor.pose(t).feet):
            phase = (t / gait.period - gait.landings[limb]) % 1.0
            if not foot.planted or phase > gait.duty:
                placed.pop(limb, None)
                continue
            x = actor.position(t)[0] + foot.x
            assert foot.y == pytest.approx(0.0, abs=0.005)
            assert abs(x - placed.setdefault(limb, x)) < 0.005, f"{kind}: foot {limb} slides at {t:.2f} s"


def test_a_singing_bird_opens_its_beak_with_every_call() -> None:
    actor = animal("bird", "sing", seconds=6.0)
    calls = [h for h in actor.happenings() if h.kind == "call"]
    assert len(calls) >= 4 and {h.material for h in calls} == {"bird"}
    for call in calls:
        assert max(actor.pose(call.time + dt).beak for dt in (0.05, 0.12, 0.2)) > 0.5


@pytest.mark.parametrize("kind", SWIMMERS)
def test_a_swimmers_tail_swings_and_it_goes_ahead(kind: str) -> None:
    actor = animal(kind, "swim", heading=-1)
    assert actor.position(2.0)[0] < -0.8
    swings = [actor.tail_swing(t) for t in np.linspace(0, 4, 80)]
    assert max(swings) > 0.9 and min(swings) < -0.9


def test_the_body_of_a_whale_bends_in_one_smooth_wave() -> None:
    actor = animal("whale", "swim")
    for t in (0.0, 0.7, 1.9):
        points = np.array(actor.spine(t))
        turns = np.diff(np.unwrap(np.arctan2(*np.diff(points, axis=0).T[::-1])))
        assert np.abs(turns).max() < 0.5


def test_a_whale_that_leaps_in_the_sea_splashes_and_one_under_water_makes_bubbles() -> None:
    leaping = animal("whale", "jump", surface="water", seconds=6.0)
    assert len([h for h in leaping.happenings() if h.kind == "splash"]) >= 4
    below = animal("whale", "swim", surface="sand", seconds=6.0)
    assert {h.kind for h in below.happenings()} <= {"bubbles", "call"}
    assert below.position(0.0)[1] > 0.5


def test_a_duck_on_water_is_cut_off_at_the_waterline() -> None:
    from tests.pipelines.world.animals.stages import camera_on, covered, picture

    afloat, camera = animal("duck", "swim", surface="water"), None
    camera = camera_on(afloat, 0.5)
    seen = covered(picture(afloat, 0.5, camera=camera))
    waterline = camera.project(afloat.position(0.5))[1]
    rows = np.flatnonzero(seen.any(axis=1))
    assert rows[0] < waterline - 30
    assert rows[-1] < waterline + 20  # nothing but the rings on the water lies below


def test_a_butterfly_opens_and_closes_its_wings_and_is_silent() -> None:
    actor = animal("butterfly", "fly")
    folds = [actor.fold(t) for t in np.linspace(0, 1, 60)]
    assert max(folds) > 1.1 and min(folds) < -0.3
    assert not actor.happenings()
    assert animal("butterfly", "sit").position(2.0)[:2] == (0.0, 0.0)


def test_several_butterflies_differ_in_colour_and_in_their_ways() -> None:
    first, second = animal("butterfly", "fly", index=0), animal("butterfly", "fly", index=1)
    assert first.coat.base != second.coat.base
    assert first.offset(1.0) != second.offset(1.0)
