"""Arms, legs and shoes."""

import math
from collections.abc import Callable

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Colour, Point, clamp, lerp, limb, mix, smooth, union
from pipelines.world.people.frames import between
from pipelines.world.people.garments import GARMENTS, Garment
from pipelines.world.people.hands import draw_hand
from pipelines.world.people.measures import Measures
from pipelines.world.people.pose import Foot
from pipelines.world.people.sight import Sight
from pipelines.world.people.skeleton import SIDES, foot_point


def hull(points: list[Point]) -> skia.Path:
    """A smooth outline round points."""
    corners = cv2.convexHull(np.array(points, np.float32))[:, 0]
    return smooth([(float(x), float(y)) for x, y in corners], tension=7)


# ---- legs
def leg_points(sight: Sight, i: int) -> list[Point]:
    """Hip, thigh, knee, calf, ankle on the canvas."""
    leg = sight.bones.legs[i]
    spots = [leg.root, between(leg.root, leg.joint, 0.5), leg.joint, between(leg.joint, leg.end, 0.36), leg.end]
    return [sight.at(p) for p in spots]


def leg_outline(sight: Sight, i: int, covered: float) -> skia.Path:
    """A leg in cloth from the hip on, down to a share of its length (1: the ankle)."""
    points, thick = leg_points(sight, i), sight.pixels(sight.measures.limb)
    if covered >= 0.95:
        radii = [thick * r for r in (0.050, 0.049, 0.038, 0.035, 0.030)]
        foot = sight.pose.feet[i]
        down = sight.at(foot_point(foot, sight.measures, 0.004, 0.40 * sight.measures.ankle))
        return limb([*points[:4], mix(points[4], down, 0.75)], radii, tip=0.12, butt=0.5)
    end = (
        mix(points[1], points[2], clamp(covered * 4 - 1))
        if covered < 0.5
        else mix(points[2], points[4], covered * 2 - 1)
    )
    loose = lerp(0.060, 0.050, covered)
    return limb(
        [points[0], points[1], end] if covered <= 0.5 else [*points[:3], end],
        [thick * loose * k for k in ((1.0, 1.02, 0.96) if covered <= 0.5 else (1, 0.95, 0.9, 0.88))],
        tip=0.10,
        butt=0.5,
    )


def draw_bare_leg(sight: Sight, i: int) -> None:
    points, thick = leg_points(sight, i), sight.pixels(sight.measures.limb)
    radii = [thick * r for r in (0.049, 0.044, 0.029, 0.031, 0.0165)]
    sight.painter.body(limb(points, radii, tip=0.3), sight.look.skin, thick * 0.04, rim=0.9)


def knee_folds(sight: Sight, i: int, colour: Colour) -> None:
    """Two creases in the cloth below a bent knee."""
    points, width = leg_points(sight, i), sight.pixels(0.05 * sight.measures.limb)
    for k, strength in ((0.04, 0.16), (0.24, 0.12)):
        x, y = mix(points[2], points[3], k)
        sight.painter.texture(
            smooth([(x - width, y - width * 0.1), (x, y + width * 0.12), (x + width, y)], False),
            mix(colour, (20, 10, 30), 0.5),
            max(1.0, width * 0.14),
            strength,
        )


# ---- shoes
_SOLE = (
    (-1.0, 0.72),
    (-0.4, 0.85),
    (0.7, 1.0),
    (1.25, 0.92),
    (1.62, 0.52),
)  # along (in lengths of the ball), half-width


_SHAFT = ((-0.46, 0.5, 0.34), (0.42, 0.5, 0.34), (-0.42, 2.5, 0.46), (0.46, 2.5, 0.46))  # along, up, aside: of a boot


def draw_shoe(sight: Sight, i: int) -> None:
    """A shoe: the hull of a few points of the foot, right from any side; its sole a strip below."""
    foot, m, kind = sight.pose.feet[i], sight.measures, sight.look.outfit.shoes
    colour = sight.look.skin if kind == "bare" else sight.look.outfit.shoe_colour
    size = m.ball
    half = 0.40 * size
    low = kind in ("slippers", "bare")
    sole = [
        (along * size if along > 0 else along * m.heel, 0.0, side * wide * half)
        for along, wide in _SOLE
        for side in SIDES
    ]
    instep = 0.62 if low else 0.80
    upper = [
        (-m.heel * 1.02, 0.62 * m.ankle, 0.0),
        (-m.heel * 0.6, 0.86 * m.ankle, 0.0),
        (0.25 * size, (0.9 if not low else 0.7) * m.ankle, 0.0),
        (0.75 * size, instep * 0.80 * m.ankle, 0.0),
        (1.2 * size, 0.50 * m.ankle, 0.0),
        (1.55 * size, 0.28 * m.ankle, 0.0),
        (1.60 * size, 0.10 * m.ankle, 0.0),
    ]
    sides = [
        (a, 0.30 * m.ankle, side * wide * half)
        for a, wide in ((1.25 * size, 0.9), (-0.6 * m.heel, 0.8))
        for side in SIDES
    ]

    def seen(points: list) -> list[Point]:
        return [sight.at(foot_point(foot, m, *p)) for p in points]

    outline = hull(seen(sole + upper + sides))
    if kind == "boots":
        shaft = [(along * size, up * m.ankle, side * wide * size) for along, up, wide in _SHAFT for side in SIDES]
        outline = union([outline, hull(seen(shaft))], detail=sight.detail)
    sight.painter.body(
        outline, colour, sight.pixels(0.03), rim=0.8, detail=lambda: _sole_strip(sight, seen, sole, kind)
    )


def _sole_strip(sight: Sight, seen: Callable[[list], list[Point]], sole: list, kind: str) -> None:
    if kind in ("bare", "slippers") or not sight.fine:
        return
    rim = [(along, 0.16 * sight.measures.ankle, across) for along, _, across in sole]
    shade = (240, 238, 234) if kind == "trainers" else mix(sight.look.outfit.shoe_colour, (14, 8, 14), 0.6)
    sight.painter.patch(hull(seen(sole + rim)), shade, 0.92)


def sole_height(foot: Foot, m: Measures) -> float:
    """Metres between the ground and the lowest point of the sole."""
    return min(foot_point(foot, m, a * m.ball if a > 0 else a * m.heel, 0.0)[1] for a, _ in _SOLE)


# ---- arms
class ArmSight:
    """One arm on the canvas."""

    def __init__(self, sight: Sight, i: int) -> None:
        self.sight, self.i, self.side = sight, i, SIDES[i]
        arm = sight.bones.arms[i]
        self.joints = arm
        spots = [arm.root, between(arm.root, arm.joint, 0.5), arm.joint, between(arm.joint, arm.end, 0.4), arm.end]
        self.points = [sight.at(p) for p in spots]
        hand = sight.pose.hands[i]
        (ex, ey), (wx, wy) = self.points[2], self.points[4]
        self.angle = math.atan2(wy - ey, wx - ex) + hand.wrist + (0.08 * self.side if hand.grip == "relax" else 0.0)
        self.grip = hand.grip

    @property
    def garment(self) -> Garment:
        return GARMENTS[self.sight.look.outfit.top]

    @property
    def covered(self) -> float:
        """Share of the arm that cloth covers."""
        sleeve = self.sight.look.outfit.sleeve
        return self.garment.sleeve if sleeve is None else sleeve

    @property
    def layer(self) -> str:
        """How it lies with the trunk: behind it, joined with it in one silhouette, or before it."""
        chest, m = self.sight.bones.chest, self.sight.measures
        shoulder = self.joints.root[2] - chest.origin[2]
        hand = 0.5 * (self.joints.end[2] + self.joints.joint[2]) - chest.origin[2]
        if (shoulder > 0.42 * m.shoulder and hand > -0.06 * m.height) or hand > 0.10 * m.height:
            return "behind"
        if abs(self.sight.facing) > 1.9 and self.crosses:  # hands before the chest of somebody whose back is seen
            return "behind"
        if abs(shoulder) <= 0.55 * m.shoulder:
            return "behind" if self.garment.vest and not self.crosses else "joined"
        return "before"

    @property
    def crosses(self) -> bool:
        """Whether the forearm lies before the trunk."""
        (ax, ay, az), (bx, by, bz) = self.joints.root, self.joints.end
        fx, fy, fz = self.sight.bones.chest.forward
        return (bx - ax) * fx + (by - ay) * fy + (bz - az) * fz > 0.06 * self.sight.measures.height

    def thumb(self) -> int:
        """The side of the drawn hand that the thumb is on: forward when it hangs, inward when it is up."""
        facing = self.sight.facing
        forward = math.sin(facing) - 0.3 * self.side * math.cos(facing)
        return 1 if -math.sin(self.angle) * forward > 0 else -1

    @property
    def _thick(self) -> float:
        return self.sight.pixels(self.sight.measures.limb)

    def draw(self) -> None:
        """The whole arm: hand, skin, sleeve, cuff."""
        self.draw_skin()
        if self.covered > 0:
            self._cloth(self.sleeve())
            self.draw_cuff()

    def draw_skin(self, from_elbow: bool = False) -> None:
        """The hand, and what of the arm no cloth covers."""
        sight, look, thick = self.sight, self.sight.look, self._thick
        gloves = {"spacesuit": (236, 238, 242), "armour": (150, 158, 174)}.get(look.outfit.top)
        if look.head == "robot":
            gloves = mix(look.outfit.top_colour, (255, 255, 255), 0.2)
        arm = None
        if self.covered < 0.97 and not gloves:
            radii = (0.027, 0.027, 0.0215, 0.0215, 0.0150)
            start = 2 if from_elbow else 0
            arm = limb(self.points[start:], [thick * r for r in radii[start:]], tip=0.3, butt=0.9)
        length = sight.pixels(sight.measures.hand)
        skin = gloves or look.skin
        draw_hand(sight.painter, *self.points[4], self.angle, length, self.thumb(), self.grip, skin, arm)

    def draw_forearm(self) -> None:
        """What lies before the trunk while the upper arm is one with it."""
        self.draw_skin(from_elbow=True)
        if self.covered > 0.55:
            self._cloth(self.sleeve(start=2), rim=0.2)
            self.draw_cuff()

    def sleeve(self, start: int = 0, end: int = 5) -> skia.Path:
        """Outline of the sleeve, or of the part of it between two of the arm's points."""
        p, covered, thick = self.points, self.covered, self._thick
        loose = 1.04 + 9 * self.garment.out
        if covered > 0.9:
            points, radii = [*p[:4], mix(p[3], p[4], 0.96)], (0.033, 0.031, 0.0265, 0.0255, 0.0215)
        elif covered > 0.5:
            points, radii = [*p[:3], mix(p[2], p[4], covered * 2 - 1)], (0.033, 0.031, 0.027, 0.026)
        else:
            points, radii = [p[0], mix(p[0], p[2], covered), mix(p[0], p[2], covered * 2)], (0.033, 0.0335, 0.034)
        if end < 5 and covered > 0.5:
            points, radii = points[:end], radii[:end]
        return limb(
            points[start:], [thick * r * loose for r in radii[start:]], tip=0.10 if end == 5 else 0.5, butt=0.95
        )

    def skin_outline(self) -> skia.Path:
        """Outline of a bare arm."""
        return limb(self.points, [self._thick * r for r in (0.028, 0.027, 0.0215, 0.0215, 0.0150)], tip=0.3, butt=0.9)

    @property
    def cloth(self) -> Colour:
        outfit = self.sight.look.outfit
        return outfit.accent if self.garment.vest else outfit.top_colour

    def _cloth(self, path: skia.Path, rim: float = 0.5) -> None:
        self.sight.painter.body(path, self.cloth, self._thick * 0.032, rim=rim, detail=self.folds)

    def draw_cuff(self) -> None:
        """The band at the end of a long sleeve."""
        if not (self.garment.cuffs and self.covered > 0.9):
            return
        p, thick, loose = self.points, self._thick, 1.04 + 9 * self.garment.out
        cuff = limb(
            [mix(p[3], p[4], 0.80), mix(p[3], p[4], 1.03)],
            [thick * 0.0235 * loose, thick * 0.0225 * loose],
            tip=0.12,
            butt=0.12,
        )
        shade = mix(self.cloth, (255, 255, 255), 0.25) if self.garment.vest else mix(self.cloth, (24, 12, 32), 0.16)
        self.sight.painter.body(cuff, shade, thick * 0.02, rim=0.6)

    def crease(self, pigment: Colour) -> None:
        """The line between a hanging arm and the trunk that it is one with."""
        p, thick, chest = self.points, self._thick, self.sight.bones.chest
        middle = self.sight.at(chest.at(0, -0.5 * self.sight.bones.spine, 0))
        line = []
        for a, b, k, radius in (
            (p[0], p[1], 0.75, 0.030),
            (p[1], p[2], 0.5, 0.028),
            (p[1], p[2], 1.0, 0.0265),
            (p[2], p[4], 0.5, 0.0255),
        ):
            x, y = mix(a, b, k)
            nx, ny = -(b[1] - a[1]), b[0] - a[0]
            length = math.hypot(nx, ny) or 1.0
            side = 1 if nx * (middle[0] - x) + ny * (middle[1] - y) > 0 else -1
            line.append((x + side * nx / length * thick * radius, y + side * ny / length * thick * radius))
        self.sight.painter.line(line, mix(pigment, (24, 10, 36), 0.55), max(0.8, thick * 0.0055), 0.45)

    def folds(self) -> None:
        """Creases in the crook of the elbow."""
        if self.covered < 0.6 or not self.sight.fine or self.layer == "joined":
            return
        thick, dark = self._thick, mix(self.cloth, (20, 10, 30), 0.5)
        for k in (-0.16, 0.12):
            ax, ay = mix(self.points[2], self.points[1 if k < 0 else 3], abs(k) * 2)
            w = thick * 0.026
            self.sight.painter.texture(
                smooth([(ax - w, ay), (ax, ay + w * 0.25), (ax + w, ay - w * 0.1)], False),
                dark,
                max(0.8, thick * 0.005),
                0.16,
            )
