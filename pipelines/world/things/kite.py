"""A kite on its line, with a tail that follows."""

import math

from pipelines.world.actor import Role
from pipelines.world.geometry import Colour, Point3, lerp, mix, polygon
from pipelines.world.things.craft import Way, craft, local
from pipelines.world.things.thing import Seen

HEIGHT = 2.3  # metres of its middle over the ground
LATE = 0.07  # seconds by which each knot of the tail follows the one before


def path(role: Role, t: float) -> Way:
    """A lying eight in the wind; the more wind, the livelier."""
    lively, phase = 0.6 + 0.8 * role.wind, role.index * 2.1 + role.seed % 5
    a = (0.9 + 0.35 * lively) * t + phase
    x, y = 0.42 * lively * math.sin(a), 0.16 * lively * math.sin(2 * a) + 0.06 * math.sin(2.7 * t)
    lean = -0.35 * lively * math.cos(a) + 0.07 * math.sin(5.3 * t + phase)
    return Way(x, HEIGHT - 0.75 + y, lean)


@craft("kite", (1.0, 1.9), path, actions=("fly", "float", "drift", "stand"), home="beach")
def kite(seen: Seen) -> None:
    painter, scale = seen.painter, seen.spot[2] * seen.role.scale
    first = seen.pigment((222, 60, 72))
    second = seen.pigment((250, 196, 70), 1)
    _line_and_tail(seen, first, second, scale)
    at = local(seen)
    top, right, bottom, left = at(0, 1.5), at(0.42, 1.02), at(0, 0.32), at(-0.42, 1.02)
    middle = at(0, 1.02)

    def panels() -> None:
        painter.patch(polygon([top, right, middle]), second)
        painter.patch(polygon([left, middle, bottom]), second)
        painter.patch(polygon([middle, right, bottom]), mix(first, (255, 250, 240), 0.12))
        spar = max(0.016 * scale, 0.8 * painter.unit)
        painter.line([top, middle, bottom], (110, 76, 58), spar)
        painter.line([left, at(0, 1.06), right], (110, 76, 58), spar)

    painter.body(polygon([top, right, bottom, left]), first, 0.3 * scale, detail=panels)


def _foot(seen: Seen, t: float) -> Point3:
    """Where the tail is tied at a time: the lower corner."""
    way, k = path(seen.role, t), seen.role.scale
    return seen.role.x + way.x + math.sin(way.angle) * -0.32 * k, way.y + 0.32 * k, seen.role.z


def _line_and_tail(seen: Seen, first: Colour, second: Colour, scale: float) -> None:
    """The line to the hand that holds it, sagging, and a tail with bows."""
    painter, role = seen.painter, seen.role
    x, y, z = seen.position
    hand = (role.x - 1.6, 0.9, role.z - 0.8)
    bridle = (x, y + 1.0 * role.scale, z)
    sag = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        px, py, pz = (lerp(a, b, share) for a, b in zip(bridle, hand, strict=True))
        sag.append(seen.camera.project((px, py - 0.22 * math.sin(math.pi * share), pz))[:2])
    painter.line(sag, (238, 234, 230), max(0.006 * scale, 0.7 * painter.unit), 0.8)
    knots = []
    for n in range(9):
        fx, fy, fz = _foot(seen, seen.t - n * LATE)
        swing = 0.02 * n * math.sin(4.2 * seen.t - 0.8 * n)
        knots.append(seen.camera.project((fx + swing - 0.035 * n * role.wind, fy - 0.1 * n * role.scale, fz))[:2])
    painter.line(knots, (240, 236, 232), max(0.012 * scale, 0.8 * painter.unit))
    for n in range(2, 9, 2):
        (kx, ky), size = knots[n], 0.07 * scale
        colour = first if n % 4 else second
        painter.patch(polygon([(kx - size, ky - size * 0.6), (kx, ky), (kx - size, ky + size * 0.6)]), colour)
        painter.patch(polygon([(kx + size, ky - size * 0.6), (kx, ky), (kx + size, ky + size * 0.6)]), colour)
