"""Hands: palm, four fingers and a thumb as one silhouette; a few grips cover a lot."""

import math
from collections.abc import Callable

import skia

from pipelines.world.geometry import Colour, Point, limb, mix, smooth, union
from pipelines.world.styles.painter import Painter

Place = Callable[[float, float], Point]  # a point of the hand: along it, aside; in its lengths
MITTEN = 13  # pixels of length below which fingers are not told apart

# fan of the fingers, their curl, their length, the thumb's joint and tip (along the hand, aside)
GRIPS = {
    "relax": (0.10, 0.55, 0.40, (0.30, 0.38, 0.58, 0.40)),
    "open": (0.26, -0.10, 0.48, (0.22, 0.46, 0.44, 0.70)),
    "fist": (0.02, 2.3, 0.26, (0.34, 0.32, 0.56, 0.14)),
    "hold": (0.02, 1.9, 0.32, (0.36, 0.34, 0.66, 0.20)),
    "point": (0.04, 2.0, 0.30, (0.34, 0.34, 0.58, 0.26)),
}


def draw_hand(
    painter: Painter,
    x: float,
    y: float,
    angle: float,
    length: float,
    thumb: int,
    grip: str,
    skin: Colour,
    arm: skia.Path | None = None,
) -> None:
    """Paints a hand from the wrist (x, y) on, `angle` radians from the canvas's right; `thumb` 1 or −1 is its side;
    `arm` is a bare arm that it is one with."""
    c, s = math.cos(angle), math.sin(angle)

    def at(along: float, aside: float) -> Point:
        return x + (c * along - s * aside * thumb) * length, y + (s * along + c * aside * thumb) * length

    if length < MITTEN:
        mitten = _mitten(at, length, grip)
        painter.body(union([arm, mitten], detail=2.0) if arm else mitten, skin, length * 0.25, rim=0.7)
        return
    fingers, gaps = _fingers(at, length, grip)
    palm = smooth(
        [
            at(-0.08, 0.13),
            at(0.12, 0.21),
            at(0.42, 0.24),
            at(0.50, 0.08),
            at(0.48, -0.12),
            at(0.38, -0.23),
            at(0.10, -0.19),
            at(-0.08, -0.13),
        ]
    )
    reach = GRIPS[grip][3]
    thumb_path = limb(
        [at(0.08, 0.14), at(reach[0], reach[1]), at(reach[2], reach[3])],
        [length * 0.10, length * 0.085, length * 0.062],
    )
    outline = union([palm, thumb_path, *fingers, *([arm] if arm else [])], detail=2.0 if length < 70 else 1.0)

    def lines() -> None:
        for a, b in gaps:
            painter.line([a, b], mix(skin, (96, 34, 58), 0.5), max(0.7 * painter.unit, length * 0.030), 0.6)

    painter.body(outline, skin, length * 0.22, rim=0.8, form=0.8, detail=lines)


def _fingers(at: Place, length: float, grip: str) -> tuple[list[skia.Path], list[tuple[Point, Point]]]:
    """Outlines of the fingers, and the lines between them."""
    fan, curl, long, _ = GRIPS[grip]
    paths, bones = [], []
    for i in range(4):
        aside = 0.185 - 0.125 * i
        straight = grip == "point" and i == 0
        spread, bent = fan * (1.5 - i) * 0.9, 0.06 if straight else curl * (1 + 0.10 * i)
        reach = (0.48 if straight else long) * (0.92, 1.04, 0.98, 0.80)[i]
        base = at(0.42, aside)
        knuckle = at(0.42 + reach * 0.55 * math.cos(spread), aside + reach * 0.55 * math.sin(spread))
        tip = at(
            0.42 + reach * (0.55 * math.cos(spread) + 0.5 * math.cos(spread - bent)),
            aside + reach * (0.55 * math.sin(spread) + 0.5 * math.sin(spread - bent)),
        )
        paths.append(limb([base, knuckle, tip], [length * 0.078, length * 0.074, length * 0.058]))
        bones.append((at(0.40, aside - 0.06), knuckle))
    gaps = [(bones[i][0], mix(bones[i][1], bones[i + 1][1], 0.5)) for i in range(3)]
    return paths, gaps


def _mitten(at: Place, length: float, grip: str) -> skia.Path:
    long = 0.62 if grip in ("fist", "hold") else 0.95
    return smooth(
        [
            at(-0.1, 0.16),
            at(0.2, 0.26),
            at(0.32, 0.42),
            at(0.46, 0.28),
            at(long, 0.12),
            at(long, -0.14),
            at(0.4, -0.25),
            at(-0.1, -0.16),
        ]
    )
