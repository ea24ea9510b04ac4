"""Boxes, dominoes and bottles: what stands, stacks and topples."""

from pipelines.world.geometry import disc, mix, polygon, smooth
from pipelines.world.things.prisms import DARKER, LIGHTER, prism, strip
from pipelines.world.things.solid import Solid, block
from pipelines.world.things.thing import Seen, thing

BOX = block(0.5, 0.46)
DOMINO = block(0.05, 0.24)
BOTTLE = ((-0.045, -0.13), (0.045, -0.13), (0.045, 0.045), (0.016, 0.18), (-0.016, 0.18), (-0.045, 0.045))
PIPS = {1: ((0, 0),), 2: ((-1, 1), (1, -1)), 3: ((-1, 1), (0, 0), (1, -1)), 4: ((-1, 1), (1, 1), (-1, -1), (1, -1))}


@thing("box", Solid(0.5, "cardboard", 0.18, corners=BOX, depth=0.46), home="living_room")
def box(seen: Seen) -> None:
    """A cardboard box with its tape and a label."""
    pigment = seen.pigment((198, 146, 92))
    z, k = -0.23 * seen.role.scale, seen.role.scale
    outline = seen.solid.corners

    def front() -> None:
        tape = mix(pigment, LIGHTER, 0.42)
        strip(seen, -0.035 * k, 0.1 * k, 0.035 * k, 0.23 * k, z, tape)
        strip(seen, -0.25 * k, 0.222 * k, 0.25 * k, 0.23 * k, z, mix(pigment, DARKER, 0.3))
        strip(seen, 0.06 * k, -0.17 * k, 0.2 * k, -0.06 * k, z, (246, 240, 226))
        for y in (-0.09, -0.115, -0.14):
            strip(seen, 0.075 * k, y * k, 0.17 * k, (y + 0.008) * k, z, (120, 110, 120))

    prism(seen, outline, seen.solid.depth, pigment, front)


@thing(
    "domino", Solid(0.3, "wood", 0.12, friction=0.7, corners=DOMINO, depth=0.13, natural="topple"), home="living_room"
)
def domino(seen: Seen) -> None:
    """An ivory domino, or one of the colour asked for, with pips."""
    pigment = seen.pigment((244, 236, 218))
    bright = sum(pigment) > 380
    ink = (44, 36, 52) if bright else (248, 244, 236)
    z, k, scale = -seen.solid.depth / 2, seen.role.scale, seen.spot[2]
    upper, lower = seen.role.index % 4 + 1, (seen.role.index * 3 + 1) % 4 + 1

    def front() -> None:
        strip(seen, -0.02 * k, -0.002 * k, 0.02 * k, 0.002 * k, z, ink)
        for pips, middle in ((upper, 0.06), (lower, -0.06)):
            for px, py in PIPS[pips]:
                at = seen.at(px * 0.0125 * k, (middle + py * 0.03) * k, z)
                seen.painter.patch(disc(*at, max(0.0075 * k * scale, 0.8 * seen.painter.unit)), ink)

    prism(seen, seen.solid.corners, seen.solid.depth, pigment, front)


@thing("bottle", Solid(0.5, "glass", 0.25, friction=0.4, corners=BOTTLE, depth=0.09), home="kitchen")
def bottle(seen: Seen) -> None:
    """A green glass bottle with a cork, a label and a long highlight."""
    pigment, painter, k = seen.pigment((62, 132, 92)), seen.painter, seen.role.scale
    scale = seen.spot[2] * k

    def points(*outline: tuple[float, float]) -> list[tuple[float, float]]:
        return [seen.at(x * k, y * k) for x, y in outline]

    cork = polygon(points((-0.012, 0.165), (0.012, 0.165), (0.013, 0.198), (-0.013, 0.198)))
    painter.body(cork, (190, 140, 92), 0.012 * scale, rim=0.4)
    side = (
        (0.045, -0.118),
        (0.045, 0.03),
        (0.036, 0.07),
        (0.018, 0.1),
        (0.015, 0.14),
        (0.0185, 0.146),
        (0.0185, 0.165),
    )
    outline = [(0.034, -0.13), *side, *((-x, y) for x, y in side[::-1]), (-0.034, -0.13)]

    def detail() -> None:
        painter.patch(polygon(points((-0.05, -0.09), (0.05, -0.09), (0.05, 0.0), (-0.05, 0.0))), (246, 238, 220))
        painter.patch(polygon(points((-0.05, -0.055), (0.05, -0.055), (0.05, -0.035), (-0.05, -0.035))), (190, 66, 70))
        gleam = smooth(
            points((-0.032, -0.11), (-0.026, -0.11), (-0.025, 0.03), (-0.009, 0.1), (-0.013, 0.1), (-0.031, 0.03))
        )
        painter.patch(gleam, (255, 255, 250), 0.55)
        painter.patch(smooth(points((0.034, -0.1), (0.037, -0.1), (0.037, 0.03), (0.034, 0.03))), (220, 255, 230), 0.3)

    painter.body(smooth(points(*outline), tension=9), mix(pigment, DARKER, 0.12), 0.045 * scale, detail=detail)
