"""A desert: table mountains, dunes with sharp crests, cacti and rocks."""

import numpy as np

from pipelines.world.geometry import Colour, box, disc, limb, mix, polygon, smooth, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import SNOW, darker, lighter, snowy, wet
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import sand, stretch
from pipelines.world.scenery.undergrowth import stones
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter

SAND: Colour = (232, 172, 106)
CACTUS: Colour = (88, 140, 86)


@place("desert", surface="sand", ambiences=("wind",), night_ambiences=("wind", "crickets"), motes=False)
def desert(site: Site) -> Layout:
    pigment = darker(SAND, 0.2) if wet(site) else SAND
    if snowy(site):
        pigment = mix(SAND, SNOW, 0.62)
    planes = (
        sky(site.light, site.aspect),
        mesas(620, 760, 110, 6, (172, 108, 96)),
        mesas(330, 430, 46, 5, (196, 112, 84)),
        dunes(170, 260, 17, 4, pigment),
        mist(site.light, 120.0, 8.0, 0.45),
        dunes(88, 130, 7.5, 4, pigment),
        dunes(46, 70, 3.6, 4, pigment),
        cacti(site, 33, 34, 5, (2.6, 4.6), 0.0),
        dunes(24, 40, 1.6, 4, pigment),
        cacti(site, 14, 19, 2, (2.6, 3.8), 2.4),
        dunes(11, 22, 0.55, 4, pigment),
        stones(site, 9.0, 12, 0.8, 4, (176, 112, 86), clear=2.0),
        cacti(site, 6.0, 11, 1, (2.2, 2.6), 3.4),
        tracks(site, pigment),
        shrubs(site),
        *edges(site, sprigs((120, 130, 84), (158, 146, 96), slender=0.09)),
    )
    return Layout(planes, Floor(sand(pigment), 4.0))


def mesas(z: float, period: float, top: float, count: int, rock: Colour) -> Plane:
    """Table mountains with banded cliffs."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.distance = 72.0
        for i in range(count):
            x, high = (i + rng.uniform(0.1, 0.6)) * period / count, top * rng.uniform(0.5, 1.0)
            wide = period / count * rng.uniform(0.35, 0.8)
            foot = top * 1.02
            left, right = x, x + wide
            shape = polygon(
                [
                    (left - high * 0.7, foot),
                    (left - high * 0.16, foot - high * 0.42),
                    (left, foot - high * 0.95),
                    (left + wide * 0.2, foot - high),
                    (right - wide * 0.1, foot - high * 0.97),
                    (right, foot - high * 0.9),
                    (right + high * 0.14, foot - high * 0.4),
                    (right + high * 0.66, foot),
                ]
            )
            painter.blend(
                shape, (0, foot - high), (0, foot), ((0, lighter(rock, 0.12)), (0.5, rock), (1, lighter(rock, 0.4)))
            )
            with painter.clipped(shape):
                bands = [box(x - wide, foot - high * k, wide * 3, high * 0.03) for k in (0.9, 0.78, 0.62, 0.5)]
                painter.patch(together(bands), darker(rock, 0.35), 0.4)
                shade = [
                    (right - wide * 0.3, foot - high),
                    (right + high, foot - high),
                    (right + high, foot),
                    (right - wide * 0.1, foot),
                ]
                painter.patch(polygon(shade), darker(rock, 0.45), 0.45)

    return Plane(
        (-period / 2 - z * 0.05, top * 1.02, z),
        period,
        top * 1.04,
        paint,
        repeat=True,
        haze=False,
        detail=0.7,
        mirrored=False,
    )


def dunes(z: float, period: float, high: float, count: int, pigment: Colour) -> Plane:
    """Dunes: a lit slope, a shaded one, a crest between them that winds down."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        step, foot = period / count, high * 1.02
        for i in rng.permutation(count):
            x, tall, half = (
                (i + rng.uniform(0.3, 0.7)) * step,
                high * rng.uniform(0.55, 1.0),
                step * rng.uniform(0.75, 1.0),
            )
            outline = smooth(
                [
                    (x - half, foot + 0.1),
                    (x - half * 0.5, foot - tall * 0.42),
                    (x - half * 0.1, foot - tall * 0.95),
                    (x, foot - tall),
                    (x + half * 0.3, foot - tall * 0.6),
                    (x + half, foot + 0.1),
                ],
                tension=7,
            )
            painter.blend(
                outline, (0, foot - tall), (0, foot), ((0, lighter(pigment, 0.4)), (0.5, pigment), (1, pigment))
            )
            lee = smooth(
                [
                    (x, foot - tall),
                    (x + half * 0.3, foot - tall * 0.6),
                    (x + half, foot + 0.1),
                    (x + half * 0.1, foot + 0.1),
                    (x + half * 0.16, foot - tall * 0.4),
                    (x - half * 0.02, foot - tall * 0.75),
                ],
                tension=8,
            )
            with painter.clipped(outline):
                painter.patch(lee, mix(pigment, (120, 62, 92), 0.5), 0.6)
        painter.patch(box(-1, foot - high * 0.06, period + 2, high * 0.1), pigment)

    return Plane(
        (-period / 2 - z * 0.11, high * 1.02, z), period, high * 1.03, paint, repeat=True, detail=0.7, mirrored=False
    )


def cacti(site: Site, z: float, period: float, count: int, heights: tuple[float, float], clear: float) -> Plane:
    """A repeating row of saguaros, none within `clear` metres of the middle."""
    tall = heights[1] * 1.05

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(count):
            x = period / 2 + clear + (period - 2 * clear) * (i + rng.uniform(0.3, 0.7)) / count
            _cactus(painter, rng, x % period, tall, rng.uniform(*heights), site)

    return Plane((-period / 2, tall, z), period, tall + 0.02, paint, repeat=True, detail=0.8)


def _cactus(painter: Painter, rng: np.random.Generator, x: float, foot: float, high: float, site: Site) -> None:
    thick, side = high * 0.075, rng.choice((-1, 1))
    arms = [
        [
            (x, foot - high * 0.38),
            (x + side * high * 0.2, foot - high * 0.38),
            (x + side * high * 0.22, foot - high * 0.72),
        ],
        [
            (x, foot - high * 0.52),
            (x - side * high * 0.17, foot - high * 0.53),
            (x - side * high * 0.19, foot - high * 0.82),
        ],
    ]
    for arm in arms:
        painter.body(limb(arm, [thick * 0.7, thick * 0.75, thick * 0.62], tip=1.0, butt=0.5), CACTUS, thick * 0.7)
    stem = limb(
        [(x, foot), (x, foot - high * 0.5), (x, foot - high * 0.96)], [thick, thick * 1.1, thick * 0.8], tip=1.0
    )
    ribs = [polygon([(x + k * thick, foot), (x + k * thick, foot - high)]) for k in (-0.6, -0.2, 0.2, 0.6)]
    painter.body(
        stem, CACTUS, thick, detail=lambda: painter.texture(together(ribs), darker(CACTUS, 0.45), thick * 0.09, 0.5)
    )
    for k in (-0.4, 0.0, 0.4):
        painter.patch(disc(x + k * thick, foot - high * 0.985, thick * 0.26), SNOW if snowy(site) else (246, 112, 150))


def tracks(site: Site, pigment: Colour) -> Plane:
    """The track of an animal across the sand."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        marks = []
        for i, x in enumerate(np.arange(site.left - 6, site.right + 6, 0.42)):
            marks.append(disc(float(x), -3.4 - 0.25 * float(np.sin(x * 0.5)) + (0.09 if i % 2 else -0.09), 0.06))
        painter.patch(together(marks), mix(pigment, (120, 70, 70), 0.6), 0.6)

    return stretch(site, 2.6, 4.4, paint, 0.6)


def shrubs(site: Site) -> Plane:
    """Dry tufts and bleached bones of branches."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in rng.uniform(0, 9, 6):
            for _ in range(13):
                lean, long = rng.uniform(-0.3, 0.3), rng.uniform(0.12, 0.4)
                painter.line(
                    [(x, 0.5), (x + lean * 0.4, 0.5 - long * 0.6), (x + lean, 0.5 - long)],
                    mix((150, 122, 70), (206, 178, 104), rng.random()),
                    0.014,
                )

    return Plane((-4.2, 0.5, 3.4), 9, 0.5, paint, repeat=True, sway=0.05, mirrored=False)
