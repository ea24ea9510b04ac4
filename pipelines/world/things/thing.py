"""A thing that physics moves: its track says where it is, its painter how it looks.

A new one is one function in a file of this folder:

    @thing("apple", Solid(0.2, "fruit", 0.3, radius=0.05), natural="fall")
    def apple(seen: Seen) -> None: ...
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipelines.world.actor import Actor, Happening, Role, Shadow, actor
from pipelines.world.camera import Camera
from pipelines.world.colours import pigment
from pipelines.world.geometry import Colour, Point, Point3
from pipelines.world.styles.painter import Painter
from pipelines.world.things.solid import Solid, register_solid, solid_of

WINDOW = (1.1, 3.2)  # metres: least and most that the camera shows of a performance before it follows
CLOSENESS = 7.0  # what it shows of a performance in sizes of the thing
ROOM = 1.5  # heights of the thing that are shown when it only stands
SETTLING = 0.45  # seconds over which the camera smooths what it follows
ACTIONS = ("bounce", "throw", "roll", "fall", "kick", "float", "drift", "spin", "slide", "topple", "fly", "stand")


@dataclass(frozen=True)
class Seen:
    """A thing as the camera sees it at one instant."""

    painter: Painter
    camera: Camera
    role: Role
    solid: Solid
    position: Point3  # metres: its centre
    angle: float  # radians, counter-clockwise
    turn: np.ndarray  # (3, 3) float: how it is turned in space
    t: float

    @cached_property
    def spot(self) -> tuple[float, float, float]:
        """(column, row, pixels per metre) of its centre."""
        return self.camera.project(self.position)

    def at(self, x: float, y: float, z: float = 0.0) -> Point:
        """The pixel of a point of the thing, metres from its centre along its own axes; it turns about z only."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        px, py, pz = self.position
        return self.camera.project((px + c * x - s * y, py + s * x + c * y, pz + z))[:2]

    def pigment(self, default: Colour, number: int = 0) -> Colour:
        """The colour asked for, or the default. Of several things each gets the next colour first."""
        colours = self.role.colours
        if number >= len(colours):
            return pigment(None, default)
        return pigment(colours[(self.role.index + number) % len(colours)], default)


Paint = Callable[[Seen], None]


class Thing:
    """An actor whose place comes from its track."""

    def __init__(self, role: Role, paint: Paint, upright: bool) -> None:
        """`upright` things keep their top up when they set out."""
        self.role, self.paint, self.upright = role, paint, upright
        self.solid = solid_of(role.kind, role.scale)

    def pose(self, t: float) -> tuple[Point3, float]:
        """(centre in metres, angle in radians) at a time."""
        if self.role.track is not None:
            return self.role.track.at(t)
        return (self.role.x, self.solid.half_height, self.role.z), 0.0

    def position(self, t: float) -> Point3:
        (x, y, z), angle = self.pose(t)
        return x, y - float(self.solid.lowest(np.array([angle]))[0]), z

    def extent(self) -> tuple[float, float]:
        return self.solid.length, self.solid.height + self.solid.tail

    def framed(self, t: float) -> tuple[Point3, tuple[float, float]]:
        """(foot, extent) of what the camera shows: the whole performance, or a window that goes along with it."""
        track = self.role.track
        if track is None:
            return self.position(t), self.extent()
        if track.shown is not None:
            left, bottom, right, top = track.shown
            return ((left + right) / 2, bottom, self.role.z), (right - left, top - bottom)
        (x, width), (y, height) = (self._window(axis, t) for axis in (0, 1))
        foot = y - height / 2
        return (x, max(0.0, foot) if self._low >= 0 else foot, self.role.z), (
            width,
            max(height, ROOM * self.solid.height),
        )

    @cached_property
    def _low(self) -> float:
        return float(self.role.track.positions[:, 1].min()) - self.solid.half_height

    def _window(self, axis: int, t: float) -> tuple[float, float]:
        """(middle, size) in metres along x or y."""
        low, high, smoothed, rate = self._paths[axis]
        usual = CLOSENESS * math.sqrt(self.solid.length * self.solid.height)
        size = min(high - low, min(max(usual, WINDOW[0]), WINDOW[1]) + (self.solid.tail if axis else 0.0))
        middle = float(np.interp(t, np.arange(len(smoothed)) / rate, smoothed))
        return min(max(middle, low + size / 2), high - size / 2), size

    @cached_property
    def _paths(self) -> tuple[tuple[float, float, np.ndarray, float], ...]:
        """(lowest, highest, smoothed path, samples a second) along x and y, the thing's own size included."""
        track, rate = self.role.track, 24.0
        step = max(1, round(track.rate / rate))
        reach = math.hypot(*self.extent()) / 2 if not self.solid.round else self.solid.radius
        paths = []
        for axis in (0, 1):
            path = track.positions[::step, axis].astype(float)
            around = np.arange(-36, 37) / rate
            weights = np.exp(-0.5 * (around / SETTLING) ** 2)
            padded = np.pad(path, 36, "edge")
            smoothed = np.convolve(padded, weights / weights.sum(), "valid")
            below = reach if axis == 0 else self.solid.half_height + self.solid.tail
            paths.append((path.min() - below, path.max() + reach, smoothed, track.rate / step))
        return tuple(paths)

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        position, angle = self.pose(t)
        track = self.role.track
        if track is not None and track.turns is not None:
            turn = track.turns[min(max(round(t * track.rate), 0), len(track.turns) - 1)].astype(float)
        else:
            turn = about_z(angle)
        self.paint(Seen(painter, camera, self.role, self.solid, position, angle, turn @ self._tilt, t))

    @cached_property
    def _tilt(self) -> np.ndarray:
        """How it lay in the hand: pleasant to look at, different for each."""
        rng = self.role.rng(31)
        if self.upright:
            return about_x(-0.3) @ about_y(rng.uniform(0, 6.28))
        return about_x(rng.uniform(0.35, 0.75)) @ about_z(rng.uniform(0, 6.28))

    def shadows(self, t: float) -> Sequence[Shadow]:
        if self.role.surface == "water":
            return ()
        (x, _, z), angle = self.pose(t)
        height = max(0.0, self.position(t)[1])
        c, s = abs(math.cos(angle)), abs(math.sin(angle))
        across = self.solid.radius or (c * self.solid.length + s * self.solid.height) / 2
        return (Shadow(x, z, across * 1.05, height),)

    def happenings(self) -> Sequence[Happening]:
        """None: physics knows of every contact."""
        return ()


def thing(
    kind: str, solid: Solid, *, home: str = "park", actions: Sequence[str] = ACTIONS, upright: bool = False
) -> Callable[[Paint], Callable[[Role], Actor]]:
    """Registers a thing that physics moves, with the function that paints it."""

    def register(paint: Paint) -> Callable[[Role], Actor]:
        register_solid(kind, solid)

        def build(role: Role) -> Actor:
            return Thing(role, paint, upright)

        size = (solid.length, solid.height)
        return actor(kind, size=size, actions=actions, family="thing", physical=True, home=home)(build)

    return register


def about_z(angle: float) -> np.ndarray:
    """(3, 3) rotation, counter-clockwise as the camera sees it."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def about_x(angle: float) -> np.ndarray:
    """(3, 3) rotation that takes the top away from the camera."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1.0, 0, 0], [0, c, -s], [0, s, c]])


def about_y(angle: float) -> np.ndarray:
    """(3, 3) rotation about the vertical."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0, s], [0, 1.0, 0], [-s, 0, c]])
