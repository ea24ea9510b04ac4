"""The words that ask for a change ("replace", « sans », "closer"), and where the clauses of an instruction begin."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.director.lexicon import FOLDER, LANGUAGES, Language
from pipelines.director.morphology import forms_of
from pipelines.director.text import Token, TokenKind, words_of

TABLES = FOLDER / "remix"
CLITICS = frozenset(("le", "la", "les", "lui", "leur", "y", "moi", "nous"))  # French: "mets-le"
_JOINS = frozenset(("and", "et", "but", "mais", "aussi", "please"))
# what may stand between "make" and what it shall be
_SELVES = frozenset(
    (
        "encore",
        "even",
        "much",
        "a",
        "bit",
        "little",
        "un",
        "peu",
        "beaucoup",
        "it",
        "that",
        "them",
        "him",
        "her",
        "this",
        "be",
        "le",
        "la",
        "les",
        "ce",
        "soit",
        "soient",
        "il",
        "elle",
        "ils",
    )
)
_EMPTY_ENDS = frozenset(("set", "add", "keep", "then"))  # edits of which nothing is left without words
_SEPARATORS = (TokenKind.STOP, TokenKind.COMMA, TokenKind.COLON)


@dataclass(frozen=True)
class Cue:
    """A word or phrase that asks for an edit."""

    edit: str  # replace, remove, add, set …
    where: str  # start: of a clause only; anywhere: begins a clause itself; inside, noun: looked for by the edits
    words: tuple[str, ...]


@dataclass
class Clause:
    """One edit that is asked for: the cue, and the tokens that say what about."""

    edit: str
    tokens: list[Token]
    start: int  # offsets of all of it in the instruction
    end: int
    shot: int | None = None  # the one that it is about, counted from 0, -1 for the last; None: all
    by_clitic: bool = False  # "mets-le": what it is about is what there is


@lru_cache(maxsize=1)
def cues() -> Mapping[Language, tuple[Cue, ...]]:
    """All cues of each language, the longest first."""
    found: dict[Language, list[Cue]] = {language: [] for language in LANGUAGES}
    with (TABLES / "edits.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            for language, column in (("en", "english"), ("fr", "french")):
                found[language] += [
                    Cue(row["edit"], row["where"], words_of(phrase)) for phrase in row[column].split(";") if phrase
                ]
    return {language: tuple(sorted(listed, key=lambda cue: -len(cue.words))) for language, listed in found.items()}


@lru_cache(maxsize=1)
def contraries() -> tuple[frozenset[str], ...]:
    """Attributes of which somebody has one at a time."""
    with (TABLES / "contraries.csv").open(encoding="utf-8", newline="") as table:
        return tuple(frozenset(row["together"].split(";")) for row in csv.DictReader(table))


@lru_cache(maxsize=1)
def next_actions() -> Mapping[str, str]:
    """action → what somebody may do after it."""
    with (TABLES / "follows.csv").open(encoding="utf-8", newline="") as table:
        return {row["action"]: row["next"] for row in csv.DictReader(table)}


def cue_at(tokens: Sequence[Token], index: int, language: Language, wheres: Sequence[str]) -> tuple[Cue, int] | None:
    """(cue, index after it) of the longest cue that starts at a token."""
    for cue in cues()[language]:
        if cue.where in wheres and index + len(cue.words) <= len(tokens):
            here = tokens[index : index + len(cue.words)]
            if all(_is(token, wanted, language) for token, wanted in zip(here, cue.words, strict=True)):
                return cue, index + len(cue.words)
    return None


def _is(token: Token, word: str, language: Language) -> bool:
    if token.kind != TokenKind.WORD:
        return False
    return token.plain == word or (len(word) > 2 and word in forms_of(token.text, language))


def split(instruction: str, tokens: list[Token], language: Language) -> list[Clause]:
    """The clauses of an instruction in order. What stands before the first cue is a clause that sets something."""
    splitter = _Splitter(instruction, tokens, language)
    splitter.run()
    return [clause for clause in splitter.clauses if clause.tokens or clause.edit not in _EMPTY_ENDS]


@dataclass
class _Splitter:
    instruction: str
    tokens: list[Token]
    language: Language
    clauses: list[Clause] = field(default_factory=list)
    is_start: bool = True  # whether a clause may begin here

    def run(self) -> None:
        index = 0
        while index < len(self.tokens):
            wheres = ("start", "anywhere") if self.is_start else ("anywhere",)
            found = cue_at(self.tokens, index, self.language, wheres)
            if found is None:
                self._take(index)
                index += 1
            else:
                index = self._begin(index, *found)

    def _begin(self, index: int, cue: Cue, end: int) -> int:
        """Begins a clause at a cue; gives the index after the cue and what hangs on it."""
        start = self.tokens[index].start
        last = self.clauses[-1] if self.clauses else None
        if last is not None and last.edit == "set" and all(token.plain in _SELVES for token in last.tokens):
            self.clauses.pop()  # "make it | closer", « rends-le plus clair »
            start = min(last.start, start)
        clause = Clause(cue.edit, [], start, self.tokens[end - 1].end)
        while end < len(self.tokens) and self._is_clitic(end):
            clause.by_clitic = True
            clause.end = self.tokens[end].end
            end += 1
        self.clauses.append(clause)
        self.is_start = cue.edit in {"set", "then", "keep"} or clause.by_clitic
        return end

    def _is_clitic(self, index: int) -> bool:
        token = self.tokens[index]
        hangs = token.start > 0 and self.instruction[token.start - 1] == "-"
        return self.language == "fr" and hangs and token.plain in CLITICS | {"en"}

    def _take(self, index: int) -> None:
        """A token of the clause at hand; words that join clauses, and stops, end it."""
        token = self.tokens[index]
        joins = token.kind == TokenKind.WORD and token.plain in _JOINS
        ends = token.kind == TokenKind.STOP or (token.kind in _SEPARATORS or joins) and self._cue_follows(index + 1)
        if ends or (joins and (not self.clauses or not self.clauses[-1].tokens)):
            self.is_start = True
            if token.kind == TokenKind.STOP and self.clauses:
                self.clauses.append(Clause("set", [], token.end, token.end))
            return
        if not self.clauses:
            self.clauses.append(Clause("set", [], token.start, token.end))
        clause = self.clauses[-1]
        if not clause.tokens and clause.start == clause.end:
            clause.start = token.start
        clause.tokens.append(token)
        clause.end = token.end
        self.is_start = self.is_start and token.plain in _SELVES

    def _cue_follows(self, index: int) -> bool:
        while index < len(self.tokens) and self.tokens[index].plain in _JOINS:
            index += 1
        return index < len(self.tokens) and cue_at(self.tokens, index, self.language, ("start", "anywhere")) is not None
