"""Painting a quadruped: far legs first, then one silhouette of body, head and near legs, then its face."""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import skia

from pipelines.world.animals import markings
from pipelines.world.animals.build import Build, HeadShape, Triple
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.ears import ear_shape, paint_ear
from pipelines.world.animals.face import Eye, paint_eyes, paint_jaw, paint_mouth, paint_nose
from pipelines.world.animals.figure import Spine, View, add, between, polar, scatter, tuft, tufts
from pipelines.world.animals.head import Turned, head_paths
from pipelines.world.animals.legs import LegPose, hoof_path, leg_paths, leg_pose, leg_sides, toe_lines
from pipelines.world.animals.pose import Pose
from pipelines.world.animals.tail import tail_paths, tail_points
from pipelines.world.geometry import Colour, Point, mix, together, union
from pipelines.world.styles.painter import Painter

SHADE: Colour = (58, 28, 62)  # what the far side of an animal leans to
HORN: Colour = (84, 70, 62)


@dataclass(frozen=True)
class Figure:
    """Everything that a pose fixes, ready to be painted."""

    build: Build
    coat: Coat
    pose: Pose
    view: View
    far: View
    spine: Spine
    legs: tuple[LegPose, LegPose, LegPose, LegPose]
    neck_root: Point
    turned: Turned
    tail: list[Point]
    t: float = 0.0  # seconds


def figure_of(
    build: Build, coat: Coat, pose: Pose, view: View, far: View, wave: tuple[float, float], t: float = 0.0
) -> Figure:
    """The figure that a pose makes; `wave` is the wave in its tail (radians, phase)."""
    spine = Spine(pose.hips, pose.shoulders, pose.arch)
    legs = tuple(leg_pose(build, pose, limb) for limb in range(4))
    root = spine.at(*build.neck_root)
    centre = polar(root, pose.neck, build.neck)
    turned = Turned(centre, build.head.radius, pose.head_yaw, pose.head_pitch, pose.head_roll)
    u, v, r = build.torso[0]
    start = spine.at(u - r * 0.55 / spine.length, v + r * 0.45)
    tail = tail_points(build.tail, start, spine.angle, pose.tail, pose.tail_curl, wave)
    if start[1] > 0:
        tail = [(x, max(y, max(build.tail.radii) * 0.8)) for x, y in tail]
    return Figure(build, coat, pose, view, far, spine, legs, root, turned, tail, t)


def torso_path(figure: Figure) -> skia.Path:
    points = [figure.spine.at(u, v) for u, v, _ in figure.build.torso]
    return figure.view.limb(points, [r for _, _, r in figure.build.torso], 0.85, 0.85)


def torso_ends(figure: Figure) -> list[skia.Path]:
    """Round rump and chest."""
    return [figure.view.disc(figure.spine.at(u, v), r) for u, v, r in (figure.build.torso[0], figure.build.torso[-1])]


def neck_path(figure: Figure) -> skia.Path:
    a, b = figure.build.neck_radii
    start, end = figure.neck_root, figure.turned.centre
    inside = polar(start, math.atan2(end[1] - start[1], end[0] - start[0]) + math.pi, a * 0.6)
    return figure.view.limb([inside, start, between(start, end, 0.55), end], [a * 0.95, a, (a + b) * 0.5, b], 0.6, 0.6)


def leg_top(figure: Figure, leg: LegPose) -> Point:
    """Where a leg grows out of the body: the blade above the shoulder, the croup above the hip."""
    if leg.fore:
        return figure.spine.at(0.90, figure.build.fore.radii[0] * 0.55)
    return figure.spine.at(0.04, figure.build.hind.radii[0] * 0.25)


def silhouette(figure: Figure) -> skia.Path:
    """One outline round body, neck, head, near legs and tail."""
    build, view = figure.build, figure.view
    paths = [torso_path(figure), *torso_ends(figure), neck_path(figure), *head_paths(build.head, figure.turned, view)]
    for limb in (0, 2):
        paths += leg_paths(build, figure.legs[limb], view, leg_top(figure, figure.legs[limb]))
    tail, locks = ([], []) if figure.coat.mane else tail_paths(build.tail, figure.tail, view, build.tail.fringe)
    for part in build.joined:
        locks = [*locks, *part(figure)]
    if build.head.ear.form in ("leaf", "round"):
        outline, _ = ear_shape(build.head.ear, figure.turned, 1, figure.pose.ears)
        locks = [*locks, view.outline(outline)]
    fine = 2.0 if view.scale * build.long < 170 else 1.0
    return union([*paths, *tail], fine, melt=0.014 * build.long * view.scale, crisp=[*locks, *loose_fur(figure)])


def loose_fur(figure: Figure) -> list[skia.Path]:
    """Locks along belly, chest, thighs and cheeks."""
    build, view, spine = figure.build, figure.view, figure.spine
    if build.fur <= 0 or view.scale * build.fur < 2.5:
        return []
    locks, fur = [], build.fur
    for u, v, r, size, bend in _belly_locks(build.torso):
        chest = max(0.0, (u - 0.72) / 0.4)
        angle = spine.direction(u) + math.pi + 0.75 + 0.25 * chest + 0.2 * bend
        locks.append(tuft(view, spine.at(u, v - r * 0.86), angle, fur * (0.55 + 0.75 * chest) * size, fur * 0.30))
    start, end = figure.neck_root, figure.turned.centre
    front = math.atan2(end[1] - start[1], end[0] - start[0]) - math.pi / 2
    for n, odd in enumerate(scatter(31, 6)):
        place = polar(between(start, end, -0.25 + 0.174 * n), front, build.neck_radii[0] * 0.86)
        locks.append(tuft(view, place, front - 0.55 + 0.2 * odd, fur * (0.9 - 0.2 * odd), fur * 0.32))
    for leg in (figure.legs[0], figure.legs[2]):
        back = math.atan2(leg.knee[1] - leg.joint[1], leg.knee[0] - leg.joint[0]) - math.pi / 2
        for k, odd in zip((0.25, 0.5, 0.75, 1.0), scatter(33, 4), strict=True):
            place = polar(between(leg.joint, leg.knee, k), back, leg.radii[1] * 0.35 + leg.radii[2] * 0.25)
            locks.append(tuft(view, place, back + 0.45 + 0.2 * odd, fur * 0.62, fur * 0.24))
    return [tufts(locks)]


@lru_cache(maxsize=64)
def _belly_locks(torso: tuple[Triple, ...]) -> list[tuple[float, float, float, float, float]]:
    """(along and above the spine, half-thickness there, size, bend) of the locks under the body."""
    us, vs, rs = zip(*torso, strict=True)
    along = np.linspace(us[0] + 0.12, us[-1] + 0.06, 16)
    above, thick = np.interp(along, us, vs), np.interp(along, us, rs)
    sizes, bends = scatter(29, 16), scatter(30, 16)
    return [
        (float(u), float(v), float(r), 0.92 + 0.22 * size, bend)
        for u, v, r, size, bend in zip(along, above, thick, sizes, bends, strict=True)
    ]


def paint_figure(painter: Painter, figure: Figure) -> None:
    """The whole animal."""
    _far_side(painter, figure)
    if figure.coat.mane:
        _hair_tail(painter, figure)
    head, pose, coat, view = figure.build.head, figure.pose, figure.coat, figure.view
    jaw = mix(coat.muzzle or coat.mask or coat.head or coat.base, coat.points, 0.25)
    paint_jaw(painter, view, head, figure.turned, pose.jaw, pose.tongue, jaw, math.sin(20 * figure.t))
    for part in figure.build.under:
        part(painter, figure)
    outline = silhouette(figure)
    thick = max(r for _, _, r in figure.build.torso) * view.scale
    painter.body(outline, coat.base, thick, detail=lambda: _marks(painter, figure))
    _hooves(painter, figure, (0, 2))
    if coat.head:
        outline = union(head_paths(head, figure.turned, view), melt=0.1 * head.radius * view.scale)
        painter.body(outline, coat.head, head.radius * view.scale * 0.6, detail=lambda: _face_marks(painter, figure))
    paint_face(painter, figure)
    for part in figure.build.over:
        part(painter, figure)


def _hair_tail(painter: Painter, figure: Figure) -> None:
    """A tail of long hair, in the mane's colour, behind the body."""
    tail, locks = tail_paths(figure.build.tail, figure.tail, figure.view, figure.build.tail.fringe)
    painter.body(union(tail, crisp=locks), figure.coat.mane, 0.06 * figure.view.scale, rim=0.5)


def _far_side(painter: Painter, figure: Figure) -> None:
    build, coat, far = figure.build, figure.coat, figure.far
    paths: list[skia.Path] = []
    for limb in (3, 1):
        leg = figure.legs[limb]
        paths += leg_paths(build, leg, far, between(leg.joint, leg_top(figure, leg), 0.12))

    def shaded() -> None:
        if coat.socks:
            markings.socks(painter, far, build, [figure.legs[1], figure.legs[3]], mix(coat.socks, SHADE, 0.4))
        for leg in (figure.legs[1], figure.legs[3]):
            x, y = far.at(between(leg.joint, leg.knee, 0.6))
            painter.tone(
                x, y, leg.radii[0] * far.scale, leg.radii[0] * 1.3 * far.scale, mix(coat.base, SHADE, 0.85), 0.6
            )

    painter.body(
        union(paths, 1.0),
        mix(coat.base, SHADE, 0.48),
        build.fore.radii[1] * far.scale,
        rim=0.0,
        form=0.0,
        detail=shaded,
    )
    _hooves(painter, figure, (1, 3))
    pigments = (mix(coat.points, coat.base, 0.3), coat.inner_ear)
    paint_ear(painter, figure.view, build.head.ear, figure.turned, -1, figure.pose.ears, pigments, far=True)


def _hooves(painter: Painter, figure: Figure, limbs: tuple[int, int]) -> None:
    if not figure.build.hoof:
        return
    for limb in limbs:
        far = limb in (1, 3)
        path = hoof_path(figure.build, figure.legs[limb], figure.far if far else figure.view)
        painter.body(
            path, mix(HORN, SHADE, 0.5 if far else 0.0), figure.build.paw[0] * figure.view.scale * 0.4, rim=0.5
        )


def _marks(painter: Painter, figure: Figure) -> None:
    """What lies inside the silhouette: markings, soft light and shade, strokes of fur."""
    build, coat, view, spine = figure.build, figure.coat, figure.view, figure.spine
    near = [figure.legs[0], figure.legs[2]]
    with _behind(painter, figure):
        markings.soft_side(painter, view, spine, build.torso, coat)
    if coat.cape:
        markings.cape(painter, view, spine, build.torso, coat.cape)
    if coat.patches:
        markings.patches(painter, view, spine, build.torso, coat.patches)
    _leg_edges(painter, figure, near)
    if coat.stripes:
        markings.stripes(painter, view, spine, build.torso, coat.stripes)
    if coat.spots:
        markings.spots(painter, view, spine, build.torso, near, coat.spots)
    if coat.socks:
        markings.socks(painter, view, build, near, coat.socks)
    if coat.tail_tip:
        tip = figure.tail[-3:]
        painter.patch(view.limb(tip, [build.tail.radii[-1] * 2.2 + build.tail.fringe] * 3, 2.0, 0.2), coat.tail_tip)
    if build.texture and view.scale * build.texture > 3.5:
        _strokes(painter, figure)
    _face_marks(painter, figure)
    if not build.hoof and view.scale * build.paw[0] > 12:
        for leg in near:
            painter.line(
                toe_lines(build, leg, view),
                mix(coat.socks or coat.base, SHADE, 0.6),
                max(0.8 * painter.unit, build.paw[1] * view.scale * 0.08),
                0.6,
            )


@contextlib.contextmanager
def _behind(painter: Painter, figure: Figure) -> Iterator[None]:
    """What is painted inside leaves the near legs and a lowered head free."""
    legs = [figure.legs[limb] for limb in (0, 2)]
    limbs = [leg_paths(figure.build, leg, figure.view, leg_top(figure, leg))[0] for leg in legs]
    painter.canvas.save()
    painter.canvas.clipPath(together(limbs), skia.ClipOp.kDifference, True)
    if figure.pose.neck < 0.25:  # a lowered head lies before the chest
        for path in head_paths(figure.build.head, figure.turned, figure.view):
            painter.canvas.clipPath(path, skia.ClipOp.kDifference, True)
    try:
        yield
    finally:
        painter.canvas.restore()


def _leg_edges(painter: Painter, figure: Figure, legs: list[LegPose]) -> None:
    """Where a leg lies on the body: light on its muscle and a line along both its sides, from below the joint."""
    coat, view = figure.coat, figure.view
    for leg in legs:
        b = leg.radii[1]
        x, y = view.at(between(leg_top(figure, leg), leg.joint, 0.6))
        painter.tone(
            x, y, b * 0.8 * view.scale, b * 1.1 * view.scale, mix(coat.base, (255, 240, 206), 0.5), 0.38 * coat.shine
        )
        for side in leg_sides(figure.build, leg, leg_top(figure, leg)):
            painter.line(
                view.all(side), mix(coat.base, SHADE, 0.62), max(0.9 * painter.unit, 0.022 * b * view.scale), 0.42
            )


def _strokes(painter: Painter, figure: Figure) -> None:
    build, coat, view = figure.build, figure.coat, figure.view
    width = max(0.9 * painter.unit, 0.05 * build.texture * view.scale)
    for seed, number, pigment, alpha in (
        (1, 36, mix(coat.base, (255, 240, 200), 0.5), 0.42),
        (2, 30, mix(coat.base, SHADE, 0.5), 0.28),
    ):
        path = markings.fur_strokes(figure.spine, build.torso, view, build.texture, number, seed)
        painter.texture(path, pigment, width, alpha)


def _face_marks(painter: Painter, figure: Figure) -> None:
    """Mask, muzzle, cheeks and the shadow that the head throws on the neck."""
    head, turned, coat, view = figure.build.head, figure.turned, figure.coat, figure.view
    r = head.radius * view.scale
    chin = view.at(turned.at((head.mouth - 0.3, head.muzzle_root[1] - head.muzzle_root[2] * 1.25, 0.2)))
    painter.tone(chin[0], chin[1], r * 0.75, r * 0.55, mix(coat.base, SHADE, 0.75), 0.5)
    if coat.mask:
        for side in (-1, 1):
            painter.patch(view.outline(_mask(head, turned, side)), coat.mask, 0.96)
    if coat.patches and turned.depth((0, 0, 1)) > 0:
        place, axes = (0.02, 0.30, head.skull[2] * 0.6), (0.60, 0.58, 0.35)
        painter.patch(view.outline(turned.solid(place, axes)), coat.patches, 0.95)
    if coat.muzzle:
        forward, up, thick = head.muzzle_tip
        shape = turned.solid(
            (forward + 0.08, up - 0.04, 0), (thick * 1.45, thick * 1.15, thick * head.muzzle_breadth * 1.3)
        )
        painter.patch(view.outline(shape), coat.muzzle, 0.9)
    x, y = view.at(turned.at((0.1, head.skull[1] * 0.62, head.skull[2] * 0.4)))
    painter.tone(x, y, r * 0.7, r * 0.4, mix(coat.base, (255, 246, 220), 0.6), 0.4 * coat.shine)
    x, y = view.at(turned.at((head.muzzle_tip[0] * 0.8, head.muzzle_tip[1] + head.muzzle_tip[2] * 0.6, 0.1)))
    painter.tone(x, y, r * 0.5, r * 0.16, mix(coat.base, (255, 246, 220), 0.6), 0.4 * coat.shine)


def _mask(head: HeadShape, turned: Turned, side: int) -> list[Point]:
    """Half a pale face: muzzle, cheek and throat, up to below the eye."""
    (forward, up, aside), tip, breadth = head.eye, head.muzzle_tip, head.skull[2]
    places = (
        (tip[0] * 0.62, 0.10, 0.0),
        (forward + 0.1, up - 0.18, aside * 0.9 * side),
        (0.05, -0.15, breadth * side),
        (-0.1, -0.75, breadth * 0.8 * side),
        (0.2, -1.5, 0.2 * side),
        (tip[0] + 1.0, -1.4, 0.0),
        (tip[0] + 1.0, 0.1, 0.0),
    )
    return [turned.at(place) for place in places]


def paint_face(painter: Painter, figure: Figure) -> None:
    """Nose, mouth, eyes and the near ear."""
    build, coat, view, turned, pose = figure.build, figure.coat, figure.view, figure.turned, figure.pose
    head = build.head
    paint_mouth(painter, view, head, turned, pose.smile)
    paint_nose(painter, view, head, turned, coat.nose)
    iris = coat.iris or head.iris
    eye = Eye(
        head.eye_size * head.radius * view.scale,
        iris,
        mix(coat.mask or coat.head or coat.base, coat.points, 0.35),
        pose.lids,
        pose.smile,
        head.pupil,
    )
    paint_eyes(painter, view, head, turned, eye, pose.head_pitch * math.cos(pose.head_yaw) + pose.head_roll)
    _brows(painter, figure)
    ear_pigments = (mix(coat.points, coat.base, 0.15), coat.inner_ear)
    if head.ear.form in ("flop", "fan"):
        paint_ear(painter, view, head.ear, turned, 1, pose.ears, ear_pigments, far=False)
    else:
        _inner_ear(painter, figure)


def _inner_ear(painter: Painter, figure: Figure) -> None:
    """The coloured inside of an upright ear, which is part of the silhouette."""
    ear = figure.build.head.ear
    points, seen = ear_shape(replace(ear, width=ear.width * 0.6), figure.turned, 1, figure.pose.ears)
    if not (ear.inside and seen):
        return
    root = figure.turned.at(ear.root)
    points = [add(between(root, p, 0.80), (0.0, 0.0)) for p in points]
    painter.patch(figure.view.outline(points), figure.coat.inner_ear, 0.9)


def _brows(painter: Painter, figure: Figure) -> None:
    head, pose, view = figure.build.head, figure.pose, figure.view
    r = head.eye_size * head.radius * view.scale
    if r < 3:
        return
    forward, up, aside = head.eye
    worry = -0.35 * min(0.0, pose.smile)
    for side in (-1, 1):
        if figure.turned.depth((forward * 0.6, up * 0.4, side * aside)) < 0.25 * aside:
            continue
        e = head.eye_size
        points = [
            (forward - e * 0.9, up + e * (1.42 - worry), side * aside),
            (forward, up + e * 1.66, side * aside),
            (forward + e * 0.9, up + e * (1.38 + worry), side * aside * 0.8),
        ]
        painter.line(view.all([figure.turned.at(p) for p in points]), mix(figure.coat.base, SHADE, 0.65), r * 0.24, 0.4)
