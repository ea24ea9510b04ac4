"""A real face that blinks and speaks: its picture is stretched where lids and jaw move."""

import math

import cv2
import numpy as np

from pipelines.sound.mouth import Mouth
from pipelines.world.geometry import clamp
from pipelines.world.people.cameo_views import EYE, HeadPicture
from pipelines.world.people.pose import Face

LASHES = np.array([34, 30, 38], np.float32)  # blue, green, red
DARK, TONGUE, TEETH = np.array(((36, 20, 52), (98, 86, 188), (226, 236, 242)), np.float32)  # inside a mouth
MOUTH_WIDTH = 0.44  # half of it, in distances between the eyes


def living(picture: HeadPicture, face: Face) -> np.ndarray:
    """(h, w, 4) uint8 premultiplied BGRA: the view with this blink and this mouth."""
    mouth = face.mouth
    moved = mouth.open > 0.02 or mouth.closed > 0.05 or mouth.round > 0.05 or mouth.wide > 0.1
    if not picture.view.eyes or not (face.blink > 0.05 or moved or abs(face.brow) > 0.1):
        return picture.view.picture
    result = picture.view.picture.copy()
    if moved:
        _speak(result, picture, mouth)
    if face.blink > 0.05 or abs(face.brow) > 0.1:
        for side in (-1, 1):
            _blink(result, picture, side, clamp(face.blink, 0, 1), face.brow)
    return result


def _part(result: np.ndarray, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
    height, width = result.shape[:2]
    return (
        slice(int(clamp(top, 0, height)), int(clamp(bottom, 0, height))),
        slice(int(clamp(left, 0, width)), int(clamp(right, 0, width))),
    )


def _places(part: tuple[slice, slice]) -> tuple[np.ndarray, np.ndarray]:
    """(rows (h, 1), columns (1, w)) float32 of a part: most of what follows depends on one of them alone."""
    rows = np.arange(part[0].start, part[0].stop, dtype=np.float32)[:, None]
    return rows, np.arange(part[1].start, part[1].stop, dtype=np.float32)[None]


def _stretched(before: np.ndarray, part: tuple[slice, slice], read_x: np.ndarray, read_y: np.ndarray) -> np.ndarray:
    """The part with each pixel read from another place."""
    shape = before.shape[:2]
    map_x = np.broadcast_to(np.float32(read_x - part[1].start), shape)
    map_y = np.broadcast_to(np.float32(read_y - part[0].start), shape)
    return cv2.remap(before, np.ascontiguousarray(map_x), np.ascontiguousarray(map_y), cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip


def _blink(result: np.ndarray, picture: HeadPicture, side: int, blink: float, brow: float) -> None:
    """Draws the skin above an eye down over it; a brow rises with what is round it."""
    view, apart = picture.view, picture.apart
    angle = view.yaw + side * EYE
    narrow = math.cos(angle)
    if narrow < 0.3:
        return
    x, half = picture.column(angle), 0.34 * apart * narrow
    part = _part(result, x - 1.5 * half, view.eye_row - 0.62 * apart, x + 1.5 * half, view.eye_row + 0.34 * apart)
    before = result[part].copy()
    if min(before.shape[:2]) < 4:
        return
    rows, columns = _places(part)
    across = (columns - x) / half
    arch = np.clip(1 - across * across, 0, 1)
    near = np.exp(-((across / 1.15) ** 4))
    top, lid = view.eye_row - 0.30 * apart, view.eye_row + 0.07 * apart * arch
    opening = view.eye_row - 0.11 * apart * arch  # where the upper lid is at rest
    shut = opening + (lid - opening) * blink  # where it comes to
    pulled = (rows - top) * (((opening - top) / np.maximum(shut - top, 1) - 1) * near)
    read_y = rows + np.where((rows < shut) & (rows > top), pulled, 0)
    if abs(brow) > 0.1:
        read_y = (
            read_y
            + 0.07 * apart * brow * np.exp(-(((rows - view.eye_row + 0.42 * apart) / (0.16 * apart)) ** 2)) * near
        )
    moved = _stretched(before, part, columns, read_y)
    if blink > 0.3:
        edge = (rows - shut) / (0.028 * apart)
        dark = np.clip(1 - edge * edge * 0.5, 0, 1) * ((arch > 0.05) * min(1.0, (blink - 0.3) / 0.5) * 0.8)
        dark = (dark * (moved[..., 3] / np.float32(255)))[..., None]
        moved[..., :3] = moved[..., :3] * (1 - dark) + LASHES * dark
    result[part] = moved


def _speak(result: np.ndarray, picture: HeadPicture, mouth: Mouth) -> None:
    """Drops the jaw, pulls the corners, and paints what is seen between the lips."""
    view, apart = picture.view, picture.apart
    x = picture.column(view.yaw)
    half = MOUTH_WIDTH * apart * max(0.4, math.cos(view.yaw)) * (1 + 0.10 * mouth.wide - 0.30 * mouth.round)
    part = _part(result, x - 1.2 * apart, view.mouth_row - 0.5 * apart, x + 1.2 * apart, view.chin_row + 0.25 * apart)
    before = result[part].copy()
    rows, columns = _places(part)
    square = ((columns - x) / half) ** 2
    line = view.mouth_row - 0.05 * apart * np.minimum(square, 1.4) * (picture.teeth > 0)
    squeeze = picture.teeth * min(1.0, mouth.closed + 0.6 * mouth.round) * 0.8 * np.clip(1 - square, 0, 1) ** 0.7
    gap = 0.30 * apart * mouth.open * (1 - mouth.closed) * np.sqrt(np.clip(1 - square, 0, 1))
    jaw = 0.10 * apart * mouth.open * np.exp(-(((columns - x) / (0.95 * apart)) ** 4))
    deep = np.clip((rows - line) / (0.55 * apart), 0, 1)
    drop = (gap - squeeze) * (1 - deep) ** 2 + jaw * (np.minimum(deep * 2.5, 1) * (1 - 0.5 * deep))
    read_y = np.where(rows >= line - squeeze, np.maximum(rows - drop, line), np.minimum(rows, line - picture.teeth - 1))
    if not squeeze.any():
        read_y = np.where(rows >= line, np.maximum(rows - drop, line), rows)
    near = np.exp(-(((columns - x) / (0.75 * apart)) ** 4)) * (0.34 * mouth.round - 0.12 * mouth.wide)
    read_x = columns + (columns - x) * near * np.exp(-(((rows - view.mouth_row) / (0.42 * apart)) ** 4))
    result[part] = _stretched(before, part, read_x, read_y)
    if gap.max(initial=0) > 1.0:
        _inside(result, picture, x, half, mouth)


def _inside(result: np.ndarray, picture: HeadPicture, x: float, half: float, mouth: Mouth) -> None:
    """Paints what is seen between the lips: dark, a tongue, and teeth unless a smile shows them already."""
    view, apart = picture.view, picture.apart
    height = 0.30 * apart * mouth.open * (1 - mouth.closed)
    part = _part(result, x - half, view.mouth_row - 0.06 * apart, x + half + 1, view.mouth_row + height + 2)
    rows, columns = _places(part)
    square = ((columns - x) / half) ** 2
    gap = height * np.sqrt(np.clip(1 - square, 0, 1))
    line = view.mouth_row - 0.05 * apart * np.minimum(square, 1.4) * (picture.teeth > 0)
    deep = (rows - line) / np.maximum(gap, 1e-3)
    opened = np.clip(np.minimum(rows - line + 0.5, line + gap - rows + 0.5), 0, 1) * (gap > 1.0)
    tongue = np.clip((deep - 0.72 + 0.25 * mouth.tongue) / 0.2, 0, 1)[..., None]
    colour = DARK * (1 - tongue) + TONGUE * tongue
    if picture.teeth == 0:
        edge = 0.34 * mouth.teeth * np.clip(6 / np.maximum(gap, 1), 0.4, 1)
        teeth = np.clip((edge - deep) / 0.12, 0, 1)[..., None]
        colour = colour * (1 - teeth) + TEETH * teeth
    colour = colour * (0.72 + 0.28 * np.clip(deep * 2, 0, 1)[..., None])  # the upper lip throws a shadow
    seen = result[part]
    opened = (opened * (seen[..., 3] / np.float32(255)))[..., None]
    seen[..., :3] = seen[..., :3] * (1 - opened) + colour * opened
