"""Cinematic: form modelled by light, glowing edges, haze, bloom, grain."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Colour, mix
from pipelines.world.light import Light
from pipelines.world.styles.painter import (
    Detail,
    Painter,
    Stop,
    blur,
    fill,
    outside,
    rgba,
    shaded,
    soft_clouds,
    vignette,
)

WIDE = 8  # pixels of sigma beyond which OpenCV blurs at a sixth of the size: skia's wide blurs cost ten times more
LARGE = 20_000  # square pixels of a path's box beyond which its fine edges are blurred at half the size
STRIP = 64  # rows that are finished at a time
GRAINS = 4  # grain pictures that take turns
FACTOR = 200  # what stands for 1 where factors up to 1.27 are kept in 8 bits


class Cinematic(Painter):
    airy = True
    _finish: "_Finish | None" = None

    def body(
        self,
        path: skia.Path,
        pigment: Colour,
        radius: float,
        *,
        rim: float = 1.0,
        form: float = 1.0,
        detail: Detail | None = None,
    ) -> None:
        if self.canvas.quickReject(path):
            return
        light, bounds = self.light, path.getBounds()
        x, y, reach = bounds.centerX(), bounds.centerY(), max(bounds.width(), bounds.height()) * 0.5
        (dx, dy), base = light.key_towards, pigment
        stops: Sequence[Stop] = (
            (0, mix(base, light.key, 0.26 * form)),
            (0.45, base),
            (1, mix(base, light.fill, 0.36 * form)),
        )
        self.blend(path, (x + dx * reach, y + dy * reach), (x - dx * reach, y - dy * reach), stops)
        with self.clipped(path):
            if detail:
                detail()
            if form > 0:
                self._inner_edge(
                    path,
                    dx * radius * 0.34,
                    dy * radius * 0.34,
                    radius * 0.30,
                    mix(light.fill, (0, 0, 0), 0.15),
                    0.46 * form,
                )
            if rim > 0 and light.rim_strength > 0:
                width = min(max(radius * 0.085, 0.8 * self.unit), 4.2 * self.unit)
                rx, ry = light.rim_towards
                self._rim(path, -rx * width, -ry * width, light.rim, light.rim_strength * rim * 0.9)

    def _rim(self, path: skia.Path, dx: float, dy: float, colour: Colour, alpha: float) -> None:
        """Light along an edge: what a shifted copy of the path leaves free, in three thin layers. A blur of the same
        width costs four times more."""
        paint = fill(rgba(colour, alpha * 0.42))
        border = outside(path, 2 * (abs(dx) + abs(dy)) + 2)
        for share in (0.55, 1.1, 1.75):
            self.canvas.save()
            self.canvas.translate(dx * share, dy * share)
            self.canvas.drawPath(border, paint)
            self.canvas.restore()

    def _inner_edge(self, path: skia.Path, dx: float, dy: float, sigma: float, colour: Colour, alpha: float) -> None:
        """Paints the inside of an edge: what lies outside the path, shifted by (dx, dy) and blurred."""
        if self.live and sigma > WIDE * self.unit:
            return self._small_edge(path, dx, dy, sigma, colour, alpha, 6)
        if self.live and sigma > 1.5 and path.getBounds().width() * path.getBounds().height() > LARGE:
            return self._small_edge(path, dx, dy, sigma, colour, alpha, 2)
        paint = fill(rgba(colour, alpha))
        paint.setMaskFilter(blur(sigma))
        self.canvas.save()
        self.canvas.translate(dx, dy)
        self.canvas.drawPath(outside(path, sigma * 3 + abs(dx) + abs(dy)), paint)
        self.canvas.restore()

    def _small_edge(
        self, path: skia.Path, dx: float, dy: float, sigma: float, colour: Colour, alpha: float, small: int
    ) -> None:
        """The same for wide blurs and large paths: at `small` times less the size, by OpenCV."""
        bounds = path.getBounds().makeOutset(0, 0)
        if not bounds.intersect(self.canvas.getLocalClipBounds()):
            return
        left, top = bounds.left(), bounds.top()
        width, height = int(bounds.width() / small) + 3, int(bounds.height() / small) + 3
        cover = np.zeros((height, width), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
        canvas = skia.Surface.MakeRasterDirect(info, cover).getCanvas()
        canvas.scale(1 / small, 1 / small)
        canvas.translate(small - left + dx, small - top + dy)
        canvas.drawPath(path, fill(0xFFFFFFFF))
        cover = cv2.GaussianBlur(cv2.bitwise_not(cover), (0, 0), sigma / small, borderType=cv2.BORDER_REPLICATE)
        self.canvas.drawImageRect(
            skia.Image.MakeRasterCopy(skia.Pixmap(info, cover, width)),
            skia.Rect.MakeXYWH(left - small, top - small, width * small, height * small),
            skia.SamplingOptions(skia.FilterMode.kLinear),
            fill(rgba(colour, alpha)),
        )

    def tone(self, x: float, y: float, rx: float, ry: float, pigment: Colour, alpha: float = 0.4) -> None:
        paint = shaded(
            skia.GradientShader.MakeRadial(
                (0, 0),
                1.0,
                [self.colour(pigment, alpha), self.colour(pigment, alpha * 0.6), self.colour(pigment, 0)],
                [0, 0.45, 1],
            )
        )
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.scale(max(rx * 1.35, 1e-3), max(ry * 1.35, 1e-3))
        self.canvas.drawCircle(0, 0, 1, paint)
        self.canvas.restore()

    def clouds(self, width: float, height: float, rng: np.random.Generator) -> None:
        soft_clouds(self, width, height, rng)

    def finish_frame(self, frame: np.ndarray, index: int) -> np.ndarray:
        height, width = frame.shape[:2]
        if self._finish is None or self._finish.shape != (height, width):
            self._finish = _Finish(width, height, self.light)
        return self._finish(frame, index)


class _Finish:
    """Bloom, grade, vignette and grain of one frame size.

    Grade (a gain and a lift for each channel) and vignette are one factor for each pixel, lift and grain one addition.
    """

    def __init__(self, width: int, height: int, light: Light) -> None:
        self.shape = (height, width)
        self.light = light
        shade = vignette(width, height, 0.7).astype(np.float32) / 255
        gain, lift = _grade(light)
        self.factor = (shade * gain * FACTOR).astype(np.uint8)
        self.strips = [slice(top, top + STRIP) for top in range(0, height, STRIP)]
        self.spare = np.empty((min(STRIP, height), width, 3), np.uint8)
        rng = np.random.default_rng(7)
        amount = 2.4 * min(1.0, height / 960)
        self.additions = []
        for _ in range(GRAINS):
            grain = np.clip(rng.standard_normal((height, width, 1), np.float32) * amount, -20, 20)
            added = np.round(shade * lift + grain).astype(np.int16)
            self.additions.append((np.maximum(added, 0).astype(np.uint8), np.maximum(-added, 0).astype(np.uint8)))

    def __call__(self, frame: np.ndarray, index: int) -> np.ndarray:
        """Changes the frame in place, a strip at a time: a strip stays in the processor's cache."""
        lighter, darker = self.additions[index % GRAINS]
        halo = self._halo(frame)
        for rows in self.strips:
            part, glow = frame[rows], halo[rows]
            dark = cv2.bitwise_not(part, dst=self.spare[: len(part)])
            cv2.add(part, cv2.multiply(glow, dark, dst=dark, scale=1 / 255), dst=part)  # screen
            cv2.multiply(part, self.factor[rows], dst=part, scale=1 / FACTOR)
            cv2.add(part, lighter[rows], dst=part)
            cv2.subtract(part, darker[rows], dst=part)
        return frame

    def _halo(self, frame: np.ndarray) -> np.ndarray:
        """What is bright in the frame spread round itself, found and blurred at an eighth of the size."""
        height, width = self.shape
        half = cv2.resize(frame, (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_LINEAR)
        quarter = cv2.resize(half, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_LINEAR)
        small = cv2.resize(quarter, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_LINEAR)
        bright = cv2.subtract(small, (150, 168, 186, 0))
        near = cv2.GaussianBlur(bright, (0, 0), 1.6 * height / 960)
        tiny = (
            cv2.resize(bright, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            if min(bright.shape[:2]) > 1
            else bright
        )
        far = cv2.resize(_widely_blurred(tiny, 4.5 * height / 960), bright.shape[1::-1])
        halo = cv2.addWeighted(near, self.light.bloom, far, self.light.bloom * 1.3, 0)
        return cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)


def _widely_blurred(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Nearly a Gaussian blur, by three boxes: the wider, the more it saves."""
    side = 2 * round((math.sqrt(4 * sigma * sigma + 1) - 1) / 2) + 1
    for _ in range(3):
        picture = cv2.blur(picture, (side, side))
    return picture


def _grade(light: Light) -> tuple[np.ndarray, np.ndarray]:
    """(gain, lift) of blue, green, red: a little of the fill colour in the shadows, contrast about the middle."""
    lift = 0.03 * np.array(light.fill[::-1], np.float32) / 255
    return (1 - lift) * light.contrast, ((lift - 0.5) * light.contrast + 0.5) * 255
