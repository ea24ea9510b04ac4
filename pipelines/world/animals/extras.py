"""Parts of their own that some quadrupeds have: mane, wool, trunk, tusks, horns, whiskers."""

import math

import numpy as np
import skia

from pipelines.world.animals.figure import between, polar, tuft, tufts
from pipelines.world.animals.quadruped_painting import SHADE, Figure
from pipelines.world.geometry import Point, mix
from pipelines.world.styles.painter import Painter

IVORY = (246, 238, 216)


# ---- joined to the silhouette: figure → paths
def wool(figure: Figure) -> list[skia.Path]:
    """Curls all round the body, and a cap of them on the head."""
    spine, view, head = figure.spine, figure.view, figure.turned
    curls: list[skia.Path] = []
    us, vs, rs = zip(*figure.build.torso, strict=True)
    for i, u in enumerate(np.linspace(us[0] - 0.1, us[-1] + 0.08, 9)):
        v, r = float(np.interp(u, us, vs)), float(np.interp(u, us, rs))
        size = r * (0.34 + 0.05 * math.sin(i * 2.3))
        curls += [view.disc(spine.at(u, v + r * 0.82), size), view.disc(spine.at(u, v - r * 0.74), size * 0.9)]
    for u, v in ((us[0], 0.3), (us[0], -0.3), (us[-1], 0.4), (us[-1], -0.2)):
        aside = -0.8 if u < 0.5 else 0.75
        curls.append(view.disc(spine.at(u + aside * rs[0] / spine.length, v * rs[0]), rs[0] * 0.42))
    for k in (0.1, 0.45, 0.8):
        curls.append(view.disc(between(figure.neck_root, head.centre, k), figure.build.neck_radii[0] * 1.12))
    return curls


def trunk(figure: Figure) -> list[skia.Path]:
    """An elephant's trunk: it hangs, swings, curls up when it calls and reaches down when it eats."""
    view = figure.view
    points, radii = trunk_line(figure)
    return [view.limb(points, radii, 0.7, 0.6)]


def trunk_line(figure: Figure) -> tuple[list[Point], list[float]]:
    """(points, half-widths) of the trunk from between the tusks to its tip."""
    head, shape = figure.turned, figure.build.head
    start = head.at((shape.muzzle_tip[0] - 0.1, shape.muzzle_tip[1] + 0.10, 0.0))
    up, t = figure.pose.jaw, figure.t
    angle, points, step = -0.95 + 0.5 * figure.pose.head_pitch + 0.7 * up, [start], shape.radius * 0.43
    for part in range(7):
        swing = 0.10 * math.sin(2.0 * t - 0.6 * part) * (1 + 0.4 * part)
        angle += -0.12 + (0.10 + 0.34 * up) * (part > 2) + swing * 0.5 - 0.12 * (part < 2) * (1 - up)
        points.append(polar(points[-1], angle, step))
    return points, [shape.radius * k for k in (0.40, 0.34, 0.29, 0.245, 0.21, 0.18, 0.155, 0.14)]


def cheek_fur(figure: Figure) -> list[skia.Path]:
    """Locks that stand off the cheeks."""
    head, view, r = figure.turned, figure.view, figure.build.head.radius
    locks = []
    for side in (1, -1):
        if head.depth((0.2, 0.0, side)) < 0.1:
            continue
        for up, out in ((-0.25, 0.5), (-0.5, 0.62), (-0.72, 0.5)):
            root = head.at((0.02, up, side * 0.62))
            away = head.at((-0.55, up - 0.35, side * 1.25))
            angle = math.atan2(away[1] - root[1], away[0] - root[0])
            locks.append(tuft(view, root, angle, r * out, r * 0.20))
    return [tufts(locks)]


def hump(figure: Figure) -> list[skia.Path]:
    """The muscle over a bear's shoulders."""
    place = figure.spine.at(0.86, figure.build.torso[-1][2] * 0.42)
    return [figure.view.disc(place, figure.build.torso[-1][2] * 0.60)]


# ---- painted over the body: painter, figure
def trunk_rings(painter: Painter, figure: Figure) -> None:
    points, radii = trunk_line(figure)
    if radii[0] * figure.view.scale < 8:
        return
    path = skia.Path()
    for i in range(1, 7):
        a, b = points[i], points[i + 1]
        across = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
        start, end = polar(a, across, radii[i] * 0.7), polar(a, across, -radii[i] * 0.55)
        bow = polar(between(start, end, 0.5), across - math.pi / 2, radii[i] * 0.22)
        path.moveTo(*figure.view.at(start))
        path.quadTo(*figure.view.at(bow), *figure.view.at(end))
    painter.line(path, mix(figure.coat.base, SHADE, 0.45), max(painter.unit, radii[0] * figure.view.scale * 0.05), 0.4)


def tusks(painter: Painter, figure: Figure) -> None:
    head, shape, view = figure.turned, figure.build.head, figure.view
    forward, up, thick = shape.muzzle_tip
    for side in (-1, 1):
        if head.depth((0.5, 0, side)) < 0.1:
            continue
        places = [
            (forward - 0.30, up - thick * 0.35, side * thick * 0.9),
            (forward + 0.15, up - thick - 0.30, side * thick),
            (forward + 0.66, up - thick - 0.30, side * thick * 0.9),
        ]
        points = [head.at(p) for p in places]
        r = shape.radius
        painter.body(view.limb(points, [r * 0.13, r * 0.11, r * 0.05], 0.8, 0.5), IVORY, r * 0.12 * view.scale, rim=0.3)


def horns(painter: Painter, figure: Figure) -> None:
    """Short curved horns."""
    head, view, r = figure.turned, figure.view, figure.build.head.radius
    for side in (-1, 1):
        places = [(-0.15, 0.62, side * 0.42), (0.02, 0.98, side * 0.72), (0.16, 1.38, side * 0.66)]
        path = view.limb([head.at(p) for p in places], [r * 0.16, r * 0.12, r * 0.04], 0.8, 0.6)
        pigment = IVORY if side * head.depth((0, 0, 1)) >= 0 else mix(IVORY, SHADE, 0.35)
        painter.body(path, pigment, r * 0.14 * view.scale, rim=0.3)


def whiskers(painter: Painter, figure: Figure) -> None:
    head, shape, view = figure.turned, figure.build.head, figure.view
    if shape.radius * view.scale < 14:
        return
    forward, up, thick = shape.muzzle_tip
    path = skia.Path()
    for side in (-1, 1):
        if head.depth((0.5, 0, side * 0.9)) < 0.05:
            continue
        for lift in (0.16, -0.02, -0.20):
            start = (forward - 0.05, up - 0.12 + lift * 0.35, side * thick * 0.8)
            end = (forward - 0.25, up - 0.10 + lift * 1.9, side * (thick + 1.15))
            path.moveTo(*view.at(head.at(start)))
            path.quadTo(*view.at(head.at((forward, up + lift, side * (thick + 0.5)))), *view.at(head.at(end)))
    painter.line(path, (250, 246, 240), max(0.7 * painter.unit, shape.radius * view.scale * 0.018), 0.75)


def mane(painter: Painter, figure: Figure) -> None:
    """Hair along the crest of the neck and between the ears; it streams with the body's speed."""
    view, head, shape = figure.view, figure.turned, figure.build.head
    start, end = figure.neck_root, head.at((-0.35, 0.62, 0.0))
    crest = math.atan2(end[1] - start[1], end[0] - start[0]) + math.pi / 2
    rng, locks = np.random.default_rng(37), []
    size = figure.build.neck * 0.42
    for k in np.linspace(-0.12, 1.0, 18):
        base = polar(
            between(start, end, float(k)), crest, figure.build.neck_radii[0] * (0.82 - 0.42 * float(k)) * (k < 0.97)
        )
        wave = 0.30 * math.sin(5.2 * figure.t - 3.0 * float(k))
        angle = crest + 1.25 + 0.35 * wave + float(rng.uniform(-0.15, 0.15))
        locks.append(
            tuft(
                view,
                base,
                angle,
                size * float(rng.uniform(0.8, 1.2)) * (1.1 - 0.45 * float(k)),
                size * (0.24 - 0.10 * float(k)),
            )
        )
    for lift in (-0.25, 0.0, 0.2):
        locks.append(
            tuft(
                view,
                head.at((-0.02, 0.80, 0.1)),
                figure.pose.head_pitch - 0.75 + lift,
                shape.radius * 0.52,
                shape.radius * 0.2,
            )
        )
    painter.body(tufts(locks), figure.coat.mane or figure.coat.points, size * 0.3 * view.scale, rim=0.0, form=0.5)


def udder(painter: Painter, figure: Figure) -> None:
    """A pink bag between the hind legs."""
    place = figure.spine.at(0.17, -figure.build.torso[1][2] * 0.92)
    r = figure.build.torso[1][2] * 0.30
    painter.patch(figure.view.disc(place, r), (240, 178, 176), 0.95)


def wool_curls(painter: Painter, figure: Figure) -> None:
    """Curled lines in the fleece, and its cap between the ears."""
    view, spine, head = figure.view, figure.spine, figure.turned
    shape = figure.build.head
    tops = [
        view.disc(head.at((f, shape.skull[1] * 0.86 + lift, side)), shape.radius * 0.36)
        for f, lift, side in ((-0.35, 0.0, 0.2), (0.0, 0.14, 0.0), (0.30, 0.02, 0.15))
    ]
    for top in tops:
        painter.body(top, figure.coat.base, shape.radius * 0.36 * view.scale, rim=0.4, form=0.5)
    rng, path = np.random.default_rng(61), skia.Path()
    us, vs, rs = zip(*figure.build.torso, strict=True)
    for i in range(22):
        u = us[0] + (us[-1] - us[0]) * ((i * 0.618) % 1.0)
        r = float(np.interp(u, us, rs))
        x, y = view.at(spine.at(u, float(np.interp(u, us, vs)) + r * float(rng.uniform(-0.7, 0.8))))
        size = r * 0.20 * view.scale
        path.addArc(skia.Rect.MakeLTRB(x - size, y - size, x + size, y + size), float(rng.uniform(0, 360)), 200)
    painter.line(path, mix(figure.coat.base, SHADE, 0.35), max(painter.unit, rs[0] * view.scale * 0.035), 0.45)
