"""What physics can be heard: impacts, splashes, rolling and sliding, from contacts and tracks."""

from collections.abc import Iterator, Sequence

import numpy as np

from pipelines.world.actor import Happening
from pipelines.world.physics.contacts import RATE, Flight
from pipelines.world.physics.space import Start
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

FULL_ENERGY = 10.0  # joules: as loud as an impact gets
USUAL = 0.12  # metres: half the size of a thing of usual pitch
SLOWEST, SHORTEST = 0.1, 0.25  # m/s and seconds: what rolls slower or shorter is not heard
DRAGS = 0.35  # m/s: what slides slower does so in silence
GAP = 0.12  # seconds: shorter pauses do not end a roll


def happenings_of(
    flight: Flight, solids: Sequence[Solid], starts: Sequence[Start], place: PlaceKind, depths: np.ndarray
) -> list[Happening]:
    """Everything audible; `depths` is (steps, bodies) z in metres."""
    heard = list(_impacts(flight, solids, starts, depths))
    for i, (solid, start) in enumerate(zip(solids, starts, strict=True)):
        heard += _along_the_ground(flight, i, solid, place, depths)
        if place.surface == "water":
            heard += _splashes(flight, i, solid, depths)
        if start.push is not None and solid.round:
            at = (start.x, start.y, float(depths[0, i]))
            heard.append(Happening(start.push.time, "impact", at, solid.material, "leather", 0.6, size=_size(solid)))
    return sorted(heard, key=lambda happening: happening.time)


def _size(solid: Solid) -> float:
    return min(3.0, max(0.3, solid.half_height / USUAL))


def _impacts(
    flight: Flight, solids: Sequence[Solid], starts: Sequence[Start], depths: np.ndarray
) -> Iterator[Happening]:
    for contact in flight.contacts:
        solid, push = solids[contact.body], starts[contact.body].push
        if push is not None and abs(contact.time - push.time) < 0.02:
            continue  # the push itself
        energy = 0.5 * contact.impulse * contact.speed
        strength = min(1.0, (energy / FULL_ENERGY) ** 0.3)
        step = min(round(contact.time * RATE), len(depths) - 1)
        position = (*contact.point, float(depths[step, contact.body]))
        if strength > 0.02:
            yield Happening(
                contact.time, "impact", position, contact.material, solid.material, strength, size=_size(solid)
            )


def _splashes(flight: Flight, i: int, solid: Solid, depths: np.ndarray) -> Iterator[Happening]:
    """Where a body goes under the surface of open water."""
    bottom = flight.positions[:, i, 1] - solid.half_height
    speed = -np.gradient(bottom) * RATE if len(bottom) > 1 else np.zeros(1)
    last = -1.0
    for step in np.flatnonzero((bottom[1:] < 0) & (bottom[:-1] >= 0)) + 1:
        if speed[step] > 0.6 and step / RATE - last > 0.2:
            last = step / RATE
            x, y = flight.positions[step, i]
            strength = min(1.0, 0.12 + 0.1 * float(speed[step]))
            yield Happening(
                last, "splash", (x, y, float(depths[step, i])), "water", solid.material, strength, size=_size(solid)
            )


def _along_the_ground(
    flight: Flight, i: int, solid: Solid, place: PlaceKind, depths: np.ndarray
) -> Iterator[Happening]:
    """Stretches of rolling or sliding on the floor."""
    path = np.column_stack([flight.positions[:, i, 0], depths[:, i]])
    if len(path) < 2 or solid.sheet:
        return
    speed = np.hypot(*np.gradient(path, axis=0).T) * RATE
    moving = flight.grounded[:, i] & (speed > SLOWEST)
    for first, last in _stretches(moving, round(GAP * RATE)):
        seconds = (last - first) / RATE
        if seconds < SHORTEST or moving[first:last].mean() < 0.8:
            continue
        x, y = flight.positions[first, i]
        if not solid.round and not solid.wheels and speed[first:last].max() < DRAGS:
            continue
        strength = float(np.clip(0.14 * speed[first] * solid.mass**0.3, 0.04, 0.7))
        kind = "roll" if solid.round or solid.wheels else "slide"
        yield Happening(
            first / RATE,
            kind,
            (x, y, float(depths[first, i])),
            place.surface,
            solid.material,
            strength,
            seconds,
            _size(solid),
        )


def _stretches(mask: np.ndarray, gap: int) -> list[tuple[int, int]]:
    """[start, end) of runs of True, those nearer than `gap` joined."""
    places = np.flatnonzero(mask)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(places) - 1]])
    return [(int(places[s]), int(places[e]) + 1) for s, e in zip(starts, ends, strict=True)]
