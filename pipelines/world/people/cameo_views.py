"""A real person's head as the pictures that are turned, blinked and spoken with: made once for each style."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from pipelines.cameo.cutout import teeth_of
from pipelines.cameo.likeness import Box, HeadView, Likeness

ROUND = 1.75  # radius on which a face turns about its axis, in distances between the eyes
EYE = float(np.arcsin(0.5 / ROUND))  # angle of an eye from the middle of the face
DEEP = 0.78  # how far a head reaches behind its axis, in half-widths of its back
HALF_WIDTH = 1.06  # of a face, in distances between the eyes


@dataclass(frozen=True)
class HeadPicture:
    """One view of a head, ready to be turned."""

    view: HeadView  # its picture is premultiplied here
    teeth: float  # rows of teeth that the mouth shows at rest
    grids: dict[float, Any] = field(default_factory=dict, compare=False)  # by size, what cameo_turning keeps for it

    @property
    def apart(self) -> float:
        """Pixels between the eyes."""
        return self.view.half_width / HALF_WIDTH

    @cached_property
    def radius(self) -> np.ndarray:
        """(rows,) float32: pixels from the axis to the farther outline, as far as the head is round there."""
        cover = self.view.picture[..., 3] > 128
        columns = np.abs(np.arange(cover.shape[1]) - self.view.axis)
        widest = np.where(cover, columns, 0).max(1)
        smooth = cv2.GaussianBlur(widest[:, None].astype(np.float32), (0, 0), 0.25 * self.apart).ravel()
        return np.maximum(np.maximum(smooth, widest), ROUND * self.apart).astype(np.float32)

    def column(self, angle: float) -> float:
        """Where the point of the face at that angle is in this picture."""
        return self.view.axis + ROUND * self.apart * math.sin(angle)


@dataclass(frozen=True)
class HeadPictures:
    """All views of one head in one style."""

    front: HeadPicture
    left: HeadPicture
    right: HeadPicture
    back: HeadPicture

    def smaller(self, share: float) -> "HeadPictures":
        """The same at a share of the size: what is seen small need not be stretched large."""
        views = (self.front, self.left, self.right, self.back)
        return HeadPictures(*(_smaller(picture, share) for picture in views))


def _smaller(picture: HeadPicture, share: float) -> HeadPicture:
    view = picture.view
    small = cv2.resize(view.picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    rows = {name: getattr(view, name) * share for name in _LENGTHS}
    return HeadPicture(replace(view, picture=small, **rows), picture.teeth * share)


_ROWS = ("eye_row", "nose_row", "mouth_row", "chin_row")
_LENGTHS = ("axis", "half_width", *_ROWS)
Finish = Callable[[np.ndarray], np.ndarray]  # (h, w, 4) straight BGRA → the same in a style


def head_pictures(likeness: Likeness, finish: Finish) -> HeadPictures:
    """The views of a head, finished in a style. The back is made of the hair, since nobody records it."""
    back = _back(likeness)
    sides = (_with_back(view, back) for view in (likeness.left, likeness.right))
    return HeadPictures(*(_ready(view, finish) for view in (likeness.front, *sides, back)))


def _ready(view: HeadView, finish: Finish) -> HeadPicture:
    picture = finish(view.picture)
    cover = picture[..., 3:].astype(np.uint16)
    colours = (picture[..., :3] * cover // 255).astype(np.uint8)
    return HeadPicture(replace(view, picture=np.dstack([colours, picture[..., 3]])), teeth_of(view))


def _back(likeness: Likeness) -> HeadView:
    """The head from behind: the outline seen from the front, mirrored, and hair from the crown drawn down over it."""
    view = likeness.front
    picture, apart = view.picture, view.half_width / HALF_WIDTH
    height, width = picture.shape[:2]
    crown = int(np.flatnonzero(picture[..., 3].max(1) > 128)[0])
    fringe = max(crown + 8, round(view.eye_row - 1.1 * apart))  # hair ends about here over the forehead
    nape = min(height - 1, round(view.chin_row - 0.45 * apart))
    rows = np.arange(height, dtype=np.float32)
    read = crown + 3 + (fringe - crown - 6) * np.clip((rows - crown) / max(1, nape - crown), 0, 1) ** 0.8
    map_y = np.repeat(read[:, None], width, 1)
    columns = np.arange(width, dtype=np.float32)[None] - view.axis
    # The crown is narrower than the head: read closer to the middle, so that nothing but hair is read.
    map_x = view.axis - 0.62 * columns.repeat(height, 0)
    hair = cv2.remap(
        np.ascontiguousarray(picture[..., :3]),
        np.float32(map_x),
        np.float32(map_y),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    shade = 1 - 0.28 * np.clip((rows - crown) / max(1, nape - crown), 0, 1) ** 2
    cover = _mirrored(picture[..., 3], view.axis)
    low = np.clip((rows - view.eye_row) / max(1.0, nape - view.eye_row), 0, 1)
    widest = np.abs(columns)[:, cover[int(view.eye_row)] > 128].max(initial=apart)
    inside = np.abs(columns) <= (widest * np.sqrt(1 - 0.8 * low**2))[:, None]
    cover = np.where(inside, cover, 0)
    cover[nape:] = 0
    cover[:nape][(low[:nape] > 0)[:, None] & inside[:nape]] = 255
    back = np.dstack([hair * shade[:, None, None], cv2.GaussianBlur(cover.astype(np.uint8), (0, 0), 1.2)])
    return replace(view, picture=np.clip(back, 0, 255).astype(np.uint8), yaw=np.pi, eyes=(), mouth=(0, 0, 0, 0))


def _with_back(view: HeadView, back: HeadView) -> HeadView:
    """A view from the side with the back of the head behind the face: no camera sees all of it, and without it a turned
    head would stand before its neck."""
    apart = back.half_width / HALF_WIDTH
    hair = cv2.resize(back.picture, None, fx=DEEP, fy=1, interpolation=cv2.INTER_AREA)
    (high, wide), (back_high, back_wide) = view.picture.shape[:2], hair.shape[:2]
    right, down = round(view.axis - back.axis * DEEP), round(view.eye_row - back.eye_row)  # where its corner comes to
    left, top = max(0, -right), max(0, -down)
    width, height = max(left + wide, left + right + back_wide), max(top + high, top + down + back_high)
    behind, before = np.zeros((height, width, 4), np.float32), np.zeros((height, width, 4), np.float32)
    behind[top + down : top + down + back_high, left + right : left + right + back_wide] = hair
    before[top : top + high, left : left + wide] = view.picture
    hind = (np.arange(width) - left - view.axis) * -np.sign(view.yaw) / apart
    behind[..., 3] *= np.clip(hind / 0.5 + 0.9, 0, 1)[None]
    nape = round(top + view.chin_row - 0.5 * apart)
    behind[:nape, :, 3] = _closed(np.maximum(behind[..., 3], before[..., 3]), apart)[:nape]  # one crown, not two
    cover = before[..., 3:] / 255
    under = behind[..., 3:] / 255 * (1 - cover)
    colours = (before[..., :3] * cover + behind[..., :3] * under) / np.maximum(cover + under, 1e-4)
    moved = {"axis": view.axis + left, **{name: getattr(view, name) + top for name in _ROWS}}
    boxes = {"eyes": tuple(_moved(box, left, top) for box in view.eyes), "mouth": _moved(view.mouth, left, top)}
    picture = np.dstack([colours, (cover + under) * 255]).clip(0, 255).astype(np.uint8)
    return replace(view, picture=picture, **moved, **boxes)


def _closed(cover: np.ndarray, apart: float) -> np.ndarray:
    """(h, w) float32: a cover without notches narrower than the eyes are apart."""
    size = round(apart) | 1
    padded = cv2.copyMakeBorder(cover, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    full = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return cv2.GaussianBlur(full, (0, 0), 1.5)[size:-size, size:-size]


def _moved(box: Box, right: int, down: int) -> Box:
    return box[0] + right, box[1] + down, box[2], box[3]


def _mirrored(cover: np.ndarray, axis: float) -> np.ndarray:
    columns = (2 * axis - np.arange(cover.shape[1])).round().astype(int)
    inside = (columns >= 0) & (columns < cover.shape[1])
    return np.where(inside[None], cover[:, np.clip(columns, 0, cover.shape[1] - 1)], 0)
