"""Trees and bushes through the seasons."""

import math
from collections.abc import Callable

import numpy as np
import skia

from pipelines.storyboard import Season
from pipelines.world.geometry import Colour, disc, limb, mix, oval, smooth, together
from pipelines.world.place import Plane, Site
from pipelines.world.scenery.conditions import BLOSSOMS, LEAVES, SNOW, darker, lighter, one_of, snowy
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

BARK: Colour = (96, 70, 58)
FAR = 34.0  # metres: trees from there on are copies of a few


def crown_outline(rng: np.random.Generator, x: float, y: float, rx: float, ry: float, lobes: int = 9) -> skia.Path:
    """A lobed closed outline round an ellipse: foliage, clouds, coral."""
    points, start = [], rng.uniform(0, math.tau)
    for i in range(lobes):
        reach = rng.uniform(0.94, 1.08)
        for turn, share in ((-0.5, 0.86), (-0.22, 1.0), (0.22, 1.0)):
            angle = start + math.tau * (i + turn) / lobes
            points.append((x + math.cos(angle) * rx * share * reach, y + math.sin(angle) * ry * share * reach))
    return smooth(points)


def foliage(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    y: float,
    rx: float,
    ry: float,
    leaves: Colour,
    blossoms: tuple[Colour, ...] = (),
    snow: bool = False,
) -> None:
    """Paints a crown: a modelled mass, lighter clumps towards the light, flecks of single leaves."""
    light_x, light_y = painter.light.key_towards
    painter.body(crown_outline(rng, x, y, rx, ry), darker(leaves, 0.22), min(rx, ry) * 0.6, rim=0.5, form=0.8)
    for depth in range(4):
        k = 0.18 + 0.13 * depth
        cx = x + (light_x * k * 0.8 + rng.uniform(-0.42, 0.42)) * rx
        cy = y + (light_y * k * 0.7 + rng.uniform(-0.3, 0.36)) * ry
        size = rng.uniform(0.34, 0.5)
        clump = crown_outline(rng, cx, cy, rx * size, ry * size, 7)
        pigment = lighter(leaves, 0.05 * depth)
        wash(
            painter,
            clump,
            (cx + light_x * rx * size, cy + light_y * ry * size),
            (cx - light_x * rx * size, cy - light_y * ry * size),
            ((0, lighter(pigment, 0.22), 0.9), (0.55, pigment, 0.75), (1, darker(leaves, 0.2), 0.1)),
        )
    _flecks(painter, rng, x, y, rx, ry, lighter(leaves, 0.3), 34)
    _flecks(painter, rng, x, y, rx, ry, darker(leaves, 0.4), 22)
    for pigment in blossoms:
        _flecks(painter, rng, x, y, rx, ry, pigment, 44, 1.4)
    if snow:
        for _ in range(7):
            angle = rng.uniform(math.pi * 1.1, math.pi * 1.9)
            cap = crown_outline(
                rng, x + math.cos(angle) * rx * 0.72, y + math.sin(angle) * ry * 0.78, rx * 0.3, ry * 0.14, 6
            )
            painter.patch(cap, SNOW, 0.95)


def _flecks(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    y: float,
    rx: float,
    ry: float,
    pigment: Colour,
    count: int,
    scale: float = 1.0,
) -> None:
    size = min(rx, ry) * 0.045 * scale
    marks = []
    for _ in range(count):
        angle, reach = rng.uniform(0, math.tau), math.sqrt(rng.random()) * 1.02
        px, py = x + math.cos(angle) * rx * reach, y + math.sin(angle) * ry * reach
        marks.append(oval(px, py, size * rng.uniform(0.8, 1.7), size * rng.uniform(0.6, 1.1)))
    painter.patch(together(marks), pigment, 0.85)


def trunk(painter: Painter, x: float, foot: float, height: float, width: float, bark: Colour = BARK) -> None:
    """Paints a trunk that widens at its foot."""
    points = [
        (x, foot - height),
        (x + width * 0.15, foot - height * 0.5),
        (x, foot - height * 0.08),
        (x, foot + width * 0.2),
    ]
    painter.body(
        limb(points, [width * 0.3, width * 0.38, width * 0.55, width * 0.95], tip=0.2, butt=0.3), bark, width * 0.5
    )


def broadleaf(painter: Painter, rng: np.random.Generator, x: float, foot: float, height: float, site: Site) -> None:
    """Paints a deciduous tree: green, blossoming, turning or bare as the season asks."""
    if site.season == Season.WINTER:
        bare_tree(painter, rng, x, foot, height, snowy(site))
        return
    leaves = one_of(rng, LEAVES[site.season])
    leaves = mix(leaves, one_of(rng, LEAVES[site.season]), 0.4)
    blossoms = BLOSSOMS if site.season == Season.SPRING and rng.random() < 0.55 else ()
    if blossoms:
        leaves = mix(leaves, BLOSSOMS[2], 0.62)
    trunk(painter, x, foot, height * 0.55, height * 0.07)
    painter.line([(x, foot - height * 0.38), (x + height * 0.12, foot - height * 0.52)], BARK, height * 0.022)
    painter.line([(x, foot - height * 0.33), (x - height * 0.13, foot - height * 0.5)], BARK, height * 0.022)
    foliage(painter, rng, x, foot - height * 0.66, height * 0.33, height * 0.34, leaves, blossoms, snowy(site))


def bare_tree(painter: Painter, rng: np.random.Generator, x: float, foot: float, height: float, snow: bool) -> None:
    """Paints a tree without leaves, snow along its branches if there is any."""
    trunk(painter, x, foot, height * 0.45, height * 0.06, (88, 72, 70))
    branches: list[list[tuple[float, float]]] = []
    _branch(rng, x, foot - height * 0.3, -math.pi / 2, height * 0.3, 4, branches)
    for depth in range(4, 0, -1):
        path = skia.Path()
        for _, *points in (b for b in branches if b[0] == depth):
            path.moveTo(*points[0])
            path.quadTo(*points[1], *points[2])
        painter.line(path, (88, 72, 70), height * 0.008 * depth * 0.8 + height * 0.002)
        if snow:
            with painter.moved(-height * 0.003, -height * 0.006 * depth * 0.6):
                painter.line(path, SNOW, height * 0.003 * depth + height * 0.002, 0.9)


def _branch(rng: np.random.Generator, x: float, y: float, angle: float, length: float, depth: int, out: list) -> None:
    end = (x + math.cos(angle) * length, y + math.sin(angle) * length)
    bend = rng.uniform(-0.12, 0.12) * length
    out.append((depth, (x, y), ((x + end[0]) / 2 + bend, (y + end[1]) / 2), end))
    if depth > 1:
        for turn in (-0.55, 0.05, 0.55) if depth > 2 else (-0.45, 0.45):
            _branch(rng, *end, angle + turn + rng.uniform(-0.2, 0.2), length * rng.uniform(0.58, 0.74), depth - 1, out)


def pine(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    height: float,
    snow: bool,
    leaves: Colour = (46, 94, 78),
) -> None:
    """Paints a fir of drooping tiers."""
    painter.patch(limb([(x, foot - height * 0.3), (x, foot)], [height * 0.014, height * 0.026], tip=0), BARK)
    tiers = 6
    for tier in range(tiers):
        k = tier / (tiers - 1)
        half, low, top = (
            height * (0.235 - 0.165 * k),
            foot - height * (0.10 + 0.70 * k),
            foot - height * (0.38 + 0.63 * k),
        )
        points = _tier(rng, x, half, low, top)
        pigment = mix(darker(leaves, 0.3), lighter(leaves, 0.12), k)
        painter.body(smooth(points, tension=11), pigment, half * 0.4, rim=0.6, form=0.75)
        if snow:
            cap = _tier(rng, x, half * 0.82, low - height * 0.035, top)
            painter.patch(smooth(cap, tension=11), SNOW, 0.92)


def _tier(rng: np.random.Generator, x: float, half: float, low: float, top: float) -> list[tuple[float, float]]:
    fringe, points = 5, [(x, top)]
    for i in range(fringe + 1):
        px = x + half * (1 - 2 * i / fringe)
        sag = (abs(px - x) / half) ** 1.5 * (low - top) * 0.16
        points.append((px, low + sag * 0.6 + rng.uniform(-0.02, 0.02) * half))
        if i < fringe:
            points.append((px - half / fringe, low - (low - top) * 0.10 + sag * 0.4))
    return points


def palm(painter: Painter, rng: np.random.Generator, x: float, foot: float, height: float, lean: float) -> None:
    """Paints a palm: a ringed leaning trunk and arching fronds."""
    top = (x + lean, foot - height)
    spine = [(x, foot), (x + lean * 0.2, foot - height * 0.4), (x + lean * 0.6, foot - height * 0.78), top]
    width = height * 0.03
    stem = limb(spine, [width * 1.3, width, width * 0.85, width * 0.7], tip=0.4, butt=0.8)
    rings = skia.Path()
    for i in range(14):
        k = i / 14
        cx = x + lean * k * k * 1.0
        rings.moveTo(cx - width, foot - height * k)
        rings.quadTo(cx, foot - height * k + width * 0.5, cx + width, foot - height * k)
    painter.body(stem, (150, 112, 84), width, detail=lambda: painter.texture(rings, (98, 70, 60), width * 0.16, 0.7))
    for i, angle in enumerate((200, 340, 165, 15, 230, 310, 260, 285, 140, 40)):
        turn, long = math.radians(angle + rng.uniform(-8, 8)), height * rng.uniform(0.4, 0.5)
        painter.body(
            _frond(top, turn, long), mix((50, 116, 76), (116, 164, 84), (i % 5) / 5), long * 0.08, rim=0.8, form=0.7
        )
    for dx, dy in ((-0.03, 0.02), (0.03, 0.025), (0.0, 0.045)):
        painter.body(disc(top[0] + dx * height, top[1] + dy * height, height * 0.022), (120, 78, 50), height * 0.02)


def _frond(root: tuple[float, float], angle: float, length: float) -> skia.Path:
    """A palm leaf with a toothed lower edge, sagging under its weight."""

    def spine(k: float) -> tuple[float, float]:
        return (
            root[0] + math.cos(angle) * length * k,
            root[1] + math.sin(angle) * length * k * (1 - 0.45 * k) + length * 0.62 * k * k,
        )

    upper, lower, teeth = [], [], 9
    for i in range(teeth + 1):
        k = i / teeth
        px, py = spine(k)
        wide = length * 0.085 * math.sin(math.pi * min(1, 0.12 + k * 0.88)) + 0.002
        upper.append((px, py - wide * 0.5))
        lower.append((px + math.cos(angle) * wide * 0.4, py + wide * 2.0))
        if i < teeth:
            qx, qy = spine(k + 0.5 / teeth)
            lower.append((qx, qy + wide * 0.5))
    return smooth(upper + lower[::-1], tension=9)


def bush(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    size: float,
    leaves: Colour,
    snow: bool = False,
    blossoms: tuple[Colour, ...] = (),
) -> None:
    """Paints a low bush, wider than high."""
    foliage(painter, rng, x, foot - size * 0.42, size * 0.75, size * 0.52, leaves, blossoms, snow)


def _stamped(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    height: float,
    name: str,
    paint: Callable[[Painter, np.random.Generator], None],
) -> None:
    """Paints one of four far trees, each painted once 1 m high and then copied."""
    number = int(rng.integers(4))
    painter.stamp(
        f"{name} {number}",
        x,
        foot,
        0.53,
        lambda p: paint(p, np.random.default_rng(70 + number)),
        scale=height,
        flip=bool(rng.integers(2)),
    )


def broadleaf_row(
    site: Site,
    z: float,
    period: float,
    heights: tuple[float, float],
    spacing: float,
    detail: float = 0.7,
    x: float = 0.0,
) -> Plane:
    """A repeating row of deciduous trees with bushes between them."""
    tall = heights[1] * 1.06

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        count = max(1, round(period / spacing))
        for i in range(count):
            at, height = (i + 0.5 + rng.uniform(-0.3, 0.3)) * period / count, rng.uniform(*heights)
            if z > FAR:
                _stamped(painter, rng, at, tall, height, "broadleaf", lambda p, k: broadleaf(p, k, 0, 0, 1.0, site))
                continue
            broadleaf(painter, rng, at, tall - 0.05, height, site)
            if rng.random() < 0.7:
                leaves = one_of(rng, LEAVES[site.season])
                bush(
                    painter,
                    rng,
                    at + spacing * rng.uniform(0.3, 0.5),
                    tall,
                    heights[0] * rng.uniform(0.12, 0.2),
                    leaves,
                    snowy(site),
                )

    return Plane((x - period / 2, tall, z), period, tall + 0.1, paint, repeat=True, detail=detail, sway=0.05)


def pine_row(
    site: Site,
    z: float,
    period: float,
    heights: tuple[float, float],
    spacing: float,
    detail: float = 0.7,
    leaves: Colour = (46, 94, 78),
) -> Plane:
    """A repeating row of firs."""
    tall = heights[1] * 1.06

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        count = max(1, round(period / spacing))
        for i in range(count):
            at, height = (i + 0.5 + rng.uniform(-0.35, 0.35)) * period / count, rng.uniform(*heights)
            if z > FAR:
                _stamped(
                    painter, rng, at, tall, height, "pine", lambda p, k: pine(p, k, 0, 0, 1.0, snowy(site), leaves)
                )
                continue
            pine(painter, rng, at, tall - 0.05, height, snowy(site), mix(leaves, (70, 120, 80), rng.uniform(0, 0.5)))

    return Plane(
        (-period / 2 + (z * 1.7) % 3, tall, z), period, tall + 0.1, paint, repeat=True, detail=detail, sway=0.03
    )
