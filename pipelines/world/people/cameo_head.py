"""A real person's own head on a drawn body: three views turned and blended, in the clip's light and style."""

import math
from dataclasses import replace

import cv2
import numpy as np
import skia

from pipelines.cameo.likeness import Likeness
from pipelines.world.geometry import ease, wrap_angle
from pipelines.world.light import haze_share
from pipelines.world.people.cameo_styles import finish_for
from pipelines.world.people.cameo_turning import APART, Reach, blended, reach_of, turned
from pipelines.world.people.cameo_views import HeadPicture, HeadPictures, head_pictures
from pipelines.world.people.hats import draw_hat
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.loft import View
from pipelines.world.people.look import Look
from pipelines.world.raster import LINEAR, image
from pipelines.world.styles.painter import Painter

SET_BACK = 0.24  # half-widths that a head seen from the side is set back, to stand on its neck
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
        place = _over_neck(place)
        view = place.view
        if self.look.hat:
            draw_hat(painter, self.look, view, place, back=True)
        pictures = self._finished(painter.portrait, view.size)
        size, reach = view.size, reach_of(pictures)
        patch = self._lit(painter, _seen(pictures, place, reach), place)
        with painter.moved(view.x, view.y, math.degrees(view.roll)):
            target = skia.Rect.MakeLTRB(
                -reach.aside * size, -reach.above * size, reach.aside * size, reach.below * size
            )
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
        share = 0.5 if size > 40 else 1.0  # a soft edge is as good at half the size
        cover = cv2.resize(cover, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        step = max(1.0, min(0.05 * size, 4.0)) * share
        dx, dy = (-light.rim_towards[0] * step, -light.rim_towards[1] * step)
        moved = cv2.warpAffine(cover, np.float32([[1, 0, dx], [0, 1, dy]]), cover.shape[::-1])
        edge = cv2.GaussianBlur(cv2.subtract(cover, moved), (0, 0), max(0.6, step * 0.5))
        strength = 0.55 * light.rim_strength
        colour = [c / 255 * strength for c in light.rim[::-1]] + [0.0]
        rim = cv2.multiply(cv2.merge([edge] * 4), tuple(colour))
        return cv2.add(lit, cv2.resize(rim, lit.shape[1::-1], interpolation=cv2.INTER_LINEAR))


def _seen(pictures: HeadPictures, place: HeadPlace, reach: Reach) -> np.ndarray:
    """(h, w, 4) uint8 premultiplied BGRA: the head as it is turned, upright."""
    first, second, share = _chosen(pictures, wrap_angle(place.view.yaw))
    if share <= 0.01 or share >= 0.99:
        return turned(first if share < 0.5 else second, place, reach)
    return blended(turned(first, place, reach), turned(second, place, reach), share)


def _over_neck(place: HeadPlace) -> HeadPlace:
    """The place of a turned head: a little back, since a photographed face lies farther out than a drawn one."""
    view = place.view
    back = SET_BACK * view.size * math.sin(view.yaw)
    return replace(place, view=View(view.x - back, view.y, view.size, view.yaw, view.pitch, view.roll))


def _chosen(pictures: HeadPictures, yaw: float) -> tuple[HeadPicture, HeadPicture, float]:
    """(one view, another, share of the other) for a head turned by `yaw`."""
    angle = abs(yaw)
    side = pictures.right if yaw > 0 else pictures.left
    recorded = abs(side.view.yaw)
    if angle > BEHIND - 0.3:
        return side, pictures.back, ease((angle - BEHIND + 0.3) / 0.6)
    return pictures.front, side, ease((angle - 0.28 * recorded) / (0.26 * max(recorded, 0.3)))
