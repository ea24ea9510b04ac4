"""Ground seen from above: tiles for floors, and stretches of other ground laid over them."""

import math
from collections.abc import Iterator

import numpy as np
import skia

from pipelines.world.geometry import Colour, box, disc, mix, oval, smooth, together
from pipelines.world.place import Paint, Plane, Site
from pipelines.world.raster import LINEAR, image, surface
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter, shaded


def scattered(rng: np.random.Generator, count: int, period: float) -> Iterator[tuple[int, float, float]]:
    """(number, x, y) of random points of a tile; each comes with its copies in the neighbouring tiles that reach in."""
    reach = period * 0.17
    for number, (x, y) in enumerate(rng.uniform(0, period, (count, 2)).tolist()):
        for px in (x, x - period, x + period):
            for py in (y, y - period, y + period):
                if -reach < px < period + reach and -reach < py < period + reach:
                    yield number, px, py


def _share(number: int, turn: int = 1) -> float:
    """A share, 0 to 1, that looks random and belongs to a number."""
    return (number * 0.6180339887 * turn) % 1.0


def _speckled(
    painter: Painter,
    rng: np.random.Generator,
    period: float,
    pigment: Colour,
    dark: Colour,
    light: Colour,
    blots: int = 60,
    grains: int = 500,
    grain: float = 0.012,
) -> None:
    """Fills a tile with a pigment, broad soft blots and fine grains."""
    painter.patch(box(-1, -1, period + 2, period + 2), pigment)
    for i, x, y in scattered(rng, blots, period):
        size = period * (0.03 + 0.08 * _share(i))
        painter.tone(x, y, size, size * 0.6, dark if i % 2 else light, 0.35)
    for colour, share in ((dark, 0.5), (light, 0.5)):
        marks = [oval(x, y, grain * 1.5, grain) for _, x, y in scattered(rng, int(grains * share), period)]
        painter.patch(together(marks), colour, 0.5)


def sand(pigment: Colour = (232, 204, 156), ripples: bool = True) -> Paint:
    """Sand with wind ripples, on a tile of 4 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        _speckled(painter, rng, 4.0, pigment, mix(pigment, (150, 104, 84), 0.5), lighter(pigment, 0.5), 70, 700)
        if not ripples:
            return
        for i in range(15):
            y, bend, phase = (i + 0.5) * 4 / 15, rng.uniform(0.03, 0.07), rng.uniform(0, 6)
            points = [(4 * k / 12, y + bend * math.sin(phase + math.tau * k / 6)) for k in range(-2, 15)]
            painter.line(points, mix(pigment, (160, 112, 90), 0.5), 0.03, 0.28)
            painter.line([(x, py - 0.035) for x, py in points], lighter(pigment, 0.6), 0.03, 0.35)

    return paint


def snow_ground() -> Paint:
    """Snow with soft hollows and glitter, on a tile of 6 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        white = (236, 242, 252)
        _speckled(painter, rng, 6.0, white, (186, 204, 236), (255, 255, 255), 90, 260, 0.01)

    return paint


def asphalt(pigment: Colour = (84, 84, 98)) -> Paint:
    """A road's surface with patches and cracks, on a tile of 6 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        _speckled(painter, rng, 6.0, pigment, darker(pigment, 0.5), lighter(pigment, 0.3), 70, 1500, 0.011)
        for _ in range(5):
            x, y = rng.uniform(0.8, 5.2, 2)
            points = [(float(x), float(y))]
            for _ in range(5):
                points.append((points[-1][0] + rng.uniform(-0.3, 0.3), points[-1][1] + rng.uniform(-0.1, 0.3)))
            painter.line(points, darker(pigment, 0.6), 0.02, 0.7)

    return paint


def slabs(pigment: Colour = (166, 158, 152), side: float = 0.8, columns: int = 5) -> Paint:
    """Paving of slabs in broken rows, on a tile of `side` × `columns` metres."""
    period = side * columns

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, period + 2, period + 2), darker(pigment, 0.3))
        for row in range(columns):
            for column in range(columns):
                shade = mix(
                    pigment, lighter(pigment, 0.3) if rng.random() < 0.5 else darker(pigment, 0.3), rng.uniform(0, 0.6)
                )
                left = column * side + (row % 2) * side / 2
                for x in (left, left - period):
                    wash(
                        painter,
                        box(x + 0.008, row * side + 0.008, side - 0.016, side - 0.016, 0.02),
                        (x, row * side),
                        (x + side, row * side + side),
                        ((0, lighter(shade, 0.12)), (1, darker(shade, 0.08))),
                    )
        marks = [oval(x, y, 0.016, 0.011) for _, x, y in scattered(rng, 300, period)]
        painter.patch(together(marks), darker(pigment, 0.5), 0.4)

    return paint


def cobbles(pigment: Colour = (140, 128, 122)) -> Paint:
    """Rounded cobbles in arcs, on a tile of 3 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, 5, 5), darker(pigment, 0.55))
        rows, columns = 15, 12
        for row in range(rows):
            for column in range(columns + 1):
                shade = mix(darker(pigment, 0.2), lighter(pigment, 0.25), rng.random())
                x = (column + 0.5 * (row % 2)) * 3 / columns
                stone = box(x - 0.115, row * 0.2 + 0.012, 0.23, 0.176, 0.06)
                painter.patch(stone, shade)
                painter.tone(x - 0.03, row * 0.2 + 0.07, 0.06, 0.04, lighter(shade, 0.5), 0.4)

    return paint


def boards(pigment: Colour = (176, 112, 66), wide: float = 0.16, along_x: bool = True, period: float = 4.0) -> Paint:
    """Planks of wood, on a tile of `period` metres; they run along x, or towards the camera."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, period + 2, period + 2), darker(pigment, 0.5))
        if not along_x:
            painter.canvas.translate(0, period)
            painter.canvas.rotate(-90)
        rows = round(period / wide)
        for row in range(rows):
            y, gap = row * period / rows, 0.006
            joint = rng.uniform(0, period)
            for start, length in (
                (joint - period, period / 2),
                (joint - period / 2, period / 2),
                (joint, period / 2),
                (joint + period / 2, period / 2),
            ):
                side = 0 if round((start - joint) / (period / 2)) % 2 == 0 else 1
                shade = mix(darker(pigment, 0.22), lighter(pigment, 0.2), ((row * 7 + side * 5) % 11) / 11)
                painter.patch(box(start + gap, y + gap, length - 2 * gap, period / rows - 2 * gap), shade)
            grain = skia.Path()
            for _ in range(3):
                gy = y + rng.uniform(0.15, 0.85) * period / rows
                grain.moveTo(-0.1, gy)
                grain.lineTo(period + 0.1, gy)
            painter.texture(grain, darker(pigment, 0.6), 0.006, 0.22)

    return paint


def tiles(light: Colour = (232, 226, 216), dark: Colour = (196, 186, 178), side: float = 0.5) -> Paint:
    """Chequered tiles, on a tile of 8 × `side` metres."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, -1, 8 * side + 2, 8 * side + 2), darker(dark, 0.3))
        for row in range(8):
            for column in range(8):
                shade = mix(light if (row + column) % 2 else dark, (255, 255, 255), rng.uniform(0, 0.12))
                painter.patch(box(column * side + 0.006, row * side + 0.006, side - 0.012, side - 0.012, 0.01), shade)

    return paint


def leaf_litter(pigment: Colour, leaves: tuple[Colour, ...], count: int = 420) -> Paint:
    """Earth or grass strewn with leaves, on a tile of 5 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        _speckled(painter, rng, 5.0, pigment, darker(pigment, 0.4), lighter(pigment, 0.25), 110, 500, 0.014)
        for colour in leaves:
            path = skia.Path()
            for i, x, y in scattered(rng, count // len(leaves), 5.0):
                angle, size = math.tau * _share(i), 0.035 + 0.03 * _share(i, 3)
                dx, dy = math.cos(angle) * size, math.sin(angle) * size
                path.moveTo(x - dx, y - dy)
                path.quadTo(x - dy * 0.7, y + dx * 0.7, x + dx, y + dy)
                path.quadTo(x + dy * 0.7, y - dx * 0.7, x - dx, y - dy)
            painter.patch(path, colour, 0.8)

    return paint


def moon_dust(pigment: Colour = (152, 150, 160)) -> Paint:
    """Dust, stones and craters, on a tile of 12 m."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        _speckled(painter, rng, 12.0, pigment, darker(pigment, 0.45), lighter(pigment, 0.35), 90, 900, 0.02)
        for i, x, y in scattered(rng, 15, 12.0):
            size = 0.14 + 0.62 * _share(i + 1) ** 2
            painter.patch(disc(x, y, size * 1.12), lighter(pigment, 0.3), 0.8)
            painter.patch(disc(x + size * 0.03, y + size * 0.04, size), darker(pigment, 0.45), 0.9)
            painter.patch(oval(x + size * 0.08, y + size * 0.18, size * 0.84, size * 0.76), darker(pigment, 0.2))

    return paint


def tiled(painter: Painter, area: skia.Path, period: float, paint: Paint) -> None:
    """Fills an area with a ground's tile, painted once and laid side by side."""
    side = max(16, min(1024, math.ceil(period * painter.canvas.getTotalMatrix().getScaleX())))
    pixels, target = surface(side, side)
    canvas = target.getCanvas()
    canvas.scale(side / period, side / period)
    once = type(painter)(canvas, painter.light, unit=period / side, live=False, stamps=painter.stamps)
    paint(once, np.random.default_rng(5))
    repeat, scale = skia.TileMode.kRepeat, skia.Matrix.Scale(period / side, period / side)
    painter.canvas.drawPath(area, shaded(image(pixels).makeShader(repeat, repeat, LINEAR, scale)))


def stretch(site: Site, near: float, far: float, paint: Paint, detail: float = 1.0, mirrored: bool = False) -> Plane:
    """A stretch of ground laid over the floor, from depth `near` (or as near as the camera sees) to `far`, as wide as
    the camera ever sees. It is painted in metres of the world: x right, y = −z."""
    near = max(near, site.nearest + 0.55)
    margin = 2.0 + (far - site.nearest) * max(site.aspect, 0.5625) / 2.2
    left, right = site.left - margin, site.right + margin

    def painted(painter: Painter, rng: np.random.Generator) -> None:
        with painter.moved(-left, far):
            paint(painter, rng)

    return Plane(
        (left, 0.0, far), right - left, far - near, painted, (1, 0, 0), (0, 0, -1), detail=detail, mirrored=mirrored
    )


def light_pool(x: float, z: float, radius: float, colour: Colour, strength: float) -> Plane:
    """A pool of lamplight on the ground."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.glow(radius, radius, radius, colour, strength)

    return Plane(
        (x - radius, 0.0, z + radius),
        2 * radius,
        2 * radius,
        paint,
        (1, 0, 0),
        (0, 0, -1),
        detail=0.4,
        mirrored=False,
        haze=False,
    )


def drift(site: Site, z: float, pigment: Colour, height: float, period: float = 24.0, peaks: int = 7) -> Plane:
    """A low swell of the ground across the view: dunes, snow drifts, a bank of earth."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        heights = rng.uniform(0.25, 1.0, peaks)
        points = [(period * i / peaks, height * (1.02 - heights[i % peaks])) for i in range(-2, peaks + 3)]
        path = smooth(points, closed=False)
        path.lineTo(period * 1.4, height + 0.3)
        path.lineTo(-period * 0.4, height + 0.3)
        path.close()
        wash(
            painter,
            path,
            (0, 0),
            (0, height),
            ((0, lighter(pigment, 0.35)), (0.4, pigment), (1, darker(pigment, 0.12))),
        )

    return Plane(
        (-period / 2 + (z * 2.3) % 5, height, z), period, height + 0.02, paint, repeat=True, detail=0.6, mirrored=False
    )
