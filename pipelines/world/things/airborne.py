"""What air carries: leaves, feathers, balloons, lanterns, paper planes, umbrellas."""

import math

import numpy as np
import skia

from pipelines.world.geometry import Point, mix, oval, polygon, smooth
from pipelines.world.things.solid import Solid, block
from pipelines.world.things.thing import Seen, thing

AUTUMN = ((204, 82, 40), (226, 146, 46), (186, 54, 44), (214, 178, 66))
PLATE = block(0.22, 0.004)
QUILL = block(0.38, 0.004)
DART = ((-0.24, -0.05), (0.26, 0.0), (-0.24, 0.05))
SHADE = ((-0.02, -0.5), (0.02, -0.5), (0.48, 0.1), (0.3, 0.34), (0.0, 0.44), (-0.3, 0.34), (-0.48, 0.1))
LAMP = ((-0.13, -0.22), (0.13, -0.22), (0.19, 0.12), (0.12, 0.24), (-0.12, 0.24), (-0.19, 0.12))


def plate_path(seen: Seen, outline: list[Point]) -> skia.Path:
    """A flat outline lying in the thing's own plane, tilted towards the camera as far as it shows."""
    roll = 0.5 + 0.3 * math.sin(seen.angle * 2 + 0.6 + seen.role.index)
    return smooth([seen.at(x, y * roll) for x, y in outline])


@thing("leaf", Solid(0.0022, "leaves", 0.05, corners=PLATE, depth=0.15, sheet=True, natural="fall"), home="forest")
def leaf(seen: Seen) -> None:
    """A pointed leaf with its midrib and veins."""
    pigment, k, painter = seen.pigment(AUTUMN[seen.role.index % 4]), 1.35 * seen.role.scale, seen.painter
    half = [(-0.06, 0.0), (-0.045, 0.026), (-0.01, 0.042), (0.03, 0.03), (0.062, 0.012), (0.084, 0.0)]
    outline = [(x * k, y * k) for x, y in half + [(x, -y) for x, y in half[-2:0:-1]]]
    roll = 0.5 + 0.3 * math.sin(seen.angle * 2 + 0.6 + seen.role.index)
    dark = mix(pigment, (70, 24, 30), 0.5)
    width = max(0.0035 * k * seen.spot[2], 0.6 * painter.unit)

    def veins() -> None:
        painter.line([seen.at(-0.06 * k, 0), seen.at(0.02 * k, 0.003 * k), seen.at(0.08 * k, 0)], dark, width, 0.8)
        for x in (-0.03, 0.0, 0.03):
            for side in (-1, 1):
                painter.line(
                    [seen.at(x * k, 0), seen.at((x + 0.022) * k, side * 0.024 * roll * k)], dark, width * 0.6, 0.6
                )

    painter.line([seen.at(-0.058 * k, 0), seen.at(-0.095 * k, -0.008 * k)], dark, width * 1.3)
    painter.body(plate_path(seen, outline), pigment, 0.03 * k * seen.spot[2], detail=veins, form=0.7)


@thing("feather", Solid(0.001, "feather", 0.02, corners=QUILL, depth=0.08, sheet=True, natural="fall"))
def feather(seen: Seen) -> None:
    """A pale feather with a curved quill and parted barbs."""
    pigment, k, painter = seen.pigment((248, 242, 236)), 1.25 * seen.role.scale, seen.painter
    upper = [(-0.09, 0.006), (-0.07, 0.024), (-0.02, 0.032), (0.05, 0.028), (0.11, 0.014), (0.15, 0.0)]
    lower = [(0.11, -0.010), (0.05, -0.02), (-0.03, -0.024), (-0.075, -0.016)]
    bend = [(x * k, (y + 0.35 * x * x) * k) for x, y in upper + lower]
    shade = mix(pigment, (120, 116, 150), 0.4)
    width = max(0.0022 * k * seen.spot[2], 0.5 * painter.unit)
    roll = 0.5 + 0.3 * math.sin(seen.angle * 2 + 0.6 + seen.role.index)

    def barbs() -> None:
        path = skia.Path()
        for i in range(26):
            x = -0.085 + i * 0.0088
            for side in (-1, 1):
                path.moveTo(*seen.at(x * k, 0.35 * x * x * roll * k))
                path.lineTo(*seen.at((x + 0.022) * k, (0.35 * x * x + side * 0.034) * roll * k))
        painter.texture(path, shade, width, 0.55)

    painter.body(plate_path(seen, bend), pigment, 0.02 * k * seen.spot[2], detail=barbs, form=0.5, rim=0.7)
    quill = [seen.at(x * k, 0.35 * x * x * roll * k) for x in (-0.15, -0.08, 0.0, 0.08, 0.13)]
    painter.line(quill, mix(pigment, (150, 120, 100), 0.45), width * 1.6)


@thing(
    "balloon",
    Solid(0.0134, "balloon", 0.6, radius=0.16, volume=0.0116, tail=0.85, upright=9.0, natural="float"),
    upright=True,
)
def balloon(seen: Seen) -> None:
    """A balloon on a string that trails behind."""
    pigment, painter = seen.pigment((224, 52, 76)), seen.painter
    x, y, scale = seen.spot
    radius = seen.solid.radius * scale
    _string(seen)
    c, s = math.sin(seen.angle), math.cos(seen.angle)
    knot = [
        (x + c * radius * 1.02, y + s * radius * 1.02),
        (x + c * radius * 1.22 - radius * 0.1, y + s * radius * 1.2),
    ]
    knot.append((knot[1][0] + radius * 0.2, knot[1][1]))
    painter.patch(polygon(knot), mix(pigment, (60, 10, 40), 0.3))
    egg = smooth([_egg(x, y, radius, a) for a in np.linspace(0, 2 * math.pi, 15)[:-1]])

    def shine() -> None:
        dx, dy = painter.light.key_towards
        painter.tone(x - dx * radius * 0.7, y - dy * radius * 0.7, radius, radius, mix(pigment, (40, 6, 60), 0.6), 0.35)
        painter.tone(
            x + dx * radius * 0.4,
            y + dy * radius * 0.4,
            radius * 0.55,
            radius * 0.5,
            mix(pigment, (255, 240, 220), 0.75),
            0.6,
        )
        with painter.moved(x + dx * radius * 0.55, y + dy * radius * 0.5, degrees=-35):
            painter.patch(oval(0, 0, radius * 0.17, radius * 0.09), (255, 255, 255), 0.75)

    painter.body(egg, pigment, radius, detail=shine, form=0.7)


def _egg(x: float, y: float, radius: float, angle: float) -> Point:
    """A point of a balloon's outline: longer and narrower below."""
    down = max(0.0, math.sin(angle))
    wide, high = 1 - 0.1 * down, 1.16 if down else 1.02
    return x + radius * math.cos(angle) * wide, y + radius * math.sin(angle) * high


def _string(seen: Seen) -> None:
    """The string, swinging a little late."""
    px, py, pz = seen.position
    radius, tail = seen.solid.radius, seen.solid.tail
    points = []
    for k in range(7):
        share = k / 6
        sway = 0.045 * share * math.sin(2.1 * seen.t - 2.4 * share + seen.role.index) - 0.06 * share * seen.role.wind
        height = max(0.01, py - radius * 1.15 - share * tail)
        points.append(seen.camera.project((px + math.sin(seen.angle) * radius + sway, height, pz))[:2])
    seen.painter.line(points, (236, 230, 226), max(0.006 * seen.spot[2], 0.8 * seen.painter.unit), 0.9)


@thing(
    "lantern",
    Solid(0.044, "paper", 0.2, corners=LAMP, depth=0.3, volume=0.038, upright=14.0, natural="float"),
    home="village",
)
def lantern(seen: Seen) -> None:
    """A paper sky lantern, lit from inside."""
    pigment, painter, k = seen.pigment((250, 158, 72)), seen.painter, seen.role.scale
    scale = seen.spot[2]
    flicker = 1 + 0.06 * math.sin(11 * seen.t + seen.role.index) + 0.04 * math.sin(17.3 * seen.t)
    outline = smooth([seen.at(px, py) for px, py in seen.solid.corners], tension=8)
    foot, head = seen.at(0, -0.2 * k), seen.at(0, 0.24 * k)
    with painter.shining():
        painter.blend(
            outline, foot, head, ((0, (255, 244, 190)), (0.45, mix(pigment, (255, 214, 130), 0.55)), (1, pigment))
        )
        for px in (-0.07, 0.07):
            rib = [seen.at(px * 0.8 * k, -0.21 * k), seen.at(px * 1.35 * k, 0.1 * k), seen.at(px * 0.8 * k, 0.235 * k)]
            painter.line(rib, mix(pigment, (120, 40, 30), 0.5), max(0.005 * k * scale, 0.7 * painter.unit), 0.6)
        edge = [seen.at(-0.13 * k, -0.215 * k), seen.at(0.0, -0.232 * k), seen.at(0.13 * k, -0.215 * k)]
        painter.line(edge, (116, 52, 36), max(0.012 * k * scale, painter.unit))
    painter.glow(*seen.at(0, -0.1 * k), 0.55 * k * scale * flicker, (255, 176, 84), 0.6)


@thing("paper_plane", Solid(0.022, "paper", 0.1, corners=DART, depth=0.4, glides=True, natural="fly"), home="park")
def paper_plane(seen: Seen) -> None:
    """A folded dart: keel, near wing and far wing."""
    pigment, painter, k = seen.pigment((248, 246, 240)), seen.painter, 1.38 * seen.role.scale
    up = 1 if math.cos(seen.angle) >= 0 else -1  # it never flies on its back

    def points(*outline: tuple[float, float, float]) -> list[Point]:
        return [seen.at(x * k, y * up * k, z * k) for x, y, z in outline]

    nose, tail = (0.19, 0.0, 0.0), (-0.17, 0.012, 0.0)
    far = polygon(points(nose, tail, (-0.17, 0.05, 0.15)))
    keel = polygon(points(nose, tail, (-0.15, -0.055, 0.0)))
    near = polygon(points(nose, (-0.17, 0.006, 0.0), (-0.17, 0.03, -0.17)))
    radius = 0.03 * k * seen.spot[2]
    painter.body(far, mix(pigment, (110, 120, 160), 0.25), radius, rim=0.4)
    painter.body(keel, mix(pigment, (110, 110, 150), 0.42), radius, rim=0.2)
    painter.body(near, pigment, radius)


@thing(
    "umbrella",
    Solid(0.35, "cloth", 0.1, corners=SHADE, depth=0.9, drag=1.6, volume=0.26, upright=7.0, natural="float"),
    home="street",
)
def umbrella(seen: Seen) -> None:
    """An open umbrella: gores of two shades, ribs, and a hooked handle."""
    pigment, painter, k = seen.pigment((206, 52, 62)), seen.painter, seen.role.scale
    scale = seen.spot[2] * k
    stick = [
        seen.at(px * k, py * k)
        for px, py in ((0.0, 0.4), (0.0, 0.0), (0.0, -0.42), (0.015, -0.49), (0.06, -0.5), (0.075, -0.45))
    ]
    painter.line(stick, (92, 62, 52), max(0.022 * scale, painter.unit))
    spin = seen.t * (2.2 if seen.role.action == "spin" else 0.25)
    edges = np.sin(np.linspace(-math.pi / 2, math.pi / 2, 6)) * 0.48
    dome = [(0.48 * math.cos(a), 0.1 + 0.33 * math.sin(a)) for a in np.linspace(0, math.pi, 13)]
    scallops = []
    for a, b in zip(edges[:-1], edges[1:], strict=True):
        scallops += [(float(a), 0.1), (float(a + b) / 2, 0.135)]
    canopy = smooth([seen.at(px * k, py * k) for px, py in [*dome, *scallops[1:]]], tension=10)

    def gores() -> None:
        for i in range(8):
            a, b = (math.sin(spin + (i + d) * math.pi / 4) for d in (0, 1))
            if math.cos(spin + (i + 0.5) * math.pi / 4) > 0 and i % 2:
                gore = [(0.0, 0.44), (a * 0.42, 0.3), (a * 0.5, 0.08), (b * 0.5, 0.08), (b * 0.42, 0.3)]
                painter.patch(
                    polygon([seen.at(px * k, py * k) for px, py in gore]), mix(pigment, (250, 240, 232), 0.55)
                )

    painter.body(canopy, pigment, 0.25 * scale, detail=gores)
    painter.line([seen.at(0, 0.42 * k), seen.at(0, 0.48 * k)], (92, 62, 52), max(0.018 * scale, painter.unit))
