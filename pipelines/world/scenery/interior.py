"""Things of rooms: windows with the hour behind them, pictures, plants, lamps, shelves."""

import numpy as np

from pipelines.storyboard import Season, Time, Weather
from pipelines.world.geometry import Colour, box, disc, limb, oval, polygon, smooth, together
from pipelines.world.place import Site
from pipelines.world.scenery.conditions import LEAVES, SNOW, darker, lighter, mix, snowy
from pipelines.world.scenery.trees import crown_outline
from pipelines.world.styles.painter import Painter

BOOKS: tuple[Colour, ...] = (
    (190, 66, 60),
    (58, 104, 132),
    (226, 178, 84),
    (88, 128, 92),
    (130, 84, 130),
    (238, 226, 200),
    (206, 120, 80),
    (60, 66, 96),
)


def outlook(
    painter: Painter, rng: np.random.Generator, x: float, y: float, wide: float, high: float, site: Site
) -> None:
    """Paints a window: sky of the hour, sun or moon, hills and trees, rain or snow, frame and sill."""
    frame: Colour = (250, 244, 234)
    pane = box(x, y, wide, high)
    painter.patch(box(x - 0.1, y - 0.1, wide + 0.2, high + 0.2), frame)
    with painter.shining(), painter.clipped(pane):
        painter.blend(pane, (0, y - high * 0.6), (0, y + high), site.light.sky)
        _beyond(painter, rng, x, y, wide, high, site)
    painter.patch(together([box(x + wide / 2 - 0.03, y, 0.06, high), box(x, y + high * 0.36, wide, 0.05)]), frame)
    painter.body(box(x - 0.18, y + high + 0.06, wide + 0.36, 0.1, 0.02), frame, 0.04)
    if site.time != Time.NIGHT:
        painter.glow(x + wide / 2, y + high / 2, max(wide, high) * 0.95, site.light.sky[-1][1], 0.22)


def _beyond(
    painter: Painter, rng: np.random.Generator, x: float, y: float, wide: float, high: float, site: Site
) -> None:
    dim = {Time.NIGHT: 0.72, Time.SUNSET: 0.35, Time.DAWN: 0.25}.get(site.time, 0.0)
    if site.time == Time.NIGHT and site.weather in (Weather.CLEAR, Weather.WIND):
        stars = [disc(x + rng.random() * wide, y + rng.random() * high * 0.7, 0.008) for _ in range(26)]
        painter.patch(together(stars), (240, 244, 255), 0.9)
        painter.patch(disc(x + wide * 0.74, y + high * 0.2, wide * 0.08), (244, 246, 255))
    elif site.time in (Time.DAWN, Time.SUNSET) and site.weather == Weather.CLEAR:
        painter.patch(disc(x + wide * 0.7, y + high * 0.6, wide * 0.1), (255, 246, 210))
    hill = smooth(
        [
            (x - 0.2, y + high * 0.78),
            (x + wide * 0.3, y + high * 0.68),
            (x + wide * 0.7, y + high * 0.77),
            (x + wide + 0.2, y + high * 0.66),
            (x + wide + 0.2, y + high + 0.2),
            (x - 0.2, y + high + 0.2),
        ]
    )
    painter.patch(hill, darker(mix(SNOW if snowy(site) else (120, 160, 130), site.light.sky[-1][1], 0.3), dim))
    leaves = LEAVES[site.season][0] if site.season != Season.WINTER else (150, 150, 160)
    for k in (0.12, 0.5, 0.86):
        crown = crown_outline(rng, x + wide * k, y + high * 0.84, wide * 0.13, high * 0.15, 8)
        painter.patch(crown, darker(mix(leaves, SNOW, 0.5 if snowy(site) else 0), 0.12 + dim))
    if site.weather in (Weather.RAIN, Weather.STORM):
        for _ in range(34):
            px, py = x + rng.random() * wide, y + rng.random() * high
            painter.line([(px, py), (px - 0.015, py + 0.1)], (226, 236, 250), 0.008, 0.5)
    elif site.weather == Weather.SNOW:
        flakes = [disc(x + rng.random() * wide, y + rng.random() * high, 0.014) for _ in range(60)]
        painter.patch(together(flakes), (255, 255, 255), 0.9)


def curtains(painter: Painter, x: float, y: float, wide: float, high: float, cloth: Colour) -> None:
    """Paints a pair of curtains on a rod round a window of that size."""
    painter.line([(x - 0.55, y - 0.2), (x + wide + 0.55, y - 0.2)], (150, 110, 80), 0.045)
    for side, at in ((-1, x - 0.1), (1, x + wide + 0.1)):
        shape = smooth(
            [
                (at + side * 0.42, y - 0.2),
                (at - side * 0.16, y - 0.2),
                (at - side * 0.12, y + high * 0.5),
                (at + side * 0.02, y + high + 0.35),
                (at + side * 0.42, y + high + 0.35),
            ],
            tension=10,
        )
        folds = [box(at + side * k - 0.012, y - 0.2, 0.024, high + 0.6) for k in (0.0, 0.12, 0.24, 0.34)]
        painter.body(shape, cloth, 0.16, detail=lambda f=folds: painter.patch(together(f), darker(cloth, 0.35), 0.4))


def picture(painter: Painter, rng: np.random.Generator, x: float, y: float, wide: float, high: float) -> None:
    """Paints a framed picture: a small landscape in two or three colours."""
    painter.body(box(x - 0.05, y - 0.05, wide + 0.1, high + 0.1), (120, 84, 60), 0.04)
    painter.patch(box(x, y, wide, high), (246, 238, 222))
    inside = box(x + 0.06, y + 0.06, wide - 0.12, high - 0.12)
    a, b = BOOKS[int(rng.integers(8))], BOOKS[int(rng.integers(8))]
    with painter.clipped(inside):
        painter.patch(inside, lighter(a, 0.55))
        painter.patch(disc(x + wide * rng.uniform(0.3, 0.7), y + high * 0.38, wide * 0.14), lighter(b, 0.2))
        painter.patch(
            smooth(
                [
                    (x, y + high * 0.7),
                    (x + wide * 0.4, y + high * 0.5),
                    (x + wide, y + high * 0.72),
                    (x + wide, y + high * 1.1),
                    (x, y + high * 1.1),
                ]
            ),
            a,
        )


def house_plant(painter: Painter, rng: np.random.Generator, x: float, foot: float, high: float) -> None:
    """Paints a big-leaved plant in a pot."""
    pot = smooth(
        [
            (x - high * 0.14, foot - high * 0.26),
            (x + high * 0.14, foot - high * 0.26),
            (x + high * 0.1, foot),
            (x - high * 0.1, foot),
        ],
        tension=12,
    )
    for i in range(11):
        angle = -1.5708 + (i - 5) * 0.27 + rng.uniform(-0.1, 0.1)
        long = high * rng.uniform(0.5, 0.78)
        tip = (x + np.cos(angle) * long * 0.8, foot - high * 0.25 + np.sin(angle) * long)
        middle = (x + np.cos(angle) * long * 0.5, foot - high * 0.25 + np.sin(angle) * long * 0.7)
        leaf = limb(
            [(x, foot - high * 0.24), (float(middle[0]), float(middle[1])), (float(tip[0]), float(tip[1]))],
            [high * 0.01, high * 0.065, high * 0.012],
        )
        painter.body(leaf, mix((54, 120, 78), (120, 170, 90), rng.random()), high * 0.04, rim=0.6)
    painter.body(pot, (214, 132, 92), high * 0.08)


def floor_lamp(painter: Painter, x: float, foot: float, high: float, lit: bool) -> None:
    """Paints a standard lamp with a cloth shade."""
    painter.patch(box(x - 0.025, foot - high * 0.8, 0.05, high * 0.8), (92, 72, 66))
    painter.body(oval(x, foot - 0.03, 0.2, 0.05), (92, 72, 66), 0.04)
    shade = polygon(
        [
            (x - 0.17, foot - high),
            (x + 0.17, foot - high),
            (x + 0.31, foot - high * 0.77),
            (x - 0.31, foot - high * 0.77),
        ]
    )
    if not lit:
        painter.body(shade, (240, 222, 190), 0.15)
        return
    painter.glow(x, foot - high * 0.86, 1.7, (255, 190, 104), 0.8)
    with painter.shining():
        painter.blend(shade, (x, foot - high), (x, foot - high * 0.77), ((0, (255, 222, 156)), (1, (255, 244, 208))))


def bookshelf(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    wide: float,
    high: float,
    wood: Colour = (150, 102, 70),
) -> None:
    """Paints a shelf full of books, vases and boxes."""
    painter.body(box(x, foot - high, wide, high), darker(wood, 0.45), 0.1, form=0.4)
    rows = max(2, round(high / 0.42))
    for row in range(rows):
        floor = foot - 0.05 - row * (high - 0.05) / rows
        at, room = x + 0.06, (high - 0.05) / rows - 0.1
        while at < x + wide - 0.14:
            if rng.random() < 0.12:
                painter.body(oval(at + 0.1, floor - 0.1, 0.09, 0.1), BOOKS[int(rng.integers(8))], 0.06)
                at += 0.24
                continue
            thick, tall = rng.uniform(0.035, 0.07), room * rng.uniform(0.65, 0.98)
            book = BOOKS[int(rng.integers(8))]
            painter.patch(box(at, floor - tall, thick, tall), book)
            painter.patch(box(at, floor - tall * 0.8, thick, 0.02), lighter(book, 0.5))
            at += thick + 0.006
        painter.patch(box(x, floor, wide, 0.045), wood)
    painter.patch(
        together(
            [
                box(x, foot - high, 0.05, high),
                box(x + wide - 0.05, foot - high, 0.05, high),
                box(x, foot - high, wide, 0.05),
            ]
        ),
        wood,
    )
