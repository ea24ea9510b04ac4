"""Phrases of the policy that are built from parts: `rope|noose + ceiling|beam`, `{private_person} > cry`.

Parts joined by `+` stand near each other in any order, parts joined by `>` follow each other closely. Words joined by
`|` stand for each other. `{signal}` is anything that this signal found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

NEAR = 14  # words between parts in any order at most
NEXT = 6  # words from one part to the following one at most
_JOINS = re.compile(r" ([+>]) ")


@dataclass(frozen=True)
class Combination:
    """Parts that mean something only together; each is a set of phrases that stand for each other."""

    parts: tuple[tuple[str, ...], ...]
    ordered: bool


def is_combination(phrase: str) -> bool:
    """Whether a phrase has parts, or refers to a signal."""
    return _JOINS.search(phrase) is not None or phrase.startswith("{")


def combination(phrase: str) -> Combination:
    """The parts of a phrase that has some."""
    pieces = _JOINS.split(phrase)
    parts = tuple(tuple(spelled_out(piece.strip())) for piece in pieces[::2])
    return Combination(parts, ordered=">" in pieces[1::2])


def signals_in(phrase: str) -> Iterator[str]:
    """The signals that a phrase refers to."""
    return (found[1] for found in re.finditer(r"\{(\w+)\}", phrase))


def spelled_out(phrase: str) -> list[str]:
    """The phrases that one with alternatives stands for: `slit|cut wrists` → slit wrists, cut wrists.

    `_` is a space within an alternative; an empty alternative leaves the word out.
    """
    if "|" not in phrase:
        return [phrase]
    choices = [word.split("|") for word in phrase.split()]
    return [" ".join(filter(None, words)).replace("_", " ") for words in product(*choices)]


def meeting(first: tuple[int, int], rest: list[list[tuple[int, int]]], *, ordered: bool) -> tuple[int, int] | None:
    """From where to where the parts reach, the first one given; None where one is missing.

    Places are the first and last token of a part. One place is no two parts.
    """
    start, end = first
    before = first
    for places in rest:
        if ordered:
            fitting = (place for place in places if 0 < place[0] - before[1] <= NEXT)
        else:
            fitting = (
                place
                for place in places
                if (place[0] > first[1] or place[1] < first[0]) and abs(place[0] - first[0]) <= NEAR
            )
        before = min(fitting, key=lambda place: abs(place[0] - first[0]), default=None)
        if before is None:
            return None
        start, end = min(start, before[0]), max(end, before[1])
    return start, end
