"""What animals wear: an item is named `<item>` or `<item>_<colour>` among a role's attributes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.world.animals.build import HeadShape
from pipelines.world.animals.figure import View, between, polar
from pipelines.world.animals.head import Turned
from pipelines.world.colours import COLOURS
from pipelines.world.geometry import Colour, Point, disc, mix, polygon
from pipelines.world.styles.painter import Painter

SHADE: Colour = (60, 20, 50)


@dataclass(frozen=True)
class Wearer:
    """The head and neck that an item sits on."""

    view: View
    turned: Turned
    shape: HeadShape
    neck_root: Point
    neck_radii: tuple[float, float]


PaintItem = Callable[[Painter, "Wearer", Colour, float], None]


@dataclass(frozen=True)
class Worn:
    """One item and its colour."""

    item: str
    pigment: Colour

    def paint(self, painter: Painter, wearer: Wearer, t: float) -> None:
        ITEMS[self.item](painter, wearer, self.pigment, t)


def worn_by(attributes: Sequence[str]) -> tuple[Worn, ...]:
    """The items among the attributes that animals can wear."""
    found = []
    for attribute in attributes:
        item, _, colour = attribute.partition("_")
        if item in ITEMS and (not colour or colour in COLOURS):
            found.append(Worn(item, COLOURS.get(colour, DEFAULTS[item])))
    return tuple(found)


def _throat(wearer: Wearer) -> tuple[Point, Point, float, float]:
    """(back and front of the band round the neck, half-thickness of the neck, direction of the neck)."""
    a, b = wearer.neck_radii
    start, end = wearer.neck_root, wearer.turned.centre
    along = math.atan2(end[1] - start[1], end[0] - start[0])
    middle, radius = between(start, end, 0.42), a * 0.56 + b * 0.44
    return (
        polar(middle, along + math.pi / 2, radius * 0.98),
        polar(middle, along - math.pi / 2, radius * 1.08),
        radius,
        along,
    )


def _band(wearer: Wearer, width: float) -> list[Point]:
    """Outline of a band round the neck, bulging towards the viewer."""
    back, front, radius, along = _throat(wearer)
    low = polar(between(back, front, 0.5), along + math.pi, radius * 0.34)
    half = radius * width
    upper = [polar(back, along, half * 0.8), polar(low, along, half), polar(front, along, half * 0.8)]
    lower = [
        polar(front, along + math.pi, half * 0.8),
        polar(low, along + math.pi, half),
        polar(back, along + math.pi, half * 0.8),
    ]
    return [*upper, polar(front, along - math.pi / 2, half * 0.5), *lower, polar(back, along + math.pi / 2, half * 0.4)]


def bandana(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    """A kerchief: a band, a triangle that hangs on the chest and flutters, and a knot."""
    view = wearer.view
    back, front, radius, along = _throat(wearer)
    flutter = 0.10 * math.sin(7.0 * t) + 0.05 * math.sin(12.3 * t + 1)
    down = -math.pi / 2 - 0.30 + flutter * 0.6
    side = polar(between(back, front, 0.36), along + math.pi, radius * 0.50)
    tip = polar(between(side, front, 0.55), down, radius * 1.75)
    fold = polar(between(front, tip, 0.5), down + math.pi / 2, radius * (0.12 + 0.5 * flutter))
    cloth = view.outline(
        [
            polar(front, along, radius * 0.1),
            fold,
            tip,
            polar(between(side, tip, 0.5), math.pi, radius * 0.04),
            side,
            between(side, front, 0.5),
        ],
        9,
    )

    def pattern() -> None:
        r = radius * view.scale
        for k, s in ((0.25, 0.35), (0.5, 0.55), (0.5, 0.25), (0.75, 0.45), (0.3, 0.7)):
            x, y = view.at(between(between(side, front, s), tip, k))
            painter.patch(disc(x, y, r * 0.055), mix(pigment, (255, 250, 244), 0.85))
        x, y = view.at(between(side, tip, 0.6))
        painter.tone(x, y, r * 0.5, r * 0.7, mix(pigment, SHADE, 0.7), 0.4)

    painter.body(cloth, pigment, radius * view.scale * 0.8, rim=0.6, form=0.8, detail=pattern)
    painter.body(view.outline(_band(wearer, 0.20)), pigment, radius * view.scale * 0.4, rim=0.7, form=0.0)
    _knot(painter, view, back, radius * 0.22, pigment, flutter)


def _knot(painter: Painter, view: View, place: Point, size: float, pigment: Colour, flutter: float) -> None:
    for lift in (0.25, -0.25):
        angle = math.pi * 0.93 + lift + flutter
        end = polar(place, angle, size * 3.2)
        loose = view.outline(
            [
                polar(place, angle + 1.3, size * 0.4),
                polar(between(place, end, 0.6), angle + 1.5, size * 0.8),
                end,
                polar(between(place, end, 0.6), angle - 1.5, size * 0.6),
                polar(place, angle - 1.3, size * 0.4),
            ]
        )
        painter.patch(loose, mix(pigment, SHADE, 0.15))
    painter.body(view.disc(place, size), pigment, size * view.scale, rim=0.6, form=0.0)


def scarf(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    """A thick scarf whose end flies behind."""
    view = wearer.view
    back, front, radius, along = _throat(wearer)
    start = polar(between(back, front, 0.25), along + math.pi, radius * 0.5)
    points = [start]
    for part in range(5):
        angle = math.pi - 0.15 - 0.25 * part * 0.3 + 0.30 * math.sin(6.0 * t - 1.1 * part)
        points.append(polar(points[-1], angle, radius * 0.55))
    end = view.limb(points, [radius * w for w in (0.22, 0.26, 0.28, 0.30, 0.30, 0.30)], 0.2, 0.2)

    def bars() -> None:
        for k in (3, 4):
            a, b = points[k], points[k + 1]
            across = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
            painter.line(
                view.all([polar(a, across, radius * 0.4), polar(a, across, -radius * 0.4)]),
                mix(pigment, (255, 250, 240), 0.7),
                radius * view.scale * 0.12,
            )

    painter.body(end, pigment, radius * 0.3 * view.scale, rim=0.7, detail=bars)
    painter.body(view.outline(_band(wearer, 0.36)), pigment, radius * view.scale * 0.5, rim=0.8)


def collar(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    view = wearer.view
    _, front, radius, along = _throat(wearer)
    painter.body(view.outline(_band(wearer, 0.13)), pigment, radius * view.scale * 0.25, rim=0.6)
    tag = polar(front, -math.pi / 2, radius * 0.16)
    painter.body(view.disc(tag, radius * 0.14), (236, 190, 80), radius * 0.14 * view.scale)


def bow(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    """A bow at the throat."""
    view = wearer.view
    back, front, radius, along = _throat(wearer)
    painter.body(view.outline(_band(wearer, 0.10)), pigment, radius * view.scale * 0.2, rim=0.5)
    place, size = between(front, back, 0.12), radius * 0.36
    for angle in (0.25, math.pi + 0.1):
        wing = [
            place,
            polar(place, angle + 0.5, size * 1.5),
            polar(place, angle, size * 1.7),
            polar(place, angle - 0.5, size * 1.5),
        ]
        painter.body(view.outline(wing, 9), pigment, size * view.scale, rim=0.7)
    painter.body(view.disc(place, size * 0.38), mix(pigment, SHADE, 0.2), size * 0.4 * view.scale)


def _crown_place(wearer: Wearer) -> tuple[Turned, float]:
    return wearer.turned, wearer.shape.skull[1]


def hat(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    """A straw hat with a ribbon."""
    view, (head, top) = wearer.view, _crown_place(wearer)
    brim = view.outline(head.solid((0.02, top * 0.86, 0), (1.02, 0.10, 1.02)))
    r = head.radius * view.scale
    dome = view.hull(
        head.solid((0.02, top * 0.92, 0), (0.58, 0.05, 0.58))
        + head.solid((0.02, top * 0.92 + 0.42, 0), (0.42, 0.16, 0.42))
    )
    ribbon = view.hull(
        head.solid((0.02, top * 0.92, 0), (0.60, 0.05, 0.60))
        + head.solid((0.02, top * 0.92 + 0.16, 0), (0.55, 0.05, 0.55))
    )
    painter.body(brim, mix(pigment, SHADE, 0.12), r * 0.2, rim=0.8)
    painter.body(
        dome, pigment, r * 0.4, rim=0.8, detail=lambda: painter.patch(ribbon, mix(pigment, (150, 40, 50), 0.75))
    )


def cap(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    view, (head, top) = wearer.view, _crown_place(wearer)
    r = head.radius * view.scale
    dome = view.hull(
        head.solid((-0.05, top * 0.72, 0), (0.72, 0.06, 0.70))
        + head.solid((-0.08, top * 0.72 + 0.34, 0), (0.50, 0.20, 0.5))
    )
    peak = view.outline(head.solid((0.78, top * 0.72, 0), (0.46, 0.07, 0.5)))
    painter.body(peak, mix(pigment, SHADE, 0.25), r * 0.15, rim=0.6)
    painter.body(dome, pigment, r * 0.4, rim=0.8)


def crown(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    """A crown of five points with a jewel in each."""
    view, (head, top) = wearer.view, _crown_place(wearer)
    r, base = head.radius * view.scale, top * 0.80
    ends = [view.at(head.at((x, base, 0.0))) for x in (-0.62, 0.62)]
    if head.yaw > 0.8:
        ends = [view.at(head.at((0.0, base, z))) for z in (0.62, -0.62)]
    (ax, ay), (bx, by) = ends
    ux, uy = np.subtract(view.at(head.at((0.0, 1.0, 0.0))), view.at(head.at((0.0, 0.0, 0.0))))

    def at(along: float, up: float) -> Point:
        return ax + (bx - ax) * along + ux * up, ay + (by - ay) * along + uy * up

    zigzag = [at(i / 8, 0.62 if i % 2 == 0 else 0.26) for i in range(9)]
    path = polygon([at(0.04, 0.0), *zigzag, at(0.96, 0.0), at(0.5, -0.13)])
    painter.body(path, pigment, r * 0.3, rim=0.9)
    for i in range(0, 9, 2):
        painter.patch(disc(*at(i / 8, 0.64), r * 0.07), pigment)
    for i, jewel in enumerate(((206, 44, 84), (70, 120, 220), (206, 44, 84))):
        painter.patch(disc(*at(0.25 + 0.25 * i, 0.09), r * 0.08), jewel)


def glasses(painter: Painter, wearer: Wearer, pigment: Colour, t: float) -> None:
    view, shape, head = wearer.view, wearer.shape, wearer.turned
    forward, up, aside = shape.eye
    size = shape.eye_size * 1.55
    width = max(painter.unit, head.radius * view.scale * 0.055)
    bridge = []
    for side in (-1, 1):
        if head.depth((forward * 0.75, up * 0.3, side * aside)) < 0.05:
            continue
        lens = view.outline(head.solid((forward + 0.06, up, side * aside * 1.04), (size * 0.42, size, size * 0.85)))
        painter.patch(lens, (210, 232, 244), 0.28)
        painter.line(lens, pigment, width)
        bridge.append(head.at((forward + 0.06, up, side * (aside - size * 0.8))))
        painter.line(
            view.all(
                [
                    head.at((forward - 0.05, up + 0.02, side * (aside + size * 0.4))),
                    head.at((-0.25, up + 0.1, side * shape.skull[2])),
                ]
            ),
            pigment,
            width,
        )
    if len(bridge) == 2:
        painter.line(view.all(bridge), pigment, width)


ITEMS: dict[str, PaintItem] = {
    "bandana": bandana,
    "scarf": scarf,
    "collar": collar,
    "bow": bow,
    "hat": hat,
    "cap": cap,
    "helmet": cap,
    "crown": crown,
    "glasses": glasses,
}
DEFAULTS: dict[str, Colour] = {
    "bandana": (214, 40, 52),
    "scarf": (206, 60, 60),
    "collar": (196, 44, 60),
    "bow": (226, 84, 130),
    "hat": (232, 198, 122),
    "cap": (52, 110, 196),
    "helmet": (226, 70, 60),
    "crown": (244, 198, 74),
    "glasses": (48, 40, 48),
}
