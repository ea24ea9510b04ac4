"""Disguised and mistaken spellings led back to words that the policy knows: `n4k3d`, `nuuude`, `Swarzenegger`."""

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipelines.director.dictionaries import lookup
from pipelines.director.text import plain

_DICTIONARY = lookup()
_AS_LETTERS = {
    "0": "o",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "+": "t",
}
_AS_LETTERS |= {"€": "e", "£": "l", "¢": "c", "!": "i", "|": "i", "1": "i", "2": "z"}
_WITH_I = str.maketrans(_AS_LETTERS)
_WITH_L = str.maketrans(_AS_LETTERS | {"1": "l", "|": "l", "!": "l"})
_DISGUISE = re.compile(r"[0-9@$+€£¢!|*#]")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(r"(.)\1+", re.DOTALL)
_LONG_RUN = re.compile(r"(.)\1{2,}")
_HISS = re.compile(r"sch|sh|ch|c(?=[eiy])|z")
_SOUNDS = str.maketrans("cqywxj", "kkivkg", "h")
VOWELS = "aeiou"
_VOWEL = re.compile(r"[aeiouy]")
_NO_VOWELS = str.maketrans("", "", VOWELS)
MOST_NEIGHBOURS = 4
ALIKE = 0.7  # of the letters of words that sound the same
SHORTEST_MISSPELLED = 5  # letters; shorter words have too many neighbours
SHORTEST_SOUND = 4  # sounds of a word that is only heard right
SHORTEST_NAME = 6  # letters of a name that stands alone


@lru_cache(maxsize=65536)
def lemma(word: str, language: str) -> str | None:
    """The dictionary form of a word, accents kept; None where the language, `en` or `fr`, has no such word."""
    return _DICTIONARY.get_lemma(word, language)


@lru_cache(maxsize=65536)
def lemmas(word: str) -> tuple[str, ...]:
    """Dictionary forms of a word in English and French, plain; none for a word in neither dictionary."""
    found = (lemma(word, language) for language in ("en", "fr"))
    return tuple(dict.fromkeys(plain(form) for form in found if form))


def is_word(word: str) -> bool:
    """Whether the word stands in the English or French dictionary."""
    return bool(lemmas(word))


def leans_french(words: Iterable[str]) -> bool:
    """Whether more of these words are in the French dictionary alone than in the English one alone."""
    lead = 0
    for word in words:
        lead += (lemma(word, "fr") is not None) - (lemma(word, "en") is not None)
    return lead > 0


def collapsed(word: str) -> str:
    """The word with every run of a letter as one letter."""
    return _RUN.sub(r"\1", word)


def _sound(word: str) -> str:
    """How a name sounds, roughly: what stays the same when it is written by ear."""
    word = _HISS.sub("s", collapsed(word).replace("ph", "f")).translate(_SOUNDS)
    return collapsed(word[:1] + word[1:].translate(_NO_VOWELS))


class Neighbours:
    """Finds the known word that is one mistake away from a given one.

    A mistake leaves either the first half of a word or its second half whole, unless it swaps the letters between them.
    """

    def __init__(self, words: Iterable[str], *, by_sound: bool = False) -> None:
        """`by_sound` finds also words that only sound alike."""
        self._words: frozenset[str] = frozenset(word for word in words if len(word) >= SHORTEST_MISSPELLED)
        self._beginning: dict[tuple[int, str], list[str]] = {}  # by length and first half
        self._ending: dict[tuple[int, str], list[str]] = {}
        self._alike: dict[str, list[str]] = {}  # by sound
        for word in sorted(self._words):
            length = len(word)
            self._beginning.setdefault((length, word[: length // 2]), []).append(word)
            self._ending.setdefault((length, word[length // 2 :]), []).append(word)
            if by_sound:
                self._alike.setdefault(_sound(word), []).append(word)

    def of(self, word: str, *, sound: bool = False) -> tuple[str, ...]:
        """Known words that are a single mistake away (or, asked for, sound the same), a few at most."""
        if not SHORTEST_MISSPELLED - 1 <= len(word) <= 30:
            return ()
        near = [known for known in self._candidates(word) if OSA.distance(word, known, score_cutoff=1) <= 1]
        if near or not sound or len(heard := _sound(word)) < SHORTEST_SOUND:
            return tuple(dict.fromkeys(near))[:MOST_NEIGHBOURS]
        alike = self._alike.get(heard, ("",))[0]
        return (alike,) if OSA.normalized_similarity(word, alike) >= ALIKE else ()

    def that_sound_like(self, word: str) -> tuple[str, ...]:
        """Known words that are a single mistake away and sound the same, a few at most."""
        alike = self._alike.get(_sound(word), ())
        return tuple(known for known in alike if OSA.distance(word, known, score_cutoff=1) <= 1)[:MOST_NEIGHBOURS]

    def _candidates(self, word: str) -> list[str]:
        """Known words that share a half with the word, and those that differ by two letters swapped."""
        found: list[str] = []
        for length in (len(word), len(word) + 1, len(word) - 1):
            half = length // 2
            found += self._beginning.get((length, word[:half]), ())
            found += self._ending.get((length, word[len(word) - (length - half) :]), ())
        middle = len(word) // 2
        swapped = f"{word[: middle - 1]}{word[middle]}{word[middle - 1]}{word[middle + 1 :]}"
        return [*found, swapped] if swapped in self._words else found


class Spelling:
    """Leads words back to a vocabulary. Holds a bounded memory of what it found, never of a text."""

    def __init__(self, vocabulary: Iterable[str], names: Iterable[str]) -> None:
        self.vocabulary = frozenset(vocabulary)
        self._names = frozenset(names)
        self.known = self.vocabulary | self._names
        self._collapsed = {collapsed(word): word for word in sorted(self.known) if len(word) >= 4}
        self._near = Neighbours(word for word in self.vocabulary if len(word) >= SHORTEST_NAME)
        self._near_names = Neighbours(self._names, by_sound=True)
        self.repaired = lru_cache(maxsize=32768)(self._repaired)
        self.as_names = lru_cache(maxsize=32768)(self._as_names)

    def _known(self, word: str) -> str | None:
        """The word or its dictionary form, where the policy knows it."""
        if word in self.vocabulary or word in self._names:
            return word
        return next((lemma for lemma in lemmas(word) if lemma in self.vocabulary), None)

    def _repaired(self, written: str) -> str:
        """The word of the policy that is meant by a piece of text, else the piece itself."""
        word = plain(written)
        if self._known(word) or not _LETTER.search(word) or len(word) > 40:
            return word
        if _DISGUISE.search(word):
            found = (self._known(undone) or self._squeezed(undone) for undone in _undisguised(word))
            return next((known for known in found if known), word)
        if not is_word(written):
            return self._squeezed(word) or self._misspelled(word) or word
        return word

    def _squeezed(self, word: str) -> str | None:
        """`nuuude` → nude, `kiiilled` → kill."""
        for shorter in (_LONG_RUN.sub(r"\1", word), _LONG_RUN.sub(r"\1\1", word)):
            known = self._known(shorter) if shorter != word else None
            if known:
                return known
        return self._collapsed.get(collapsed(word))

    def _misspelled(self, word: str) -> str | None:
        return next(iter(self._near.of(word)), None) if len(word) >= SHORTEST_NAME else None

    def _as_names(self, written: str) -> tuple[str, ...]:
        """Parts of names that may be meant by a word, else the word."""
        word = plain(written)
        if "v" in word and not _VOWEL.search(word):  # Trvmp
            word = word.replace("v", "u")
            if word in self._names:
                return (word,)
        # "knight rides" is no misspelled knight rider, "tailor swift" is somebody
        real = word in self.vocabulary or is_word(written)
        if word in self._names or len(word) < (SHORTEST_NAME if real else SHORTEST_MISSPELLED):
            return (word,)
        near = self._near_names
        found = near.that_sound_like(word) if real else near.of(word, sound=True)  # "Emma Store" is no Emma Stone
        return found or (word,)


def _undisguised(word: str) -> list[str]:
    """Words that a disguised one may stand for."""
    readings = dict.fromkeys((word.translate(_WITH_I), word.translate(_WITH_L)))
    found: list[str] = []
    for reading in readings:
        gaps = reading.count("*") + reading.count("#")
        if gaps == 0:
            found.append(reading)
        elif gaps <= 2:
            pieces = re.split(r"[*#]", reading)
            for vowels in itertools.product(VOWELS, repeat=gaps):
                found.append("".join(itertools.chain(*zip(pieces, (*vowels, ""), strict=True))))
    return found
