"""Quadrupeds: one actor for all of them; a kind is a build, a coat and two gaits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.world.actor import Actor, Happening, Role, Shadow
from pipelines.world.animals.build import Build, fitted, young
from pipelines.world.animals.coat import Coat, coloured, marked
from pipelines.world.animals.figure import View, view_of
from pipelines.world.animals.gait import Gait, landings_of, stride
from pipelines.world.animals.life import calling, calls
from pipelines.world.animals.pose import Pose
from pipelines.world.animals.quadruped_dance import BEAT
from pipelines.world.animals.quadruped_motions import LEAP, MOTIONS
from pipelines.world.animals.quadruped_painting import Figure, figure_of, paint_figure
from pipelines.world.animals.quadruped_poses import Performer
from pipelines.world.animals.water import above_water
from pipelines.world.animals.worn import Wearer, worn_by
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3, clamp
from pipelines.world.styles.painter import Painter

YOUNG = ("puppy", "kitten", "baby", "foal", "bear_cub", "fox_cub", "lamb", "calf", "chick", "duckling", "young")
ACTIONS = tuple(MOTIONS)
TRAVELS = ("walk", "run", "swim")
DEPTH_OF_WATER = 0.9  # metres under the surface that an animal swims at where there is no surface


@dataclass(frozen=True)
class Species:
    """One kind of quadruped."""

    name: str
    build: Build
    coat: Coat
    walk: Gait
    run: Gait
    step: str = "paw"  # what strikes the ground
    call_seconds: float = 0.35
    call_gap: tuple[float, float] = (1.6, 3.2)  # seconds between calls when it is lively
    rears: bool = False
    pants: bool = False
    trunk: bool = False  # eats with it
    weight: float = 0.4  # 0 to 1: how loud its steps are
    swim_speed: float = 0.8
    wag: float = 1.2  # of its tail, per second; joy doubles it


class Quadruped:
    """A performer on four legs."""

    def __init__(self, role: Role, species: Species) -> None:
        self.role, self.species = role, species
        child = any(name in YOUNG for name in role.attributes)
        self.build = fitted(young(species.build) if child else species.build)
        self.coat = marked(coloured(species.coat, role), role)
        pace = (
            1.25
            if "fast" in role.attributes
            else 0.75
            if "slow" in role.attributes or "old" in role.attributes
            else 1.0
        )
        self.walk, self.run = (
            _paced(gait, pace, role.scale, 0.86 if child else 1.0) for gait in (species.walk, species.run)
        )
        self.action = role.action if role.action in MOTIONS else "stand"
        if role.cues and self.action in ("stand", "look"):
            self.action = "talk"
        self.performer = Performer(
            role,
            self.build,
            self.walk,
            self.run,
            species.call_seconds,
            species.rears,
            species.pants,
            species.trunk,
        )
        self.worn = worn_by(role.attributes)

    # ---- movement
    @property
    def gait(self) -> Gait | None:
        return {"walk": self.walk, "run": self.run}.get(self.action)

    @property
    def speed(self) -> float:
        """Metres per second."""
        if self.action == "swim":
            return self.species.swim_speed * self.role.scale
        return self.gait.speed * self.role.scale if self.gait else 0.0

    def position(self, t: float) -> Point3:
        base = DEPTH_OF_WATER if self.action == "swim" and self.role.surface != "water" else 0.0
        return self.role.x + self.role.heading * self.speed * t, base, self.role.z

    def pose(self, t: float) -> Pose:
        """The pose at a time, with ears that lag behind the head."""
        bare, before = self._bare(t), self._bare(t - 0.09)
        drop = (before.shoulders[1] + 0.4 * before.neck) - (bare.shoulders[1] + 0.4 * bare.neck)
        lag = clamp(drop / max(self.build.shoulders[1], 0.25) * 2.2, -0.6, 0.6)
        mood = 0.25 if "sad" in self.role.attributes else 0.0
        return replace(bare, ears=bare.ears + lag + mood)

    def _bare(self, t: float) -> Pose:
        pose = MOTIONS[self.action](self.performer, t)
        if self.action not in ("talk", "sing") and self.role.cues:
            spoken = MOTIONS["talk"](self.performer, t)
            pose = replace(pose, jaw=max(pose.jaw * 0.3, spoken.jaw), head_yaw=max(pose.head_yaw, 0.6))
        elif self.action not in ("talk", "sing", "laugh", "sleep"):
            loud = calling(self._calls, t, self.species.call_seconds)
            pose = replace(pose, jaw=max(pose.jaw * (1 - loud), 0.9 * loud), head_pitch=pose.head_pitch + 0.12 * loud)
        return pose

    def _tail_wave(self, t: float) -> tuple[float, float]:
        lively = 2.0 if self.performer.happy > 0.5 or self.action in ("play", "dance", "wave") else 1.0
        if self.action == "sleep":
            return 0.02, t
        calm = 0.25 if self.performer.happy < 0 else 1.0
        pace = self.species.wag * lively
        if self.gait:
            pace = 1 / self.gait.period
        return self.build.tail.wag * calm, 2 * math.pi * pace * t

    # ---- drawing
    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        pose, position = self.pose(t), self.position(t)
        facing = self.role.heading * pose.turn
        scale = self.role.scale
        aside = self.build.fore.aside * scale
        middle = (position[0] - facing * self._middle * scale, position[1], position[2])
        view, far = (view_of(camera, middle, facing, scale, offset) for offset in (-aside * 0.6, aside))
        figure = self._figure(pose, view, far, t)
        afloat = self.action == "swim" and self.role.surface == "water"
        with above_water(painter, camera, position, self.build.long * scale, t, afloat):
            paint_figure(painter, figure)
            wearer = Wearer(view, figure.turned, self.build.head, figure.neck_root, self.build.neck_radii)
            for item in self.worn:
                item.paint(painter, wearer, t)

    def _figure(self, pose: Pose, view: View, far: View, t: float) -> Figure:
        return figure_of(self.build, self.coat, pose, view, far, self._tail_wave(t), t)

    def shadows(self, t: float) -> Sequence[Shadow]:
        if self.action == "swim":
            return ()
        pose, scale, (x, _, z) = self.pose(t), self.role.scale, self.position(t)
        way = self.role.heading * pose.turn * scale
        x -= way * self._middle
        middle = (pose.hips[0] + pose.shoulders[0]) / 2
        thick = max(r for _, _, r in self.build.torso)
        height = max(0.0, min(foot.y for foot in pose.feet)) * scale
        spots = [Shadow(x + way * middle, z, (abs(pose.shoulders[0] - pose.hips[0]) * 0.62 + thick) * scale, height)]
        for limb, foot in enumerate(pose.feet):
            leg = self.build.fore if limb < 2 else self.build.hind
            side = leg.aside * scale * (-0.6 if limb % 2 == 0 else 1.0)
            spots.append(
                Shadow(
                    x + way * (foot.x + 0.1 * self.build.paw[0]),
                    z + side,
                    self.build.paw[0] * 0.75 * scale,
                    foot.y * scale * 3,
                )
            )
        return spots

    # ---- what is heard
    def happenings(self) -> Sequence[Happening]:
        return sorted([*self._steps(), *self._voices(), *self._splashes()], key=lambda h: h.time)

    def _steps(self) -> list[Happening]:
        if self.gait:
            times = [(at, limb) for limb in range(4) for at in landings_of(self.gait, limb, self.role.seconds)]
        elif self.action in ("jump", "bounce"):
            times = [
                (n * LEAP + 0.64 * LEAP, limb) for n in range(int(self.role.seconds / LEAP) + 1) for limb in (0, 2)
            ]
        elif self.action in ("dance", "spin"):
            times = [(n * BEAT, 0 if n % 2 else 1) for n in range(1, int(self.role.seconds / BEAT) + 1)]
        else:
            return []
        loud = self.species.weight * (0.65 if self.action == "walk" else 1.0)
        return [self._step(at, limb, loud) for at, limb in times if 0 <= at < self.role.seconds]

    def _step(self, at: float, limb: int, loud: float) -> Happening:
        foot = self.pose(at).feet[limb]
        x, _, z = self.position(at)
        place = (x + self.role.heading * (foot.x - self._middle) * self.role.scale, 0.0, z)
        size = self.role.scale * (0.6 + self.species.weight)
        return Happening(
            at, "footstep", place, self.role.surface, self.species.step, clamp(loud * self.role.scale**0.5), size=size
        )

    @cached_property
    def _calls(self) -> tuple[float, ...]:
        """When it calls: often if it is asked to, now and then if it is lively, never while it says lines."""
        if self.role.cues or self.action == "sleep":
            return ()
        if self.action in ("talk", "sing", "laugh"):
            return calls(self.role, 0.9, 1.7)
        if "happy" in self.role.attributes or self.action in ("run", "play", "dance"):
            return calls(self.role, *self.species.call_gap, first=1.1)[:3]
        return ()

    def _voices(self) -> list[Happening]:
        tall = self.build.shoulders[1] * self.role.scale
        return [
            Happening(
                at,
                "call",
                (self.position(at)[0], tall, self.role.z),
                self.species.name,
                strength=0.6,
                size=self.role.scale,
            )
            for at in self._calls
        ]

    def _splashes(self) -> list[Happening]:
        if self.action != "swim":
            return []
        return [
            Happening(
                round(at, 3),
                "splash",
                (self.position(at)[0], 0.0, self.role.z),
                "water",
                "paw",
                0.25,
                size=0.4 * self.role.scale,
            )
            for at in (0.35 + 0.66 * n for n in range(int(self.role.seconds / 0.66)))
        ]

    @cached_property
    def _box(self) -> tuple[float, float, float]:
        """(back, front, top) in its own metres of everything that its poses reach during a few seconds."""
        xs, ys, build = [], [], self.build
        for n in range(9):
            figure = self._figure(self.pose(0.21 * n), View(0, 0, 1, 1), View(0, 0, 1, 1), 0.21 * n)
            muzzle = figure.turned.solid((build.head.muzzle_tip[0], build.head.muzzle_tip[1], 0), (0.4, 0.4, 0.4))
            skull = figure.turned.solid((0, 0, 0), build.head.skull)
            ears = [figure.turned.at(build.head.ear.tip)]
            u, v, r = build.torso[0]
            points = [*muzzle, *skull, *ears, *figure.tail, figure.spine.at(u - r / figure.spine.length, v)]
            xs += [x for x, _ in points]
            ys += [y for _, y in points]
        return min(xs) - build.tail.fringe * 0.5, max(xs), max(ys)

    @property
    def _middle(self) -> float:
        back, front, _ = self._box
        return (back + front) / 2

    def extent(self) -> tuple[float, float]:
        back, front, top = self._box
        turning = 1.15 if self.action in ("dance", "spin") else 1.0
        return (front - back) * turning * self.role.scale, top * self.role.scale

    # ---- for those who measure
    def planted(self, t: float) -> list[tuple[int, float, float]]:
        """(limb, x in metres of the world, height of the sole) of every foot that stands on the ground at a time."""
        pose, (x, y, _) = self.pose(t), self.position(t)
        standing = range(4) if not self.gait else [limb for limb in range(4) if stride(self.gait, limb, t).planted]
        return [
            (
                limb,
                x + self.role.heading * (pose.feet[limb].x - self._middle) * self.role.scale,
                y + pose.feet[limb].y * self.role.scale,
            )
            for limb in standing
            if pose.feet[limb].planted
        ]


def _paced(gait: Gait, pace: float, scale: float, legs: float) -> Gait:
    """The same steps quicker or slower: small animals step quicker, short legs step shorter."""
    quick = pace * scale**-0.35
    return replace(gait, speed=gait.speed * quick * legs, period=gait.period / quick, lift=gait.lift * legs)


def performed(role: Role, species: Species) -> Actor:
    return Quadruped(role, species)
