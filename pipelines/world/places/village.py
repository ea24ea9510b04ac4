"""A village square: half-timbered houses, a church with its steeple, a well, hills behind."""

import numpy as np

from pipelines.storyboard import Season
from pipelines.world.geometry import box, disc, mix, oval, polygon, together
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.buildings import cottage, window
from pipelines.world.scenery.conditions import GRASS, LEAVES, SNOW, darker, snowy, street_floor
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.furniture import fence, lamp_row
from pipelines.world.scenery.grounds import cobbles, snow_ground
from pipelines.world.scenery.peaks import hills
from pipelines.world.scenery.trees import broadleaf_row, bush
from pipelines.world.scenery.undergrowth import BLOOMS, grass_of
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter


@place(
    "village",
    surface="stone",
    ambiences=("birdsong",),
    night_ambiences=("crickets",),
    motes=False,
    lamps=(255, 204, 140),
)
def village(site: Site) -> Layout:
    green = mix(grass_of(site), (90, 130, 140), 0.35)
    planes = (
        sky(site.light, site.aspect),
        hills(480, 640, 62, 7, green),
        hills(220, 330, 26, 6, mix(green, GRASS[Season.SUMMER], 0.4)),
        broadleaf_row(site, 96, 90, (7, 12), 5.0, 0.8),
        mist(site.light, 70.0, 9.0, 0.4),
        church(site),
        houses(site, 27, 46, 6, (6.0, 8.0), 3.0),
        broadleaf_row(site, 21, 24, (4.5, 6.0), 12, 0.7, 6),
        houses(site, 12.5, 27, 3, (6.2, 7.2), 0.0),
        gardens(site),
        lamp_row(site, 7.4, 12.0, 3.6, -2.1),
        well(site),
        *edges(site, sprigs(*(darker(c, 0.3) for c in LEAVES[site.season]))),
    )
    ground = snow_ground() if snowy(site) else cobbles((158, 142, 130))
    return Layout(planes, street_floor(site, ground, 6.0 if snowy(site) else 3.0))


def houses(site: Site, z: float, period: float, count: int, heights: tuple[float, float], x: float) -> Plane:
    """A repeating row of half-timbered houses with alleys between them; the first alley is in the middle."""
    tall = heights[1] * 1.15

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        lot = (period - 3.0) / count
        for i in range(count):
            wide = lot * rng.uniform(0.66, 0.76)
            cottage(painter, rng, 1.5 + i * lot + (lot - wide) / 2, tall, wide, rng.uniform(*heights), site)

    return Plane((x, tall, z), period, tall + 0.02, paint, repeat=True, detail=0.85)


def church(site: Site) -> Plane:
    """A church with a pointed steeple and lit windows."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        foot, wall, slate = 24.0, (226, 214, 196), (98, 92, 112)
        x = 29.0
        painter.body(box(x + 4, foot - 7, 13, 7), wall, 1.5, rim=0.3)
        painter.body(
            polygon([(x + 3.4, foot - 7), (x + 6, foot - 11.5), (x + 15, foot - 11.5), (x + 17.6, foot - 7)]),
            SNOW if snowy(site) else slate,
            1,
        )
        painter.body(box(x - 0.2, foot - 13, 4.4, 13), wall, 1.2, rim=0.4)
        painter.body(polygon([(x - 0.7, foot - 13), (x + 2, foot - 23), (x + 4.7, foot - 13)]), slate, 1.2)
        if snowy(site):
            painter.patch(
                polygon([(x - 0.7, foot - 13), (x + 2, foot - 23), (x + 2.1, foot - 17), (x + 0.9, foot - 13.2)]), SNOW
            )
        painter.patch(
            together([box(x + 1.9, foot - 24.0, 0.2, 1.4), box(x + 1.6, foot - 23.7, 0.8, 0.18)]), (240, 206, 110)
        )
        painter.patch(disc(x + 2, foot - 10.8, 1.0), (250, 246, 232))
        painter.line([(x + 2, foot - 11.5), (x + 2, foot - 10.8)], (60, 50, 60), 0.12)
        painter.line([(x + 2, foot - 10.8), (x + 2.5, foot - 10.6)], (60, 50, 60), 0.12)
        for dx in (5.4, 8.4, 11.4, 14.4):
            window(painter, rng, x + dx, foot - 5.4, 1.1, 2.8, site, (150, 134, 126))
        painter.patch(box(x + 1.2, foot - 2.6, 1.6, 2.6, 0.7), (110, 74, 60))

    return Plane((-30.4, 24, 44), 62, 24.1, paint, repeat=True, detail=0.9)


def gardens(site: Site) -> Plane:
    """Flower tubs and low fences before the houses."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        fence(painter, 3.4, 1.4, 5.6, 0.75, (244, 240, 232), snowy(site))
        for x in (2.6, 9.6, 12.2):
            bush(painter, rng, x, 1.0, 0.62, LEAVES[site.season][0], snowy(site))
            for _ in range(0 if snowy(site) else 16):
                painter.patch(
                    oval(x + rng.normal(0, 0.22), 0.72 + rng.normal(0, 0.12), 0.05, 0.045), BLOOMS[int(rng.integers(5))]
                )
            painter.body(box(x - 0.42, 0.95, 0.84, 0.45, 0.05), (134, 90, 66), 0.15)

    return Plane((0.0, 1.4, 10.4), 13.5, 1.42, paint, repeat=True, detail=0.9)


def well(site: Site) -> Plane:
    """A stone well with a little roof, at the side."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot, stone = 2.0, 2.6, (164, 152, 146)
        for dx in (-0.62, 0.62):
            painter.body(box(x + dx - 0.05, foot - 2.1, 0.1, 1.6), (112, 78, 60), 0.05)
        painter.line([(x - 0.62, foot - 1.55), (x + 0.62, foot - 1.55)], (96, 66, 52), 0.1)
        painter.line([(x, foot - 1.55), (x, foot - 1.0)], (210, 190, 150), 0.03)
        painter.body(box(x - 0.78, foot - 0.8, 1.56, 0.8, 0.08), stone, 0.3)
        stones = [
            box(x - 0.72 + 0.38 * c + (0.19 if r % 2 else 0), foot - 0.74 + 0.25 * r, 0.34, 0.21, 0.05)
            for r in range(3)
            for c in range(4 - r % 2)
        ]
        painter.patch(together(stones), mix(stone, (255, 250, 240), 0.25))
        roof = polygon([(x - 1.05, foot - 1.95), (x, foot - 2.6), (x + 1.05, foot - 1.95)])
        painter.body(roof, SNOW if snowy(site) else (168, 84, 66), 0.2)

    return Plane((0.1, 2.6, 5.6), 14.0, 2.62, paint, repeat=True)
