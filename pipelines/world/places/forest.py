"""A forest: tall trunks into the haze, ferns, beams of light through the leaves."""

import math

import numpy as np

from pipelines.storyboard import Season, Time
from pipelines.world.geometry import Colour, box, limb, mix, polygon
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import LEAVES, darker, lighter, snowy
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import leaf_litter, snow_ground
from pipelines.world.scenery.trees import foliage
from pipelines.world.scenery.undergrowth import fern_row
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter

EARTH: dict[Season, Colour] = {
    Season.SPRING: (104, 110, 70),
    Season.SUMMER: (86, 98, 64),
    Season.AUTUMN: (132, 92, 58),
    Season.WINTER: (110, 100, 90),
}
HIGH = 11.0  # metres of a tree that are painted
HEAD = 2.4  # metres of leaves above it
CLEAR = 1.6  # metres to both sides of the middle where no near trunk stands


@place("forest", surface="leaves", ambiences=("forest", "birdsong"), night_ambiences=("crickets", "forest"))
def forest(site: Site) -> Layout:
    trunks = [
        trees(site, 78, 60, 26, 15.0),
        trees(site, 44, 40, 15, 14.0),
        trees(site, 24, 26, 8, 12.5),
        trees(site, 12.5, 17, 4, HIGH, clear=CLEAR),
        trees(site, 6.4, 13, 2, 8.5, clear=CLEAR + 0.4),
    ]
    ferns = [
        fern_row(site, z, 9.0, size)
        for z, size in ((20.0, 0.9), (9.6, 0.7), (4.4, 0.55), (2.1, 0.4), (site.nearest + 1.6, 0.3))
    ]
    leaves = tuple(darker(c, 0.1) for c in LEAVES[site.season])
    near = edges(site, sprigs(*(darker(c, 0.35) for c in LEAVES[site.season])))
    ground = snow_ground() if snowy(site) else leaf_litter(EARTH[site.season], leaves)
    air = [mist(site.light, 60.0, 12.0, 0.7), mist(site.light, 18.0, 5.0, 0.35)]
    return Layout(
        (sky(site.light, site.aspect), backdrop(site), *air, *trunks, *beams(site), *ferns, *near),
        Floor(ground, 5.0 if not snowy(site) else 6.0),
    )


def backdrop(site: Site) -> Plane:
    """The green dusk behind the last trees."""
    leaves = mix(LEAVES[site.season][0], (90, 130, 120), 0.5)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(40):
            x, size = rng.uniform(0, 160), rng.uniform(9, 15)
            painter.stamp(
                "far crown",
                x,
                34 - rng.uniform(0, 8),
                10,
                lambda p: foliage(p, np.random.default_rng(4), 0, -9, 8, 8, leaves),
                scale=size / 10,
            )
        painter.patch(box(-10, 27, 200, 8), leaves)

    return Plane((-80, 34, 96), 160, 34, paint, repeat=True, detail=0.5)


def trees(site: Site, z: float, period: float, count: int, high: float, clear: float = 0.0) -> Plane:
    """A repeating row of trunks with leaves above, none within `clear` metres of the middle."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        usable = period - 2 * clear
        for i in range(count):
            x = period / 2 + clear + usable * (i + rng.uniform(0.15, 0.85)) / count
            with painter.moved(0, HEAD):
                _tree(painter, rng, x % period, high, rng.uniform(0.16, 0.30), site)

    return Plane((-period / 2, high + HEAD, z), period, high + HEAD + 0.05, paint, repeat=True, detail=0.75, sway=0.05)


def _tree(painter: Painter, rng: np.random.Generator, x: float, high: float, thick: float, site: Site) -> None:
    bark = mix((112, 82, 64), (84, 78, 80), rng.random())
    lean = rng.uniform(-0.25, 0.25)
    stem = limb(
        [(x + lean, -0.5), (x + lean * 0.6, high * 0.45), (x, high * 0.86), (x - 0.02, high + 0.1)],
        [thick * 0.6, thick * 0.8, thick, thick * 1.9],
        tip=0,
        butt=0,
    )
    painter.body(stem, bark, thick, form=0.9, detail=lambda: _bark(painter, rng, x, high, thick, bark))
    for _ in range(3):
        side, y = rng.choice((-1, 1)), rng.uniform(0.05, 0.5) * high
        end = (x + side * rng.uniform(1.0, 2.0), y - rng.uniform(0.4, 1.1))
        painter.patch(
            limb([(x + lean * 0.4, y), ((x + end[0]) / 2, y - 0.15), end], [thick * 0.3, thick * 0.2, thick * 0.08]),
            darker(bark, 0.2),
        )
        if site.season != Season.WINTER:
            _leaves(painter, rng, *end, rng.uniform(0.8, 1.3), site)
    if site.season != Season.WINTER:
        for _ in range(5):
            _leaves(
                painter, rng, x + rng.uniform(-1.7, 1.7), rng.uniform(-0.2, 0.26) * high, rng.uniform(1.2, 1.9), site
            )
    elif snowy(site):
        painter.patch(
            limb([(x - thick * 0.5, high * 0.2), (x - thick * 0.7, high * 0.9)], [thick * 0.16, thick * 0.2]),
            (240, 246, 255),
            0.8,
        )


def _bark(painter: Painter, rng: np.random.Generator, x: float, high: float, thick: float, bark: Colour) -> None:
    for _ in range(9):
        px, y = x + rng.uniform(-0.8, 0.8) * thick, rng.uniform(0.1, 0.95) * high
        painter.texture(polygon([(px, y), (px + 0.02, y + 0.5), (px - 0.01, y + 0.9)]), darker(bark, 0.5), 0.02, 0.6)


def _leaves(painter: Painter, rng: np.random.Generator, x: float, y: float, size: float, site: Site) -> None:
    tone = int(rng.integers(len(LEAVES[site.season])))
    pigment = LEAVES[site.season][tone]
    painter.stamp(
        f"forest leaves {tone}",
        x,
        y + size * 0.7,
        1.15,
        lambda p: foliage(p, np.random.default_rng(tone), 0, -0.95, 0.95, 0.8, pigment),
        scale=size,
        flip=bool(rng.integers(2)),
        degrees=rng.uniform(-14, 14),
    )


def beams(site: Site) -> list[Plane]:
    """Slanting beams of sunlight or moonlight."""
    if site.light.sun is None:
        return []
    colour = mix(site.light.key, (255, 255, 220), 0.3)
    strength = 0.16 if site.time == Time.NIGHT else 0.34
    slant = -site.light.key_towards[0] * 5

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        if not painter.airy:
            return
        with painter.shining():
            for _ in range(7):
                x, wide = rng.uniform(0, 16), rng.uniform(0.3, 1.1)
                beam = polygon([(x, 0), (x + wide, 0), (x + wide * 1.9 + slant, 8), (x + slant, 8)])
                painter.blend(
                    beam,
                    (0, 0),
                    (0, 8),
                    ((0, lighter(colour, 0.2), strength), (0.6, colour, strength * 0.5), (1, colour, 0)),
                )

    return [
        Plane(
            (-8, 8, 9.0),
            16,
            8,
            paint,
            repeat=True,
            soft=0.06,
            detail=0.4,
            mirrored=False,
            haze=False,
            shift=lambda t: (0.15 * math.sin(t * 0.3), 0.0, 0.0),
        )
    ]
