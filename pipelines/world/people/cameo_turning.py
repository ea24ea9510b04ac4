"""A view of a real person's head, turned a little to where the head looks, and two such views in one."""

import math
from typing import NamedTuple

import cv2
import numpy as np

from pipelines.cameo.pose import turned_columns
from pipelines.world.geometry import clamp, wrap_angle
from pipelines.world.people.cameo_face import living
from pipelines.world.people.cameo_views import HeadPicture, HeadPictures
from pipelines.world.people.head_place import HeadPlace

APART = 0.70  # between the eyes, in half-widths of a drawn head: real faces are narrower, and taller
CHIN = 1.20  # where the chin lies, in half-widths below the head's middle
NODS = 0.35  # half-widths by which parts of a head that nods come to lie higher or lower
COARSE = 8  # pixels between two places at which the turn is reckoned; between them it is a straight line
FARTHEST = 0.22  # radians that a view is turned beyond what was recorded
ROUNDER = 1.15  # radius of the turning surface against the outline: nothing is read along the very edge
SIZES = 4  # sizes of a head whose grids are kept: they come and go while a camera moves


class Grid(NamedTuple):
    """What turning a view takes at one size of the head, whatever its angle."""

    shape: tuple[int, int]  # (width, height) of the patch in pixels
    columns: np.ndarray  # (1, n) float32 of the view, from its axis
    rows: np.ndarray  # (m, 1) float32 of the view
    radius: np.ndarray  # (m, 1) float32 of the head there
    depth: np.ndarray  # (m, n) float32: how far the surface stands out towards the camera
    within: np.ndarray  # (height, width, 4) uint8 cover: beyond its edge a turned head would read itself again


class Reach(NamedTuple):
    """How far a head reaches from its middle, in half-widths: what is painted."""

    aside: float
    above: float
    below: float


def reach_of(pictures: HeadPictures) -> Reach:
    """How far any view of a head reaches, with room for a nod."""
    reaches = [_reach(picture) for picture in (pictures.front, pictures.left, pictures.right, pictures.back)]
    return Reach(*(max(each) for each in zip(*reaches, strict=True)))


def _reach(picture: HeadPicture) -> Reach:
    view, unit = picture.view, APART / picture.apart
    height, width = view.picture.shape[:2]
    aside = max(view.axis, width - view.axis) * unit + 0.05
    return Reach(aside, view.chin_row * unit - CHIN + NODS, (height - view.chin_row) * unit + CHIN + NODS)


def turned(picture: HeadPicture, place: HeadPlace, reach: Reach) -> np.ndarray:
    """(h, w, 4) uint8 premultiplied BGRA: one view turned to where the head looks, as far as it reaches."""
    view, source = place.view, picture.view
    grid = _grid(picture, view.size, reach)
    turn = clamp(wrap_angle(view.yaw - source.yaw), -FARTHEST, FARTHEST)
    read_x = source.axis + turned_columns(grid.columns, grid.radius * ROUNDER, turn) + np.zeros_like(grid.rows)
    read_y = grid.rows - math.sin(view.pitch) * grid.depth * (0.8 if abs(wrap_angle(view.yaw)) < 1.6 else -0.32)
    maps = [cv2.resize(np.float32(m), grid.shape, interpolation=cv2.INTER_LINEAR) for m in (read_x, read_y)]
    patch = cv2.remap(living(picture, place.face), *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return cv2.multiply(patch, grid.within, scale=1 / 255)


def _grid(picture: HeadPicture, size: float, reach: Reach) -> Grid:
    """The grid for a head of that half-width in pixels."""
    if size not in picture.grids:
        if len(picture.grids) >= SIZES:
            picture.grids.clear()
        picture.grids[size] = _new_grid(picture, size, reach)
    return picture.grids[size]


def _new_grid(picture: HeadPicture, size: float, reach: Reach) -> Grid:
    source, scale = picture.view, picture.apart / (APART * size)  # pixels of the view for each of the frame
    width, height = max(8, round(2 * reach.aside * size)), max(8, round((reach.above + reach.below) * size))
    columns = np.linspace(-reach.aside * size, reach.aside * size, width // COARSE + 2, dtype=np.float32)[None] * scale
    rows = np.linspace(-reach.above * size, reach.below * size, height // COARSE + 2, dtype=np.float32)[:, None] * scale
    rows = rows - CHIN * size * scale + source.chin_row
    radius = picture.radius[np.clip(rows.round().astype(int), 0, len(picture.radius) - 1)]
    middle = source.eye_row + 0.2 * picture.apart
    depth = np.sqrt(np.clip((1.6 * picture.apart) ** 2 - columns**2 - 0.6 * (rows - middle) ** 2, 0, None))
    edge = cv2.resize(radius, (1, height), interpolation=cv2.INTER_LINEAR) / scale
    across = np.abs(np.linspace(-reach.aside * size, reach.aside * size, width, dtype=np.float32))[None]
    within = (np.clip(edge - across, 0, 1) * 255).astype(np.uint8)
    return Grid((width, height), columns, rows, radius, depth, cv2.merge([within] * 4))


def blended(one: np.ndarray, other: np.ndarray, share: float) -> np.ndarray:
    """Two views in one: colours are mixed where both have some, and the outline is that of the one that counts more."""
    mixed = cv2.addWeighted(one, 1 - share, other, share, 0)
    cover = mixed[..., 3]
    sharp = cv2.LUT(cover, _SHARPER)
    gain = cv2.LUT(cover, _GAIN)  # of 64: how much brighter premultiplied colours must be for the sharper outline
    mixed = cv2.multiply(mixed, cv2.merge([gain] * 4), scale=1 / 64)
    mixed[..., 3] = sharp
    return mixed


_LEVELS = np.arange(256, dtype=np.float32)
_SHARPER = np.clip((_LEVELS - 127.5) * 4 + 127.5, 0, 255).astype(np.uint8)
_GAIN = np.clip(64.0 * _SHARPER.astype(np.float32) / np.maximum(_LEVELS, 1), 0, 255).astype(np.uint8)
