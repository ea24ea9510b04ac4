"""A flat roof high over the city: parapet, water tank, string lights, and towers all round with their windows."""

import numpy as np

from pipelines.world.geometry import Colour, box, disc, mix, oval, polygon, smooth, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.buildings import skyline
from pipelines.world.scenery.conditions import LEAVES, SNOW, darker, lighter, lit_share, snowy, wet
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import slabs, snow_ground, stretch, tiled
from pipelines.world.scenery.trees import bush
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter

EDGE = 4.2  # metres: depth of the parapet
BELOW = -46.0  # metres: how far down the streets lie


@place(
    "rooftop",
    surface="asphalt",
    ambiences=("city", "wind"),
    night_ambiences=("city", "wind"),
    motes=False,
    lamps=(255, 206, 150),
)
def rooftop(site: Site) -> Layout:
    planes = (
        sky(site.light, site.aspect),
        skyline(site, 480, 440, (70, 150), (26, 48), (112, 122, 158), 7.0, 0.9, 22, -40),
        skyline(site, 240, 260, (50, 100), (16, 30), (106, 108, 146), 4.2, 0.9, 60, -42),
        skyline(site, 89, 120, (42, 74), (10, 17), (120, 108, 136), 2.6, 0.9, 12, BELOW),
        mist(site.light, 80.0, 16.0, 0.4),
        skyline(site, 46, 74, (42, 56), (10, 16), (140, 112, 118), 2.2, 0.9, 24, BELOW),
        neighbours(site),
        roof(site),
        parapet(site),
        tank(site),
        lights(site),
        garden(site),
        *edges(site, sprigs(*(darker(c, 0.3) for c in LEAVES[site.season]))),
    )
    return Layout(planes, Floor(slabs((96, 88, 100), 0.6, 6), 3.6))


def roof(site: Site) -> Plane:
    """The roof underfoot: slabs, or snow; the towers' feet lie behind it and below."""
    slab = darker((158, 148, 150), 0.35 if wet(site) else 0.0)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        left, wide = site.left - 30, site.right - site.left + 60
        ground, period = (snow_ground(), 6.0) if snowy(site) else (slabs(slab, 0.6, 6), 3.6)
        tiled(painter, box(left, -EDGE, wide, EDGE + 30), period, ground)
        if wet(site):
            puddles = [
                oval(
                    rng.uniform(left, left + wide), -rng.uniform(-3, EDGE), rng.uniform(0.3, 1.1), rng.uniform(0.1, 0.3)
                )
                for _ in range(round(wide))
            ]
            painter.patch(together(puddles), mix(slab, site.light.sky[-1][1], 0.6), 0.75)

    return stretch(site, -30, EDGE, paint)


def neighbours(site: Site) -> Plane:
    """Lower roofs next door, with chimneys, skylights and washing."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x = 0.0
        while x < 50:
            wide, top = rng.uniform(6, 10), rng.uniform(3.4, 6.2)
            wall: Colour = ((170, 104, 88), (186, 150, 124), (128, 116, 134))[int(rng.integers(3))]
            painter.blend(box(x, top, wide, 32), (0, top), (0, top + 16), ((0, wall), (1, darker(wall, 0.55))))
            painter.patch(box(x - 0.2, top - 0.3, wide + 0.4, 0.6), SNOW if snowy(site) else lighter(wall, 0.25))
            for k in range(int(wide / 2.2)):
                lit = rng.random() < lit_share(site)
                pane = together([box(x + 0.8 + k * 2.1, top + 1.6 + 3.0 * r, 1.1, 1.6) for r in range(4)])
                if lit:
                    with painter.shining():
                        painter.patch(pane, (255, 200, 124))
                else:
                    painter.patch(pane, mix((66, 82, 112), site.light.sky[-2][1], 0.25))
            painter.body(box(x + wide * 0.6, top - 1.7, 0.7, 1.8), darker(wall, 0.15), 0.2)
            painter.line([(x + wide * 0.25, top - 0.2), (x + wide * 0.25, top - 2.6)], (90, 86, 100), 0.06)
            painter.line([(x + wide * 0.25 - 0.5, top - 2.2), (x + wide * 0.25 + 0.5, top - 2.2)], (90, 86, 100), 0.05)
            x += wide

    return Plane((-25, 2.6, 22), 50, 26, paint, repeat=True, detail=0.8)


def parapet(site: Site) -> Plane:
    """The low wall round the roof, with a railing."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        brick = (172, 108, 92)
        painter.blend(box(-1, 0.35, 14, 1.0), (0, 0.35), (0, 1.2), ((0, lighter(brick, 0.1)), (1, darker(brick, 0.3))))
        bricks = [
            box(0.4 * k + (0.2 if r % 2 else 0), 0.45 + 0.13 * r, 0.37, 0.1, 0.01)
            for r in range(6)
            for k in range(-1, 31)
        ]
        painter.patch(together(bricks), lighter(brick, 0.18), 0.5)
        painter.patch(box(-1, 0.28, 14, 0.14), SNOW if snowy(site) else (206, 196, 190))
        painter.patch(together([box(1.0 * k, 0.0, 0.04, 0.3) for k in range(13)]), (64, 60, 76))
        painter.patch(box(-1, 0.0, 14, 0.05), (64, 60, 76))

    return Plane((-6, 1.2, EDGE), 12, 1.22, paint, repeat=True, detail=0.9)


def tank(site: Site) -> Plane:
    """A wooden water tank on legs, a hut with a door, an air vent."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot, wood = 2.4, 5.6, (150, 104, 78)
        for dx in (-0.75, 0.0, 0.75):
            painter.patch(box(x + dx - 0.06, foot - 2.4, 0.12, 2.4), (80, 70, 78))
        painter.line([(x - 0.75, foot - 0.3), (x + 0.75, foot - 2.1)], (80, 70, 78), 0.06)
        planks = [box(x - 1.1 + 0.22 * k, foot - 4.5, 0.02, 2.2) for k in range(1, 10)]
        painter.body(
            box(x - 1.1, foot - 4.5, 2.2, 2.2),
            wood,
            0.6,
            detail=lambda: painter.patch(together(planks), darker(wood, 0.4), 0.7),
        )
        painter.body(
            polygon([(x - 1.25, foot - 4.45), (x, foot - 5.4), (x + 1.25, foot - 4.45)]),
            SNOW if snowy(site) else (96, 84, 92),
            0.3,
        )
        painter.body(box(9.4, foot - 2.5, 2.6, 2.5), (186, 170, 160), 0.3)
        painter.body(box(10.2, foot - 2.05, 0.95, 2.05), (70, 104, 120), 0.1)
        painter.patch(box(9.25, foot - 2.65, 2.9, 0.22), SNOW if snowy(site) else (120, 108, 112))
        if lit_share(site) > 0.3:
            with painter.shining():
                painter.patch(oval(10.68, foot - 2.28, 0.16, 0.1), (255, 232, 180))
            painter.glow(10.68, foot - 2.2, 1.7, (255, 200, 120), 0.7)

    return Plane((-4.9, 5.6, 3.9), 15.5, 5.62, paint, repeat=True, detail=0.9)


def lights(site: Site) -> Plane:
    """Bulbs on a wire, from pole to pole."""
    lit = lit_share(site) > 0.15

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for start in (0.0, 3.5):
            wire = [(start + 3.5 * k / 14, 1.2 + 2.4 * (k / 14) * (1 - k / 14)) for k in range(15)]
            painter.line(wire, (50, 44, 58), 0.018)
            for x, y in wire[1:-1:2]:
                if lit:
                    painter.glow(x, y + 0.07, 0.5, (255, 190, 96), 0.75)
                    with painter.shining():
                        painter.patch(disc(x, y + 0.07, 0.05), (255, 238, 190))
                else:
                    painter.patch(disc(x, y + 0.07, 0.045), (240, 228, 200))
            painter.patch(box(start - 0.04, 1.15, 0.08, 2.9), (74, 66, 80))

    return Plane((-5.2, 4.0, 2.6), 7.0, 4.0, paint, repeat=True, detail=0.9)


def garden(site: Site) -> Plane:
    """Tubs with green things and a deck chair."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in (1.4, 2.2, 8.6):
            bush(painter, rng, x, 0.72, 0.5, LEAVES[site.season][0], snowy(site))
            painter.body(
                smooth([(x - 0.3, 0.7), (x + 0.3, 0.7), (x + 0.24, 1.15), (x - 0.24, 1.15)], tension=12),
                (188, 104, 76),
                0.15,
            )
        for leg in ([(6.4, 1.15), (7.3, 0.3)], [(7.3, 1.15), (6.3, 0.55)]):
            painter.line([leg[0], leg[1]], (170, 124, 86), 0.05)
        painter.body(
            smooth([(6.28, 0.56), (6.7, 0.86), (7.32, 0.28), (7.36, 0.34), (6.72, 0.96), (6.26, 0.62)], tension=9),
            (236, 120, 92),
            0.08,
        )

    return Plane((-3.6, 1.15, 3.2), 10.5, 1.17, paint, repeat=True)
