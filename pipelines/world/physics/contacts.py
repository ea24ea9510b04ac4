"""What a simulation leaves behind: where everything was, and what met what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

RATE = 960  # steps a second
STEP = 1 / RATE
JOLT = 0.16  # m/s in one step from which a change of motion is a knock
APART = 0.06  # seconds between two knocks of one body
SAME = 3  # steps within which two bodies knock each other


@dataclass(frozen=True)
class Contact:
    """Two surfaces that met."""

    time: float  # seconds
    body: int
    other: str  # "floor", a segment's name, or "body 3"
    material: str  # of the other
    speed: float  # m/s of approach
    impulse: float  # N s
    point: tuple[float, float]  # metres


@dataclass(frozen=True)
class Flight:
    """What became of all bodies."""

    positions: np.ndarray  # (steps, bodies, 2) float64 metres
    angles: np.ndarray  # (steps, bodies) radians
    grounded: np.ndarray  # (steps, bodies) bool: touches the floor
    contacts: tuple[Contact, ...]  # in order of time
    complete: bool = True  # False: given up because a watcher said so


def knocks_of(
    places: np.ndarray, angles: np.ndarray, grounded: np.ndarray, solids: Sequence[Solid], place: PlaceKind
) -> Iterator[Contact]:
    """The knocks of bodies with edges, read from sudden changes of their motion."""
    if len(places) < 3:
        return
    jolts = {i: _jolts(places[:, i], angles[:, i], solid) for i, solid in enumerate(solids) if not solid.round}
    for i, own in jolts.items():
        for step in _peaks(own):
            if any(j != i and own[step] < _near(other, step) for j, other in jolts.items()):
                continue  # one knock runs through all that touch: told once, where it is hardest
            floor = bool(grounded[step : step + SAME, i].any())
            partner = None if floor else _partner(step, i, jolts)
            impulse = solids[i].mass * float(own[step])
            low = places[step, i, 1] - float(solids[i].lowest(angles[step : step + 1, i])[0])
            point = (float(places[step, i, 0]), low if floor else float(places[step, i, 1]))
            other = "floor" if floor or partner is None else f"body {partner}"
            material = place.surface if floor or partner is None else solids[partner].material
            yield Contact(step * STEP, i, other, material, float(own[step]), impulse, point)


def _jolts(path: np.ndarray, angles: np.ndarray, solid: Solid) -> np.ndarray:
    """(steps,) m/s: how much the motion of a body changes in each step, turning included."""
    change = np.diff(path, 2, axis=0) / STEP
    turn = np.diff(angles, 2) / STEP * np.hypot(solid.length, solid.height) / 4
    return np.concatenate([[0.0], np.hypot(np.hypot(*change.T), turn), [0.0]])


def _peaks(jolts: np.ndarray) -> list[int]:
    """Steps of the knocks: the first of every burst."""
    peaks: list[int] = []
    for step in np.flatnonzero(jolts > JOLT):
        if not peaks or (step - peaks[-1]) * STEP > APART:
            peaks.append(int(step))
    return peaks


def _near(jolts: np.ndarray, step: int) -> float:
    """The hardest jolt at about that step."""
    return float(jolts[max(0, step - SAME) : step + SAME].max())


def _partner(step: int, body: int, jolts: dict[int, np.ndarray]) -> int | None:
    """The other body that is knocked at that moment, or None."""
    around = {j: _near(own, step) for j, own in jolts.items() if j != body}
    strongest = max(around, key=around.__getitem__, default=None)
    return strongest if strongest is not None and around[strongest] > JOLT / 2 else None
