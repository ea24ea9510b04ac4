"""Wings: two bones and a fan of feathers in space, so that they fold, glide and beat."""

import math
from dataclasses import dataclass

import numpy as np
import skia

from pipelines.world.animals.figure import View
from pipelines.world.geometry import Colour, Point, mix
from pipelines.world.styles.painter import Painter

TILT = 0.34  # how far a wing that points at the camera is seen from above or below: share of its length
SHADE: Colour = (52, 32, 70)


@dataclass(frozen=True)
class Wing:
    """A wing's size in metres."""

    inner: float  # shoulder to wrist
    outer: float  # wrist to tip
    chord: float  # breadth at the shoulder
    pointed: float = 0.5  # 0 broad to 1 pointed
    feathers: int = 6


@dataclass(frozen=True)
class Stroke:
    """Where a wing is in its beat; angles in radians."""

    lift: float  # of the arm: up is positive
    hand: float  # of the outer wing, added to the arm's
    sweep: float = 0.0  # backwards
    spread: float = 1.0  # 1 open to 0 folded


def beat(phase: float, amplitude: float, glide: float = 0.0) -> Stroke:
    """The stroke at a phase (turns): the arm leads, the hand follows; on the way up the wing is half folded.
    `glide` 1 holds it out flat."""
    angle = 2 * math.pi * phase
    lift = amplitude * math.cos(angle) + 0.16
    hand = amplitude * 0.85 * math.sin(angle)
    rising = max(0.0, -math.sin(angle))
    flap = Stroke(lift, hand, 0.10 + 0.40 * rising, 1 - 0.30 * rising)
    flat = Stroke(0.22, -0.10, 0.08, 1.0)
    return Stroke(
        flap.lift + (flat.lift - flap.lift) * glide,
        flap.hand + (flat.hand - flap.hand) * glide,
        flap.sweep + (flat.sweep - flap.sweep) * glide,
        flap.spread + (flat.spread - flap.spread) * glide,
    )


def wing_outline(
    wing: Wing, stroke: Stroke, shoulder: Point, side: int, pitch: float
) -> tuple[list[Point], list[list[Point]]]:
    """(outline, lines between feathers) in the animal's own metres; `side` 1 is the near wing, −1 the far one;
    `pitch` is the body's."""
    x_in, y_in, z_in = _bone(wing.inner * stroke.spread, stroke.lift, stroke.sweep * 0.3)
    dx, dy, dz = _bone(wing.outer * stroke.spread, stroke.lift + stroke.hand, stroke.sweep)
    wrist, tip = (x_in, y_in, z_in), (x_in + dx, y_in + dy, z_in + dz)
    c = wing.chord
    trailing = []
    for i in range(wing.feathers + 1):
        k = i / wing.feathers
        start = _on(wrist, tip, k) if k > 0 else wrist
        length = c * (1.0 - 0.55 * k * wing.pointed) * (0.95 + 0.1 * math.sin(k * math.pi))
        fan = 0.15 + 1.15 * k
        trailing.append(
            (
                start[0] - length * math.cos(fan) * (1 - 0.2 * k),
                start[1] - 0.10 * length * math.sin(fan),
                start[2] + length * math.sin(fan) * 0.55,
            )
        )
    root_back = (-c * 0.92, 0.0, 0.0)
    outline = [
        (c * 0.12, 0.0, 0.0),
        _on((c * 0.12, 0, 0), (wrist[0] + c * 0.14, wrist[1], wrist[2]), 0.6),
        (wrist[0] + c * 0.13, wrist[1], wrist[2]),
        tip,
    ]
    outline += [*trailing[::-1], root_back]
    lines = [[_on(wrist, tip, i / wing.feathers * 0.9), trailing[i]] for i in range(1, wing.feathers)]

    def seen(p: tuple[float, float, float]) -> Point:
        x, y = p[0], p[1] - side * TILT * p[2]
        cp, sp = math.cos(pitch), math.sin(pitch)
        return shoulder[0] + x * cp - y * sp + side * 0.10 * p[2], shoulder[1] + x * sp + y * cp

    return [seen(p) for p in outline], [[seen(p) for p in line] for line in lines]


def _bone(length: float, lift: float, sweep: float) -> tuple[float, float, float]:
    out = length * math.cos(sweep)
    return -length * math.sin(sweep), out * math.sin(lift), out * math.cos(lift)


def _on(a: tuple[float, float, float], b: tuple[float, float, float], k: float) -> tuple[float, float, float]:
    return a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k


def paint_wing(
    painter: Painter,
    view: View,
    wing: Wing,
    stroke: Stroke,
    shoulder: Point,
    side: int,
    pitch: float,
    pigments: tuple[Colour, Colour, Colour],
) -> None:
    """One wing; `pigments` are its coverts, its flight feathers and their tips."""
    outline, lines = wing_outline(wing, stroke, shoulder, side, pitch)
    shade = 0.34 if side < 0 else 0.0
    coverts, feathers, tips = (mix(p, SHADE, shade) for p in pigments)
    path = view.outline(outline, 7)
    size = wing.chord * view.scale

    def detail() -> None:
        near = [outline[0], outline[1], outline[2], *_towards(outline, 0.52)]
        painter.patch(view.outline(near), coverts)
        tip_band = [outline[3], *_towards_tip(outline, 0.72)]
        painter.patch(view.outline([*tip_band]), tips, 0.85)
        if size > 14:
            for line in lines:
                painter.line(view.all(line), mix(feathers, SHADE, 0.5), max(painter.unit, size * 0.03), 0.5)

    painter.body(path, feathers, size * 0.5, rim=0.7 if side > 0 else 0.2, form=0.5, detail=detail)


def _towards(outline: list[Point], share: float) -> list[Point]:
    """The trailing edge drawn in towards the leading edge."""
    lead = [outline[2], outline[1], outline[0]]
    trail = outline[4:]
    marks = np.linspace(0, 2, len(trail))
    inward = []
    for (x, y), m in zip(trail, marks, strict=True):
        i = min(int(m), 1)
        ax, ay = (
            lead[i][0] + (lead[i + 1][0] - lead[i][0]) * (m - i),
            lead[i][1] + (lead[i + 1][1] - lead[i][1]) * (m - i),
        )
        inward.append((float(ax + (x - ax) * share), float(ay + (y - ay) * share)))
    return inward


def _towards_tip(outline: list[Point], share: float) -> list[Point]:
    """The tips of the outer feathers."""
    outer = outline[4 : 4 + max(3, (len(outline) - 4) // 2)]
    root = outline[2]
    inner = [(root[0] + (x - root[0]) * share, root[1] + (y - root[1]) * share) for x, y in outer]
    return [*outer, *inner[::-1]]


def folded_wing(view: View, shoulder: Point, length: float, height: float, pitch: float) -> skia.Path:
    """A wing at rest along the body."""
    c, s = math.cos(pitch), math.sin(pitch)
    shape = (
        (0.12, 0.10),
        (0.05, 0.42),
        (-0.25, 0.50),
        (-0.65, 0.28),
        (-1.02, -0.10),
        (-0.70, -0.34),
        (-0.28, -0.52),
        (0.02, -0.36),
    )
    points = [
        (shoulder[0] + (x * c * length - y * s * height), shoulder[1] + (x * s * length + y * c * height))
        for x, y in shape
    ]
    return view.outline(points)
