"""A sailing boat that rocks on the waves."""

import contextlib
import math
from collections.abc import Sequence

import numpy as np
import skia

from pipelines.world.actor import Happening, Role
from pipelines.world.geometry import Point, mix, polygon, smooth
from pipelines.world.things.craft import Way, craft, local, travelled
from pipelines.world.things.thing import Seen

SPEED = 1.3  # m/s
DRAUGHT = 0.16  # metres that lie under water


def afloat(role: Role) -> bool:
    return role.surface == "water"


def path(role: Role, t: float) -> Way:
    """Sails over the swell; on land it stands."""
    if not afloat(role):
        return Way(0.0)
    phase = role.index * 1.7 + role.seed % 7
    strength = 0.6 + role.wind
    heave = 0.07 * strength * math.sin(1.55 * t + phase) + 0.025 * strength * math.sin(2.9 * t + 2 * phase)
    pitch = 0.055 * strength * math.cos(1.55 * t + phase - 0.4) + 0.02 * math.sin(2.3 * t)
    still = role.action in ("stand", "float", "sit")
    return Way(0.0 if still else travelled(role, t, SPEED, 0.5), heave - DRAUGHT, pitch * role.heading)


def noise(role: Role) -> Sequence[Happening]:
    """Water against the bow whenever it dips, and the sail."""
    if not afloat(role):
        return ()
    times = np.arange(0.4, role.seconds, 2 * math.pi / 1.55)
    dips = [
        Happening(
            float(t), "splash", (role.x + path(role, float(t)).x + role.heading, 0.0, role.z), "water", "wood", 0.12
        )
        for t in times
    ]
    return [*dips, Happening(0.9, "rustle", (role.x, 2.0, role.z), "sail", "", 0.3, 0.8)]


@craft("boat", (3.0, 3.5), path, actions=("sail", "float", "drift", "stand"), home="sea", noise=noise)
def boat(seen: Seen) -> None:
    painter, role, scale = seen.painter, seen.role, seen.spot[2] * seen.role.scale
    at = local(seen, role.heading)
    hull, wood, cloth = seen.pigment((196, 66, 58)), (146, 96, 62), seen.pigment((250, 244, 230), 1)
    painter.line([at(-0.1, 0.3), at(-0.12, 3.45)], wood, max(0.07 * scale, painter.unit))
    belly = 0.16 + 0.1 * role.wind + 0.03 * math.sin(1.3 * seen.t)
    main = smooth(
        [at(-0.18, 3.3), at(-0.75 - belly, 1.9), at(-1.3, 0.92), at(-0.7, 0.84), at(-0.18, 0.86), at(-0.17, 2.0)],
        tension=9,
    )
    jib = smooth(
        [at(0.0, 3.05), at(0.62 + belly, 1.8), at(1.38, 0.72), at(0.7, 0.86), at(0.06, 0.98), at(0.0, 2.0)], tension=9
    )

    def seams() -> None:
        for y in (1.35, 1.85, 2.4):
            across = [at(-1.5, y), at(1.4, y + 0.12)]
            painter.line(across, mix(cloth, (150, 130, 150), 0.5), max(0.012 * scale, 0.6 * painter.unit), 0.6)

    painter.body(main, cloth, 0.2 * scale, form=0.3, detail=seams)
    painter.body(jib, mix(cloth, hull, 0.75), 0.2 * scale, form=0.3, detail=seams)
    shape = [
        at(-1.42, 0.52),
        at(-1.25, 0.0),
        at(-0.6, -0.14),
        at(0.5, -0.14),
        at(1.1, 0.06),
        at(1.62, 0.66),
        at(0.6, 0.5),
        at(-0.6, 0.46),
    ]

    def planks() -> None:
        painter.patch(
            polygon([at(-1.7, 0.38), at(1.9, 0.5), at(1.9, 0.9), at(-1.7, 0.9)]), mix(hull, (255, 246, 230), 0.8)
        )
        for y in (0.22, 0.08):
            painter.line(
                [at(-1.5, y), at(0.2, y - 0.02), at(1.6, y + 0.16)],
                mix(hull, (40, 10, 40), 0.4),
                max(0.014 * scale, 0.6 * painter.unit),
                0.7,
            )

    with painter.clipped(_dry(seen)) if afloat(role) else contextlib.nullcontext():
        painter.body(smooth(shape, tension=8), hull, 0.3 * scale, detail=planks)
    painter.line([at(-1.3, 0.84), at(-0.1, 0.86)], wood, max(0.05 * scale, painter.unit))
    if afloat(role):
        _water(seen, scale)


def _waterline(seen: Seen) -> list[Point]:
    """Pixels along the edge of the water at the hull, a little wavy."""
    (x, _, z), reach = seen.position, 1.75 * seen.role.scale
    return [seen.camera.project((x + (k / 8 - 1) * reach, 0.035 * math.sin(3 * seen.t + k), z))[:2] for k in range(17)]


def _dry(seen: Seen) -> skia.Path:
    """What is above the water."""
    edge = _waterline(seen)
    (left, row), (right, _) = edge[0], edge[-1]
    return polygon([*edge, (right, row - 4 * (right - left)), (left, row - 4 * (right - left))])


def _water(seen: Seen, scale: float) -> None:
    """Foam where the hull meets the sea, and spray at the bow."""
    painter, (x, _, z) = seen.painter, seen.position
    moving = path(seen.role, seen.t + 0.1).x != path(seen.role, seen.t).x
    edge = _waterline(seen)
    painter.line(edge, (244, 250, 252), max(0.06 * scale, painter.unit), 0.75)
    if moving:
        bow = seen.role.heading * 1.3 * seen.role.scale
        spray = [
            seen.camera.project((x + bow + seen.role.heading * dx, dy, z))[:2]
            for dx, dy in ((-0.3, 0.0), (0.1, 0.14), (0.42, 0.05), (0.5, -0.02))
        ]
        painter.line(spray, (250, 254, 255), max(0.08 * scale, painter.unit), 0.8)
