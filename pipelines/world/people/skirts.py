"""Skirts: cones of cloth whose folds and hem trail behind the body."""

import math

import skia

from pipelines.world.geometry import Colour, Point, clamp, lerp, mix, smooth
from pipelines.world.people.frames import added, between, unit
from pipelines.world.people.sight import Sight
from pipelines.world.people.trunk import Trunk

FOLDS = 9


def draw_skirt(sight: Sight, trunk: Trunk, colour: Colour, length: float, flare: float) -> None:
    """A skirt of that length (of the leg) and flare (radians from upright)."""
    cone = _Cone(sight, trunk, length, flare)
    painter = sight.painter
    inner = mix(colour, (30, 8, 30), 0.62)
    front = cone.hem(front=True)
    left, right = min(x for x, _ in front), max(x for x, _ in front)
    inset = 0.03 * (right - left)
    back = [(clamp(x, left + inset, right - inset), y) for x, y in cone.hem(front=False)[2:-2]]
    painter.patch(smooth(front[3:-3] + back, tension=16), inner)
    outline = smooth(
        [
            cone.point(-math.pi / 2, 0.0),
            cone.point(-math.pi / 2, 0.5),
            *front,
            cone.point(math.pi / 2, 0.5),
            cone.point(math.pi / 2, 0.0),
        ]
    )
    painter.body(outline, colour, sight.pixels(0.12), detail=lambda: cone.folds(colour, front))


class _Cone:
    def __init__(self, sight: Sight, trunk: Trunk, length: float, flare: float) -> None:
        self.sight, m = sight, sight.measures
        pose = sight.pose
        self.waist = trunk.frame(0.24)
        self.width, self.depth = trunk.row(0.24)
        self.flare = flare
        up = self.waist.up
        lying = clamp((0.85 - up[1]) / 0.4)  # cloth falls down, or lies along the legs of somebody who lies
        self.falls = unit(between((0.0, -1.0, 0.0), (-up[0], -up[1], -up[2]), lying))
        self.drop = length * m.hip_height * (1 - 0.35 * max(0.0, flare - 0.25))
        self.radius = self.width + 1.15 * self.drop * math.tan(min(flare, 1.1)) * 0.85
        knees = [leg.joint for leg in sight.bones.legs]
        root = pose.root
        self.stride = max(abs(k[0] - root[0]) for k in knees) * 0.5
        self.lag, _, self.turn = sight.drift
        facing = sight.facing
        self.middle = -facing  # the angle of the trunk that faces the camera
        self.lifted = max(0.0, max(k[1] for k in knees) - (root[1] - 0.75 * m.leg)) * 0.8

    def point(self, angle: float, down: float) -> Point:
        """A point of the cone: angle from what faces the camera, 0 waist to 1 hem."""
        frame, true = self.waist, angle + self.middle
        wave = math.cos(FOLDS * (true + self.turn))
        grow = down ** (1.15 if self.flare > 0.6 else 0.85)
        across = lerp(self.width * 1.02, (self.radius + self.stride) * (1 + 0.05 * wave * down), grow)
        deep = lerp(self.depth, self.radius * 0.92 * (1 + 0.05 * wave * down), grow)
        sway = 0.05 * self.sight.wind * math.sin(self.sight.t * 3.1 + angle) * down
        place = frame.at(across * math.sin(true), 0, deep * math.cos(true))
        fall = (
            self.drop * down
            - 0.016 * wave * down * (0.4 + self.flare) * self.sight.measures.height
            - self.lifted * down * max(0.0, math.cos(true)) * 0.5
        )
        place = added(place, self.falls, fall)
        return self.sight.at(added(place, (self.lag * down * down + sway, 0.0, 0.0)))

    def hem(self, front: bool) -> list[Point]:
        start = -math.pi / 2 if front else math.pi / 2
        n = 28 if front else 16
        return [self.point(start + i * math.pi / n, 1.0) for i in range(n + 1)]

    def folds(self, colour: Colour, hem: list[Point]) -> None:
        """Dark and lit pleats that widen towards the hem."""
        painter = self.sight.painter
        lit, dark = mix(colour, painter.light.key, 0.45), mix(colour, (36, 6, 40), 0.6)
        width = 0.16
        for i in range(2 * FOLDS):
            angle = ((i + 0.5) * math.pi / FOLDS - self.middle - self.turn + math.pi) % (2 * math.pi) - math.pi
            if abs(angle) > 1.45:
                continue
            top = self.point(angle, 0.08)
            path = skia.Path()
            path.moveTo(*top)
            path.quadTo(*self.point(angle - width * 0.5, 0.6), *self.point(angle - width, 1.02))
            path.lineTo(*self.point(angle + width, 1.02))
            path.quadTo(*self.point(angle + width * 0.5, 0.6), *top)
            shade = dark if i % 2 == 0 else lit
            painter.blend(path, top, self.point(angle, 1.0), ((0, shade, 0.0), (0.35, shade, 0.10), (1, shade, 0.42)))
        edge = [(x, y - self.sight.pixels(0.010)) for x, y in hem]
        painter.line(
            smooth(edge, closed=False), mix(colour, painter.light.key, 0.5), max(0.7, self.sight.pixels(0.007)), 0.5
        )
