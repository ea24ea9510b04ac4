"""What tells one quadruped from another: proportions in metres of a grown animal, as plain data."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pipelines.world.geometry import Point

Triple = tuple[float, float, float]
Part = Callable[..., Any]  # called with the figure (joined) or with painter and figure (under, over)


@dataclass(frozen=True)
class Leg:
    """A leg from the joint at the body: two long bones, then the foot's upright part (pastern or metatarsus)."""

    upper: float
    lower: float
    foot: float
    radii: tuple[
        float, float, float, float, float
    ]  # half-widths: in the body, at the joint, knee, ankle, above the paw
    aside: float = 0.07  # half the distance between the left and the right leg
    upright: float = 1.66  # radians: how the foot's upright part stands, π/2 is plumb


@dataclass(frozen=True)
class Ear:
    """One ear of a pair, in head radii: where it grows, where its tip points, how wide it is."""

    root: Triple  # forward, up, aside
    tip: Triple
    width: float
    form: str = "leaf"  # leaf (pointed), flop (hangs, wide below), round, fan
    stiff: float = 0.5  # 1: follows every move of the head at once
    inside: bool = True  # its inner side shows another colour


@dataclass(frozen=True)
class HeadShape:
    """A head as solids round its centre, in head radii: x forward, y up, z aside."""

    radius: float  # metres
    skull: Triple  # half-axes
    muzzle_root: Triple  # centre forward, centre up, half-thickness
    muzzle_tip: Triple
    muzzle_breadth: float  # half-breadth of the muzzle's tip over its half-thickness
    nose: Triple  # forward, up, radius
    eye: Triple  # where the near eye sits
    eye_size: float
    ear: Ear
    cheek: Triple | None = None  # centre forward, centre up, radius
    jaw: float = 0.62  # the lower jaw's thickness over the muzzle's
    mouth: float = 0.2  # how far back the mouth reaches: forward coordinate of its corner
    nose_style: str = "pad"  # pad, button, nostrils
    iris: tuple[int, int, int] = (92, 56, 30)
    pupil: str = "round"  # round, slit, bar


@dataclass(frozen=True)
class Tail:
    length: float
    radii: tuple[float, ...]  # half-widths from root to tip
    carried: float  # radians: its root's direction, π is straight back
    curl: float  # radians by which it bends upwards from root to tip
    fringe: float = 0.0  # length of the hair that hangs from it
    wag: float = 0.25  # radians


@dataclass(frozen=True)
class Build:
    """One kind of quadruped."""

    hips: Point  # where the hip joint is when it stands
    shoulders: Point
    torso: tuple[Triple, ...]  # along the spine (0 hips, 1 shoulders), above it, half-thickness
    neck: float  # length
    neck_radii: tuple[float, float]
    neck_angle: float  # radians above the horizon
    neck_root: tuple[float, float]  # along and above the spine
    head: HeadShape
    fore: Leg
    hind: Leg
    tail: Tail
    paw: tuple[float, float]  # length, height
    hoof: bool = False
    fur: float = 0.0  # length of loose fur along its outline
    texture: float = 0.03  # length of the strokes drawn on its coat; 0: a bare skin
    head_pitch: float = 0.0  # radians: how the head is carried, up is positive
    joined: tuple[Part, ...] = ()  # give further paths of the silhouette: a trunk, wool
    under: tuple[Part, ...] = ()  # paint what the body covers: an udder
    over: tuple[Part, ...] = ()  # paint what lies over the body: mane, horns, whiskers

    @property
    def long(self) -> float:
        """Metres from the tail's root to the nose as it stands."""
        head = self.head
        forward = self.neck * 0.75 + head.radius * (head.muzzle_tip[0] + head.muzzle_tip[2])
        return self.shoulders[0] - self.hips[0] + self.torso[0][2] + forward


def young(build: Build) -> Build:
    """The same kind as a child: big head and eyes, short muzzle and legs, round body."""
    head = build.head
    forward, up, thick = head.muzzle_tip
    small_head = replace(
        head,
        radius=head.radius * 1.3,
        eye_size=head.eye_size * 1.2,
        muzzle_tip=(forward * 0.84, up * 0.95, thick * 0.95),
        nose=(head.nose[0] * 0.86, head.nose[1], head.nose[2] * 0.95),
        mouth=head.mouth * 0.9,
    )
    drop = 0.13 * build.hips[1]

    def short(leg: Leg) -> Leg:
        lost = 1 - drop * 1.08 / (leg.upper + leg.lower)
        return replace(leg, upper=leg.upper * lost, lower=leg.lower * lost, radii=tuple(r * 1.08 for r in leg.radii))

    return replace(
        build,
        hips=(build.hips[0] * 0.9, build.hips[1] - drop),
        shoulders=(build.shoulders[0] * 0.9, build.shoulders[1] - drop),
        neck=build.neck * 0.85,
        head=small_head,
        fore=short(build.fore),
        hind=short(build.hind),
        tail=replace(build.tail, length=build.tail.length * 0.85),
    )


def fitted(build: Build) -> Build:
    """The build with bones as long as its standing height asks for: forelegs nearly straight, hind legs bent."""

    def fit(leg: Leg, joint: float, back: float, slack: float) -> Leg:
        ankle = build.paw[1] * 0.55 + leg.foot * math.sin(leg.upright)
        away = math.hypot(joint - ankle, back)
        k = away / slack / (leg.upper + leg.lower)
        return replace(leg, upper=leg.upper * k, lower=leg.lower * k)

    fore = fit(build.fore, build.shoulders[1], 0.0, 0.93)
    hind = fit(build.hind, build.hips[1], 0.2 * build.hind.upper, 0.86)
    return replace(build, fore=fore, hind=hind)
