"""A gymnasium: basketball court, hoop on the right-hand wall, high windows, bleachers, trusses with lamps."""

import numpy as np

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, mix, oval, polygon, together
from pipelines.world.place import Floor, Layout, Plane, Segment, Site, place
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.scenery.grounds import boards, stretch
from pipelines.world.scenery.hoop import BOARD, RIM_HEIGHT, RIM_RADIUS, RIM_X, hoop
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

WALL_X, BACK, HIGH = 4.2, 9.5, 13.0  # metres: right wall, back wall, ceiling
WINDOW_STEP, WINDOW_WIDE = 3.1, 2.3  # metres
WARM: Colour = (246, 196, 150)
PADS: Colour = (84, 58, 176)

OBSTACLES = (
    Segment(
        (RIM_X - RIM_RADIUS - 0.005, RIM_HEIGHT), (RIM_X - RIM_RADIUS + 0.005, RIM_HEIGHT), "rim", 0.02, "rim_front"
    ),
    Segment(
        (RIM_X + RIM_RADIUS - 0.005, RIM_HEIGHT), (RIM_X + RIM_RADIUS + 0.005, RIM_HEIGHT), "rim", 0.02, "rim_back"
    ),
    Segment((BOARD[0], BOARD[1]), (BOARD[0], BOARD[2]), "backboard", 0.02, "backboard"),
    Segment((WALL_X, 0.0), (WALL_X, HIGH), "wall", 0.02, "wall"),
)


@place("gym", surface="wood", ambiences=("gym",), room="gym", indoor=True, obstacles=OBSTACLES, motes=False)
def gym(site: Site) -> Layout:
    left = min(-26.0, site.left - 14.0)
    planes = [
        back_wall(site, left),
        bleachers(left),
        right_wall(site),
        court(site),
        *shafts(site, left),
        *[truss(left, z) for z in (8.4, 6.2, 4.0, 1.9)],
        *hoop(WALL_X),
    ]
    return Layout(tuple(planes), Floor(boards((206, 122, 74), 0.25), 4.0, mirror=0.25))


def _daylight(site: Site) -> tuple[Colour, Colour]:
    """(top, bottom) colour of what shows in the windows."""
    return {
        Time.DAY: ((236, 246, 250), (255, 250, 224)),
        Time.DAWN: ((214, 196, 224), (255, 224, 186)),
        Time.SUNSET: ((255, 214, 150), (255, 240, 190)),
        Time.NIGHT: ((26, 34, 84), (58, 66, 130)),
    }[site.time]


def back_wall(site: Site, left: float) -> Plane:
    """The long wall: plaster lit from the windows, pennants, a rail."""
    width = WALL_X - left
    night = site.time == Time.NIGHT

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        low, high = (
            (mix(WARM, (120, 84, 150), 0.35), darker(PADS, 0.25))
            if night
            else (lighter(WARM, 0.3), mix(WARM, (150, 86, 150), 0.75))
        )
        wash(
            painter,
            box(0, 0, width, HIGH),
            (0, 0),
            (0, HIGH),
            (
                (0, darker(high, 0.8)),
                (0.42, darker(high, 0.25)),
                (0.56, mix(high, low, 0.55)),
                (0.76, low),
                (1, darker(low, 0.12)),
            ),
        )
        bricks = [box(0, y, width, 0.018) for y in np.arange(0.3, HIGH, 0.42)]
        painter.patch(together(bricks), darker(WARM, 0.45), 0.16)
        for x in _window_xs(width):
            _window(painter, site, x)
        for i, x in enumerate(np.arange(width - 4.75, 0, -WINDOW_STEP)):
            _pennant(painter, float(x), HIGH - 5.7, ((244, 190, 66), (226, 84, 100), (104, 110, 214))[i % 3])

    return Plane((left, HIGH, BACK), width, HIGH, paint, detail=0.8, haze=False)


def _window_xs(width: float) -> list[float]:
    return [float(x) for x in np.arange(width - 4.1, -WINDOW_WIDE, -WINDOW_STEP)]


def _window(painter: Painter, site: Site, x: float) -> None:
    top, bottom = _daylight(site)
    y, high = HIGH - 6.0, 3.0
    painter.patch(box(x - 0.12, y - 0.12, WINDOW_WIDE + 0.24, high + 0.24), (86, 62, 110))
    with painter.shining():
        wash(painter, box(x, y, WINDOW_WIDE, high), (0, y), (0, y + high), ((0, top), (1, bottom)))
    bars = [box(x + WINDOW_WIDE * k - 0.025, y, 0.05, high) for k in (0.25, 0.5, 0.75)]
    bars += [box(x, y + high * k - 0.025, WINDOW_WIDE, 0.05) for k in (0.2, 0.4, 0.6, 0.8)]
    painter.patch(together(bars), (120, 92, 132), 0.85)
    if site.time != Time.NIGHT:
        painter.glow(x + WINDOW_WIDE / 2, y + high / 2, 2.6, bottom, 0.3)


def _pennant(painter: Painter, x: float, y: float, pigment: Colour) -> None:
    shape = polygon([(x, y), (x + 0.62, y), (x + 0.62, y + 0.95), (x + 0.31, y + 1.2), (x, y + 0.95)])
    painter.body(shape, pigment, 0.1, rim=0.4)
    painter.patch(
        together([box(x + 0.1, y + 0.3, 0.42, 0.06), box(x + 0.1, y + 0.44, 0.42, 0.06)]), lighter(pigment, 0.5)
    )


def bleachers(left: float) -> Plane:
    """Five rows of benches along the back wall, with aisles, bags and bottles."""
    right, rows, rise = 2.4, 5, 0.36
    width = right - left

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        tall = rows * rise
        for row in range(rows, 0, -1):
            y, inset = tall - row * rise, (row - 1) * 0.28
            wash(
                painter,
                box(0, y, width - inset, rise * row),
                (0, y),
                (0, y + rise),
                ((0, (98, 66, 132)), (1, (58, 38, 96))),
            )
            painter.patch(box(0, y, width - inset, 0.07), (246, 178, 108))
            painter.patch(box(0, y + 0.07, width - inset, 0.05), (40, 24, 70), 0.6)
        for x in np.arange(width - 3.6, 0, -6.2):
            for row in range(rows):
                painter.patch(
                    box(float(x), tall - (row + 1) * rise, 0.55, rise * 0.62),
                    mix((132, 92, 160), (90, 60, 130), row / rows),
                )
        for x in np.arange(width - 1.6, 0, -2.7):
            row = int(rng.integers(rows))
            pigment = ((236, 84, 96), (84, 168, 214), (246, 196, 84), (110, 190, 120))[int(rng.integers(4))]
            painter.body(box(float(x), tall - (row + 1) * rise - 0.16, 0.24, 0.17, 0.05), pigment, 0.06)

    return Plane((left, rows * rise, 8.7), width, rows * rise, paint, haze=False)


def right_wall(site: Site) -> Plane:
    """The wall behind the hoop: panels above, pads below."""
    near = site.nearest + 0.6
    length = BACK - near

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        upper = (150, 84, 142)
        wash(
            painter,
            box(0, 0, length, HIGH),
            (0, 0),
            (0, HIGH),
            ((0, darker(upper, 0.8)), (0.5, darker(upper, 0.4)), (0.78, upper), (1, lighter(upper, 0.1))),
        )
        painter.patch(
            together([box(0, y, length, 0.02) for y in np.arange(0.5, HIGH - 1.9, 0.6)]), darker(upper, 0.5), 0.4
        )
        wash(
            painter,
            box(0, HIGH - 1.85, length, 1.85),
            (0, HIGH - 1.85),
            (0, HIGH),
            ((0, lighter(PADS, 0.12)), (1, darker(PADS, 0.3))),
        )
        painter.patch(
            together([box(x, HIGH - 1.85, 0.025, 1.85) for x in np.arange(0.3, length, 0.85)]), darker(PADS, 0.5), 0.8
        )
        wash(painter, box(0, 0, 2.4, HIGH), (0, 0), (2.4, 0), ((0, WARM, 0.35), (1, WARM, 0.0)))

    return Plane((WALL_X, HIGH, BACK), length, HIGH, paint, (0, 0, -1), detail=0.5, haze=False)


def court(site: Site) -> Plane:
    """Lines, the coloured key under the hoop, and the windows' light on the boards."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        with painter.clipped(box(-90, -BACK, 90 + WALL_X, 40)):
            _lines(painter, site)

    return stretch(site, -20, BACK - 1.0, paint, 0.6)


def _lines(painter: Painter, site: Site) -> None:
    white = (255, 240, 226)
    key = box(-1.7, -2.4, 5.4, 4.4)
    painter.patch(key, (196, 70, 76), 0.5)
    if site.time != Time.NIGHT:
        with painter.shining():
            for x in np.arange(-24.0, 3.0, WINDOW_STEP):
                for k in range(3):
                    left = float(x) + 0.9 + 0.72 * k
                    painter.patch(
                        polygon([(left, -7.9), (left + 0.62, -7.9), (left + 1.5, -3.4), (left + 0.88, -3.4)]),
                        _daylight(site)[1],
                        0.30,
                    )
    painter.line(key, white, 0.06, 0.9)
    painter.line(oval(-1.7, -0.2, 1.8, 1.8), white, 0.06, 0.9)
    painter.line(oval(RIM_X, -0.2, 6.6, 5.4), white, 0.06, 0.9)
    painter.patch(together([box(-40, -6.9, 43.7, 0.06), box(3.64, -7, 0.06, 20), box(-9.5, -7, 0.06, 20)]), white, 0.9)
    painter.line(oval(-9.5, -0.2, 1.8, 1.8), white, 0.06, 0.9)


def shafts(site: Site, left: float) -> list[Plane]:
    """Beams of light that slant down from the windows."""
    if site.time == Time.NIGHT:
        return []
    colour = _daylight(site)[1]
    width = WALL_X - left

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        if not painter.airy:
            return
        with painter.shining():
            for x in _window_xs(width):
                beam = polygon(
                    [(x + 0.2, 0.5), (x + WINDOW_WIDE - 0.2, 0.5), (x + WINDOW_WIDE + 1.5, 6.0), (x + 1.4, 6.0)]
                )
                wash(painter, beam, (0, 0.5), (0.6, 6.0), ((0, colour, 0.28), (0.5, colour, 0.13), (1, colour, 0.0)))

    return [Plane((left, 6.4, 6.6), width, 6.4, paint, detail=0.25, soft=0.05, haze=False, mirrored=False)]


def truss(left: float, z: float) -> Plane:
    """A roof truss with round lamps."""
    width, low = WALL_X - left, 1.3

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        steel = (46, 30, 84)
        painter.patch(together([box(0, low - 0.5, width, 0.08), box(0, low, width, 0.09)]), steel)
        zigzag = [(x, low - 0.45 if i % 2 else low + 0.02) for i, x in enumerate(np.arange(0, width, 0.45))]
        for a, b in zip(zigzag, zigzag[1:], strict=False):
            painter.line([a, b], steel, 0.05)
        for x in np.arange(width - 1.9, 0, -3.1):
            lamp = oval(float(x), low + 0.16, 0.3, 0.09)
            painter.glow(float(x), low + 0.16, 1.1, (255, 226, 190), 0.55)
            with painter.shining():
                painter.patch(lamp, (255, 244, 220))

    return Plane((left, 5.3 + low, z), width, low + 1.3, paint, detail=0.6, haze=False)
