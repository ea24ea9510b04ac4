"""Scenes: a frame is a pure function of the staged shot and its number."""

import numpy as np
import pytest

from pipelines.storyboard import Camera, Move, Shot, Style, Subject, Time, Weather
from pipelines.world.scene import Scene
from pipelines.world.staging import stage

SIZE = (108, 192)


def staged(**fields: object):
    return stage(Shot(seconds=1.0, place="meadow", **fields), seed=5, aspect=SIZE[0] / SIZE[1])


def brightness(**fields: object) -> float:
    return float(Scene(staged(**fields), *SIZE).frame(0).mean())


def test_a_frame_painted_alone_equals_the_frame_painted_after_others():
    shot = staged(weather=Weather.RAIN, camera=Camera(move=Move.PAN))
    scene = Scene(shot, *SIZE)
    after_others = [scene.frame(i) for i in (0, 7, 3, 15)][-1]
    assert np.array_equal(after_others, Scene(shot, *SIZE).frame(15))


def test_frames_have_the_size_that_was_asked_for():
    frame = Scene(staged(), 160, 90).frame(3)
    assert frame.shape == (90, 160, 3)
    assert frame.dtype == np.uint8


def test_another_seed_gives_another_meadow():
    one = Scene(stage(Shot(seconds=1, place="meadow"), 1, 0.5625), *SIZE).frame(0)
    two = Scene(stage(Shot(seconds=1, place="meadow"), 2, 0.5625), *SIZE).frame(0)
    assert np.abs(one.astype(int) - two).mean() > 2


def test_night_is_darker_than_dawn_and_dawn_than_day():
    assert brightness(time=Time.NIGHT) < 0.6 * brightness(time=Time.DAWN)
    assert brightness(time=Time.DAWN) < brightness(time=Time.DAY)


@pytest.mark.parametrize("weather", [w for w in Weather if w != Weather.CLEAR])
def test_weather_is_seen_and_moves(weather):
    scene = Scene(staged(weather=weather), *SIZE)
    clear = Scene(staged(), *SIZE).frame(0)
    first, later = scene.frame(0), scene.frame(9)
    assert np.abs(first.astype(int) - clear).mean() > 1.0
    assert np.abs(first.astype(int) - later).mean() > 0.5


def test_every_style_paints_the_same_place_in_its_own_way():
    frames = {style: Scene(staged(style=style), *SIZE).frame(0).astype(int) for style in Style}
    for style, frame in frames.items():
        assert frame.std() > 20, f"{style} is nearly one colour"
        for other, against in frames.items():
            assert style == other or np.abs(frame - against).mean() > 4, f"{style} looks like {other}"


def test_paper_is_moved_by_hand_on_twos():
    shot = staged(style=Style.PAPER, weather=Weather.SNOW)
    scene = Scene(shot, *SIZE)
    assert np.array_equal(scene.frame(4), scene.frame(5))
    assert not np.array_equal(scene.frame(5), scene.frame(6))


def test_flowers_take_the_colour_that_was_asked_for():
    def red_over_blue(colour: str) -> float:
        shot = staged(subjects=(Subject(kind="flower", colours=(colour,), count=12),))
        frame = Scene(shot, *SIZE).frame(0)[110:].astype(float)
        return float(frame[..., 2].mean() - frame[..., 0].mean())

    assert red_over_blue("red") > red_over_blue("blue") + 3
