"""Phrases of the policy that are built from parts: `rope|noose + ceiling|beam`, `{private_person} > cry`.

Parts joined by `>` follow each other closely; groups of them joined by `+` stand near each other in any order. Words
joined by `|` stand for each other. `{signal}` is anything that this signal found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

NEAR = 14  # words between the groups at most
NEXT = 7  # words from one part to the following one at most
Part = tuple[str, ...]  # phrases that stand for each other


class Place(NamedTuple):
    """Where something stands: its first and last token, and every token that it is made of as a bit."""

    first: int
    last: int
    tokens: int


Places = Mapping[str, Iterable[Place]]  # by phrase or {signal}


@dataclass(frozen=True)
class Combination:
    """Groups of parts that mean something only together. The parts of a group stand in their order."""

    groups: tuple[tuple[Part, ...], ...]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for group in self.groups for part in group)

    @property
    def rarest(self) -> Part:
        """The part to look for first: one of words rather than of signals, the one with the fewest forms."""
        return min(self.parts, key=lambda part: (sum(form.startswith("{") for form in part), len(part)))


def place(first: int, last: int) -> Place:
    """The place of neighbouring tokens."""
    return Place(first, last, (1 << last + 1) - (1 << first))


def is_combination(phrase: str) -> bool:
    """Whether a phrase has parts, or refers to a signal."""
    return " + " in phrase or " > " in phrase or phrase.startswith("{")


def combination(phrase: str) -> Combination:
    """The parts of a phrase that has some."""
    return Combination(
        tuple(tuple(tuple(spelled_out(part.strip())) for part in group.split(" > ")) for group in phrase.split(" + "))
    )


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
    return list(dict.fromkeys(" ".join(filter(None, words)).replace("_", " ") for words in product(*choices)))


def meetings(one: Combination, places: Places, sentences: Sequence[int]) -> Iterator[Place]:
    """Where all parts of a combination meet, once for each place of its first group.

    sentences: of every token, the number of its sentence; what follows each other does so in one.
    """
    rest = [list(_in_order(group, places, sentences)) for group in one.groups[1:]]
    if not all(rest):
        return
    for found in _in_order(one.groups[0], places, sentences):
        for candidates in rest:
            other = min(
                (one for one in candidates if not one.tokens & found.tokens and _gap(one, found) <= NEAR),
                key=lambda one: _gap(one, found),
                default=None,
            )
            if other is None:
                break
            found = _joined(found, other)
        else:
            yield found


def _in_order(group: tuple[Part, ...], places: Places, sentences: Sequence[int]) -> Iterator[Place]:
    """Where the parts of a group follow each other, once for each place of the first part."""
    for first in dict.fromkeys(_places_of(group[0], places)):
        found, before = first, first
        for part in group[1:]:
            following = (
                one
                for one in _places_of(part, places)
                if 0 < one.first - before.last <= NEXT and sentences[one.first] == sentences[before.last]
            )
            before = min(following, default=None)
            if before is None:
                break
            found = _joined(found, before)
        else:
            yield found


def _places_of(part: Part, places: Places) -> Iterator[Place]:
    return (one for form in part for one in places.get(form, ()))


def _joined(one: Place, other: Place) -> Place:
    return Place(min(one.first, other.first), max(one.last, other.last), one.tokens | other.tokens)


def _gap(one: Place, other: Place) -> int:
    """Words from one place to the other; none where one begins within the other."""
    return max(one.first - other.last, other.first - one.last, 0)
