"""Lofts: solids made of stacked ellipses, whose outline has a closed form at any turn; marks on them slide and
foreshorten by themselves. Heads, beards, hair and hats are lofts or zones of lofts."""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from pipelines.world.geometry import Point, Point3, clamp, lerp, wrap_angle

Bend = Callable[[Point3], Point3]
Curve = Callable[[float], float]


class View:
    """How a solid is seen: turned, tipped, and put at a place on the canvas. Its units are half-widths of a head."""

    def __init__(
        self, x: float, y: float, size: float, yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0
    ) -> None:
        """(x, y) is its middle and `size` its unit in pixels. yaw > 0 turns it to the right of the picture, pitch > 0
        makes it look down, roll > 0 tips its top to the right; radians."""
        self.x, self.y, self.size, self.yaw, self.pitch, self.roll = x, y, size, yaw, pitch, roll
        self.sin_yaw, self.cos_yaw = math.sin(yaw), math.cos(yaw)
        self._sin_pitch, self._cos_pitch = math.sin(pitch), math.cos(pitch)
        self._sin_roll, self._cos_roll = math.sin(roll), math.cos(roll)

    def turned(self, point: Point3) -> Point3:
        """The point as the camera sees it: x right, y down, z towards the camera."""
        x, y, z = point
        x, z = x * self.cos_yaw + z * self.sin_yaw, z * self.cos_yaw - x * self.sin_yaw
        return x, y * self._cos_pitch + z * self._sin_pitch, z * self._cos_pitch - y * self._sin_pitch

    def __call__(self, point: Point3) -> Point:
        x, y, z = self.turned(point)
        scale = self.size * (1 + 0.05 * z)
        return (
            self.x + (x * self._cos_roll - y * self._sin_roll) * scale,
            self.y + (x * self._sin_roll + y * self._cos_roll) * scale,
        )

    def nearness(self, point: Point3) -> float:
        """How far towards the camera a point lies; above 0 on the near half."""
        return self.turned(point)[2]

    @property
    def away(self) -> bool:
        """Whether its back is seen."""
        return self.cos_yaw < -0.33


class Loft:
    """A stack of ellipses: rows of (y, half-width, z of the centre, half-depth). Angle 0 faces forward, y goes down."""

    def __init__(self, rows: Sequence[tuple[float, float, float, float]]) -> None:
        """Rows in between are filled in along a smooth curve."""
        self.rows = sorted(rows)
        self.top, self.bottom = self.rows[0][0], self.rows[-1][0]
        self._fine = _refined(self.rows)
        self._heights = [row[0] for row in self._fine]

    def row(self, y: float) -> tuple[float, float, float]:
        """(half-width, z of the centre, half-depth) at a height."""
        i = bisect_right(self._heights, y)
        if i == 0 or i == len(self._fine):
            return self._fine[min(i, len(self._fine) - 1)][1:]
        a, b = self._fine[i - 1], self._fine[i]
        k = (y - a[0]) / (b[0] - a[0])
        return a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k, a[3] + (b[3] - a[3]) * k

    def at(self, angle: float, y: float, out: float = 0.0) -> Point3:
        """The point of the surface at an angle and a height, `out` beyond it; above the middle it also rises."""
        width, centre, depth = self.row(y)
        rise = out * clamp((y - 0.2) / (self.top - 0.2)) if self.top < 0 else 0.0
        return (width + out) * math.sin(angle), y - rise, centre + (depth + out) * math.cos(angle)

    def edge(self, view: View, y: float, side: int, out: float = 0.0) -> float:
        """Angle of the outline at height y on the right (side 1) or left (−1) of the picture."""
        width, _, depth = self.row(y)
        angle = math.atan2((width + out) * view.cos_yaw, (depth + out) * view.sin_yaw)
        return angle if side > 0 else angle - math.pi

    def outline(
        self,
        view: View,
        top: float | None = None,
        bottom: float | None = None,
        out: float = 0.0,
        n: int = 12,
        bend: Bend | None = None,
    ) -> list[Point]:
        """Its closed outline, clockwise from the top, 2n + 2 points."""
        bend = bend or _unbent
        top, bottom = self.top if top is None else top, self.bottom if bottom is None else bottom
        heights = [lerp(top, bottom, 0.5 - 0.5 * math.cos(math.pi * i / n)) for i in range(n + 1)]
        right = [view(bend(self.at(self.edge(view, y, 1, out), y, out))) for y in heights]
        left = [view(bend(self.at(self.edge(view, y, -1, out), y, out))) for y in reversed(heights)]
        return right + left

    def zone(
        self,
        view: View,
        line: Curve,
        above: bool,
        out: float = 0.0,
        n: int = 14,
        m: int = 8,
        bend: Bend | None = None,
        thin: float = 1.0,
    ) -> list[Point]:
        """Outline of what is seen of the part above (or below) a line y(angle) drawn round it; at the line it stands
        out by `thin` of `out` only."""
        bend = bend or _unbent
        end = self.top if above else self.bottom
        right = self.edge(view, line(self.edge(view, 0, 1)), 1, out)
        left = right - math.pi
        angles = [lerp(left, right, i / n) for i in range(n + 1)]
        points = [view(bend(self.at(a, line(wrap_angle(a)), out * thin))) for a in angles]
        from_right, from_left = line(wrap_angle(right)), line(wrap_angle(left))

        def side(start: float, i: int, which: int) -> Point:
            k = math.sin(0.5 * math.pi * i / m)
            y, thick = lerp(start, end, k), out * (thin + (1 - thin) * clamp(2.2 * k))
            return view(bend(self.at(self.edge(view, y, which, thick), y, thick)))

        points += [side(from_right, i, 1) for i in range(1, m + 1)]
        points += [side(from_left, i, -1) for i in range(m, 0, -1)]
        return points


@lru_cache(maxsize=256)
def loft(*rows: tuple[float, float, float, float]) -> Loft:
    """The loft of these rows, built once."""
    return Loft(rows)


FINER = 4  # rows that each given row becomes


def _refined(rows: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, ...]]:
    """More rows on a curve through the given ones (cubic Hermite, slopes limited so that nothing overshoots)."""
    fine: list[tuple[float, ...]] = []
    for i, (a, b) in enumerate(zip(rows, rows[1:], strict=False)):
        before, after = rows[max(0, i - 1)], rows[min(len(rows) - 1, i + 2)]
        for j in range(FINER):
            k = j / FINER
            y = a[0] + (b[0] - a[0]) * k
            fine.append((y, *(_hermite(before, a, b, after, c, k) for c in (1, 2, 3))))
    return [*fine, tuple(rows[-1])]


def _hermite(before: tuple, a: tuple, b: tuple, after: tuple, c: int, k: float) -> float:
    span, step = b[0] - a[0], b[c] - a[c]

    def slope(p: tuple, q: tuple) -> float:
        value = (q[c] - p[c]) / max(q[0] - p[0], 1e-9) * span
        return clamp(value, -3 * abs(step), 3 * abs(step))

    first, second = slope(before, b), slope(a, after)
    h = k * k * (3 - 2 * k)
    return a[c] + step * h + first * k * (1 - k) ** 2 - second * k * k * (1 - k)


def _unbent(point: Point3) -> Point3:
    return point
