"""Hats on heads. The back half of a brim is painted before the head, the rest after it."""

import math

import skia

from pipelines.world.geometry import Colour, Point, clamp, curve, disc, lerp, mix, smooth, wrap_angle
from pipelines.world.people.hat_shapes import HATS, Hat
from pipelines.world.people.head_place import FAR, HeadPlace
from pipelines.world.people.loft import View, loft
from pipelines.world.people.look import Look
from pipelines.world.people.skull import skull
from pipelines.world.styles.painter import Painter

SLICES = 20  # pieces that half a brim is made of


def hides_hair(hat: str) -> bool:
    """Whether nothing of the hair is seen under it."""
    return hat == "knight_helmet"


def draw_hat(painter: Painter, look: Look, view: View, place: HeadPlace, back: bool) -> None:
    """Paints the half of the hat that lies behind the head, or the rest of it."""
    if not look.hat:
        return
    if look.hat == "crown":
        _royal(painter, look.hat_colour, view, back)
        return
    shape = HATS[look.hat]
    colour = shape.colour or look.hat_colour
    worn = _Worn(shape, view, place)
    if back:
        if len(shape.brim) > 1:
            painter.body(worn.brim(0.0), mix(colour, (50, 26, 50), 0.55), view.size * 0.3, rim=0.5, form=0.6)
        return
    worn.shade_face(painter, look)
    painter.body(worn.crown(), colour, view.size * 0.9, detail=lambda: worn.marks(painter, colour))
    if len(shape.brim) > 1:
        painter.body(worn.brim(math.pi), mix(colour, (255, 244, 224), 0.10), view.size * 0.22, form=0.8)
        if view.size > FAR:
            painter.line(worn.edge(), mix(colour, (70, 30, 40), 0.5), view.size * 0.022, 0.7)
    if shape.button:
        x, y = view((0, worn.loft.top, -0.08))
        painter.body(
            disc(x, y, view.size * shape.button_size),
            shape.band or mix(colour, (40, 20, 40), 0.2),
            view.size * shape.button_size,
        )


class _Worn:
    """A hat on a head that is seen in some way."""

    def __init__(self, shape: Hat, view: View, place: HeadPlace) -> None:
        self.shape, self.view, self.place = shape, view, place
        self.loft = loft(*shape.crown)

    def line(self, angle: float) -> float:
        return curve(abs(wrap_angle(angle)), self.shape.line)

    def _inner(self, angle: float) -> Point:
        return self.view(self.loft.at(angle, self.line(angle)))

    def _outer(self, angle: float) -> Point:
        turn = abs(wrap_angle(angle))
        x, _, z = self.loft.at(angle, self.line(angle), curve(turn, self.shape.brim))
        flap = 0.02 * (0.3 + self.place.wind) * math.sin(angle * 3 + self.place.t * 5)
        return self.view((x, self.line(angle) + curve(turn, self.shape.drop) + flap, z))

    def crown(self) -> skia.Path:
        """Outline of the part above the brim."""
        soft = self.shape.soft

        def bend(p: tuple[float, float, float]) -> tuple[float, float, float]:
            k = 1 + soft * math.sin(math.atan2(p[1] + 1.6, p[0]) * 9)
            return p[0] * k, p[1], p[2] * k

        return smooth(self.loft.zone(self.view, self.line, True, 0, n=16, m=12, bend=bend if soft else None))

    def brim(self, from_back: float) -> skia.Path:
        """The far half of the brim (0), or the near half (π)."""
        middle = -self.view.yaw + math.pi - from_back
        wide = math.pi / 2 + 0.24
        angles = [middle + lerp(-wide, wide, i / SLICES) for i in range(SLICES + 1)]
        inner = [self._inner(middle + clamp(a - middle, -1.5, 1.5)) for a in reversed(angles)]
        return smooth([self._outer(a) for a in angles] + inner)

    def edge(self) -> list[Point]:
        middle = -self.view.yaw
        return [self._outer(middle + lerp(-1.5, 1.5, i / 12)) for i in range(13)]

    def shade_face(self, painter: Painter, look: Look) -> None:
        """The shadow that the hat throws on the forehead."""
        if self.view.away:
            return
        size = self.view.size
        brim = curve(0, self.shape.brim)
        with painter.clipped(smooth(skull(look).outline(self.view))), painter.moved(0, size * (0.07 + 0.16 * brim)):
            painter.patch(self.crown(), mix(look.skin, (60, 26, 60), 0.5), 0.34)

    def marks(self, painter: Painter, colour: Colour) -> None:
        """Band, seams, gloss and badge."""
        shape, view, size = self.shape, self.view, self.view.size
        dark, lit = mix(colour, (60, 24, 40), 0.45), mix(colour, (255, 250, 220), 0.5)
        if shape.band:
            angles = [-view.yaw + lerp(-1.56, 1.56, i / 10) for i in range(11)]
            low = [view(self.loft.at(a, self.line(a) + 0.02)) for a in angles]
            high = [view(self.loft.at(a, self.line(a) - 0.24)) for a in angles]
            painter.patch(smooth(low + high[::-1]), shape.band)
        if size > FAR:
            top = self.loft.top
            for angle in shape.seams:
                if view.nearness(self.loft.at(angle, -0.9)) > 0.05:
                    line = [view(self.loft.at(angle, lerp(top + 0.03, self.line(angle), k))) for k in (0, 0.25, 0.6, 1)]
                    painter.line(line, dark, size * 0.026, 0.45)
        x, y = view(
            self.loft.at(
                0.6 * (1 if painter.light.key_towards[0] > 0 else -1) - view.yaw, lerp(self.loft.top, -0.7, 0.35)
            )
        )
        painter.tone(x, y, size * 0.36, size * 0.15, lit, 0.6)
        if shape.badge and not view.away:
            x, y = view(self.loft.at(0, self.line(0) - 0.30, 0.02))
            painter.patch(disc(x, y, size * 0.15), shape.badge)


def _royal(painter: Painter, colour: Colour, view: View, back: bool) -> None:
    """A ring of points with jewels."""
    gold = (242, 196, 76) if colour == (216, 46, 54) else colour
    ring = loft((-1.5, 0.98, -0.08, 1.04), (-0.7, 0.99, -0.08, 1.05))
    middle = -view.yaw + (math.pi if back else 0.0)
    low, high, jewels = [], [], []
    for i in range(17):
        angle = middle + lerp(-1.58, 1.58, i / 16)
        low.append(view(ring.at(angle, -0.74 + 0.10 * math.cos(angle) * -1)))
        peak = 0.5 - 0.5 * math.cos((angle % (math.pi / 4)) / (math.pi / 4) * 2 * math.pi)
        high.append(view(ring.at(angle, -1.06 - 0.34 * peak)))
        if i % 4 == 2:
            jewels.append(view(ring.at(angle, -0.88)))
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in low + high[::-1]], True)
    if back:
        painter.body(path, mix(gold, (70, 36, 40), 0.5), view.size * 0.2, rim=0.4)
        return

    def stones() -> None:
        for i, (x, y) in enumerate(jewels):
            painter.patch(disc(x, y, view.size * 0.075), ((206, 44, 70), (60, 120, 210), (60, 160, 100))[i % 3])

    painter.body(path, gold, view.size * 0.25, detail=stones)
