"""Quadrupeds at rest: they sit, sleep, eat and talk."""

import math
from dataclasses import replace

from pipelines.world.animals.life import breath, calling, calls, speaking
from pipelines.world.animals.pose import Foot, Pose, blended
from pipelines.world.animals.quadruped_poses import Performer, lying, sitting, stand, standing
from pipelines.world.geometry import clamp, ease, ramp


def look(p: Performer, t: float) -> Pose:
    """Turns its face to the camera and away again, head cocked."""
    pose = stand(p, t)
    facing = 0.5 + 0.5 * math.sin(2 * math.pi * 0.22 * t - 1.2)
    facing = ease(facing)
    return replace(
        pose,
        head_yaw=0.15 + 1.0 * facing,
        neck=pose.neck + 0.10 * facing,
        head_roll=0.16 * facing * math.sin(1.4 * t + 0.6),
    )


def sit(p: Performer, t: float) -> Pose:
    if p.build.hoof:
        return rest(p, t)
    pose, alive = sitting(p), stand(p, t)
    air = breath(t)
    joy = p.pants * (p.happy > 0)
    return replace(
        pose,
        shoulders=(pose.shoulders[0], pose.shoulders[1] + 0.008 * air),
        head_yaw=0.45 + (alive.head_yaw - 0.35),
        head_pitch=alive.head_pitch - 0.12,
        head_roll=0.10 * math.sin(0.8 * t + p.role.index),
        lids=alive.lids,
        jaw=0.32 * joy + 0.04 * joy * math.sin(9 * t),
        tongue=0.55 * joy,
        smile=p.happy,
    )


def rest(p: Performer, t: float) -> Pose:
    """Lies with its head up, as hoofed animals do where others sit."""
    alive = stand(p, t)
    return replace(
        lying(p), neck=alive.neck + 0.1, head_yaw=alive.head_yaw + 0.1, head_pitch=alive.head_pitch, lids=alive.lids
    )


def sleep(p: Performer, t: float) -> Pose:
    """Lies with its head on the ground, breathing deeply."""
    build, pose = p.build, lying(p)
    air = breath(t, 0.26)
    low = build.head.radius * 0.95
    root_height = pose.shoulders[1] + build.neck_root[1] * 0.9
    down = math.asin(clamp((low - root_height) / build.neck, -1, 1))
    return replace(
        pose,
        arch=pose.arch + 0.016 * build.shoulders[1] * air,
        shoulders=(pose.shoulders[0], pose.shoulders[1] + 0.012 * build.shoulders[1] * air),
        neck=down + 0.03 * air,
        head_pitch=-0.10 + 0.02 * air,
        head_yaw=0.35,
        lids=1.0,
        ears=0.5 + 0.04 * air,
        smile=0.2,
    )


def eat(p: Performer, t: float) -> Pose:
    """Bends down to the ground and chews; now and then it looks up. A trunk brings the food to the mouth."""
    if p.trunk:
        return replace(stand(p, t), jaw=0.5 - 0.5 * math.cos(2 * math.pi * t / 2.6), head_yaw=0.3)
    build, pose = p.build, standing(p)
    cycle = t % 4.6
    low = ramp(cycle, 0.0, 0.7) * (1 - ramp(cycle, 3.5, 4.1))
    chew = 0.5 + 0.5 * math.sin(2 * math.pi * 2.1 * t)
    head, pitch = build.head, build.head_pitch * 0.4 - 0.75
    target = head.radius * max(0.9, 0.25 + (head.muzzle_tip[0] + head.muzzle_tip[2]) * math.sin(-pitch))
    root = pose.shoulders[1] + build.neck_root[1]
    angle = math.asin(clamp((target - root) / build.neck, -0.97, 1))
    missing = max(0.0, root - target - build.neck * 0.97)
    bent = replace(
        pose,
        shoulders=(pose.shoulders[0], pose.shoulders[1] - missing * 0.92),
        hips=(pose.hips[0], pose.hips[1] - 0.12 * missing),
        neck=angle,
        head_pitch=pitch,
        jaw=0.28 * chew,
        head_yaw=0.22,
        lids=0.35,
        feet=tuple(replace(f, x=f.x + (0.45 * missing if limb < 2 else 0.0)) for limb, f in enumerate(pose.feet)),
    )
    up = replace(stand(p, t), jaw=0.22 * chew)
    up = replace(up, feet=bent.feet)
    return blended(up, bent, low)


def talk(p: Performer, t: float) -> Pose:
    """Speaks, or calls: the head goes up with it."""
    pose = replace(stand(p, t), head_yaw=0.75)
    said = speaking(p.role, t)
    if said is not None:
        nod = math.sin(5.1 * t) * 0.05
        return replace(
            pose,
            jaw=0.05 + 0.75 * said,
            neck=pose.neck + nod,
            head_roll=0.07 * math.sin(2.3 * t),
            head_pitch=pose.head_pitch + 0.4 * nod,
        )
    loud = calling(calls(p.role, 0.9, 1.7), t, p.call)
    return replace(
        pose,
        jaw=loud,
        neck=pose.neck + 0.16 * loud,
        head_pitch=pose.head_pitch + 0.22 * loud,
        ears=0.25 * loud,
        shoulders=(pose.shoulders[0] + 0.02 * loud, pose.shoulders[1] + 0.015 * loud),
        head_yaw=0.45,
    )


def wave(p: Performer, t: float) -> Pose:
    """Sits and lifts a paw."""
    pose = sit(p, t)
    up = ramp(t, 0.2, 0.7)
    swing = math.sin(2 * math.pi * 1.6 * t)
    reach = p.build.fore.upper + p.build.fore.lower
    near = pose.feet[0]
    paw = Foot(
        near.x + reach * 0.62 * up, (pose.shoulders[1] - reach * (0.05 - 0.16 * swing)) * up, 0.45 * up, planted=up == 0
    )
    return replace(pose, feet=(paw, *pose.feet[1:]), head_yaw=0.85, smile=1.0)
