"""Places: each has depth, hours, weathers and seasons, goes on when the camera travels, and leaves the stage free."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipelines.storyboard import Season, Shot, Style, Time, Weather
from pipelines.world.place import places
from pipelines.world.scene import Scene
from pipelines.world.staged import CameraTrack
from pipelines.world.staging import stage

SIZE = (54, 96)
ALL = sorted(places())
EXPECTED = {
    *("beach", "city", "desert", "forest", "gym", "harbour", "kitchen", "living_room", "meadow", "mountains", "park"),
    *("rooftop", "sea", "snow_field", "space", "stage", "street", "underwater", "village"),
}
GREEN = ("forest", "park")


def scene_of(name: str, x: float = 0.0, size: tuple[int, int] = SIZE, **fields: object) -> Scene:
    staged = stage(Shot(seconds=1.0, place=name, **fields), seed=5, aspect=size[0] / size[1])
    samples = staged.camera.samples.copy()
    samples[:, 0] += x
    return Scene(replace(staged, camera=CameraTrack(samples)), *size)


@cache
def scene(name: str, time: Time = Time.DAY) -> Scene:
    return scene_of(name, time=time)


@cache
def picture(name: str, time: Time = Time.DAY) -> np.ndarray:
    return scene(name, time).frame(0).astype(int)


def is_rich(frame: np.ndarray) -> bool:
    """Whether a frame shows much more than one colour."""
    return frame.std(axis=(0, 1)).max() > 12 and len(np.unique(frame.reshape(-1, 3) // 16, axis=0)) > 40


def test_every_place_that_is_promised_exists():
    assert set(ALL) >= EXPECTED


@pytest.mark.parametrize("name", ALL)
def test_a_place_is_rich_at_every_hour_and_darkest_at_night(name):
    brightness = {time: picture(name, time).mean() for time in Time}
    assert all(is_rich(picture(name, time)) for time in Time)
    assert brightness[Time.NIGHT] == min(brightness.values())
    assert brightness[Time.NIGHT] < 0.97 * brightness[Time.DAY]


@pytest.mark.parametrize("style", [Style.FLAT, Style.PAPER])
@pytest.mark.parametrize("name", ALL)
def test_a_place_is_rich_in_every_style_and_looks_different(name, style):
    frame = scene_of(name, style=style, time=Time.SUNSET).frame(0).astype(int)
    assert is_rich(frame)
    assert np.abs(frame - picture(name, Time.SUNSET)).mean() > 2


@pytest.mark.parametrize("name", ALL)
def test_a_place_has_depth(name):
    depths = {round(baked.plane.depth, 1) for baked in scene(name).planes}
    assert len(depths) >= 5
    assert len([depth for depth in depths if depth > 1.5]) >= 3  # behind the performers


@pytest.mark.parametrize("name", ALL)
def test_near_things_move_more_than_far_ones_when_the_camera_moves(name):
    camera = scene(name).staged.camera.at(0.0, *SIZE)
    moved = replace(camera, x=camera.x + 0.5)
    shifts = [
        (baked.plane.depth, camera.project((0, 0, baked.plane.depth))[0] - moved.project((0, 0, baked.plane.depth))[0])
        for baked in scene(name).planes
        if baked.plane.depth > camera.z + 0.3
    ]
    ordered = [shift for _, shift in sorted(shifts)]
    assert ordered == sorted(ordered, reverse=True)
    assert ordered[0] > 2 * ordered[-1]


@pytest.mark.parametrize("name", ALL)
def test_repeating_planes_have_no_seam(name):
    for baked in scene(name).planes:
        if not baked.plane.repeat:
            continue
        columns = baked.pixels.astype(int)
        steps = np.abs(np.diff(columns, axis=1)).mean(axis=(0, 2))
        seam = np.abs(columns[:, 0] - columns[:, -1]).mean()
        assert seam <= max(steps.max() * 1.25, 1.5), baked.plane.paint.__qualname__


@pytest.mark.parametrize("name", ["beach", "city", "forest", "harbour", "kitchen", "rooftop", "street", "underwater"])
def test_a_place_goes_on_when_the_camera_travels_far(name):
    far_away = scene_of(name, x=57.0).frame(0).astype(int)
    assert is_rich(far_away)
    assert far_away.mean() == pytest.approx(picture(name).mean(), rel=0.3)


@pytest.mark.parametrize("name", ["city", "gym", "street", "underwater"])
def test_a_wide_frame_is_filled_to_its_edges(name):
    frame = scene_of(name, size=(160, 90)).frame(0).astype(int)
    assert is_rich(frame)
    assert frame[:, :12].std() > 10
    assert frame[:, -12:].std() > 10


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("sea", "stage")])
def test_nothing_stands_where_the_performers_are(name):
    """Planes between z = −0.5 and 1.5 hold nothing solid at waist height within a metre of the middle."""
    for baked in scene(name).planes:
        plane = baked.plane
        if plane.lies_flat or not plane.faces_camera or not -0.5 < plane.depth < 1.5:
            continue
        row = round((plane.origin[1] - 0.9) * baked.resolution)
        middle = np.arange(-1.0, 1.0, 0.05) - plane.origin[0]
        columns = (middle * baked.resolution).astype(int)
        if plane.repeat:
            columns %= baked.pixels.shape[1]
        columns = columns[(columns >= 0) & (columns < baked.pixels.shape[1])]
        if 0 <= row < baked.pixels.shape[0]:
            assert baked.pixels[row, columns, 3].max(initial=0) < 200


@pytest.mark.parametrize("name", ["forest", "space"])
def test_the_same_place_is_painted_the_same_way_twice(name):
    assert np.array_equal(scene_of(name).frame(4), scene_of(name).frame(4))


@pytest.mark.parametrize("name", ["city", "village", "harbour", "street"])
def test_snow_lies_on_things_and_on_the_ground(name):
    snowy = scene_of(name, weather=Weather.SNOW).frame(0).astype(int)
    lower = slice(SIZE[1] * 3 // 4, None)
    assert snowy[lower].mean() > picture(name)[lower].mean() + 15


@pytest.mark.parametrize("name", ["street", "city"])
def test_rain_makes_hard_ground_a_mirror(name):
    assert scene_of(name, weather=Weather.RAIN).floor.floor.mirror > 0.5
    assert scene(name).floor.floor.mirror < 0.2


@pytest.mark.parametrize("name", ["city", "village", "harbour", "rooftop", "street"])
def test_lamps_and_windows_shine_at_night(name):
    night = picture(name, Time.NIGHT).max(axis=2)
    assert (night > 170).mean() > 0.003
    assert np.median(night) < 130


@pytest.mark.parametrize("name", GREEN)
def test_autumn_is_redder_than_spring(name):
    def redness(season: Season) -> float:
        blue, green, red = scene_of(name, season=season).frame(0).astype(float).mean(axis=(0, 1))
        return red / (green + blue)

    assert redness(Season.AUTUMN) > redness(Season.SPRING) + 0.01


def test_facts_that_physics_and_sound_rely_on():
    gym = {segment.name: segment for segment in places()["gym"].obstacles}
    assert gym["rim_front"].start[0] < 1.375 < gym["rim_front"].end[0]
    assert gym["rim_back"].start[0] < 1.825 < gym["rim_back"].end[0]
    assert gym["backboard"].start == (2.0, 2.9)
    assert gym["backboard"].end == (2.0, 3.95)
    assert gym["wall"].start[0] == 4.2
    assert places()["space"].gravity == pytest.approx(1.62)
    assert places()["space"].medium == 0
    assert places()["underwater"].medium == 1000
    assert places()["sea"].surface == "water"
    assert all(places()[name].ambiences for name in EXPECTED)


def test_only_places_with_an_air_of_their_own_change_the_light():
    assert scene("underwater").light.haze != scene("sea").light.haze
    assert scene("space").light.sky[0][1] == pytest.approx((4, 4, 14))
    assert {name for name in ALL if places()[name].relight} >= {"underwater", "space"}
