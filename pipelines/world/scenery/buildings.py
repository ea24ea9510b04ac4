"""Buildings: fronts with shops and windows, towers, skylines, gabled houses."""

import numpy as np

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, disc, mix, oval, polygon, together
from pipelines.world.place import Plane, Site
from pipelines.world.scenery.conditions import (
    SNOW,
    WINDOW_LIGHTS,
    darker,
    lamps_lit,
    lighter,
    lit_share,
    one_of,
    snowy,
)
from pipelines.world.scenery.lettering import SHOP_WORDS
from pipelines.world.scenery.shops import shop
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

WALLS: tuple[Colour, ...] = (
    (206, 128, 104),
    (226, 188, 140),
    (150, 132, 148),
    (188, 108, 92),
    (132, 152, 160),
    (222, 206, 184),
    (172, 140, 112),
)


def window(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    y: float,
    wide: float,
    high: float,
    site: Site,
    frame: Colour = (244, 238, 228),
) -> None:
    """Paints a window with its frame and sill; lit from inside by chance, as the hour asks."""
    painter.patch(box(x - 0.07, y - 0.07, wide + 0.14, high + 0.14), frame)
    lit = rng.random() < lit_share(site)
    warm, curtain = one_of(rng, WINDOW_LIGHTS), rng.random() < 0.4
    if lit:
        with painter.shining():
            wash(
                painter, box(x, y, wide, high), (0, y), (0, y + high), ((0, lighter(warm, 0.3)), (1, darker(warm, 0.2)))
            )
            if curtain:
                painter.patch(box(x, y, wide * 0.22, high), darker(warm, 0.3))
                painter.patch(box(x + wide * 0.78, y, wide * 0.22, high), darker(warm, 0.3))
    else:
        glass = mix((74, 96, 128), site.light.sky[-2][1], 0.25)
        wash(
            painter,
            box(x, y, wide, high),
            (x, y),
            (x + wide, y + high),
            ((0, lighter(glass, 0.35)), (0.45, glass), (0.5, darker(glass, 0.25)), (1, darker(glass, 0.4))),
        )
    painter.patch(together([box(x + wide / 2 - 0.025, y, 0.05, high), box(x, y + high * 0.38, wide, 0.05)]), frame)
    painter.patch(box(x - 0.14, y + high + 0.05, wide + 0.28, 0.1), SNOW if snowy(site) else darker(frame, 0.2))


def front(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    wide: float,
    high: float,
    site: Site,
    word: str | None,
) -> None:
    """Paints one house front: shop or windows below, floors of windows, a cornice."""
    wall = one_of(rng, WALLS)
    top = foot - high
    wash(
        painter,
        box(x, top, wide, high),
        (0, top),
        (0, foot),
        ((0, lighter(wall, 0.15)), (0.6, wall), (1, darker(wall, 0.25))),
    )
    if rng.random() < 0.6:
        courses = [
            box(x + (0.3 if row % 2 else 0.0), top + row * 0.42, wide - 0.3, 0.025) for row in range(int(high / 0.42))
        ]
        painter.patch(together(courses), darker(wall, 0.3), 0.35)
    base = 3.9 if word else 0.9
    columns = max(1, round(wide / 1.75))
    gap = wide / columns
    floors = int((high - base - 0.6) / 2.7)
    for floor in range(floors):
        y = foot - base - (floor + 1) * 2.7 + 0.7
        for column in range(columns):
            window(painter, rng, x + gap * (column + 0.5) - 0.48, y, 0.96, 1.5, site)
    painter.patch(box(x - 0.12, top, wide + 0.24, 0.38), lighter(wall, 0.3))
    painter.patch(box(x - 0.06, top + 0.38, wide + 0.12, 0.16), darker(wall, 0.35))
    if snowy(site):
        painter.patch(box(x - 0.12, top - 0.1, wide + 0.24, 0.2, 0.08), SNOW)
    if word:
        shop(painter, rng, x + 0.15, foot, wide - 0.3, site, word)
    painter.patch(box(x, top, 0.08, high), darker(wall, 0.5), 0.5)


def fronts(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    length: float,
    heights: tuple[float, float],
    site: Site,
    first: int = 0,
) -> None:
    """Paints a row of house fronts side by side, filling a length."""
    count = max(1, round(length / 5.2))
    shares = rng.uniform(0.85, 1.15, count)
    shares *= length / shares.sum()
    for i, wide in enumerate(shares):
        front(
            painter,
            rng,
            x,
            foot,
            float(wide),
            float(rng.uniform(*heights)),
            site,
            SHOP_WORDS[(first + i) % len(SHOP_WORDS)],
        )
        x += float(wide)


def tower(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    wide: float,
    high: float,
    pigment: Colour,
    site: Site,
    cell: float,
) -> None:
    """Paints a tower block with a grid of windows; `cell` is the spacing of the windows in metres."""
    top = foot - high
    wash(
        painter,
        box(x, top, wide, high),
        (x, top),
        (x + wide, foot),
        ((0, lighter(pigment, 0.2)), (0.5, pigment), (1, darker(pigment, 0.25))),
    )
    crown = rng.random()
    if crown < 0.35:
        painter.patch(box(x + wide * 0.2, top - wide * 0.3, wide * 0.6, wide * 0.31), pigment)
        painter.patch(box(x + wide * 0.47, top - wide * 0.85, wide * 0.06, wide * 0.6), darker(pigment, 0.2))
    elif crown < 0.6:
        painter.patch(polygon([(x, top + 0.02), (x + wide, top + 0.02), (x + wide, top - wide * 0.4)]), pigment)
    columns, rows = max(2, int(wide / cell)), max(3, int(high / cell * 0.8))
    step_x, step_y = wide / columns, high / rows
    lit, dark = rng.random((rows, columns)) < lit_share(site), []
    groups: dict[Colour, list] = {}
    style = rng.random()
    for row in range(rows - 1):
        for column in range(columns):
            pane = box(
                x + step_x * (column + 0.2),
                top + step_y * (row + 0.35),
                step_x * (0.62 if style > 0.3 else 0.9),
                step_y * 0.45,
            )
            if lit[row, column]:
                groups.setdefault(WINDOW_LIGHTS[int(rng.integers(5))], []).append(pane)
            else:
                dark.append(pane)
    painter.patch(together(dark), mix(darker(pigment, 0.45), site.light.sky[-2][1], 0.2), 0.7)
    with painter.shining():
        for colour, panes in groups.items():
            painter.patch(together(panes), colour, 0.92)
    if snowy(site):
        painter.patch(box(x - wide * 0.02, top - wide * 0.03, wide * 1.04, wide * 0.06, wide * 0.03), SNOW)


def skyline(
    site: Site,
    z: float,
    period: float,
    heights: tuple[float, float],
    widths: tuple[float, float],
    pigment: Colour,
    cell: float,
    detail: float = 0.8,
    x: float = 0.0,
    foot: float = 0.0,
) -> Plane:
    """A repeating row of towers; seen from a roof their `foot` is below the ground."""
    tall, air = heights[1] * 1.25, min(z, 40 + z * 0.12)  # metres; full haze would hide a city

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.distance = air
        at = widths[0] * 0.4
        while at < period - widths[0] * 0.2:
            wide = rng.uniform(*widths)
            shade = mix(pigment, one_of(rng, WALLS), rng.uniform(0, 0.35))
            tower(painter, rng, at, tall, wide, rng.uniform(*heights), shade, site, cell)
            at += wide * rng.uniform(0.8, 1.15)

    return Plane((x - period / 2, tall + foot, z), period, tall, paint, repeat=True, detail=detail, haze=False)


def cottage(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    wide: float,
    high: float,
    site: Site,
    timbered: bool = True,
) -> None:
    """Paints a gabled house: half-timbered or of logs, with a steep roof, a chimney and a door."""
    wall = (
        one_of(rng, ((244, 232, 208), (250, 240, 220), (236, 208, 170), (240, 220, 196))) if timbered else (136, 92, 66)
    )
    beam = (104, 70, 54) if timbered else (100, 66, 50)
    roof = one_of(rng, ((176, 84, 62), (150, 70, 60), (126, 84, 76))) if timbered else (92, 70, 70)
    eaves, ridge_y = foot - high * 0.55, foot - high
    painter.body(box(x, eaves, wide, foot - eaves), wall, wide * 0.2, rim=0.3)
    gable = polygon([(x, eaves), (x + wide / 2, ridge_y), (x + wide, eaves)])
    painter.body(gable, wall, wide * 0.15, rim=0.2, form=0.5)
    _beams(painter, x, foot, wide, high, beam, timbered)
    _cottage_openings(painter, rng, x, foot, wide, high, site, beam)
    over, thick = wide * 0.1, wide * 0.075
    covering = SNOW if snowy(site) else roof
    chimney = box(x + wide * 0.68, ridge_y + high * 0.02, wide * 0.1, high * 0.2)
    painter.body(chimney, (146, 104, 92), wide * 0.04)
    for side in (-1, 1):
        edge = x + wide / 2 + side * (wide / 2 + over)
        low = eaves + over * (eaves - ridge_y) / (wide / 2)
        slab = polygon(
            [
                (x + wide / 2, ridge_y - thick * 1.2),
                (edge, low - thick),
                (edge, low + thick * 0.5),
                (x + wide / 2, ridge_y + thick * 0.7),
            ]
        )
        painter.body(slab, roof, thick)
        if covering is SNOW:
            cap = polygon(
                [
                    (x + wide / 2, ridge_y - thick * 2.0),
                    (edge, low - thick * 1.8),
                    (edge, low - thick * 0.5),
                    (x + wide / 2, ridge_y - thick * 0.5),
                ]
            )
            painter.body(cap, SNOW, thick * 0.6)


def _beams(painter: Painter, x: float, foot: float, wide: float, high: float, beam: Colour, timbered: bool) -> None:
    eaves = foot - high * 0.55
    if not timbered:
        logs = [box(x - 0.05, eaves + i * 0.3, wide + 0.1, 0.04) for i in range(int((foot - eaves) / 0.3) + 1)]
        painter.patch(together(logs), beam, 0.8)
        return
    thick, half = wide * 0.032, high * 0.55 / 2
    lines = [box(x, eaves - thick / 2, wide, thick), box(x, eaves + half, wide, thick)]
    lines += [box(x + wide * k - thick / 2, eaves, thick, foot - eaves) for k in (0.03, 0.34, 0.66, 0.97)]
    painter.patch(together(lines), beam)
    for left, right in ((0.03, 0.34), (0.97, 0.66)):
        painter.line([(x + wide * left, eaves + half), (x + wide * right, eaves)], beam, thick)
    painter.line([(x + wide * 0.5, foot - high * 0.97), (x + wide * 0.5, eaves)], beam, thick)
    painter.line(
        [
            (x + wide * 0.28, eaves - high * 0.02),
            (x + wide * 0.5, foot - high * 0.8),
            (x + wide * 0.72, eaves - high * 0.02),
        ],
        beam,
        thick * 0.8,
    )


def _cottage_openings(
    painter: Painter,
    rng: np.random.Generator,
    x: float,
    foot: float,
    wide: float,
    high: float,
    site: Site,
    beam: Colour,
) -> None:
    size = wide * 0.16
    for cx, cy in ((0.185, 0.42), (0.815, 0.42), (0.5, 0.42), (0.185, 0.2), (0.5, 0.68)):
        left, top = x + wide * cx - size / 2, foot - high * cy - size * 0.4
        window(painter, rng, left, top, size, size * 1.05, site, darker(beam, 0.1))
        if site.time != Time.DAY and rng.random() < lit_share(site):
            painter.glow(left + size / 2, top + size / 2, size * 1.8, (255, 190, 110), 0.35)
    door = box(x + wide * 0.62, foot - high * 0.3, wide * 0.2, high * 0.3, wide * 0.05)
    painter.body(door, one_of(rng, ((150, 62, 54), (56, 96, 112), (84, 110, 70))), wide * 0.06)
    painter.patch(disc(x + wide * 0.65, foot - high * 0.14, wide * 0.012), (240, 200, 110))
    if lamps_lit(site):
        with painter.shining():
            painter.patch(oval(x + wide * 0.86, foot - high * 0.28, wide * 0.02, wide * 0.03), (255, 226, 160))
        painter.glow(x + wide * 0.86, foot - high * 0.28, wide * 0.3, (255, 200, 120), 0.6)
