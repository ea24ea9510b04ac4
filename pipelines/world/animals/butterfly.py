"""Butterflies: two pairs of wings that open and close about the body, on a dancing path."""

import math
from collections.abc import Sequence

import skia

from pipelines.world.actor import Actor, Happening, Role, Shadow, actor
from pipelines.world.animals.coat import Coat, coloured
from pipelines.world.animals.figure import View, polar, view_of
from pipelines.world.animals.life import breath
from pipelines.world.camera import Camera
from pipelines.world.geometry import Colour, Point, Point3, ease, mix
from pipelines.world.styles.painter import Painter

ACTIONS = ("fly", "stand", "sit", "sleep", "look", "dance", "eat", "jump", "play", "walk", "run")
RESTS = ("stand", "sit", "sleep", "look", "eat", "talk")
SPEED = 0.55  # metres per second
BEATS = 3.6  # wingbeats per second
SPAN = 0.15  # metres: one wing
ALTITUDE = 0.75  # metres
SHADE: Colour = (52, 26, 66)
DARK: Colour = (44, 30, 42)
WINGS: tuple[Colour, ...] = (
    (246, 140, 40),
    (88, 150, 240),
    (250, 206, 70),
    (226, 92, 150),
    (150, 110, 230),
    (244, 240, 232),
)

# Outlines in wing lengths from the root: (outwards, forwards).
FORE = ((0.0, 0.02), (0.35, 0.42), (0.78, 0.74), (1.04, 0.72), (1.06, 0.42), (0.82, 0.12), (0.40, -0.04))
HIND = ((0.0, 0.0), (0.42, 0.02), (0.78, -0.06), (0.88, -0.34), (0.66, -0.62), (0.40, -0.66), (0.14, -0.34))


class Butterfly:
    """A performer that flutters, or rests with slowly moving wings."""

    def __init__(self, role: Role) -> None:
        self.role = role
        usual = Coat(WINGS[role.index % len(WINGS)], (255, 236, 190), DARK)
        self.coat = coloured(usual, role) if role.colours else usual
        self.rests = role.action in RESTS

    def position(self, t: float) -> Point3:
        travelled = 0.0 if self.rests or self.role.action in ("dance", "jump", "play") else SPEED * self.role.scale * t
        height = 0.0 if self.rests else ALTITUDE + 0.16 * (self.role.index % 4)
        return self.role.x + self.role.heading * travelled, height, self.role.z

    def offset(self, t: float) -> Point:
        """Where it is about its straight path: it dances up and down with its beats."""
        if self.rests:
            return 0.0, 0.42 * SPAN
        i = self.role.index
        lively = 1.7 if self.role.action in ("dance", "jump", "play") else 1.0
        up = 0.10 * math.sin(2 * math.pi * 0.53 * t + 1.9 * i) + 0.05 * math.sin(2 * math.pi * 1.31 * t + i)
        up -= 0.018 * math.cos(2 * math.pi * BEATS * t + i)
        return 0.07 * lively * math.sin(2 * math.pi * 0.41 * t + 2.3 * i), SPAN * 1.4 + lively * up

    def fold(self, t: float) -> float:
        """Angle of the wings above the plane of the body, in radians: −0.5 below to 1.4 closed above the back."""
        if self.role.action == "sleep":
            return 1.32 + 0.04 * breath(t, 0.3)
        if self.rests:
            pause = ease(0.5 + 0.5 * math.sin(2 * math.pi * 0.35 * t + self.role.index))
            return 0.35 + 0.9 * pause
        return 0.42 + 0.85 * math.cos(2 * math.pi * BEATS * t + self.role.index)

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        view = view_of(camera, self.position(t), float(self.role.heading), self.role.scale)
        body, fold = self.offset(t), self.fold(t)
        tilt = 0.45 + 0.10 * math.sin(2 * math.pi * 0.41 * t + self.role.index)
        for side in (-1, 1):
            for outline, k in ((HIND, 0.92), (FORE, 1.0)):
                self._wing(painter, view, body, tilt, fold * k, side, outline)
        self._body(painter, view, body, tilt, t)

    def _place(self, body: Point, tilt: float, fold: float, side: int, out: float, ahead: float) -> Point:
        """A point of a wing, seen a little from above and in front; lengths in spans."""
        z, y = side * out * math.cos(fold) * SPAN, out * math.sin(fold) * SPAN
        x = ahead * SPAN
        c, s = math.cos(tilt), math.sin(tilt)
        return body[0] + x * c - y * s * 0.5 + z * 0.34, body[1] + x * s + y * c - z * 0.62

    def _wing(
        self, painter: Painter, view: View, body: Point, tilt: float, fold: float, side: int, outline: Sequence[Point]
    ) -> None:
        def shape(share: float, centre: Point = (0.0, 0.0)) -> skia.Path:
            return view.outline(
                [
                    self._place(
                        body, tilt, fold, side, centre[0] + (o - centre[0]) * share, centre[1] + (a - centre[1]) * share
                    )
                    for o, a in outline
                ]
            )

        shade = 0.30 if side < 0 else 0.0
        middle = (sum(o for o, _ in outline) / len(outline), sum(a for _, a in outline) / len(outline))
        size = SPAN * view.scale

        def pattern() -> None:
            painter.patch(shape(0.80, (middle[0] * 0.7, middle[1] * 0.7)), mix(self.coat.base, SHADE, shade))
            painter.patch(
                shape(0.40, (middle[0] * 0.4, middle[1] * 0.4)),
                mix(mix(self.coat.base, (255, 240, 180), 0.45), SHADE, shade),
            )
            if size < 14:
                return
            for out, ahead in outline[2:5]:
                spot = self._place(body, tilt, fold, side, out * 0.92, ahead * 0.92)
                painter.patch(view.disc(spot, SPAN * 0.035), (255, 250, 240), 0.95)
            for out, ahead in outline[1:-1]:
                vein = [self._place(body, tilt, fold, side, o * out, o * ahead) for o in (0.1, 0.82)]
                painter.line(view.all(vein), mix(DARK, SHADE, shade), max(painter.unit * 0.7, size * 0.018), 0.65)

        painter.body(shape(1.0), mix(DARK, SHADE, shade), size * 0.3, rim=0.5, form=0.4, detail=pattern)

    def _body(self, painter: Painter, view: View, body: Point, tilt: float, t: float) -> None:
        head, tail = polar(body, tilt, SPAN * 0.30), polar(body, tilt + math.pi, SPAN * 0.50)
        painter.body(
            view.limb([tail, body, head], [SPAN * 0.035, SPAN * 0.065, SPAN * 0.055]),
            DARK,
            SPAN * 0.06 * view.scale,
            rim=0.6,
        )
        painter.patch(view.disc(polar(head, tilt, SPAN * 0.06), SPAN * 0.065), DARK)
        for bend in (0.35, 0.75):
            sway = 0.06 * math.sin(2 * math.pi * 1.2 * t + bend * 5)
            feeler = [head, polar(head, tilt + bend, SPAN * 0.22), polar(head, tilt + bend - 0.2 + sway, SPAN * 0.42)]
            painter.line(view.all(feeler), DARK, max(painter.unit * 0.8, SPAN * 0.02 * view.scale))
            painter.patch(view.disc(feeler[-1], SPAN * 0.022), DARK)

    def shadows(self, t: float) -> Sequence[Shadow]:
        x, y, z = self.position(t)
        dx, dy = self.offset(t)
        return [Shadow(x + self.role.heading * dx, z, SPAN * 0.6 * self.role.scale, y + dy)]

    def happenings(self) -> Sequence[Happening]:
        return ()  # nobody hears a butterfly

    def extent(self) -> tuple[float, float]:
        rest = 1.0 if self.rests else 1.5
        return SPAN * 2.4 * rest * self.role.scale, SPAN * 2.0 * rest * self.role.scale


@actor("butterfly", size=(0.3, 0.3), actions=ACTIONS, family="animal", home="meadow")
def butterfly(role: Role) -> Actor:
    return Butterfly(role)
