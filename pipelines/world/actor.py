"""Actors: everything with a body, from a dog to a ball. Roles are plain data; actors draw and tell what happens.

A kind of actor is one factory, registered with `@actor("dog")` in a file under people/, animals/ or things/:

    @actor("dog", size=(1.1, 0.75), actions=("run", "walk", "sit"))
    def dog(role: Role) -> Actor: ...
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from pipelines.cameo.likeness import Likeness
from pipelines.sound.speech import Speech
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3
from pipelines.world.styles.painter import Painter


@dataclass(frozen=True)
class Track:
    """Where a simulated body is, sampled at a fixed rate."""

    rate: float  # samples per second
    positions: np.ndarray  # (n, 3) float32, metres: the body's centre
    angles: np.ndarray  # (n,) float32, radians, counter-clockwise as the camera sees it
    turns: np.ndarray | None = None  # (n, 3, 3) float32 rotations of bodies that also roll towards the camera
    shown: tuple[float, float, float, float] | None = None  # metres: left, bottom, right, top that the camera shows

    def at(self, t: float) -> tuple[Point3, float]:
        """(position, angle) at a time in seconds, held at both ends."""
        place = min(max(t * self.rate, 0.0), len(self.positions) - 1.0)
        i = min(int(place), len(self.positions) - 2) if len(self.positions) > 1 else 0
        j, k = min(i + 1, len(self.positions) - 1), place - i
        position = self.positions[i] + (self.positions[j] - self.positions[i]) * k
        angle = self.angles[i] + (self.angles[j] - self.angles[i]) * k
        return (float(position[0]), float(position[1]), float(position[2])), float(angle)


@dataclass(frozen=True)
class Cue:
    """A line that a role speaks: when it starts, and its phonemes."""

    time: float  # seconds of the shot
    speech: Speech


@dataclass(frozen=True)
class Role:
    """One performer of a shot, as plain data."""

    kind: str
    action: str | None = None
    attributes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    x: float = 0.0  # metres: where it stands, or where it is when the shot starts
    z: float = 0.0
    heading: int = 1  # 1 towards the right of the frame, -1 left
    scale: float = 1.0  # of the kind's usual size
    seconds: float = 5.0  # length of the shot
    seed: int = 0
    index: int = 0  # among several of one kind
    surface: str = "grass"  # what is under its feet
    cues: tuple[Cue, ...] = ()
    track: Track | None = None  # of bodies that physics moved
    wind: float = 0.3  # 0 to 1
    cameo: str | None = None  # handle of the real person who plays it
    likeness: Likeness | None = None  # of that person
    pace: float = 1.0  # seconds of its own that pass each second: faster or slower than is its way

    def rng(self, *salt: int) -> np.random.Generator:
        """A random generator of this role's own."""
        return np.random.default_rng([self.seed, self.index, *salt])


@dataclass(frozen=True)
class Happening:
    """Something audible that an actor does, and where. Fields as in pipelines.sound.score.SoundEvent."""

    time: float
    kind: str
    position: Point3
    material: str = ""
    struck_by: str = ""
    strength: float = 0.5
    seconds: float = 0.0
    size: float = 1.0


@dataclass(frozen=True)
class Shadow:
    """A dark spot that a body throws on the ground."""

    x: float
    z: float
    radius: float  # metres, along x
    height: float = 0.0  # metres between body and ground: the higher, the fainter


class Actor(Protocol):
    """A pure function of time: the same t always gives the same pose, drawing and position."""

    role: Role

    def position(self, t: float) -> Point3:
        """Where the actor is at a time: metres, the middle of its body over the ground, y its lowest point."""

    def extent(self) -> tuple[float, float]:
        """(length along x, height) in metres of the actor as it performs."""

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        """Paints the actor into the frame; the canvas is in pixels."""

    def shadows(self, t: float) -> Sequence[Shadow]:
        """The dark spots under it."""

    def happenings(self) -> Sequence[Happening]:
        """Everything audible that it does during the shot, without speech."""


@dataclass(frozen=True)
class Kind:
    """A sort of actor: its name, usual size and what it can do."""

    name: str
    build: Callable[[Role], Actor]
    size: tuple[float, float]  # metres: length, height
    actions: tuple[str, ...]
    family: str  # person, animal, thing
    physical: bool = False  # moved by the physics of the scene
    home: str = "meadow"  # the place where it is found when the prompt names none
    voice: str | None = None  # name of the voice that speaks its lines


_kinds: dict[str, Kind] = {}


def actor(
    *names: str,
    size: tuple[float, float],
    actions: Sequence[str],
    family: str,
    physical: bool = False,
    home: str = "meadow",
    voice: str | None = None,
) -> Callable[[Callable[[Role], Actor]], Callable[[Role], Actor]]:
    """Registers a factory for kinds of these names."""

    def register(build: Callable[[Role], Actor]) -> Callable[[Role], Actor]:
        for name in names:
            _kinds[name] = Kind(name, build, size, tuple(actions), family, physical, home, voice)
        return build

    return register


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of actor by name."""
    from pipelines.world import animals, people, things

    for package in (people, animals, things):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return _kinds


def cast(role: Role) -> Actor:
    """The actor that plays a role. Raises KeyError for a kind that nobody draws."""
    return kinds()[role.kind].build(role)
