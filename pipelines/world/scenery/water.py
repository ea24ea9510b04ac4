"""Water: the surface from above, waves across the view, foam."""

import math

import numpy as np
import skia

from pipelines.storyboard import Time, Weather
from pipelines.world.geometry import Colour, Point3, box, mix, oval, together
from pipelines.world.place import Floor, Paint, Plane, Site
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.scenery.grounds import scattered
from pipelines.world.styles.painter import Painter

SEA: dict[Time, Colour] = {
    Time.DAWN: (72, 132, 168),
    Time.DAY: (34, 132, 168),
    Time.SUNSET: (74, 106, 158),
    Time.NIGHT: (40, 92, 142),
}


def sea_colour(site: Site) -> Colour:
    """Pigment of open water at the site's hour and weather."""
    grey = {Weather.STORM: 0.6, Weather.RAIN: 0.45, Weather.FOG: 0.35, Weather.SNOW: 0.35}.get(site.weather, 0.0)
    return mix(SEA[site.time], (86, 102, 118), grey)


def water_surface(pigment: Colour, period: float = 8.0) -> Paint:
    """Rippling water from above."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, period + 2, period + 2), pigment)
        for colour, count, alpha in (
            (darker(pigment, 0.3), 130, 0.4),
            (lighter(pigment, 0.4), 110, 0.4),
            (lighter(pigment, 0.8), 36, 0.5),
        ):
            marks = [
                oval(x, y, period * (0.02 + 0.035 * (i * 0.618 % 1)), period * 0.0045)
                for i, x, y in scattered(rng, count, period)
            ]
            painter.patch(together(marks), colour, alpha)

    return paint


def water_floor(site: Site, mirror: float = 0.5, ripple: float = 0.012) -> Floor:
    """Open water to the horizon, mirroring what stands in it."""
    rough = {Weather.STORM: 0.5, Weather.WIND: 0.75, Weather.RAIN: 0.7}.get(site.weather, 1.0)
    return Floor(water_surface(sea_colour(site)), 8.0, mirror=mirror * rough, ripple=ripple)


def wave_row(site: Site, z: float, height: float, drop: float, alpha: float = 1.0, period: float = 12.0) -> Plane:
    """A row of waves across the view that rolls and heaves: crests `height` metres high over water `drop` deep."""
    pigment, phase = sea_colour(site), z * 1.9
    pace = (0.35 + 0.05 * math.sin(phase)) * (1 if math.sin(z * 5.1) > 0 else -1)
    swell = height * 0.3

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        with painter.clipped(box(0, -1, period, height + drop + 2)):  # translucent: copies must not overlap
            paint_waves(painter, rng)

    def paint_waves(painter: Painter, rng: np.random.Generator) -> None:
        crest = _crest(rng, period, height)
        body = skia.Path(crest)
        body.lineTo(period + 1, height + drop)
        body.lineTo(-1, height + drop)
        body.close()
        light = lighter(pigment, 0.30)
        painter.blend(
            body,
            (0, 0),
            (0, height + drop),
            ((0, light, alpha), (height / (height + drop), pigment, alpha * 0.75), (1, darker(pigment, 0.15), 0.0)),
        )
        painter.line(crest, lighter(pigment, 0.75), height * 0.10, 0.65 * alpha)
        for _ in range(7):
            x, y = rng.uniform(0, period), height * rng.uniform(0.5, 1.0)
            painter.line(
                [(x - 0.3, y), (x, y - height * 0.08), (x + 0.35, y + 0.01)],
                lighter(pigment, 0.6),
                height * 0.05,
                0.4 * alpha,
            )

    def shift(t: float) -> Point3:
        return pace * t, swell * math.sin(t * 1.1 + phase), 0.0

    return Plane(
        (-period / 2 + (z * 2.7) % 4, height * 0.6, z),
        period,
        height + drop,
        paint,
        repeat=True,
        shift=shift,
        mirrored=False,
        detail=0.8,
    )


def _crest(rng: np.random.Generator, period: float, height: float) -> skia.Path:
    """The outline of a row of waves: broad troughs, narrower crests; repeats with the period."""
    phases = rng.uniform(0, math.tau, 3)
    path = skia.Path()
    for i in range(97):
        x = -1 + (period + 2) * i / 96
        turn = math.tau * x / period
        wave = (
            0.55 * math.sin(3 * turn + phases[0])
            + 0.3 * math.sin(5 * turn + phases[1])
            + 0.15 * math.sin(11 * turn + phases[2])
        )
        y = height * (0.5 - 0.45 * (1 - 2 * abs(math.sin(wave * 1.2 + 0.4)) ** 0.8))
        path.lineTo(x, y) if i else path.moveTo(x, y)
    return path
