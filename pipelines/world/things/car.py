"""A small round car: it crosses, its wheels turn with the way, its body dips on the springs."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import skia

from pipelines.storyboard import Time
from pipelines.world.actor import Happening, Role
from pipelines.world.geometry import Colour, Point, disc, mix, polygon, smooth
from pipelines.world.things.craft import Way, arc, craft, local, travelled
from pipelines.world.things.thing import Seen

SPEED = 5.5  # m/s
WHEEL = 0.33  # metres: radius
AXLES = (-1.22, 1.2)  # metres from the middle
GLASS, TYRE, CHROME = (150, 196, 222), (40, 38, 48), (222, 226, 232)


def path(role: Role, t: float) -> Way:
    """Crosses at a steady speed; `stand` stays where it is."""
    if role.action in ("stand", "sit", "sleep"):
        return Way(0.0)
    return Way(travelled(role, t, SPEED, 0.35))


def engine(role: Role) -> Sequence[Happening]:
    """The engine, in pieces that follow the car from side to side."""
    if role.action in ("stand", "sit", "sleep"):
        return ()
    step = 1.0
    return [
        Happening(
            float(t), "engine", (role.x + path(role, float(t) + step / 2).x, 0.5, role.z), "car", "", 0.5,
            min(step + 0.35, role.seconds - float(t)),
        )
        for t in np.arange(0, role.seconds - 0.1, step)
    ]  # fmt: skip


@craft("car", (3.9, 1.42), path, actions=("drive", "stand", "roll", "fly"), home="street", noise=engine)
def car(seen: Seen) -> None:
    """Side view: far wheels, body, windows, lamps, near wheels."""
    painter, role, scale = seen.painter, seen.role, seen.spot[2] * seen.role.scale
    at = local(seen, role.heading)
    pigment = seen.pigment((214, 62, 58))
    turned = path(role, seen.t).x / (WHEEL * role.scale)
    for axle in AXLES:
        painter.patch(disc(*at(axle, WHEEL, 0.75), WHEEL * scale * 0.88), mix(TYRE, (0, 0, 0), 0.4))
    jolt = 0.012 * math.sin(9.1 * seen.t + 1) + 0.008 * math.sin(14.3 * seen.t) if turned else 0.0
    lift = 0.0 if not turned else 0.014 * math.exp(-1.6 * seen.t)  # the nose rises as it sets out

    def sprung(x: float, y: float, z: float = 0.0) -> tuple[float, float]:
        return at(x, y + jolt + lift * x, z)

    for axle in AXLES:
        painter.patch(disc(*sprung(axle, 0.38), 0.425 * scale), (22, 18, 30))
    _body(seen, sprung, pigment, scale)
    for axle in AXLES:
        _wheel(seen, at(axle, WHEEL, -0.05), WHEEL * scale, turned)


def _body(seen: Seen, at: Callable[..., Point], pigment: Colour, scale: float) -> None:
    """The shell with its doors and sill, the windows, the lamps."""
    painter = seen.painter
    shell = [
        *arc(at, -1.22, 0.36, 0.42, 0.42, 178, 2), at(0.0, 0.3), *arc(at, 1.2, 0.36, 0.42, 0.42, 178, 2),
        at(1.86, 0.36), at(1.93, 0.52), at(1.9, 0.72), at(1.62, 0.86), at(1.12, 0.93), at(0.92, 0.97),
        at(0.5, 1.33), at(0.15, 1.42), at(-0.55, 1.43), at(-0.95, 1.34), at(-1.42, 0.98), at(-1.78, 0.9),
        at(-1.92, 0.74), at(-1.93, 0.5), at(-1.86, 0.34),
    ]  # fmt: skip
    path = smooth(shell, tension=9)

    def detail() -> None:
        painter.patch(polygon([at(-2, 0.2), at(2, 0.2), at(2, 0.4), at(-2, 0.4)]), mix(pigment, (24, 12, 40), 0.55))
        line = max(0.012 * scale, 0.7 * painter.unit)
        painter.line([at(-0.28, 0.36), at(-0.3, 0.9)], mix(pigment, (20, 10, 40), 0.5), line, 0.8)
        painter.line([at(0.78, 0.4), at(0.92, 0.9)], mix(pigment, (20, 10, 40), 0.5), line, 0.8)
        painter.line(
            [at(-1.8, 0.78), at(0.0, 0.82), at(1.8, 0.74)], mix(pigment, (255, 250, 240), 0.6), line * 1.4, 0.8
        )
        painter.patch(smooth([at(-0.24, 0.76), at(-0.02, 0.76), at(-0.02, 0.79), at(-0.24, 0.79)]), CHROME)

    painter.body(path, pigment, 0.5 * scale, detail=detail)
    front = polygon([at(0.84, 0.97), at(0.44, 1.3), at(0.14, 1.355), at(0.0, 1.355), at(0.0, 0.97)])
    back = polygon([at(-0.08, 0.97), at(-0.08, 1.36), at(-0.55, 1.36), at(-0.9, 1.27), at(-1.26, 0.99)])
    night = seen.painter.light.time == Time.NIGHT
    for glass in (front, back):
        painter.patch(glass, mix(GLASS, (255, 206, 120), 0.35 if night else 0.0))
        with painter.clipped(glass):
            gleam = polygon([at(0.55, 0.9), at(0.3, 1.4), at(0.12, 1.4), at(0.37, 0.9)])
            painter.patch(gleam, (255, 255, 255), 0.4)
            painter.patch(polygon([at(-0.62, 0.9), at(-0.4, 1.4), at(-0.5, 1.4), at(-0.72, 0.9)]), (255, 255, 255), 0.4)
    _lamps(seen, at, scale, night)


def _lamps(seen: Seen, at: Callable[..., Point], scale: float, night: bool) -> None:
    """Head and tail lamp; at night they light the air."""
    painter = seen.painter
    head, tail = at(1.82, 0.68), at(-1.88, 0.72)
    painter.body(disc(*head, 0.1 * scale), CHROME, 0.1 * scale, rim=0.4)
    with painter.shining():
        painter.patch(disc(*head, 0.075 * scale), (255, 250, 214) if night else (240, 244, 246))
        painter.patch(
            smooth(
                [
                    (tail[0], tail[1] - 0.07 * scale),
                    (tail[0] + 0.05 * scale, tail[1]),
                    (tail[0], tail[1] + 0.07 * scale),
                    (tail[0] - 0.02 * scale, tail[1]),
                ]
            ),
            (236, 48, 48),
        )
    if night:
        painter.glow(*head, 1.5 * scale, (255, 232, 170), 0.7)
        painter.glow(*tail, 0.6 * scale, (255, 60, 50), 0.5)


def _wheel(seen: Seen, centre: tuple[float, float], radius: float, turned: float) -> None:
    """A tyre and a rim whose spokes show how it turns."""
    painter = seen.painter
    painter.body(disc(*centre, radius), TYRE, radius, rim=0.5, form=0.5)
    painter.patch(disc(*centre, radius * 0.62), CHROME)
    painter.patch(disc(*centre, radius * 0.52), (120, 122, 134))
    spokes = skia.Path()
    for k in range(5):
        a = -turned + k * math.tau / 5
        spokes.moveTo(*centre)
        spokes.lineTo(centre[0] + radius * 0.56 * math.cos(a), centre[1] - radius * 0.56 * math.sin(a))
    painter.line(spokes, CHROME, max(radius * 0.15, painter.unit))
    painter.patch(disc(*centre, radius * 0.15), (90, 92, 104))
