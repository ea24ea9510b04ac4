"""A kitchen: cupboards, tiled wall, window over the sink, stove and hood, hanging lamps, a table at the side."""

import numpy as np
import skia

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, disc, oval, polygon, smooth, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker, lighter, lit_share, mix
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import tiles
from pipelines.world.scenery.interior import BOOKS, house_plant, outlook
from pipelines.world.styles.painter import Painter

PERIOD, WALL, HIGH, CEILING = 9.0, 3.9, 8.4, 3.9  # metres
CUPBOARD: Colour = (92, 148, 140)
WOOD: Colour = (206, 152, 100)
_DIM = {Time.DAY: 0.0, Time.DAWN: 0.08, Time.SUNSET: 0.12, Time.NIGHT: 0.28}


@place(
    "kitchen", surface="tile", ambiences=("room",), night_ambiences=("room",), room="small", indoor=True, motes=False
)
def kitchen(site: Site) -> Layout:
    floor = tiles(darker((240, 228, 208), _DIM[site.time]), darker((190, 112, 84), _DIM[site.time]), 0.5)
    planes = (
        wall(site),
        cupboards(site),
        counter(site),
        table(site),
        lamps(site),
        *edges(site, sprigs((70, 128, 76), (104, 160, 84), (220, 90, 70))),
    )
    return Layout(planes, Floor(floor, 4.0, mirror=0.14))


def wall(site: Site) -> Plane:
    """Tiles half-way up, paint above, the ceiling's edge, a window over the sink."""
    plaster, tile = darker((246, 222, 176), _DIM[site.time]), darker((240, 240, 232), _DIM[site.time])

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        top = HIGH - CEILING
        painter.blend(
            box(-1, top, PERIOD + 2, CEILING),
            (0, top),
            (0, HIGH),
            ((0, lighter(plaster, 0.2)), (1, darker(plaster, 0.12))),
        )
        painter.blend(
            box(-1, 0, PERIOD + 2, top),
            (0, 0),
            (0, top),
            ((0, darker((230, 224, 214), 0.35)), (1, darker((250, 244, 232), _DIM[site.time]))),
        )
        beams = [box(1.5 * k + 0.6, 0, 0.26, top - 0.03) for k in range(-1, 8)]
        painter.patch(together(beams), darker((170, 122, 84), 0.2 + _DIM[site.time]), 0.85)
        painter.patch(box(-1, top - 0.03, PERIOD + 2, 0.1), lighter(plaster, 0.6))
        _pans(painter, 6.0, HIGH - 3.35)
        painter.patch(box(-1, HIGH - 1.55, PERIOD + 2, 0.75), darker(tile, 0.25))
        for row in range(5):
            for column in range(60):
                shade = mix(tile, (150, 196, 196), 0.5 if (row * 7 + column * 3) % 11 == 0 else rng.uniform(0, 0.14))
                painter.patch(box(column * 0.15 + 0.004, HIGH - 1.55 + row * 0.15 + 0.004, 0.142, 0.142, 0.01), shade)
        outlook(painter, rng, 3.6, HIGH - 3.1, 1.8, 1.75, site)
        for k in range(3):
            house_plant(painter, rng, 3.95 + 0.55 * k, HIGH - 1.36, 0.3)

    return Plane((-PERIOD / 2, HIGH, WALL), PERIOD, HIGH, paint, repeat=True, haze=False, detail=0.9)


def _pans(painter: Painter, x: float, y: float) -> None:
    """Paints copper pans and ladles on a rail."""
    painter.patch(box(x, y, 1.9, 0.05, 0.02), (90, 84, 92))
    for k, size in enumerate((0.2, 0.15, 0.17, 0.12)):
        at = x + 0.25 + 0.45 * k
        painter.patch(box(at - 0.018, y + 0.05, 0.036, 0.26), (96, 70, 60))
        painter.body(disc(at, y + 0.3 + size, size), (206, 116, 72), size * 0.5)
        painter.patch(disc(at, y + 0.3 + size, size * 0.74), (228, 150, 100))


def cupboards(site: Site) -> Plane:
    """Wall cupboards, open shelves with crockery, the stove's hood."""
    paint_colour = darker(CUPBOARD, _DIM[site.time])

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, wide in ((0.0, 1.0), (1.05, 1.0), (7.9, 1.0)):
            painter.body(box(x, 0.05, wide, 0.92, 0.02), paint_colour, 0.1)
            painter.patch(box(x + 0.09, 0.14, wide - 0.18, 0.74, 0.01), lighter(paint_colour, 0.14))
            painter.patch(disc(x + wide - 0.14, 0.78, 0.022), (240, 214, 150))
        for y in (0.28, 0.66):
            painter.body(box(6.05, y, 1.7, 0.045), WOOD, 0.02)
            at = 6.12
            while at < 7.6:
                size = rng.uniform(0.09, 0.16)
                painter.body(_crockery(rng, at + size / 2, y, size), BOOKS[int(rng.integers(8))], size * 0.3)
                at += size + 0.05
        hood = polygon([(2.35, 0.97), (2.62, 0.5), (2.62, 0.0), (3.0, 0.0), (3.0, 0.5), (3.27, 0.97)])
        painter.body(hood, (196, 200, 206), 0.15)

    return Plane((-PERIOD / 2, 2.45, WALL - 0.3), PERIOD, 1.1, paint, repeat=True, haze=False)


def _crockery(rng: np.random.Generator, x: float, foot: float, size: float) -> skia.Path:
    if rng.random() < 0.5:
        return box(x - size / 2, foot - size, size, size, size * 0.2)
    return smooth(
        [
            (x - size * 0.5, foot - size * 0.8),
            (x + size * 0.5, foot - size * 0.8),
            (x + size * 0.25, foot),
            (x - size * 0.25, foot),
        ]
    )


def counter(site: Site) -> Plane:
    """Base units with a wooden worktop: sink, stove, fruit, jars; a fridge at the end."""
    unit = darker(CUPBOARD, _DIM[site.time])

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        foot = 2.0
        for k in range(10):
            x = k * 0.8
            if 2.9 < x + 0.4 < 3.7:
                _stove(painter, x, foot, site)
                continue
            painter.body(box(x, foot - 0.88, 0.8, 0.8), unit, 0.1, form=0.5)
            painter.patch(box(x + 0.07, foot - 0.8, 0.66, 0.16, 0.01), lighter(unit, 0.14))
            painter.patch(box(x + 0.07, foot - 0.58, 0.66, 0.46, 0.01), lighter(unit, 0.14))
            painter.patch(
                together([box(x + 0.3, foot - 0.73, 0.2, 0.025), box(x + 0.3, foot - 0.53, 0.2, 0.025)]),
                (240, 214, 150),
            )
        painter.patch(box(0, foot - 0.08, 8.0, 0.08), (66, 60, 66))
        painter.body(box(-0.03, foot - 0.96, 8.06, 0.09, 0.02), WOOD, 0.04)
        painter.line(
            [(4.5, foot - 0.96), (4.5, foot - 1.28), (4.62, foot - 1.34), (4.72, foot - 1.22)], (196, 202, 210), 0.035
        )
        for x, pigment in ((5.5, (232, 92, 66)), (5.66, (246, 178, 66)), (5.58, (150, 190, 84))):
            painter.body(disc(x, foot - 1.12 - (0.07 if x == 5.58 else 0), 0.08), pigment, 0.06)
        painter.body(
            smooth([(5.32, foot - 1.1), (5.84, foot - 1.1), (5.7, foot - 0.96), (5.46, foot - 0.96)]),
            (244, 240, 232),
            0.06,
        )
        for i, x in enumerate((0.5, 0.72, 0.94, 7.1, 7.35)):
            painter.body(
                box(x, foot - 1.2 - 0.04 * (i % 2), 0.17, 0.24 + 0.04 * (i % 2), 0.04), BOOKS[(i * 3) % 8], 0.06
            )
        painter.body(box(8.08, foot - 1.9, 0.86, 1.86, 0.08), (240, 226, 196), 0.2)
        painter.patch(
            together(
                [
                    box(8.08, foot - 1.2, 0.86, 0.02),
                    box(8.16, foot - 1.12, 0.03, 0.4),
                    box(8.16, foot - 1.66, 0.03, 0.36),
                ]
            ),
            (170, 160, 150),
        )

    return Plane((-PERIOD / 2, 2.0, WALL - 0.6), PERIOD, 2.02, paint, repeat=True, haze=False)


def _stove(painter: Painter, x: float, foot: float, site: Site) -> None:
    painter.body(box(x, foot - 0.9, 0.8, 0.86, 0.02), (74, 76, 86), 0.1)
    if lit_share(site) > 0.22:
        with painter.shining():
            painter.patch(box(x + 0.1, foot - 0.6, 0.6, 0.38, 0.03), (255, 170, 84))
        painter.glow(x + 0.4, foot - 0.4, 0.6, (255, 150, 70), 0.4)
    else:
        painter.patch(box(x + 0.1, foot - 0.6, 0.6, 0.38, 0.03), (34, 34, 44))
    painter.patch(together([disc(x + 0.14 + 0.17 * k, foot - 0.75, 0.035) for k in range(4)]), (220, 222, 228))
    pot = box(x + 0.12, foot - 1.24, 0.42, 0.27, 0.05)
    painter.body(pot, (206, 70, 60), 0.1)
    painter.patch(box(x + 0.08, foot - 1.28, 0.5, 0.05, 0.02), darker((206, 70, 60), 0.2))
    for k in range(3):
        painter.tone(x + 0.32 + 0.05 * k, foot - 1.42 - 0.14 * k, 0.1 + 0.03 * k, 0.12, (255, 255, 255), 0.25)


def table(site: Site) -> Plane:
    """A table laid for breakfast, with two chairs, at the side."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot = 6.6, 1.25
        for dx in (-0.28, 1.28):
            painter.patch(
                together(
                    [
                        box(x + dx, foot - 1.0, 0.06, 1.0),
                        box(x + dx + 0.3, foot - 0.45, 0.06, 0.45),
                        box(x + dx, foot - 0.48, 0.36, 0.06),
                    ]
                ),
                (150, 96, 66),
            )
        for dx in (0.06, 1.18):
            painter.patch(box(x + dx, foot - 0.7, 0.07, 0.7), (166, 112, 76))
        painter.body(box(x - 0.06, foot - 0.78, 1.42, 0.08, 0.03), WOOD, 0.04)
        painter.body(box(x + 0.55, foot - 1.02, 0.12, 0.24, 0.04), (86, 130, 168), 0.05)
        for k in range(5):
            painter.patch(
                disc(x + 0.51 + 0.05 * k, foot - 1.08 - 0.03 * (k % 2), 0.045),
                ((246, 196, 74), (236, 110, 120), (250, 240, 230))[k % 3],
            )
        painter.body(box(x + 0.2, foot - 0.88, 0.1, 0.1, 0.02), (244, 240, 232), 0.03)

    return Plane((-PERIOD / 2, 1.25, 2.4), PERIOD, 1.27, paint, repeat=True, haze=False)


def lamps(site: Site) -> Plane:
    """Lamps that hang from the ceiling."""
    lit = lit_share(site) > 0.22

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in (PERIOD / 2 - 1.1, PERIOD / 2 + 1.1, PERIOD / 2 + 3.6):
            painter.line([(x, -1.0), (x, 1.5)], (60, 50, 52), 0.02)
            shade = smooth([(x - 0.07, 1.5), (x + 0.07, 1.5), (x + 0.28, 1.82), (x - 0.28, 1.82)], tension=10)
            if lit:
                painter.glow(x, 1.9, 1.3, (255, 200, 120), 0.75)
            painter.body(shade, (226, 110, 80), 0.12)
            if lit:
                with painter.shining():
                    painter.patch(oval(x, 1.82, 0.24, 0.04), (255, 244, 206))

    return Plane((-PERIOD / 2, 4.3, 2.2), PERIOD, 3.4, paint, repeat=True, haze=False, detail=0.8)
