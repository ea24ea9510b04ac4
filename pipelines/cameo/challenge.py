"""The live check's challenge: numbers to say and turns of the head, in an order that nobody can know before."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

NUMBERS = 3
TURNS = (("left", "right", "left"), ("left", "left", "right"), ("left", "right", "right"),
         ("right", "left", "right"), ("right", "right", "left"), ("right", "left", "left"))  # fmt: skip
SAY, TURN, START = 2.4, 2.2, 1.2  # seconds for a number, for a turn and back, and before the first
LIFETIME = 300  # seconds within which the recording must arrive

Kind = Literal["say", "turn"]


@dataclass(frozen=True)
class Step:
    """One thing to do, and when; seconds from the start of the recording."""

    kind: Kind
    value: str  # the number in digits, or "left" / "right" as the person themselves sees it
    start: float
    end: float


@dataclass(frozen=True)
class Challenge:
    """What one recording must show. Kept by the server, used once."""

    id: str
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """How long the recording lasts."""
        return self.steps[-1].end + 0.4

    def later(self, seconds: float) -> "Challenge":
        """The same for a recording that began so many seconds before the steps did; below 0: after."""
        steps = (Step(step.kind, step.value, step.start + seconds, step.end + seconds) for step in self.steps)
        return Challenge(self.id, tuple(steps))

    @property
    def turns(self) -> tuple[str, ...]:
        """The turns in their order, as the person sees them."""
        return tuple(step.value for step in self.steps if step.kind == "turn")

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(int(step.value) for step in self.steps if step.kind == "say")

    def as_json(self) -> dict[str, Any]:
        """What the page is told and the database keeps."""
        return {"id": self.id, "seconds": self.seconds, "steps": [vars(step) for step in self.steps]}

    @staticmethod
    def from_json(fields: Mapping[str, Any]) -> "Challenge":
        return Challenge(str(fields["id"]), tuple(Step(**step) for step in fields["steps"]))


def new_challenge(identity: str) -> Challenge:
    """A fresh challenge under that id: three numbers from 10 to 99, three turns, shuffled together. Nobody can guess
    the order (15 million of them), so that a recording made earlier does not fit."""
    source = secrets.SystemRandom()
    numbers: list[tuple[Kind, str]] = [("say", str(n)) for n in source.sample(range(10, 100), NUMBERS)]
    turns: list[tuple[Kind, str]] = [("turn", side) for side in source.choice(TURNS)]
    return Challenge(identity, _timed(_interleaved(numbers, turns, source)))


def _interleaved(
    one: list[tuple[Kind, str]], other: list[tuple[Kind, str]], source: secrets.SystemRandom
) -> list[tuple[Kind, str]]:
    """Both lists in one, each in its own order."""
    merged, places = [], set(source.sample(range(len(one) + len(other)), len(one)))
    first, second = iter(one), iter(other)
    for place in range(len(one) + len(other)):
        merged.append(next(first) if place in places else next(second))
    return merged


def _timed(things: list[tuple[Kind, str]]) -> tuple[Step, ...]:
    steps, time = [], START
    for kind, value in things:
        seconds = SAY if kind == "say" else TURN
        steps.append(Step(kind, value, round(time, 2), round(time + seconds, 2)))
        time += seconds
    return tuple(steps)
