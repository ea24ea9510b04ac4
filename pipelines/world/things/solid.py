"""What a thing is to physics: its shape, mass and manners. Every kind that physics moves has one."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pipelines.world.geometry import Point


@dataclass(frozen=True)
class Solid:
    """A rigid body round its centre of mass. Either round (`radius`) or with a convex outline (`corners`)."""

    mass: float  # kg
    material: str  # what it sounds like: a name in sound/materials.toml
    bounce: float  # speed that it keeps when it meets a hard floor, 0 to 1
    friction: float = 0.6
    radius: float = 0.0  # metres
    corners: tuple[Point, ...] = ()  # metres, counter-clockwise as the camera sees it
    depth: float = 0.2  # metres along z
    drag: float = 0.47  # drag coefficient
    volume: float = 0.0  # m³ of what surrounds it that it displaces; 0: that of its shape, under water only
    sheet: bool = False  # a thin plate along its own x axis, that flutters
    glides: bool = False  # has wings
    tail: float = 0.0  # metres: length of a string that hangs below
    upright: float = 0.0  # 1/s²: how strongly it rights itself in the air
    wheels: float = 0.0  # metres: radius of the wheels it rolls on
    natural: str = "stand"  # what it does when nobody says

    @property
    def round(self) -> bool:
        return self.radius > 0

    @property
    def half_height(self) -> float:
        """Metres from the centre down to the lowest point, upright."""
        return self.radius or -min(y for _, y in self.corners)

    @property
    def length(self) -> float:
        """Metres along x, upright."""
        return 2 * self.radius or max(x for x, _ in self.corners) - min(x for x, _ in self.corners)

    @property
    def height(self) -> float:
        """Metres along y, upright."""
        return 2 * self.radius or max(y for _, y in self.corners) - min(y for _, y in self.corners)

    @property
    def displaced(self) -> float:
        """m³ that its shape takes."""
        return self.volume or (
            4 / 3 * math.pi * self.radius**3 if self.round else self.length * self.height * self.depth
        )

    @property
    def section(self) -> float:
        """m² that it shows to the stream."""
        return math.pi * self.radius**2 if self.round else self.depth * math.hypot(self.length, self.height) * 0.7

    @property
    def inertia(self) -> float:
        """kg m²: a hollow ball, or a plate as wide and high as the outline."""
        if self.round:
            return 2 / 3 * self.mass * self.radius**2
        return self.mass * (self.length**2 + self.height**2) / 12

    def lowest(self, angles: np.ndarray) -> np.ndarray:
        """(n,) metres from the centre down to the lowest point at angles of (n,) radians."""
        if self.round:
            return np.full(len(angles), self.radius)
        x, y = np.array(self.corners).T
        return -(np.sin(angles)[:, None] * x + np.cos(angles)[:, None] * y).min(1)

    def scaled(self, k: float) -> "Solid":
        """The same thing k times as large."""
        return replace(
            self, mass=self.mass * k**3, radius=self.radius * k, depth=self.depth * k, volume=self.volume * k**3,
            corners=tuple((x * k, y * k) for x, y in self.corners), tail=self.tail * k,
        )  # fmt: skip


def block(width: float, height: float) -> tuple[Point, ...]:
    """The corners of a rectangle round its middle."""
    return (-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2)


_solids: dict[str, Solid] = {}


def register_solid(kind: str, solid: Solid) -> None:
    _solids[kind] = solid


def solid_of(kind: str, scale: float = 1.0) -> Solid:
    """The solid of a kind of thing at a scale. Raises KeyError for a kind that physics does not move."""
    return _solids[kind].scaled(scale) if scale != 1 else _solids[kind]
