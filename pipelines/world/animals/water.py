"""Swimming at the surface: what is under the water is hidden, and rings spread where the body meets it."""

import contextlib
import math
from collections.abc import Iterator

import skia

from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3
from pipelines.world.styles.painter import Painter


@contextlib.contextmanager
def above_water(
    painter: Painter, camera: Camera, position: Point3, length: float, t: float, afloat: bool
) -> Iterator[None]:
    """What is painted inside shows only above the water at y = 0, and rings are added; no change if not afloat."""
    if not afloat:
        yield
        return
    column, row, scale = camera.project((position[0], 0.0, position[2]))
    half = length * 0.5 * scale
    painter.canvas.save()
    painter.canvas.clipPath(_above(column, row, half * 3, t), skia.ClipOp.kIntersect, True)
    try:
        yield
    finally:
        painter.canvas.restore()
    _rings(painter, column, row, half, t)


def _above(column: float, row: float, half: float, t: float) -> skia.Path:
    """Everything over the waterline, which ripples a little."""
    path = skia.Path()
    path.moveTo(column - half, row - 4000)
    path.lineTo(column - half, row)
    for i in range(25):
        x = column - half + 2 * half * i / 24
        path.lineTo(x, row + 0.012 * half * math.sin(i * 1.7 + t * 5.0))
    path.lineTo(column + half, row - 4000)
    path.close()
    return path


def _rings(painter: Painter, column: float, row: float, half: float, t: float) -> None:
    for n in range(3):
        share = (t * 0.7 + n / 3) % 1.0
        rx, ry = half * (0.75 + 0.9 * share), half * (0.08 + 0.14 * share)
        path = skia.Path()
        path.addArc(skia.Rect.MakeLTRB(column - rx, row - ry, column + rx, row + ry), 8 + 20 * n, 150 - 30 * n)
        painter.line(path, (236, 246, 252), max(painter.unit, half * 0.022 * (1 - share)), 0.65 * (1 - share))
