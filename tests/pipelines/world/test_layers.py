"""Planes in space: parallax, seamless repetition, wind that leaves the foot where it is."""

import numpy as np
import pytest

from pipelines.storyboard import Time, Weather
from pipelines.world.camera import Camera
from pipelines.world.floor import BakedFloor
from pipelines.world.geometry import box, disc
from pipelines.world.layers import bake_plane
from pipelines.world.light import light_for
from pipelines.world.place import Floor, Plane
from pipelines.world.raster import surface
from pipelines.world.styles.cinematic import Cinematic
from pipelines.world.styles.painter import Stamps

LIGHT = light_for(Time.DAY, Weather.CLEAR)


def camera(x: float = 0.0) -> Camera:
    return Camera(x=x, y=1.0, z=-4.0, focal=240, centre=80, horizon=60, width=160, height=200)


def dot(painter, rng):
    painter.patch(disc(1.0, 1.0, 0.3), (255, 0, 0))


def picture(plane: Plane, view: Camera, t: float = 0.0, wind: float = 0.0) -> np.ndarray:
    pixels, target = surface(view.width, view.height)
    baked = bake_plane(plane, Cinematic, LIGHT, camera(), 1, 0, Stamps())
    baked.draw(Cinematic(target.getCanvas(), LIGHT), view, t, wind)
    return pixels


def centre_of(pixels: np.ndarray) -> tuple[float, float]:
    rows, columns = np.nonzero(pixels[..., 3] > 100)
    return float(columns.mean()), float(rows.mean())


def test_a_plane_is_seen_where_the_camera_projects_it():
    column, row = centre_of(picture(Plane((-1, 2, 2), 2, 2, dot), camera()))
    expected = camera().project((0, 1, 2))
    assert (column + 0.5, row + 0.5) == pytest.approx(expected[:2], abs=0.6)


def test_near_planes_move_more_than_far_ones_when_the_camera_moves():
    def moved(z: float) -> float:
        plane = Plane((-1, 2, z), 2, 2, dot)
        return centre_of(picture(plane, camera(0.0)))[0] - centre_of(picture(plane, camera(0.3)))[0]

    assert moved(0.0) == pytest.approx(0.3 * 240 / 4, abs=0.7)
    assert moved(8.0) == pytest.approx(0.3 * 240 / 12, abs=0.7)


def test_a_repeating_plane_has_no_seam():
    def stripes(painter, rng):
        for x, shade in zip(np.linspace(0, 3, 30), rng.uniform(0, 255, 30), strict=True):
            painter.patch(box(float(x), 0, 0.2, 1), (float(shade),) * 3)

    plane = Plane((-7.0, 1.5, 0), 3.0, 1.0, stripes, repeat=True)
    here, one_period_on = picture(plane, camera(0.0)), picture(plane, camera(3.0))
    middle = slice(40, 70)
    assert np.abs(here[middle].astype(int) - one_period_on[middle]).max() <= 2
    assert here[middle, :, 3].min() == 255  # it covers the whole width


def test_wind_moves_the_top_of_a_plane_and_not_its_foot():
    def post(painter, rng):
        painter.patch(box(0.9, 0, 0.2, 2.0), (0, 0, 0))

    plane = Plane((-1, 2, 0), 2, 2, post, sway=0.15)
    calm, gust = picture(plane, camera(), 0.8, 0.0), picture(plane, camera(), 0.8, 1.0)

    def middle(pixels: np.ndarray, row: int) -> float:
        return float(np.average(np.arange(160), weights=pixels[row, :, 3].astype(float)))

    top, foot = round(camera().project((0, 1.9, 0))[1]), round(camera().project((0, 0.05, 0))[1])
    assert abs(middle(gust, top) - middle(calm, top)) > 2
    assert abs(middle(gust, foot) - middle(calm, foot)) < 0.5


def test_a_plane_behind_the_lens_is_not_seen():
    assert picture(Plane((-1, 2, -5), 2, 2, dot), camera()).max() == 0


def test_the_floor_begins_at_the_horizon_and_its_tile_lies_still_in_the_world():
    def tile(painter, rng):
        painter.patch(box(0, 0, 4, 4), (90, 90, 90))
        painter.patch(box(1, 1, 1, 1), (250, 250, 250))

    floor = BakedFloor(Floor(tile, 4.0), Cinematic, LIGHT, camera(), 3, Stamps())
    one, two = np.zeros((200, 160, 4), np.uint8), np.zeros((200, 160, 4), np.uint8)
    floor.draw(one, camera(0.0))
    floor.draw(two, camera(4.0))
    assert one[:60].max() == 0
    assert one[62:, :, 3].min() == 255
    assert np.abs(one[70:].astype(int) - two[70:]).max() <= 2
