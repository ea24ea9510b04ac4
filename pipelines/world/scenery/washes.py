"""Gradients of small things: soft where the style has soft light, even where it has not."""

from collections.abc import Sequence

import skia

from pipelines.world.geometry import Point
from pipelines.world.styles.painter import Painter, Stop


def wash(painter: Painter, path: skia.Path, start: Point, end: Point, stops: Sequence[Stop]) -> None:
    """Blends the colours from start to end in styles with soft light; else fills with the middle one, because many
    small gradients in bands or sheets would be noise, and slow."""
    if painter.airy:
        painter.blend(path, start, end, stops)
        return
    middle = min(stops, key=lambda stop: abs(stop[0] - 0.5))
    painter.patch(path, middle[1], middle[2] if len(middle) > 2 else 1.0)
