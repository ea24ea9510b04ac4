"""Things as they are seen: every one draws in every style, in its colour, inside the frame, and moves as it should."""

import numpy as np
import pytest

from pipelines.storyboard import Shot, Style, Subject, Time, Weather
from pipelines.world.actor import Role, cast, kinds
from pipelines.world.camera import Camera
from pipelines.world.light import light_for
from pipelines.world.raster import surface
from pipelines.world.staging import stage
from pipelines.world.styles import painter_for

THINGS = (
    "ball", "basketball", "football", "beach_ball", "bowling_ball", "box", "car", "boat", "balloon", "leaf", "bottle",
    "domino", "kite", "feather", "skateboard", "apple", "pumpkin", "lantern", "umbrella", "paper_plane", "tree",
)  # fmt: skip
SIZE = 160  # pixels


def camera_for(role: Role, t: float = 0.0) -> Camera:
    """A camera that shows a role from near by."""
    actor = cast(role)
    (x, y, _), (length, height) = actor.position(t), actor.extent()
    scale = 0.6 * SIZE / max(length, height)  # pixels per metre
    horizon = SIZE / 2 + (1.0 - (y + height / 2)) * -scale
    return Camera(x, 1.0, -4.0, 4.0 * scale, SIZE / 2, horizon, SIZE, SIZE)


def drawn(role: Role, t: float = 0.0, style: Style = Style.CINEMATIC, time: Time = Time.DAY) -> np.ndarray:
    """(SIZE, SIZE, 4) uint8 BGRA: a role alone."""
    pixels, target = surface(SIZE, SIZE)
    painter = painter_for(style)(target.getCanvas(), light_for(time, Weather.CLEAR))
    cast(role).draw(painter, camera_for(role, t), t)
    return pixels


def test_all_things_are_there_and_have_a_home():
    for kind in THINGS:
        assert kinds()[kind].family == "thing"
        assert kinds()[kind].home
        assert kinds()[kind].actions


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("kind", THINGS)
def test_a_thing_is_seen_in_every_style(kind: str, style: Style):
    cover = drawn(Role(kind, seed=3), style=style)[..., 3] > 40
    assert 0.003 < cover.mean() < 0.6
    rows, columns = np.nonzero(cover)
    assert np.ptp(columns) > 4 and np.ptp(rows) > 4


@pytest.mark.parametrize("kind", THINGS)
def test_the_storyboard_colours_it(kind: str):
    def mean_hue(colour: str) -> np.ndarray:
        pixels = drawn(Role(kind, colours=(colour,), seed=3)).astype(float)
        return pixels[pixels[..., 3] > 200][:, :3].mean(0)  # blue, green, red

    red, blue = mean_hue("red"), mean_hue("blue")
    assert red[2] - red[0] > blue[2] - blue[0] + 12


@pytest.mark.parametrize("kind", THINGS)
def test_drawing_it_twice_gives_the_same_pixels(kind: str):
    role = Role(kind, seed=5)
    assert np.array_equal(drawn(role, 1.3), drawn(role, 1.3))


@pytest.mark.parametrize("kind", [kind for kind in THINGS if kind != "lantern"])
def test_night_makes_it_darker(kind: str):
    def light(time: Time) -> float:
        pixels = drawn(Role(kind, colours=("white",), seed=3), time=time)
        return float(pixels[pixels[..., 3] > 200][:, :3].mean())

    assert light(Time.NIGHT) < 0.8 * light(Time.DAY)


def test_a_lantern_shines_at_night():
    pixels = drawn(Role("lantern"), time=Time.NIGHT)
    assert pixels[..., 2].max() > 230


@pytest.mark.parametrize("aspect", [0.5625, 1.0, 16 / 9])
@pytest.mark.parametrize("kind", THINGS)
def test_what_a_thing_does_stays_in_the_frame(kind: str, aspect: float):
    staged = stage(Shot(seconds=5.0, place="meadow", subjects=(Subject(kind=kind),)), 7, aspect)
    (actor,) = (cast(role) for role in staged.roles)
    width, height = round(960 * aspect), 960
    for t in np.arange(0, 5.0, 0.125):
        x, y, z = actor.position(float(t))
        column, row, _ = staged.camera.at(float(t), width, height).project((x, y + actor.extent()[1] / 2, z))
        assert -0.05 * width < column < 1.05 * width, f"{kind} leaves sideways at {t:.2f} s"
        assert -0.02 * height < row < 1.02 * height, f"{kind} leaves up or down at {t:.2f} s"


def test_a_ball_in_the_plain_view_is_large_enough_to_be_watched():
    staged = stage(Shot(place="meadow", subjects=(Subject(kind="ball"),)), 7, 0.5625)
    assert 0.24 * staged.camera.at(0, 540, 960).scale_at(0.0) > 50  # pixels


def test_of_several_balloons_each_gets_the_next_colour():
    def redness(index: int) -> float:
        pixels = drawn(Role("balloon", colours=("red", "blue"), index=index, seed=3)).astype(float)
        seen = pixels[pixels[..., 3] > 200]
        return float((seen[:, 2] - seen[:, 0]).mean())

    assert redness(0) > 40 > -20 > redness(1)


def test_a_rolling_football_shows_another_side():
    staged = stage(Shot(place="meadow", subjects=(Subject(kind="football", action="roll"),)), 7, 0.5625)
    role = staged.roles[0]
    before, after = drawn(role, 1.0), drawn(role, 1.15)
    assert np.abs(before.astype(int) - after)[..., :3].max() > 90


def test_the_wheels_of_a_car_turn_and_it_crosses_with_its_engine_on():
    staged = stage(Shot(place="meadow", subjects=(Subject(kind="car"),)), 7, 0.5625)
    (car,) = (cast(role) for role in staged.roles)
    assert car.position(5.0)[0] - car.position(0.0)[0] > 15
    engines = [event for event in staged.score.events if event.kind == "engine"]
    assert engines and engines[0].material == "car"
    wheel = drawn(staged.roles[0], 1.0)[SIZE // 2 :]
    turned = drawn(staged.roles[0], 1.0 + 1 / 24)[SIZE // 2 :]
    assert np.abs(wheel.astype(int) - turned)[..., :3].max() > 50


def test_a_parked_car_stands_and_is_silent():
    staged = stage(Shot(place="meadow", subjects=(Subject(kind="car", action="stand"),)), 7, 0.5625)
    (car,) = (cast(role) for role in staged.roles)
    assert car.position(5.0) == car.position(0.0)
    assert not staged.score.events


def test_a_boat_rocks_on_the_water_and_stands_on_land():
    def heights(surface: str) -> float:
        boat = cast(Role("boat", surface=surface))
        return float(np.ptp([boat.position(t)[1] for t in np.arange(0, 5, 0.1)]))

    assert 0.04 < heights("water") < 0.5
    assert heights("grass") == 0


def test_a_kite_swings_in_the_wind():
    kite = cast(Role("kite", wind=0.8))
    path = np.array([kite.position(t) for t in np.arange(0, 5, 0.1)])
    assert np.ptp(path[:, 0]) > 0.5
    assert path[:, 1].min() > 1
