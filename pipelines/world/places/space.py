"""The surface of a moon: black sky with a planet, craters, a dome and a lander; a sixth of our gravity and no air."""

import math
from dataclasses import replace

import numpy as np
import skia

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, disc, mix, oval, polygon, smooth, together
from pipelines.world.light import Light
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker
from pipelines.world.scenery.grounds import moon_dust
from pipelines.world.scenery.peaks import hills
from pipelines.world.scenery.trees import crown_outline
from pipelines.world.scenery.undergrowth import stones
from pipelines.world.sky import sky
from pipelines.world.styles.painter import Painter

_SUN = {
    Time.DAY: ((250, 250, 255), 1.0),
    Time.DAWN: ((226, 222, 250), 0.86),
    Time.SUNSET: ((255, 220, 190), 0.84),
    Time.NIGHT: ((150, 176, 232), 0.62),
}
_NEBULA = {Time.DAY: (92, 60, 170), Time.DAWN: (170, 80, 150), Time.SUNSET: (210, 90, 90), Time.NIGHT: (40, 90, 170)}


def airless(light: Light) -> Light:
    """Sunlight, or the planet's light, without any air: black sky, hard edges."""
    white, bright = _SUN[light.time]
    nebula = _NEBULA[light.time]
    return replace(
        light,
        sky=(
            (0, (4, 4, 14)),
            (0.5, mix((8, 8, 28), nebula, 0.12)),
            (0.85, mix((14, 12, 40), nebula, 0.34)),
            (1, mix((18, 16, 50), nebula, 0.5)),
        ),
        tint=tuple(c * bright for c in white),
        fill=(22, 20, 58),
        key=white,
        key_towards=(-0.8, -0.6),
        rim=white,
        rim_towards=(-0.85, -0.53),
        rim_strength=1.0,
        haze=mix((18, 16, 50), nebula, 0.4),
        haze_length=900,
        sun=None,
        stars=1.0,
        cloud=0.0,
        moon=False,
        bloom=0.5,
        shadow=0.65,
    )


@place(
    "space",
    surface="gravel",
    ambiences=("space",),
    room="outdoors",
    indoor=True,
    gravity=1.62,
    medium=0.0,
    motes=False,
    relight=airless,
)
def space(site: Site) -> Layout:
    grey: Colour = (158, 154, 168)
    planes = (
        sky(site.light, site.aspect),
        nebula(site),
        planet(site),
        hills(420, 520, 70, 6, darker(grey, 0.3)),
        hills(210, 280, 24, 6, darker(grey, 0.15)),
        ridge_row(96, 110, 6.0, grey),
        base(site),
        ridge_row(30, 44, 1.5, grey),
        lander(site),
        stones(site, 13, 15, 1.2, 4, grey, clear=1.8),
        stones(site, 7.5, 11, 0.5, 4, grey, clear=2.0),
        stones(site, 4.0, 9, 0.22, 5, grey, clear=1.0),
        stones(site, site.nearest + 1.6, 4, 0.09, 4, darker(grey, 0.2)),
    )
    return Layout(planes, Floor(moon_dust(grey), 12.0))


def nebula(site: Site) -> Plane:
    """Coloured clouds of stars across the sky."""
    colour = _NEBULA[site.time]

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(44):
            x, y = 2600 * i / 44 + rng.normal(0, 60), 420 - 240 * math.sin(i / 44 * math.tau * 2) + rng.normal(0, 46)
            painter.glow(
                x,
                y,
                rng.uniform(90, 210),
                mix(colour, (60, 160, 220) if i % 3 else (240, 120, 170), rng.uniform(0, 0.6)),
                0.24,
            )
        with painter.shining():
            for size, count in ((0.9, 760), (1.7, 110)):
                stars = [disc(rng.uniform(0, 2600), rng.uniform(0, 900), size) for _ in range(count)]
                painter.patch(together(stars), (236, 240, 255), 0.8)

    return Plane((-1300, 900, 1300), 2600, 900, paint, haze=False, detail=0.5, mirrored=False)


def planet(site: Site) -> Plane:
    """A blue planet with clouds and night on one side, and its small moon."""
    wide = 360.0

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, y, r = 180.0, 180.0, 112.0
        globe = disc(x, y, r)
        painter.glow(x, y, r * 1.6, (90, 160, 255), 0.55)
        with painter.shining():
            painter.blend(
                globe, (x - r, y - r), (x + r, y + r), ((0, (120, 206, 250)), (0.45, (44, 116, 206)), (1, (8, 18, 62)))
            )
            with painter.clipped(globe):
                for _ in range(8):
                    land = crown_outline(
                        rng,
                        x + rng.uniform(-90, 60),
                        y + rng.uniform(-90, 90),
                        rng.uniform(16, 42),
                        rng.uniform(12, 30),
                        8,
                    )
                    painter.patch(land, mix((86, 164, 96), (196, 170, 110), rng.random()), 0.85)
                for _ in range(9):
                    cx, cy, long = x + rng.uniform(-90, 60), y + rng.uniform(-95, 95), rng.uniform(24, 60)
                    swirl = [(cx - long, cy + 9), (cx - long * 0.3, cy), (cx + long * 0.4, cy + 5), (cx + long, cy - 6)]
                    painter.line(swirl, (250, 252, 255), rng.uniform(3, 8), 0.55)
                night = disc(x - r * 0.42, y - r * 0.36, r * 1.22)
                night.addRect(globe.getBounds().makeOutset(400, 400))
                night.setFillType(skia.PathFillType.kEvenOdd)
                painter.patch(night, (6, 8, 34), 0.72)
            painter.body(disc(x + 138, y - 96, 15), (200, 192, 190), 12)

    return Plane((-150, 470, 1200), wide, wide, paint, haze=False, detail=0.8, mirrored=False)


def ridge_row(z: float, period: float, high: float, grey: Colour) -> Plane:
    """The rim of a crater: humps with a sunlit edge."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(9):
            x, r = rng.uniform(0, period), high * rng.uniform(0.5, 1.0)
            hump = smooth(
                [
                    (x - r * 4, high * 1.1),
                    (x - r * 1.6, high * 1.02 - r * 0.5),
                    (x, high * 1.02 - r),
                    (x + r * 1.2, high * 1.02 - r * 0.7),
                    (x + r * 4, high * 1.1),
                ],
                tension=7,
            )
            painter.body(hump, mix(grey, (120, 116, 134), rng.random()), r * 0.5, form=0.9)

    return Plane(
        (-period / 2 - z * 0.2, high * 1.02, z), period, high * 1.06, paint, repeat=True, detail=0.7, mirrored=False
    )


def base(site: Site) -> Plane:
    """Domes of a station with lit windows and a mast."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        foot = 15.0
        for x, r in ((9.0, 6.0), (19.5, 4.2), (27.0, 3.0)):
            dome = smooth(
                [
                    (x - r, foot + 0.2),
                    (x - r * 0.93, foot - r * 0.5),
                    (x - r * 0.5, foot - r * 0.92),
                    (x, foot - r * 1.03),
                    (x + r * 0.5, foot - r * 0.92),
                    (x + r * 0.93, foot - r * 0.5),
                    (x + r, foot + 0.2),
                ],
                tension=7,
            )
            painter.body(dome, (222, 226, 236), r * 0.5)
            with painter.shining():
                windows = [
                    box(x - r * 0.62 + k * r * 0.34, foot - r * 0.42, r * 0.2, r * 0.17, r * 0.05) for k in range(4)
                ]
                painter.patch(together(windows), (255, 214, 140))
            painter.glow(x, foot - r * 0.34, r * 1.1, (255, 190, 110), 0.4)
        painter.patch(box(14.4, foot - 13, 0.22, 13), (190, 194, 206))
        painter.body(
            smooth([(12.8, foot - 12.4), (14.5, foot - 11.2), (16.2, foot - 12.4), (14.5, foot - 10.6)]),
            (236, 238, 246),
            0.5,
        )
        painter.glow(14.5, foot - 13, 1.6, (255, 60, 60), 0.9)

    return Plane((-25.0, 15, 52), 74, 15.2, paint, repeat=True, detail=0.9, mirrored=False)


def lander(site: Site) -> Plane:
    """A landing craft on four legs, wrapped in gold foil."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot = 4.0, 5.2
        for dx in (-1.9, -0.9, 0.9, 1.9):
            painter.line([(x + dx * 0.5, foot - 1.6), (x + dx, foot - 0.06)], (196, 200, 210), 0.09)
            painter.patch(oval(x + dx, foot - 0.05, 0.28, 0.07), (176, 178, 190))
        painter.body(
            polygon([(x - 1.4, foot - 2.3), (x + 1.4, foot - 2.3), (x + 1.25, foot - 1.1), (x - 1.25, foot - 1.1)]),
            (236, 178, 70),
            0.3,
        )
        painter.patch(
            together(
                [
                    polygon([(x + k, foot - 2.3), (x + k + 0.25, foot - 1.1), (x + k + 0.4, foot - 2.3)])
                    for k in (-1.1, -0.3, 0.5)
                ]
            ),
            (255, 224, 140),
            0.6,
        )
        painter.body(
            polygon(
                [
                    (x - 0.95, foot - 2.3),
                    (x - 1.15, foot - 3.2),
                    (x - 0.55, foot - 4.0),
                    (x + 0.55, foot - 4.0),
                    (x + 1.15, foot - 3.2),
                    (x + 0.95, foot - 2.3),
                ]
            ),
            (214, 216, 226),
            0.4,
        )
        with painter.shining():
            painter.patch(
                polygon([(x - 0.6, foot - 3.5), (x - 0.1, foot - 3.5), (x - 0.2, foot - 3.0), (x - 0.7, foot - 3.0)]),
                (150, 220, 255),
            )
            painter.patch(
                polygon([(x + 0.6, foot - 3.5), (x + 0.1, foot - 3.5), (x + 0.2, foot - 3.0), (x + 0.7, foot - 3.0)]),
                (150, 220, 255),
            )
        painter.line([(x, foot - 4.0), (x, foot - 5.0)], (200, 204, 214), 0.05)
        painter.patch(disc(x, foot - 5.05, 0.07), (255, 90, 90))

    return Plane((-6.9, 5.2, 17.5), 24, 5.25, paint, repeat=True, mirrored=False)
