"""Poses that quadrupeds' motions start from: standing, sitting, lying."""

import math
from dataclasses import dataclass, replace

from pipelines.world.actor import Role
from pipelines.world.animals.build import Build
from pipelines.world.animals.gait import Gait, stands
from pipelines.world.animals.life import blink, breath, glance
from pipelines.world.animals.pose import Foot, Pose
from pipelines.world.geometry import Point

FOLDED = math.pi * 0.97  # a foot's upright part that lies on the ground


@dataclass(frozen=True)
class Performer:
    """Who moves: everything that a motion depends on besides time."""

    role: Role
    build: Build
    walk: Gait
    run: Gait
    call: float = 0.35  # seconds that one call lasts
    rears: bool = False  # dances on its hind legs
    pants: bool = False
    trunk: bool = False

    @property
    def happy(self) -> float:
        """1 happy, −1 sad, 0.3 as usual."""
        return (
            1.0
            if "happy" in self.role.attributes or "playful" in self.role.attributes
            else -0.8
            if "sad" in self.role.attributes
            else 0.3
        )


def standing(p: Performer) -> Pose:
    """The neutral pose."""
    build = p.build
    feet = tuple(Foot((build.shoulders if limb < 2 else build.hips)[0] + stands(build, limb)) for limb in range(4))
    smile, low = p.happy, 0.35 if p.happy < 0 else 0.0
    return Pose(
        build.hips, build.shoulders, feet, build.neck_angle - low, head_pitch=build.head_pitch - low, smile=smile
    )


def stand(p: Performer, t: float) -> Pose:
    """Breathes, shifts its weight, looks about."""
    pose, (yaw, pitch) = standing(p), glance(p.role, t)
    air, tall = breath(t), p.build.shoulders[1]
    sway = 0.012 * tall * math.sin(2 * math.pi * 0.17 * t + p.role.index)
    return replace(
        pose,
        hips=(pose.hips[0] + sway, pose.hips[1] + 0.004 * tall * air),
        shoulders=(pose.shoulders[0] + sway, pose.shoulders[1] + 0.010 * tall * air),
        neck=pose.neck + 0.06 * pitch + 0.02 * air,
        head_yaw=0.35 + 0.55 * yaw,
        head_pitch=pose.head_pitch + 0.10 * pitch,
        head_roll=0.05 * math.sin(0.9 * t),
        lids=blink(p.role, t),
    )


def sitting(p: Performer) -> Pose:
    """On its haunches, forelegs straight."""
    build = p.build
    tall, rear = build.shoulders[1], build.torso[0][2]
    length = build.shoulders[0] - build.hips[0]
    paw = build.hind.foot * 0.9
    back = build.shoulders[0] - length * 0.86
    hips = (back, rear * 1.02)
    shoulders = (build.shoulders[0] - length * 0.10, tall * 1.02)
    feet = tuple(
        Foot(shoulders[0] + (0.04 if limb == 0 else -0.03) * length)
        if limb < 2
        else Foot(hips[0] + paw * (1.05 if limb == 2 else 1.25), lean=FOLDED)
        for limb in range(4)
    )
    pose = standing(p)
    return replace(
        pose,
        hips=hips,
        shoulders=shoulders,
        feet=feet,
        neck=pose.neck + 0.32,
        arch=-0.02 * tall,
        tail=flat_tail(build, hips, shoulders),
        tail_curl=-0.75 * build.tail.curl,
    )


def lying(p: Performer) -> Pose:
    """On its belly, legs folded under it."""
    build = p.build
    rear, chest = build.torso[0][2], build.torso[-1][2]
    hips = (build.hips[0], rear * 0.98)
    shoulders = (build.shoulders[0] * 0.95, chest * 1.0)
    reach = build.fore.lower + build.fore.foot * 0.5
    feet = tuple(
        Foot(shoulders[0] + reach * (1.0 if limb == 0 else 0.85), lean=FOLDED)
        if limb < 2
        else Foot(hips[0] + build.hind.foot * (1.45 if limb == 2 else 1.65), lean=FOLDED)
        for limb in range(4)
    )
    pose = standing(p)
    return replace(
        pose,
        hips=hips,
        shoulders=shoulders,
        feet=feet,
        neck=pose.neck - 0.15,
        arch=0.05 * build.shoulders[1],
        tail=flat_tail(build, hips, shoulders),
        tail_curl=-0.75 * build.tail.curl,
    )


def flat_tail(build: Build, hips: Point, shoulders: Point) -> float:
    """What to add to a tail so that it lies behind the body on the ground."""
    return math.pi + 0.12 - build.tail.carried - math.atan2(shoulders[1] - hips[1], shoulders[0] - hips[0])
