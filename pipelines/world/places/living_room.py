"""A living room: sofa, bookshelf, rug, pictures, plants, a window with the hour's sky, lamps in the evening."""

import numpy as np

from pipelines.storyboard import Time
from pipelines.world.geometry import Colour, box, oval, together
from pipelines.world.place import Floor, Layout, Plane, Site, place
from pipelines.world.scenery.conditions import darker, lighter, lit_share
from pipelines.world.scenery.foreground import edges, sprigs
from pipelines.world.scenery.grounds import boards, light_pool, stretch
from pipelines.world.scenery.interior import bookshelf, curtains, floor_lamp, house_plant, outlook, picture
from pipelines.world.styles.painter import Painter

PERIOD, WALL, HIGH, CEILING = 9.6, 4.4, 9.0, 4.3  # metres: room repeats, depth of the wall, painted height, ceiling
PAPER: Colour = (226, 190, 150)
SOFA: Colour = (56, 118, 124)
_DIM = {Time.DAY: 0.0, Time.DAWN: 0.08, Time.SUNSET: 0.12, Time.NIGHT: 0.3}


@place(
    "living_room",
    surface="carpet",
    ambiences=("room",),
    night_ambiences=("room", "fire"),
    room="small",
    indoor=True,
    motes=False,
)
def living_room(site: Site) -> Layout:
    planes = [
        wall(site),
        skirting(site),
        furniture(site),
        sofa(site),
        lamps(site),
        plants(site),
        rug(site),
        *edges(site, sprigs((50, 104, 72), (80, 136, 84), (36, 84, 70))),
    ]
    if _evening(site):
        planes.append(light_pool(1.75, 2.6, 1.9, (255, 190, 110), 0.4))
    return Layout(tuple(planes), Floor(boards(darker((186, 126, 84), _DIM[site.time]), 0.2), 4.0, mirror=0.12))


def _evening(site: Site) -> bool:
    return lit_share(site) > 0.22


def wall(site: Site) -> Plane:
    """The papered wall with windows, pictures and the ceiling's edge."""
    paper = darker(PAPER, _DIM[site.time])

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        top = HIGH - CEILING
        painter.blend(
            box(-1, top, PERIOD + 2, CEILING),
            (0, top),
            (0, HIGH),
            ((0, lighter(paper, 0.15)), (0.6, paper), (1, darker(paper, 0.16))),
        )
        stripes = [box(0.24 * k, top, 0.09, CEILING) for k in range(40)]
        painter.patch(together(stripes), lighter(paper, 0.25), 0.35)
        painter.blend(
            box(-1, 0, PERIOD + 2, top),
            (0, 0),
            (0, top),
            ((0, darker((238, 226, 208), 0.3)), (1, darker((246, 236, 220), _DIM[site.time]))),
        )
        beams = [box(1.6 * k + 0.5, 0, 0.28, top - 0.04) for k in range(-1, 8)]
        painter.patch(together(beams), darker((150, 106, 74), 0.2 + _DIM[site.time]), 0.85)
        painter.patch(box(-1, top - 0.04, PERIOD + 2, 0.13), lighter(paper, 0.6))
        painter.patch(box(-1, top + 0.09, PERIOD + 2, 0.04), darker(paper, 0.3), 0.5)
        outlook(painter, rng, 3.35, HIGH - 3.3, 2.0, 2.5, site)
        curtains(painter, 3.35, HIGH - 3.3, 2.0, 2.5, (206, 108, 84))
        for x, y, wide, high in (
            (6.15, 1.1, 0.62, 0.8),
            (6.2, 2.1, 0.5, 0.4),
            (0.8, 1.3, 0.9, 0.7),
            (1.95, 1.05, 0.5, 0.62),
            (1.95, 1.85, 0.5, 0.4),
            (0.95, 2.2, 0.5, 0.4),
        ):
            picture(painter, rng, x, top + y, wide, high)

    return Plane((-PERIOD / 2, HIGH, WALL), PERIOD, HIGH, paint, repeat=True, haze=False, detail=0.9)


def skirting(site: Site) -> Plane:
    """The white board along the foot of the wall."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.patch(box(-1, 0, PERIOD + 2, 0.16), darker((246, 240, 230), _DIM[site.time]))
        painter.patch(box(-1, 0.02, PERIOD + 2, 0.02), (190, 176, 160), 0.6)

    return Plane((-PERIOD / 2, 0.16, WALL - 0.03), PERIOD, 0.17, paint, repeat=True, haze=False, detail=0.8)


def furniture(site: Site) -> Plane:
    """Bookshelf, sideboard with a record player, a clock."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        bookshelf(painter, rng, 7.2, 3.4, 1.7, 3.3)
        painter.body(box(0.5, 2.65, 2.2, 0.68, 0.03), (164, 112, 76), 0.15)
        painter.patch(together([box(1.22, 2.7, 0.015, 0.58), box(1.95, 2.7, 0.015, 0.58)]), (100, 66, 48))
        painter.patch(together([box(0.6, 3.32, 0.06, 0.1), box(2.54, 3.32, 0.06, 0.1)]), (90, 62, 48))
        painter.body(box(0.72, 2.51, 0.62, 0.15, 0.02), (70, 56, 60), 0.05)
        painter.patch(oval(1.0, 2.51, 0.22, 0.035), (30, 28, 36))
        house_plant(painter, rng, 2.3, 2.66, 0.6)

    return Plane((-PERIOD / 2, 3.4, WALL - 0.35), PERIOD, 3.43, paint, repeat=True, haze=False, detail=0.9)


def sofa(site: Site) -> Plane:
    """A wide sofa with cushions and a blanket."""
    cloth = darker(SOFA, _DIM[site.time] * 0.6)

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        x, foot, wide = 2.9, 1.0, 2.5
        painter.patch(
            together([box(x + 0.15, foot - 0.1, 0.08, 0.1), box(x + wide - 0.23, foot - 0.1, 0.08, 0.1)]), (92, 64, 50)
        )
        painter.body(box(x + 0.08, foot - 0.86, wide - 0.16, 0.7, 0.16), darker(cloth, 0.12), 0.2)
        for k in range(2):
            painter.body(
                box(x + 0.2 + k * (wide - 0.4) / 2, foot - 0.5, (wide - 0.42) / 2, 0.26, 0.08),
                lighter(cloth, 0.08),
                0.12,
            )
        painter.body(box(x, foot - 0.3, wide, 0.22, 0.06), cloth, 0.1)
        for side in (0, 1):
            painter.body(box(x - 0.06 + side * (wide - 0.24), foot - 0.64, 0.36, 0.56, 0.15), cloth, 0.16)
        for dx, pigment, tilt in ((0.36, (240, 178, 84), -12), (0.75, (226, 104, 90), 9), (1.75, (246, 226, 196), 8)):
            with painter.moved(x + dx + 0.18, foot - 0.6, tilt):
                painter.body(box(-0.19, -0.19, 0.38, 0.36, 0.1), pigment, 0.1)

    return Plane((-PERIOD / 2 - 0.4, 1.0, 3.3), PERIOD, 1.02, paint, repeat=True, haze=False)


def lamps(site: Site) -> Plane:
    """A standard lamp beside the sofa."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        floor_lamp(painter, PERIOD / 2 + 1.85, 3.4, 1.75, _evening(site))

    return Plane((-PERIOD / 2, 3.4, 3.0), PERIOD, 3.42, paint, repeat=True, haze=False, detail=0.9)


def plants(site: Site) -> Plane:
    """A tall plant on the other side."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        house_plant(painter, rng, PERIOD / 2 - 1.95, 1.75, 1.6)

    return Plane((-PERIOD / 2, 1.75, 2.7), PERIOD, 1.77, paint, repeat=True, haze=False)


def rug(site: Site) -> Plane:
    """A patterned rug under the performers."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        red, cream, blue = (176, 72, 64), (244, 222, 184), (66, 96, 128)
        for middle in np.arange(-PERIOD * 6, PERIOD * 7, PERIOD):
            x = float(middle)
            for inset, pigment in ((0.0, cream), (0.08, red), (0.3, blue), (0.36, cream), (0.42, red)):
                painter.patch(
                    box(x - 2.6 + inset, -2.1 + inset, 5.2 - 2 * inset, 3.2 - 2 * inset, 0.05),
                    darker(pigment, _DIM[site.time]),
                )
            marks = [oval(x - 1.8 + 0.6 * i, -0.5 + 0.42 * j, 0.16, 0.12) for i in range(7) for j in (-2, -1, 0, 1, 2)]
            painter.patch(together(marks), darker(cream, 0.1 + _DIM[site.time]), 0.75)
            dots = [oval(x - 1.8 + 0.6 * i, -0.5 + 0.42 * j, 0.07, 0.05) for i in range(7) for j in (-2, -1, 0, 1, 2)]
            painter.patch(together(dots), darker(blue, _DIM[site.time]))

    return stretch(site, -1.2, 2.2, paint)
