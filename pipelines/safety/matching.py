"""Every word of the policy in one text: Aho–Corasick automata over its readings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from pipelines.director.text import plain
from pipelines.safety.combinations import Combination, Place, combination, is_combination, meetings, place, spelled_out
from pipelines.safety.policy import Character, Kind, Person, Written
from pipelines.safety.reading import (
    Squeezed,
    Text,
    Word,
    as_names,
    as_skeletons,
    in_dictionary_form,
    is_odd,
    pulled_apart,
    squeezed,
    undisguised,
)
from pipelines.safety.skeleton import skeleton
from pipelines.safety.spelling import Spelling, is_word, lemmas

_WORD = re.compile(r"[^\W_]+")
PART = "part"  # of a combination, whose parts count only together
HARMLESS = "harmless"  # a phrase with this signal hides what its words would mean alone
SHORTEST_JOINED = 7  # letters of a name of several words written as one
MOST_PLACES = 8  # of the same part; a text that says it more often says nothing new
SHORTEST_ALONE = 5  # letters of a mistyped name of one word
SHORTEST_APART = 6  # letters of a word that is found in pieces, unless every piece is one letter
# Signals that are looked for inside a handle, and from how many letters on they cannot be part of another word.
SHORTEST_IN_HANDLE = {"person": 8, "character": 8, "slur": 5, "hate_slogan": 7, "extremist": 6, "minor_sexual": 5}
_LETTERS_FOR_DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "_": ""}
NAMED = ("person", "character")
_NO_NAMES = frozenset(
    ("the", "a", "of", "le", "la", "les", "de", "du", "l", "d", "mr", "mrs", "dr", "king", "queen", "prince")
)


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


Occurrence = tuple[int, int, int]  # what was found (its identity), and its first and last token


class _Phrases:
    """Phrases to look for: as spaced words, as skeletons and, for those long enough, as one piece."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self._spaced: dict[str, list[tuple]] = {}
        self._bare: dict[str, list[tuple]] = {}
        self._joined: dict[str, list[tuple]] = {}

    def add(self, phrase: tuple[str, ...], meaning: Meaning) -> None:
        """Adds a phrase, plain, with what it stands for."""
        if not phrase:
            return
        self._spaced.setdefault(f" {' '.join(phrase)} ", []).append((len(phrase), meaning))
        self.words.update(phrase)
        letters = "".join(phrase)
        if len(letters) >= 3 and meaning.signal not in (HARMLESS, PART) and not meaning.ambiguous:
            self._joined.setdefault(letters, []).append((len(letters), len(phrase), meaning))

    def add_bare(self, words: list[str], meaning: Meaning, *, french: bool) -> bool:
        """Adds the skeleton of a phrase, if it says as much: a single word in its base form, or several words."""
        kept = skeleton(words, french=french)
        if not kept or kept[-1][1] < len(words) - 1:  # "visit my" means nothing without its last word
            return False
        bare = [word for word, _ in kept]
        if len(bare) == 1 and (len(words) > 1 or bare != [plain(words[0])]):
            return False
        values = self._bare.setdefault(f" {' '.join(bare)} ", [])
        if not values or values[-1][1] is not meaning:
            values.append((len(bare), meaning))
        return True

    def finish(self) -> None:
        """Builds the automata: nothing can be added any more."""
        self.spaced, self.bare, self.joined = map(_automaton, (self._spaced, self._bare, self._joined))
        self._spaced, self._bare, self._joined = {}, {}, {}


def _automaton(phrases: dict[str, list[tuple]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for phrase, values in phrases.items():
        automaton.add_word(phrase, values)
    automaton.make_automaton()
    return automaton


class Matcher:
    """Finds what a policy has words for. Immutable once built, and shared by threads."""

    def __init__(self, written: Written) -> None:
        self._terms, self._names = _Phrases(), _Phrases()
        self._parts: set[tuple[str, bool]] = set()
        self._combinations: dict[str, list[tuple[Combination, Meaning]]] = {}  # by their rarest part
        self._built_from: dict[str, list[tuple[Combination, Meaning]]] = {}  # by each {signal} that is part of them
        for term in written.terms:
            for french, phrases in enumerate((term.english, term.french)):
                for phrase in phrases:
                    self._add_term(term.signal, phrase, french=bool(french))
        licensed = frozenset(written.licensed)
        for person in written.people:
            self._add_name("person", person, written.kinds[person.kind])
        for character in written.characters:
            if character.id not in licensed:
                self._add_name("character", character, written.kinds[character.kind])
        for phrases in (self._terms, self._names):
            phrases.finish()
        self.spelling = Spelling(self._terms.words, self._names.words)

    def _add_term(self, signal: str, phrase: str, *, french: bool) -> None:
        if is_combination(phrase):
            self._add_combination(phrase, Meaning(signal, phrase), languages=(french,))
            return
        forms = spelled_out(phrase)
        meaning = Meaning(signal, phrase.removeprefix("="), exact=phrase.startswith("="))
        for one in forms:
            words = _words(one)
            found = not meaning.exact and self._terms.add_bare(_WORD.findall(one.lower()), meaning, french=french)
            if len(forms) == 1 or len(words) == 1 or not found:  # skeletons stand for the many forms of a phrase
                self._terms.add(words, meaning)
            self._terms.words.update(words)

    def _add_name(self, signal: str, one: Person | Character, kind: Kind) -> None:
        ambiguous = {_words(alias[1:]) for alias in one.also if alias.startswith("?")}
        own = () if _words(one.name) in ambiguous else (one.name,)
        for alias in (*own, *one.also):
            if is_combination(alias):
                self._add_combination(alias, Meaning(signal, one.name, one.kind), languages=(False, True))
            else:
                ambiguous = alias.startswith("?")
                meaning = Meaning(signal, one.name, one.kind, kind.context, ambiguous)
                self._names.add(_words(alias.removeprefix("?")), meaning)

    def _add_combination(self, phrase: str, meaning: Meaning, *, languages: tuple[bool, ...]) -> None:
        """Adds a phrase of parts; `languages` says whether its words are French, English or may be both."""
        found = combination(phrase)
        for part in (form for forms in found.parts for form in forms if not form.startswith("{")):
            for french in languages:
                if (part, french) not in self._parts:
                    self._parts.add((part, french))
                    meaning_of_part, words = Meaning(PART, part), _words(part)
                    found_bare = self._terms.add_bare(_WORD.findall(part.lower()), meaning_of_part, french=french)
                    if len(words) == 1 or not found_bare:
                        self._terms.add(words, meaning_of_part)
                    self._terms.words.update(words)
        for form in found.rarest:
            self._combinations.setdefault(form, []).append((found, meaning))
        for form in dict.fromkeys(form for forms in found.parts for form in forms if form.startswith("{")):
            self._built_from.setdefault(form, []).append((found, meaning))

    @cached_property
    def parts(self) -> frozenset[str]:
        """The signals that phrases of parts refer to."""
        return frozenset(form.strip("{}") for form in self._built_from)

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
        return sorted(found, key=_in_order)

    def hits(self, text: Text, formed: Iterable[Hit] = ()) -> list[Hit]:
        """Every phrase found, once for each meaning and place, in the order of the text.

        formed: what was recognised by its form, which is among what is found.
        """
        if not text.tokens:
            return []
        written, mended = text.words, undisguised(text, self.spelling)
        unveiled = {word.first for word in mended if word.changed}
        seen: set[Occurrence] = set()
        found = [*_hits(self._terms.spaced, written, seen), *_hits(self._names.spaced, written, seen)]
        for reading in in_dictionary_form(text):
            if reading != written:
                found += [hit for hit in _hits(self._terms.spaced, reading, seen) if not hit.meaning.exact]
        for reading in as_skeletons(text):
            found += _hits(self._terms.bare, reading, seen)
        if unveiled:
            hits = _hits(self._terms.spaced, mended, seen)
            found += [hit for hit in hits if not hit.meaning.exact or hit.first in unveiled]
            found += _hits(self._names.spaced, mended, seen)
        found += self._misspelled_names(text)
        if any(is_odd(token) for token in text.tokens):
            whole = squeezed(text, self.spelling)
            for phrases in (self._terms, self._names):
                found += self._in_pieces(phrases, text, whole)
        kept = [*_not_hidden(dict.fromkeys(found)), *formed]
        kept += self._combined(kept, [token.sentence for token in text.tokens])
        return sorted((hit for hit in dict.fromkeys(kept) if hit.meaning.signal != PART), key=_in_order)

    def _combined(self, seen: list[Hit], sentences: list[int]) -> list[Hit]:
        """What stands in the text in parts, and what is built from that."""
        places: dict[str, dict[Place, None]] = {}
        for hit in seen:
            signal = hit.meaning.signal
            there = places.setdefault(hit.meaning.text if signal == PART else f"{{{signal}}}", {})
            if len(there) < MOST_PLACES:
                there[place(hit.first, hit.last)] = None
        found: dict[tuple[Meaning, Place], None] = {}
        asked = [each for name in places for each in self._combinations.get(name, ())]
        while asked:
            known, present = len(found), places.keys()
            for one, meaning in asked:
                if not any(present.isdisjoint(part) for part in one.parts):
                    found |= dict.fromkeys((meaning, where) for where in meetings(one, places, sentences))
            changed: dict[str, None] = {}
            for meaning, where in list(found)[known:]:
                there = places.setdefault(f"{{{meaning.signal}}}", {})
                if len(there) < MOST_PLACES:
                    there[where] = None
                    changed[f"{{{meaning.signal}}}"] = None
            asked = [each for name in changed for each in self._built_from.get(name, ())]
        return [Hit(meaning, where.first, where.last) for meaning, where in found]

    def _misspelled_names(self, text: Text) -> Iterator[Hit]:
        """Names with a small mistake: of several words one must be right; one word alone must be no other word."""
        for reading in as_names(text, self.spelling):
            if not any(word.changed for word in reading):
                continue
            for index, count, meaning in _occurrences(self._names.spaced, reading):
                words = reading[index - count + 1 : index + 1]
                changed = sum(word.changed for word in words)
                if changed and not self._is_mistake(text, words):
                    continue
                unknown = not any(is_word(text.tokens[word.first].text) for word in words)
                alone = (
                    unknown and len(words[0].plain) >= SHORTEST_ALONE and not self._has_surname(text, reading, index)
                )
                if changed and (changed < count or alone):
                    yield Hit(meaning, words[0].first, words[-1].last)

    def _has_surname(self, text: Text, reading: list[Word], index: int) -> bool:
        """Whether a mistyped name goes on with a name that nobody known has: "Rihana Okoro" is no Rihanna."""
        if index + 1 >= len(reading):
            return False
        following, token = reading[index + 1], text.tokens[index + 1]
        parted = not text.unmasked.text[text.tokens[index].end : token.start].isspace()
        strange = token.plain.isalpha() and len(token.plain) > 3 and not is_word(token.text)
        return strange and not parted and not following.changed and token.plain not in self.spelling.known

    def _is_mistake(self, text: Text, words: list[Word]) -> bool:
        """Whether a name was mistyped: "Tom cruises" and "the weekend" are words of their own."""
        kept = [word.plain for word in words if not word.changed]
        changed = [text.tokens[word.first] for word in words if word.changed]
        inflected = any(lemmas(token.text) and token.plain not in lemmas(token.text) for token in changed)
        return not inflected and not (kept and all(word in _NO_NAMES for word in kept))

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


def _in_order(hit: Hit) -> tuple[int, int, str, str]:
    """By what hits are sorted: their place, then what they mean."""
    return hit.first, hit.last, hit.meaning.signal, hit.meaning.text


def _hits(automaton: ahocorasick.Automaton, reading: list[Word], seen: set[Occurrence]) -> list[Hit]:
    """Each phrase in a reading, at the tokens it stands for, and not again what was `seen` in another reading."""
    found: list[Hit] = []
    ends = _ends(reading)
    for end, values in automaton.iter(f" {' '.join([word.plain for word in reading])} "):
        index = ends[end]
        occurrence = (id(values), reading[index - values[0][0] + 1].first, reading[index].last)
        if occurrence not in seen:
            seen.add(occurrence)
            _, first, last = occurrence
            for _, meaning in values:
                found.append(Hit(meaning, first, last))
    return found


def _ends(reading: list[Word]) -> dict[int, int]:
    """The index of each word by the place of the space behind it, in a line that begins with one."""
    return {end: index for index, end in enumerate(accumulate([len(word.plain) + 1 for word in reading]))}


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(phrase.lower() if phrase.isascii() else plain(phrase)))


def _occurrences(automaton: ahocorasick.Automaton, reading: list[Word]) -> Iterator[tuple[int, int, Meaning]]:
    """(index of the last word, number of words, meaning) of each phrase in a reading."""
    ends = _ends(reading)
    for end, values in automaton.iter(f" {' '.join([word.plain for word in reading])} "):
        for count, meaning in values:
            yield ends[end], count, meaning


def _not_hidden(hits: Iterable[Hit]) -> list[Hit]:
    """The hits without those that lie within a longer harmless phrase, and without the harmless phrases."""
    hits = list(hits)
    harmless: dict[int, list[Hit]] = {}  # by every token that such a phrase has
    for hit in hits:
        if hit.meaning.signal == HARMLESS:
            for token in range(hit.first, hit.last + 1):
                harmless.setdefault(token, []).append(hit)
    return [
        hit
        for hit in hits
        if hit.meaning.signal != HARMLESS and not (hit.first in harmless and _is_hidden(hit, harmless[hit.first]))
    ]


def _is_hidden(hit: Hit, harmless: Iterable[Hit]) -> bool:
    """Whether a hit lies within one of these phrases.

    A name as long as the phrase does not; and a harmless word alone hides no more than a name: it may be part of harm.
    """
    named = hit.meaning.signal in NAMED
    return any(
        one.first <= hit.first
        and hit.last <= one.last
        and ((hit.first, hit.last) != (one.first, one.last) if named else one.last > one.first)
        for one in harmless
    )
