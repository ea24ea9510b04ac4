"""Tails: a chain that follows the body, each part a little later than the one before."""

import math

import numpy as np
import skia

from pipelines.world.animals.build import Tail
from pipelines.world.animals.figure import View, polar, tuft, tufts
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


def tail_paths(tail: Tail, points: list[Point], view: View, fringe: float) -> tuple[list[skia.Path], list[skia.Path]]:
    """(its solid outline, locks of hair along it)."""
    radii = list(np.interp(np.linspace(0, 1, len(points)), np.linspace(0, 1, len(tail.radii)), tail.radii))
    solid = [view.limb(points, radii, 0.9, 0.3)]
    if fringe <= 0:
        return solid, []
    locks, rng = [], np.random.default_rng(17)
    for i in range(1, len(points)):
        (ax, ay), (bx, by) = points[i - 1], points[i]
        along = math.atan2(by - ay, bx - ax)
        for _ in range(3):
            k, side = rng.uniform(), 1 if rng.uniform() < 0.72 else -1
            length = (
                fringe * (0.45 + 0.75 * math.sin(math.pi * min(1.0, (i - 0.3) / len(points)))) * rng.uniform(0.7, 1.15)
            )
            away = along + side * rng.uniform(0.45, 0.75)
            root = (ax + (bx - ax) * k, ay + (by - ay) * k)
            start = polar(root, along + side * math.pi / 2, radii[i] * 0.6)
            locks.append(tuft(view, start, away, length, radii[i] * 0.5))
    return solid, [tufts(locks)]
