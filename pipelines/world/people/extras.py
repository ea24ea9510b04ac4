"""Things worn besides clothes: scarves, bandanas, bows, backpacks, capes."""

import math

from pipelines.world.geometry import Colour, Point, lerp, limb, mix, polygon, smooth
from pipelines.world.people.bows import draw_bow
from pipelines.world.people.limbs import hull
from pipelines.world.people.sight import Sight
from pipelines.world.people.trunk import Trunk

_USUAL: dict[str, Colour] = {
    "scarf": (206, 58, 62),
    "bandana": (206, 46, 54),
    "bow": (216, 56, 110),
    "backpack": (70, 118, 176),
    "cape": (190, 36, 50),
    "tank": (206, 210, 220),
}


def _worn(sight: Sight, kind: str) -> Colour | None:
    extra = next((e for e in sight.look.extras if e.kind == kind), None)
    return None if extra is None else extra.colour or _USUAL[kind]


def draw_extras_behind(sight: Sight, trunk: Trunk) -> None:
    """What is on the back, or the straps of it seen from the front."""
    cape = _worn(sight, "cape")
    if cape and abs(sight.facing) < 2.2:
        _cape(sight, trunk, cape)
    if abs(sight.facing) < 2.2:
        _pack(sight, trunk)


def _pack(sight: Sight, trunk: Trunk) -> None:
    for kind in ("backpack", "tank"):
        colour = _worn(sight, kind)
        if not colour:
            continue
        frame, (_, depth) = trunk.frame(0.52), trunk.row(0.52)
        scale = sight.measures.height / 1.75
        corners = [
            (r, u, f) for r in (-0.15, 0.15) for u in (-0.19, 0.20) for f in (-depth - 0.01, -depth - 0.16 * scale)
        ]
        points = [sight.at(frame.at(r * scale, u * scale, f)) for r, u, f in corners]
        sight.painter.body(hull(points), colour, sight.pixels(0.08))


def draw_extras_on(sight: Sight, trunk: Trunk) -> None:
    """What lies on the chest and round the neck, and what is on the back when the back is seen."""
    strap = _worn(sight, "backpack")
    if abs(sight.facing) >= 2.2:
        _pack(sight, trunk)
        cape = _worn(sight, "cape")
        if cape:
            _cape(sight, trunk, cape)
    elif strap:
        for side in (-1, 1):
            if trunk.shown(side * 0.8, 0.7):
                line = [
                    trunk.on(side * a, s, 0.012) for a, s in ((0.95, 0.99), (0.78, 0.80), (0.95, 0.55), (1.35, 0.42))
                ]
                sight.painter.line(line, mix(strap, (30, 20, 40), 0.25), sight.pixels(0.030))
    bandana, scarf = _worn(sight, "bandana"), _worn(sight, "scarf")
    if bandana:
        _bandana(sight, trunk, bandana)
    if scarf:
        _scarf(sight, trunk, scarf)
    bow = _worn(sight, "bow")
    if bow and sight.look.feminine < 0.5 and trunk.shown(0, 0.95):
        x, y = trunk.on(0, 0.965, 0.02)
        draw_bow(sight.painter, x, y, sight.pixels(0.055), bow)


def _bandana(sight: Sight, trunk: Trunk, colour: Colour) -> None:
    """A kerchief: a ring round the neck and a triangle on the chest."""
    scale = sight.measures.height / 1.75
    if trunk.shown(0, 0.9):
        points = [
            trunk.on(a, s, 0.016 * scale) for a, s in ((-1.2, 1.01), (-0.5, 0.93), (0, 0.76), (0.5, 0.93), (1.2, 1.01))
        ]
        sight.painter.body(smooth(points, tension=9), colour, sight.pixels(0.03))
    lower, upper = trunk.ring(0.985, 0.018 * scale, True, 0.012), trunk.ring(1.05, 0.012 * scale, True, 0.016)
    sight.painter.body(smooth(lower + upper[::-1], tension=8), mix(colour, (40, 10, 30), 0.12), sight.pixels(0.02))


def _scarf(sight: Sight, trunk: Trunk, colour: Colour) -> None:
    """A thick ring and an end that trails in the wind."""
    scale = sight.measures.height / 1.75
    x, y = trunk.on(0.7 if sight.facing < 0.3 else -0.7, 0.94, 0.03 * scale)
    length, drift = sight.pixels(0.42 * scale), sight.pixels(sight.drift[0]) * 1.6
    points: list[Point] = []
    for i in range(5):
        k = i / 4
        wave = sight.pixels(0.03) * (0.4 + sight.wind) * math.sin(sight.t * 4.2 - k * 3.5) * k
        points.append((x + drift * k + wave, y + length * k * (1 - 0.4 * min(1.0, abs(drift) / length))))
    width = sight.pixels(0.045 * scale)
    end = limb(points, [width * 0.8, width, width, width, width * 0.9], tip=0.1)

    def stripes() -> None:
        for k in (0.72, 0.86):
            i = int(k * 4)
            px, py = lerp(points[i][0], points[i + 1][0], k * 4 - i), lerp(points[i][1], points[i + 1][1], k * 4 - i)
            sight.painter.line(
                [(px - width * 1.2, py), (px + width * 1.2, py)], mix(colour, (255, 246, 226), 0.75), width * 0.35
            )

    sight.painter.body(end, mix(colour, (40, 10, 40), 0.10), width, detail=stripes)
    lower, upper = trunk.ring(0.96, 0.032 * scale, True, 0.02), trunk.ring(1.09, 0.030 * scale, True, 0.03)
    sight.painter.body(smooth(lower + upper[::-1], tension=8), colour, sight.pixels(0.03))


def _cape(sight: Sight, trunk: Trunk, colour: Colour) -> None:
    """A cloak from the shoulders to the calves that trails behind."""
    m = sight.measures
    left, right = trunk.edges(0.93, 0.01)
    drop = sight.pixels(0.62 * m.height)
    drift = sight.pixels(sight.drift[0]) * 2.4 - sight.pixels(0.10) * math.sin(sight.facing)
    flap = sight.pixels(0.025) * (0.3 + sight.wind)
    hem = [
        (
            lerp(left[0], right[0], -0.35 + 1.7 * k) + drift + flap * math.sin(sight.t * 3 + k * 6),
            lerp(left[1], right[1], k) + drop + flap * math.cos(sight.t * 3.7 + k * 8),
        )
        for k in (0, 0.25, 0.5, 0.75, 1)
    ]
    sight.painter.body(smooth([left, right, *hem[::-1]], tension=9), colour, sight.pixels(0.1))
    sight.painter.texture(
        polygon([mix(left, right, 0.3), hem[1], mix(left, right, 0.35)]),
        mix(colour, (30, 6, 30), 0.5),
        sight.pixels(0.01),
        0.3,
    )
