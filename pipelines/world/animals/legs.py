"""Legs: from where a foot stands to joints and outlines. Ankles are high, as in animals that walk on their toes."""

import math
from dataclasses import dataclass

import skia

from pipelines.world.animals.build import Build
from pipelines.world.animals.figure import View, between, polar
from pipelines.world.animals.pose import Pose
from pipelines.world.geometry import Point, reach

UPRIGHT = math.pi / 2
STRAIGHT = 0.985  # of its length: a leg never locks


@dataclass(frozen=True)
class LegPose:
    """A leg's joints in the animal's own metres."""

    joint: Point  # shoulder or hip
    knee: Point  # elbow or stifle
    ankle: Point  # wrist or hock
    sole: Point
    toe_angle: float  # radians: 0 flat on the ground
    fore: bool
    radii: tuple[float, ...]


def leg_pose(build: Build, pose: Pose, limb: int) -> LegPose:
    """Joints of a leg (0 near fore, 1 far fore, 2 near hind, 3 far hind) that stands where the pose says."""
    fore = limb < 2
    leg, foot = (build.fore if fore else build.hind), pose.feet[limb]
    joint = pose.shoulders if fore else pose.hips
    sole = (foot.x, foot.y)
    towards = math.atan2(joint[1] - foot.y, joint[0] - foot.x)
    swing = towards - UPRIGHT
    lean = foot.lean
    if lean is None:
        lean = leg.upright + swing * (0.85 if fore else 0.75) - foot.flex * (1.35 if fore else 0.75)
    heel = build.paw[1] * 0.55
    ankle = polar((sole[0], sole[1] + heel), lean, leg.foot)
    length = (leg.upper + leg.lower) * STRAIGHT
    distance = math.dist(joint, ankle)
    stretch = max(1.0, distance / length)  # out of reach: the planted foot wins, the leg gives a little
    knee, ankle = reach(joint, ankle, leg.upper * stretch, leg.lower * stretch, -1 if fore else 1)
    knee = (knee[0], max(knee[1], min(leg.radii[2], joint[1])) if foot.lean is not None else knee[1])
    toe = 0.0 if foot.planted else -1.1 * foot.flex + 0.25 * max(0.0, foot.y > 0) * (1 - foot.flex)
    return LegPose(joint, knee, ankle, sole, toe, fore, leg.radii)


def _chain(build: Build, pose: LegPose, top: Point) -> tuple[list[Point], list[float]]:
    """(points, half-widths) along a leg from where it grows out of the body to its heel."""
    a, b, c, d, e = pose.radii
    points = [
        top,
        pose.joint,
        between(pose.joint, pose.knee, 0.55),
        pose.knee,
        between(pose.knee, pose.ankle, 0.4),
        pose.ankle,
        _heel(build, pose),
    ]
    return points, [a, b, b * 0.45 + c * 0.6, c, c * 0.42 + d * 0.55, d, e]


def leg_paths(build: Build, pose: LegPose, view: View, top: Point) -> list[skia.Path]:
    """The leg's silhouette; `top` is where it grows out of the body."""
    limb = view.limb(*_chain(build, pose, top), 0.5, 0.8)
    return [limb] if build.hoof else [limb, paw_path(build, pose, view)]


def leg_sides(build: Build, pose: LegPose, top: Point) -> tuple[list[Point], list[Point]]:
    """The leg's two sides from the joint down, as lines."""
    points, radii = _chain(build, pose, top)
    sides: tuple[list[Point], list[Point]] = ([], [])
    for i in range(1, 5):
        along = math.atan2(points[i + 1][1] - points[i - 1][1], points[i + 1][0] - points[i - 1][0])
        for side, turn in zip(sides, (UPRIGHT, -UPRIGHT), strict=True):
            side.append(polar(points[i], along + turn, radii[i]))
    return sides


def lower_leg(build: Build, pose: LegPose, view: View, share: float) -> list[skia.Path]:
    """The leg below `share` of the way from ankle to knee, a little wider than it is; for socks."""
    points, radii = _chain(build, pose, pose.joint)
    start, r = between(pose.ankle, pose.knee, share), radii[5] * 1.25
    limb = view.limb([start, pose.ankle, points[6]], [r, r, r], 0.9, 0.0)
    return (
        [limb]
        if build.hoof
        else [limb, view.limb([points[6], _placed(pose, build.paw[0] * 0.7, 0.0)], [build.paw[1]] * 2)]
    )


def _heel(build: Build, pose: LegPose) -> Point:
    return pose.sole[0], pose.sole[1] + build.paw[1] * 0.55


def paw_path(build: Build, pose: LegPose, view: View) -> skia.Path:
    """A paw: flat below, rounded above, its toes ahead of the sole's middle."""
    length, height = build.paw
    outline = (
        (-0.42, 0.10),
        (-0.40, 0.62),
        (-0.12, 1.05),
        (0.26, 1.0),
        (0.56, 0.72),
        (0.66, 0.34),
        (0.58, 0.04),
        (0.1, -0.01),
        (-0.3, 0.0),
    )
    return view.outline([_placed(pose, x * length, y * height) for x, y in outline])


def hoof_path(build: Build, pose: LegPose, view: View) -> skia.Path:
    """A hoof: a cut cone on the ground."""
    length, height = build.paw
    outline = ((-0.40, 0.0), (-0.34, 0.9), (0.26, 1.0), (0.52, 0.0))
    return view.outline([_placed(pose, x * length, y * height) for x, y in outline], tension=14)


def _placed(pose: LegPose, x: float, y: float) -> Point:
    c, s = math.cos(pose.toe_angle), math.sin(pose.toe_angle)
    return pose.sole[0] + x * c - y * s, pose.sole[1] + x * s + y * c


def toe_lines(build: Build, pose: LegPose, view: View) -> skia.Path:
    """The gaps between the toes."""
    length, height = build.paw
    path = skia.Path()
    for x in (0.30, 0.47):
        path.moveTo(*view.at(_placed(pose, x * length, height * 0.10)))
        path.lineTo(*view.at(_placed(pose, (x - 0.06) * length, height * 0.48)))
    return path
