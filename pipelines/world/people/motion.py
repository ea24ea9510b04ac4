"""Motions: what a person does, as a pose at any time. Files under motions/, registered with `@motion("walk")`."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from pipelines.world.actor import Happening, Role
from pipelines.world.people.look import Look
from pipelines.world.people.measures import Measures
from pipelines.world.people.pose import Pose
from pipelines.world.people.sight import Sight

Prop = Callable[[Sight], None]  # paints something that belongs to the motion


@dataclass(frozen=True)
class Performer:
    """Who moves."""

    role: Role
    look: Look
    measures: Measures

    @property
    def beat(self) -> float:
        """0 to 1: by how much this one's rhythms differ from the others'."""
        return float(self.role.rng(91, *self.role.kind.encode()).random())


@dataclass(frozen=True)
class Motion:
    """Everything about what somebody does, facing right (heading 1) and starting at x = 0."""

    pose: Callable[[float], Pose]  # seconds → pose; x counted from the mark
    length: float  # metres that it takes along x
    height: float  # metres that it takes upwards
    speed: float = 0.0  # metres a second along x
    level: float = 0.0  # metres above the ground of the lowest point
    happenings: tuple[Happening, ...] = ()
    gestures: bool = False  # the hands are free to speak
    attends: bool = False  # the head is free to look at the camera and at others
    lying: bool = False
    behind: Prop | None = None  # a stool, a board
    before: Prop | None = None  # foam
    waterline: bool = False  # what lies below y = 0 is hidden by water


_motions: dict[str, Callable[[Performer], Motion]] = {}


def motion(*names: str) -> Callable[[Callable[[Performer], Motion]], Callable[[Performer], Motion]]:
    """Registers what people do when an action of these names is asked for."""

    def register(build: Callable[[Performer], Motion]) -> Callable[[Performer], Motion]:
        for name in names:
            _motions[name] = build
        return build

    return register


@cache
def motions() -> dict[str, Callable[[Performer], Motion]]:
    """Every motion by name of its action."""
    from pipelines.world.people import motions as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _motions


def motion_of(performer: Performer) -> Motion:
    """What the performer does; who does something unknown, or nothing, stands."""
    known = motions()
    action = performer.role.action or ("talk" if performer.role.cues else "stand")
    return known.get(action, known["stand"])(performer)


def footsteps_heard(performer: Performer, landings: list, strength: float) -> tuple[Happening, ...]:
    """The sound of every landing inside the shot."""
    role = performer.role
    boots = performer.look.outfit.shoes
    sole = {"boots": "boot", "bare": "bare"}.get(boots, "shoe")
    return tuple(
        Happening(
            step.land,
            "footstep",
            (step.foot.x, 0.0, step.foot.z),
            role.surface,
            sole,
            strength,
            size=performer.measures.height / 1.75,
        )
        for step in landings
        if 0 <= step.land < role.seconds
    )


def in_place(happening: Happening, role: Role) -> Happening:
    """A happening of a motion, where the role performs it."""
    x, y, z = happening.position
    return replace(happening, position=(role.x + role.heading * x, y, role.z + z))
