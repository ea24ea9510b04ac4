"""Physics for one shot: who takes part, how they start, what becomes of them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipelines.world.actor import Happening, Role, Track, kinds
from pipelines.world.physics.openings import Scene, start_for
from pipelines.world.physics.sounds import happenings_of
from pipelines.world.physics.space import RATE, Flight, Space, Start
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import solid_of
from pipelines.world.things.thing import about_y

WIND_SPEED = 1.4  # m/s of air near the ground when the wind is 1
SPIN_LASTS = 2.2  # seconds until a twirl has slowed to 1/e


def perform(
    roles: Sequence[Role], place: PlaceKind, events: Sequence[str], seconds: float, seed: int
) -> tuple[list[Role], list[Happening]]:
    """The roles with the tracks of those that physics moves, and every contact that can be heard."""
    moved = [i for i, role in enumerate(roles) if kinds()[role.kind].physical]
    if not moved:
        return list(roles), []
    cast = [roles[i] for i in moved]
    solids = [solid_of(role.kind, role.scale) for role in cast]
    starts = [start_for(Scene(role, s, place, seconds, role.rng(17))) for role, s in zip(cast, solids, strict=True)]
    wind = 0.0 if place.indoor else WIND_SPEED * cast[0].wind
    flight = Space(place, solids, starts, wind).run(seconds)
    flight = _hovering(flight, starts, seed)
    depths = np.full(flight.angles.shape, cast[0].z)
    result = list(roles)
    for j, i in enumerate(moved):
        track = _track(flight, j, depths[:, j], starts[j])
        result[i] = replace(cast[j], z=float(depths[0, j]), track=track)
    return result, happenings_of(flight, solids, starts, place, depths)


def _track(flight: Flight, j: int, depths: np.ndarray, start: Start) -> Track:
    positions = np.column_stack([flight.positions[:, j], depths]).astype(np.float32)
    turns = None
    if start.twirl:
        times = np.arange(len(positions)) / RATE
        angles = start.twirl * SPIN_LASTS * (1 - np.exp(-times / SPIN_LASTS))
        turns = np.array([about_y(float(a)) for a in angles], np.float32)
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
