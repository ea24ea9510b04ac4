"""What quadrupeds do: one function for each action, from time to pose."""

import math
from collections.abc import Callable
from dataclasses import replace

from pipelines.world.animals.gait import carried
from pipelines.world.animals.life import blink, glance
from pipelines.world.animals.pose import Foot, Pose, lifted
from pipelines.world.animals.quadruped_dance import dance, play
from pipelines.world.animals.quadruped_poses import Performer, stand, standing
from pipelines.world.animals.quadruped_rest import eat, look, sit, sleep, talk, wave
from pipelines.world.geometry import clamp, ramp

LEAP = 1.6  # seconds from one jump to the next


Motion = Callable[[Performer, float], Pose]


def walk(p: Performer, t: float) -> Pose:
    gait, pose = p.walk, standing(p)
    nod = math.cos(4 * math.pi * (t / gait.period - gait.landings[0] - 0.05))
    pose = carried(p.build, gait, pose, t)
    yaw, _ = glance(p.role, t)
    return replace(
        pose,
        neck=pose.neck - 0.10 + 0.035 * nod,
        head_pitch=pose.head_pitch - 0.05 - 0.03 * nod,
        head_yaw=0.28 + 0.25 * max(0.0, yaw),
        lids=blink(p.role, t),
        jaw=0.35 * p.pants * (p.happy > 0.5),
        tongue=0.5 * p.pants * (p.happy > 0.5),
    )


def run(p: Performer, t: float) -> Pose:
    gait = p.run
    phase = 2 * math.pi * (t / gait.period - gait.stretched)
    pose = carried(p.build, gait, standing(p), t)
    level = math.atan2(pose.shoulders[1] - pose.hips[1], pose.shoulders[0] - pose.hips[0])
    joy = max(0.0, p.happy)
    return replace(
        pose,
        neck=pose.neck - 0.22 + 0.10 * math.cos(phase + 0.5) - 0.25 * level,
        head_pitch=pose.head_pitch + 0.02 - 0.07 * math.cos(phase + 0.2) - 0.2 * level,
        head_yaw=0.30 + 0.06 * math.sin(phase / 2),
        lids=blink(p.role, t),
        tail=-0.18 * math.cos(phase + 1.1),
        tail_curl=0.25 * math.sin(phase),
        jaw=p.pants * (0.55 + 0.25 * math.sin(phase + 0.4)) * (0.6 + 0.4 * joy),
        tongue=p.pants * (0.75 + 0.25 * math.sin(phase - 0.5)),
        smile=max(p.happy, 0.5),
    )


def jump(p: Performer, t: float) -> Pose:
    """Crouches, leaps stretched, gathers itself, lands and gives; every 1.6 s."""
    q, pose = (t % LEAP) / LEAP, stand(p, t)
    tall = p.build.shoulders[1]
    down = ramp(q, 0.0, 0.20) * (1 - ramp(q, 0.22, 0.30)) + 0.8 * ramp(q, 0.60, 0.68) * (1 - ramp(q, 0.70, 0.95))
    air = clamp((q - 0.28) / 0.36)
    height = 4 * air * (1 - air) * jump_height(p)
    pitch = 0.30 * math.sin(math.pi * ramp(q, 0.22, 0.45)) * (1 - air) - 0.26 * math.sin(math.pi * air) * (
        air > 0.5
    ) * (2 * air - 1)
    tuck = math.sin(math.pi * air)
    rise = 0.22 * tall
    hips = (pose.hips[0], pose.hips[1] - 0.24 * tall * down - math.sin(pitch) * rise)
    shoulders = (pose.shoulders[0] - 0.02 * down, pose.shoulders[1] - 0.30 * tall * down + math.sin(pitch) * rise * 1.6)
    feet = []
    for limb, foot in enumerate(pose.feet):
        fore = limb < 2
        out = tuck * tall * (0.30 * (1 - 2 * air) if not fore else 0.16 - 0.22 * air + 0.2 * air * air)
        lift = tuck * tall * (0.26 if fore else 0.16)
        feet.append(Foot(foot.x + (out if fore else -out), lift, tuck * 0.8, planted=air in (0.0, 1.0)))
    posed = replace(
        pose,
        hips=hips,
        shoulders=shoulders,
        feet=tuple(feet),
        arch=pose.arch + 0.05 * tall * down - 0.02 * tall * tuck,
        neck=pose.neck + 0.12 * tuck - 0.15 * down,
        head_yaw=0.3,
        tail=-0.5 * tuck * (1 - 2 * air),
        jaw=0.3 * tuck * p.pants,
        smile=0.8,
    )
    return lifted(posed, height)


def jump_height(p: Performer) -> float:
    """Metres that the feet leave the ground by."""
    return min(0.75 * p.build.shoulders[1], 0.55)


def swim(p: Performer, t: float) -> Pose:
    """Paddles with its legs, head high; the body hangs a little down behind."""
    build, pose = p.build, standing(p)
    bob = 0.012 * math.sin(2 * math.pi * 1.3 * t)
    feet = []
    for limb in range(4):
        phase = 2 * math.pi * (1.5 * t + (0.0, 0.5, 0.6, 0.1)[limb])
        joint = build.shoulders if limb < 2 else build.hips
        size = build.shoulders[1]
        feet.append(
            Foot(
                joint[0] + size * (0.12 + 0.28 * math.cos(phase)),
                joint[1] - size * (0.84 - 0.14 * math.sin(phase)),
                0.45 + 0.35 * math.sin(phase),
                planted=False,
            )
        )
    sunk = replace(
        pose,
        hips=(pose.hips[0], pose.hips[1] - 0.05),
        feet=tuple(feet),
        neck=pose.neck + 0.25,
        head_pitch=0.12,
        head_yaw=0.3,
        lids=blink(p.role, t),
        tail=-0.3,
        jaw=0.2 * p.pants,
    )
    return lifted(sunk, bob - build.shoulders[1] - build.neck_root[1] * 0.4)


MOTIONS: dict[str, Motion] = {
    "stand": stand,
    "look": look,
    "walk": walk,
    "run": run,
    "jump": jump,
    "sit": sit,
    "sleep": sleep,
    "eat": eat,
    "talk": talk,
    "sing": talk,
    "swim": swim,
    "dance": dance,
    "play": play,
    "wave": wave,
    "laugh": talk,
    "spin": dance,
    "bounce": jump,
}
