"""A friendly robot: a head of its own on the same body."""

import math

from pipelines.world.geometry import disc, mix, oval, smooth
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.loft import loft
from pipelines.world.people.look import Look
from pipelines.world.styles.painter import Painter

_CASE = loft(
    (-1.10, 0.10, 0.0, 0.1),
    (-1.05, 0.72, 0.0, 0.72),
    (-0.85, 0.96, 0.0, 0.94),
    (-0.3, 1.06, 0.0, 1.0),
    (0.4, 1.05, 0.0, 1.0),
    (0.86, 0.92, 0.0, 0.9),
    (1.02, 0.66, 0.0, 0.66),
    (1.06, 0.1, 0.0, 0.1),
)
SCREEN = (30, 34, 52)
GLOW = (126, 232, 255)


class RobotHead:
    """A rounded case with a dark screen; eyes and mouth are lights on it."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def draw_behind(self, painter: Painter, place: HeadPlace) -> None:
        """Nothing hangs from a robot's head."""

    def draw(self, painter: Painter, place: HeadPlace) -> None:
        """Paints the head at its place."""
        view, size, colour = place.view, place.view.size, self.look.outfit.top_colour
        self._antenna(painter, place)
        for side in (-1, 1):
            if view.nearness((side, 0, 0)) < 0.1:
                self._ear(painter, place, side)
        painter.body(
            smooth(_CASE.outline(view)),
            mix(colour, (255, 255, 255), 0.2),
            size,
            detail=lambda: self._face(painter, place),
        )
        for side in (-1, 1):
            if view.nearness((side, 0, 0)) >= 0.1:
                self._ear(painter, place, side)

    def _antenna(self, painter: Painter, place: HeadPlace) -> None:
        view, size = place.view, place.view.size
        sway = 0.10 * math.sin(place.t * 5) + 0.5 * place.drift[0]
        foot, tip = view((0, -1.0, 0)), view((sway, -1.62, 0))
        painter.line([foot, ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2), tip], (150, 158, 176), size * 0.07)
        with painter.shining():
            painter.patch(disc(*tip, size * 0.13), (255, 196, 90))
            painter.glow(*tip, size * 0.5, (255, 190, 90), 0.35 + 0.25 * math.sin(place.t * 6))

    def _ear(self, painter: Painter, place: HeadPlace, side: int) -> None:
        x, y = place.view((side * 1.10, -0.02, 0))
        size = place.view.size
        painter.body(
            oval(x, y, size * (0.12 + 0.12 * abs(place.view.sin_yaw)), size * 0.26), (172, 180, 198), size * 0.2
        )

    def _face(self, painter: Painter, place: HeadPlace) -> None:
        view, size, face = place.view, place.view.size, place.face
        if view.away:
            return
        corners = (
            (-0.80, -0.52),
            (0, -0.60),
            (0.80, -0.52),
            (0.92, 0.02),
            (0.76, 0.56),
            (0, 0.64),
            (-0.76, 0.56),
            (-0.92, 0.02),
        )
        screen = smooth([view(_CASE.at(a, y, 0.01)) for a, y in corners], tension=7)
        painter.body(screen, SCREEN, size * 0.5, rim=0.4, form=0.5)
        with painter.clipped(screen), painter.shining():
            for side in (-1, 1):
                x, y = view(
                    _CASE.at(side * 0.42 + 0.10 * face.gaze[0], -0.10 + 0.06 * face.gaze[1] - 0.06 * face.brow, 0.02)
                )
                tall = size * 0.20 * max(0.08, 1 - face.blink) * (1 - 0.3 * face.squint)
                painter.glow(x, y, size * 0.42, GLOW, 0.30)
                painter.patch(oval(x, y, size * 0.145 * max(0.4, view.cos_yaw), tall), GLOW)
                painter.patch(disc(x - size * 0.04, y - tall * 0.4, size * 0.035), (255, 255, 255))
            self._mouth(painter, place)

    def _mouth(self, painter: Painter, place: HeadPlace) -> None:
        view, size, face = place.view, place.view.size, place.face
        opened, wide = face.mouth.open, 0.26 + 0.10 * face.mouth.wide - 0.10 * face.mouth.round
        bend = 0.10 * face.smile
        top = [view(_CASE.at(a * wide, 0.30 + y, 0.02)) for a, y in ((-1, -bend), (0, 0.02), (1, -bend))]
        if opened < 0.05:
            painter.line(top, GLOW, size * 0.055)
            return
        bottom = [
            view(_CASE.at(a * wide, 0.30 + y, 0.02))
            for a, y in ((0.6, 0.05 + opened * 0.16), (0, 0.06 + opened * 0.22), (-0.6, 0.05 + opened * 0.16))
        ]
        painter.patch(smooth(top + bottom), GLOW)
