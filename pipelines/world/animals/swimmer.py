"""Fish and whales: a spine that a wave runs along, and fins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import skia

from pipelines.world.actor import Actor, Happening, Role, Shadow
from pipelines.world.animals.coat import Coat, coloured
from pipelines.world.animals.face import LINE, Eye, paint_eye
from pipelines.world.animals.figure import View, between, polar, view_of
from pipelines.world.animals.life import blink, calling, calls, glance, speaking
from pipelines.world.animals.water import above_water
from pipelines.world.camera import Camera
from pipelines.world.geometry import Colour, Point, Point3, clamp, disc, mix
from pipelines.world.styles.painter import Painter

ACTIONS = (
    "swim",
    "stand",
    "look",
    "jump",
    "dance",
    "eat",
    "sleep",
    "talk",
    "sing",
    "play",
    "walk",
    "run",
    "fly",
    "sit",
    "wave",
)
LEAP = 2.0  # seconds from one jump out of the water to the next
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


class Fish:
    """A performer in the water: the body follows a wave that grows towards the tail."""

    def __init__(self, role: Role, kind: Swimmer) -> None:
        self.role, self.kind = role, kind
        self.coat = coloured(kind.coat, role)
        self.action = role.action if role.action in ACTIONS else "swim"
        self.pace = {
            "stand": 0.35,
            "look": 0.35,
            "sleep": 0.15,
            "sit": 0.2,
            "run": 1.5,
            "talk": 0.4,
            "sing": 0.4,
            "eat": 0.5,
        }.get(self.action, 1.0)

    @property
    def _afloat(self) -> bool:
        """In a sea seen from above the water."""
        return self.role.surface == "water"

    @property
    def speed(self) -> float:
        """Metres per second; those who stay only keep themselves up."""
        travels = self.action in ("swim", "walk", "run", "fly")
        return self.kind.speed * min(1.5, self.pace) * self.role.scale if travels else 0.0

    def position(self, t: float) -> Point3:
        depth = (
            0.0
            if self._afloat
            else (self.kind.depth + 0.22 * self.kind.length * ((self.role.index * 2) % 3)) - self.kind.length * 0.2
        )
        return self.role.x + self.role.heading * self.speed * t, depth, self.role.z

    @cached_property
    def _calls(self) -> tuple[float, ...]:
        often = self.action in ("talk", "sing")
        if self.role.cues or not (often or self.kind.length > 2):
            return ()
        return calls(self.role, *((1.2, 2.2) if often else self.kind.call_gap), first=1.0)

    # ---- movement
    def _leap(self, t: float) -> tuple[float, float]:
        """(height of the middle, pitch) of a leap out of the water, or of the gentle rise and fall of swimming."""
        long = self.kind.length
        if self.action in ("jump", "dance", "play"):
            q = (t % LEAP) / LEAP
            arc = math.sin(2 * math.pi * (q - 0.25))
            pitch = 0.85 * math.cos(2 * math.pi * (q - 0.25))
            return long * (0.55 * arc if self._afloat else 0.30 * arc), pitch * (1.0 if self._afloat else 0.5)
        swell = 0.05 * long * math.sin(2 * math.pi * 0.31 * t + self.role.index)
        return swell, 0.10 * math.cos(2 * math.pi * 0.31 * t + self.role.index)

    def spine(self, t: float) -> list[Point]:
        """Points from nose to tail in its own metres."""
        kind, count = self.kind, len(self.kind.profile)
        rise, pitch = self._leap(t)
        base = rise + (-kind.length * 0.02 if self._afloat else kind.length * 0.2)
        swing = kind.wave * (0.25 if kind.upright_tail else 1.0) * (0.55 + 0.45 * self.pace)
        points = []
        for share, _, _ in kind.profile:
            phase = 2 * math.pi * (kind.beats * self.pace * t - 0.75 * share) + self.role.index
            lift = kind.length * swing * (0.12 + share**2) * math.sin(phase)
            x, y = kind.length * (0.5 - share), lift
            points.append((x * math.cos(pitch) - y * math.sin(pitch), base + x * math.sin(pitch) + y * math.cos(pitch)))
        assert len(points) == count
        return points

    def tail_swing(self, t: float) -> float:
        """−1 to 1: where the tail fin is in its stroke."""
        return math.sin(2 * math.pi * (self.kind.beats * self.pace * t - 0.95) + self.role.index)

    def beak(self, t: float) -> float:
        """How far the mouth is open, 0 to 1."""
        said = speaking(self.role, t)
        if said is not None:
            return said
        gulp = 0.35 + 0.35 * math.sin(2 * math.pi * 1.4 * t) if self.action == "eat" or self.kind.upright_tail else 0.0
        return max(gulp * (1.0 if self.action == "eat" else 0.35), 0.8 * calling(self._calls, t, 0.7))

    # ---- drawing
    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        position, scale = self.position(t), self.role.scale
        view = view_of(camera, position, float(self.role.heading), scale)
        with above_water(painter, camera, position, self.kind.length * scale, t, self._afloat):
            self._paint(painter, view, t)

    def _paint(self, painter: Painter, view: View, t: float) -> None:
        kind, coat, points = self.kind, self.coat, self.spine(t)
        self._tail(painter, view, points, t)
        self._back_fin(painter, view, points, t)
        self._side_fin(painter, view, points, t, far=True)
        outline = self._outline(view, points)
        thick = max(up for _, up, _ in kind.profile) * view.scale
        opened = self.beak(t)
        painter.body(outline, coat.base, thick, detail=lambda: self._marks(painter, view, points, opened))
        self._side_fin(painter, view, points, t, far=False)
        self._eye(painter, view, points, t)

    def _sides(self, points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
        """Back and belly, nose to tail."""
        back, belly = [], []
        for i, ((_, up, down), point) in enumerate(zip(self.kind.profile, points, strict=True)):
            a, b = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
            along = math.atan2(a[1] - b[1], a[0] - b[0])
            back.append(polar(point, along + math.pi / 2, up))
            belly.append(polar(point, along - math.pi / 2, down))
        return back, belly

    def _outline(self, view: View, points: Sequence[Point]) -> skia.Path:
        back, belly = self._sides(points)
        nose = polar(points[0], self._direction(points, 0), self.kind.profile[0][1] * 0.6)
        return view.outline([nose, *back, *belly[::-1]])

    @staticmethod
    def _direction(points: Sequence[Point], i: int) -> float:
        a, b = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        return math.atan2(a[1] - b[1], a[0] - b[0])

    def _at(self, points: Sequence[Point], share: float) -> tuple[Point, float, float, float]:
        """(point, direction, thickness above, thickness below) at a share of the body."""
        profile = self.kind.profile
        i = max(n for n in range(len(profile) - 1) if profile[n][0] <= share or n == 0)
        k = clamp((share - profile[i][0]) / (profile[i + 1][0] - profile[i][0]))
        up = profile[i][1] + (profile[i + 1][1] - profile[i][1]) * k
        down = profile[i][2] + (profile[i + 1][2] - profile[i][2]) * k
        return between(points[i], points[i + 1], k), self._direction(points, i), up, down

    def _tail(self, painter: Painter, view: View, points: Sequence[Point], t: float) -> None:
        kind, swing = self.kind, self.tail_swing(t)
        root, along, size = points[-1], self._direction(points, len(points) - 1) + math.pi, kind.length * kind.tail
        fin = mix(self.coat.points, self.coat.base, 0.25)
        if kind.upright_tail:
            broad = size * (0.55 + 0.45 * abs(math.cos(swing * 1.2)))
            shape = [polar(root, along + math.pi, size * 0.18)]
            for angle, far in ((0.85, 1.15), (0.45, 0.95), (0.0, 0.68), (-0.45, 0.95), (-0.85, 1.15)):
                out = polar(root, along + angle, size * far)
                shape.append((root[0] + (out[0] - root[0]) * broad / size, out[1]))
            path = view.outline(shape, 7)
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
            path = view.outline(shape, 7)
        painter.body(
            path, fin, size * 0.35 * view.scale, rim=0.6, detail=lambda: self._rays(painter, view, root, along, size)
        )

    def _rays(self, painter: Painter, view: View, root: Point, along: float, size: float) -> None:
        if not self.kind.upright_tail or size * view.scale < 12:
            return
        for angle in (-0.55, -0.2, 0.2, 0.55):
            painter.line(
                view.all([polar(root, along + angle, size * 0.2), polar(root, along + angle, size * 0.9)]),
                mix(self.coat.points, SHADE, 0.35),
                painter.unit,
                0.5,
            )

    def _back_fin(self, painter: Painter, view: View, points: Sequence[Point], t: float) -> None:
        start, end, height = self.kind.dorsal
        if height <= 0:
            return
        sway = 0.15 * math.sin(2 * math.pi * 1.1 * t)
        shape = []
        for k in (0.0, 0.25, 0.55, 0.85, 1.0):
            point, along, up, _ = self._at(points, start + (end - start) * k)
            bow = (
                math.sin(math.pi * min(1.0, 0.12 + 0.88 * k) ** 0.7)
                if self.kind.upright_tail
                else max(0.0, 1 - abs(k - 0.7) / 0.45)
            )
            foot = polar(point, along + math.pi / 2, up * 0.86)
            shape.append(polar(foot, along + math.pi / 2 + 0.55 + sway * k, self.kind.length * height * bow))
        for k in (1.0, 0.5, 0.0):
            point, along, up, _ = self._at(points, start + (end - start) * k)
            shape.append(polar(point, along + math.pi / 2, up * 0.7))
        painter.body(
            view.outline(shape),
            mix(self.coat.points, self.coat.base, 0.25),
            self.kind.length * height * 0.5 * view.scale,
            rim=0.6,
            form=0.6,
        )

    def _side_fin(self, painter: Painter, view: View, points: Sequence[Point], t: float, far: bool) -> None:
        kind = self.kind
        point, along, _, down = self._at(points, 0.36 if kind.upright_tail else 0.30)
        root = polar(point, along - math.pi / 2, down * (0.35 if kind.upright_tail else 0.55))
        flap = 0.45 * math.sin(
            2 * math.pi * (1.6 if kind.upright_tail else 0.5) * t + (0.8 if far else 0.0) + self.role.index
        )
        if self.action == "wave" and not far:
            flap = 0.9 * math.sin(2 * math.pi * 1.8 * t)
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
            view.outline(shape),
            mix(pigment, SHADE, 0.35 if far else 0.0),
            length * 0.3 * view.scale,
            rim=0.2 if far else 0.6,
            form=0.6,
        )

    def _marks(self, painter: Painter, view: View, points: Sequence[Point], opened: float) -> None:
        kind, coat = self.kind, self.coat
        back, belly = self._sides(points)
        low = [between(a, b, 0.66 - 0.10 * math.sin(i * 1.3)) for i, (a, b) in enumerate(zip(back, belly, strict=True))]
        edge = [polar(b, -math.pi / 2, kind.length * 0.08) for b in belly]
        painter.patch(view.outline([*low, *edge[::-1]]), coat.under, 0.92)
        for share, half in kind.bands:
            painter.patch(self._band(view, points, share, half), (252, 248, 244))
        if coat.stripes:
            for share in (0.25, 0.40, 0.55, 0.70):
                painter.patch(self._band(view, points, share, 0.022), coat.stripes, 0.85)
        self._mouth(painter, view, points, opened)
        if kind.grooves and view.scale * kind.length > 80:
            for n in range(kind.grooves):
                k = 0.74 + 0.24 * n / kind.grooves
                line = [between(a, b, k) for a, b in zip(back[: len(back) // 2], belly, strict=False)]
                painter.line(
                    view.all(line),
                    mix(coat.under, SHADE, 0.4),
                    max(painter.unit, kind.length * 0.003 * view.scale),
                    0.5,
                )
        x, y = view.at(between(points[1], points[2], 0.5))
        s = kind.length * view.scale
        painter.tone(x, y - s * 0.10, s * 0.26, s * 0.05, mix(coat.base, (255, 255, 250), 0.75), 0.55)
        if kind.upright_tail and s > 70:
            self._scales(painter, view, points)

    def _band(self, view: View, points: Sequence[Point], share: float, half: float) -> skia.Path:
        shape = []
        for side, shares in ((1, (share - half, share + half)), (-1, (share + half * 1.3, share - half * 1.3))):
            for s in shares:
                point, along, up, down = self._at(points, s)
                shape.append(polar(point, along + side * math.pi / 2, (up if side > 0 else down) * 1.25))
        shape.insert(2, self._at(points, share + half * 1.7)[0])
        shape.append(self._at(points, share - half * 0.5)[0])
        return view.outline(shape)

    def _scales(self, painter: Painter, view: View, points: Sequence[Point]) -> None:
        path = skia.Path()
        for row in (-0.45, 0.0, 0.45):
            for n in range(6):
                point, along, up, _ = self._at(points, 0.38 + 0.085 * n + 0.04 * (row == 0.0))
                x, y = view.at(polar(point, along + math.pi / 2, up * row))
                r = self.kind.length * 0.028 * view.scale
                path.addArc(skia.Rect.MakeLTRB(x - r, y - r, x + r, y + r), 100 if view.facing > 0 else -80, 160)
        painter.line(path, mix(self.coat.base, SHADE, 0.35), max(painter.unit * 0.8, 0.6), 0.4)

    def _mouth(self, painter: Painter, view: View, points: Sequence[Point], opened: float) -> None:
        kind = self.kind
        corner, along, up, down = self._at(points, kind.mouth)
        corner = polar(corner, along - math.pi / 2, down * 0.30)
        lip = polar(polar(points[0], along, kind.profile[0][1]), along - math.pi / 2, kind.profile[0][2] * 0.35)
        width = max(painter.unit, kind.length * 0.010 * view.scale)
        if opened > 0.08:
            drop = kind.length * 0.07 * opened
            painter.patch(
                view.hull([corner, lip, polar(lip, along - math.pi / 2, drop), between(lip, corner, 0.4)]),
                (120, 36, 52),
            )
        sag = polar(between(corner, lip, 0.5), along - math.pi / 2, kind.length * 0.012)
        curl = polar(corner, along + math.pi * 0.72, kind.length * 0.024)
        painter.line(view.all([lip, sag, corner, curl]), LINE, width, 0.8)

    def _eye(self, painter: Painter, view: View, points: Sequence[Point], t: float) -> None:
        kind = self.kind
        share, height, radius = kind.eye
        point, along, up, _ = self._at(points, share)
        x, y = view.at(polar(point, along + math.pi / 2, up * height))
        r = kind.length * radius * view.scale
        if kind.upright_tail:
            painter.patch(disc(x, y, r * 1.3), (250, 248, 244))
        yaw, _ = glance(self.role, t)
        lids = 1.0 if self.action == "sleep" else blink(self.role, t)
        eye = Eye(r, self.coat.iris or (52, 38, 44), self.coat.base, lids, 0.5)
        paint_eye(painter, x + 0.12 * r * yaw * view.facing, y, eye, 1.0, float(self.role.heading))

    # ---- around it
    def shadows(self, t: float) -> Sequence[Shadow]:
        if self._afloat:
            return ()
        x, y, z = self.position(t)
        return [Shadow(x, z, self.kind.length * 0.35 * self.role.scale, y)]

    def happenings(self) -> Sequence[Happening]:
        heard = []
        for at in self._calls:
            heard.append(Happening(at, "call", self.position(at), self.kind.name, strength=0.5, size=self.role.scale))
        if self._afloat and self.action in ("jump", "dance", "play"):
            for n in range(int(self.role.seconds / LEAP) + 1):
                for share, loud in ((0.25, 0.35), (0.76, 0.9)):
                    at = (n + share) * LEAP
                    if at < self.role.seconds:
                        heard.append(
                            Happening(
                                at,
                                "splash",
                                self.position(at),
                                "water",
                                strength=loud,
                                size=max(0.3, self.kind.length * 0.4) * self.role.scale,
                            )
                        )
        elif not self._afloat:
            heard += [
                Happening(at, "bubbles", self.position(at), strength=0.2, seconds=0.8)
                for at in calls(replace(self.role, cues=()), 1.6, 3.2)
            ]
        return sorted(heard, key=lambda h: h.time)

    def extent(self) -> tuple[float, float]:
        kind, scale = self.kind, self.role.scale
        thick = max(up + down for _, up, down in kind.profile) + kind.dorsal[2] * kind.length
        leap = (
            kind.length * (0.9 if self._afloat else 0.5)
            if self.action in ("jump", "dance", "play")
            else 0.12 * kind.length
        )
        return kind.length * (1 + kind.tail * 0.9) * scale, (thick + leap) * scale


def performed(role: Role, kind: Swimmer) -> Actor:
    return Fish(role, kind)
