"""Every word of the policy in one text: Aho–Corasick automata over its readings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick

from pipelines.director.text import plain
from pipelines.safety.policy import Character, Kind, Person, Written
from pipelines.safety.reading import (
    Squeezed,
    Text,
    Word,
    as_names,
    as_written,
    in_dictionary_form,
    pulled_apart,
    squeezed,
    undisguised,
)
from pipelines.safety.spelling import SHORTEST_NAME, Spelling, is_word

_WORD = re.compile(r"[^\W_]+")
PART = "part"  # of a description, whose parts count only together
NEAR = 14  # words between the parts of a description at most
HARMLESS = "harmless"  # a phrase with this signal hides what its words would mean alone
SHORTEST_JOINED = 7  # letters of a name of several words written as one
SHORTEST_APART = 6  # letters of a word that is found in pieces, unless every piece is one letter
# Signals that are looked for inside a handle, and from how many letters on they cannot be part of another word.
SHORTEST_IN_HANDLE = {"person": 8, "character": 8, "slur": 5, "hate_slogan": 7, "extremist": 6, "minor_sexual": 5}
_LETTERS_FOR_DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "_": ""}
NAMED = ("person", "character")


@dataclass(frozen=True, eq=False)
class Meaning:
    """What a phrase of the policy stands for; each phrase has one of its own."""

    signal: str
    text: str  # the person or character, else the phrase
    kind: str = ""  # of a person or character
    context: str | None = None  # the signal of words that speak of its kind
    ambiguous: bool = False  # counts only with its context
    exact: bool = False  # not in other forms of the word


class Hit(NamedTuple):
    """A phrase of the policy at tokens `first` to `last`."""

    meaning: Meaning
    first: int
    last: int

    @property
    def signal(self) -> str:
        return self.meaning.signal


@dataclass
class _Phrases:
    """Phrases to look for: as spaced words and, for those long enough, as one piece."""

    spaced: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    joined: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    words: set[str] = field(default_factory=set)

    def add(self, phrase: tuple[str, ...], meaning: Meaning) -> None:
        if not phrase:
            return
        _append(self.spaced, f" {' '.join(phrase)} ", (len(phrase), meaning))
        self.words.update(phrase)
        letters = "".join(phrase)
        if len(letters) >= 3 and meaning.signal not in (HARMLESS, PART) and not meaning.ambiguous:
            _append(self.joined, letters, (len(letters), len(phrase), meaning))

    def finish(self) -> None:
        self.spaced.make_automaton()
        self.joined.make_automaton()


def _append(automaton: ahocorasick.Automaton, key: str, value: tuple) -> None:
    automaton.add_word(key, (*automaton.get(key, ()), value))


class Matcher:
    """Finds what a policy has words for. Immutable once built, and shared by threads."""

    def __init__(self, written: Written) -> None:
        self._terms, self._names = _Phrases(), _Phrases()
        self._parts: set[str] = set()
        self._descriptions: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}  # by their first part
        for term in written.terms:
            for phrase in (*term.english, *term.french):
                exact = phrase.startswith("=")
                self._terms.add(_words(phrase), Meaning(term.signal, phrase.removeprefix("="), exact=exact))
        licensed = frozenset(written.licensed)
        for person in written.people:
            self._add_name("person", person, written.kinds[person.kind])
        for character in written.characters:
            if character.id not in licensed:
                self._add_name("character", character, written.kinds[character.kind])
        for phrases in (self._terms, self._names):
            phrases.finish()
        self.spelling = Spelling(self._terms.words, self._names.words)

    def _add_name(self, signal: str, one: Person | Character, kind: Kind) -> None:
        ambiguous = {_words(alias[1:]) for alias in one.also if alias.startswith("?")}
        own = () if _words(one.name) in ambiguous else (one.name,)
        for alias in (*own, *one.also):
            if " + " in alias:
                self._add_description(alias.split(" + "), Meaning(signal, one.name, one.kind))
            else:
                ambiguous = alias.startswith("?")
                meaning = Meaning(signal, one.name, one.kind, kind.context, ambiguous)
                self._names.add(_words(alias.removeprefix("?")), meaning)

    def _add_description(self, parts: list[str], meaning: Meaning) -> None:
        for part in parts:
            if part not in self._parts:
                self._parts.add(part)
                self._terms.add(_words(part), Meaning(PART, part))
        self._descriptions.setdefault(parts[0], []).append((tuple(parts), meaning))

    def hits_in_handle(self, text: Text) -> list[Hit]:
        """What a handle says: its words as in any text, and whole names and slurs anywhere within it."""
        found = dict.fromkeys(self.hits(text))
        whole = "".join(_LETTERS_FOR_DIGITS.get(one, one) for token in text.tokens for one in token.plain)
        last = len(text.tokens) - 1
        for phrases in (self._terms, self._names):
            for _, values in phrases.joined.iter(whole):
                for length, _, meaning in values:
                    shortest = SHORTEST_IN_HANDLE.get(meaning.signal)
                    if shortest is not None and length >= shortest:
                        found[Hit(meaning, 0, last)] = None
        return sorted(found, key=lambda hit: (hit.first, hit.last, hit.signal, hit.meaning.text))

    def hits(self, text: Text) -> list[Hit]:
        """Every phrase found, once for each meaning and place, in the order of the text."""
        if not text.tokens:
            return []
        written, mended = as_written(text), undisguised(text, self.spelling)
        found = dict.fromkeys(self._spaced(self._terms, written))
        for reading in (*in_dictionary_form(text), mended):
            found |= dict.fromkeys(hit for hit in self._spaced(self._terms, reading) if not hit.meaning.exact)
        for reading in (written, mended):
            found |= dict.fromkeys(self._spaced(self._names, reading))
        found |= dict.fromkeys(self._misspelled_names(text))
        whole = squeezed(text, self.spelling)
        for phrases in (self._terms, self._names):
            found |= dict.fromkeys(self._in_pieces(phrases, text, whole))
        found |= dict.fromkeys(self._described([hit for hit in found if hit.signal == PART]))
        return sorted(_not_hidden(found), key=lambda hit: (hit.first, hit.last, hit.signal, hit.meaning.text))

    def _described(self, parts: list[Hit]) -> Iterator[Hit]:
        """People and characters whose description stands in the text, each part near the first one."""
        places: dict[str, list[Hit]] = {}
        for hit in parts:
            places.setdefault(hit.meaning.text, []).append(hit)
        for first in parts:
            for description, meaning in self._descriptions.get(first.meaning.text, ()):
                near = [_near(first, places.get(part, ())) for part in description]
                if all(near):
                    yield Hit(meaning, min(hit.first for hit in near), max(hit.last for hit in near))

    def _spaced(self, phrases: _Phrases, reading: list[Word]) -> Iterator[Hit]:
        for index, count, meaning in _occurrences(phrases.spaced, reading):
            yield Hit(meaning, reading[index - count + 1].first, reading[index].last)

    def _misspelled_names(self, text: Text) -> Iterator[Hit]:
        """Names with a small mistake: of several words one must be right; one word alone must be no other word."""
        for reading in as_names(text, self.spelling):
            for index, count, meaning in _occurrences(self._names.spaced, reading):
                words = reading[index - count + 1 : index + 1]
                changed = sum(word.changed for word in words)
                alone = count == 1 and len(words[0].plain) >= SHORTEST_NAME and not is_word(text.tokens[index].text)
                if changed and (changed < count or alone):
                    yield Hit(meaning, words[0].first, words[-1].last)

    def _in_pieces(self, phrases: _Phrases, text: Text, whole: Squeezed) -> Iterator[Hit]:
        """Words pulled apart (`n u d e`, `tay lor swi ft`) and names run together (`taylorswift`)."""
        for end, values in phrases.joined.iter(whole.letters):
            last = whole.ends.get(end)
            if last is None:
                continue
            for length, count, meaning in values:
                first = whole.starts.get(end - length + 1)
                if first is not None and self._is_meant(text, first, last, length, count):
                    yield Hit(meaning, first, last)

    def _is_meant(self, text: Text, first: int, last: int, length: int, count: int) -> bool:
        if first == last:
            return count > 1 and length >= SHORTEST_JOINED and not is_word(text.tokens[first].text)
        if last - first + 1 == count:  # the phrase as it is usually written, found already
            return False
        lone = all(len(token.plain) == 1 for token in text.tokens[first : last + 1])
        return (lone or length >= SHORTEST_APART) and pulled_apart(text, first, last)


def _near(one: Hit, others: Iterable[Hit]) -> Hit | None:
    return next((hit for hit in others if abs(hit.first - one.first) <= NEAR), None)


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(phrase)))


def _occurrences(automaton: ahocorasick.Automaton, reading: list[Word]) -> Iterator[tuple[int, int, Meaning]]:
    """(index of the last word, number of words, meaning) of each phrase in a reading."""
    ends, length = {}, 0
    for index, word in enumerate(reading):
        length += len(word.plain) + 1
        ends[length] = index
    line = f" {' '.join(word.plain for word in reading)} "
    for end, values in automaton.iter(line):
        for count, meaning in values:
            yield ends[end], count, meaning


def _not_hidden(hits: Iterable[Hit]) -> list[Hit]:
    """The hits without those that lie within a longer harmless phrase, and without the harmless phrases."""
    hits = list(hits)
    harmless = [(hit.first, hit.last) for hit in hits if hit.signal == HARMLESS]
    return [
        hit
        for hit in hits
        if hit.signal not in (HARMLESS, PART)
        and not any(
            first <= hit.first
            and hit.last <= last
            and not (hit.signal in NAMED and (hit.first, hit.last) == (first, last))
            for first, last in harmless
        )
    ]
