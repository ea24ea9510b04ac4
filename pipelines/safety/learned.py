"""A small vote that was learned from examples: whether a text reads like those that are refused, and like which.

It sees paraphrases that no phrase of the policy foresaw. It adds a signal, `alike_<area>`, with the words that speak
most for it; what that signal means is written in `rules.toml` like everything else, and can be amended like it.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from pipelines.safety.features import Feature, features, pieces, windows
from pipelines.safety.matching import Hit, Meaning
from pipelines.safety.policy import FOLDER, LEARNED
from pipelines.safety.reading import Text

WEIGHTS = FOLDER / "vote" / "weights.npz"
FINE = 0  # the column of what is fine; the areas of LEARNED follow
TELLING = 0.4  # of what the most telling word says, from which on a word is shown
MOST_SHOWN = 6  # words
FEWEST = 6  # tokens; fewer are left to the rules: "video game" stands in too few examples to be judged by
SHORT = 8  # tokens; what is said in so few hangs on one or two of them
MORE_SURE = 0.7  # of the doubt that is left to a long text, taken away for a short one


@dataclass(frozen=True)
class Vote:
    """Whole-number weights by feature: (1 + areas) columns, the first of what is fine."""

    places: dict[str, int] = field(repr=False)  # feature → row
    weights: np.ndarray = field(repr=False)  # (features, 1 + areas) int16
    bias: np.ndarray  # (1 + areas,) int64
    step: float  # what one whole number is worth
    sure: tuple[float, ...]  # by area: from this share on, 0 to 1, of all that is not fine, the vote is cast

    @cached_property
    def _differences(self) -> np.ndarray:
        """(features, 1 + areas) int32: how much more each feature speaks for an area than for what is fine."""
        return self.weights.astype(np.int32) - self.weights[:, FINE : FINE + 1]

    @cached_property
    def _pieces(self) -> Callable[[str], frozenset[int]]:
        """The rows of a word's pieces, remembered for the words that come again and again."""
        return lru_cache(maxsize=16384)(lambda word: self._rows(pieces(word)))

    def _rows(self, names: Iterable[str]) -> frozenset[int]:
        return frozenset(row for row in map(self.places.get, names) if row is not None)

    def shares_of(self, text: Text, first: int, end: int) -> list[float]:
        """How likely a window of a text is fine, and of each area; they add up to 1."""
        rows = self._rows(one.name for one in features(text, first, end))
        return self._shares(sorted(rows.union(*(self._pieces(token.plain) for token in text.tokens[first:end]))))

    def shares(self, found: list[Feature]) -> list[float]:
        """How likely a text with these features is fine, and of each area; they add up to 1."""
        return self._shares(sorted(self._rows(one.name for one in found)))

    def _shares(self, rows: list[int]) -> list[float]:
        sums = ((self.weights[rows].sum(axis=0, dtype=np.int64) + self.bias) * self.step).tolist()
        most = max(sums)
        powers = [math.exp(one - most) for one in sums]
        whole = sum(powers)
        return [one / whole for one in powers]

    def hits(self, text: Text) -> list[Hit]:
        """The words of a text for which it reads like what is refused; none where it does not."""
        if len(text.tokens) < FEWEST:
            return []
        judged = [(self.shares_of(text, first, end), first, end) for first, end in windows(text)]
        shares, first, end = min(judged, key=lambda one: one[0][FINE])
        area = self.area(shares, end - first)
        if area is None:
            return []
        meaning = _meaning(LEARNED[area - 1])
        return [Hit(meaning, token, token) for token in self._telling(text, first, end, area)]

    def area(self, shares: list[float], length: int) -> int | None:
        """The column of the area that these shares of a window of so many tokens speak for; None where none is sure."""
        area = max(range(1, len(LEARNED) + 1), key=lambda index: shares[index])
        sure = self.sure[area - 1]
        if length <= SHORT:
            sure += (1 - sure) * MORE_SURE
        return area if 1 - shares[FINE] >= sure else None

    def _telling(self, text: Text, first: int, end: int, area: int) -> Iterator[int]:
        """The tokens of a window that speak most for an area, in the order of the text."""
        known = [one for one in features(text, first, end) if one.name in self.places]
        said: defaultdict[int, float] = defaultdict(float)
        for one, more in zip(known, self._more([self.places[one.name] for one in known], area), strict=True):
            for token in {one.first, one.last}:
                said[token] += more / len({one.first, one.last})
        for token in range(first, end):
            said[token] += sum(self._more(sorted(self._pieces(text.tokens[token].plain)), area))
        best = sorted(said, key=lambda token: (-said[token], token))[:MOST_SHOWN]
        yield from sorted(token for token in best if said[token] >= TELLING * said[best[0]])

    def _more(self, rows: list[int], area: int) -> list[int]:
        """How much more each feature speaks for an area than for what is fine."""
        return self._differences[rows, area].tolist()


@lru_cache(maxsize=16)
def _meaning(area: str) -> Meaning:
    return Meaning(f"alike_{area}", f"alike_{area}")


@lru_cache(maxsize=1)
def learned_vote(path: Path = WEIGHTS) -> Vote:
    """The vote that is shipped with the policy."""
    with np.load(path, allow_pickle=False) as stored:
        names = stored["features"].tobytes().decode().split("\n")
        return Vote(
            places={name: row for row, name in enumerate(names)},
            weights=stored["weights"],
            bias=stored["bias"].astype(np.int64),
            step=float(stored["step"]),
            sure=tuple(stored["sure"].tolist()),
        )
