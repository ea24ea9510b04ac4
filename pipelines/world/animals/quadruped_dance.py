"""Quadrupeds that dance and play: hops and turns on the beat, upright swaying, bows."""

import math
from dataclasses import replace

from pipelines.world.animals.life import blink
from pipelines.world.animals.pose import Foot, Pose, lifted
from pipelines.world.animals.quadruped_poses import Performer, stand, standing
from pipelines.world.geometry import clamp, ease, ramp

BEAT = 0.5  # seconds: 120 beats a minute


def dance(p: Performer, t: float) -> Pose:
    """Hops from side to side on the beat and turns round every eighth; some rear up and sway."""
    if p.rears:
        return sway(p, t)
    beat = t / BEAT
    hop = abs(math.sin(math.pi * beat))
    tall, pose = p.build.shoulders[1], stand(p, t)
    side = math.sin(math.pi * beat)
    height = 0.16 * tall * hop
    squash = 0.10 * tall * (1 - hop) ** 2
    feet = tuple(
        replace(
            foot,
            y=tall * 0.16 * max(0.0, side if limb in (0, 3) else -side) ** 1.5,
            flex=max(0.0, side if limb in (0, 3) else -side) * 0.8,
        )
        for limb, foot in enumerate(pose.feet)
    )
    posed = replace(
        pose,
        feet=feet,
        hips=(pose.hips[0], pose.hips[1] - squash + 0.05 * tall * side),
        shoulders=(pose.shoulders[0], pose.shoulders[1] - squash - 0.05 * tall * side),
        neck=pose.neck + 0.18 * math.cos(2 * math.pi * beat),
        head_roll=0.16 * side,
        head_yaw=0.65 + 0.25 * side,
        tail=0.4 * side,
        jaw=0.4 * p.pants,
        tongue=0.6 * p.pants,
        smile=1.0,
        turn=facing(beat),
    )
    return lifted(posed, height)


def facing(beat: float) -> float:
    """1 for eight beats, −1 for the next eight; it turns round within half a beat, in the air."""
    number, share = divmod(beat + 0.25, 8)
    before, after = (-1.0, 1.0) if int(number) % 2 == 0 else (1.0, -1.0)
    if number == 0 and share < 0.5:
        return 1.0
    turned = before + (after - before) * ease(share / 0.5)
    return math.copysign(max(0.22, abs(turned)), turned)


def sway(p: Performer, t: float) -> Pose:
    """Upright, from one hind foot to the other, arms in the air."""
    build, beat = p.build, t / BEAT
    side, length = math.sin(math.pi * beat), build.shoulders[0] - build.hips[0]
    dip = 0.05 * build.hips[1] * abs(math.cos(math.pi * beat))
    hips = (0.06 * length * side, build.hips[1] * 0.92 - dip)
    shoulders = (hips[0] + 0.10 * length + 0.10 * length * side, hips[1] + length * 0.98)
    arm = (build.fore.upper + build.fore.lower) * 0.72
    wave = math.sin(2 * math.pi * beat / 2)
    feet = (
        Foot(shoulders[0] + arm * 0.75, shoulders[1] - arm * (0.15 - 0.5 * wave), 0.5, planted=False),
        Foot(shoulders[0] + arm * 0.95, shoulders[1] - arm * (0.15 + 0.5 * wave), 0.5, planted=False),
        Foot(-0.02 * length, 0.10 * build.hips[1] * max(0.0, side), 0.2 * max(0.0, side), planted=side <= 0),
        Foot(0.16 * length, 0.10 * build.hips[1] * max(0.0, -side), 0.2 * max(0.0, -side), planted=side >= 0),
    )
    pose = standing(p)
    return replace(
        pose,
        hips=hips,
        shoulders=shoulders,
        feet=feet,
        neck=1.15 + 0.1 * side,
        head_yaw=0.75 + 0.3 * side,
        head_pitch=0.05,
        head_roll=0.18 * side,
        smile=1.0,
        lids=blink(p.role, t),
        jaw=0.25 * abs(side),
        tail=-1.2,
        turn=facing(beat),
    )


def play(p: Performer, t: float) -> Pose:
    """Bows with its rear in the air, bounces up, bows again."""
    q, pose = (t % 2.0) / 2.0, stand(p, t)
    tall = p.build.shoulders[1]
    bow = ramp(q, 0.0, 0.16) * (1 - ramp(q, 0.62, 0.75))
    hop = max(0.0, math.sin(math.pi * clamp((q - 0.72) / 0.26))) * 0.18 * tall
    feet = tuple(replace(f, x=f.x + (0.30 * tall * bow if limb < 2 else 0.0)) for limb, f in enumerate(pose.feet))
    bowed = replace(
        pose,
        shoulders=(pose.shoulders[0] + 0.06 * tall * bow, pose.shoulders[1] - 0.50 * tall * bow),
        feet=feet,
        neck=pose.neck - 0.1 * bow,
        head_yaw=0.6,
        head_pitch=pose.head_pitch + 0.2 * bow,
        jaw=0.45 * p.pants,
        tongue=0.5 * p.pants,
        smile=1.0,
    )
    return lifted(bowed, hop)
