"""Fish and whales: a spine that a wave runs along, and fins."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from pipelines.world.actor import Actor, Happening, Role, Shadow
from pipelines.world.animals.coat import coloured
from pipelines.world.animals.figure import View, view_of
from pipelines.world.animals.life import blink, calling, calls, glance, speaking
from pipelines.world.animals.swimmer_painting import Swimmer, SwimmerPicture
from pipelines.world.animals.water import above_water
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point, Point3
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
        rhythm = 1.6 if self.kind.upright_tail else 0.5
        wave = 0.9 * math.sin(2 * math.pi * 1.8 * t) if self.action == "wave" else None
        flaps = [0.45 * math.sin(2 * math.pi * rhythm * t + late + self.role.index) for late in (0.0, 0.8)]
        lids = 1.0 if self.action == "sleep" else blink(self.role, t)
        picture = SwimmerPicture(
            self.kind,
            self.coat,
            self.spine(t),
            view,
            self.tail_swing(t),
            (flaps[0] if wave is None else wave, flaps[1]),
            0.15 * math.sin(2 * math.pi * 1.1 * t),
            self.beak(t),
            lids,
            glance(self.role, t)[0],
        )
        picture.paint(painter)

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
