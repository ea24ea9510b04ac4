"""Things that move by themselves or stand fast, on a path that is a formula: cars, boats, kites, trees."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.world.actor import Actor, Happening, Role, Shadow, actor
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point, Point3
from pipelines.world.styles.painter import Painter
from pipelines.world.things.solid import Solid, block
from pipelines.world.things.thing import Seen, about_z


@dataclass(frozen=True)
class Way:
    """Where a craft is at one time: the middle of its foot, and how it leans."""

    x: float  # metres from its mark
    y: float = 0.0
    angle: float = 0.0  # radians, counter-clockwise


Path = Callable[[Role, float], Way]
Noise = Callable[[Role], Sequence[Happening]]


class Craft:
    """An actor on a path."""

    def __init__(
        self, role: Role, size: tuple[float, float], path: Path, paint: Callable[[Seen], None], noise: Noise
    ) -> None:
        self.role, self.path, self.paint, self.noise = role, path, paint, noise
        self.size = (size[0] * role.scale, size[1] * role.scale)
        self.solid = Solid(1.0, "metal", 0.1, corners=block(*self.size))

    def position(self, t: float) -> Point3:
        way = self.path(self.role, t)
        return self.role.x + way.x, way.y, self.role.z

    def extent(self) -> tuple[float, float]:
        return self.size

    def framed(self, t: float) -> tuple[Point3, tuple[float, float]]:
        """What the camera shows: the whole of it, on its way."""
        return self.position(t), self.size

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        angle = self.path(self.role, t).angle
        self.paint(Seen(painter, camera, self.role, self.solid, self.position(t), angle, about_z(angle), t))

    def shadows(self, t: float) -> Sequence[Shadow]:
        x, y, z = self.position(t)
        return () if self.role.surface == "water" else (Shadow(x, z, self.size[0] * 0.5, y),)

    def happenings(self) -> Sequence[Happening]:
        return self.noise(self.role)


def craft(
    kind: str,
    size: tuple[float, float],
    path: Path,
    *,
    actions: Sequence[str],
    home: str,
    noise: Noise = lambda role: (),
) -> Callable[[Callable[[Seen], None]], Callable[[Role], Actor]]:
    """Registers a craft of that size (length, height in metres) with the function that paints it."""

    def register(paint: Callable[[Seen], None]) -> Callable[[Role], Actor]:
        def build(role: Role) -> Actor:
            return Craft(role, size, path, paint, noise)

        return actor(kind, size=size, actions=actions, family="thing", home=home)(build)

    return register


def travelled(role: Role, t: float, speed: float, start: float = 0.6) -> float:
    """Metres that something has gone after it set out gently, `speed` in m/s."""
    eased = t - start * (1 - math.exp(-t / start))
    return role.heading * speed * eased


def local(seen: Seen, flip: int = 1) -> Callable[..., Point]:
    """A function from (x, y, z) in metres of the thing's own drawing (x ahead, y up from its foot) to pixels."""
    k = seen.role.scale

    def at(x: float, y: float, z: float = 0.0) -> Point:
        return seen.at(x * flip * k, y * k, z * k)

    return at


def arc(
    at: Callable[..., Point], x: float, y: float, rx: float, ry: float, start: float, end: float, n: int = 9
) -> list[Point]:
    """Pixels of an arc round (x, y) in metres, from `start` to `end` in degrees."""
    return [at(x + rx * math.cos(a), y + ry * math.sin(a)) for a in np.radians(np.linspace(start, end, n))]
