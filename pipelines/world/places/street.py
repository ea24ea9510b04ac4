"""A shopping street: crossroads of narrow lanes that run away from the camera; neon and mirrors in a rainy night."""

import math

import numpy as np

from pipelines.world.geometry import Colour, box, mix
from pipelines.world.place import Layout, Plane, Site, place
from pipelines.world.scenery.buildings import fronts, skyline
from pipelines.world.scenery.conditions import LAMPLIGHT, SNOW, darker, lamps_lit, lit_share, snowy, street_floor
from pipelines.world.scenery.foreground import FOCAL
from pipelines.world.scenery.furniture import lantern_line, street_lamp
from pipelines.world.scenery.grounds import asphalt, light_pool, snow_ground, stretch
from pipelines.world.scenery.lettering import NEON, SHOP_WORDS, neon_sign, word_size
from pipelines.world.scenery.shops import is_bright
from pipelines.world.sky import sky
from pipelines.world.styles.painter import Painter

HALF = 2.75  # metres: half the width of a lane
CORNER = 2.8  # metres: depth of the corners
NARROW, WIDE = 16.0, 32.0  # metres from lane to lane: for a camera that stays, and for one that travels
TRAVEL = 22.0  # metres seen in all, from which on the camera travels
MIDDLE, END = 10.5, 34.0  # metres: depths where the walls are cut and where they end


@place(
    "street",
    surface="asphalt",
    ambiences=("city",),
    night_ambiences=("city",),
    room="street",
    motes=False,
    lamps=(255, 190, 190),
)
def street(site: Site) -> Layout:
    block = _block(site)
    planes = [
        sky(site.light, site.aspect),
        skyline(site, 120, 120, (24, 62), (9, 18), (92, 88, 132), 2.2, 0.9),
        skyline(site, 52, 60, (12, 24), (5, 9), (104, 84, 118), 1.15, 0.8),
        crossing(site),
    ]
    if max(-site.left, site.right) * (CORNER - site.nearest) / -site.nearest > HALF:
        planes.append(corners(site))
    for lane in _lanes_seen(site, block):
        planes += lane_planes(site, lane * block, lane)
    ground = snow_ground() if snowy(site) else asphalt((92, 90, 104))
    return Layout(tuple(planes), street_floor(site, ground, 6.0))


def lane_planes(site: Site, x: float, lane: int) -> list[Plane]:
    """The walls, signs, lanterns and lamps of one lane."""
    planes = []
    for side in (-1, 1):
        planes += [
            wall(site, x + side * HALF, side, CORNER, MIDDLE, 0.5, 2 * lane + side),
            wall(site, x + side * HALF, side, MIDDLE, END, 0.85, 5 * lane + 3 * side),
        ]
        planes += [sign(site, x, side, z, lane) for z in ((5.2, 12.2, 19.0) if side < 0 else (8.4, 15.4, 23.5))]
        planes += [lamp(site, x, side, z) for z in ((9.5,) if side < 0 else (6.6, 17.0))]
    planes += [lanterns(site, x, z) for z in (7.6, 13.4, 20.5)]
    if lamps_lit(site):
        planes.append(neon_air(x))
        planes += [light_pool(x + dx, z, 2.2, LAMPLIGHT, 0.5) for dx, z in ((-2.0, 9.5), (2.0, 6.6))]
        planes += [
            light_pool(x + dx, z, 2.4, colour, 0.4) for dx, z, colour in ((-1.8, 5.2, NEON[0]), (1.6, 4.6, NEON[1]))
        ]
    return planes


def wall(site: Site, x: float, side: int, near: float, far: float, detail: float, first: int) -> Plane:
    """House fronts along a lane, in perspective."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(0, 3, far - near, 12), (120, 96, 104))
        fronts(painter, rng, 0, 12.5, far - near, (9.5, 12.3), site, first)
        painter.blend(box(0, 0, far - near, 12.5), (0, 5), (0, 12.5), ((0, (30, 18, 60), 0.0), (1, (30, 18, 60), 0.18)))

    if side > 0:  # seen from the left: what reads from left to right runs towards the camera
        return Plane((x, 12.5, far), far - near, 12.5, paint, (0, 0, -1), detail=detail)
    return Plane((x, 12.5, near), far - near, 12.5, paint, (0, 0, 1), detail=detail)


def _block(site: Site) -> float:
    """Metres from lane to lane."""
    return NARROW if site.right - site.left < TRAVEL else WIDE


def _lanes_seen(site: Site, block: float) -> range:
    """Numbers of the lanes into which the camera gets to look."""
    half = -site.nearest * site.aspect / FOCAL / 2
    beyond = half * (CORNER - site.nearest) / -site.nearest - half + HALF
    return range(math.ceil((site.left - beyond) / block), math.floor((site.right + beyond) / block) + 1)


def corners(site: Site) -> Plane:
    """The fronts between the lanes: 32 m of them, then again."""
    block = _block(site)
    half = block / 2 - HALF

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for lane in range(round(WIDE / block)):
            for number, x in enumerate((lane * block, (lane + 1) * block - half)):
                fronts(painter, rng, x, 8.4, half, (8.2, 8.4), site, 4 + 2 * lane + 3 * number)

    return Plane((-block / 2, 8.4, CORNER), WIDE, 8.4, paint, repeat=True, detail=0.8)


def sign(site: Site, x: float, side: int, z: float, lane: int) -> Plane:
    """A sign that juts out from a wall: neon when it is dark."""
    number = round(z * 3 + lane * 5)
    word, colour = SHOP_WORDS[number % len(SHOP_WORDS)], NEON[number % len(NEON)]
    wide, tall = word_size(word, 0.5, upright=True)
    wide, tall = wide + 0.5, tall + 0.5
    margin = 1.2

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        neon_sign(painter, word, margin, margin, 0.5, colour, lit_share(site) > 0.2, upright=True)
        bar = margin + wide if side > 0 else margin - 0.25
        painter.patch(box(bar, margin + 0.4, 0.25, 0.07), (40, 36, 52))
        painter.patch(box(bar, margin + tall - 0.5, 0.25, 0.07), (40, 36, 52))

    left = x + side * (HALF - 0.28) - (wide if side > 0 else 0)
    bottom = 3.1 + 0.5 * (number % 3)
    return Plane((left - margin, bottom + tall + margin, z), wide + 2 * margin, tall + 2 * margin, paint)


def lamp(site: Site, x: float, side: int, z: float) -> Plane:
    """A street lamp at the kerb."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        street_lamp(painter, 1.8, 5.6, 4.1, lamps_lit(site), snowy(site))

    return Plane((x + side * (HALF - 0.75) - 1.8, 5.6, z), 3.6, 5.6, paint)


def lanterns(site: Site, x: float, z: float) -> Plane:
    """Paper lanterns across a lane."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        lantern_line(painter, (0.9, 0.9), (2 * HALF + 0.9, 0.7), 0.45, 6, lit_share(site) > 0.15)

    return Plane(
        (x - HALF - 0.9, 5.4 + 0.04 * z, z),
        2 * HALF + 1.8,
        2.6,
        paint,
        shift=lambda t: (0.03 * math.sin(t * 1.7 + z), 0.02 * math.sin(t * 2.3 + z), 0.0),
    )


def neon_air(x: float) -> Plane:
    """The light of all the signs in the air at the end of a lane."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.glow(9, 9, 9, (255, 70, 150), 0.6)
        painter.glow(9, 13, 5, (255, 150, 120), 0.5)
        painter.glow(4, 6, 4, (120, 80, 255), 0.5)
        painter.glow(14, 6, 4, (40, 160, 230), 0.4)

    return Plane((x - 9, 12.0, END - 1), 18, 18, paint, detail=0.2, haze=False)


def crossing(site: Site) -> Plane:
    """Kerbs and a zebra crossing before every lane."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        block = _block(site)
        white: Colour = (214, 208, 206) if not snowy(site) else SNOW
        kerb = (150, 142, 146)
        first, last = math.floor(site.left / block) - 1, math.ceil(site.right / block) + 1
        for lane in range(first, last + 1):
            middle = lane * block
            for stripe in range(7):
                painter.patch(box(middle - 2.2 + stripe * 0.66, -CORNER + 0.25, 0.4, 1.15), white, 0.8)
            left = middle + HALF - 0.55
            painter.patch(box(left, -CORNER - 0.0, block - 2 * HALF + 1.1, 0.5), darker(kerb, 0.15))
            painter.patch(box(left, -CORNER + 0.46, block - 2 * HALF + 1.1, 0.1), mix(kerb, (255, 255, 255), 0.35))
            if is_bright(site):
                for x in np.arange(2.0, block - 2 * HALF, 5.2):
                    painter.glow(left + float(x), -CORNER + 0.5, 2.4, (255, 196, 120), 0.5)

    return stretch(site, 0.0, CORNER + 0.1, paint, 0.5)
