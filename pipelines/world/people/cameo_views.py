"""A real person's head as the pictures that are turned, blinked and spoken with: made once for each style."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from pipelines.cameo.cutout import teeth_of
from pipelines.cameo.likeness import HeadView, Likeness

ROUND = 1.75  # radius on which a face turns about its axis, in distances between the eyes
EYE = float(np.arcsin(0.5 / ROUND))  # angle of an eye from the middle of the face
HALF_WIDTH = 1.06  # of a face, in distances between the eyes


@dataclass(frozen=True)
class HeadPicture:
    """One view of a head, ready to be turned."""

    view: HeadView  # its picture is premultiplied here
    teeth: float  # rows of teeth that the mouth shows at rest

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

    def column(self, angle: float, row: float) -> float:
        """Where the point of the face at that angle is in this picture."""
        radius = float(self.radius[int(np.clip(row, 0, len(self.radius) - 1))])
        return self.view.axis + radius * float(np.sin(np.arcsin(ROUND * self.apart / radius * np.sin(angle))))


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


_LENGTHS = ("axis", "half_width", "eye_row", "nose_row", "mouth_row", "chin_row")
Finish = Callable[[np.ndarray], np.ndarray]  # (h, w, 4) straight BGRA → the same in a style


def head_pictures(likeness: Likeness, finish: Finish) -> HeadPictures:
    """The views of a head, finished in a style. The back is made of the hair, since nobody records it."""
    front, left, right = (_ready(view, finish) for view in (likeness.front, likeness.left, likeness.right))
    return HeadPictures(front, left, right, _ready(_back(likeness), finish))


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


def _mirrored(cover: np.ndarray, axis: float) -> np.ndarray:
    columns = (2 * axis - np.arange(cover.shape[1])).round().astype(int)
    inside = (columns >= 0) & (columns < cover.shape[1])
    return np.where(inside[None], cover[:, np.clip(columns, 0, cover.shape[1] - 1)], 0)
