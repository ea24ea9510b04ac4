"""Camera work: whoever the shot is about stays in the frame, and moves look like what they are called."""

import numpy as np
import pytest

from pipelines.storyboard import Angle, Camera, Framing, Move, Shot
from pipelines.world.actor import Role, cast
from pipelines.world.framing import camera_track, group_at

ASPECTS = {"tall": 540 / 960, "wide": 960 / 540, "square": 1.0}


def filmed(kind: str = "dog", action: str = "run", aspect: float = 0.5625, seconds: float = 4.0, **camera: object):
    shot = Shot(seconds=seconds, camera=Camera(**camera))
    actor = cast(Role(kind, action, seconds=seconds))
    return actor, camera_track(shot, [actor], aspect)


def box(actor, track, t: float, aspect: float) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the actor in shares of the frame."""
    camera = track.at(t, round(1000 * aspect), 1000)
    group = group_at([actor], t)
    left, bottom, _ = camera.project((group.x - group.length / 2, group.foot, group.z))
    right, top, _ = camera.project((group.x + group.length / 2, group.foot + group.height, group.z))
    return left / (1000 * aspect), top / 1000, right / (1000 * aspect), bottom / 1000


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("shape", ASPECTS)
def test_a_running_dog_stays_in_the_frame_whatever_the_camera_does(move, shape):
    actor, track = filmed(move=move, aspect=ASPECTS[shape])
    for t in np.linspace(0, 4, 9):
        left, top, right, bottom = box(actor, track, float(t), ASPECTS[shape])
        middle = (left + right) / 2
        assert 0.1 < middle < 0.9, f"at {t:.1f} s its middle is at {middle:.2f} of the width"
        assert top > -0.02
        assert bottom < 1.02


@pytest.mark.parametrize("angle", list(Angle))
def test_the_feet_of_a_full_figure_are_seen_from_every_angle(angle):
    actor, track = filmed("woman", "stand", angle=angle)
    assert box(actor, track, 2.0, 0.5625)[3] == pytest.approx(0.83, abs=0.06)


def test_closer_framings_show_the_subject_larger():
    heights = []
    for framing in (Framing.WIDE, Framing.FULL, Framing.MEDIUM, Framing.CLOSE):
        actor, track = filmed("woman", "stand", framing=framing)
        _, top, _, bottom = box(actor, track, 2.0, 0.5625)
        heights.append(bottom - top)
    assert heights == sorted(heights)
    assert heights[-1] > 2.5 * heights[1]


def test_pushing_in_makes_the_subject_grow_and_pulling_out_makes_it_shrink():
    def growth(move: Move) -> float:
        actor, track = filmed("woman", "stand", move=move)
        first, last = (box(actor, track, t, 0.5625) for t in (0.0, 4.0))
        return (last[3] - last[1]) / (first[3] - first[1])

    assert growth(Move.PUSH_IN) > 1.3
    assert growth(Move.PULL_OUT) < 0.75
    assert growth(Move.STATIC) == pytest.approx(1, abs=0.05)


def test_a_crane_rises():
    _, track = filmed("woman", "stand", move=Move.CRANE)
    assert track.at(4.0, 540, 960).y > track.at(0.0, 540, 960).y + 1


def test_orbiting_moves_the_camera_round_while_the_subject_keeps_its_place():
    actor, track = filmed("woman", "stand", move=Move.ORBIT)
    assert abs(track.at(4.0, 540, 960).x - track.at(0.0, 540, 960).x) > 0.5
    middles = [sum(box(actor, track, float(t), 0.5625)[::2]) / 2 for t in np.linspace(0, 4, 5)]
    assert max(middles) - min(middles) < 0.06


def test_the_camera_never_jerks():
    _, track = filmed(move=Move.TRACK, seconds=4.0)
    speed = np.diff(track.samples[:, 0])
    assert np.abs(np.diff(speed)).max() < 0.03  # metres a frame, from one frame to the next
