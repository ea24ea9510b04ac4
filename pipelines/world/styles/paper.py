"""Paper cut-out: fibrous sheets, cut edges that catch the light, shadows between the sheets."""

from collections.abc import Sequence

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Colour, Point, disc, mix, smooth, together
from pipelines.world.raster import tiling_noise
from pipelines.world.styles.painter import Detail, Painter, Stop, blur, fill, outside, rgba, vignette

SHEETS = 5  # sheets that a gradient is cut into


def _fibres() -> np.ndarray:
    """(512, 512) float32 about 1: how much a sheet of paper reflects, fibre by fibre."""
    rng = np.random.default_rng(11)
    fine = tiling_noise(rng, 512, 128, 2)
    long = cv2.GaussianBlur(tiling_noise(rng, 512, 64, 3), (1, 9), 0)
    relief = cv2.Sobel(long + 0.6 * fine, cv2.CV_32F, 1, 1)
    return 1 + 0.05 * (fine - 0.5) + 0.16 * relief


class Paper(Painter):
    portrait = "cut"
    holds = 2  # moved by hand: twelve drawings a second
    _fibre = None

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
        self._drop_shadow(path, min(radius * 0.22, 7 * self.unit))
        self.patch(path, pigment)
        with self.clipped(path):
            if detail:
                detail()
            self._cut_edge(path)

    def _drop_shadow(self, path: skia.Path, height: float) -> None:
        """The shadow that a sheet lying `height` above the next one throws down and to the right."""
        paint = fill(rgba(mix(self.light.fill, (0, 0, 0), 0.6), 0.42))
        paint.setMaskFilter(blur(max(height * 0.7, 0.4 * self.unit)))
        self.canvas.save()
        self.canvas.translate(height * 0.6, height)
        self.canvas.drawPath(path, paint)
        self.canvas.restore()

    def _cut_edge(self, path: skia.Path) -> None:
        width = 1.3 * self.unit
        for shift, colour, alpha in ((width, (255, 255, 255), 0.5), (-width, (30, 16, 40), 0.28)):
            self.canvas.save()
            self.canvas.translate(shift, shift)
            self.canvas.drawPath(outside(path, 4 * self.unit), fill(rgba(colour, alpha)))
            self.canvas.restore()

    def blend(self, path: skia.Path, start: Point, end: Point, stops: Sequence[Stop]) -> None:
        """Overlapping sheets with wavy edges, one colour each."""
        self.patch(path, stops[0][1], stops[0][2] if len(stops[0]) > 2 else 1.0)
        with self.clipped(path):
            for sheet in range(1, SHEETS):
                at = sheet / SHEETS
                colour, alpha = _at(stops, (sheet + 0.5) / SHEETS)
                if alpha > 0.5:
                    edge = self._wavy(path.getBounds(), start, end, at, sheet)
                    self._drop_shadow(edge, 5 * self.unit)
                    self.patch(edge, colour)

    def _wavy(self, bounds: skia.Rect, start: Point, end: Point, at: float, seed: int) -> skia.Path:
        """The region of the bounds beyond `at` of the way from start to end, with a hand-cut wavy edge."""
        along = np.subtract(end, start)
        length = float(np.hypot(*along)) or 1.0
        direction, across = along / length, np.array([-along[1], along[0]]) / length
        size = float(np.hypot(bounds.width(), bounds.height()))
        rng = np.random.default_rng([self.seed, seed])
        middle = np.array(start) + along * at
        middle += across * np.dot(np.array([bounds.centerX(), bounds.centerY()]) - middle, across)
        offsets = np.linspace(-size, size, 13)
        edge = [middle + across * o + direction * rng.uniform(-0.03, 0.03) * length for o in offsets]
        path = smooth([tuple(map(float, p)) for p in edge], closed=False)
        for corner in (middle + across * size + direction * 2 * size, middle - across * size + direction * 2 * size):
            path.lineTo(float(corner[0]), float(corner[1]))
        path.close()
        return path

    def texture(self, path: skia.Path, pigment: Colour, width: float, alpha: float = 0.5) -> None:
        """Left out: paper has its own fibres."""

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Rings of pale paper in place of light."""
        for share, alpha in ((0.55, 0.10), (0.38, 0.16), (0.25, 0.22)):
            self.canvas.drawPath(disc(x, y, radius * share), fill(rgba(colour, alpha * strength)))

    def ground_shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
        colour = rgba(mix(self.light.fill, (0, 0, 0), 0.5), self.light.shadow * 0.7 * strength)
        paint = fill(colour)
        paint.setMaskFilter(blur(max(ry * 0.2, 0.3)))
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), paint)

    def clouds(self, width: float, height: float, rng: np.random.Generator) -> None:
        for _ in range(round(8 * self.light.cloud)):
            x, y, size = (
                rng.uniform(0, width),
                rng.uniform(0.08, 0.7) * height,
                rng.uniform(0.05, 0.10) * min(width, height),
            )
            lobes = [disc(x + size * dx, y - size * dy, size * r) for dx, dy, r in _LOBES]
            with self.shining():
                self._drop_shadow(together(lobes), 5 * self.unit)
                self.patch(together(lobes), self.light.cloud_colour)

    def finish_part(self, pixels: np.ndarray, unit: float) -> np.ndarray:
        """Fibres on the sheet, and a soft shadow round it on what lies behind."""
        fibre = cv2.merge([self._fibre_bytes(pixels.shape[:2])] * 4)
        alpha = cv2.merge([pixels[..., 3]] * 4)
        sheet = cv2.min(cv2.multiply(pixels, fibre, scale=1 / 128), alpha)
        sheet[..., 3] = pixels[..., 3]
        fallen = np.zeros_like(pixels[..., 3])
        fallen[7:, 4:] = pixels[:-7, :-4, 3]
        shadow = cv2.merge([cv2.GaussianBlur(fallen, (0, 0), 5)] * 4)
        shade = np.array([c * 0.4 for c in self.light.fill[::-1]] + [255.0]) * 0.45
        dark = cv2.multiply(cv2.multiply(shadow, tuple(shade / 255)), cv2.bitwise_not(alpha), scale=1 / 255)
        return cv2.add(sheet, dark)

    @classmethod
    def _fibre_bytes(cls, shape: tuple[int, int]) -> np.ndarray:
        """(rows, columns) uint8: how much a sheet reflects, 128 for all."""
        return (cls._fibre_like(shape) * 128).clip(0, 255).astype(np.uint8)

    @classmethod
    def _fibre_like(cls, shape: tuple[int, int]) -> np.ndarray:
        if Paper._fibre is None:
            Paper._fibre = _fibres()
        repeats = (-(-shape[0] // 512), -(-shape[1] // 512))
        return np.tile(Paper._fibre, repeats)[: shape[0], : shape[1]]

    def finish_frame(self, frame: np.ndarray, index: int) -> np.ndarray:
        if not hasattr(self, "_shade") or self._shade.shape != frame.shape:
            even = vignette(frame.shape[1], frame.shape[0], 0.5).astype(np.float32)
            self._shade = np.clip(even * (0.7 + 0.3 * self._fibre_like(frame.shape[:2])[..., None]), 0, 255).astype(
                np.uint8
            )
        return cv2.multiply(frame, self._shade, scale=1 / 255)


def _at(stops: Sequence[Stop], position: float) -> tuple[Colour, float]:
    full = [(s[0], s[1], s[2] if len(s) > 2 else 1.0) for s in stops]
    for (p0, c0, a0), (p1, c1, a1) in zip(full, full[1:], strict=False):
        if position <= p1:
            k = min(max((position - p0) / max(p1 - p0, 1e-6), 0), 1)
            return mix(c0, c1, k), a0 + (a1 - a0) * k
    return full[-1][1], full[-1][2]


_LOBES = ((-1.3, 0.0, 0.5), (-0.5, 0.25, 0.75), (0.4, 0.35, 0.85), (1.25, 0.1, 0.6), (0, -0.05, 0.7))
