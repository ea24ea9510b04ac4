"""Street furniture: lamps, benches, lanterns on a line, fences."""

import numpy as np

from pipelines.world.geometry import Colour, Point, box, disc, oval, polygon, smooth, together
from pipelines.world.place import Plane, Site
from pipelines.world.scenery.conditions import LAMPLIGHT, SNOW, darker, lamps_lit, mix, snowy
from pipelines.world.styles.painter import Painter

IRON: Colour = (52, 52, 66)


def street_lamp(painter: Painter, x: float, foot: float, height: float, lit: bool, snow: bool = False) -> None:
    """Paints a lantern on an iron post."""
    wide = height * 0.016
    painter.body(box(x - wide, foot - height * 0.86, wide * 2, height * 0.86), IRON, wide)
    painter.body(box(x - wide * 2.4, foot - height * 0.1, wide * 4.8, height * 0.1, wide), IRON, wide * 2)
    painter.patch(box(x - wide * 6, foot - height * 0.82, wide * 12, wide * 0.9), IRON)
    top, half = foot - height, height * 0.045
    glass = polygon(
        [
            (x - half, top + half),
            (x + half, top + half),
            (x + half * 0.62, top + half * 3.2),
            (x - half * 0.62, top + half * 3.2),
        ]
    )
    if lit:
        with painter.shining():
            painter.patch(glass, (255, 240, 200))
    else:
        painter.patch(glass, (206, 216, 222))
    painter.body(
        polygon([(x - half * 1.35, top + half), (x, top - half * 0.4), (x + half * 1.35, top + half)]), IRON, half * 0.4
    )
    if snow:
        painter.patch(
            smooth(
                [
                    (x - half * 1.3, top + half * 0.9),
                    (x, top - half * 0.9),
                    (x + half * 1.3, top + half * 0.9),
                    (x, top + half * 0.2),
                ]
            ),
            SNOW,
        )
    if lit:
        painter.glow(x, top + half * 2, height * 0.42, LAMPLIGHT, 0.95)
        painter.glow(x, top + half * 2, height * 0.13, (255, 244, 214), 0.9)


def lamp_row(site: Site, z: float, period: float, height: float, x: float = 0.0, detail: float = 0.8) -> Plane:
    """A repeating row of street lamps, the first at x + period / 2 … , clear of the middle."""
    margin = height * 0.45

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        street_lamp(painter, period / 2, height + margin, height, lamps_lit(site), snowy(site))

    return Plane((x - period / 2, height + margin, z), period, height + margin, paint, repeat=True, detail=detail)


def bench(painter: Painter, x: float, foot: float, wide: float, snow: bool, wood: Colour = (158, 104, 66)) -> None:
    """Paints a park bench seen from the front."""
    for k in (0.08, 0.92):
        painter.patch(box(x + wide * k - 0.03, foot - 0.8, 0.06, 0.8), IRON)
    for y in (0.82, 0.66):
        painter.body(box(x, foot - y, wide, 0.11, 0.03), wood, 0.05)
    painter.body(box(x - 0.03, foot - 0.47, wide + 0.06, 0.13, 0.03), wood, 0.06)
    if snow:
        painter.patch(box(x, foot - 0.54, wide, 0.09, 0.05), SNOW)
        painter.patch(box(x, foot - 0.88, wide, 0.08, 0.05), SNOW)


def lantern_line(painter: Painter, start: Point, end: Point, sag: float, count: int, lit: bool) -> None:
    """Paints a cable with paper lanterns."""

    def at(k: float) -> Point:
        return start[0] + (end[0] - start[0]) * k, start[1] + (end[1] - start[1]) * k + sag * 4 * k * (1 - k)

    painter.line([at(k / 12) for k in range(13)], (24, 20, 36), 0.025)
    for i in range(count):
        x, y = at((i + 0.5) / count)
        pigment = mix((226, 62, 66), (250, 180, 84), (i % 3) / 2.4)
        shade = oval(x, y + 0.24, 0.17, 0.2)
        if lit:
            painter.glow(x, y + 0.24, 0.85, (255, 160, 90), 0.5)
            with painter.shining():
                painter.patch(shade, mix(pigment, (255, 190, 110), 0.35))
                painter.tone(x, y + 0.24, 0.10, 0.12, (255, 236, 190), 0.9)
        else:
            painter.body(shade, pigment, 0.15)
        painter.patch(
            together([box(x - 0.07, y + 0.02, 0.14, 0.05), box(x - 0.07, y + 0.42, 0.14, 0.05)]), (40, 26, 40)
        )


def fence(painter: Painter, x: float, foot: float, wide: float, high: float, wood: Colour, snow: bool) -> None:
    """Paints a picket fence that fills a width."""
    count = round(wide / 0.22)
    pickets = [
        polygon(
            [
                (px, foot),
                (px, foot - high),
                (px + 0.06, foot - high - 0.08),
                (px + 0.12, foot - high),
                (px + 0.12, foot),
            ]
        )
        for px in (x + i * wide / count for i in range(count))
    ]
    painter.patch(
        together(
            [box(x - 0.1, foot - high * 0.78, wide + 0.2, 0.08), box(x - 0.1, foot - high * 0.3, wide + 0.2, 0.08)]
        ),
        darker(wood, 0.25),
    )
    painter.patch(together(pickets), wood)
    if snow:
        painter.patch(
            together([disc(x + i * wide / count + 0.06, foot - high - 0.06, 0.07) for i in range(count)]), SNOW
        )
