"""What the learned vote sees of a text: its words, their neighbours, their families and pieces, each with its place.

A family gathers words that mean alike in both languages (`data/policy/vote/families.csv`): what was learned about one
of them holds for the others, also for those that no example has.
"""

import csv
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from pipelines.director.text import plain
from pipelines.safety.policy import FOLDER
from pipelines.safety.reading import Text
from pipelines.safety.skeleton import base, skeleton
from pipelines.safety.spelling import leans_french

FAMILIES = FOLDER / "vote" / "families.csv"
WINDOW = 24  # tokens that are looked at together at most
STEP = 12  # tokens from one window to the next
LONG = 200  # tokens from which on a text is looked at without overlaps, whatever its sentences: there is much of it
PIECES = (3, 4, 5)  # letters
LONGEST = 24  # letters of a word that are looked at in pieces
# How much a feature of each kind weighs in learning.
KINDS = {"word": 1.0, "pair": 0.8, "family": 0.8, "both": 0.6, "piece": 0.35}
# Families of names of peoples, religions and origins. To name somebody is never a sign: they count only beside others.
NAMES_OF_PEOPLES = frozenset(("group", "nation"))
A_PEOPLE = "@people"  # stands for each of their names, so that what is said of one is known of all
# Words that stand in every text: alone they say more about who wrote the examples than about what is meant.
_SMALL = frozenset(
    ("the", "a", "an", "and", "or", "of", "to", "in", "on", "at", "by", "for", "with", "as", "is", "are", "was", "be")
    + ("they", "he", "she", "it", "we", "i", "then", "after", "from", "into", "that", "this", "has", "have", "all")
    + ("le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "en", "au", "aux", "dans", "sur", "sous", "par")
    + ("pour", "avec", "ils", "elles", "il", "elle", "je", "on", "nous", "vous", "se", "qui", "que", "est", "sont")
    + ("apres", "puis", "dit", "say", "says", "tout", "toute", "tous", "toutes", "ancien", "ce", "ca", "y", "ne", "moi")
    + ("l", "d", "s", "t", "c", "j", "n", "m", "qu", "son", "sa", "ses", "mon", "ma", "mes", "his", "her", "my", "its")
)


class Feature(NamedTuple):
    """Something that a text has, at tokens `first` to `last`."""

    name: str  # kind:value
    first: int
    last: int


def windows(text: Text) -> Iterator[tuple[int, int]]:
    """The first token of each window of a text and the one behind its last: a short text is one, else its sentences."""
    count = len(text.tokens)
    if count > LONG:
        yield from ((first, min(first + WINDOW, count)) for first in range(0, count, WINDOW))
        return
    sentences = [0 if count <= WINDOW else token.sentence for token in text.tokens]
    starts = [at for at in range(count) if at == 0 or sentences[at] != sentences[at - 1]]
    for start, end in pairwise([*starts, count]):
        for first in range(start, max(end - STEP, start + 1), STEP):
            yield first, min(first + WINDOW, end)


def features(text: Text, first: int, end: int) -> list[Feature]:
    """The words, pairs and families of the tokens from `first` to before `end`, everything once."""
    words = [token.text for token in text.tokens[first:end]]
    found: dict[str, Feature] = {}
    met: dict[str, int] = {}  # family → its first token
    kept = [(_word(word), first + index) for word, index in skeleton(words, french=leans_french(words))]
    for place, (word, index) in enumerate(kept):
        if word in _SMALL:
            continue
        of = families().get(word, ())
        if "nation" in of:
            kept[place] = (A_PEOPLE, index)
        else:
            found.setdefault(f"word:{word}", Feature(f"word:{word}", index, index))
        for family in of:
            met.setdefault(family, index)
    for (word, index), (following, after) in zip([("^", first), *kept], [*kept, ("$", end - 1)], strict=True):
        name = f"pair:{word} {following}"
        found.setdefault(name, Feature(name, index, after))
    return [*found.values(), *_families_met(met)]


def _families_met(met: dict[str, int]) -> Iterator[Feature]:
    """The families of a text, and every two of them that meet in different words."""
    for family, index in met.items():
        if family not in NAMES_OF_PEOPLES:
            yield Feature(f"family:{family}", index, index)
    for (one, index), (other, after) in combinations(sorted(met.items()), 2):
        if index != after:
            yield Feature(f"both:{one} {other}", min(index, after), max(index, after))


def with_pieces(text: Text, first: int, end: int) -> list[Feature]:
    """The same, and the pieces of the words, everything once."""
    found = {one.name: one for one in features(text, first, end)}
    for index in range(first, end):
        for piece in pieces(text.tokens[index].plain):
            found.setdefault(piece, Feature(piece, index, index))
    return list(found.values())


def _word(word: str) -> str:
    """The word; of a number only its length."""
    return "#" * min(len(word), 5) if word.isdigit() else word


def pieces(word: str) -> tuple[str, ...]:
    """The pieces of a word, plain, that may be known though the word is not; none of a small word or a people."""
    if word in _SMALL or "nation" in families().get(word, ()):
        return ()
    edged = f"<{word[:LONGEST]}>"
    return tuple(f"piece:{edged[at : at + size]}" for size in PIECES for at in range(len(edged) - size + 1))


@lru_cache(maxsize=1)
def families(path: Path = FAMILIES) -> dict[str, tuple[str, ...]]:
    """The families of every word that has some, by its dictionary form in either language."""
    found: dict[str, dict[str, None]] = {}
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, strict=True):
            for word in (*row["english"].split(), *row["french"].split()):
                for form in {plain(word), base(word, french=False), base(word, french=True)}:
                    found.setdefault(_word(form), {})[row["family"]] = None
    return {word: tuple(names) for word, names in found.items()}
