"""The open sea: rolling rows of waves before and behind, a ship far out, gulls, glitter under the sun."""

import math

import numpy as np

from pipelines.storyboard import Weather
from pipelines.world.geometry import box, limb, oval, smooth, together
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.conditions import lit_share
from pipelines.world.scenery.grounds import stretch
from pipelines.world.scenery.water import water_floor, wave_row
from pipelines.world.sky import ridge, sky
from pipelines.world.styles.painter import Painter

BEHIND = (70.0, 46.0, 31.0, 21.0, 14.0, 9.0, 5.4, 2.8, 1.0)  # metres: depths of the rows behind the performers
BEFORE = (-0.35, -1.1, -1.9)  # before them: low, so that they float and do not drown


@place("sea", surface="water", ambiences=("waves", "wind"), night_ambiences=("waves",), motes=False)
def sea(site: Site) -> Layout:
    rough = {Weather.STORM: 2.2, Weather.WIND: 1.6, Weather.RAIN: 1.25}.get(site.weather, 1.0)
    behind = [
        wave_row(site, z, (0.14 + 0.014 * z) * rough, 0.35 + 0.03 * z, 0.62, period=12.0 + z * 0.5) for z in BEHIND
    ]
    before = [wave_row(site, z, 0.13 * rough, 0.42, 0.86, period=7.0) for z in BEFORE if z > site.nearest + 0.9]
    planes = (sky(site.light, site.aspect), coast(), ship(site), *glitter(site), *behind, gulls(site), *before)
    return Layout(planes, water_floor(site, 0.6, 0.02))


def coast() -> Plane:
    """A blue coast on the horizon, here and there."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.distance = 95.0
        painter.patch(ridge(rng, 2400, 80, 74, 9, 0.35), (84, 112, 136))

    return Plane((-500, 44, 900), 2400, 60, paint, repeat=True, detail=0.7, haze=False, mirrored=False)


def ship(site: Site) -> Plane:
    """A sailing ship far out, its lanterns lit at night."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot = 30.0, 17.0
        painter.body(
            smooth(
                [(x - 7, foot - 2.6), (x + 8.4, foot - 3.4), (x + 6.4, foot + 0.4), (x - 5.6, foot + 0.4)], tension=10
            ),
            (104, 66, 56),
            1,
        )
        painter.patch(box(x - 6.4, foot - 1.9, 13.4, 0.3), (236, 206, 150))
        for mast, high in ((-3.2, 11.0), (1.4, 14.0), (5.0, 10.0)):
            painter.patch(box(x + mast - 0.1, foot - high - 2, 0.22, high), (84, 60, 52))
            for k in range(3):
                top, wide = foot - high - 1.2 + k * high * 0.29, 2.0 + k * 0.5
                sail = smooth(
                    [
                        (x + mast - wide, top),
                        (x + mast + wide, top),
                        (x + mast + wide * 1.15, top + high * 0.24),
                        (x + mast - wide * 0.9, top + high * 0.25),
                    ],
                    tension=9,
                )
                painter.body(sail, (250, 242, 224), 0.8)
        if lit_share(site) > 0.3:
            for dx in (-6.0, -1.0, 6.6):
                painter.glow(x + dx, foot - 3.6, 2.4, (255, 210, 130), 0.9)

    return Plane(
        (-48, 17, 86),
        110,
        18.2,
        paint,
        repeat=True,
        shift=lambda t: (0.5 * t, 0.25 * math.sin(t * 0.7), 0),
        mirrored=True,
    )


def glitter(site: Site) -> list[Plane]:
    """The road of light that sun or moon lays on the water."""
    light = site.light
    if light.sun is None:
        return []
    slope = (light.sun[0] - 0.5) * 0.8 * max(site.aspect, 0.5625)
    middle = (site.left + site.right) / 2

    def paint(painter: Painter, rng: np.random.Generator, near: float, far: float) -> None:
        with painter.shining():
            for strength, count in ((0.4, 150), (0.85, 60)):
                marks = []
                for _ in range(count):
                    z = near + (far - near) * rng.random() ** 1.5
                    distance = z - site.nearest
                    x = middle + slope * distance + rng.normal(0, 0.045) * distance
                    marks.append(oval(x, -z, distance * rng.uniform(0.004, 0.012), 0.035 + 0.004 * distance))
                painter.patch(together(marks), light.sun_colour if light.moon else light.key, strength)

    bands = ((0.2, 3.0), (3.0, 9.0), (9.0, 26.0), (26.0, 88.0))
    return [stretch(site, near, far, lambda p, rng, a=near, b=far: paint(p, rng, a, b), 0.8) for near, far in bands]


def gulls(site: Site) -> Plane:
    """Gulls that wheel overhead by day."""

    def live(painter: Painter, t: float) -> None:
        if light_is_low(site):
            return
        for i in range(5):
            x, y = 3 + i * 6.2 + 0.7 * t * (1 + 0.1 * i), 3.0 + 1.6 * math.sin(i * 2.2) + 0.3 * math.sin(t * 0.9 + i)
            flap = 0.22 * math.sin(t * 5 + i * 1.7)
            wing = [
                (x - 0.75, y - 0.1 - flap),
                (x - 0.35, y - 0.22 - flap * 0.4),
                (x, y),
                (x + 0.35, y - 0.22 - flap * 0.4),
                (x + 0.75, y - 0.1 - flap),
            ]
            painter.patch(limb(wing, [0.015, 0.05, 0.08, 0.05, 0.015]), (250, 250, 252))

    return Plane((-14, 10, 17), 34, 6, lambda painter, rng: None, live=live, detail=0.05, mirrored=False)


def light_is_low(site: Site) -> bool:
    """Whether it is too dark or wild for gulls."""
    return site.light.moon or site.weather in (Weather.STORM, Weather.FOG)
