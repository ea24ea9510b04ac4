"""Shops on the ground floor: show windows full of goods, doors, awnings, names that shine in the evening."""

import numpy as np
import skia

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, disc, oval, polygon, smooth
from pipelines.world.place import Site
from pipelines.world.scenery.conditions import SNOW, WINDOW_LIGHTS, darker, lighter, lit_share, mix, one_of, snowy
from pipelines.world.scenery.lettering import NEON, lettered, word_size
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

CLOTHS: tuple[Colour, ...] = (
    (208, 64, 74),
    (42, 132, 132),
    (232, 160, 54),
    (98, 80, 172),
    (66, 138, 84),
    (226, 108, 150),
)
GOODS: tuple[Colour, ...] = (
    (226, 72, 84),
    (46, 150, 152),
    (240, 168, 56),
    (122, 92, 196),
    (84, 164, 96),
    (244, 130, 168),
    (66, 120, 200),
    (250, 236, 214),
)
TALL = 3.6  # metres


def is_bright(site: Site) -> bool:
    """Whether shops have their lights on."""
    return site.time in (Time.NIGHT, Time.SUNSET) or lit_share(site) > 0.2


def shop(painter: Painter, rng: np.random.Generator, x: float, foot: float, wide: float, site: Site, word: str) -> None:
    """Paints a shop: show window with goods, door, awning, a name above. 3.6 m high."""
    bright = is_bright(site)
    wood, cloth = darker(one_of(rng, CLOTHS), 0.35), one_of(rng, CLOTHS)
    inside = one_of(rng, WINDOW_LIGHTS[:3]) if bright else (196, 200, 192)
    painter.patch(box(x, foot - TALL, wide, TALL), wood)
    panels = [box(x + 0.3 + k * 0.8, foot - 0.42, 0.7, 0.3, 0.02) for k in range(int((wide - 1.8) / 0.8))]
    for panel in panels:
        painter.patch(panel, lighter(wood, 0.12))
    if bright:
        with painter.shining():
            _window(painter, rng, x + 0.3, foot, wide - 1.75, inside, bright)
            _door(painter, x + wide - 1.2, foot, inside, wood)
    else:
        _window(painter, rng, x + 0.3, foot, wide - 1.75, inside, bright)
        _door(painter, x + wide - 1.2, foot, inside, wood)
    pane = polygon([(x + 0.3, foot - 2.6), (x + 1.1, foot - 2.6), (x + 0.5, foot - 0.5), (x + 0.3, foot - 0.5)])
    painter.patch(pane, (255, 255, 255), 0.14)
    _awning(painter, x + 0.1, foot - 2.75, wide - 0.2, cloth, snowy(site), inside if bright else None)
    _name(painter, rng, word, x + 0.1, foot - 3.5, wide - 0.2, wood, bright)
    if bright:
        painter.glow(x + wide * 0.4, foot - 1.4, wide * 0.6, inside, 0.3)


def _window(
    painter: Painter, rng: np.random.Generator, x: float, foot: float, wide: float, inside: Colour, bright: bool
) -> None:
    """The show window: a wall behind, shelves, goods, lamps that hang."""
    pane = box(x, foot - 2.6, wide, 2.1, 0.04)
    wash(
        painter,
        pane,
        (x, foot - 2.6),
        (x, foot - 0.5),
        ((0, lighter(inside, 0.2)), (0.5, inside), (1, darker(inside, 0.3))),
    )
    with painter.clipped(pane):
        for shelf in (0.55, 1.12, 1.66):
            painter.patch(box(x, foot - shelf, wide, 0.05), (124, 82, 62))
            painter.patch(box(x, foot - shelf + 0.05, wide, 0.07), darker(inside, 0.55), 0.35)
            at = x + 0.08
            while at < x + wide - 0.2:
                size = float(rng.uniform(0.2, 0.36))
                _thing(painter, rng, at, foot - shelf, size, inside)
                at += size * 0.9 + float(rng.uniform(0.02, 0.10))
        for k in range(max(1, int(wide / 1.1))):
            at = x + 0.5 + k * 1.1
            painter.patch(box(at - 0.01, foot - 2.6, 0.02, 0.16), (60, 44, 48))
            painter.patch(oval(at, foot - 2.38, 0.13, 0.09), (255, 248, 220) if bright else (236, 220, 190))


def _thing(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, inside: Colour) -> None:
    """One of the goods: a bottle, a jar, a box, a teapot or a bunch of flowers, in the light of the shop."""
    pigment, kind, middle = mix(one_of(rng, GOODS), inside, 0.12), int(rng.integers(5)), x + size * 0.4
    if kind == 0:
        painter.patch(box(middle - size * 0.2, foot - size * 0.7, size * 0.4, size * 0.7, size * 0.1), pigment)
        painter.patch(box(middle - size * 0.07, foot - size * 1.15, size * 0.14, size * 0.5), darker(pigment, 0.2))
    elif kind == 1:
        painter.patch(box(x, foot - size * 0.75, size * 0.75, size * 0.75, size * 0.16), pigment)
        painter.patch(
            box(x + size * 0.05, foot - size * 0.9, size * 0.65, size * 0.17, size * 0.04), darker(pigment, 0.4)
        )
        painter.patch(box(x + size * 0.1, foot - size * 0.5, size * 0.55, size * 0.22), (255, 250, 236), 0.8)
    elif kind == 2:
        painter.patch(box(x, foot - size * 0.95, size * 0.7, size * 0.95, 0.01), pigment)
        painter.patch(box(x + size * 0.3, foot - size * 0.95, size * 0.1, size * 0.95), lighter(pigment, 0.55))
    elif kind == 3:
        painter.patch(oval(middle, foot - size * 0.36, size * 0.42, size * 0.37), pigment)
        painter.patch(disc(middle, foot - size * 0.78, size * 0.09), darker(pigment, 0.3))
    else:
        painter.patch(
            polygon(
                [
                    (middle - size * 0.2, foot - size * 0.45),
                    (middle + size * 0.2, foot - size * 0.45),
                    (middle + size * 0.12, foot),
                    (middle - size * 0.12, foot),
                ]
            ),
            (226, 214, 196),
        )
        for dx, dy in ((-0.22, 0.62), (0.0, 0.8), (0.22, 0.64), (0.1, 0.56), (-0.1, 0.7)):
            painter.patch(
                disc(middle + dx * size, foot - dy * size, size * 0.15), mix(pigment, (255, 240, 220), 0.3 * (dx > 0))
            )
    painter.patch(oval(middle - size * 0.14, foot - size * 0.45, size * 0.05, size * 0.18), (255, 255, 255), 0.35)


def _door(painter: Painter, x: float, foot: float, inside: Colour, wood: Colour) -> None:
    """The shop's door: glass in a frame, a handle, a little sign."""
    wash(
        painter,
        box(x, foot - 2.6, 0.9, 2.6, 0.04),
        (x, foot - 2.6),
        (x, foot),
        ((0, lighter(inside, 0.1)), (0.5, inside), (1, darker(inside, 0.4))),
    )
    frame: list[skia.Path] = [
        box(x, foot - 2.6, 0.08, 2.6),
        box(x + 0.82, foot - 2.6, 0.08, 2.6),
        box(x, foot - 0.7, 0.9, 0.7),
        box(x, foot - 2.6, 0.9, 0.08),
    ]
    for part in frame:
        painter.patch(part, wood)
    painter.patch(box(x + 0.12, foot - 1.35, 0.05, 0.4, 0.02), (240, 208, 130))
    painter.patch(box(x + 0.3, foot - 1.9, 0.34, 0.22, 0.02), (250, 244, 230))


def _awning(painter: Painter, x: float, y: float, wide: float, cloth: Colour, snow: bool, light: Colour | None) -> None:
    """Striped cloth with a scalloped edge; `light` shines through it from below."""
    stripes = max(4, round(wide / 0.36))
    step = wide / stripes
    for i in range(stripes):
        left = x + i * step
        corners = [(left, y), (left + step, y), (left + step, y + 0.5), (left + step / 2, y + 0.64), (left, y + 0.5)]
        painter.patch(smooth(corners, tension=14), cloth if i % 2 == 0 else (250, 242, 228))
    wash(
        painter,
        box(x, y, wide, 0.6),
        (x, y),
        (x, y + 0.6),
        ((0, (255, 255, 255), 0.2), (0.5, (255, 255, 255), 0.0), (1, (40, 20, 60), 0.26)),
    )
    if light:
        with painter.shining():
            wash(
                painter,
                box(x, y + 0.2, wide, 0.38),
                (x, y + 0.2),
                (x, y + 0.58),
                ((0, mix(cloth, light, 0.5), 0.0), (1, mix(cloth, light, 0.5), 0.6)),
            )
    if snow:
        painter.patch(box(x, y - 0.07, wide, 0.13, 0.06), SNOW)


def _name(
    painter: Painter, rng: np.random.Generator, word: str, x: float, y: float, wide: float, wood: Colour, bright: bool
) -> None:
    """The board above the awning, with the shop's name: painted by day, in neon in the evening."""
    length, _ = word_size(word, 0.36)
    letters = lettered(word, x + (wide - length) / 2, y + 0.15, 0.36)
    painter.patch(box(x, y, wide, 0.66, 0.05), darker(wood, 0.35))
    painter.patch(box(x + 0.06, y + 0.05, wide - 0.12, 0.03), lighter(wood, 0.25), 0.7)
    if not bright:
        painter.line(letters, (255, 238, 206), 0.055)
        return
    colour = one_of(rng, NEON)
    with painter.shining():
        painter.line(letters, colour, 0.17, 0.25)
        painter.line(letters, colour, 0.09, 0.6)
        painter.line(letters, lighter(colour, 0.6), 0.045)
    painter.glow(x + wide / 2, y + 0.33, length * 0.75, colour, 0.4)
