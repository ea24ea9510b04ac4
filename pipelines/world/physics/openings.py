"""How each action sets a thing going. A new action is one function."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipelines.world.actor import Role
from pipelines.world.physics.space import Push, Start
from pipelines.world.physics.surfaces import surface_named
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

LIVELIEST = 0.88  # what the best toy ball keeps of its speed
SPRINGIEST = 1.4  # bounce of a ball that is to bounce on sand


@dataclass(frozen=True)
class Scene:
    """What an opening may look at."""

    role: Role
    solid: Solid
    place: PlaceKind
    seconds: float
    rng: np.random.Generator

    @property
    def drop(self) -> float:
        """Metres from which it is dropped: small things from lower, so that they are seen well."""
        return min(1.7, max(0.7, 5.6 * self.solid.height))

    @property
    def afloat(self) -> bool:
        """Whether it lies on open water, too heavy for the air."""
        return self.place.surface == "water" and self.place.medium < 100 and not self.light

    @property
    def light(self) -> bool:
        """Whether what fills the place carries it."""
        return bool(self.place.medium) and self.solid.displaced * self.place.medium >= 0.9 * self.solid.mass

    @property
    def rest(self) -> float:
        """Height of the centre in metres when it stands on the ground, or swims."""
        return 0.0 if self.afloat else self.solid.half_height

    def fall_time(self, height: float) -> float:
        """Seconds of a free fall from so many metres."""
        return math.sqrt(2 * height / max(self.place.gravity, 0.05))


Opening = Callable[[Scene], Start]
OPENINGS: dict[str, Opening] = {}


def opening(*actions: str) -> Callable[[Opening], Opening]:
    def register(function: Opening) -> Opening:
        for action in actions:
            OPENINGS[action] = function
        return function

    return register


def action_of(role: Role, solid: Solid) -> str:
    """What the role does: what it was told if that can be done, else what comes natural."""
    return role.action if role.action in OPENINGS else solid.natural


def start_for(scene: Scene) -> Start:
    """How the role's body sets out."""
    return OPENINGS[action_of(scene.role, scene.solid)](scene)


@opening("bounce")
def bounce(scene: Scene) -> Start:
    """Dropped from about a man's height; as lively as it needs to be to go on for the shot."""
    solid, rng, role = scene.solid, scene.rng, scene.role
    height = scene.rest + scene.drop * rng.uniform(0.86, 1.0)
    falls = scene.seconds / scene.fall_time(height)
    needed = min(LIVELIEST, (falls - 1) / (falls + 1)) / surface_named(scene.place.surface).lively
    vx = role.heading * rng.uniform(0.12, 0.2)
    return Start(
        role.x - vx * scene.seconds / 2, height, vx, spin=-vx * rng.uniform(2, 6),
        bounce=max(solid.bounce, min(SPRINGIEST, needed)), angle=0.0 if solid.round else rng.uniform(-0.3, 0.3),
    )  # fmt: skip


@opening("throw", "jump")
def throw(scene: Scene) -> Start:
    """From the left in an arc that comes down a little beyond its mark."""
    rng, side = scene.rng, scene.role.heading
    vx, vy = rng.uniform(2.5, 2.9), rng.uniform(3.2, 3.8) * math.sqrt(scene.place.gravity / 9.81)
    return Start(scene.role.x - side * 2.3, scene.rest + 1.1, side * vx, vy, spin=side * rng.uniform(3, 6))


@opening("roll", "run", "drive", "skate")
def roll(scene: Scene) -> Start:
    """Comes rolling from one side; what cannot roll slides."""
    if not scene.solid.round:
        return slide(scene)
    side, slowing = scene.role.heading, surface_named(scene.place.surface).rolling * scene.place.gravity
    time = min(scene.seconds, 6.0)
    speed = max(1.0, slowing * time * 0.75) * scene.rng.uniform(0.95, 1.1)
    travelled = speed * time - slowing * time * time / 2 if speed > slowing * time else speed**2 / (2 * slowing)
    return Start(scene.role.x - side * travelled / 2, scene.rest, side * speed, spin=-side * speed / scene.solid.radius)


@opening("slide")
def slide(scene: Scene) -> Start:
    """Pushed from one side, it slides until friction stops it."""
    grip = math.sqrt(surface_named(scene.place.surface).grip * scene.solid.friction) * scene.place.gravity
    distance = 1.2 + scene.solid.length / 2
    speed = math.sqrt(2 * max(grip, 0.3) * distance)
    return Start(scene.role.x - scene.role.heading * distance * 0.6, scene.rest, scene.role.heading * speed)


@opening("fall", "drop")
def fall(scene: Scene) -> Start:
    """Let go high up; what flutters starts as high as it needs to fill the shot."""
    solid, rng = scene.solid, scene.rng
    if solid.sheet and scene.place.medium:
        height = min(4.0, 0.8 + 0.62 * scene.seconds) * rng.uniform(0.86, 1.0) + 0.25 * (scene.role.index % 3)
        tilt = rng.choice((-1, 1)) * rng.uniform(0.25, 0.7)
        return Start(scene.role.x, height, angle=float(tilt), spin=rng.uniform(-0.6, 0.6))
    spin = 0.0 if solid.round else rng.uniform(-1.6, 1.6)
    return Start(
        scene.role.x, scene.rest + scene.drop * rng.uniform(0.95, 1.2), angle=rng.uniform(-0.2, 0.2), spin=spin
    )


@opening("kick")
def kick(scene: Scene) -> Start:
    """Lies still for a moment, then is kicked."""
    side, rng = scene.role.heading, scene.rng
    vx, vy = rng.uniform(3.0, 3.5), rng.uniform(3.4, 3.9) * math.sqrt(scene.place.gravity / 9.81)
    return Start(scene.role.x - side * 2.0, scene.rest, push=Push(0.55, side * vx, vy, -side * rng.uniform(4, 9)))


@opening("float", "swim", "drift", "sail")
def drift(scene: Scene) -> Start:
    """Carried by air or water if that can carry it, else held up as if by magic."""
    solid, rng = scene.solid, scene.rng
    if solid.sheet:
        return fall(scene)
    if solid.glides:
        return fly(scene)
    if scene.afloat:
        return Start(scene.role.x, solid.half_height * 1.6, rng.uniform(0.1, 0.25) * scene.role.heading)
    if scene.light:
        return Start(scene.role.x - 0.3, scene.rest + solid.tail + rng.uniform(0.2, 0.5), spin=rng.uniform(-0.2, 0.2))
    if solid.volume:  # it cannot float, but sinks slowly in what there is
        return Start(scene.role.x - 0.4, scene.rest + 2.2, 0.3, -0.6, angle=rng.uniform(-0.2, 0.2))
    return Start(scene.role.x, rng.uniform(1.0, 1.2) + solid.half_height, hovers=True)


@opening("fly")
def fly(scene: Scene) -> Start:
    """Wings glide, light things are blown about, the rest is thrown."""
    solid, rng, side = scene.solid, scene.rng, scene.role.heading
    if solid.glides:
        reach = 0.75 * min(scene.seconds, 6.0)
        return Start(scene.role.x - side * reach, 1.9, side * 3.6, 0.9, angle=0.25 if side > 0 else math.pi - 0.25)
    if solid.sheet:
        return Start(scene.role.x - 0.8, 0.9, 1.4, 2.6, angle=rng.uniform(0.4, 1.0), spin=rng.uniform(1, 3))
    return drift(scene) if scene.light else throw(scene)


@opening("spin", "dance")
def spin(scene: Scene) -> Start:
    """Turns on the spot; what is not round is tossed up turning."""
    if scene.solid.round:
        return Start(scene.role.x, scene.rest, twirl=9.0)
    return Start(scene.role.x, scene.rest + 0.3, vy=4.2 * math.sqrt(scene.place.gravity / 9.81), spin=7.0)


@opening("topple")
def topple(scene: Scene) -> Start:
    """Stands for a moment, then is tipped over its edge."""
    if scene.solid.round:
        return roll(scene)
    start = stand(scene)
    return Start(start.x, start.y, push=nudge(scene.solid, scene.place.gravity, scene.role.heading))


def nudge(solid: Solid, gravity: float, side: int, time: float = 0.6) -> Push:
    """The push that tips a standing thing over the edge of its foot: a little more energy than that takes."""
    foot = max(x for x, y in solid.corners if y < -0.95 * solid.half_height)
    arm = math.hypot(foot, solid.half_height)
    inertia = solid.inertia + solid.mass * arm**2
    rate = math.sqrt(2 * solid.mass * gravity * (arm - solid.half_height) * 1.35 / inertia) + 0.25
    return Push(time, side * rate * solid.half_height, rate * foot, -side * rate)


@opening("stand", "sit", "sleep", "wait")
def stand(scene: Scene) -> Start:
    """Rests; a ball is put down with one gentle bounce, what floats stays in the air."""
    if scene.light:
        return drift(scene)
    return Start(scene.role.x, scene.rest + (0.1 if scene.solid.round else 0.0))
