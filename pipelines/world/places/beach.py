"""A beach: palms and a headland, surf that runs up the sand."""

import math

import numpy as np

from pipelines.storyboard import Weather
from pipelines.world.geometry import Colour, Point3, disc, mix, oval, polygon, smooth
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker, lighter, snowy
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import sand, stretch, tiled
from pipelines.world.scenery.trees import foliage, palm
from pipelines.world.scenery.water import sea_colour, water_floor, wave_row
from pipelines.world.sky import ridge, sky
from pipelines.world.styles.painter import Painter

SHORE = 7.5  # metres: depth where sea and sand meet
PERIOD = 6.0  # metres: of the shoreline's scallops


@place("beach", surface="sand", ambiences=("waves", "wind"), night_ambiences=("waves",), motes=False, water=SHORE + 1.6)
def beach(site: Site) -> Layout:
    waves = [wave_row(site, z, 0.22 + z * 0.012, 0.5, 0.85, period=18.0) for z in (46, 30, 20, 13.5)]
    planes = [
        sky(site.light, site.aspect),
        islands(),
        headland(site),
        boats(),
        *waves,
        surf(site, 10.0, 0.34),
        surf(site, SHORE + 0.7, 0.22),
    ]
    if site.nearest < SHORE - 2:  # else the camera is out on the water
        planes += [shore(site), wash(site)]
    if site.nearest < 0:  # else the camera has gone down to the water
        planes += [palms(site), parasols(site), beach_grass(site)]
        planes += edges(site, sprigs((40, 96, 66), (62, 122, 74), (28, 76, 64)))
    return Layout(tuple(planes), water_floor(site, 0.55))


def islands() -> Plane:
    """Far islands on the horizon."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(ridge(rng, 1600, 60, 56, 7, 0.45), (96, 128, 140))

    return Plane((-800, 38, 620), 1600, 60, paint, repeat=True, detail=0.6, mirrored=False)


def headland(site: Site) -> Plane:
    """A wooded headland that runs into the sea, again and again along the coast."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        rock = smooth([(10, 21), (18, 12), (40, 4), (70, 6), (96, 15), (104, 21), (60, 22)], tension=8)
        painter.body(rock, (148, 122, 104), 8, form=0.7)
        for _ in range(15):
            x = rng.uniform(22, 90)
            y = 13.0 - 7.5 * math.sin((x - 12) / 92 * math.pi) + rng.uniform(0, 3)
            foliage(
                painter,
                rng,
                x,
                y,
                rng.uniform(4, 7),
                rng.uniform(3, 4.6),
                mix((70, 128, 76), (96, 150, 84), rng.random()),
                snow=snowy(site),
            )

    return Plane((-30, 20, 190), 210, 22, paint, repeat=True, detail=0.9, mirrored=False)


def boats() -> Plane:
    """Sails far out."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, size in ((14, 1.0), (58, 0.75), (74, 0.55)):
            with painter.moved(x, 5.6, 0, size):
                painter.patch(polygon([(0, -5), (0.1, -0.5), (2.6, -0.6)]), (250, 246, 238))
                painter.patch(polygon([(-0.2, -4.4), (-0.3, -0.5), (-1.7, -0.6)]), (240, 120, 90))
                painter.patch(polygon([(-2, -0.3), (2.6, -0.3), (1.9, 0.4), (-1.5, 0.4)]), (250, 250, 250))

    return Plane(
        (-40, 5.6, 85), 90, 6.2, paint, repeat=True, mirrored=False, shift=lambda t: (0.35 * t, 0.08 * math.sin(t), 0.0)
    )


def surf(site: Site, z: float, height: float) -> Plane:
    """A breaker that rolls towards the shore, white along its top."""
    pigment = lighter(sea_colour(site), 0.2)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        phases = rng.uniform(0, math.tau, 2)
        top = [
            (
                x,
                height
                * (
                    0.45
                    - 0.22 * math.sin(math.tau * x / 12 * 2 + phases[0])
                    - 0.12 * math.sin(math.tau * x / 12 * 5 + phases[1])
                ),
            )
            for x in np.linspace(-1, 13, 57)
        ]
        body = smooth([*top, (13, height), (-1, height)], tension=8)
        painter.blend(
            body, (0, 0), (0, height), ((0, lighter(pigment, 0.5)), (0.5, pigment), (1, lighter(pigment, 0.7), 0.5))
        )
        for x, y in top[::1]:
            painter.patch(oval(x, y, 0.2, height * 0.16), (248, 252, 255), 0.85)
        for _ in range(60):
            painter.patch(
                oval(rng.uniform(0, 12), height * rng.uniform(0.8, 1.0), 0.16, height * 0.06), (248, 252, 255), 0.8
            )

    def shift(t: float) -> Point3:
        return 0.12 * t, 0.03 * math.sin(t * 1.3 + z), -0.25 * math.sin(t * 0.8 + z)

    return Plane((-6, height, z), 12, height + 0.05, paint, repeat=True, shift=shift, mirrored=False)


def _shoreline(x: float) -> float:
    return 0.28 * math.sin(math.tau * x / PERIOD) + 0.14 * math.sin(math.tau * x / PERIOD * 2.3 + 1)


def _scallops(site: Site, z: float) -> list[tuple[float, float]]:
    xs = np.arange(site.left - 40, site.right + 40.1, 0.5)
    return [(float(x), -(z + _shoreline(float(x)))) for x in xs]


def shore(site: Site) -> Plane:
    """Sand from the lens to the sea: wet and dark at the edge, shells and footprints nearer."""
    dry: Colour = (234, 206, 158) if not snowy(site) else (232, 230, 230)
    if site.weather in (Weather.RAIN, Weather.STORM):
        dry = darker(dry, 0.22)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        edge = _scallops(site, SHORE - 0.3)
        outline = smooth([*edge, (site.right + 40, 12), (site.left - 40, 12)], tension=9)
        tiled(painter, outline, 4.0, sand(dry))
        with painter.clipped(outline):
            for k, alpha in ((1.9, 0.22), (1.1, 0.28), (0.5, 0.3)):
                band = smooth(
                    [*[(x, y + k) for x, y in edge], (site.right + 40, -SHORE - 3), (site.left - 40, -SHORE - 3)],
                    tension=9,
                )
                painter.patch(band, mix(dry, (112, 88, 92), 0.75), alpha)
            _shells(painter, rng, site)

    return stretch(site, -30, SHORE + 0.3, paint)


def _shells(painter: Painter, rng: np.random.Generator, site: Site) -> None:
    for _ in range(round((site.right - site.left + 10) * 3)):
        x, y, size = (
            rng.uniform(site.left - 6, site.right + 6),
            -rng.uniform(-2.0, SHORE - 1),
            rng.uniform(0.018, 0.045),
        )
        pigment = ((252, 240, 228), (240, 180, 160), (176, 130, 116), (214, 200, 206))[int(rng.integers(4))]
        painter.patch(oval(x + 0.01, y + 0.012, size, size * 0.8), (140, 104, 88), 0.5)
        painter.patch(oval(x, y, size, size * 0.75), pigment)


def wash(site: Site) -> Plane:
    """The thin sheet of foam that runs up the sand and back."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        edge = _scallops(site, SHORE - 0.9)
        sheet = smooth([*edge, (site.right + 40, -SHORE - 2), (site.left - 40, -SHORE - 2)], tension=9)
        painter.patch(sheet, lighter(sea_colour(site), 0.45), 0.55)
        for k, wide, alpha in ((0.0, 0.12, 0.95), (-0.28, 0.07, 0.6), (-0.6, 0.05, 0.5)):
            painter.line([(x, y + k) for x, y in edge], (250, 253, 255), wide, alpha)
        for x, y in edge:
            painter.patch(oval(x + rng.uniform(-0.3, 0.3), y - rng.uniform(0, 0.5), 0.12, 0.05), (250, 253, 255), 0.8)

    plane = stretch(site, SHORE - 1.7, SHORE + 1.2, paint, 0.7)
    return Plane(
        plane.origin,
        plane.width,
        plane.height,
        plane.paint,
        plane.across,
        plane.down,
        mirrored=False,
        detail=0.7,
        shift=lambda t: (0.05 * math.sin(t * 0.4), 0.0, 0.42 * math.sin(t * 0.9)),
    )


def palms(site: Site) -> Plane:
    """Palms behind the performers, clear of the middle."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, height, lean in ((1.1, 5.9, 0.7), (0.1, 4.6, 1.3), (8.9, 5.2, -1.0), (12.4, 6.1, -0.8)):
            palm(painter, rng, x, 7.5, height, lean)

    return Plane((-3.4, 7.5, 5.6), 17.0, 7.6, paint, repeat=True, sway=0.10, detail=0.75)


def parasols(site: Site) -> Plane:
    """Parasols and towels up the beach."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, pigment in ((2.0, (236, 92, 84)), (7.6, (66, 150, 196)), (12.6, (248, 192, 76))):
            painter.line([(x, 0.4), (x + 0.12, 2.3)], (240, 236, 226), 0.05)
            canopy = smooth(
                [
                    (x - 1.05, 0.72),
                    (x - 0.6, 0.22),
                    (x, 0.05),
                    (x + 0.62, 0.2),
                    (x + 1.0, 0.66),
                    (x + 0.5, 0.6),
                    (x, 0.62),
                    (x - 0.5, 0.62),
                ],
                tension=7,
            )
            stripe = smooth([(x - 0.3, 0.66), (x - 0.16, 0.1), (x + 0.14, 0.1), (x + 0.3, 0.66)], tension=9)
            painter.body(canopy, pigment, 0.3, detail=lambda s=stripe: painter.patch(s, (252, 248, 240)))
            painter.patch(oval(x + 0.5, 2.36, 0.7, 0.07), mix(pigment, (255, 255, 255), 0.4))
            painter.body(disc(x - 0.75, 2.24, 0.14), (250, 240, 220), 0.1)

    return Plane((-5.6, 2.4, 4.4), 15.0, 2.5, paint, repeat=True, sway=0.02, detail=0.9)


def beach_grass(site: Site) -> Plane:
    """Tufts of marram near the lens, low enough to leave the performers free."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in rng.uniform(0, 8, 10):
            for _ in range(12):
                lean, high = rng.uniform(-0.16, 0.16), rng.uniform(0.12, 0.34)
                painter.line(
                    [(x, 0.44), (x + lean * 0.3, 0.44 - high * 0.6), (x + lean, 0.44 - high)],
                    mix((150, 156, 92), (210, 190, 120), rng.random()),
                    0.012,
                )

    return Plane((-4, 0.44, site.nearest + 1.5), 8, 0.44, paint, repeat=True, sway=0.04, soft=0.012, mirrored=False)
