"""A meadow: hills, a line of trees, and rows of grass and flowers down to the lens."""

import math

import numpy as np
import skia

from pipelines.world.geometry import Colour, box, disc, mix, oval, smooth, union
from pipelines.world.place import Floor, Layout, Paint, Plane, Site, place
from pipelines.world.scenery.conditions import GRASS, SNOW, snowy
from pipelines.world.sky import mist, ridge, sky
from pipelines.world.styles.painter import Painter

WILD_FLOWERS: tuple[Colour, ...] = ((250, 214, 88), (246, 246, 250), (238, 120, 140), (132, 118, 230))
TALL = 0.26  # metres: height of the rows
STAGGER = 0.09  # metres by which the feet within a row of that height differ at least, so that rows do not show
NEAR_ROWS = 1.05  # metres between the lens and the nearest row


@place("meadow", surface="grass", ambiences=("birdsong", "wind"), night_ambiences=("crickets", "wind"))
def meadow(site: Site) -> Layout:
    grass = GRASS[site.season]
    flowers, lush = (site.flowers, 1.0) if site.flowers else (WILD_FLOWERS, 0.35)
    blades = 1.0
    if snowy(site):
        grass, blades = mix(grass, SNOW, 0.86), 0.3
        lush = 0.6 if site.flowers else 0.0
    tall = min(TALL, max(0.12, 0.06 * -site.nearest))  # low enough that whoever is filmed from near is not buried
    rows = [
        grass_row(z, grass, flowers, lush, tall, blades, stagger=gap * site.eye / (z - site.nearest))
        for z, gap in row_depths(site.nearest + NEAR_ROWS, 24.0)
    ]
    near = grass_row(site.nearest + 0.72, grass, flowers, lush * 0.5, tall * 1.3, blades, soft=0.009)
    back = (sky(site.light, site.aspect), *hills(grass), treeline(grass), mist(site.light, 40.0))
    return Layout((*back, *rows, near), Floor(ground(grass, 0.06 if snowy(site) else 0.35), 6.0))


def row_depths(nearest: float, farthest: float) -> list[tuple[float, float]]:
    """(depth, gap to the row before it) in metres of rows that look evenly spread from the lens to the distance."""
    rows, gap = [(nearest, 0.42)], 0.42
    while rows[-1][0] < farthest:
        rows.append((rows[-1][0] + gap, gap))
        gap *= 1.28
    return rows


def hills(grass: Colour) -> tuple[Plane, Plane]:
    """Two ranges of hills."""

    def paint(pigment: Colour, top: float, peaks: int) -> Paint:
        def range_of_hills(painter: Painter, rng: np.random.Generator) -> None:
            path = ridge(rng, 900, top * 1.3, top, peaks)
            painter.blend(path, (0, 0), (0, top * 1.3), ((0, pigment), (1, mix(pigment, (255, 240, 210), 0.35))))

        return range_of_hills

    far, near = mix(grass, (96, 122, 158), 0.55), mix(grass, (66, 104, 92), 0.45)
    return (
        Plane((-450, 52, 420), 900, 56, paint(far, 46, 15), repeat=True, detail=0.7),
        Plane((-390, 19, 210), 780, 22, paint(near, 15, 21), repeat=True, detail=0.8),
    )


def treeline(grass: Colour) -> Plane:
    """Round trees at the meadow's end."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(56):
            x, size = rng.uniform(0, 110), rng.uniform(1.2, 3.4)
            leaves = mix((58, 92, 66), grass, rng.uniform(0, 0.45))
            lobes = [oval(x + dx * size, 6.5 - size * (0.75 + dy), size * r, size * r) for dx, dy, r in _CROWN]
            crown = union(lobes, detail=18)
            painter.body(crown, leaves, size * 0.5, rim=0.3)
        painter.patch(box(-10, 6.1, 130, 1.2), mix(grass, (60, 84, 60), 0.35))

    return Plane((-55, 6.6, 66), 110, 7, paint, repeat=True)


_CROWN = ((0, 0, 0.55), (-0.32, -0.18, 0.42), (0.34, -0.16, 0.4), (0.05, 0.35, 0.42))


def ground(grass: Colour, dark: float = 0.35) -> Paint:
    """Grass from above: patches of lighter and darker green, on a tile of 6 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, 8, 8), mix(grass, (60, 62, 50), dark))
        for _ in range(150):
            x, y, size = rng.uniform(0, 6), rng.uniform(0, 6), rng.uniform(0.06, 0.34)
            shade = mix(grass, (40, 60, 44) if rng.random() < 0.55 else (196, 190, 110), rng.uniform(0.1, 0.4))
            for dx in (-6, 0, 6):
                for dy in (-6, 0, 6):
                    painter.tone(x + dx, y + dy, size, size * 0.6, shade, 0.5)

    return paint


def grass_row(
    z: float,
    grass: Colour,
    flowers: tuple[Colour, ...],
    lush: float,
    tall: float = TALL,
    blades: float = 1.0,
    soft: float = 0.0,
    stagger: float = 0.0,
) -> Plane:
    """One row of a meadow: a strip of blades and flowers that faces the camera.

    `lush` and `blades` are shares, 0 to 1, of a row full of flowers and of grass; `soft` metres it is out of focus.
    What grows in it stands up to `stagger` metres lower than its edge: seen from high up, rows would show.
    """
    width = 4.0 if z < 0 else 6.0 if z < 6 else 11.0
    size, stagger = tall / TALL, max(STAGGER * tall / TALL, min(stagger, 0.7))
    density = (1.0 if z < 6 else 0.42) / size

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(round(width * 15 * density * blades)):
            tone = int(rng.integers(3))
            painter.stamp(
                f"tuft {tone}",
                rng.uniform(0, width),
                tall + rng.uniform(0, stagger),
                0.13,
                lambda p, tone=tone: _tuft(p, grass, tone),
                degrees=rng.uniform(-6, 6),
                scale=rng.uniform(0.7, 1.05) * size,
                flip=bool(rng.integers(2)),
            )
        for _ in range(round(width * 27 * density * lush)):
            kind, pigment = int(rng.integers(3)), flowers[int(rng.integers(len(flowers)))]
            painter.stamp(
                f"flower {kind} {pigment}",
                rng.uniform(0, width),
                tall + rng.uniform(0, stagger),
                0.12,
                lambda p, k=kind, c=pigment: _flower(p, c, k),
                degrees=rng.uniform(-12, 12),
                scale=rng.uniform(0.6, 1.15) * size,
                flip=bool(rng.integers(2)),
            )

    return Plane(
        (-width / 2 + (z * 3.7) % 3.0, tall, z),
        width,
        tall + 0.02 + stagger,
        paint,
        repeat=True,
        sway=0.03,
        soft=soft,
        mirrored=False,
    )


def _tuft(painter: Painter, grass: Colour, tone: int) -> None:
    """A tuft of blades round its foot."""
    rng = np.random.default_rng(40 + tone)
    pigment = (mix(grass, (28, 58, 44), 0.5), mix(grass, (52, 84, 50), 0.2), mix(grass, (206, 196, 110), 0.25))[tone]
    for shade in (-0.25, 0.0, 0.2):
        blades = skia.Path()
        for _ in range(7):
            x, lean, height = rng.uniform(-0.05, 0.05), rng.uniform(-0.08, 0.08), rng.uniform(0.3, 0.85) * TALL
            blades.moveTo(x - 0.005, 0.02)
            blades.quadTo(x + lean * 0.3 - 0.004, -height * 0.6, x + lean, -height)
            blades.quadTo(x + lean * 0.3 + 0.007, -height * 0.55, x + 0.006, 0.02)
            blades.close()
        painter.patch(blades, mix(pigment, (255, 240, 160) if shade > 0 else (20, 40, 50), abs(shade)))


def _flower(painter: Painter, pigment: Colour, kind: int) -> None:
    """A flower on its stem: five broad petals, a daisy, or a spike of small blossoms."""
    rng = np.random.default_rng(60 + kind)
    top = -TALL * 0.78
    painter.line([(0, 0.02), (0.004, top * 0.5), (0, top)], (74, 112, 66), 0.008)
    leaf = smooth([(0, top * 0.3), (0.035, top * 0.45), (0.05, top * 0.62), (0.012, top * 0.46)])
    painter.patch(leaf, (82, 128, 70))
    if kind == 2:
        for i in range(26):
            y, spread = top - 0.04 + i * 0.0042, 0.004 + 0.018 * math.sin(min(1, i / 18) * math.pi * 0.62)
            petal = oval(spread * math.sin(i * 2.4), y, 0.009, 0.006)
            painter.patch(petal, mix(pigment, (255, 220, 245), 0.35 * (math.sin(i * 2.4) > 0.2)))
        return
    petals, size = (5, 0.046) if kind == 0 else (9, 0.04)
    with painter.moved(0, top, rng.uniform(-20, 20), 1, 0.86):
        for i in range(petals):
            with painter.moved(degrees=360 / petals * i):
                painter.body(
                    _petal(size, 0.42 if kind == 0 else 0.2),
                    mix(pigment, (255, 255, 255), 0.12 * (i % 2)),
                    size * 0.5,
                    rim=0.35,
                    form=0.4,
                )
                painter.tone(size * 0.3, 0, size * 0.3, size * 0.2, mix(pigment, (60, 10, 110), 0.55), 0.6)
        painter.patch(disc(0, 0, size * 0.26), (252, 206, 92))
        painter.tone(size * 0.06, size * 0.08, size * 0.2, size * 0.2, (200, 110, 30), 0.6)


def _petal(size: float, breadth: float) -> skia.Path:
    wide = size * breadth
    return smooth(
        [
            (0, 0),
            (size * 0.5, -wide),
            (size * 0.95, -wide * 0.75),
            (size * 1.06, 0.0),
            (size * 0.95, wide * 0.75),
            (size * 0.5, wide),
        ]
    )
