"""Heads of quadrupeds and birds: solids that turn in space, and the outline they make on the canvas."""

import math
from collections.abc import Sequence

import numpy as np
import skia

from pipelines.world.animals.build import HeadShape, Triple
from pipelines.world.animals.figure import ROUND, View
from pipelines.world.geometry import Point


class Turned:
    """A head's frame in space: places in head radii (forward, up, aside) → the animal's own metres."""

    def __init__(self, centre: Point, radius: float, yaw: float, pitch: float, roll: float) -> None:
        """`yaw` 0 is profile, π/2 faces the camera; `pitch` lifts the nose; `roll` tilts the head as it is seen."""
        self.centre, self.radius, self.yaw = centre, radius, yaw
        cp, sp, cy, sy, cr, sr = (f(a) for a in (pitch, yaw, roll) for f in (math.cos, math.sin))
        x = np.array([cp * cy, -sp * cy, -sy])
        y = np.array([sp, cp, 0.0])
        self.across, self.up = x * cr - y * sr, x * sr + y * cr
        self.out = np.array([cp * sy, -sp * sy, cy])
        self._plane = np.stack([self.across, self.up])

    def at(self, place: Triple) -> Point:
        x, y = self._plane @ place
        return self.centre[0] + self.radius * float(x), self.centre[1] + self.radius * float(y)

    def depth(self, direction: Triple) -> float:
        """How much a direction points towards the camera, in its own units."""
        return float(self.out @ direction)

    def solid(self, place: Triple, axes: Triple) -> list[Point]:
        """Outline of an ellipsoid with these half-axes."""
        shape = self._plane * axes
        a2, ab, b2 = float(shape[0] @ shape[0]), float(shape[0] @ shape[1]), float(shape[1] @ shape[1])
        a = math.sqrt(a2) * self.radius
        b = ab / math.sqrt(a2) * self.radius
        c = math.sqrt(max(b2 - ab * ab / a2, 0.0)) * self.radius
        x, y = self.at(place)
        return [(x + a * u, y + b * u + c * v) for u, v in ROUND]


def muzzle_solids(shape: HeadShape, turned: Turned) -> tuple[list[Point], list[Point]]:
    """Outlines of the muzzle's root and of its tip."""
    forward, up, thick = shape.muzzle_root
    root = turned.solid((forward, up, 0), (thick, thick, thick * min(1.25, 0.5 + shape.muzzle_breadth * 0.6)))
    forward, up, thick = shape.muzzle_tip
    tip = turned.solid((forward, up, 0), (thick * 0.9, thick, thick * shape.muzzle_breadth))
    return root, tip


def head_paths(shape: HeadShape, turned: Turned, view: View) -> list[skia.Path]:
    """Everything that makes the head's silhouette, without ears and lower jaw."""
    root, tip = muzzle_solids(shape, turned)
    paths = [view.outline(turned.solid((0, 0, 0), shape.skull)), view.hull(root + tip)]
    if shape.cheek:
        forward, up, radius = shape.cheek
        paths += [
            view.outline(turned.solid((forward, up, side * shape.skull[2] * 0.45), (radius, radius, radius * 0.8)))
            for side in (-1, 1)
        ]
    return paths


def jaw_points(shape: HeadShape, turned: Turned, opened: float) -> tuple[list[Point], Point, Point]:
    """(outline of the lower jaw, its hinge, the middle of its upper edge at the tip), opened by 0 to 1."""
    forward, up, thick = shape.muzzle_root
    t_forward, t_up, t_thick = shape.muzzle_tip
    hinge = (shape.mouth - 0.25, up - thick * 0.35, 0.0)
    angle = -0.80 * opened

    def swung(place: Triple) -> Triple:
        dx, dy = place[0] - hinge[0], place[1] - hinge[1]
        return (
            hinge[0] + dx * math.cos(angle) - dy * math.sin(angle),
            hinge[1] + dx * math.sin(angle) + dy * math.cos(angle),
            place[2],
        )

    thin = t_thick * shape.jaw
    middle = (t_forward - 0.18 * t_thick, t_up - t_thick * 0.72, 0.0)
    root = turned.solid(hinge, (thick * 0.5, thick * 0.5, thick * 0.6))
    tip = turned.solid(swung(middle), (thin, thin * 0.8, thin * shape.muzzle_breadth))
    edge = swung((middle[0] + thin * 0.5, middle[1] + thin * 0.7, 0.0))
    return root + tip, turned.at(hinge), turned.at(edge)


def mouth_line(shape: HeadShape, turned: Turned, side: int, smile: float) -> Sequence[Point]:
    """The closed mouth's line on one side of the muzzle, from under the nose to its corner."""
    forward, up, thick = shape.muzzle_tip
    breadth = thick * shape.muzzle_breadth * side
    corner = (
        shape.mouth,
        shape.muzzle_root[1] - shape.muzzle_root[2] * (0.62 - 0.22 * smile),
        side * shape.skull[2] * 0.62,
    )
    places = (
        (forward + thick * 0.78, up - thick * 0.42, 0.0),
        (forward + thick * 0.35, up - thick * 0.80, breadth * 0.65),
        (
            (forward + shape.mouth) / 2,
            (up - thick * 0.80 + corner[1]) / 2 - thick * 0.12 * (1 + smile),
            (breadth + corner[2]) / 2,
        ),
        corner,
        (corner[0] - 0.06, corner[1] + 0.10 * (0.4 + smile), corner[2]),
    )
    return [turned.at(place) for place in places]
