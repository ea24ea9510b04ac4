"""Markings of a coat: painted inside the silhouette, fixed to the body so that they move with it."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import skia

from pipelines.world.animals.build import Build
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.figure import Spine, View, add, between, polar, scatter
from pipelines.world.animals.legs import LegPose, lower_leg
from pipelines.world.geometry import Colour, Point, mix, smooth
from pipelines.world.styles.painter import Painter


def soft_side(
    painter: Painter, view: View, spine: Spine, torso: Sequence[tuple[float, float, float]], coat: Coat
) -> None:
    """Light on the back, the paler belly with its ragged edge, shade between the legs."""
    belly, edge = [], []
    ragged = iter(scatter(23, 3 * len(torso)))
    level = -0.95 + 1.1 * coat.under_share
    for u, v, r in torso[1:]:  # the rump keeps the coat's colour
        belly.append(spine.at(u, v - r * 1.6))
        edge.append(spine.at(u, v + r * level))
    first, last = torso[1], torso[-1]
    jag: list[Point] = []
    for i in range(len(edge) - 1):
        for k in (0.0, 0.33, 0.66):
            x, y = between(edge[i], edge[i + 1], k)
            jag.append((x, y + 0.10 * next(ragged) * torso[i + 1][2]))
    jag.append(edge[-1])
    if coat.under != coat.base:
        shape = [
            spine.at(first[0] - 0.1, -first[2]),
            *jag,
            spine.at(last[0] + 0.35, last[1] - last[2] * 0.2),
            *belly[::-1],
        ]
        painter.patch(smooth(view.all(shape), tension=8), coat.under, 0.82)
    u, v, r = torso[len(torso) // 2]
    x, y = view.at(spine.at(u, v + r * 0.75))
    long = spine.length * view.scale
    painter.tone(x, y, long * 0.62, r * view.scale * 0.42, mix(coat.base, (255, 244, 214), 0.55), 0.42 * coat.shine)
    x, y = view.at(spine.at(u, v - r * 1.05))
    painter.tone(x, y, long * 0.6, r * view.scale * 0.62, mix(coat.base, (64, 22, 60), 0.62), 0.5)


def cape(
    painter: Painter, view: View, spine: Spine, torso: Sequence[tuple[float, float, float]], pigment: Colour
) -> None:
    """A dark back."""
    lower = [spine.at(u, v + r * 0.30) for u, v, r in torso]
    upper = [spine.at(u, v + r * 1.6) for u, v, r in torso]
    start, end = spine.at(torso[0][0] - 0.3, 0.0), spine.at(torso[-1][0] + 0.35, torso[-1][1] + torso[-1][2] * 0.5)
    painter.patch(view.outline([start, *lower, end, *upper[::-1]]), pigment, 0.9)


def stripes(
    painter: Painter, view: View, spine: Spine, torso: Sequence[tuple[float, float, float]], pigment: Colour
) -> None:
    """Stripes that run down from the back, thinning out."""
    path = skia.Path()
    us, vs, rs = zip(*torso, strict=True)
    for i, u in enumerate(np.linspace(us[0] + 0.06, us[-1] - 0.05, 9)):
        v, r = float(np.interp(u, us, vs)), float(np.interp(u, us, rs))
        slant, low = 0.05 * math.sin(i * 2.1), -0.1 - 0.35 * (i % 2)
        wide = 0.030 + 0.008 * math.cos(i * 1.7)
        path.addPath(
            view.outline(
                [
                    spine.at(u - wide, v + r * 1.2),
                    spine.at(u - wide * 0.9 + slant * 0.5, v + r * 0.5),
                    spine.at(u + slant * 2, v + r * low),
                    spine.at(u + wide * 0.9 + slant * 0.5, v + r * 0.5),
                    spine.at(u + wide, v + r * 1.2),
                ]
            )
        )
    painter.patch(path, pigment, 0.72)


def spots(
    painter: Painter,
    view: View,
    spine: Spine,
    torso: Sequence[tuple[float, float, float]],
    legs: Sequence[LegPose],
    pigment: Colour,
) -> None:
    """Round spots on body and upper legs."""
    rng, path = np.random.default_rng(41), skia.Path()
    us, vs, rs = zip(*torso, strict=True)
    for i in range(44):
        u = us[0] - 0.12 + (us[-1] - us[0] + 0.3) * ((i * 0.618) % 1.0)
        v, r = float(np.interp(u, us, vs)), float(np.interp(u, us, rs))
        place = spine.at(u, v + r * float(rng.uniform(-0.85, 0.95)))
        path.addPath(_blot(view, place, r * float(rng.uniform(0.07, 0.17)), rng))
    for leg in legs:
        for k in (0.2, 0.55, 0.9, 1.3, 1.6):
            middle = between(leg.joint, leg.knee, k) if k <= 1 else between(leg.knee, leg.ankle, k - 1)
            place = add(middle, (float(rng.uniform(-0.4, 0.4)) * leg.radii[2], 0.0))
            path.addPath(_blot(view, place, leg.radii[2] * float(rng.uniform(0.25, 0.4)), rng))
    painter.patch(path, pigment, 0.92)


def patches(
    painter: Painter, view: View, spine: Spine, torso: Sequence[tuple[float, float, float]], pigment: Colour
) -> None:
    """A few large irregular patches, as cows have them."""
    rng, path = np.random.default_rng(52), skia.Path()
    middle = torso[len(torso) // 2][2]
    for u, v, size in ((0.02, 0.35, 0.85), (0.52, 0.55, 0.80), (0.98, 0.15, 0.70)):
        path.addPath(_blot(view, spine.at(u, v * middle), middle * size, rng, 0.30))
    painter.patch(path, pigment, 0.95)


def _blot(view: View, centre: Point, radius: float, rng: np.random.Generator, uneven: float = 0.14) -> skia.Path:
    angles = np.linspace(0, 2 * math.pi, 9, endpoint=False)
    return view.outline([polar(centre, float(a), radius * float(1 + rng.uniform(-uneven, uneven))) for a in angles])


def socks(painter: Painter, view: View, build: Build, legs: Sequence[LegPose], pigment: Colour) -> None:
    """Lower legs in another colour."""
    for leg in legs:
        for path in lower_leg(build, leg, view, 0.3):
            painter.patch(path, pigment)


def fur_strokes(
    spine: Spine, torso: Sequence[tuple[float, float, float]], view: View, length: float, number: int, seed: int
) -> skia.Path:
    """Strokes of the coat, lying backwards and down."""
    path = skia.Path()
    for u, v, low, bend in _stroke_places(tuple(torso), number, seed):
        angle = spine.direction(u) + math.pi + 0.42 - 0.18 * low + bend
        size = length * (0.7 + 2 * abs(bend))
        start = spine.at(u, v)
        x, y = view.at(start)
        path.moveTo(x, y)
        path.quadTo(*view.at(polar(start, angle - 0.22, size * 0.5)), *view.at(polar(start, angle + 0.1, size)))
    return path


@lru_cache(maxsize=128)
def _stroke_places(
    torso: tuple[tuple[float, float, float], ...], number: int, seed: int
) -> tuple[tuple[float, float, float, float], ...]:
    """(along, above the spine, −1 belly to 1 back, bend) of every stroke; they stay where they are on the animal."""
    rng = np.random.default_rng(seed)
    us, vs, rs = zip(*torso, strict=True)
    along, low, bend = (
        rng.uniform(us[0], us[-1], number),
        rng.uniform(-0.92, 0.92, number),
        rng.uniform(-0.25, 0.25, number),
    )
    above = np.interp(along, us, vs) + np.interp(along, us, rs) * low
    return tuple(zip(along.tolist(), above.tolist(), low.tolist(), bend.tolist(), strict=True))
