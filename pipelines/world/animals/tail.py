"""Tails: a chain that follows the body, each part a little later than the one before."""

import math
from functools import lru_cache

import numpy as np
import skia

from pipelines.world.animals.build import Tail
from pipelines.world.animals.figure import View, polar, scatter, tuft, tufts
from pipelines.world.geometry import Point

PARTS = 7


def tail_points(
    tail: Tail, root: Point, body_angle: float, carried: float, curl: float, wave: tuple[float, float]
) -> list[Point]:
    """Its line from root to tip. `carried` and `curl` are added to the tail's own; `wave` is (radians, phase) of a
    wave that runs along it."""
    points, angle = [root], tail.carried + body_angle + carried
    step = tail.length / PARTS
    for part in range(PARTS):
        share = (part + 0.5) / PARTS
        amount, phase = wave
        bend = -(tail.curl + curl) * share + amount * (0.4 + share) * math.sin(phase - 2.2 * share)
        points.append(polar(points[-1], angle + bend, step))
    return points


@lru_cache(maxsize=32)
def spread(radii: tuple[float, ...], count: int) -> list[float]:
    """Half-widths at `count` even places."""
    return np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(radii)), radii).tolist()


def tail_paths(tail: Tail, points: list[Point], view: View, fringe: float) -> tuple[list[skia.Path], list[skia.Path]]:
    """(its solid outline, locks of hair along it)."""
    radii = spread(tail.radii, len(points))
    solid = [view.limb(points, radii, 0.9, 0.3)]
    if fringe <= 0:
        return solid, []
    locks, numbers = [], iter(scatter(17, 9 * len(points)))
    for i in range(1, len(points)):
        (ax, ay), (bx, by) = points[i - 1], points[i]
        along = math.atan2(by - ay, bx - ax)
        share = i / (len(points) - 1)
        full = fringe * (0.45 + 0.75 * math.sin(math.pi * share * 0.92)) * (1 - 0.35 * share**3)
        for n in range(3):
            k, bend, long = (next(numbers) for _ in range(3))
            side = -1 if (i + n) % 4 == 0 else 1
            root = (ax + (bx - ax) * (0.5 + 0.5 * k), ay + (by - ay) * (0.5 + 0.5 * k))
            start = polar(root, along + side * math.pi / 2, radii[i] * 0.6)
            locks.append(
                tuft(
                    view,
                    start,
                    along + side * (0.44 + 0.14 * bend),
                    full * (0.92 + 0.22 * long),
                    max(radii[i] * 0.5, fringe * 0.13),
                )
            )
    return solid, [tufts(locks)]
