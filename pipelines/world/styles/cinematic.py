"""Cinematic: form modelled by light, glowing edges, haze, bloom, grain."""

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Colour, mix, oval
from pipelines.world.light import Light
from pipelines.world.styles.masks import Cover, between, blurred, cover_of, dab, lay, tint
from pipelines.world.styles.painter import (
    Detail,
    Painter,
    blur,
    fill,
    outside,
    rgba,
    shaded,
    soft_clouds,
    vignette,
)

WIDE = 20_000  # square pixels of a box from which gradients and rims, too, are made from masks
RIM = (0.55, 1.1, 1.75)  # of the width of light along an edge, one for each layer of it
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
        cover = cover_of(self.canvas, path) if self.live else None
        self._ground_tone(path, cover, pigment, form)
        if cover is not None:
            if detail:
                with self.clipped(path):
                    detail()
            self._cover_edges(cover, radius, rim, form)
            return
        with self.clipped(path):
            if detail:
                detail()
            self._path_edges(path, radius, rim, form)

    def _ground_tone(self, path: skia.Path, cover: Cover | None, pigment: Colour, form: float) -> None:
        """Fills a path with its pigment, lighter towards the light and leaning to the fill colour away from it."""
        light, bounds = self.light, path.getBounds()
        x, y, reach = bounds.centerX(), bounds.centerY(), max(bounds.width(), bounds.height()) * 0.5
        dx, dy = light.key_towards
        start, end = (x + dx * reach, y + dy * reach), (x - dx * reach, y - dy * reach)
        stops = (
            (0, mix(pigment, light.key, 0.26 * form)),
            (0.45, pigment),
            (1, mix(pigment, light.fill, 0.36 * form)),
        )
        if cover is not None and cover.width * cover.height > WIDE:
            table = between([(place, self.colour(colour)) for place, colour in stops])
            cover.fill(self.canvas, cover.ramp(start, end), table)
        else:
            self.blend(path, start, end, stops)

    def _shade(self, radius: float, form: float) -> tuple[float, float, float, int]:
        """(dx, dy, sigma, colour) of the shade inside the edge away from the light."""
        (dx, dy), light = self.light.key_towards, self.light
        colour = rgba(mix(light.fill, (0, 0, 0), 0.15), 0.46 * form)
        return dx * radius * 0.34, dy * radius * 0.34, radius * 0.30, colour

    def _shine(self, radius: float, rim: float) -> tuple[float, float, int]:
        """(dx, dy, colour) of one layer of light along the edge towards it."""
        (dx, dy), light = self.light.rim_towards, self.light
        width = min(max(radius * 0.085, 0.8 * self.unit), 4.2 * self.unit)
        return -dx * width, -dy * width, rgba(light.rim, 0.378 * light.rim_strength * rim)

    def _path_edges(self, path: skia.Path, radius: float, rim: float, form: float) -> None:
        """Shade and light inside a path's edge, within a clip to the path."""
        if form > 0:
            dx, dy, sigma, colour = self._shade(radius, form)
            paint = fill(colour)
            paint.setMaskFilter(blur(sigma))
            self._shifted(outside(path, sigma * 3 + abs(dx) + abs(dy)), dx, dy, paint)
        if rim > 0 and self.light.rim_strength > 0:
            self._path_rim(path, radius, rim)

    def _path_rim(self, path: skia.Path, radius: float, rim: float) -> None:
        """Light along an edge: what a shifted copy of the path leaves free, in thin layers. A blur of the same width
        costs four times more."""
        dx, dy, colour = self._shine(radius, rim)
        border = outside(path, 2 * (abs(dx) + abs(dy)) + 2)
        for share in RIM:
            self._shifted(border, dx * share, dy * share, fill(colour))

    def _shifted(self, path: skia.Path, dx: float, dy: float, paint: skia.Paint) -> None:
        self.canvas.save()
        self.canvas.translate(dx, dy)
        self.canvas.drawPath(path, paint)
        self.canvas.restore()

    def _cover_edges(self, cover: Cover, radius: float, rim: float, form: float) -> None:
        """The same from the cover of a path, without a clip."""
        if form > 0:
            dx, dy, sigma, colour = self._shade(radius, form)
            edge = cv2.multiply(cover.inner_edge(dx, dy, sigma), cover.whole, scale=1 / 255)
            lay(self.canvas, edge, tint(colour), cover.left, cover.top)
        if rim <= 0 or self.light.rim_strength <= 0:
            return
        if cover.width * cover.height > WIDE:
            dx, dy, colour = self._shine(radius, rim)
            free = cv2.multiply(cover.rim(dx, dy, RIM), cover.whole, scale=1 / 255)
            lay(self.canvas, free, tint(colour, len(RIM)), cover.left, cover.top)
        else:
            with self.clipped(cover.path):
                self._path_rim(cover.path, radius, rim)

    def tone(self, x: float, y: float, rx: float, ry: float, pigment: Colour, alpha: float = 0.4) -> None:
        colour, rx, ry = self.colour(pigment, alpha), max(rx * 1.35, 1e-3), max(ry * 1.35, 1e-3)
        if self.live and dab(self.canvas, x, y, rx, ry, colour):
            return
        paint = shaded(
            skia.GradientShader.MakeRadial(
                (0, 0), 1.0, [colour, self.colour(pigment, alpha * 0.6), self.colour(pigment, 0)], [0, 0.45, 1]
            )
        )
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.scale(rx, ry)
        self.canvas.drawCircle(0, 0, 1, paint)
        self.canvas.restore()

    def ground_shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
        path, sigma = oval(x, y, rx, ry), max(ry * 0.45, 0.3)
        cover = cover_of(self.canvas, path, 3 * sigma + 1)
        if cover is None:
            return super().ground_shadow(x, y, rx, ry, strength)
        lay(self.canvas, cover.blurred(sigma), tint(self.shadow_colour(strength)), cover.left, cover.top)

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
        far = cv2.resize(blurred(tiny, 4.5 * height / 960), bright.shape[1::-1])
        halo = cv2.addWeighted(near, self.light.bloom, far, self.light.bloom * 1.3, 0)
        return cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)


def _grade(light: Light) -> tuple[np.ndarray, np.ndarray]:
    """(gain, lift) of blue, green, red: a little of the fill colour in the shadows, contrast about the middle."""
    lift = 0.03 * np.array(light.fill[::-1], np.float32) / 255
    return (1 - lift) * light.contrast, ((lift - 0.5) * light.contrast + 0.5) * 255
