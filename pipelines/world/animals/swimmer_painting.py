"""Painting fish and whales: fins behind and before a body that a wave bends."""

import math
from dataclasses import dataclass

import skia

from pipelines.world.animals.coat import Coat
from pipelines.world.animals.face import LINE, Eye, paint_eye
from pipelines.world.animals.figure import View, between, polar
from pipelines.world.geometry import Colour, Point, clamp, disc, mix
from pipelines.world.styles.painter import Painter

SHADE: Colour = (26, 34, 84)


@dataclass(frozen=True)
class Swimmer:
    """One kind of swimmer; lengths in metres, shares along the body from nose (0) to tail (1)."""

    name: str
    length: float
    profile: tuple[tuple[float, float, float], ...]  # share, half-thickness above, half-thickness below
    coat: Coat
    speed: float  # metres per second
    beats: float  # strokes of the tail per second
    wave: float  # how far the tail swings, as a share of the length
    upright_tail: bool  # a fish's tail stands upright and swings aside; a whale's lies flat and swings up and down
    tail: float  # its size as a share of the length
    eye: tuple[float, float, float]  # share, height as a share of the thickness there, radius as a share of the length
    mouth: float  # share at which its corner is
    bands: tuple[tuple[float, float], ...] = ()  # white bands: share, half-breadth
    dorsal: tuple[float, float, float] = (0.3, 0.7, 0.09)  # from, to, height as a share of the length
    grooves: int = 0  # lines along the throat
    depth: float = 1.1  # metres above the ground at which it swims
    call_gap: tuple[float, float] = (2.0, 4.0)


@dataclass(frozen=True)
class SwimmerPicture:
    """One instant of a swimmer, ready to be painted."""

    kind: Swimmer
    coat: Coat
    points: list[Point]  # nose to tail, in its own metres
    view: View
    swing: float  # of the tail fin, −1 to 1
    flaps: tuple[float, float]  # radians: of the near and the far side fin
    sway: float  # radians: of the back fin
    opened: float  # the mouth, 0 to 1
    lids: float  # 0 open to 1 closed
    gaze: float  # −1 back to 1 ahead

    def paint(self, painter: Painter) -> None:
        """The whole swimmer."""
        self._tail(painter)
        self._back_fin(painter)
        self._side_fin(painter, far=True)
        thick = max(up for _, up, _ in self.kind.profile) * self.view.scale
        painter.body(self._outline(), self.coat.base, thick, detail=lambda: self._marks(painter))
        self._side_fin(painter, far=False)
        self._eye(painter)

    def _sides(self) -> tuple[list[Point], list[Point]]:
        """Back and belly, nose to tail."""
        back, belly = [], []
        for i, ((_, up, down), point) in enumerate(zip(self.kind.profile, self.points, strict=True)):
            a, b = self.points[max(0, i - 1)], self.points[min(len(self.points) - 1, i + 1)]
            along = math.atan2(a[1] - b[1], a[0] - b[0])
            back.append(polar(point, along + math.pi / 2, up))
            belly.append(polar(point, along - math.pi / 2, down))
        return back, belly

    def _outline(self) -> skia.Path:
        back, belly = self._sides()
        nose = polar(self.points[0], self._direction(0), self.kind.profile[0][1] * 0.6)
        return self.view.outline([nose, *back, *belly[::-1]])

    def _direction(self, i: int) -> float:
        a, b = self.points[max(0, i - 1)], self.points[min(len(self.points) - 1, i + 1)]
        return math.atan2(a[1] - b[1], a[0] - b[0])

    def _at(self, share: float) -> tuple[Point, float, float, float]:
        """(point, direction, thickness above, thickness below) at a share of the body."""
        profile = self.kind.profile
        i = max(n for n in range(len(profile) - 1) if profile[n][0] <= share or n == 0)
        k = clamp((share - profile[i][0]) / (profile[i + 1][0] - profile[i][0]))
        up = profile[i][1] + (profile[i + 1][1] - profile[i][1]) * k
        down = profile[i][2] + (profile[i + 1][2] - profile[i][2]) * k
        return between(self.points[i], self.points[i + 1], k), self._direction(i), up, down

    def _tail(self, painter: Painter) -> None:
        kind, swing = self.kind, self.swing
        root, along, size = self.points[-1], self._direction(len(self.points) - 1) + math.pi, kind.length * kind.tail
        fin = mix(self.coat.points, self.coat.base, 0.25)
        if kind.upright_tail:
            broad = size * (0.55 + 0.45 * abs(math.cos(swing * 1.2)))
            shape = [polar(root, along + math.pi, size * 0.18)]
            for angle, far in ((0.85, 1.15), (0.45, 0.95), (0.0, 0.68), (-0.45, 0.95), (-0.85, 1.15)):
                out = polar(root, along + angle, size * far)
                shape.append((root[0] + (out[0] - root[0]) * broad / size, out[1]))
            path = self.view.outline(shape, 7)
        else:
            along += 0.55 * swing
            shape = [
                polar(root, along + math.pi, size * 0.35),
                polar(root, along + 0.28, size * 0.9),
                polar(root, along + 0.42, size * 1.25),
                polar(root, along + 0.05, size * 0.85),
                polar(root, along - 0.30, size * 1.15),
                polar(root, along - 0.22, size * 0.6),
            ]
            path = self.view.outline(shape, 7)
        painter.body(
            path, fin, size * 0.35 * self.view.scale, rim=0.6, detail=lambda: self._rays(painter, root, along, size)
        )

    def _rays(self, painter: Painter, root: Point, along: float, size: float) -> None:
        if not self.kind.upright_tail or size * self.view.scale < 12:
            return
        for angle in (-0.55, -0.2, 0.2, 0.55):
            painter.line(
                self.view.all([polar(root, along + angle, size * 0.2), polar(root, along + angle, size * 0.9)]),
                mix(self.coat.points, SHADE, 0.35),
                painter.unit,
                0.5,
            )

    def _back_fin(self, painter: Painter) -> None:
        start, end, height = self.kind.dorsal
        if height <= 0:
            return
        shape = []
        for k in (0.0, 0.25, 0.55, 0.85, 1.0):
            point, along, up, _ = self._at(start + (end - start) * k)
            bow = (
                math.sin(math.pi * min(1.0, 0.12 + 0.88 * k) ** 0.7)
                if self.kind.upright_tail
                else max(0.0, 1 - abs(k - 0.7) / 0.45)
            )
            foot = polar(point, along + math.pi / 2, up * 0.86)
            shape.append(polar(foot, along + math.pi / 2 + 0.55 + self.sway * k, self.kind.length * height * bow))
        for k in (1.0, 0.5, 0.0):
            point, along, up, _ = self._at(start + (end - start) * k)
            shape.append(polar(point, along + math.pi / 2, up * 0.7))
        painter.body(
            self.view.outline(shape),
            mix(self.coat.points, self.coat.base, 0.25),
            self.kind.length * height * 0.5 * self.view.scale,
            rim=0.6,
            form=0.6,
        )

    def _side_fin(self, painter: Painter, far: bool) -> None:
        kind = self.kind
        point, along, _, down = self._at(0.36 if kind.upright_tail else 0.30)
        root = polar(point, along - math.pi / 2, down * (0.35 if kind.upright_tail else 0.55))
        flap = self.flaps[1 if far else 0]
        length = kind.length * (0.17 if kind.upright_tail else 0.24)
        angle = along + math.pi + 0.55 + flap * 0.8
        shape = [
            root,
            polar(root, angle + 0.35, length * 0.55),
            polar(root, angle + 0.1, length),
            polar(root, angle - 0.35, length * 0.9),
            polar(root, angle - 0.7, length * 0.45),
        ]
        pigment = mix(self.coat.points, self.coat.base, 0.35)
        painter.body(
            self.view.outline(shape),
            mix(pigment, SHADE, 0.35 if far else 0.0),
            length * 0.3 * self.view.scale,
            rim=0.2 if far else 0.6,
            form=0.6,
        )

    def _marks(self, painter: Painter) -> None:
        kind, coat = self.kind, self.coat
        back, belly = self._sides()
        low = [between(a, b, 0.66 - 0.10 * math.sin(i * 1.3)) for i, (a, b) in enumerate(zip(back, belly, strict=True))]
        edge = [polar(b, -math.pi / 2, kind.length * 0.08) for b in belly]
        painter.patch(self.view.outline([*low, *edge[::-1]]), coat.under, 0.92)
        for share, half in kind.bands:
            painter.patch(self._band(share, half), (252, 248, 244))
        if coat.stripes:
            for share in (0.25, 0.40, 0.55, 0.70):
                painter.patch(self._band(share, 0.022), coat.stripes, 0.85)
        self._mouth(painter)
        if kind.grooves and self.view.scale * kind.length > 80:
            for n in range(kind.grooves):
                k = 0.74 + 0.24 * n / kind.grooves
                line = [between(a, b, k) for a, b in zip(back[: len(back) // 2], belly, strict=False)]
                painter.line(
                    self.view.all(line),
                    mix(coat.under, SHADE, 0.4),
                    max(painter.unit, kind.length * 0.003 * self.view.scale),
                    0.5,
                )
        x, y = self.view.at(between(self.points[1], self.points[2], 0.5))
        s = kind.length * self.view.scale
        painter.tone(x, y - s * 0.10, s * 0.26, s * 0.05, mix(coat.base, (255, 255, 250), 0.75), 0.55)
        if kind.upright_tail and s > 70:
            self._scales(painter)

    def _band(self, share: float, half: float) -> skia.Path:
        shape = []
        for side, shares in ((1, (share - half, share + half)), (-1, (share + half * 1.3, share - half * 1.3))):
            for s in shares:
                point, along, up, down = self._at(s)
                shape.append(polar(point, along + side * math.pi / 2, (up if side > 0 else down) * 1.25))
        shape.insert(2, self._at(share + half * 1.7)[0])
        shape.append(self._at(share - half * 0.5)[0])
        return self.view.outline(shape)

    def _scales(self, painter: Painter) -> None:
        path = skia.Path()
        for row in (-0.45, 0.0, 0.45):
            for n in range(6):
                point, along, up, _ = self._at(0.38 + 0.085 * n + 0.04 * (row == 0.0))
                x, y = self.view.at(polar(point, along + math.pi / 2, up * row))
                r = self.kind.length * 0.028 * self.view.scale
                path.addArc(skia.Rect.MakeLTRB(x - r, y - r, x + r, y + r), 100 if self.view.facing > 0 else -80, 160)
        painter.line(path, mix(self.coat.base, SHADE, 0.35), max(painter.unit * 0.8, 0.6), 0.4)

    def _mouth(self, painter: Painter) -> None:
        kind = self.kind
        corner, along, _, down = self._at(kind.mouth)
        corner = polar(corner, along - math.pi / 2, down * 0.30)
        lip = polar(polar(self.points[0], along, kind.profile[0][1]), along - math.pi / 2, kind.profile[0][2] * 0.35)
        width = max(painter.unit, kind.length * 0.010 * self.view.scale)
        if self.opened > 0.08:
            drop = kind.length * 0.07 * self.opened
            painter.patch(
                self.view.hull([corner, lip, polar(lip, along - math.pi / 2, drop), between(lip, corner, 0.4)]),
                (120, 36, 52),
            )
        sag = polar(between(corner, lip, 0.5), along - math.pi / 2, kind.length * 0.012)
        curl = polar(corner, along + math.pi * 0.72, kind.length * 0.024)
        painter.line(self.view.all([lip, sag, corner, curl]), LINE, width, 0.8)

    def _eye(self, painter: Painter) -> None:
        kind = self.kind
        share, height, radius = kind.eye
        point, along, up, _ = self._at(share)
        x, y = self.view.at(polar(point, along + math.pi / 2, up * height))
        r = kind.length * radius * self.view.scale
        if kind.upright_tail:
            painter.patch(disc(x, y, r * 1.3), (250, 248, 244))
        eye = Eye(r, self.coat.iris or (52, 38, 44), self.coat.base, self.lids, 0.5)
        paint_eye(painter, x + 0.12 * r * self.gaze * self.view.facing, y, eye, 1.0, float(self.view.facing))
