"""The policy as data: areas, rules, words, people and characters, read from `data/policy/` and amended by moderators.

A term belongs to a signal ("nudity", "how_to"); a rule says which signals together mean what, how strongly, and why.
"""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.safety.combinations import signals_in

FOLDER = Path(__file__).parents[2] / "data" / "policy"
Score = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class PolicyError(ValueError):
    """The policy cannot be used; the message names the file or field and what to change."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Area(_Row):
    """A kind of harm, and what is told to whoever meets it."""

    title_en: str
    title_fr: str
    en: str  # why it is refused
    fr: str
    hold_en: str = "A moderator looks at it before anybody else can."
    hold_fr: str = "Une modératrice ou un modérateur la regarde d'abord."


class Kind(_Row):
    """What people and characters are: what stands in for them in a suggestion, and which words make a name sure."""

    en: str
    fr: str
    context: str | None = None  # signal


class Rule(_Row):
    """Signals that together are evidence. Each need is one signal, or several parted by `|`."""

    name: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]  # area.rule
    needs: tuple[str, ...] = Field(min_length=1)
    score: Score
    within: Annotated[int, Field(ge=1)] | None = None  # words between them at most; none: anywhere in the text
    ordered: bool = False  # the needs stand in this order: who does it, then to whom
    unless: tuple[str, ...] = ()  # signals that make it harmless
    softened_by: tuple[str, ...] = ()  # signals that leave only a doubt
    softened: Score = 0.6
    negatable: bool = False  # "no blood" is no blood
    beside: tuple[str, ...] = ()  # signals that take the meaning from what stands right beside them: "nude egg noodles"
    beside_people: bool = False  # they do so also where a text speaks of people
    where: tuple[str, ...] = ()  # prompt, caption …; none: everywhere
    mend: Literal["replace", "remove", "none"] = "remove"  # how a suggestion is made
    enabled: bool = True

    @property
    def area(self) -> str:
        return self.name.partition(".")[0]


class Term(_Row):
    """Phrases of a signal in their base form; one that begins with `=` counts only in exactly this form.

    A phrase may have alternatives and parts: see `combinations`.
    """

    signal: Name
    english: tuple[str, ...] = ()
    french: tuple[str, ...] = ()


class Person(_Row):
    """Somebody real. Another name that begins with `?` counts only beside words of the person's kind; one with ` + `
    is a description whose parts must stand near each other."""

    name: str
    kind: Name
    also: tuple[str, ...] = ()


class Character(_Row):
    """A character or brand that belongs to somebody; refused unless the registry says that it is licensed here."""

    id: Name
    name: str
    kind: Name
    holder: str
    also: tuple[str, ...] = ()


class RuleChange(_Row):
    score: Score | None = None
    enabled: bool | None = None


class Amendments(_Row):
    """What moderators changed since the shipped policy: a version that can be published and rolled back."""

    hold: Score | None = None
    refuse: Score | None = None
    rules: dict[str, RuleChange] = {}
    terms: Annotated[tuple[Term, ...], Field(max_length=2000)] = ()
    dropped_terms: Annotated[tuple[str, ...], Field(max_length=2000)] = ()  # phrases that no longer count
    people: Annotated[tuple[Person, ...], Field(max_length=2000)] = ()
    dropped_people: Annotated[tuple[str, ...], Field(max_length=2000)] = ()  # names
    characters: Annotated[tuple[Character, ...], Field(max_length=2000)] = ()
    licensed: Annotated[tuple[str, ...], Field(max_length=2000)] = ()  # ids of characters that may be shown


class Written(_Row):
    """A whole policy as it is written down."""

    version: str
    hold: Score  # from this score on, a person looks first
    refuse: Score  # from this score on, it is refused
    areas: dict[Name, Area]
    kinds: dict[Name, Kind]
    rules: tuple[Rule, ...]
    terms: tuple[Term, ...]
    people: tuple[Person, ...]
    characters: tuple[Character, ...]
    licensed: tuple[str, ...] = ()

    def amended(self, changes: Amendments) -> "Written":
        """The same policy with these changes; its version says that there are some. Raises PolicyError."""
        rules = {rule.name: rule for rule in self.rules}
        for name, change in changes.rules.items():
            if name not in rules:
                raise PolicyError(f"There is no rule {name!r}. The policy tester lists them.")
            rules[name] = rules[name].model_copy(update=change.model_dump(exclude_none=True))
        dropped = frozenset(changes.dropped_terms)
        left_out = frozenset(changes.dropped_people)
        amended = self.model_copy(
            update={
                "version": f"{self.version}+{_digest(changes.model_dump_json())}",
                "hold": self.hold if changes.hold is None else changes.hold,
                "refuse": self.refuse if changes.refuse is None else changes.refuse,
                "rules": tuple(rules.values()),
                "terms": (*(_without(term, dropped) for term in self.terms), *changes.terms),
                "people": (*(one for one in self.people if one.name not in left_out), *changes.people),
                "characters": (*self.characters, *changes.characters),
                "licensed": (*self.licensed, *changes.licensed),
            }
        )
        _check(amended)
        return amended


def _without(term: Term, dropped: frozenset[str]) -> Term:
    kept = {
        name: tuple(phrase for phrase in getattr(term, name) if phrase not in dropped) for name in ("english", "french")
    }
    return term.model_copy(update=kept)


def read_amendments(document: dict[str, Any]) -> Amendments:
    """Checked amendments from JSON. Raises PolicyError with one sentence per mistake."""
    try:
        return Amendments.model_validate(document)
    except ValidationError as error:
        raise PolicyError(_sentences(error)) from None


@lru_cache(maxsize=4)
def read_policy(folder: Path = FOLDER) -> Written:
    """The policy that is shipped in a folder. Raises PolicyError."""
    try:
        heads = tomllib.loads((folder / "policy.toml").read_text(encoding="utf-8"))
        rules = tomllib.loads((folder / "rules.toml").read_text(encoding="utf-8"))
        written = Written.model_validate(
            heads
            | {
                "rules": rules["rule"],
                "terms": [
                    row | {"english": _listed(row["english"]), "french": _listed(row["french"])}
                    for file in sorted((folder / "terms").glob("*.csv"))
                    for row in _rows(file)
                ],
                "people": [row | {"also": _listed(row["also"])} for row in _rows(folder / "people.csv")],
                "characters": [row | {"also": _listed(row["also"])} for row in _rows(folder / "characters.csv")],
            }
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise PolicyError(f"The policy in {folder.name}/ cannot be read: {error}") from error
    except ValidationError as error:
        raise PolicyError(_sentences(error)) from None
    _check(written)
    return written.model_copy(update={"version": f"{written.version}-{_digest(written.model_dump_json())}"})


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, strict=True):
            if None in row or None in row.values():
                raise PolicyError(
                    f"{file.name}: the row of {next(iter(row.values()))!r} has too many or too few cells."
                )
            yield {name: cell.strip() for name, cell in row.items()}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in cell.split(";") if phrase.strip())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _check(written: Written) -> None:
    """Refuses rules and kinds that speak of what is not there."""
    signals = {term.signal for term in written.terms} | BUILT_IN
    for term in written.terms:
        for phrase in (*term.english, *term.french):
            for signal in signals_in(phrase):
                if signal not in signals:
                    raise PolicyError(f"The phrase {phrase!r} asks for {signal!r}, and no term has that signal.")
    for rule in written.rules:
        if rule.area not in written.areas:
            raise PolicyError(f"The rule {rule.name} belongs to no area. Name it area.rule, such as hate.slur.")
        for signal in (
            *(one for need in rule.needs for one in need.split("|")),
            *rule.unless,
            *rule.softened_by,
            *rule.beside,
        ):
            if signal not in signals:
                raise PolicyError(f"The rule {rule.name} asks for {signal!r}, and no term has that signal.")
    for one in (*written.people, *written.characters):
        if one.kind not in written.kinds:
            raise PolicyError(f"{one.name} is a {one.kind!r}; the kinds are {', '.join(written.kinds)}.")


# The areas that a vote learned from examples can tell apart, in the order of its columns.
LEARNED = ("minors", "sexual", "self_harm", "dangerous", "hate") + (
    "violence",
    "harassment",
    "deception",
    "private_data",
    "spam",
)
# Signals that no table of terms gives: names, what is found by its form, and the learned vote.
BUILT_IN = frozenset(
    (
        *(f"alike_{area}" for area in LEARNED),
        "person",
        "character",
        "link",
        "phone",
        "card",
        "email",
        "address",
        "bank_account",
        "national_id",
        "flood",
        "child_age",
    )
)


def _sentences(error: ValidationError) -> str:
    return " ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}." for problem in error.errors()[:5])
