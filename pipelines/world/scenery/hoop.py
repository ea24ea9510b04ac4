"""A basketball hoop at the coordinates that physics and picture share."""

import math

import numpy as np
import skia

from pipelines.world.geometry import box, oval, polygon
from pipelines.world.place import Plane
from pipelines.world.scenery.washes import wash
from pipelines.world.styles.painter import Painter

RIM_X, RIM_HEIGHT, RIM_RADIUS = 1.6, 3.05, 0.225  # metres
BOARD = (2.0, 2.9, 3.95)  # metres: x, foot and top of the backboard
BOARD_WIDE = 1.8  # metres
NET_LONG = 0.42  # metres


def hoop(wall_x: float) -> list[Plane]:
    """The hoop's planes: arms to the wall, board, rim and net, each as a half behind and a half before the ball."""
    return [arms(wall_x), board(), bracket(), *(part for front in (False, True) for part in (rim(front), net(front)))]


def arms(wall_x: float) -> Plane:
    """Two steel arms from the wall to the board."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for start, end in (((0.02, 0.28), (wall_x - BOARD[0], 0.1)), ((0.02, 0.85), (wall_x - BOARD[0], 1.2))):
            painter.line(polygon([start, end, end]), (44, 32, 74), 0.06)

    return Plane((BOARD[0], 3.95, 0.15), wall_x - BOARD[0], 1.4, paint)


def board() -> Plane:
    """The glass board, seen from the side."""
    tall = BOARD[2] - BOARD[1]

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        wash(
            painter,
            box(0, 0, BOARD_WIDE, tall),
            (0, 0),
            (BOARD_WIDE, tall),
            ((0, (236, 226, 255), 0.42), (0.5, (190, 160, 226), 0.28), (1, (236, 200, 226), 0.42)),
        )
        painter.patch(polygon([(0.5, 0), (0.95, 0), (0.5, tall), (0.05, tall)]), (255, 255, 255), 0.22)
        painter.line(box(0.03, 0.03, BOARD_WIDE - 0.06, tall - 0.06), (255, 250, 250), 0.06)
        painter.line(box(BOARD_WIDE / 2 - 0.295, tall - 0.6, 0.59, 0.45), (255, 250, 250), 0.05)
        painter.patch(box(0, tall - 0.09, BOARD_WIDE, 0.09), (226, 50, 74))

    return Plane((BOARD[0], BOARD[2], -BOARD_WIDE / 2), BOARD_WIDE, tall, paint, (0, 0, 1), detail=1.3, haze=False)


def bracket() -> Plane:
    """The bracket that holds the rim."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        painter.body(box(0, 0.02, BOARD[0] - RIM_X - RIM_RADIUS, 0.05), (226, 70, 50), 0.03)
        painter.body(polygon([(0.175, 0.0), (0.175, 0.16), (0.04, 0.06)]), (200, 54, 44), 0.03)

    return Plane((RIM_X + RIM_RADIUS, RIM_HEIGHT + 0.03, 0.005), BOARD[0] - RIM_X - RIM_RADIUS, 0.17, paint, detail=2.0)


def rim(front: bool) -> Plane:
    """Half of the ring as a camera some metres away sees it: the half behind the ball, or the half before it."""
    thick, flat = 0.04, 0.05

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        arc = skia.Path()
        ring = skia.Rect.MakeLTRB(thick, thick, thick + 2 * RIM_RADIUS, thick + 2 * flat)
        arc.addArc(ring, 0 if front else 180, 180)
        painter.line(arc, (250, 92, 44) if front else (206, 66, 40), thick)
        if front:
            painter.line(arc, (255, 176, 110), thick * 0.25)

    z = -0.1 if front else 0.1
    return Plane(
        (RIM_X - RIM_RADIUS - thick, RIM_HEIGHT + flat + thick, z),
        2 * (RIM_RADIUS + thick),
        2 * (flat + thick),
        paint,
        detail=2.5,
    )


def net(front: bool) -> Plane:
    """Half of the net, as the camera sees it."""
    wide = 2 * RIM_RADIUS

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        def at(turn: float, drop: float) -> tuple[float, float]:
            reach = RIM_RADIUS * (1 - 0.42 * drop + 0.06 * math.sin(drop * math.pi))
            angle = turn if front else turn + math.pi
            return 0.05 + RIM_RADIUS - math.cos(angle) * reach, 0.05 + drop * NET_LONG + math.sin(angle) * 0.03 * (
                1 - drop
            )

        for strand in range(-2, 11):
            for lean in (-1, 1):
                turns = [math.pi * (strand + lean * 2.2 * k / 6) / 8 for k in range(7)]
                points = [at(turn, k / 6) for k, turn in enumerate(turns) if 0 <= turn <= math.pi]
                if len(points) > 1:
                    painter.line(points, (255, 250, 244), 0.013, 0.95 if front else 0.55)
        painter.line(oval(0.05 + RIM_RADIUS, 0.05 + NET_LONG, RIM_RADIUS * 0.58, 0.012), (255, 250, 244), 0.013, 0.8)

    z = -0.09 if front else 0.11
    return Plane((RIM_X - RIM_RADIUS - 0.05, RIM_HEIGHT + 0.05, z), wide + 0.1, NET_LONG + 0.1, paint, detail=2.0)
