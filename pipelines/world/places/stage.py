"""A theatre stage: red curtains in folds, a fringed valance, spotlights, boards, footlights."""

import math

import numpy as np

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, disc, polygon, smooth, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.scenery.grounds import boards, light_pool
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

VELVET: Colour = (176, 26, 50)
GOLD: Colour = (232, 178, 84)
_HOUSE = {Time.DAY: 0.0, Time.DAWN: 0.1, Time.SUNSET: 0.16, Time.NIGHT: 0.34}  # how far the house lights are down


@place("stage", surface="wood", ambiences=("crowd",), night_ambiences=("crowd",), room="hall", indoor=True, motes=False)
def stage(site: Site) -> Layout:
    red = darker(VELVET, _HOUSE[site.time])
    planes = (
        curtain(3.4, 9.0, 9.0, darker(red, 0.12), 0.0),
        drapes(2.4, red),
        valance(1.9, red),
        beam(-1.9, 0.55, (255, 226, 196)),
        beam(2.1, -0.75, (255, 196, 206)),
        beam(0.2, -0.05, (255, 240, 214)),
        light_pool(0.0, 0.3, 2.5, (255, 226, 180), 0.85),
        light_pool(-3.4, 1.2, 1.4, (255, 150, 170), 0.45),
        light_pool(3.5, 1.2, 1.4, (170, 160, 255), 0.45),
        footlights(site),
    )
    return Layout(planes, Floor(boards(darker((170, 98, 60), _HOUSE[site.time]), 0.22), 4.0, mirror=0.16, ripple=0.0))


def _folds(
    painter: Painter, rng: np.random.Generator, x: float, y: float, wide: float, high: float, red: Colour
) -> None:
    """Velvet that hangs in folds: a lit ridge and a dark valley for each."""
    at = x
    while at < x + wide - 0.05:
        step = min(float(rng.uniform(0.26, 0.44)), x + wide - at)
        fold = box(at, y, step + 0.01, high)
        wash(
            painter,
            fold,
            (at, 0),
            (at + step, 0),
            ((0, darker(red, 0.62)), (0.32, red), (0.5, lighter(red, 0.16)), (0.72, red), (1, darker(red, 0.66))),
        )
        if not painter.airy:
            painter.patch(box(at + step * 0.62, y, step * 0.4, high), darker(red, 0.4))
            painter.patch(box(at, y, step * 0.16, high), darker(red, 0.2))
        at += step


def curtain(z: float, period: float, high: float, red: Colour, x: float) -> Plane:
    """The back curtain."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        with painter.clipped(box(0, 0, period, high)):
            _folds(painter, rng, 0, 0, period, high, red)
            wash(
                painter,
                box(0, 0, period, high),
                (0, 0),
                (0, high),
                ((0, (20, 4, 24), 0.75), (0.45, (40, 6, 30), 0.3), (0.75, (40, 6, 30), 0.0), (1, (20, 4, 24), 0.45)),
            )
            painter.patch(box(0, high - 0.16, period, 0.1), GOLD)

    return Plane((x - period / 2, high, z), period, high, paint, repeat=True, detail=0.8)


def drapes(z: float, red: Colour) -> Plane:
    """Side curtains, gathered with golden cords; the middle stays open."""
    period, high = 10.0, 7.0

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for side, inner in ((1, 1.5), (-1, 8.5)):
            outer = inner - side * 2.0
            cloth = smooth(
                [
                    (inner, 0),
                    (inner - side * 0.1, 1.6),
                    (inner - side * 0.5, 3.2),
                    (inner - side * 1.0, 4.6),
                    (inner - side * 0.75, 5.6),
                    (inner - side * 0.65, high),
                    (outer, high),
                    (outer, 0),
                ],
                tension=9,
            )
            left = min(inner, outer)
            painter.body(cloth, red, 0.5, detail=lambda a=left: _folds(painter, rng, a, 0, 2.1, high, red))
            cord = inner - side * 1.0
            painter.line([(cord, 4.55), (cord - side * 0.5, 4.75), (cord - side * 1.0, 4.6)], GOLD, 0.12)
            painter.body(
                polygon([(cord - side * 0.4, 4.75), (cord - side * 0.28, 5.5), (cord - side * 0.58, 5.5)]), GOLD, 0.1
            )

    return Plane((-5.0, high, z), period, high, paint, repeat=True, detail=0.75)


def valance(z: float, red: Colour) -> Plane:
    """Scalloped velvet with a golden fringe along the top."""
    period, high, step = 8.0, 3.6, 1.0

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(8):
            x = i * step
            swag = smooth(
                [
                    (x, -0.2),
                    (x + step, -0.2),
                    (x + step, 2.5),
                    (x + step * 0.75, 2.9),
                    (x + step / 2, 3.02),
                    (x + step * 0.25, 2.9),
                    (x, 2.5),
                ],
                tension=9,
            )
            painter.body(swag, red, 0.35, rim=0.2)
            for k in (0.28, 0.5, 0.72):
                painter.line(
                    [(x + step * k, 0), (x + step * (0.5 + (k - 0.5) * 0.8), 2.7)], darker(red, 0.4), 0.05, 0.55
                )
            hem = [(x, 2.5), (x + step * 0.25, 2.9), (x + step / 2, 3.02), (x + step * 0.75, 2.9), (x + step, 2.5)]
            painter.line(hem, GOLD, 0.07)
            fringe = [
                polygon(
                    [
                        (x + step * k - 0.02, 2.52 + 0.52 * math.sin(math.pi * k)),
                        (x + step * k + 0.02, 2.52 + 0.52 * math.sin(math.pi * k)),
                        (x + step * k, 2.72 + 0.52 * math.sin(math.pi * k)),
                    ]
                )
                for k in np.linspace(0.04, 0.96, 17)
            ]
            painter.patch(together(fringe), GOLD)
            painter.body(disc(x, 2.5, 0.09), GOLD, 0.08)

    return Plane((-4.0, 2.75 + high, z), period, high, paint, repeat=True, detail=0.8)


def beam(x: float, lean: float, colour: Colour) -> Plane:
    """The cone of a spotlight, dust in the light."""
    high, wide = 7.0, 5.0

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        if not painter.airy:
            return
        top, low = wide / 2 - lean * 2.2, wide / 2
        with painter.shining():
            for spread, alpha in ((1.0, 0.13), (0.62, 0.12)):
                cone = polygon(
                    [(top - 0.12, 0), (top + 0.12, 0), (low + 1.1 * spread, high), (low - 1.1 * spread, high)]
                )
                wash(
                    painter,
                    cone,
                    (top, 0),
                    (low, high),
                    ((0, colour, alpha * 2.2), (0.6, colour, alpha), (1, colour, alpha * 0.25)),
                )

    return Plane(
        (x - wide / 2, high, 1.2),
        wide,
        high,
        paint,
        soft=0.05,
        detail=0.4,
        haze=False,
        mirrored=False,
        shift=lambda t: (0.12 * math.sin(t * 0.5 + x), 0, 0),
    )


def footlights(site: Site) -> Plane:
    """Shells with lamps along the front edge of the boards."""
    high, period = 0.5, 2.4

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for i in range(6):
            x = 0.2 + 0.4 * i
            painter.glow(x, 0.3, 0.3, (255, 220, 160), 0.6)
            painter.body(
                smooth([(x - 0.13, 0.5), (x - 0.1, 0.36), (x, 0.3), (x + 0.1, 0.36), (x + 0.13, 0.5)]),
                (150, 104, 60),
                0.08,
            )

    return Plane(
        (-1.2, high - 0.16, site.nearest + 1.7),
        period,
        high,
        paint,
        repeat=True,
        soft=0.012,
        mirrored=False,
        haze=False,
    )
