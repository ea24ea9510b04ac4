"""An alpine meadow: snowy peaks, a lake that mirrors them, firs, boulders, flowers."""

import numpy as np

from pipelines.world.geometry import mix, oval, smooth
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.places.meadow import WILD_FLOWERS, grass_row, ground, row_depths
from pipelines.world.scenery.buildings import cottage
from pipelines.world.scenery.conditions import darker, lighter, snowy
from pipelines.world.scenery.grounds import drift, snow_ground, stretch
from pipelines.world.scenery.peaks import hills, peaks
from pipelines.world.scenery.trees import pine_row
from pipelines.world.scenery.undergrowth import grass_of, stones
from pipelines.world.scenery.water import sea_colour
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter

LAKE = (24.0, 84.0)  # metres: depths between which the lake lies


@place("mountains", surface="grass", ambiences=("wind", "birdsong", "stream"), night_ambiences=("wind", "crickets"))
def mountains(site: Site) -> Layout:
    grass = grass_of(site)
    rows = (
        []
        if snowy(site)
        else [
            grass_row(z, grass, WILD_FLOWERS, 0.4, stagger=gap * site.eye / (z - site.nearest))
            for z, gap in row_depths(site.nearest + 2.5, 13.0)
        ]
    )
    front = [drift(site, z, (232, 239, 250), h, 20, 6) for z, h in ((13.0, 0.7), (5.0, 0.3))] if snowy(site) else []
    planes = (
        sky(site.light, site.aspect),
        peaks(1150, 1400, 420, 7, (132, 142, 176), 0.62),
        peaks(620, 760, 170, 7, (112, 124, 150), 0.42),
        hills(300, 420, 40, 6, mix(grass, (70, 116, 120), 0.5)),
        pine_row(site, 120, 120, (9, 15), 2.8, 0.9),
        mist(site.light, 88.0, 10.0, 0.5),
        lake(site),
        hut(site),
        pine_row(site, 22.5, 34, (6.0, 9.5), 5.6, 0.8),
        stones(site, 16.0, 14, 1.3, 5),
        *front,
        stones(site, 7.0, 11, 0.6, 4, clear=3.0),
        *rows,
    )
    return Layout(planes, Floor(snow_ground() if snowy(site) else ground(grass, 0.3), 6.0))


def lake(site: Site) -> Plane:
    """The lake, with the peaks' pale mirror image across it."""
    water = mix(sea_colour(site), (60, 140, 160), 0.4)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        left, right = site.left - 120, site.right + 120
        xs = np.arange(left, right, 5.0)
        near = [(float(x), -LAKE[0] - 2.0 + 1.2 * np.sin(x * 0.2)) for x in xs]
        shape = smooth([*near, (right, -LAKE[1]), (left, -LAKE[1])], tension=8)
        painter.line(shape, lighter((170, 160, 140), 0.3), 0.9)
        painter.blend(
            shape,
            (0, -LAKE[1]),
            (0, -LAKE[0]),
            ((0, mix(water, site.light.sky[-1][1], 0.65)), (0.4, lighter(water, 0.2)), (1, darker(water, 0.2))),
        )
        with painter.clipped(shape):
            for _ in range(26):
                x, high = rng.uniform(left, right), rng.uniform(14, 40)
                image = smooth([(x - 9, -LAKE[1]), (x, -LAKE[1] + high), (x + 10, -LAKE[1])], tension=14)
                painter.patch(image, mix(water, (200, 212, 232), 0.5), 0.28)
            for _ in range(150):
                painter.patch(
                    oval(rng.uniform(left, right), -rng.uniform(*LAKE), rng.uniform(0.6, 3), 0.07),
                    lighter(water, 0.7),
                    0.5,
                )

    return stretch(site, LAKE[0] - 1.0, LAKE[1], paint, 0.6)


def hut(site: Site) -> Plane:
    """A wooden hut on the near shore."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        cottage(painter, rng, 9.6, 5.0, 5.0, 4.4, site, timbered=False)

    return Plane((-14.0, 5.0, 20.0), 44, 5.05, paint, repeat=True, detail=0.9)
