"""Round things: a lit sphere, and marks on its surface that turn with it."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import skia

from pipelines.world.geometry import Colour, Point, disc, mix, polygon, wrap_angle
from pipelines.world.things.thing import Seen

Marks = Callable[[Seen], None]
Curve = np.ndarray  # (n, 3) points on the unit sphere


def globe(seen: Seen, pigment: Colour, marks: Marks | None = None, shine: float = 1.0) -> None:
    """Paints a sphere with its marks; `shine` (0 to 1) is how glossy it is."""
    x, y, scale = seen.spot
    radius = seen.solid.radius * scale
    painter = seen.painter

    def detail() -> None:
        if marks is not None:
            marks(seen)
        dx, dy = painter.light.key_towards
        painter.tone(
            x - dx * radius * 0.75,
            y - dy * radius * 0.75,
            radius * 0.85,
            radius * 0.75,
            mix(pigment, (24, 10, 50), 0.75),
            0.42,
        )
        painter.tone(
            x + dx * radius * 0.42,
            y + dy * radius * 0.42,
            radius * 0.5,
            radius * 0.44,
            (255, 250, 236),
            0.26 + 0.14 * shine,
        )
        if shine > 0.5:
            painter.tone(
                x + dx * radius * 0.48,
                y + dy * radius * 0.48,
                radius * 0.14,
                radius * 0.12,
                (255, 255, 255),
                0.7 * shine,
            )

    painter.body(disc(x, y, radius), pigment, radius, detail=detail, form=0.8)


def seams(seen: Seen, curves: Sequence[Curve], pigment: Colour, width: float, alpha: float = 0.9) -> None:
    """Paints curves on the near side of the sphere; `width` is a share of its radius."""
    x, y, scale = seen.spot
    radius = seen.solid.radius * scale
    path = skia.Path()
    for curve in curves:
        turned = curve @ seen.turn.T
        drawing = False
        for px, py, pz in turned:
            if pz < 0.02:
                (path.lineTo if drawing else path.moveTo)(x + px * radius, y - py * radius)
            drawing = pz < 0.02
    seen.painter.line(path, pigment, max(width * radius, 1.1 * seen.painter.unit), alpha)


def patch_on(seen: Seen, outline: Curve, pigment: Colour) -> None:
    """Paints a region of the sphere inside an outline: the part of it on the near side."""
    x, y, scale = seen.spot
    radius = seen.solid.radius * scale
    near = _near_side(outline @ seen.turn.T)
    if len(near) > 2:
        seen.painter.patch(polygon([(x + px * radius, y - py * radius) for px, py in near]), pigment)


def _near_side(turned: Curve) -> list[Point]:
    """The outline where the camera sees it, closed along the edge of the disc."""
    if turned[:, 2].min() > 0:
        return []
    if turned[:, 2].max() <= 0:
        return [(float(px), float(py)) for px, py, _ in turned]
    start = int(np.argmax((turned[:, 2] <= 0) & (np.roll(turned[:, 2], 1) > 0)))  # where it comes into view
    loop = np.roll(turned, -start, axis=0)
    points: list[Point] = []
    before = loop[-1]
    for point in np.vstack([loop, loop[:1]]):
        if (before[2] > 0) != (point[2] > 0):
            share = before[2] / (before[2] - point[2])
            at = before + (point - before) * share
            edge = math.atan2(at[1], at[0])
            if point[2] <= 0 and points:
                points += _edge(math.atan2(points[-1][1], points[-1][0]), edge)
            points.append((math.cos(edge), math.sin(edge)))
        if point[2] <= 0:
            points.append((float(point[0]), float(point[1])))
        before = point
    first, last = points[0], points[-1]
    return points + _edge(math.atan2(last[1], last[0]), math.atan2(first[1], first[0]))


def _edge(start: float, end: float) -> list[Point]:
    """Points on the edge of the unit disc from one angle to another, the shorter way."""
    way = wrap_angle(end - start)
    count = int(abs(way) / 0.2)
    return [
        (math.cos(start + way * k / (count + 1)), math.sin(start + way * k / (count + 1))) for k in range(1, count + 1)
    ]


def circle_on(axis: Sequence[float], height: float = 0.0, points: int = 48) -> Curve:
    """A circle on the unit sphere round an axis, at a height along it (0: the equator), closed."""
    a = np.array(axis, float) / np.linalg.norm(axis)
    b = np.cross(a, (0.3, 0.5, 0.8))
    b /= np.linalg.norm(b)
    c = np.cross(a, b)
    around = np.linspace(0, 2 * np.pi, points + 1)[:, None]
    return a * height + math.sqrt(1 - height * height) * (np.cos(around) * b + np.sin(around) * c)


def band_on(axis: Sequence[float], low: float, high: float, points: int = 40) -> tuple[Curve, ...]:
    """Quarters of the belt between two heights along an axis."""
    bottom, top = circle_on(axis, low, points), circle_on(axis, high, points)
    quarter = points // 4
    return tuple(
        np.vstack([bottom[k : k + quarter + 1], top[k : k + quarter + 1][::-1]]) for k in range(0, points, quarter)
    )


def slice_on(start: float, end: float, points: int = 14) -> Curve:
    """The slice of the sphere between two meridians about y (radians)."""
    up = np.linspace(-np.pi / 2, np.pi / 2, points)
    sides = [np.column_stack([np.cos(up) * math.cos(m), np.sin(up), np.cos(up) * math.sin(m)]) for m in (start, end)]
    return np.vstack([sides[0], sides[1][::-1]])
