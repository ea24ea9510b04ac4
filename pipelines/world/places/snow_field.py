"""A snowy valley: firs, cabins with lit windows, mountains; always winter."""

from dataclasses import replace

import numpy as np

from pipelines.storyboard import Season, Time
from pipelines.world.geometry import oval
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.buildings import cottage
from pipelines.world.scenery.conditions import SNOW
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.furniture import fence
from pipelines.world.scenery.grounds import drift, snow_ground
from pipelines.world.scenery.peaks import peaks
from pipelines.world.scenery.trees import pine, pine_row
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter


@place("snow_field", surface="snow", ambiences=("wind",), night_ambiences=("wind",), motes=False, lamps=(255, 206, 150))
def snow_field(site: Site) -> Layout:
    site = replace(site, season=Season.WINTER)
    planes = (
        sky(site.light, site.aspect),
        peaks(760, 900, 190, 8, (132, 146, 178), 0.7),
        peaks(380, 520, 74, 8, (118, 134, 164), 0.55),
        pine_row(site, 110, 90, (8, 14), 2.6, 0.8),
        mist(site.light, 80.0, 9.0, 0.5),
        drift(site, 62, (222, 232, 248), 5.0, 90, 6),
        pine_row(site, 46, 44, (7, 11), 5.0, 0.8),
        drift(site, 34, (226, 234, 248), 2.6, 60, 6),
        cabins(site),
        pine_row(site, 17, 22, (5.5, 7.5), 5.5, 0.8),
        drift(site, 13.5, (230, 237, 250), 1.0, 30, 6),
        near_firs(site),
        fence_row(site),
        drift(site, 4.6, (234, 240, 251), 0.34, 16, 5),
        sparkle(site),
        *edges(site, sprigs((52, 92, 84), (232, 240, 252), (40, 76, 74))),
    )
    return Layout(planes, Floor(snow_ground(), 6.0))


def cabins(site: Site) -> Plane:
    """Log cabins with smoke from their chimneys."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x, wide in ((4.0, 6.4), (22.5, 5.6)):
            for k in range(6):
                painter.tone(
                    x + wide * 0.73 + 0.28 * k * k * 0.3, 5.6 - k * 0.75, 0.35 + 0.18 * k, 0.4, (236, 240, 248), 0.34
                )
            cottage(painter, rng, x, 11.2, wide, wide * 0.92, _cosy(site), timbered=False)

    return Plane((-12.2, 11, 25), 36, 11.1, paint, repeat=True, detail=0.9)


def _cosy(site: Site) -> Site:
    """The same site, its windows lit one step earlier in the evening."""
    return replace(site, time={Time.DAY: Time.SUNSET, Time.SUNSET: Time.NIGHT}.get(site.time, site.time))


def near_firs(site: Site) -> Plane:
    """Two firs at the sides."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        pine(painter, rng, 2.2, 6.4, 6.0, True)
        pine(painter, rng, 13.4, 6.4, 5.2, True)

    return Plane((-5.1, 6.4, 8.0), 15.5, 6.5, paint, repeat=True, sway=0.03, detail=0.8)


def fence_row(site: Site) -> Plane:
    """A wooden fence half under the snow."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        fence(painter, 4.2, 0.9, 6.3, 0.55, (140, 104, 82), True)

    return Plane((-2.9, 0.9, 6.6), 12.5, 0.9, paint, repeat=True, mirrored=False)


def sparkle(site: Site) -> Plane:
    """Humps of fresh snow near the performers, with glitter."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for x in rng.uniform(0, 9, 9):
            wide = rng.uniform(0.3, 0.8)
            painter.body(oval(float(x), 0.3, wide, rng.uniform(0.08, 0.16)), SNOW, 0.1, rim=0.4, form=0.5)

    return Plane((-4.5, 0.28, 2.4), 9, 0.28, paint, repeat=True, mirrored=False, detail=0.7)
