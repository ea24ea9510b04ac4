"""Physics for one shot: who takes part, how they start, what becomes of them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipelines.world.actor import Happening, Role, Track, kinds
from pipelines.world.physics.contacts import RATE, Flight
from pipelines.world.physics.depth import swung
from pipelines.world.physics.groups import arranged, together_with
from pipelines.world.physics.openings import Scene, start_for
from pipelines.world.physics.sounds import happenings_of
from pipelines.world.physics.space import Space, Start
from pipelines.world.physics.staging import Story, find, story_of
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import solid_of
from pipelines.world.things.thing import about_y

WIND_SPEED = 1.4  # m/s of air near the ground when the wind is 1
SPIN_LASTS = 2.2  # seconds until a twirl has slowed to 1/e
STAGE_WIDTH = 3.6  # metres that a staged shot shows at least
_ACTION_OF = {
    "drop": "fall", "fall": "fall", "hit_ground": "fall", "splash": "fall", "bounce": "bounce", "roll": "roll",
    "roll_away": "roll", "topple": "topple", "float": "float", "slide": "slide", "spin": "spin",
}  # fmt: skip


def perform(
    roles: Sequence[Role], place: PlaceKind, events: Sequence[str], seconds: float, seed: int
) -> tuple[list[Role], list[Happening]]:
    """The roles with the tracks of those that physics moves, and every contact that can be heard."""
    moved = [i for i, role in enumerate(roles) if kinds()[role.kind].physical]
    if not moved:
        return list(roles), []
    cast = [_told(roles[i], events) for i in moved]
    solids = together_with([solid_of(role.kind, role.scale) for role in cast], cast)
    starts = [start_for(Scene(role, s, place, seconds, role.rng(17))) for role, s in zip(cast, solids, strict=True)]
    story = story_of(events, place) if solids[0].round else None
    if story is not None:
        return _staged(roles, moved[0], story, place, seconds, seed)
    starts = arranged(cast, solids, starts, place, events)
    wind = 0.0 if place.indoor else WIND_SPEED * cast[0].wind
    flight = _hovering(Space(place, solids, starts, wind).run(seconds), starts, seed)
    depths = np.full(flight.angles.shape, cast[0].z)
    result = list(roles)
    for j, i in enumerate(moved):
        turns = _twirled(len(depths), starts[j].twirl) if starts[j].twirl else None
        result[i] = replace(roles[i], z=cast[0].z, track=_track(flight, j, depths[:, j], turns))
    return result, happenings_of(flight, solids, starts, place, depths)


def _told(role: Role, events: Sequence[str]) -> Role:
    """The role with an action from the events, if it has none of its own."""
    told = next((_ACTION_OF[event] for event in events if event in _ACTION_OF), None)
    return replace(role, action=told) if role.action is None and told else role


def _staged(
    roles: Sequence[Role], actor: int, story: Story, place: PlaceKind, seconds: float, seed: int
) -> tuple[list[Role], list[Happening]]:
    """One thing tells a story with what the place has; the others stay where they are."""
    solid = solid_of(roles[actor].kind, roles[actor].scale)
    found = find(story, solid, place, seconds, seed)
    flight = found.flight
    knocks = [c.time for c in flight.contacts if c.other != "floor"]
    floor = next((c.time for c in flight.contacts if c.other == "floor"), seconds)
    after = max((time for time in knocks if time < floor), default=floor)
    box = _stage_box(place)
    x, z, turns = swung(flight, after, box[0] + 0.25)
    positions = np.column_stack([x, flight.positions[:, 0, 1], z]).astype(np.float32)
    angles = flight.angles[:, 0].astype(np.float32)
    track = Track(RATE, positions, angles, turns, shown=box if story.shows_stage else None)
    result = [replace(role, z=0.0, track=track) if i == actor else role for i, role in enumerate(roles)]
    return result, happenings_of(flight, [solid], [found.start], place, z[:, None])


def _stage_box(place: PlaceKind) -> tuple[float, float, float, float]:
    """(left, bottom, right, top) in metres of what a staged shot has to show: what can be met, and floor to roll on."""
    points = [p for segment in place.obstacles if segment.name != "wall" for p in (segment.start, segment.end)]
    points = points or [p for segment in place.obstacles for p in (segment.start, segment.end)]
    right = max(x for x, _ in points) + 0.4
    return right - STAGE_WIDTH, 0.0, right, max(y for _, y in points) + 0.2


def _twirled(count: int, rate: float) -> np.ndarray:
    """(count, 3, 3) float32: turning about the vertical, slower and slower."""
    times = np.arange(count) / RATE
    angles = rate * SPIN_LASTS * (1 - np.exp(-times / SPIN_LASTS))
    return np.array([about_y(float(a)) for a in angles], np.float32)


def _track(flight: Flight, j: int, depths: np.ndarray, turns: np.ndarray | None) -> Track:
    positions = np.column_stack([flight.positions[:, j], depths]).astype(np.float32)
    return Track(RATE, positions, flight.angles[:, j].astype(np.float32), turns)


def _hovering(flight: Flight, starts: Sequence[Start], seed: int) -> Flight:
    """The flight with those that magic holds up swaying gently in the air."""
    if not any(start.hovers for start in starts):
        return flight
    positions, angles, grounded = flight.positions.copy(), flight.angles.copy(), flight.grounded.copy()
    times = np.arange(len(positions)) / RATE
    for j, start in enumerate(starts):
        if start.hovers:
            phase = np.random.default_rng([seed, j, 5]).uniform(0, 2 * math.pi)
            positions[:, j, 0] = start.x + 0.05 * np.sin(0.9 * times + phase)
            positions[:, j, 1] = start.y + 0.09 * np.sin(1.7 * times + phase)
            angles[:, j] = 0.16 * np.sin(1.1 * times + phase)
            grounded[:, j] = False
    contacts = tuple(c for c in flight.contacts if not starts[c.body].hovers)
    return Flight(positions, angles, grounded, contacts)
