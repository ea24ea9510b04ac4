"""Beards and moustaches: a loft hung on the jaw, its lower edge in soft locks, moved by the jaw and the wind."""

import math
from collections.abc import Callable

import skia

from pipelines.world.geometry import Point3, clamp, curve, lerp, limb, mix, smooth, union, wrap_angle
from pipelines.world.people.hair import hair_tones, wavering
from pipelines.world.people.head_place import FAR, HeadPlace
from pipelines.world.people.loft import Loft, View, loft
from pipelines.world.people.look import Look
from pipelines.world.people.skull import skull
from pipelines.world.styles.painter import Painter

_TOP = ((0, 0.60), (0.45, 0.60), (0.8, 0.42), (1.1, 0.16), (1.35, -0.2), (1.6, -0.35), (3.2, -0.35))


def draw_beard(painter: Painter, look: Look, place: HeadPlace, mouth: Callable[[], None]) -> None:
    """Paints a full beard, the mouth in it, and the moustache above."""
    view, size = place.view, place.view.size
    shape = _Beard(look, place)
    body = smooth(shape.loft.zone(view, shape.top, False, 0, n=18, m=12, bend=shape.bend))
    path = union([body, *shape.locks()], detail=1.0 if size > 40 else 2.0)
    painter.body(path, look.hair, size * 0.8, form=0.7, detail=lambda: shape.strands(painter))
    if not view.away:
        mouth()
        draw_moustache(painter, look, shape.skull, place)


class _Beard:
    def __init__(self, look: Look, place: HeadPlace) -> None:
        self.look, self.place, self.view = look, place, place.view
        self.skull = skull(look)
        long = 1.0 if look.beard == "long" else 0.35
        self.loft = loft(
            (-0.35, 0.98, -0.02, 0.98),
            (0.1, 0.99, 0.02, 0.98),
            (0.55, 1.0, 0.10, 0.98),
            (0.9, 0.97, 0.16, 0.98),
            (1.15, 0.86, 0.22, 0.92),
            (lerp(1.28, 1.48, long), 0.68, 0.28, 0.80),
            (lerp(1.38, 1.72, long), 0.48, 0.32, 0.62),
            (lerp(1.46, 1.90, long), 0.28, 0.36, 0.36),
            (lerp(1.50, 2.02, long), 0.07, 0.38, 0.1),
        )
        self.long = long

    def top(self, angle: float) -> float:
        return curve(abs(wrap_angle(angle)), _TOP)

    def bend(self, p: Point3) -> Point3:
        """Jaw and wind: a shear that grows downwards."""
        below = max(0.0, p[1] - 0.55)
        gust = 0.05 + 0.25 * self.place.wind
        t = self.place.t
        shift = gust * (
            0.10 * math.sin(t * 2.3) * below * below + 0.08 * below * math.sin(t * 5.2 + p[1] * 3.1 + p[0] * 2.5)
        )
        shift += 0.30 * self.place.drift[0] * below * below
        jaw = self.place.face.mouth.open * 0.20 * clamp((p[1] - 0.3) * 1.2)
        return p[0] + shift * self.view.cos_yaw, p[1] + jaw, p[2] + shift * self.view.sin_yaw

    def locks(self) -> list[skia.Path]:
        """Soft tips along the lower edge."""
        right = self.loft.edge(self.view, 0.6, 1)
        paths, bottom, size = [], self.loft.bottom, self.view.size
        for i in range(7):
            s = (i + 0.5) / 7
            angle = lerp(right - math.pi + 0.35, right - 0.35, s)
            middle = 1 - abs(2 * s - 1)
            tip = lerp(bottom - 0.52, bottom + 0.02, middle**0.7) + 0.05 * wavering(i)
            inner = self.loft.at(angle, tip - 0.42, -0.04)
            outer = self.loft.at(angle, tip - 0.22, 0.02)
            end = (self.loft.at(angle + 0.06 * wavering(i + 5), tip - 0.18, 0.02)[0], tip + 0.10, outer[2])
            points = [self.view(self.bend(p)) for p in (inner, outer, end)]
            paths.append(limb(points, [size * 0.16, size * 0.17, size * 0.07], tip=0.7, butt=0.5))
        return paths

    def strands(self, painter: Painter) -> None:
        """Lit and dark strokes down the beard."""
        view, size = self.view, self.view.size
        lit, dark = hair_tones(self.look.hair)
        lit, dark = (
            mix(lit, (255, 252, 246), 0.3 * self.look.oldness),
            mix(dark, (90, 90, 120), 0.5 * self.look.oldness),
        )
        x, y = view(self.bend(self.loft.at(0, 1.2)))
        painter.tone(x + size * 0.2, y + size * 0.2, size * 0.8, size * 0.4, dark, 0.4)
        if size <= FAR:
            return
        right = self.loft.edge(view, 0.6, 1)
        paths = [skia.Path(), skia.Path()]
        count = 90 if size > 50 else 36
        for i in range(count):
            angle = lerp(right - math.pi, right, (i + 0.5 + 0.4 * wavering(i)) / count)
            a = self.top(angle) + 0.04
            b = self.loft.bottom - 0.05 - 0.40 * abs(math.sin(angle + view.yaw))
            a, b = lerp(a, b, 0.3 + 0.3 * wavering(i + 40)), lerp(a, b, 0.88 + 0.12 * wavering(i + 80))
            points = [
                view(self.bend(self.loft.at(angle + 0.05 * math.sin(y * 6 + i), y)))
                for y in (a, lerp(a, b, 0.4), lerp(a, b, 0.75), b)
            ]
            paths[i % 2].moveTo(*points[0])
            paths[i % 2].cubicTo(*points[1], *points[2], *points[3])
        painter.texture(paths[0], lit, max(0.6, size * 0.019), 0.62)
        painter.texture(paths[1], dark, max(0.6, size * 0.019), 0.40)


def draw_moustache(painter: Painter, look: Look, skull: Loft, place: HeadPlace) -> None:
    """Two tapering halves under the nose that move with the mouth."""
    view, size, mouth = place.view, place.view.size, place.face.mouth
    large = 1.10 if look.beard in ("full", "long") else 0.95
    lit, dark = hair_tones(look.hair)
    if look.oldness > 0.5:
        lit = mix(lit, (255, 252, 248), 0.5)
    droop, child_line = 0.03 * mouth.open, 0.60
    for side in sorted((-1, 1), key=lambda s: view.nearness(skull.at(s * 0.4, 0.6))):
        if view.nearness(skull.at(side * 0.3, 0.6)) < -0.1:
            continue
        wobble = 0.02 * (place.wind + 0.2) * math.sin(place.t * 5.5 + side)
        curve_points = [
            (0.0, -0.10),
            (0.16, -0.115),
            (0.34, -0.05),
            (0.50 - 0.04 * mouth.round, 0.09 + wobble),
            (0.60 - 0.05 * mouth.round, 0.22 + wobble),
            (0.46 - 0.04 * mouth.round, 0.18 + droop),
            (0.30, 0.10 + droop),
            (0.14, 0.07 + droop),
            (0.0, 0.045 + droop),
        ]
        path = smooth(
            [view(skull.at(side * a * large, child_line + b * large, 0.13 * (1 - a) + 0.03)) for a, b in curve_points]
        )

        def hairs(side: int = side) -> None:
            if size <= FAR:
                return
            strokes = skia.Path()
            for i in range(16):
                s = i / 15
                points = [
                    view(
                        skull.at(
                            side * large * lerp(0.02, 0.56, k),
                            child_line + large * lerp(lerp(-0.08, 0.04, s), lerp(0.08, 0.22, s), k * k),
                            0.13 * (1 - 0.6 * k) + 0.03,
                        )
                    )
                    for k in (0.05, 0.4, 0.7, 0.95)
                ]
                strokes.moveTo(*points[0])
                strokes.cubicTo(*points[1], *points[2], *points[3])
            painter.texture(strokes, dark, max(0.6, size * 0.018), 0.32)

        painter.body(path, mix(look.hair, lit, 0.25), size * 0.22, rim=0.6, form=0.7, detail=hairs)


def draw_stubble(painter: Painter, look: Look, skull: Loft, view: View) -> None:
    """A shade over jaw and lip."""
    x, y = view(skull.at(0, 0.95))
    painter.tone(x, y, view.size * 0.70, view.size * 0.42, mix(look.hair, look.skin, 0.3), 0.38)
