"""Standing: breathing, shifting one's weight, looking about; and what is done while standing."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipelines.world.geometry import ease
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.pose import Face, Foot, Hand, Pose
from pipelines.world.people.steps import Footsteps, PelvisHeight

BREATH = 3.4  # seconds


class Standing:
    """A body at rest on both feet; motions of the arms and the head build on its poses."""

    def __init__(self, performer: Performer, yaw: float = 0.30, spread: float = 1.0) -> None:
        self.performer, self.yaw = performer, yaw
        m, rng = performer.measures, performer.role.rng(17, *performer.role.kind.encode())
        width = (0.062 + 0.012 * (1 - performer.look.feminine)) * m.height * spread
        start = (Foot(-width, 0.012, 0, yaw - 0.42), Foot(width, -0.03 * m.height, 0, yaw + 0.38))
        self.feet = Footsteps(start, ())
        self.phase = float(rng.uniform(0, 6.28))
        self.shifts = _shifts(rng, performer.role.seconds)
        self.width = width
        self.height = PelvisHeight(self.feet, self.over, m, performer.role.seconds)

    def weight(self, t: float) -> float:
        """−1 to 1: which leg carries it."""
        value = self.shifts[0][1]
        for (time, after), (_, before) in zip(self.shifts[1:], self.shifts, strict=False):
            value = before + (after - before) * ease((t - time) / 0.9) if t > time else value
        return value

    def over(self, t: float) -> tuple[float, float]:
        return 0.55 * self.width * self.weight(t) + 0.004 * math.sin(t * 0.9 + self.phase), -0.01

    def pose(self, t: float, **changes: object) -> Pose:
        """The body at a time; `changes` are fields of Pose."""
        weight, breath = self.weight(t), math.sin(2 * math.pi * t / BREATH + self.phase)
        x, z = self.over(t)
        values: dict[str, object] = {
            "root": (x, self.height.at(t), z),
            "feet": self.feet.feet(t),
            "hands": (resting(0.02 * weight, breath), resting(-0.02 * weight, breath)),
            "yaw": self.yaw + 0.05 * weight,
            "twist": -0.10 - 0.05 * weight,
            "lean": -0.025 * weight,
            "arch": 0.055 * weight,
            "hip_tilt": -0.55 * weight,
            "breath": breath,
            "curl": 0.015 * breath,
            "face": Face(yaw=0.10, pitch=0.0, roll=-0.03 * weight),
        }
        return Pose(**{**values, **changes})


def resting(aside: float = 0.0, breath: float = 0.0) -> Hand:
    """An arm that hangs."""
    return Hand(0.17 + aside + 0.006 * breath, -0.955, 0.10)


def _shifts(rng: np.random.Generator, seconds: float) -> list[tuple[float, float]]:
    """(time, which leg carries the weight from then on)."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    shifts, time = [(-9.0, side * 0.7)], float(rng.uniform(1.6, 3.2))
    while time < seconds:
        side = -side
        shifts.append((time, side * float(rng.uniform(0.4, 0.8))))
        time += float(rng.uniform(2.2, 4.0))
    return shifts


def standing_motion(performer: Performer, pose: Callable[[float], Pose], **facts: object) -> Motion:
    """A motion on the spot, one body wide."""
    m = performer.measures
    usual = {"length": 0.42 * m.height, "height": m.height}
    return Motion(pose, **{**usual, **facts})


@motion("stand")
def stand(performer: Performer) -> Motion:
    """Stands, breathes, shifts the weight."""
    body = Standing(performer)
    return standing_motion(performer, body.pose, gestures=True, attends=True)


@motion("talk", "sing")
def talk(performer: Performer) -> Motion:
    """Stands to speak: open towards the camera, hands ready."""
    body = Standing(performer, yaw=0.22)
    singing = performer.role.action == "sing"

    def pose(t: float) -> Pose:
        sway = 0.05 * math.sin(math.pi * t + body.phase) if singing else 0.0
        now = body.pose(t)
        return replace(now, lean=now.lean + sway, twist=now.twist + sway)

    return standing_motion(performer, pose, gestures=True, attends=True)
