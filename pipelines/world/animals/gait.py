"""Gaits: when each foot lands and leaves, and how the body rides on them. Footsteps come first: a planted foot does not
move, the body passes over it."""

import math
from dataclasses import dataclass, replace

from pipelines.world.animals.build import Build
from pipelines.world.animals.pose import Foot, Pose
from pipelines.world.geometry import Point

TAU = 2 * math.pi


@dataclass(frozen=True)
class Gait:
    """Phases are shares of the period. Lengths are in metres of the animal's own."""

    speed: float  # metres per second
    period: float  # seconds of one stride
    duty: float  # share of the period that a foot is on the ground
    landings: tuple[float, float, float, float]  # phases: near fore, far fore, near hind, far hind
    lift: float  # how high a foot is carried
    rise: float = 0.0  # how much shoulders and hips rise and sink with the stride
    beats: int = 1  # rises per stride: 1 in a gallop, 2 in a walk or trot
    flex: float = 0.0  # how far hips and shoulders come together and part
    arch: float = 0.0
    hop: float = 0.0  # height of the leap while all feet are in the air
    crouch: float = 0.0  # how much lower than standing the body is carried
    stretched: float = 0.3  # phase at which the body is longest
    reach: float = 0.0  # how much further forward the feet fall than they stand

    @property
    def stance(self) -> float:
        """Metres that the body passes over a planted foot."""
        return self.speed * self.period * self.duty


@dataclass(frozen=True)
class Stride:
    """A foot's place in its own cycle."""

    planted: bool
    share: float  # 0 to 1 of the stance or of the swing


def stride(gait: Gait, limb: int, t: float) -> Stride:
    phase = (t / gait.period - gait.landings[limb]) % 1.0
    if phase < gait.duty:
        return Stride(True, phase / gait.duty)
    return Stride(False, (phase - gait.duty) / (1 - gait.duty))


def foot_at(gait: Gait, limb: int, neutral: float, t: float) -> Foot:
    """Where a foot is relative to the body that passes over it at the gait's speed."""
    step, half = stride(gait, limb, t), gait.stance / 2
    neutral += gait.reach
    if step.planted:
        return Foot(neutral + half - 2 * half * step.share, 0.0)
    q = step.share
    backward = (
        gait.speed * gait.period * (1 - gait.duty)
    )  # the ground's way during the swing: speeds match at both ends
    x = _hermite(q, -half, half, -backward * 0.55, -backward * 0.35)
    y = gait.lift * math.sin(math.pi * q**0.85) ** 1.3
    return Foot(neutral + x, y, math.sin(math.pi * min(1.0, q**0.75)) ** 1.4, planted=False)


def _hermite(q: float, start: float, end: float, speed_start: float, speed_end: float) -> float:
    q2, q3 = q * q, q * q * q
    return (
        (2 * q3 - 3 * q2 + 1) * start
        + (q3 - 2 * q2 + q) * speed_start
        + (3 * q2 - 2 * q3) * end
        + (q3 - q2) * speed_end
    )


def landings_of(gait: Gait, limb: int, seconds: float) -> list[float]:
    """The times at which a foot lands, from 0 to the end of the shot."""
    first = gait.landings[limb] * gait.period
    return [first + n * gait.period for n in range(int((seconds - first) / gait.period) + 1) if first <= seconds]


def carried(build: Build, gait: Gait, pose: Pose, t: float) -> Pose:
    """A pose put on the move: feet, spine and the rise and fall of the body."""
    phase = t / gait.period
    along = math.cos(TAU * (phase - gait.stretched))
    wave = gait.beats * TAU
    up_hips = gait.rise * math.cos(wave * (phase - _highest(gait, hind=True)))
    up_shoulders = gait.rise * math.cos(wave * (phase - _highest(gait, hind=False)))
    leap = gait.hop * max(0.0, _airborne(gait, phase))
    hips = _moved(pose.hips, -gait.flex * along, up_hips + leap - gait.crouch)
    shoulders = _moved(pose.shoulders, gait.flex * 0.8 * along, up_shoulders + leap - gait.crouch)
    feet = tuple(
        foot_at(gait, limb, (build.shoulders if limb < 2 else build.hips)[0] + stands(build, limb), t)
        for limb in range(4)
    )
    return replace(pose, hips=hips, shoulders=shoulders, feet=feet, arch=pose.arch - gait.arch * along)


def stands(build: Build, limb: int) -> float:
    """How far before its joint a foot stands, in metres; the far feet a little apart from the near ones."""
    leg = build.fore if limb < 2 else build.hind
    back = 0.04 * leg.upper if limb < 2 else -0.16 * leg.upper
    apart = (0.06, -0.10, -0.10, 0.10)[limb] * leg.upper
    return back + apart


def _highest(gait: Gait, hind: bool) -> float:
    """Phase at which that end of the body is highest: opposite to the middle of its feet's time on the ground."""
    if gait.beats == 2:
        return 0.5 * gait.duty + gait.landings[2 if hind else 0]
    a, b = gait.landings[2:] if hind else gait.landings[:2]
    return (a + b) / 2 + gait.duty / 2 + 0.5


def _airborne(gait: Gait, phase: float) -> float:
    """0 to 1 and back while no foot is on the ground, in the longest such time of the stride."""
    ends = sorted(((landing + gait.duty) % 1.0, landing) for landing in gait.landings)
    best = 0.0, 0.0
    for end, _ in ends:
        gap = min((landing - end) % 1.0 for landing in gait.landings)
        covered = any((end - landing) % 1.0 < gait.duty - 1e-9 for landing in gait.landings)
        if not covered and gap > best[1]:
            best = end, gap
    since = (phase - best[0]) % 1.0
    return 4 * since * (best[1] - since) / best[1] ** 2 if best[1] and since < best[1] else 0.0


def _moved(point: Point, dx: float, dy: float) -> Point:
    return point[0] + dx, point[1] + dy
