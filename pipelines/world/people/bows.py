"""Bows: at a collar, in hair."""

from pipelines.world.geometry import Colour, mix, oval, smooth
from pipelines.world.styles.painter import Painter


def draw_bow(painter: Painter, x: float, y: float, size: float, colour: Colour) -> None:
    """Two loops and a knot at (x, y); `size` is the length of a loop in pixels."""
    for side in (-1, 1):
        loop = [(0.0, 0.0), (0.7, -0.55), (1.0, 0.0), (0.7, 0.55)]
        path = smooth([(x + side * size * a, y + size * b) for a, b in loop])
        painter.body(path, colour, size * 0.3, rim=0.6)
    painter.body(oval(x, y, size * 0.24, size * 0.28), mix(colour, (40, 10, 40), 0.25), size * 0.2, rim=0.5)
