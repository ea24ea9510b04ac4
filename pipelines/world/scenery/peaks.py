"""Mountains: peaks with a lit and a shaded face, snow on their heads."""

import numpy as np

from pipelines.world.geometry import Colour, mix, polygon, smooth
from pipelines.world.place import Plane
from pipelines.world.scenery.conditions import SNOW, darker, lighter
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

CLEAR_AIR = 78.0  # metres: mountains are seen through no more air than this, or they would fade from view


def peaks(
    z: float, period: float, top: float, count: int, rock: Colour, snow: float, detail: float = 0.7, foot: float = 0.0
) -> Plane:
    """A repeating range of `count` peaks up to `top` metres high; `snow` is the share of their height that is white."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.distance = CLEAR_AIR
        spacing = period / count
        order = rng.permutation(count)
        heights = rng.uniform(0.5, 1.0, count)
        heights[order[: max(1, count // 3)]] = rng.uniform(0.88, 1.0, max(1, count // 3))
        for i in sorted(range(count), key=lambda i: -heights[i]):
            x = (i + rng.uniform(0.25, 0.75)) * spacing
            _peak(painter, rng, x, top * 1.04, top * float(heights[i]), spacing * rng.uniform(0.85, 1.15), rock, snow)

    return Plane(
        (-period / 2 - z * 0.13, top * 1.04 + foot, z),
        period,
        top * 1.05,
        paint,
        repeat=True,
        detail=detail,
        haze=False,
    )


def _peak(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    high: float,
    half: float,
    rock: Colour,
    snow: float,
) -> None:
    """Paints one peak: outline, shaded face, snow with a torn edge, ribs of rock."""
    light = painter.light.key_towards[0]
    left, right = _flank(rng, x, foot, high, -half), _flank(rng, x, foot, high, half)
    outline = polygon([*left, *right[::-1]])
    wash(
        painter, outline, (0, foot - high), (0, foot), ((0, lighter(rock, 0.1)), (0.6, rock), (1, lighter(rock, 0.35)))
    )
    spine = [(x + rng.uniform(-0.12, 0.12) * half * k, foot - high * (1 - k)) for k in np.linspace(0, 1, 7)]
    spine[0] = (x, foot - high)
    shaded = polygon([*spine, *(right if light < 0 else left)])
    with painter.clipped(outline):
        painter.patch(shaded, darker(rock, 0.42), 0.55)
        if snow > 0:
            _snow_cap(painter, rng, x, foot, high, half, snow, shaded)
        for _ in range(7):
            k, side = rng.uniform(0.2, 0.75), rng.choice((-1, 1))
            start = (x + side * half * k * rng.uniform(0.1, 0.8), foot - high * (1 - k))
            end = (start[0] + side * half * 0.14, start[1] + high * 0.2)
            rib = polygon([start, end, (end[0] - side * half * 0.09, end[1])])
            painter.patch(rib, darker(rock, 0.5), 0.35)


def _flank(rng: np.random.Generator, x: float, foot: float, high: float, half: float) -> list[tuple[float, float]]:
    points = [(x, foot - high)]
    for k in np.linspace(0.12, 1.0, 8):
        jut = rng.uniform(-0.045, 0.045)
        points.append((x + half * float(k + jut), foot - high * float(max(0.0, (1 - k) ** 1.12 + jut * (1 - k)))))
    return points


def _snow_cap(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    high: float,
    half: float,
    snow: float,
    shaded: object,
) -> None:
    """Paints snow down to a zigzag line, blue where the mountain shades it."""
    top, low = foot - high, foot - high * (1 - snow)
    edge, count = [], 11
    for i in range(count + 1):
        px = x - half * snow * 1.3 + half * snow * 2.6 * i / count
        edge.append((px, low + (high * snow * 0.28 if i % 2 else -high * snow * 0.12) * rng.uniform(0.5, 1.2)))
    cap = polygon([(x - half * 1.4, top - 1), *edge, (x + half * 1.4, top - 1)])
    painter.patch(cap, SNOW)
    with painter.clipped(cap):
        painter.patch(shaded, (150, 172, 216), 0.75)


def hills(z: float, period: float, top: float, count: int, pigment: Colour, detail: float = 0.6) -> Plane:
    """A repeating range of rounded hills."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        heights = rng.uniform(0.35, 1.0, count)
        points = [(period * i / count, top * (1.05 - heights[i % count])) for i in range(-2, count + 3)]
        path = smooth(points, closed=False)
        path.lineTo(period * 2, top * 1.2)
        path.lineTo(-period, top * 1.2)
        path.close()
        wash(
            painter,
            path,
            (0, 0),
            (0, top * 1.1),
            ((0, lighter(pigment, 0.12)), (1, mix(pigment, lighter(pigment, 0.3), 0.8))),
        )

    return Plane((-period / 2 - z * 0.21, top * 1.05, z), period, top * 1.07, paint, repeat=True, detail=detail)
