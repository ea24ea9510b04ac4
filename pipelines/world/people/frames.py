"""Directions and joints in space: body frames, and limbs of two bones."""

import math
from dataclasses import dataclass

from pipelines.world.geometry import Point3, clamp


@dataclass(frozen=True)
class Frame:
    """A place in space with three directions of its own, each of length 1."""

    origin: Point3
    right: Point3  # the side that is on the right of the picture when the body faces the camera
    up: Point3
    forward: Point3

    def at(self, right: float, up: float, forward: float) -> Point3:
        """The point that lies so many metres right, up and forward of the origin."""
        return added(self.origin, self.along(right, up, forward))

    def along(self, right: float, up: float, forward: float) -> Point3:
        """The same as a direction: without the origin."""
        a, b, c = self.right, self.up, self.forward
        return (
            a[0] * right + b[0] * up + c[0] * forward,
            a[1] * right + b[1] * up + c[1] * forward,
            a[2] * right + b[2] * up + c[2] * forward,
        )

    def moved(self, origin: Point3) -> "Frame":
        return Frame(origin, self.right, self.up, self.forward)


def frame(origin: Point3, yaw: float, bend: float = 0.0, lean: float = 0.0) -> Frame:
    """A body's frame. Yaw 0 faces the camera and grows towards the right of the picture; `bend` tips it forward, `lean`
    towards its right; all in radians."""
    right, forward, up = (math.cos(yaw), 0.0, math.sin(yaw)), (math.sin(yaw), 0.0, -math.cos(yaw)), (0.0, 1.0, 0.0)
    up, forward = _turned(up, forward, bend)
    up, right = _turned(up, right, lean)
    return Frame(origin, right, up, forward)


def _turned(a: Point3, b: Point3, angle: float) -> tuple[Point3, Point3]:
    """Two directions turned in their plane, the first towards the second."""
    c, s = math.cos(angle), math.sin(angle)
    return (
        (a[0] * c + b[0] * s, a[1] * c + b[1] * s, a[2] * c + b[2] * s),
        (b[0] * c - a[0] * s, b[1] * c - a[1] * s, b[2] * c - a[2] * s),
    )


def added(a: Point3, b: Point3, k: float = 1.0) -> Point3:
    return a[0] + b[0] * k, a[1] + b[1] * k, a[2] + b[2] * k


def between(a: Point3, b: Point3, t: float) -> Point3:
    """The point or direction that lies `t` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t


def unit(a: Point3) -> Point3:
    length = math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]) or 1.0
    return a[0] / length, a[1] / length, a[2] / length


def between_frames(a: Frame, b: Frame, t: float, origin: Point3) -> Frame:
    """Directions between those of two frames, at another place."""
    return Frame(
        origin, unit(between(a.right, b.right, t)), unit(between(a.up, b.up, t)), unit(between(a.forward, b.forward, t))
    )


def reach_in_space(a: Point3, b: Point3, upper: float, lower: float, pole: Point3) -> tuple[Point3, Point3]:
    """(joint, end) of a limb of two bones from a towards b; the joint bends towards the direction `pole`."""
    span = (b[0] - a[0], b[1] - a[1], b[2] - a[2])
    along = unit(span)
    distance = clamp(math.dist(a, b), abs(upper - lower) + 0.005, (upper + lower) * 0.999)
    share = (upper * upper + distance * distance - lower * lower) / (2 * distance)
    height = math.sqrt(max(0.0, upper * upper - share * share))
    dot = pole[0] * along[0] + pole[1] * along[1] + pole[2] * along[2]
    aside = unit((pole[0] - dot * along[0], pole[1] - dot * along[1], pole[2] - dot * along[2]))
    return added(added(a, along, share), aside, height), added(a, along, distance)
