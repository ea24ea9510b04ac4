"""A real person's own head on a drawn body: three views turned and blended, in the clip's light and style."""

import math

import cv2
import numpy as np
import skia

from pipelines.cameo.likeness import Likeness
from pipelines.cameo.pose import turned_columns
from pipelines.world.geometry import clamp, ease, wrap_angle
from pipelines.world.light import haze_share
from pipelines.world.people.cameo_face import living
from pipelines.world.people.cameo_styles import finish_for
from pipelines.world.people.cameo_views import HeadPicture, HeadPictures, head_pictures
from pipelines.world.people.hats import draw_hat
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.look import Look
from pipelines.world.raster import LINEAR, image
from pipelines.world.styles.painter import Painter

APART = 0.70  # between the eyes, in half-widths of a drawn head: real faces are narrower, and taller
CHIN = 1.20  # where the chin lies, in half-widths below the head's middle
REACH, ABOVE, BELOW = 2.0, 2.1, 1.75  # half-widths round the middle that are painted
COARSE = 8  # pixels between two places at which the turn is reckoned; between them it is a straight line
FARTHEST = 0.22  # radians that a view is turned beyond what was recorded
ROUNDER = 1.15  # radius of the turning surface against the outline: nothing is read along the very edge
BEHIND = 2.1  # radians from which the back is seen
NEUTRAL = 160  # of 255: factors up to 1.6 in 8 bits


class CameoHead:
    """Draws one person's own head (see pipelines.world.people.head.Head)."""

    def __init__(self, likeness: Likeness, look: Look) -> None:
        self.likeness, self.look = likeness, look
        self._pictures: dict[tuple[str, float], HeadPictures] = {}
        self._shades: dict[tuple, np.ndarray] = {}

    def draw_behind(self, painter: Painter, place: HeadPlace) -> None:
        """Nothing hangs behind: long hair is part of the cut-out."""

    def draw(self, painter: Painter, place: HeadPlace) -> None:
        view = place.view
        if self.look.hat:
            draw_hat(painter, self.look, view, place, back=True)
        patch = self._lit(painter, self._seen(painter, place), place)
        size = view.size
        with painter.moved(view.x, view.y, math.degrees(view.roll)):
            target = skia.Rect.MakeXYWH(-REACH * size, -ABOVE * size, 2 * REACH * size, (ABOVE + BELOW) * size)
            if painter.portrait == "cut":
                self._drop_shadow(painter, patch, target, size)
            painter.canvas.drawImageRect(image(patch), target, LINEAR)
        if self.look.hat:
            draw_hat(painter, self.look, view, place, back=False)

    def _drop_shadow(self, painter: Painter, patch: np.ndarray, target: skia.Rect, size: float) -> None:
        """The shadow of the cut-out sheet on what lies behind it."""
        dark = np.zeros_like(patch)
        dark[..., 3] = cv2.GaussianBlur(patch[..., 3], (0, 0), max(0.8, size * 0.03)) // 3
        painter.canvas.drawImageRect(image(dark), target.makeOffset(size * 0.04, size * 0.07), LINEAR)

    # ---- turning

    def _seen(self, painter: Painter, place: HeadPlace) -> np.ndarray:
        """(h, w, 4) uint8 premultiplied BGRA: the head as it is turned, upright."""
        pictures = self._finished(painter.portrait, place.view.size)
        first, second, share = _chosen(pictures, wrap_angle(place.view.yaw))
        patch = _turned(first, place)
        if share > 0.01:
            patch = _blended(patch, _turned(second, place), share)
        return patch

    def _finished(self, portrait: str, size: float) -> HeadPictures:
        """The views in a style, at the smallest size that is sharp enough for a head of `size` pixels."""
        if (portrait, 1.0) not in self._pictures:
            whole = head_pictures(self.likeness, finish_for(portrait))
            self._pictures |= {(portrait, 1.0): whole, **{(portrait, s): whole.smaller(s) for s in (0.5, 0.25)}}
        detail = self._pictures[portrait, 1.0].front.apart / (APART * size)  # pixels that we have for each that is seen
        return self._pictures[portrait, 0.25 if detail > 3.4 else 0.5 if detail > 1.7 else 1.0]

    # ---- light

    def _lit(self, painter: Painter, patch: np.ndarray, place: HeadPlace) -> np.ndarray:
        """The head in the scene's light, through the scene's air."""
        light = painter.light
        factor = self._shade(painter, patch.shape[0], patch.shape[1], place.view.roll)
        lit = cv2.multiply(patch, factor, scale=1 / NEUTRAL)
        if painter.portrait == "photo" and light.rim_strength > 0:
            lit = self._rimmed(painter, lit, place.view.size)
        hazy = haze_share(light, painter.distance) if painter.distance else 0.0
        if hazy > 0.01:
            haze = np.array([*light.haze[::-1], 255.0])
            air = cv2.multiply(cv2.merge([patch[..., 3]] * 4), tuple(haze / 255))
            lit = cv2.addWeighted(lit, 1 - hazy, air, hazy, 0)
        cover = patch[..., 3]
        lit = cv2.min(lit, cv2.merge([cover] * 4))
        lit[..., 3] = cover
        return lit

    def _shade(self, painter: Painter, height: int, width: int, roll: float) -> np.ndarray:
        """(height, width, 4) uint8 factors, NEUTRAL for 1: the light's tint, and its form from the key's side."""
        light = painter.light
        key = (painter.portrait, height, width, light.tint, light.key_towards, round(roll * 5))
        if key not in self._shades:
            if len(self._shades) > 8:
                self._shades.clear()
            dx, dy = light.key_towards
            dx, dy = dx * math.cos(roll) + dy * math.sin(roll), dy * math.cos(roll) - dx * math.sin(roll)
            rows, columns = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
            towards = (columns * dx + rows * dy) * 1.1
            form = 0.26 if painter.portrait == "photo" else 0.10
            if painter.portrait != "photo":
                towards = np.where(towards > 0, 0.4, -0.6)
            tint = np.array(light.tint[::-1], np.float32) / 255
            lit = np.clip(towards, 0, 1)[..., None] * form * np.array(light.key[::-1], np.float32) / 255
            dark = np.clip(-towards, 0, 1)[..., None] * form * 1.25 * (1 - np.array(light.fill[::-1], np.float32) / 255)
            factor = tint * (1.03 + lit - dark)
            whole = np.dstack([factor, np.ones((height, width), np.float32)])
            self._shades[key] = np.clip(whole * NEUTRAL, 0, 255).astype(np.uint8)
        return self._shades[key]

    def _rimmed(self, painter: Painter, lit: np.ndarray, size: float) -> np.ndarray:
        """The head with light along the edge from which the rim light comes."""
        light, cover = painter.light, lit[..., 3]
        step = max(1.0, min(0.05 * size, 4.0))
        dx, dy = (-light.rim_towards[0] * step, -light.rim_towards[1] * step)
        moved = cv2.warpAffine(cover, np.float32([[1, 0, dx], [0, 1, dy]]), cover.shape[::-1])
        edge = cv2.GaussianBlur(cv2.subtract(cover, moved), (0, 0), max(0.6, step * 0.5))
        strength = 0.55 * light.rim_strength
        colour = [c / 255 * strength for c in light.rim[::-1]] + [0.0]
        return cv2.add(lit, cv2.multiply(cv2.merge([edge] * 4), tuple(colour)))


def _chosen(pictures: HeadPictures, yaw: float) -> tuple[HeadPicture, HeadPicture, float]:
    """(one view, another, share of the other) for a head turned by `yaw`."""
    turned = abs(yaw)
    side = pictures.right if yaw > 0 else pictures.left
    recorded = abs(side.view.yaw)
    if turned > BEHIND - 0.3:
        return side, pictures.back, ease((turned - BEHIND + 0.3) / 0.6)
    return pictures.front, side, ease((turned - 0.28 * recorded) / (0.26 * max(recorded, 0.3)))


def _blended(one: np.ndarray, other: np.ndarray, share: float) -> np.ndarray:
    """Two views in one: colours are mixed where both have some, and the outline is that of the one that counts more."""
    cover = cv2.addWeighted(one[..., 3], 1 - share, other[..., 3], share, 0)
    sharp = cv2.LUT(cover, _SHARPER)
    mixed = cv2.addWeighted(one, 1 - share, other, share, 0)
    mixed[..., 3] = cover
    gain = cv2.LUT(cover, _GAIN)  # of 64: how much brighter premultiplied colours must be for the sharper outline
    mixed = cv2.multiply(mixed, cv2.merge([gain] * 4), scale=1 / 64)
    mixed[..., 3] = sharp
    return mixed


_LEVELS = np.arange(256, dtype=np.float32)
_SHARPER = np.clip((_LEVELS - 127.5) * 4 + 127.5, 0, 255).astype(np.uint8)
_GAIN = np.clip(64.0 * _SHARPER.astype(np.float32) / np.maximum(_LEVELS, 1), 0, 255).astype(np.uint8)


def _turned(picture: HeadPicture, place: HeadPlace) -> np.ndarray:
    """(h, w, 4) uint8: one view turned to where the head looks."""
    view, source = place.view, picture.view
    size, scale = view.size, picture.apart / (APART * view.size)  # pixels of the view for each of the frame
    width, height = max(8, round(2 * REACH * size)), max(8, round((ABOVE + BELOW) * size))
    turn = clamp(wrap_angle(view.yaw - source.yaw), -FARTHEST, FARTHEST)
    columns = np.linspace(-REACH * size, REACH * size, width // COARSE + 2, dtype=np.float32)[None] * scale
    rows = np.linspace(-ABOVE * size, BELOW * size, height // COARSE + 2, dtype=np.float32)[:, None] * scale
    rows = rows - CHIN * size * scale + source.chin_row
    radius = picture.radius[np.clip(rows.round().astype(int), 0, len(picture.radius) - 1)]
    read_x = source.axis + turned_columns(columns, radius * ROUNDER, turn) + np.zeros_like(rows)
    middle = source.eye_row + 0.2 * picture.apart
    depth = np.sqrt(np.clip((1.6 * picture.apart) ** 2 - columns**2 - 0.6 * (rows - middle) ** 2, 0, None))
    read_y = rows - math.sin(view.pitch) * depth * 0.8 * (1 if abs(wrap_angle(view.yaw)) < 1.6 else -0.4)
    maps = [cv2.resize(np.float32(m), (width, height), interpolation=cv2.INTER_LINEAR) for m in (read_x, read_y)]
    turned = cv2.remap(living(picture, place.face), *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    edge = cv2.resize(radius, (1, height), interpolation=cv2.INTER_LINEAR) / scale
    across = np.abs(np.linspace(-REACH * size, REACH * size, width, dtype=np.float32))[None]
    within = (np.clip(edge - across, 0, 1) * 255).astype(
        np.uint8
    )  # beyond its edge a turned head would read itself again
    return cv2.multiply(turned, cv2.merge([within] * 4), scale=1 / 255)
