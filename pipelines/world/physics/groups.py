"""Things that belong together: rows of dominoes, stacks of boxes, one thing that is sent into others."""

import math
from collections.abc import Sequence
from dataclasses import replace

from pipelines.world.actor import Role
from pipelines.world.physics.openings import action_of, nudge
from pipelines.world.physics.space import Push, Start
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

ROW_GAP = 0.52  # of a domino's height, from one to the next
RESTING = ("stand", "topple", "fall", "sit")
SENT = ("roll", "throw", "kick", "slide", "fly")
MEETINGS = ("knock_over", "collide")  # events in which one thing runs into others
RUN_UP = 1.9  # metres from where a thing is sent to what it meets
AIR_TIME = 0.36  # seconds that a throw or kick at something takes
AIMED_AT = 0.8  # of its height
KICKED = 0.55  # seconds
LIGHT, ROW_SPEED = 0.35, 2.0  # kg and m/s of a ball that is sent into dominoes
HARD = 3.6  # m/s of what is to knock something over


def arranged(
    cast: Sequence[Role], solids: Sequence[Solid], starts: Sequence[Start], place: PlaceKind, events: Sequence[str]
) -> list[Start]:
    """The starts with rows, stacks and encounters set up."""
    result = list(starts)
    sent = _who_is_sent(cast, solids, events)
    for kind in dict.fromkeys(role.kind for role in cast):
        members = [i for i, role in enumerate(cast) if role.kind == kind and i != sent]
        resting = [i for i in members if action_of(cast[i], solids[i]) in RESTING and not solids[i].round]
        if kind == "domino" and len(resting) >= 2:
            _row(result, resting, cast, solids, place, pushed=sent is None)
        elif kind == "box" and len(resting) >= 3:
            _stack(result, resting, cast, solids, falls=any(cast[i].action in ("topple", "fall") for i in resting))
    if sent is not None:
        _send(result, sent, cast, solids, place, hard="knock_over" in events)
    return result


def together_with(solids: Sequence[Solid], cast: Sequence[Role]) -> list[Solid]:
    """The solids as they are among each other: nothing is so heavy that it shoves dominoes aside, feet and all."""
    if not any(role.kind == "domino" for role in cast):
        return list(solids)
    return [replace(solid, mass=min(solid.mass, LIGHT)) if solid.round else solid for solid in solids]


def _row(
    starts: list[Start], members: Sequence[int], cast: Sequence[Role], solids: Sequence[Solid], place: PlaceKind,
    pushed: bool,
) -> None:  # fmt: skip
    """A row along x, the first one tipped."""
    gap = solids[members[0]].height * ROW_GAP
    middle = sum(cast[i].x for i in members) / len(members)
    for n, i in enumerate(members):
        x = middle + (n - (len(members) - 1) / 2) * gap
        push = nudge(solids[i], place.gravity, 1) if n == 0 and pushed else None
        starts[i] = Start(x, solids[i].half_height, push=push)


def _stack(
    starts: list[Start], members: Sequence[int], cast: Sequence[Role], solids: Sequence[Solid], falls: bool
) -> None:
    """A pyramid, or a tower that tips over if it is to fall."""
    solid = solids[members[0]]
    middle = sum(cast[i].x for i in members) / len(members)
    rows = [1] * len(members) if falls else _pyramid(len(members))
    upright = iter(members)
    for level, count in enumerate(rows):
        for n in range(count):
            i = next(upright)
            wobble = float(cast[i].rng(23).uniform(-0.04, 0.04)) * solid.length
            x = middle + (n - (count - 1) / 2) * solid.length * 1.04 + wobble
            y = solid.half_height + level * (solid.height + 0.0008)
            push = Push(0.7, 1.15 * (y - solid.half_height), 0.0, -0.5) if falls and level else None
            starts[i] = Start(x, y, push=push)


def _pyramid(count: int) -> list[int]:
    """Boxes in each row, from the ground up: every row smaller than the one under it."""
    base = math.ceil((math.sqrt(8 * count + 1) - 1) / 2)
    rows = []
    while count > 0:
        rows.append(min(base, count))
        count -= base
        base = max(1, base - 1)
    return rows


def _who_is_sent(cast: Sequence[Role], solids: Sequence[Solid], events: Sequence[str]) -> int | None:
    """The one thing that is sent into the others, if the story has such a one."""
    meets = len(cast) > 1 and any(event in MEETINGS for event in events)
    if len({role.kind for role in cast}) < 2 and not meets:
        return None
    active = [i for i, role in enumerate(cast) if role.action in SENT]
    rest = [i for i, role in enumerate(cast) if i not in active and not (solids[i].sheet or solids[i].volume)]
    if len(active) == 1 and rest:
        return active[0]
    if not meets:
        return None
    return next((i for i, solid in enumerate(solids) if solid.round), 0)


def _send(
    starts: list[Start], sent: int, cast: Sequence[Role], solids: Sequence[Solid], place: PlaceKind, hard: bool
) -> None:
    """Moves what is met to the right of the middle and sends the one from the left."""
    met = [i for i in range(len(starts)) if i != sent]
    solid = solids[sent]
    for i in met:
        if solids[i].round:
            starts[i] = Start(cast[i].x, solids[i].half_height)
        else:
            starts[i] = replace(starts[i], push=None, vx=0.0, vy=0.0, spin=0.0, hovers=False)
    edge = min(starts[i].x - solids[i].length / 2 for i in met)
    for i in met:
        starts[i] = replace(starts[i], x=starts[i].x + 0.25 - edge)
    x = 0.25 - solid.length / 2 - RUN_UP
    row = all(cast[i].kind == "domino" for i in met)
    if cast[sent].action in ("throw", "kick", "fly") and not row:
        starts[sent] = _aimed(cast[sent], solid, x, max(starts[i].y + solids[i].half_height for i in met), place)
        return
    speed = ROW_SPEED if row else HARD if hard else 2.7
    starts[sent] = Start(x, solid.half_height, speed, spin=-speed / solid.radius if solid.round else 0.0)


def _aimed(role: Role, solid: Solid, x: float, top: float, place: PlaceKind) -> Start:
    """Kicked or thrown at the upper part of what stands `top` metres high."""
    y = solid.half_height + (0.0 if role.action == "kick" else 0.9)
    vy = (AIMED_AT * top - y) / AIR_TIME + place.gravity * AIR_TIME / 2
    vx = RUN_UP / AIR_TIME
    if role.action == "kick":
        return Start(x, y, push=Push(KICKED, vx, vy, -6.0))
    return Start(x, y, vx, vy, spin=-3.0)
