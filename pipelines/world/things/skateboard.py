"""A skateboard that rolls by itself."""

import math
from collections.abc import Callable

import skia

from pipelines.world.geometry import Colour, Point, disc, mix, smooth
from pipelines.world.things.solid import Solid
from pipelines.world.things.thing import Seen, thing

DECK = ((-0.33, -0.065), (0.33, -0.065), (0.42, 0.05), (0.38, 0.06), (-0.38, 0.06), (-0.42, 0.05))
WHEEL = 0.034  # metres: radius


@thing(
    "skateboard",
    Solid(2.4, "wood", 0.12, friction=0.0012, corners=DECK, depth=0.2, wheels=WHEEL, natural="roll"),
    home="street",
)
def skateboard(seen: Seen) -> None:
    painter, k = seen.painter, seen.role.scale
    scale = seen.spot[2] * k
    pigment = seen.pigment((64, 150, 170))
    turned = -seen.position[0] / (WHEEL * k)

    def at(x: float, y: float, z: float = 0.0) -> tuple[float, float]:
        return seen.at(x * k, y * k, z * k)

    for z in (0.08, -0.08):
        if z < 0:
            _deck(seen, at, pigment, scale)
        for x in (-0.24, 0.24):
            centre = at(x, -0.065 + WHEEL, z)
            painter.line([at(x, 0.02, z), centre], (150, 152, 164), max(0.03 * scale, painter.unit))
            painter.body(disc(*centre, WHEEL * scale), (250, 236, 196), WHEEL * scale, rim=0.5)
            spoke = skia.Path()
            for turn in (0.0, math.pi / 2):
                dx, dy = math.cos(turned + turn) * WHEEL * 0.7 * scale, math.sin(turned + turn) * WHEEL * 0.7 * scale
                spoke.moveTo(centre[0] - dx, centre[1] + dy)
                spoke.lineTo(centre[0] + dx, centre[1] - dy)
            painter.line(spoke, (226, 120, 70), max(0.008 * scale, 0.7 * painter.unit))


def _deck(seen: Seen, at: Callable[..., Point], pigment: Colour, scale: float) -> None:
    """The board: its top with grip tape, and the coloured edge."""
    painter = seen.painter
    top = [
        at(x, y, z) for x, y, z in ((-0.42, 0.055, -0.1), (-0.3, 0.025, -0.1), (0.3, 0.025, -0.1), (0.42, 0.055, -0.1))
    ]
    back = [at(x, y, z) for x, y, z in ((0.42, 0.055, 0.1), (0.3, 0.025, 0.1), (-0.3, 0.025, 0.1), (-0.42, 0.055, 0.1))]
    painter.body(smooth([*top, *back], tension=9), (58, 54, 66), 0.05 * scale, rim=0.6)
    edge = [at(x, y, -0.1) for x, y in ((-0.42, 0.055), (-0.3, 0.022), (0.0, 0.02), (0.3, 0.022), (0.42, 0.055))]
    painter.line(edge, pigment, max(0.024 * scale, painter.unit))
    painter.line(
        [(x, y + 0.012 * scale) for x, y in edge],
        mix(pigment, (255, 240, 220), 0.4),
        max(0.008 * scale, 0.6 * painter.unit),
    )
