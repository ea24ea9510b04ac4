"""A town park: lawns, a path with benches and lamps, a pond, old trees, towers far behind."""

import numpy as np

from pipelines.world.geometry import box, mix, oval, smooth, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.places.meadow import WILD_FLOWERS, grass_row, ground
from pipelines.world.scenery.buildings import skyline
from pipelines.world.scenery.conditions import LEAVES, darker, lighter, snowy, wet
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.furniture import bench, lamp_row
from pipelines.world.scenery.grounds import snow_ground, stretch
from pipelines.world.scenery.trees import broadleaf_row, bush
from pipelines.world.scenery.undergrowth import flower_bed, grass_of, reeds
from pipelines.world.scenery.water import sea_colour
from pipelines.world.sky import mist, sky
from pipelines.world.styles.painter import Painter

PATH = (1.4, 3.6)  # metres: depths between which the path runs
POND = (15.0, 30.0)


@place("park", surface="grass", ambiences=("birdsong", "wind"), night_ambiences=("crickets",), lamps=(255, 210, 150))
def park(site: Site) -> Layout:
    grass = grass_of(site)
    rows = (
        [] if snowy(site) else [grass_row(z, grass, WILD_FLOWERS, 0.12, 0.16) for z in (site.nearest + 2.0, -1.2, 0.9)]
    )
    planes = (
        sky(site.light, site.aspect),
        skyline(site, 320, 300, (34, 96), (14, 28), (120, 134, 160), 4.5, 0.8),
        broadleaf_row(site, 74, 70, (9, 14), 5.5, 0.8, 3),
        mist(site.light, 50.0, 8.0, 0.5),
        broadleaf_row(site, 40, 46, (8, 11), 9.0, 0.8, 9),
        pond(site),
        reeds(site, 14.6),
        broadleaf_row(site, 12.0, 19.0, (6.5, 7.5), 9.5, 0.8, 0.6),
        hedge(site),
        lamp_row(site, 6.2, 10.0, 3.9, 2.3),
        furniture(site),
        flower_bed(site, 4.2),
        path(site),
        *rows,
        *edges(site, sprigs(*(darker(c, 0.25) for c in LEAVES[site.season]))),
    )
    return Layout(planes, Floor(snow_ground() if snowy(site) else ground(grass, 0.22), 6.0))


def pond(site: Site) -> Plane:
    """A pond that holds the sky, with lilies."""
    water = mix(sea_colour(site), site.light.sky[-1][1], 0.45)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        left, right = site.left - 60, site.right + 60
        xs = np.arange(left, right, 3.0)
        near = [(float(x), -POND[0] - 1.2 + 0.9 * np.sin(x * 0.35)) for x in xs]
        far = [(float(x), -POND[1] + 1.5 + 1.2 * np.sin(x * 0.21 + 1)) for x in xs]
        shape = smooth([*near, *far[::-1]])
        painter.line(shape, mix((120, 110, 90), (255, 255, 255), 0.7 if snowy(site) else 0.0), 0.8)
        painter.blend(
            shape, (0, -POND[1]), (0, -POND[0]), ((0, lighter(water, 0.35)), (0.5, water), (1, darker(water, 0.3)))
        )
        for _ in range(70):
            x, y = rng.uniform(left, right), -rng.uniform(POND[0] + 1.5, POND[1] - 2)
            painter.patch(oval(x, y, rng.uniform(0.4, 1.6), 0.05), lighter(water, 0.6), 0.6)
            if rng.random() < 0.5 and not snowy(site):
                painter.patch(oval(x + 1, y, 0.35, 0.28), (84, 140, 84))

    return stretch(site, POND[0] - 1.0, POND[1], paint, 0.5)


def hedge(site: Site) -> Plane:
    """A clipped hedge with openings."""
    leaf = darker(LEAVES[site.season][0], 0.1)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(26):
            x = 2.6 + i * 0.42
            bush(
                painter,
                rng,
                x,
                1.2,
                0.78 * rng.uniform(0.9, 1.1),
                mix(leaf, LEAVES[site.season][-1], rng.uniform(0, 0.4)),
                snowy(site),
            )

    return Plane((-1.2, 1.15, 8.6), 15, 1.15, paint, repeat=True, detail=0.7, mirrored=False)


def path(site: Site) -> Plane:
    """A gravel path across the view."""
    gravel = (228, 226, 230) if snowy(site) else darker((222, 196, 158), 0.25 if wet(site) else 0.0)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        left, wide = site.left - 40, site.right - site.left + 80
        painter.patch(box(left, -PATH[1], wide, PATH[1] - PATH[0]), darker(gravel, 0.25))
        painter.patch(box(left, -PATH[1] + 0.08, wide, PATH[1] - PATH[0] - 0.16), gravel)
        for pigment in (darker(gravel, 0.3), lighter(gravel, 0.5)):
            xs, ys = rng.uniform(site.left - 8, site.right + 8, 900), rng.uniform(PATH[0] + 0.1, PATH[1] - 0.1, 900)
            marks = [oval(float(x), -float(y), 0.025, 0.018) for x, y in zip(xs, ys, strict=True)]
            painter.patch(together(marks), pigment, 0.6)

    return stretch(site, PATH[0], PATH[1] + 0.1, paint)


def furniture(site: Site) -> Plane:
    """Benches along the path."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        bench(painter, 0.5, 1.05, 1.9, snowy(site))
        bench(painter, 6.2, 1.05, 1.9, snowy(site))

    return Plane((-2.9, 1.05, 5.0), 11, 1.06, paint, repeat=True)
