"""An animal's own space: metres, x forward and y up from the point on the ground under its middle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import skia

from pipelines.world.camera import Camera
from pipelines.world.geometry import Point, Point3, limb, polygon, smooth

ROUND = tuple((math.cos(a), math.sin(a)) for a in np.linspace(0, 2 * math.pi, 20, endpoint=False))


@dataclass(frozen=True)
class View:
    """Where an animal's own metres fall on the canvas."""

    column: float  # pixels
    row: float
    scale: float  # pixels per metre of the animal's own
    facing: float  # 1 towards the right of the frame, -1 left; between the two while it turns round

    def at(self, point: Point) -> Point:
        return self.column + self.facing * point[0] * self.scale, self.row - point[1] * self.scale

    def all(self, points: Sequence[Point]) -> list[Point]:
        column, row, scale, facing = self.column, self.row, self.scale, self.facing
        return [(column + facing * x * scale, row - y * scale) for x, y in points]

    def limb(self, points: Sequence[Point], radii: Sequence[float], tip: float = 0.9, butt: float = 0.9) -> skia.Path:
        """A tapered limb; radii in metres."""
        return limb(self.all(points), [r * self.scale for r in radii], tip, butt)

    def outline(self, points: Sequence[Point], tension: float = 6.0) -> skia.Path:
        """A smooth closed path."""
        return smooth(self.all(points), tension=tension)

    def hull(self, points: Sequence[Point]) -> skia.Path:
        """The tightest convex path round the points."""
        found = cv2.convexHull(np.array(self.all(points), np.float32))[:, 0]
        return polygon([(float(x), float(y)) for x, y in found])

    def disc(self, centre: Point, radius: float) -> skia.Path:
        path = skia.Path()
        path.addCircle(*self.at(centre), radius * self.scale)
        return path


def view_of(camera: Camera, position: Point3, facing: float, scale: float, aside: float = 0.0) -> View:
    """The view of an animal that stands at a position; `aside` metres further from the camera for its far legs."""
    x, y, z = position
    column, row, pixels = camera.project((x, y, z + aside))
    return View(column, row, pixels * scale, facing)


def ring(centre: Point, radius: float) -> list[Point]:
    """Points round a circle."""
    return [(centre[0] + radius * c, centre[1] + radius * s) for c, s in ROUND]


def polar(start: Point, angle: float, length: float) -> Point:
    """The point at a distance in a direction; the angle is counter-clockwise from forward."""
    return start[0] + length * math.cos(angle), start[1] + length * math.sin(angle)


def add(a: Point, b: Point) -> Point:
    return a[0] + b[0], a[1] + b[1]


def between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def tuft(view: View, root: Point, angle: float, length: float, width: float) -> list[Point]:
    """Corners of a lock of fur on the canvas, curved a little downwards; `width` is half its root's."""
    c, s = math.cos(angle), math.sin(angle)
    x, y = root
    return view.all(
        (
            (x - s * width, y + c * width),
            (x + c * length * 0.55 - s * width * 0.7, y + s * length * 0.55 + c * width * 0.7),
            (x + c * length, y + s * length - 0.12 * length),
            (x + c * length * 0.5 + s * width * 0.8, y + s * length * 0.5 - c * width * 0.8),
            (x + s * width, y - c * width),
        )
    )


@lru_cache(maxsize=64)
def scatter(seed: int, number: int) -> tuple[float, ...]:
    """Random numbers in −1 to 1, the same every time: what is scattered over a body stays where it is."""
    return tuple(np.random.default_rng(seed).uniform(-1, 1, number).tolist())


def tufts(corners: Sequence[Sequence[Point]]) -> skia.Path:
    """Locks of fur as one path."""
    path = skia.Path()
    for lock in corners:
        path.addPoly([skia.Point(*corner) for corner in lock], True)
    return path


class Spine:
    """The line from hips to shoulders; places along it have u = 0 at the hips and 1 at the shoulders, and v metres
    above the line."""

    def __init__(self, hips: Point, shoulders: Point, arch: float) -> None:
        """`arch`: metres by which its middle is lifted."""
        self.hips, self.shoulders = hips, shoulders
        dx, dy = shoulders[0] - hips[0], shoulders[1] - hips[1]
        self.length = math.hypot(dx, dy)
        self.angle = math.atan2(dy, dx)
        middle = between(hips, shoulders, 0.5)
        self._control = polar(middle, self.angle + math.pi / 2, 2 * arch)

    def at(self, u: float, v: float = 0.0) -> Point:
        k = 0.0 if u < 0.0 else 1.0 if u > 1.0 else u
        a, b = between(self.hips, self._control, k), between(self._control, self.shoulders, k)
        direction = math.atan2(b[1] - a[1], b[0] - a[0])
        point = polar(between(a, b, k), direction, (u - k) * self.length)
        return polar(point, direction + math.pi / 2, v)

    def direction(self, u: float) -> float:
        """Angle of the spine at u."""
        k = min(max(u, 0.0), 1.0)
        a, b = between(self.hips, self._control, k), between(self._control, self.shoulders, k)
        return math.atan2(b[1] - a[1], b[0] - a[0])
