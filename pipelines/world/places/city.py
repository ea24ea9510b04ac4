"""A square in a big city: skyline, an avenue with traffic, trees, lamps and a fountain."""

import numpy as np

from pipelines.world.geometry import Colour, box, disc, mix, oval, smooth, together
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.buildings import fronts, skyline
from pipelines.world.scenery.conditions import LEAVES, SNOW, darker, lamps_lit, lighter, lit_share, snowy, street_floor
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.furniture import bench, lamp_row
from pipelines.world.scenery.grounds import slabs, snow_ground
from pipelines.world.scenery.trees import broadleaf_row, bush
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter


@place(
    "city",
    surface="stone",
    ambiences=("city", "crowd"),
    night_ambiences=("city",),
    room="outdoors",
    motes=False,
    lamps=(255, 214, 160),
)
def city(site: Site) -> Layout:
    ground = snow_ground() if snowy(site) else slabs((186, 172, 164), 0.5, 8)
    planes = (
        sky(site.light, site.aspect),
        skyline(site, 460, 420, (70, 190), (26, 52), (112, 128, 160), 7.0, 0.9, 30),
        skyline(site, 210, 240, (34, 96), (15, 30), (104, 112, 144), 4.0, 0.9, 11),
        skyline(site, 96, 130, (20, 44), (9, 17), (128, 116, 132), 2.6, 0.9, 5),
        mist(site.light, 60.0, 14.0, 0.4),
        avenue(site),
        traffic(site, 31, 1, 9.0),
        broadleaf_row(site, 27, 30, (6.0, 8.0), 6.0),
        traffic(site, 24, -1, 7.5),
        fountain(site),
        lamp_row(site, 12.5, 9.0, 4.6, x=2.5),
        furniture(site),
        lamp_row(site, 5.4, 13.0, 4.2, x=-3.9),
        *edges(site, sprigs(*(darker(c, 0.3) for c in LEAVES[site.season]))),
    )
    return Layout(planes, street_floor(site, ground, 6.0 if snowy(site) else 4.0))


def avenue(site: Site) -> Plane:
    """House fronts on the far side of the avenue."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        fronts(painter, rng, 0, 15, 48, (8.5, 13.5), site, 2)

    return Plane((-21, 15, 40), 48, 15, paint, repeat=True, detail=0.85)


def traffic(site: Site, z: float, heading: int, speed: float) -> Plane:
    """Cars and a bus that pass behind the trees, with their lamps lit when it is dark."""
    lit, period = lit_share(site) > 0.2, 44.0

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(4):
            x = 3 + i * 10.5 + rng.uniform(-1.5, 1.5)
            pigment = ((210, 66, 62), (244, 190, 62), (62, 120, 176), (232, 232, 236), (74, 150, 120))[
                int(rng.integers(5))
            ]
            with painter.moved(x, 3.2, 0, heading, 1):
                _bus(painter, lit) if i == 2 else _car(painter, pigment, lit)

    return Plane(
        (-period / 2, 3.2, z), period, 3.5, paint, repeat=True, shift=lambda t: (heading * speed * t, 0, 0), detail=0.9
    )


def _car(painter: Painter, pigment: Colour, lit: bool) -> None:
    """A car seen from the side, heading right; its wheels stand on y = 0."""
    body = smooth(
        [
            (-2, -0.35),
            (-2.05, -0.85),
            (-1.3, -0.98),
            (-0.75, -1.45),
            (0.55, -1.45),
            (1.2, -0.95),
            (2.0, -0.8),
            (2.1, -0.35),
        ],
        tension=10,
    )
    painter.body(body, pigment, 0.4)
    painter.patch(smooth([(-1.05, -0.98), (-0.65, -1.34), (0.45, -1.34), (0.95, -0.95)], tension=12), (64, 84, 112))
    for x in (-1.25, 1.25):
        painter.patch(disc(x, -0.33, 0.36), (32, 30, 40))
        painter.patch(disc(x, -0.33, 0.17), (170, 170, 180))
    if lit:
        _car_lamps(painter, 2.05, -2.0, -0.68)


def _bus(painter: Painter, lit: bool) -> None:
    painter.body(box(-4.2, -2.9, 8.4, 2.55, 0.25), (226, 92, 66), 0.6)
    windows = together([box(-3.9 + i * 1.32, -2.5, 1.15, 0.95, 0.1) for i in range(6)])
    if lit:
        with painter.shining():
            painter.patch(windows, (255, 226, 164))
    else:
        painter.patch(windows, (70, 92, 122))
    for x in (-2.6, 2.6):
        painter.patch(disc(x, -0.4, 0.45), (32, 30, 40))
        painter.patch(disc(x, -0.4, 0.2), (170, 170, 180))
    if lit:
        _car_lamps(painter, 4.2, -4.2, -0.8)


def _car_lamps(painter: Painter, front: float, back: float, y: float) -> None:
    with painter.shining():
        painter.patch(oval(front - 0.08, y, 0.14, 0.1), (255, 250, 224))
        painter.patch(oval(back + 0.08, y, 0.1, 0.1), (255, 70, 60))
    painter.glow(front + 0.2, y, 1.5, (255, 236, 190), 0.8)
    painter.glow(back, y, 0.8, (255, 50, 50), 0.7)


def fountain(site: Site) -> Plane:
    """A round fountain with jets, once every 40 m; frozen under snow."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot, stone = 12.6, 4.4, (190, 180, 172)
        if not snowy(site):
            for k in range(-4, 5):
                arc = [(x, 1.5), (x + k * 0.28, 0.5 + abs(k) * 0.1), (x + k * 0.52, foot - 1.0)]
                painter.line(arc, (224, 240, 250), 0.06, 0.75)
            painter.line([(x, 2.0), (x, 0.5)], (236, 246, 252), 0.10, 0.8)
        painter.body(box(x - 0.2, 1.6, 0.4, 2.2), stone, 0.2)
        painter.body(smooth([(x - 1.3, 1.95), (x + 1.3, 1.95), (x + 0.7, 2.4), (x - 0.7, 2.4)], tension=9), stone, 0.3)
        painter.body(box(x - 3.0, foot - 0.85, 6.0, 0.85, 0.14), stone, 0.3)
        painter.patch(box(x - 3.1, foot - 0.95, 6.2, 0.2, 0.1), SNOW if snowy(site) else lighter(stone, 0.3))
        if lamps_lit(site):
            painter.glow(x, foot - 1.2, 3.0, (150, 210, 255), 0.55)

    return Plane((-15.5, 4.4, 16.5), 40, 4.45, paint, repeat=True, detail=0.8)


def furniture(site: Site) -> Plane:
    """Benches and tubs with clipped bushes."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in (2.6, 11.2):
            bench(painter, x, 1.5, 1.8, snowy(site))
        for x in (1.3, 5.4, 10.2, 13.9):
            bush(painter, rng, x, 1.0, 0.62, mix(LEAVES[site.season][0], (60, 110, 70), 0.4), snowy(site))
            painter.body(
                smooth([(x - 0.42, 0.95), (x + 0.42, 0.95), (x + 0.32, 1.5), (x - 0.32, 1.5)], tension=12),
                (150, 110, 96),
                0.2,
            )

    return Plane((-7.2, 1.5, 7.2), 15, 1.52, paint, repeat=True, detail=0.9)
