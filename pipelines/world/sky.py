"""The sky as a far plane: gradient, stars, sun or moon, clouds."""

import numpy as np
import skia

from pipelines.world.geometry import box, disc, smooth, together
from pipelines.world.light import Light
from pipelines.world.place import Plane
from pipelines.world.styles.painter import Painter

DISTANCE = 1500.0  # metres


def sky(light: Light, aspect: float) -> Plane:
    """A plane that fills everything above the horizon, and a little below it."""
    height = DISTANCE * 0.95  # enough for the widest lens used
    width = height * max(1.6, aspect * 2.0)
    view = DISTANCE * 0.8 * max(aspect, 0.5625)  # what a frame shows of the width

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        with painter.shining():
            painter.blend(box(0, 0, width, height * 1.1), (0, height * 0.32), (0, height), light.sky)
            if light.stars:
                _stars(painter, width, height, rng)
            with painter.moved(0, height * 0.42):
                painter.clouds(width, height * 0.58, rng)
            if light.sun:
                _sun(painter, width / 2 + (light.sun[0] - 0.5) * view, height * (0.42 + 0.58 * light.sun[1]), view)

    return Plane((-width / 2, height, DISTANCE), width, height * 1.06, paint, haze=False)


def _stars(painter: Painter, width: float, height: float, rng: np.random.Generator) -> None:
    for size, count in ((0.7, 420), (1.3, 110), (2.2, 22)):
        stars = [disc(rng.uniform(0, width), rng.uniform(0, height * 0.9), size) for _ in range(count)]
        painter.patch(together(stars), (236, 240, 255), painter.light.stars * (0.5 + 0.2 * size))


def _sun(painter: Painter, x: float, y: float, view: float) -> None:
    light, radius = painter.light, painter.light.sun_size * view
    if light.moon:
        painter.glow(x, y, radius * 4.2, (150, 176, 240), 0.6)
        painter.body(disc(x, y, radius), light.sun_colour, radius, rim=0, form=0.2)
        for dx, dy, r in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.35, -0.35, 0.11), (-0.15, 0.45, 0.1)):
            painter.patch(disc(x + dx * radius, y + dy * radius, r * radius), (206, 212, 232), 0.8)
        return
    painter.glow(x, y, radius * 11, light.key, 0.85)
    painter.glow(x, y, radius * 3.2, (255, 240, 200), 0.9)
    painter.patch(disc(x, y, radius), light.sun_colour)


def mist(light: Light, z: float, height: float = 7.0, strength: float = 0.55) -> Plane:
    """Air that catches the light over the ground, at a depth: what lies behind it pales towards the haze."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        if not painter.airy:
            return
        haze = light.haze
        with painter.shining():
            painter.blend(
                box(-1, 0, 52, height),
                (0, 0),
                (0, height),
                ((0, haze, 0), (0.6, haze, strength), (0.85, haze, strength), (1, haze, 0)),
            )

    return Plane((-25, height * 0.72, z), 50, height, paint, repeat=True, detail=0.1, haze=False, mirrored=False)


def ridge(
    rng: np.random.Generator, width: float, height: float, top: float, peaks: int, sharp: float = 0.0
) -> skia.Path:
    """A skyline across a plane that repeats: hills (sharp 0) to mountains (sharp 1), down to the plane's foot."""
    xs = np.linspace(-width, 2 * width, 3 * peaks + 1)
    heights = rng.uniform(0.15, 1.0, peaks)
    if sharp:
        heights[::2] *= 1 - 0.75 * sharp
    points = [(float(x), float(height - top * heights[i % peaks])) for i, x in enumerate(xs)]
    path = smooth(points, closed=False, tension=6 + 16 * sharp)
    path.lineTo(2 * width, height)
    path.lineTo(-width, height)
    path.close()
    return path
