"""Under the sea: shafts of light, coral, kelp, a shoal of fish, rising bubbles."""

import math
from dataclasses import replace

import numpy as np
import skia

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, disc, limb, mix, polygon, smooth, together
from pipelines.world.light import Light
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import sand, scattered
from pipelines.world.scenery.trees import crown_outline
from pipelines.world.sky import sky
from pipelines.world.styles.painter import Painter

CORAL: tuple[Colour, ...] = (
    (250, 104, 112),
    (252, 160, 84),
    (214, 92, 190),
    (250, 206, 100),
    (255, 132, 164),
    (124, 98, 214),
)
KELP: Colour = (64, 134, 84)
_WATER = {  # hour: (surface, middle, deep, brightness)
    Time.DAY: ((176, 246, 240), (44, 168, 200), (14, 96, 150), 1.0),
    Time.DAWN: ((240, 214, 214), (96, 148, 190), (40, 82, 140), 0.86),
    Time.SUNSET: ((255, 200, 160), (130, 110, 170), (50, 52, 120), 0.82),
    Time.NIGHT: ((80, 140, 200), (22, 62, 124), (8, 26, 72), 0.55),
}


def through_water(light: Light) -> Light:
    """The same hour seen under water: blue, dense, lit from above."""
    surface, middle, deep, bright = _WATER[light.time]
    tint = mix((20, 70, 90), mix((214, 246, 250), surface, 0.25), bright)
    return replace(
        light,
        sky=((0, lighter(surface, 0.3)), (0.3, surface), (0.65, middle), (1, deep)),
        tint=tint,
        fill=mix(deep, (10, 20, 70), 0.4),
        key=lighter(surface, 0.3),
        key_towards=(-0.2, -0.98),
        rim=lighter(surface, 0.5),
        rim_towards=(-0.15, -0.99),
        rim_strength=0.75,
        haze=deep,
        haze_length=26,
        sun=None,
        stars=0.0,
        cloud=0.0,
        moon=False,
        bloom=0.55,
        shadow=0.3,
    )


@place(
    "underwater",
    surface="sand",
    ambiences=("underwater",),
    room="underwater",
    indoor=True,
    medium=1000.0,
    motes=False,
    relight=through_water,
)
def underwater(site: Site) -> Layout:
    planes = (
        sky(site.light, site.aspect),
        reef(40, 60, 9.0, (62, 92, 130)),
        reef(24, 36, 4.6, (78, 96, 128)),
        shafts(site, 20.0, 0.42),
        shoal(15.0, 1, 0.9),
        kelp(16, 18, 8, (4.0, 7.0), 0.0),
        coral(11.0, 15, 1.7, 11),
        shoal(9.0, -1, 0.6),
        kelp(8.0, 12, 4, (3.0, 5.2), 1.7),
        coral(6.2, 11, 1.0, 8),
        shafts(site, 5.0, 0.3),
        coral(3.4, 9, 0.55, 7, clear=1.3),
        bubbles(4.5),
        coral(site.nearest + 1.6, 5, 0.22, 6),
        *edges(site, sprigs(darker(KELP, 0.2), KELP, (200, 92, 120), slender=0.14)),
    )
    return Layout(planes, Floor(_seabed, 4.0))


def _seabed(painter: Painter, rng: np.random.Generator) -> None:
    """Pale sand with the net of light that waves throw on it, on a tile of 4 m."""
    sand((214, 206, 172))(painter, rng)
    light = painter.light.key
    for _, x, y in scattered(rng, 26, 4.0):
        turn = x * 3 + y * 2
        ring = [
            (x + math.cos(a) * (0.34 + 0.1 * math.sin(3 * a + turn)), y + math.sin(a) * (0.26 + 0.08 * math.cos(2 * a)))
            for a in np.linspace(0, math.tau, 9)[:-1]
        ]
        with painter.shining():
            painter.line(smooth(ring), light, 0.035, 0.22)


def reef(z: float, period: float, top: float, rock: Colour) -> Plane:
    """A dark reef far behind."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(13):
            x, high = rng.uniform(0, period), top * rng.uniform(0.35, 1.0)
            painter.body(
                crown_outline(rng, x, top * 1.05, high * rng.uniform(0.5, 0.9), high, 8), rock, high * 0.2, rim=0.4
            )

    return Plane((-period / 2 - z * 0.3, top * 1.05, z), period, top * 1.06, paint, repeat=True, detail=0.5)


def shafts(site: Site, z: float, strength: float) -> Plane:
    """Beams of light from the surface that sway."""
    light = site.light.sky[0][1]
    strength *= 0.5 if site.time == Time.NIGHT else 1.0
    high, wide = 6 + z * 0.55, 8 + z * 0.9

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        if not painter.airy:
            return
        with painter.shining():
            for _ in range(8):
                x, thick = rng.uniform(0, wide), rng.uniform(0.03, 0.09) * wide
                beam = polygon(
                    [
                        (x, 0),
                        (x + thick, 0),
                        (x + thick * 2.4 + wide * 0.13, high),
                        (x + wide * 0.13 - thick * 0.7, high),
                    ]
                )
                painter.blend(
                    beam, (0, 0), (0, high), ((0, light, strength), (0.5, light, strength * 0.4), (1, light, 0))
                )

    return Plane(
        (-wide / 2, high, z),
        wide,
        high,
        paint,
        repeat=True,
        haze=False,
        soft=0.05 * z / 5,
        detail=0.4,
        shift=lambda t: (0.03 * z * math.sin(t * 0.35 + z), 0, 0),
    )


def coral(z: float, period: float, size: float, count: int, clear: float = 0.0) -> Plane:
    """A repeating garden of corals, sponges and stones."""
    tall = size * 1.25

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(count):
            x = (period / 2 + clear + (period - 2 * clear) * (i + rng.random()) / count) % period
            pigment, kind, s = CORAL[int(rng.integers(len(CORAL)))], int(rng.integers(4)), size * rng.uniform(0.5, 1.0)
            (_branches, _fan, _sponge, _brain)[kind](painter, rng, x, tall, s, pigment)

    return Plane(
        (-period / 2, tall, z),
        period,
        tall + 0.03,
        paint,
        repeat=True,
        sway=0.02,
        mirrored=False,
        detail=0.75,
        soft=max(0.0, -1.5 - z) * 0.005,
    )


def _branches(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, pigment: Colour) -> None:
    for k in range(7):
        lean = (k - 3) * 0.2 + rng.uniform(-0.05, 0.05)
        tip = (x + lean * size * 1.3, foot - size * rng.uniform(0.7, 1.1))
        arm = limb(
            [(x, foot), (x + lean * size * 0.7, foot - size * 0.45), tip],
            [size * 0.07, size * 0.055, size * 0.04],
            tip=1.0,
        )
        painter.body(arm, mix(pigment, (255, 255, 255), 0.06 * k), size * 0.06)
        painter.patch(disc(*tip, size * 0.045), lighter(pigment, 0.5))


def _fan(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, pigment: Colour) -> None:
    outline = crown_outline(rng, x, foot - size * 0.55, size * 0.62, size * 0.52, 11)
    veins = skia.Path()
    for k in range(9):
        veins.moveTo(x, foot)
        veins.quadTo(x + (k - 4) * size * 0.06, foot - size * 0.5, x + (k - 4) * size * 0.15, foot - size * 1.0)
    painter.body(
        outline, pigment, size * 0.2, detail=lambda: painter.line(veins, darker(pigment, 0.3), size * 0.02, 0.7)
    )


def _sponge(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, pigment: Colour) -> None:
    for k, high in enumerate(rng.uniform(0.5, 1.0, 4)):
        left = x + (k - 1.5) * size * 0.24
        tube = limb([(left, foot), (left + size * 0.02, foot - size * high)], [size * 0.09, size * 0.12], tip=0.15)
        painter.body(tube, pigment, size * 0.1)
        painter.patch(
            smooth(
                [
                    (left - size * 0.08, foot - size * high),
                    (left, foot - size * high - size * 0.035),
                    (left + size * 0.1, foot - size * high),
                    (left, foot - size * high + size * 0.035),
                ]
            ),
            darker(pigment, 0.55),
        )


def _brain(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, pigment: Colour) -> None:
    outline = crown_outline(rng, x, foot - size * 0.22, size * 0.5, size * 0.34, 9)
    grooves = [
        smooth(
            [
                (x - size * 0.45, foot - size * (0.1 + 0.12 * k)),
                (x - size * 0.1, foot - size * (0.18 + 0.12 * k)),
                (x + size * 0.2, foot - size * (0.08 + 0.12 * k)),
                (x + size * 0.45, foot - size * (0.14 + 0.12 * k)),
            ],
            closed=False,
        )
        for k in range(4)
    ]
    painter.body(
        outline,
        pigment,
        size * 0.2,
        detail=lambda: painter.line(together(grooves), darker(pigment, 0.3), size * 0.025, 0.7),
    )


def kelp(z: float, period: float, count: int, heights: tuple[float, float], clear: float) -> Plane:
    """A repeating stand of kelp that sways."""
    tall = heights[1]

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(count):
            x = (period / 2 + clear + (period - 2 * clear) * (i + rng.random()) / count) % period
            high, phase = rng.uniform(*heights), rng.uniform(0, 6)
            spine = [(x + 0.2 * math.sin(phase + k * 0.9), tall - high * k / 11) for k in range(12)]
            pigment = mix(KELP, (150, 150, 70), rng.uniform(0, 0.6))
            painter.line(spine, darker(pigment, 0.3), 0.05)
            for k in range(1, 12):
                (px, py), side = spine[k], 1 if k % 2 else -1
                leaf = smooth(
                    [
                        (px, py + 0.05),
                        (px + side * 0.3, py - 0.34),
                        (px + side * 0.85, py - 0.5),
                        (px + side * 0.5, py - 0.02),
                    ]
                )
                painter.body(leaf, mix(pigment, lighter(pigment, 0.3), k / 11), 0.09, form=0.6)

    return Plane((-period / 2, tall, z), period, tall + 0.05, paint, repeat=True, sway=0.22, detail=0.7)


def shoal(z: float, heading: int, size: float) -> Plane:
    """A shoal of small fish that passes by, again and again."""
    period = 26.0

    def fish(painter: Painter) -> None:
        body = smooth(
            [(0.4, -0.5), (0.15, -0.64), (-0.2, -0.56), (-0.42, -0.7), (-0.4, -0.3), (-0.2, -0.44), (0.15, -0.36)]
        )
        painter.body(body, (250, 196, 84), 0.1)
        painter.patch(polygon([(0.12, -0.62), (0.0, -0.6), (0.02, -0.4), (0.13, -0.38)]), (250, 250, 255))
        painter.patch(disc(0.27, -0.52, 0.03), (30, 30, 50))

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(18):
            x, y = 9 + rng.normal(0, 2.6), 2.2 + rng.normal(0, 0.75)
            painter.stamp(
                "shoal fish",
                x,
                y,
                0.5,
                fish,
                scale=size * rng.uniform(0.5, 0.9),
                flip=heading < 0,
                degrees=rng.uniform(-7, 7),
            )

    return Plane(
        (-period / 2, 5.2 + z * 0.06, z),
        period,
        4.5,
        paint,
        repeat=True,
        detail=0.8,
        shift=lambda t: (heading * 0.9 * t, 0.15 * math.sin(t * 1.3), 0),
    )


def bubbles(z: float) -> Plane:
    """Strings of bubbles that rise and wobble."""
    wide, high = 12.0, 6.0

    def live(painter: Painter, t: float) -> None:
        for i in range(16):
            rise = (t * (0.5 + 0.25 * ((i * 0.618) % 1)) + i * 0.83) % high
            x = (i * 0.618 * wide) % wide + 0.08 * math.sin(t * 3 + i)
            radius = 0.022 + 0.035 * ((i * 0.37) % 1)
            painter.patch(disc(x, high - rise, radius), (226, 250, 255), 0.35)
            painter.line(disc(x, high - rise, radius), (240, 255, 255), 0.010, 0.8)
            painter.patch(disc(x - radius * 0.35, high - rise - radius * 0.35, radius * 0.25), (255, 255, 255))

    return Plane((-wide / 2, high, z), wide, high, lambda painter, rng: None, live=live, detail=0.05, mirrored=False)
