"""The words for what people rule out, read once from `data/wishes/topics.csv`, and where a text uses them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.director.lexicon import LANGUAGES, Language
from pipelines.director.morphology import forms_of, is_known
from pipelines.director.text import plain

FILE = Path(__file__).parents[2] / "data" / "wishes" / "topics.csv"
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*", re.UNICODE)
DISGUISES = str.maketrans("013457@$€", "oieastase")
SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-_*]){3,}[^\W\d_](?![^\W_])")  # s m o k e
INNER = re.compile(r"(?<=[^\W_])[*._]+(?=[^\W_])")  # sm.oke
RUNS = re.compile(r"([^\W\d_])\1{2,}")  # smooooke
LONGEST = 5  # words of a phrase


@dataclass(frozen=True)
class Topic:
    """One row: what it is called, and the switch that it belongs to."""

    name: str
    switch: str
    titles: tuple[str, str]  # English, French
    concepts: tuple[str, ...] = ()  # of a storyboard that shows it

    def title(self, language: str) -> str:
        return self.titles[language == "fr"]


@dataclass(frozen=True)
class Found:
    """A topic's phrase in a text."""

    topic: Topic
    phrase: str  # as written
    start: int  # number of its first word


@dataclass(frozen=True)
class Word:
    """A word of a text and the base forms that it may have, by language."""

    text: str
    forms: dict[Language, frozenset[str]]


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Every topic of the table."""
    return tuple(topic for topic, _ in _rows())


@lru_cache(maxsize=1)
def _phrases() -> dict[Language, dict[str, list[tuple[tuple[str, ...], Topic]]]]:
    """Language → first word → phrases that begin with it, the longest first."""
    index: dict[Language, dict[str, list]] = {language: {} for language in LANGUAGES}
    for topic, words in _rows():
        for language in LANGUAGES:
            for phrase in words[language]:
                index[language].setdefault(phrase[0], []).append((phrase, topic))
    for starts in index.values():
        for phrases in starts.values():
            phrases.sort(key=lambda one: -len(one[0]))
    return index


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Topic, dict[Language, tuple[tuple[str, ...], ...]]], ...]:
    with FILE.open(encoding="utf-8", newline="") as table:
        return tuple(
            (
                Topic(
                    row["topic"],
                    row["switch"],
                    (row["title_en"], row["title_fr"]),
                    tuple(concept for concept in row["concepts"].split(";") if concept),
                ),
                {"en": _words(row["english"]), "fr": _words(row["french"])},
            )
            for row in csv.DictReader(table, strict=True)
        )


def _words(cell: str) -> tuple[tuple[str, ...], ...]:
    phrases = [tuple(_split(phrase)) for phrase in cell.split(";") if phrase.strip()]
    return tuple(phrases)


def _split(text: str) -> Iterator[str]:
    """Plain words; hyphens and elisions part them: « lance-flammes », « demande d'amour »."""
    for match in WORD.finditer(plain(text)):
        yield from (part for part in re.split(r"[-']", match[0]) if part)


def words_in(text: str, language: Language) -> list[Word]:
    """The words of a text with their base forms. A word that the language has is read in it alone, so that an English
    tire never shoots; disguises (sm0king, s m o k i n g) are taken off."""
    text = RUNS.sub(r"\1\1", INNER.sub("", SPACED.sub(_joined, text)))
    found = []
    for word in re.split(r"[^\w'’@$€\-]+|_", text):
        for part in re.split(r"['’\-]", word):
            if part:
                found.append(_word(part, language))
    return found


def _joined(spaced: re.Match) -> str:
    """The word behind letters with gaps; an article beside them is not part of it."""
    letters = re.sub(r"[ .\-_*]", "", spaced[0])
    for first, last in ((0, len(letters)), (1, len(letters)), (0, len(letters) - 1), (1, len(letters) - 1)):
        if _known(letters[first:last]):
            return f"{letters[:first]} {letters[first:last]} {letters[last:]}"
    return letters


@lru_cache(maxsize=8192)
def _word(word: str, language: Language) -> Word:
    spellings = [word]
    if re.search(r"[^\W\d_]", word) and re.search(r"[\d@$€]", word):
        spellings.append(word.translate(DISGUISES))
    spellings += [short for spelling in list(spellings) if (short := _single(spelling)) != spelling]
    forms: dict[Language, set[str]] = {name: set() for name in LANGUAGES}
    for spelling in spellings:
        known = is_known(spelling, language)
        for name in LANGUAGES:
            if name == language or not known:
                forms[name].update(forms_of(spelling, name))
    return Word(word, {name: frozenset(values) for name, values in forms.items()})


def _single(word: str) -> str:
    """The word with doubled letters once, where only that is a word."""
    short = re.sub(r"([^\W\d_])\1", r"\1", word)
    return short if any(is_known(short, name) for name in LANGUAGES) and not _known(word) else word


def _known(word: str) -> bool:
    return any(is_known(word, name) for name in LANGUAGES)


def find_topics(words: list[Word]) -> list[Found]:
    """Every topic's phrase among these words, in order."""
    found = []
    for start in range(len(words)):
        for language in LANGUAGES:
            for form in words[start].forms[language]:
                for phrase, topic in _phrases()[language].get(form, ()):
                    if _matches(words, start, phrase, language):
                        text = " ".join(word.text for word in words[start : start + len(phrase)])
                        found.append(Found(topic, text, start))
    return list(dict.fromkeys(found))


def _matches(words: list[Word], start: int, phrase: tuple[str, ...], language: Language) -> bool:
    part = words[start : start + len(phrase)]
    return len(part) == len(phrase) and all(
        wanted in word.forms[language] for wanted, word in zip(phrase, part, strict=True)
    )
