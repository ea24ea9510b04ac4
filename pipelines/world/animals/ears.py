"""Ears: thin leaves that grow from the head in space, lag behind its moves and show an inner side."""

import math

import numpy as np
import skia

from pipelines.world.animals.build import Ear
from pipelines.world.animals.figure import View, polar
from pipelines.world.animals.head import Turned
from pipelines.world.geometry import Colour, Point, mix
from pipelines.world.styles.painter import Painter

# Half-width along an ear from root to tip, for each form: (share of its length, share of its width).
_FORMS = {
    "leaf": ((0.0, 0.80), (0.22, 1.0), (0.55, 0.74), (0.85, 0.28)),
    "flop": ((0.0, 0.55), (0.25, 0.82), (0.60, 1.0), (0.88, 0.70)),
    "round": ((0.0, 0.85), (0.35, 1.05), (0.68, 0.92), (0.90, 0.5)),
    "fan": ((0.0, 0.70), (0.30, 1.15), (0.65, 1.0), (0.92, 0.55)),
}
_FACING = {"leaf": (0.72, 0.0, 0.70), "round": (0.8, 0.0, 0.6), "flop": (0.25, 0.1, 1.0), "fan": (0.75, 0.0, 0.66)}


def ear_shape(ear: Ear, turned: Turned, side: int, lag: float) -> tuple[list[Point], bool]:
    """(outline in the animal's own metres, whether its inner side faces the camera); `side` 1 is the near ear."""
    root = np.array(ear.root) * (1, 1, side)
    tip = np.array(ear.tip) * (1, 1, side)
    facing = np.array(_FACING[ear.form]) * (1, 1, side)
    if side < 0:  # in profile the far ear shows its back, not its edge
        facing = facing * (max(0.3, min(1.0, math.sin(turned.yaw))), 1, 1)
    axis = tip - root
    across = np.cross(axis, facing)
    across *= ear.width / (np.linalg.norm(across) or 1.0)
    front, back = [], []
    for along, wide in _FORMS[ear.form]:
        middle = root + axis * along
        front.append(middle + across * wide)
        back.append(middle - across * wide)
    places = [*front, tip, *back[::-1]]
    swing = lag * (1 - ear.stiff)
    pivot = turned.at(tuple(root))
    return [_swung(turned.at(tuple(p)), pivot, swing) for p in places], turned.depth(tuple(facing)) > 0.12


def _swung(point: Point, pivot: Point, angle: float) -> Point:
    """A point turned about the ear's root; what is further out follows more, so the ear bends."""
    dx, dy = point[0] - pivot[0], point[1] - pivot[1]
    return polar(pivot, math.atan2(dy, dx) + angle, math.hypot(dx, dy))


def paint_ear(
    painter: Painter,
    view: View,
    ear: Ear,
    turned: Turned,
    side: int,
    lag: float,
    pigments: tuple[Colour, Colour],
    far: bool,
) -> None:
    """One ear; `pigments` are its outer and its inner colour."""
    points, inner_seen = ear_shape(ear, turned, side, lag)
    outer = mix(pigments[0], (58, 34, 48), 0.22) if far else pigments[0]
    path = view.outline(points)
    radius = ear.width * turned.radius * view.scale

    def inner() -> None:
        if ear.inside and inner_seen and ear.form != "flop":
            painter.patch(_shrunk(view, points, 0.66), mix(pigments[1], (40, 20, 40), 0.3 if far else 0.0))

    painter.body(path, outer, radius, rim=0.0 if far else 0.8, form=0.0 if far else 0.7, detail=inner)


def _shrunk(view: View, points: list[Point], share: float) -> skia.Path:
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return view.outline([(x + (p[0] - x) * share, y + (p[1] - y) * share) for p in points])
