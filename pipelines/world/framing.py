"""Camera work: from words (close, low, push in) and where the actors are, to a camera path."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from pipelines.storyboard import Angle, Framing, Move, Shot
from pipelines.world.actor import Actor
from pipelines.world.camera import handheld
from pipelines.world.geometry import Point3, ease, lerp
from pipelines.world.staged import SAMPLES, CameraTrack

FOCAL = 1.2  # of the frame's height: a 45° view from top to bottom
HOLD = 0.4  # share of its first height at which the camera stays when somebody rises or falls
LOWEST_HORIZON = 0.95  # row, as a share of the frame
WIDE_BY_ITSELF = 2.5  # metres: a performance of this height needs no wider view
STAYS_WITH = 2.0  # metres by which two actors may part during a shot and still be framed together
LEAD = 0.05  # share of the frame's width left free in front of somebody who travels

# What part of the subject is in the frame (its height = 1), and between which rows that part stands (frame height = 1).
_FRAMED = {
    Framing.WIDE: ((0.0, 1.0), (0.80, 0.46)),
    Framing.FULL: ((0.0, 1.0), (0.83, 0.27)),
    Framing.MEDIUM: ((0.42, 1.0), (1.0, 0.20)),
    Framing.CLOSE: ((0.76, 1.0), (0.86, 0.24)),
}
_WIDTH = {Framing.WIDE: 0.55, Framing.FULL: 0.80, Framing.MEDIUM: 0.92, Framing.CLOSE: 1.1}  # of the frame, at most
_EYE = {Angle.LOW: 0.5, Angle.EYE: 0.85}  # camera's height as a share of the subject's


@runtime_checkable
class Framed(Protocol):
    """An actor that the camera frames by where it performs, not by where it is: a ball that bounces."""

    def framed(self, t: float) -> tuple[Point3, tuple[float, float]]:
        """(foot, (length, height)) in metres of what the camera is to show of it at a time."""


@dataclass(frozen=True)
class Group:
    """What the camera frames: the box round all actors at one time."""

    x: float  # metres: its middle
    foot: float  # metres above the ground
    length: float
    height: float
    z: float


def group_at(actors: Sequence[Actor], t: float) -> Group:
    """The box round the actors at a time."""
    boxes = [actor.framed(t) if isinstance(actor, Framed) else (actor.position(t), actor.extent()) for actor in actors]
    left = min(p[0] - e[0] / 2 for p, e in boxes)
    right = max(p[0] + e[0] / 2 for p, e in boxes)
    foot = min(p[1] for p, _ in boxes)
    top = max(p[1] + e[1] for p, e in boxes)
    return Group((left + right) / 2, foot, right - left, top - foot, sum(p[2] for p, _ in boxes) / len(boxes))


def camera_track(shot: Shot, actors: Sequence[Actor], aspect: float, indoors: bool = False) -> CameraTrack:
    """The camera path of a shot for a frame of that aspect (width over height)."""
    count = max(2, math.ceil(shot.seconds * SAMPLES) + 1)
    times = np.arange(count) / SAMPLES
    if not actors:
        groups = [Group(0, 0, 2.2, 1.7, 0)] * count
    elif _stay_together(actors, shot.seconds):
        groups = [group_at(actors, float(t)) for t in times]
    else:  # whoever is on the way passes the others, who stay in the frame
        groups = [group_at(actors, shot.seconds / 2)] * count
    largest = max(groups, key=lambda g: g.height)
    longest = max(g.length for g in groups)
    framing = _close_enough(shot.camera.framing, actors, largest)
    part, rows = _FRAMED[framing]
    size = largest.height
    distance = FOCAL * max(size * (part[1] - part[0]) / (rows[0] - rows[1]), longest / (_WIDTH[framing] * aspect))
    distance = max(distance, 1.1)
    eye = _eye(shot.camera.angle, size, distance, indoors) + 0.8 * max(0.0, groups[0].foot)
    hold = 0.0 if _all_framed(actors) else HOLD
    samples = np.empty((count, 6))
    for i, t in enumerate(times):
        progress = ease(float(t) / max(shot.seconds, 1e-6)) * 0.6 + 0.4 * float(t) / max(shot.seconds, 1e-6)
        samples[i] = _sample(shot, groups, i, progress, distance, eye, size, part, rows, aspect, hold)
        samples[i, :2] += np.multiply(handheld(float(t), 0.5), distance / 5)
    return CameraTrack(samples)


def _stay_together(actors: Sequence[Actor], seconds: float) -> bool:
    """Whether all actors end the shot about as far from each other as they began it."""
    travelled = [actor.position(seconds)[0] - actor.position(0.0)[0] for actor in actors]
    return max(travelled) - min(travelled) < STAYS_WITH


def _close_enough(framing: Framing, actors: Sequence[Actor], largest: Group) -> Framing:
    """Somebody who speaks is seen from nearer than the plain full figure; things are seen whole, and what happens
    over several metres is a wide view by itself."""
    if _all_framed(actors):
        return Framing.WIDE if framing == Framing.WIDE and largest.height < WIDE_BY_ITSELF else Framing.FULL
    speaks = any(actor.role.cues for actor in actors)
    return Framing.MEDIUM if speaks and framing == Framing.FULL and len(actors) <= 2 else framing


def _all_framed(actors: Sequence[Actor]) -> bool:
    return bool(actors) and all(isinstance(actor, Framed) for actor in actors)


def _eye(angle: Angle, size: float, distance: float, indoors: bool) -> float:
    """Metres of the camera above the subject's foot; a high one looks down by about 30°, less under a ceiling."""
    return {
        Angle.LOW: max(0.3, size * _EYE[Angle.LOW]),
        Angle.EYE: min(max(0.6, size * _EYE[Angle.EYE]), 2.4),
        Angle.HIGH: max(size * 1.15, distance * (0.45 if indoors else 0.6)),
    }[angle]


def _sample(
    shot: Shot,
    groups: Sequence[Group],
    i: int,
    progress: float,
    distance: float,
    eye: float,
    size: float,
    part: tuple[float, float],
    rows: tuple[float, float],
    aspect: float,
    hold: float,
) -> tuple[float, ...]:
    """(x, y, z, focal, horizon, shift) at sample i."""
    group, move = groups[i], shot.camera.move
    travelled = groups[-1].x - groups[0].x
    distance *= {
        Move.PUSH_IN: lerp(1.3, 0.82, progress),
        Move.PULL_OUT: lerp(0.82, 1.35, progress),
        Move.CRANE: lerp(1.0, 1.18, progress),
    }.get(move, 1.0)
    if move == Move.CRANE:
        eye = lerp(eye * 0.7, max(eye, 0.62 * distance), progress)
    visible = aspect * distance / FOCAL
    x = group.x + math.copysign(LEAD, travelled) * visible if abs(travelled) > 0.5 else groups[0].x
    if move not in (Move.TRACK, Move.PAN) and abs(travelled) > 0.5:
        free = min(0.2 * visible, max(0.0, (visible - group.length) * 0.4))
        x -= math.copysign(lerp(-free, free, progress), travelled)  # it gains on the camera a little
    shift = 0.0
    if move == Move.ORBIT:
        aside = math.sin(lerp(-0.16, 0.16, progress)) * distance
        x, shift = x + aside, FOCAL * aside / distance
    elif move == Move.PAN:
        shift = lerp(0.26, -0.02, progress) * aspect
    elif move == Move.TRACK and abs(travelled) <= 0.5:
        x += lerp(-0.22, 0.22, progress) * visible
    settled = groups[0].foot * hold + group.foot * (1 - hold)
    if part[0] == 0.0:  # the ground under it is in the frame: its feet stand on their row
        row, height = rows[0], settled
    else:  # its head keeps its row; where the width asks for more distance it comes down a little
        needed = FOCAL * size * (part[1] - part[0]) / (rows[0] - rows[1])
        row, height = rows[1] + 0.3 * max(0.0, 1 - needed / distance), settled + size * part[1]
    horizon = row - FOCAL * (eye - height) / distance
    if horizon > LOWEST_HORIZON:  # the subject is high up: the camera rises rather than lose it
        eye += (horizon - LOWEST_HORIZON) * distance / FOCAL
        horizon = LOWEST_HORIZON
    return x, eye, group.z - distance, FOCAL, min(max(horizon, -0.7), 0.97), shift
