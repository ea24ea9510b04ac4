"""The trunk: a stack of ellipses along a bent spine, with a closed outline for any turn of the body."""

import math

import skia

from pipelines.world.geometry import Point, clamp, lerp, smooth
from pipelines.world.people.frames import Frame, added
from pipelines.world.people.sight import Sight, seen_from_front


class Trunk:
    """A trunk that is being painted: outlines of what is worn on it, and points of its surface."""

    def __init__(self, sight: Sight) -> None:
        self.sight, self.rows = sight, sight.measures.rows
        self._frames: dict[float, Frame] = {}

    def frame(self, s: float) -> Frame:
        if s not in self._frames:
            self._frames[s] = self.sight.bones.along(s)
        return self._frames[s]

    def row(self, s: float) -> tuple[float, float]:
        """(half-width, half-depth) in metres at a place along the spine."""
        rows = self.rows
        if s <= rows[0][0]:
            return rows[0][1:]
        for a, b in zip(rows, rows[1:], strict=False):
            if s <= b[0]:
                k = (s - a[0]) / (b[0] - a[0])
                return lerp(a[1], b[1], k), lerp(a[2], b[2], k)
        return rows[-1][1:]

    def bulge(self, s: float) -> float:
        """Metres that belly and bust stand out in front."""
        look, height = self.sight.look, self.sight.measures.height
        belly = 0.045 * look.belly * math.exp(-(((s - 0.34) / 0.25) ** 2))
        bust = 0.024 * look.feminine * (1 - look.childhood) * math.exp(-(((s - 0.66) / 0.13) ** 2))
        return (belly + bust) * height / 1.75

    def on(self, angle: float, s: float, out: float = 0.0) -> Point:
        """(column, row) of the surface at an angle (0 front, π/2 the right side) and a place along the spine."""
        frame, (width, depth) = self.frame(s), self.row(s)
        forward = (depth + out) * math.cos(angle) + self.bulge(s) * max(0.0, math.cos(angle))
        return self.sight.at(frame.at((width + out) * math.sin(angle), 0, forward))

    def shown(self, angle: float, s: float = 0.6) -> bool:
        return seen_from_front(self.frame(s), angle)

    def edges(self, s: float, out: float = 0.0) -> tuple[Point, Point]:
        """(left, right) of the outline at a place along the spine."""
        frame, (width, depth) = self.frame(s), self.row(s)
        x, y = self.sight.at(frame.origin)
        ux, uy = frame.up[0], -frame.up[1]
        length = math.hypot(ux, uy) or 1.0
        nx, ny = -uy / length, ux / length  # across the spine, to the right of somebody upright
        a = (width + out) * (frame.right[0] * nx - frame.right[1] * ny)
        along = frame.forward[0] * nx - frame.forward[1] * ny
        b, bulge = (depth + out) * along, self.bulge(s) * along
        reach, scale = math.hypot(a, b), self.sight.scale
        left, right = reach + max(0.0, -bulge), reach + max(0.0, bulge)
        return (x - nx * left * scale, y - ny * left * scale), (x + nx * right * scale, y + ny * right * scale)

    def outline(
        self, low: float, high: float, out: float = 0.0, n: int = 9, sag: float = 0.10, flare: float = 0.0
    ) -> skia.Path:
        """The outline between two places; its lower edge sags by a share of its width and widens by `flare` metres."""
        left, right = [], []
        for i in range(n + 1):
            s = lerp(low, high, i / n)
            wider = flare * clamp((lerp(low, high, 0.6) - s) / (0.6 * (high - low) + 1e-6)) ** 2
            a, b = self.edges(s, out + wider)
            left.append(a)
            right.append(b)
        up = self.frame(low).up
        width = math.dist(left[0], right[0])
        middle = (
            (left[0][0] + right[0][0]) / 2 - up[0] * width * sag,
            (left[0][1] + right[0][1]) / 2 + up[1] * width * sag,
        )
        quarter = [
            tuple(0.5 * (m + e) + 0.25 * (m - c) for m, e, c in zip(middle, end, other, strict=True))
            for end, other in ((left[0], middle), (right[0], middle))
        ]
        return smooth([*left, *right[::-1], quarter[1], middle, quarter[0]])

    def ring(self, s: float, out: float, front: bool, tilt: float = 0.0, n: int = 9) -> list[Point]:
        """Points along the near (or far) half of a ring round the trunk; `tilt` metres that its front lies lower."""
        frame, (width, depth) = self.frame(s), self.row(s)
        middle = -math.atan2(frame.forward[0], -frame.forward[2]) + (0 if front else math.pi)
        points = []
        for i in range(n):
            angle = middle + lerp(-1.5, 1.5, i / (n - 1))
            place = frame.at((width + out) * math.sin(angle), -tilt * math.cos(angle), (depth + out) * math.cos(angle))
            points.append(self.sight.at(place))
        return points

    def below(self, s: float, metres: float) -> tuple[float, float, float]:
        frame = self.frame(s)
        return added(frame.origin, frame.up, -metres)
