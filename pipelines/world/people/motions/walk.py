"""Walking and running."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.world.geometry import clamp, curve
from pipelines.world.people.motion import Motion, Performer, footsteps_heard, motion
from pipelines.world.people.pose import Face, Foot, Hand, Pose
from pipelines.world.people.steps import Footsteps, PelvisHeight, Step


@dataclass(frozen=True)
class Gait:
    """How somebody gets along. Lengths are those of an adult of 1.75 m."""

    speed: float  # metres a second
    step: float  # seconds from one landing to the next
    stance: float  # seconds that a foot stays on the ground
    lead: float  # metres that a foot lands ahead of the pelvis
    rise: float
    strike: float
    push: float
    kick: float
    yaw: float  # radians: where the body faces; 1.57 is along its way
    bend: float
    width: float  # metres between the tracks of both feet


WALK = Gait(1.35, 0.52, 0.61, 0.34, 0.055, 0.34, 0.80, 0.0, 1.12, 0.03, 0.15)
RUN = Gait(3.6, 0.345, 0.225, 0.30, 0.34, 0.12, 1.0, 0.75, 1.22, 0.17, 0.10)


@motion("walk", "drift")
def walk(performer: Performer) -> Motion:
    """Strolls along."""
    gait, lively = WALK, 1 + 0.25 * performer.look.mood
    track = _Track(gait, performer)

    def pose(t: float) -> Pose:
        swing, late = track.swing(t), track.swing(t - 0.07)
        arms = (_walking_hand(-late * lively), _walking_hand(late * lively))
        face = Face(yaw=0.72, pitch=0.02 + 0.02 * track.beat(t), roll=0.02 * swing, gaze=(0.15, 0.0))
        return track.pose(t, arms, face, twist=0.20 * late, hip=0.7)

    return track.motion(pose, 0.42, 0.62)


@motion("run", "chase")
def run(performer: Performer) -> Motion:
    """Runs, with bent arms."""
    track = _Track(RUN, performer)

    def pose(t: float) -> Pose:
        swing, late = track.swing(t), track.swing(t - 0.03)
        arms = (_running_hand(-late), _running_hand(late))
        face = Face(yaw=0.86, pitch=-0.02 + 0.03 * track.beat(t - 0.04), gaze=(0.3, 0.0), squint=0.1, brow=0.25)
        return track.pose(t, arms, face, twist=0.34 * swing, hip=0.5)

    return track.motion(pose, 0.85, 0.75)


def _walking_hand(swing: float) -> Hand:
    """An arm at −1 (back) to 1 (forward) of its swing; the elbow bends more in front."""
    return Hand(0.13, -0.95 + 0.10 * max(0.0, swing) + 0.03 * swing * swing, 0.10 + 0.34 * swing)


def _running_hand(swing: float) -> Hand:
    ahead = clamp(0.5 + 0.5 * swing)
    up = curve(ahead, ((0.0, -0.62), (0.5, -0.60), (1.0, -0.22)))
    forward = curve(ahead, ((0.0, -0.30), (0.5, 0.26), (1.0, 0.52)))
    return Hand(0.16 - 0.14 * ahead, up, forward, "fist")


class _Track:
    """The footsteps of somebody who keeps going."""

    def __init__(self, gait: Gait, performer: Performer) -> None:
        m, role = performer.measures, performer.role
        self.gait, self.performer, self.measures = gait, performer, m
        pace, size = m.pace, m.pace**2
        hurry = {"fast": 1.2, "slow": 0.75, "old": 0.85, "tired": 0.85}
        self.hurry = math.prod(hurry.get(a, 1.0) for a in role.attributes)
        self.speed = gait.speed * pace * self.hurry
        self.step = gait.step * size / pace / self.hurry**0.5
        self.phase = 0.15 + 0.7 * performer.beat
        stance = gait.stance * self.step / gait.step
        steps = []
        first = math.floor(-1.5 / self.step)
        for k in range(first, math.ceil((role.seconds + 1.5) / self.step) + 1):
            land = (k + self.phase) * self.step
            side = k % 2
            x = self.speed * land + gait.lead * size * self.hurry**0.5
            foot = Foot(x, (-0.5, 0.5)[side] * gait.width * size, 0.0, gait.yaw + (0.12, 0.30)[side])
            lift = land - 2 * self.step + stance
            steps.append(Step(side, lift, land, foot, gait.rise * size, gait.strike, gait.push, gait.kick))
        start = steps[0].foot, steps[1].foot
        self.steps = Footsteps(start if steps[0].side == 0 else start[::-1], steps)
        self.root = PelvisHeight(self.steps, self.over, m, role.seconds, self._wish if gait.kick else None)

    def over(self, t: float) -> tuple[float, float]:
        return self.speed * t, 0.0

    def _wish(self, t: float) -> float:
        """A runner's height: lowest in the middle of the stance, highest in the air."""
        size, gait = self.measures.pace**2, self.gait
        middle = self.phase * self.step + 0.5 * gait.stance * self.step / gait.step
        return self.measures.hip_height * 0.955 - 0.045 * size * math.cos(2 * math.pi * (t - middle) / self.step)

    def swing(self, t: float) -> float:
        """−1 to 1: 1 when the foot of side 0 is ahead."""
        return math.cos(math.pi * (t / self.step - self.phase) - 0.1)

    def beat(self, t: float) -> float:
        return math.cos(2 * math.pi * (t / self.step - self.phase))

    def pose(self, t: float, hands: tuple[Hand, Hand], face: Face, twist: float, hip: float) -> Pose:
        swing, size = self.swing(t), self.measures.pace**2
        sway = 0.018 * size * math.sin(math.pi * (t / self.step - self.phase) - 0.5)
        return Pose(
            root=(self.speed * t, self.root.at(t), sway),
            feet=self.steps.feet(t),
            hands=hands,
            yaw=self.gait.yaw - 0.10 * swing,
            twist=twist,
            bend=self.gait.bend,
            curl=0.02 + 0.015 * self.beat(t - 0.05),
            hip_tilt=hip * math.sin(math.pi * (t / self.step - self.phase)) * -0.9,
            face=face,
        )

    def motion(self, pose: Callable[[float], Pose], strength: float, length: float) -> Motion:
        m = self.measures
        heard = footsteps_heard(self.performer, self.steps.landings(), strength)
        return Motion(
            pose, length * m.height, m.height, self.speed, happenings=heard, attends=self.gait.kick == 0,
        )  # fmt: skip
