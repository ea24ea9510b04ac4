"""What quadrupeds do: one function for each action, from time to pose."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipelines.world.actor import Role
from pipelines.world.animals.build import Build
from pipelines.world.animals.gait import Gait, carried, stands
from pipelines.world.animals.life import blink, breath, calling, calls, glance, speaking
from pipelines.world.animals.pose import Foot, Pose, blended, lifted
from pipelines.world.geometry import Point, clamp, ease, ramp

BEAT = 0.5  # seconds: 120 beats a minute
LEAP = 1.6  # seconds from one jump to the next
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


Motion = Callable[[Performer, float], Pose]


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
        tail=_flat_tail(build, hips, shoulders),
        tail_curl=-0.75 * build.tail.curl,
    )


def _flat_tail(build: Build, hips: Point, shoulders: Point) -> float:
    """What to add to a tail so that it lies behind the body on the ground."""
    return math.pi + 0.12 - build.tail.carried - math.atan2(shoulders[1] - hips[1], shoulders[0] - hips[0])


def sit(p: Performer, t: float) -> Pose:
    if p.build.hoof:
        return _rest(p, t)
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
        tail=_flat_tail(build, hips, shoulders),
        tail_curl=-0.75 * build.tail.curl,
    )


def _rest(p: Performer, t: float) -> Pose:
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


def dance(p: Performer, t: float) -> Pose:
    """Hops from side to side on the beat and turns round every eighth; some rear up and sway."""
    if p.rears:
        return _sway(p, t)
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


def _sway(p: Performer, t: float) -> Pose:
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
