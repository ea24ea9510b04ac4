"""Flat animation: clean fills, one crisp shade, bands instead of gradients."""

from collections.abc import Sequence

import numpy as np
import skia

from pipelines.world.geometry import Colour, Point, disc, mix, oval, together
from pipelines.world.styles.painter import Detail, Painter, Stop, fill, outside, rgba

BANDS = 9  # steps that a gradient is cut into


class Flat(Painter):
    portrait = "poster"

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
        self.patch(path, pigment)
        (dx, dy), light = self.light.key_towards, self.light
        with self.clipped(path):
            if detail:
                detail()
            if form > 0:
                self._crescent(
                    path, dx * radius * 0.42, dy * radius * 0.42, rgba(mix(light.fill, (30, 10, 60), 0.3), 0.24 * form)
                )
            if rim > 0:
                rx, ry = light.rim_towards
                width = min(max(radius * 0.10, 1.0 * self.unit), 3.0 * self.unit)
                self._crescent(path, -rx * width, -ry * width, rgba(light.rim, 0.55 * rim * light.rim_strength))

    def _crescent(self, path: skia.Path, dx: float, dy: float, colour: int) -> None:
        """Paints the part of a path that its own shifted copy leaves free."""
        self.canvas.save()
        self.canvas.translate(dx, dy)
        self.canvas.drawPath(outside(path, abs(dx) + abs(dy) + 2 * self.unit), fill(colour))
        self.canvas.restore()

    def blend(self, path: skia.Path, start: Point, end: Point, stops: Sequence[Stop]) -> None:
        positions, colours = [], []
        for band in range(BANDS):
            colour = self._at(stops, (band + 0.5) / BANDS)
            positions += [band / BANDS, (band + 1) / BANDS]
            colours += [colour, colour]
        shader = skia.GradientShader.MakeLinear([start, end], colours, positions)
        self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))

    def _at(self, stops: Sequence[Stop], position: float) -> int:
        full = [(s[0], s[1], s[2] if len(s) > 2 else 1.0) for s in stops]
        for (p0, c0, a0), (p1, c1, a1) in zip(full, full[1:], strict=False):
            if position <= p1:
                k = min(max((position - p0) / max(p1 - p0, 1e-6), 0), 1)
                return self.colour(mix(c0, c1, k), a0 + (a1 - a0) * k)
        return self.colour(full[-1][1], full[-1][2])

    def texture(self, path: skia.Path, pigment: Colour, width: float, alpha: float = 0.5) -> None:
        """Left out: flat fills stay clean."""

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Two pale rings in place of soft light."""
        for share, alpha in ((0.46, 0.14), (0.30, 0.22)):
            self.canvas.drawPath(disc(x, y, radius * share), fill(rgba(colour, alpha * strength)))

    def ground_shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
        colour = rgba(mix(self.light.fill, (0, 0, 0), 0.4), self.light.shadow * 0.6 * strength)
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), fill(colour))

    def clouds(self, width: float, height: float, rng: np.random.Generator) -> None:
        for _ in range(round(9 * self.light.cloud)):
            x, y, size = (
                rng.uniform(0, width),
                rng.uniform(0.1, 0.8) * height,
                rng.uniform(0.05, 0.11) * min(width, height),
            )
            puffs = [oval(x + size * dx, y - size * dy, size * r, size * r * 0.8) for dx, dy, r in _PUFFS]
            with self.shining():
                self.patch(together(puffs), self.light.cloud_colour, 0.92)


_PUFFS = ((-1.3, 0.0, 0.55), (-0.5, 0.25, 0.8), (0.4, 0.4, 0.95), (1.25, 0.1, 0.65), (0, -0.1, 0.9), (2.0, -0.08, 0.4))
