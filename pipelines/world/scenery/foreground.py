"""Blurred things near the lens, at the frame's edges."""

import math
from collections.abc import Callable

import numpy as np
import skia

from pipelines.world.geometry import Colour, smooth
from pipelines.world.place import Plane, Site
from pipelines.world.scenery.conditions import one_of
from pipelines.world.styles.painter import Painter

FOCAL = 1.2  # of the frame's height, as the camera's
HIGH, LOW = 3.8, -0.2  # metres between which an edge reaches, whatever the camera's height
TRAVEL = 0.8  # metres of camera movement from which nothing stands near the lens

EdgePaint = Callable[[Painter, np.random.Generator, float], None]  # paints an edge that reaches in by that many metres


def edges(
    site: Site, paint: EdgePaint, share: float = 0.13, distance: float = 1.25, soft: float = 0.014
) -> list[Plane]:
    """Two strips near the lens, at the left and right edge of the frame; none when the camera travels.

    `paint` paints a strip 4 m high whose outer side is x = 0 and whose foot is y = 0 (up is negative); it reaches in by
    `share` of the frame's width."""
    middle = (site.left + site.right) / 2
    travelled = (site.right - site.left) / 2 + site.nearest * site.aspect / FOCAL / 2
    if travelled > TRAVEL:
        return []
    half = distance * site.aspect / FOCAL / 2
    return [
        _edge(
            middle + side * (half + 0.03),
            side,
            site.nearest + distance + 0.1 * (side > 0),
            min(2 * half * share, 0.10),
            paint,
            soft,
        )
        for side in (-1, 1)
    ]


def _edge(x: float, side: int, z: float, reach: float, paint: EdgePaint, soft: float) -> Plane:
    margin = soft * 3
    width = reach * 1.4 + 2 * margin

    def painted(painter: Painter, rng: np.random.Generator) -> None:
        with painter.moved(margin if side < 0 else width - margin, HIGH - LOW, 0, -side, 1):
            paint(painter, rng, reach)

    origin = x - margin if side < 0 else x - width + margin
    return Plane((origin, HIGH, z), width, HIGH - LOW, painted, soft=soft, mirrored=False, haze=False)


def sprigs(*pigments: Colour, slender: float = 0.2) -> EdgePaint:
    """Leaves that reach into the frame from its edge, in bunches."""

    def paint(painter: Painter, rng: np.random.Generator, reach: float) -> None:
        for bunch in range(7):
            root = -0.55 * bunch - rng.uniform(0, 0.4)
            for _ in range(5):
                angle = rng.uniform(-1.0, 0.7)
                length = reach * rng.uniform(0.5, 1.3) / max(0.5, math.cos(angle))
                tip = (math.cos(angle) * length, root + math.sin(angle) * length)
                painter.patch(
                    _leaf((-0.05, root + rng.uniform(-0.05, 0.05)), tip, length * slender), one_of(rng, pigments)
                )

    return paint


def _leaf(root: tuple[float, float], tip: tuple[float, float], wide: float) -> skia.Path:
    (x, y), (tx, ty) = root, tip
    nx, ny = -(ty - y), tx - x
    length = math.hypot(nx, ny) or 1.0
    nx, ny = nx / length * wide, ny / length * wide
    mx, my = (x + tx) / 2, (y + ty) / 2
    return smooth([(x, y), (mx + nx, my + ny), (tx, ty), (mx - nx, my - ny)])


def post(pigment: Colour) -> EdgePaint:
    """A dark upright: a door frame, a post, the edge of a wall."""

    def paint(painter: Painter, rng: np.random.Generator, reach: float) -> None:
        outline = smooth([(-0.1, 0.1), (-0.1, -4.1), (reach * 0.5, -4.1), (reach * 0.5, 0.1)], tension=60)
        painter.patch(outline, pigment)

    return paint
