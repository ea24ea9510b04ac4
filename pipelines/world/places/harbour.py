"""A harbour: a stone quay, boats that rock at their moorings, coloured houses across the water, a lighthouse."""

import math

import numpy as np

from pipelines.world.geometry import Colour, box, disc, limb, mix, oval, polygon, smooth, together
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.buildings import cottage, window
from pipelines.world.scenery.conditions import SNOW, darker, lamps_lit, lighter, lit_share, snowy, wet
from pipelines.world.scenery.furniture import lamp_row
from pipelines.world.scenery.grounds import slabs, snow_ground, stretch, tiled
from pipelines.world.scenery.peaks import hills
from pipelines.world.scenery.undergrowth import grass_of
from pipelines.world.scenery.water import water_floor
from pipelines.world.sky import sky
from pipelines.world.styles.painter import Painter

QUAY = 3.4  # metres: depth of the quay's edge
HULLS: tuple[Colour, ...] = ((206, 66, 62), (44, 104, 156), (240, 236, 226), (62, 132, 112), (236, 168, 66))


@place(
    "harbour",
    surface="stone",
    ambiences=("harbour", "waves"),
    night_ambiences=("harbour", "waves"),
    motes=False,
    water=QUAY + 2.2,
    lamps=(255, 206, 150),
)
def harbour(site: Site) -> Layout:
    green = mix(grass_of(site), (84, 120, 130), 0.45)
    planes = (
        sky(site.light, site.aspect),
        hills(420, 560, 54, 6, green),
        hills(170, 240, 20, 5, mix(green, (90, 120, 90), 0.4)),
        lighthouse(site),
        town(site),
        boats(site, 30, 40, 6, 1.0),
        boats(site, 16.5, 26, 3, 0.9),
        boats(site, 8.6, 19, 2, 0.72),
        quay(site),
        bollards(site),
        lamp_row(site, 3.0, 12.0, 3.9, -2.4),
        crates(site),
    )
    return Layout(planes, water_floor(site, 0.62, 0.012))


def town(site: Site) -> Plane:
    """Gabled houses in a row along the far quay."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        foot, x = 10.6, 0.0
        painter.body(box(-1, foot - 1.2, 60, 1.4), (132, 122, 122), 0.4)
        while x < 54:
            wide = rng.uniform(4.0, 5.6)
            if rng.random() < 0.4:
                cottage(painter, rng, x + 0.2, foot - 1.1, wide - 0.4, rng.uniform(6.0, 8.6), site)
            else:
                _town_house(painter, rng, x, foot - 1.1, wide, rng.uniform(6.4, 9.2), site)
            x += wide

    return Plane((-29, 10.6, 46), 58, 10.6, paint, repeat=True, detail=0.9)


def _town_house(
    painter: Painter, rng: np.random.Generator, x: float, foot: float, wide: float, high: float, site: Site
) -> None:
    wall = ((226, 120, 96), (240, 196, 110), (120, 168, 182), (236, 224, 200), (196, 96, 108), (150, 186, 140))[
        int(rng.integers(6))
    ]
    top = foot - high * 0.74
    steps = [
        (x, foot),
        (x, top),
        (x + wide * 0.16, top),
        (x + wide * 0.16, top - high * 0.1),
        (x + wide * 0.32, top - high * 0.1),
        (x + wide * 0.32, top - high * 0.2),
    ]
    gable = polygon([*steps, *[(2 * x + wide - px, py) for px, py in steps[::-1]]])
    painter.body(gable, wall, wide * 0.1, rim=0.4)
    for row in range(3):
        for column in range(2):
            window(
                painter,
                rng,
                x + wide * (0.2 + 0.36 * column),
                foot - high * (0.2 + 0.2 * row) - 0.7,
                wide * 0.2,
                0.95,
                site,
            )
    painter.body(box(x + wide * 0.42, foot - 1.7, wide * 0.17, 1.7), darker(wall, 0.5), 0.1)
    if snowy(site):
        for side in (0, 1):
            edge = x + wide * 0.84 * side
            painter.patch(
                together(
                    [
                        box(edge, top - 0.12, wide * 0.16, 0.2, 0.08),
                        box(x + wide * (0.16 + 0.52 * side), top - high * 0.1 - 0.12, wide * 0.16, 0.2, 0.08),
                    ]
                ),
                SNOW,
            )


def lighthouse(site: Site) -> Plane:
    """A red and white lighthouse at the end of a mole; its lamp turns when it is dark."""
    lit = lit_share(site) > 0.15

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot = 66.0, 30.0
        mole = smooth(
            [
                (x - 46, foot + 0.3),
                (x - 36, foot - 1.6),
                (x - 10, foot - 2.2),
                (x + 8, foot - 2.6),
                (x + 14, foot + 0.3),
            ],
            tension=9,
        )
        painter.body(mole, (122, 112, 112), 1)
        shape = smooth(
            [
                (x - 3, foot - 2),
                (x - 2.3, foot - 12),
                (x - 1.8, foot - 20),
                (x + 1.8, foot - 20),
                (x + 2.3, foot - 12),
                (x + 3, foot - 2),
            ],
            tension=22,
        )
        bands = [box(x - 4, foot - 20 + k * 6.0, 8, 3.0) for k in range(3)]
        painter.body(shape, (250, 246, 240), 1.4, detail=lambda: painter.patch(together(bands), (214, 60, 58)))
        painter.body(box(x - 2.6, foot - 20.6, 5.2, 0.7), (60, 56, 70), 0.3)
        glass = box(x - 1.4, foot - 23, 2.8, 2.4)
        if lit:
            with painter.shining():
                painter.patch(glass, (255, 244, 200))
        else:
            painter.patch(glass, (190, 214, 226))
        painter.body(
            smooth([(x - 1.9, foot - 23), (x, foot - 25.2), (x + 1.9, foot - 23)], tension=9), (190, 52, 54), 0.6
        )

    def live(painter: Painter, t: float) -> None:
        if not lit:
            return
        turn = math.cos(t * 1.3)
        painter.glow(66, 8.2, 6 + 9 * max(0.0, turn) ** 6, (255, 236, 180), 0.55 + 0.45 * max(0.0, turn) ** 6)
        with painter.shining():
            reach = 46 * math.sin(t * 1.3)
            beam = polygon(
                [(66, 7.7), (66, 8.5), (66 + reach, 8.2 + abs(reach) * 0.12), (66 + reach, 8.2 - abs(reach) * 0.12)]
            )
            painter.blend(beam, (66, 8), (66 + reach, 8), ((0, (255, 240, 196), 0.5), (1, (255, 240, 196), 0.0)))

    return Plane((-74, 30, 84), 150, 30.5, paint, repeat=True, live=live, detail=0.9)


def boats(site: Site, z: float, period: float, count: int, scale: float) -> Plane:
    """Sailing and fishing boats at their moorings, none right in the middle."""
    tall = 8.6 * scale

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(count):
            x = (period / 2 + (i + 0.5 + rng.uniform(-0.12, 0.12)) * period / count) % period
            hull, fishing = HULLS[int(rng.integers(5))], rng.random() < 0.4
            with painter.moved(x, tall - 0.1, 0, scale * (1 if rng.random() < 0.5 else -1), scale):
                _fishing_boat(painter, hull, site) if fishing else _yacht(painter, hull, site)

    return Plane(
        (-period / 2 + 1.4, tall, z),
        period,
        tall + 0.5,
        paint,
        repeat=True,
        detail=0.85,
        shift=lambda t: (0.06 * math.sin(t * 0.6 + z), 0.045 * math.sin(t * 1.1 + z * 2), 0.0),
    )


def _hull(painter: Painter, hull: Colour, half: float, high: float) -> None:
    shape = smooth(
        [(-half, -high * 0.8), (half * 1.12, -high * 1.15), (half * 0.86, 0.12), (-half * 0.86, 0.14)], tension=11
    )
    band = box(-half * 1.2, -high * 0.28, half * 2.5, high * 0.4)
    painter.body(
        shape,
        hull,
        high * 0.4,
        detail=lambda: painter.patch(band, (244, 240, 232) if sum(hull) < 560 else (52, 92, 140)),
    )
    painter.line([(-half, -high * 0.82), (half * 1.1, -high * 1.14)], (120, 84, 62), 0.09)


def _yacht(painter: Painter, hull: Colour, site: Site) -> None:
    _hull(painter, hull, 2.3, 0.85)
    painter.body(smooth([(-1.2, -0.8), (-1.0, -1.3), (0.7, -1.3), (1.3, -0.9)], tension=9), (248, 244, 236), 0.2)
    painter.patch(box(-0.2, -8.3, 0.11, 7.5), (170, 128, 92))
    painter.line([(-0.15, -8.2), (2.5, -1.0)], (90, 80, 84), 0.03)
    painter.line([(-0.15, -8.2), (-2.2, -0.8)], (90, 80, 84), 0.03)
    painter.body(limb([(-0.2, -1.75), (-1.2, -1.65), (-2.2, -1.7)], [0.16, 0.2, 0.12], tip=1.0), (56, 86, 140), 0.12)
    painter.patch(polygon([(-0.2, -8.3), (-0.9, -8.1), (-0.2, -7.9)]), (226, 70, 66))
    if lit_share(site) > 0.3:
        painter.glow(-0.6, -1.1, 0.9, (255, 200, 120), 0.7)


def _fishing_boat(painter: Painter, hull: Colour, site: Site) -> None:
    _hull(painter, hull, 2.6, 1.15)
    painter.body(box(-1.5, -2.7, 1.7, 1.8, 0.1), (248, 240, 226), 0.3)
    panes = together([box(-1.35 + 0.5 * k, -2.45, 0.4, 0.6, 0.05) for k in range(3)])
    if lit_share(site) > 0.3:
        with painter.shining():
            painter.patch(panes, (255, 214, 140))
        painter.glow(-0.6, -2.1, 1.6, (255, 190, 110), 0.5)
    else:
        painter.patch(panes, (74, 104, 132))
    painter.patch(box(-1.7, -2.85, 2.1, 0.18, 0.06), SNOW if snowy(site) else (206, 70, 60))
    painter.patch(box(0.9, -4.8, 0.11, 3.8), (150, 110, 84))
    painter.line([(0.95, -4.7), (2.7, -1.3)], (90, 80, 84), 0.03)
    painter.line([(0.95, -3.2), (2.0, -3.9)], (150, 110, 84), 0.08)
    for k, pigment in enumerate(((244, 132, 60), (250, 240, 226), (244, 132, 60))):
        painter.body(disc(-0.2 + 0.62 * k, -0.72, 0.18), pigment, 0.1)


def quay(site: Site) -> Plane:
    """The quay's paving, its edge of hewn stones and its shadow on the water."""
    stone = darker((178, 162, 150), 0.25 if wet(site) else 0.0)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        left, wide = site.left - 30, site.right - site.left + 60
        paving, period = (snow_ground(), 6.0) if snowy(site) else (slabs(stone, 0.5, 8), 4.0)
        painter.patch(box(left, -QUAY - 0.35, wide, 0.5), darker(stone, 0.7), 0.75)
        tiled(painter, box(left, -QUAY, wide, QUAY + 30), period, paving)
        edge = [box(left + k * 1.3 + 0.015, -QUAY, 1.27, 0.42, 0.02) for k in range(round(wide / 1.3))]
        painter.patch(box(left, -QUAY, wide, 0.46), darker(stone, 0.5))
        painter.patch(together(edge), SNOW if snowy(site) else lighter(stone, 0.25))

    return stretch(site, -30, QUAY + 0.4, paint)


def bollards(site: Site) -> Plane:
    """Iron bollards with ropes along the edge."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in (1.2, 6.4):
            painter.line([(x, 0.32), (x + 1.1, 0.72), (x + 2.6, 0.6)], (206, 180, 136), 0.05)
            painter.body(
                smooth(
                    [
                        (x - 0.17, 0.74),
                        (x - 0.12, 0.36),
                        (x - 0.24, 0.26),
                        (x - 0.2, 0.12),
                        (x + 0.2, 0.12),
                        (x + 0.24, 0.26),
                        (x + 0.12, 0.36),
                        (x + 0.17, 0.74),
                    ],
                    tension=8,
                ),
                (62, 58, 70),
                0.15,
            )
            if snowy(site):
                painter.patch(oval(x, 0.12, 0.2, 0.06), SNOW)

    return Plane((-2.9, 0.74, 3.25), 10.4, 0.78, paint, repeat=True)


def crates(site: Site) -> Plane:
    """Crates of fish, coiled nets and barrels at the side."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, y, s in ((1.7, 0.6, 0.62), (2.4, 0.55, 0.55), (1.95, 0.02, 0.55)):
            painter.body(box(x, y + 0.62 - s + 0.02, s, s), (188, 138, 88), 0.1)
            slats = [box(x, y + 0.62 - s + 0.02 + s * k, s, 0.03) for k in (0.0, 0.3, 0.62, 0.95)]
            painter.patch(together(slats), (120, 82, 56))
        painter.body(
            smooth([(8.1, 1.24), (8.02, 0.8), (8.1, 0.36), (8.66, 0.36), (8.74, 0.8), (8.66, 1.24)], tension=8),
            (150, 96, 62),
            0.25,
        )
        painter.patch(together([box(8.03, 0.5, 0.7, 0.06), box(8.03, 1.02, 0.7, 0.06)]), (70, 66, 78))
        if lamps_lit(site):
            painter.glow(2.2, 0.4, 0.6, (255, 200, 130), 0.2)

    return Plane((-3.9, 1.24, 2.7), 11.6, 1.26, paint, repeat=True)
