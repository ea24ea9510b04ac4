"""From a pose to joints in space."""

import math
from dataclasses import dataclass

from pipelines.world.geometry import Point3, clamp, lerp
from pipelines.world.people.frames import Frame, added, between, between_frames, frame, reach_in_space, unit
from pipelines.world.people.measures import Measures
from pipelines.world.people.pose import Foot, Hand, Pose

SIDES = (-1, 1)  # left and right of the picture when the body faces the camera


@dataclass(frozen=True)
class Limb:
    """A limb of two bones."""

    root: Point3
    joint: Point3
    end: Point3


@dataclass(frozen=True)
class Skeleton:
    """Where everything is, in metres."""

    pelvis: Frame
    chest: Frame  # its origin is the middle between the shoulders
    legs: tuple[Limb, Limb]
    arms: tuple[Limb, Limb]
    neck: Point3  # foot of the neck
    head: Point3  # middle of the head
    spine: float  # metres from pelvis to shoulders

    def along(self, s: float) -> Frame:
        """The frame of the trunk at a place along the spine: 0 pelvis, 1 shoulders; beyond both it goes straight on."""
        a, b = self.pelvis, self.chest
        if s <= 0:
            return a.moved(added(a.origin, a.up, s * self.spine))
        if s >= 1:
            return b.moved(added(b.origin, b.up, (s - 1) * self.spine))
        knee = added(a.origin, a.up, 0.5 * self.spine)
        place = between(between(a.origin, knee, s), between(knee, b.origin, s), s)
        return between_frames(a, b, s, place)


def foot_point(foot: Foot, m: Measures, forward: float, up: float, right: float = 0.0) -> Point3:
    """A point of the foot in space, from where it lies in the flat foot (metres from under the ankle)."""
    pivot = m.ball if foot.pitch > 0 else -m.heel
    pitch = foot.pitch
    if pitch > 0 and forward > pivot:
        pitch *= clamp(foot.y / 0.06)  # toes stay flat until the foot is in the air
    c, s = math.cos(pitch), math.sin(pitch)
    ahead, height = pivot + (forward - pivot) * c + up * s, up * c - (forward - pivot) * s
    sin, cos = math.sin(foot.heading), math.cos(foot.heading)
    return foot.x + right * cos + ahead * sin, foot.y + height, foot.z + right * sin - ahead * cos


def ankle_of(foot: Foot, m: Measures) -> Point3:
    return foot_point(foot, m, 0.0, m.ankle)


def foot_with_ankle(ankle: Point3, heading: float, pitch: float, m: Measures) -> Foot:
    """The foot in the air whose ankle is there."""
    now = ankle_of(Foot(0.0, 0.0, 0.0, heading, pitch), m)
    return Foot(ankle[0] - now[0], ankle[2] - now[2], ankle[1] - now[1], heading, pitch)


def trunk(pose: Pose, m: Measures, stoop: float = 0.0) -> tuple[Frame, Frame]:
    """(pelvis, chest) frames."""
    pelvis = frame(pose.root, pose.yaw, pose.bend + 0.25 * stoop, pose.lean)
    chest = frame((0, 0, 0), pose.yaw + pose.twist, pose.bend + pose.curl + stoop, pose.lean + pose.arch)
    upwards = unit(between(pelvis.up, chest.up, 0.5))
    top = added(pose.root, upwards, m.spine)
    return pelvis, chest.moved((top[0], top[1] + 0.004 * pose.breath, top[2]))


def solve(pose: Pose, m: Measures, stoop: float = 0.0) -> Skeleton:
    """All joints of a pose."""
    pelvis, chest = trunk(pose, m, stoop)
    legs = tuple(_leg(pose, i, pelvis, m) for i in (0, 1))
    arms = tuple(_arm(pose, i, chest, m) for i in (0, 1))
    neck = chest.at(0, 0.006 * m.height, 0.004 * m.height)
    return Skeleton(pelvis, chest, legs, arms, neck, _head(pose, chest, neck, m, stoop), m.spine)


def _leg(pose: Pose, i: int, pelvis: Frame, m: Measures) -> Limb:
    side, foot = SIDES[i], pose.feet[i]
    hip = pelvis.at(side * m.hip, -side * pose.hip_tilt * 0.03 - 0.01 * m.height, 0)
    ankle = ankle_of(foot, m)
    toes = (math.sin(foot.heading), 0.0, -math.cos(foot.heading))
    pole = unit(added(added(pelvis.forward, toes, 0.8), pelvis.right, side * 0.12))
    knee, ankle = reach_in_space(hip, ankle, m.leg, m.leg, pole)
    return Limb(hip, knee, ankle)


def _arm(pose: Pose, i: int, chest: Frame, m: Measures) -> Limb:
    side, hand = SIDES[i], pose.hands[i]
    shoulder = chest.at(side * m.shoulder * 0.84, -0.135 * m.spine + pose.shrug, 0)
    wrist = added(shoulder, chest.along(side * hand.out * m.arm, hand.up * m.arm, hand.forward * m.arm))
    elbow, wrist = reach_in_space(shoulder, wrist, m.upper_arm, m.forearm, _elbow_pole(hand, side, chest))
    return Limb(shoulder, elbow, wrist)


def _elbow_pole(hand: Hand, side: int, chest: Frame) -> Point3:
    """Hanging arms bend backwards, raised arms outwards and down; blended, so that no elbow pops."""
    raised = clamp((hand.up + 0.45) / 0.75)
    raised = raised * raised * (3 - 2 * raised)
    out = lerp(lerp(0.34, 0.85, raised), 1.3, hand.flare)
    return chest.along(side * out, lerp(-0.6, -0.75, raised), lerp(lerp(-0.7, -0.1, raised), -0.05, hand.flare))


def _head(pose: Pose, chest: Frame, neck: Point3, m: Measures, stoop: float) -> Point3:
    """Middle of the head: it sits on the neck and turns about its foot."""
    face = pose.face
    lift = 1.22 * m.head + 0.018 * m.height
    tipped = math.sin(face.roll)
    ahead = math.sin(face.pitch) * 0.35 + 0.25 * stoop
    facing = (math.sin(face.yaw), 0.0, -math.cos(face.yaw))
    upwards = unit(between(chest.up, (tipped, math.cos(face.roll), 0.0), 0.6))
    return added(added(neck, upwards, lift), facing, ahead * m.head + 0.10 * m.head)
