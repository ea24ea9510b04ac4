"""The words that the director knows, read once from the tables in `data/lexicon/`.

A row is a concept, its category, its English words, its French words, and what it implies. Words stand in their base
form and are separated by `;`; a phrase of several words is one of them. The tables are meant to be edited by hand,
so a mistake in them is reported with its file, its line, and what is wrong.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipelines.director.text import words_of

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
FOLDER = Path(__file__).parents[2] / "data" / "lexicon"
COLUMNS = ["concept", "category", "english", "french", "implies"]

# fmt: off
CATEGORIES = frozenset((
    # what a storyboard holds
    "subject", "action", "event", "event_hint", "place", "time", "light", "weather", "season", "style", "colour",
    "attribute", "accessory", "relation", "sound", "sound_heard", "music", "music_bed", "camera_framing", "camera_move",
    "camera_angle", "camera_verb", "camera_verb_angle", "camera_verb_framing", "undrawn",
    # how a sentence is built
    "article_indefinite", "article_indefinite_plural", "article_definite", "possessive", "another", "quantity",
    "ordinal", "negation", "negation_end", "nobody", "conjunction", "conjunction_or", "subordinator", "preposition",
    "pronoun", "relative", "copula", "wear", "speech", "utterance", "written", "spoken_language", "sound_cue",
    "music_cue", "camera_cue", "break_hard", "break_soft", "shot_label", "unit_seconds", "duration_whole", "age",
    "function", "ignore",
))
IMPLICATIONS = frozenset((
    "group", "gender", "subject", "attribute", "colour", "action", "count", "place", "weather", "season", "includes",
    "event", "needs", "moves", "camera_angle", "camera_framing", "is",
))  # fmt: on
ARTICLES = ("article_definite", "article_indefinite", "article_indefinite_plural")


class LexiconError(ValueError):
    """A table of the lexicon cannot be used; the message names the file, the line, and what to change."""


@dataclass(frozen=True)
class Entry:
    """One row of the lexicon."""

    concept: str
    category: str
    implies: tuple[tuple[str, str], ...] = ()

    def implied(self, key: str) -> str | None:
        """What the row implies under this key, if anything."""
        return next((value for name, value in self.implies if name == key), None)


@dataclass
class Node:
    """One step into the phrases of a language: the words that may follow, and the rows that end here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Lexicon:
    """All rows, and for each language a tree of phrases and the single words in them."""

    entries: tuple[Entry, ...]
    trees: dict[Language, Node]
    words: dict[Language, frozenset[str]]  # every word of every phrase
    spellings: dict[Language, tuple[str, ...]]  # the same, sorted
    articles: dict[Language, frozenset[str]]

    def concepts(self, category: str) -> frozenset[str]:
        """The concept names of a category."""
        return frozenset(entry.concept for entry in self.entries if entry.category == category)

    def subject(self, concept: str) -> Entry:
        """The row of a subject. Raises KeyError when there is none."""
        for entry in self.entries:
            if entry.category == "subject" and entry.concept == concept:
                return entry
        raise KeyError(concept)

    def sorts_of(self, concept: str) -> frozenset[str]:
        """The subject and all that may be called by its name: "the ball" may be a football met before."""
        subjects = (entry for entry in self.entries if entry.category == "subject")
        return frozenset((concept, *(entry.concept for entry in subjects if entry.implied("is") == concept)))


@lru_cache(maxsize=8)
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """The lexicon of a folder of CSV tables. Raises LexiconError."""
    rows = [row for path in sorted(folder.glob("*.csv")) for row in _rows(path)]
    if not rows:
        raise LexiconError(f"{folder} holds no lexicon table (*.csv). Restore data/lexicon/ from the repository.")
    _check_references(rows)
    trees: dict[Language, Node] = {language: Node() for language in LANGUAGES}
    words: dict[Language, set[str]] = {language: set() for language in LANGUAGES}
    articles = {language: _article_words(rows, language) for language in LANGUAGES}
    seen: dict[tuple[Language, str, tuple[str, ...]], _Row] = {}
    for row in rows:
        for language in LANGUAGES:
            for phrase in row.phrases[language]:
                key = _without_inner_articles(phrase, articles[language])
                _check_unique(seen, (language, row.entry.category, key), row)
                words[language].update(key)
                _plant(trees[language], key, row.entry)
    return Lexicon(
        entries=tuple(row.entry for row in rows),
        trees=trees,
        words={language: frozenset(words[language]) for language in LANGUAGES},
        spellings={language: tuple(sorted(words[language])) for language in LANGUAGES},
        articles=articles,
    )


@dataclass(frozen=True)
class _Row:
    entry: Entry
    phrases: dict[Language, list[tuple[str, ...]]]
    where: str  # file and line, for messages


def _rows(path: Path) -> Iterator[_Row]:
    with path.open(encoding="utf-8", newline="") as table:
        reader = csv.reader(table, strict=True)
        try:
            if next(reader, None) != COLUMNS:
                raise LexiconError(f"{path.name}, line 1: the first line must be {','.join(COLUMNS)}.")
            for cells in reader:
                if cells:
                    yield _row(cells, f"{path.name}, line {reader.line_num}")
        except csv.Error as error:
            message = f"{path.name}, line {reader.line_num}: not a CSV row ({error}). Check its quotes."
            raise LexiconError(message) from None
        except UnicodeDecodeError:
            raise LexiconError(f"{path.name}: not UTF-8 text. Save the table as UTF-8.") from None


def _row(cells: list[str], where: str) -> _Row:
    if len(cells) != len(COLUMNS):
        message = f"{len(cells)} columns instead of {len(COLUMNS)}. Separate words with ; and keep five columns."
        raise LexiconError(f"{where}: {message}")
    concept, category, english, french, implies = (cell.strip() for cell in cells)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}|[0-9]{1,3}", concept):
        message = f"the concept {concept!r} must be lower case letters, digits and _ (such as beach_ball)."
        raise LexiconError(f"{where}: {message}")
    if category not in CATEGORIES:
        known = ", ".join(sorted(CATEGORIES))
        raise LexiconError(f"{where}: the category {category!r} is not known. Choose one of: {known}.")
    phrases = {language: _phrases(cell, where) for language, cell in (("en", english), ("fr", french))}
    if not any(phrases.values()):
        raise LexiconError(f"{where}: {concept} has no words. Give at least one English or French word.")
    return _Row(Entry(concept, category, _implications(implies, where)), phrases, where)


def _phrases(cell: str, where: str) -> list[tuple[str, ...]]:
    phrases = []
    for phrase in cell.split(";") if cell else ():
        words = words_of(phrase)
        if not words:
            raise LexiconError(f"{where}: there is an empty word between two ';' in {cell!r}. Remove one ';'.")
        phrases.append(words)
    return phrases


def _implications(cell: str, where: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in cell.split(";") if cell else ():
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value or key not in IMPLICATIONS:
            known = ", ".join(sorted(IMPLICATIONS))
            raise LexiconError(f"{where}: {part!r} in 'implies' is not key=value with a key among {known}.")
        pairs.append((key, value))
    return tuple(pairs)


def _check_references(rows: list[_Row]) -> None:
    subjects = {row.entry.concept for row in rows if row.entry.category == "subject"}
    for row in rows:
        for key in ("subject", "needs"):
            kind = row.entry.implied(key)
            if kind is not None and kind not in subjects:
                raise LexiconError(f"{row.where}: {key}={kind} names no row of the category subject.")


def _check_unique(seen: dict, key: tuple, row: _Row) -> None:
    first = seen.setdefault(key, row)
    if first.entry.concept != row.entry.concept:
        message = f"{' '.join(key[2])!r} already means {first.entry.concept} ({first.where}), also a {key[1]}."
        raise LexiconError(f"{row.where}: {message} Keep it in one of the two rows.")


def _article_words(rows: list[_Row], language: Language) -> frozenset[str]:
    found = (row.phrases[language] for row in rows if row.entry.category in ARTICLES)
    return frozenset(phrase[0] for phrases in found for phrase in phrases if len(phrase) == 1)


def _without_inner_articles(phrase: tuple[str, ...], articles: frozenset[str]) -> tuple[str, ...]:
    """Articles inside a phrase may be there or not: "hit backboard" is also "hits the backboard"."""
    return phrase[:1] + tuple(word for word in phrase[1:] if word not in articles)


def _plant(node: Node, key: tuple[str, ...], entry: Entry) -> None:
    for word in key:
        node = node.next.setdefault(word, Node())
    if entry not in node.entries:
        node.entries.append(entry)
