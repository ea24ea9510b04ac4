"""How well a policy decides over examples: what it catches, what it misses, what it refuses for nothing."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.safety.deciding import Policy, rule
from pipelines.safety.ruling import Decision, Ruling

# the sets that rules are tuned and the vote learns on; the second half only measures
TUNED_ON = (
    "first_half",
    "development",
    "development_2",
    "development_3",
    "development_4",
    "development_5",
    "development_6",
    "development_7",
)
COLUMNS = ["text", "language", "area", "expected", "note"]


@dataclass(frozen=True)
class Example:
    """A text and what should be decided about it."""

    text: str
    language: str
    area: str
    expected: Decision
    note: str = ""


@dataclass(frozen=True)
class Tally:
    """Counts over some examples. What should be held or refused is caught by either."""

    caught: int = 0
    missed: int = 0
    passed: int = 0  # rightly allowed
    false_refusals: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.caught + other.caught,
            self.missed + other.missed,
            self.passed + other.passed,
            self.false_refusals + other.false_refusals,
        )

    @property
    def recall(self) -> float | None:
        """The share caught of what should be, 0 to 1; None where nothing should."""
        return self.caught / (self.caught + self.missed) if self.caught + self.missed else None

    @property
    def false_refusal_rate(self) -> float | None:
        """The share wrongly refused or held of what is fine, 0 to 1; None where nothing is."""
        return self.false_refusals / (self.passed + self.false_refusals) if self.passed + self.false_refusals else None


@dataclass(frozen=True)
class Measured:
    """What a policy decided over a set of examples."""

    total: Tally
    by_area: dict[str, Tally]
    matrix: dict[str, dict[str, int]]  # expected → decided → how many
    misses: list[tuple[Example, Ruling]]  # allowed, and should not be
    wrong: list[tuple[Example, Ruling]]  # refused or held, and should be allowed


def read_examples(path: Path) -> list[Example]:
    """The examples of a CSV file with the columns text, language, area, expected, note. Raises ValueError."""
    with path.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table, strict=True)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"{path.name}: the first line must be {','.join(COLUMNS)}.")
        return [Example(**row | {"expected": Decision(row["expected"])}) for row in reader]


def measure(policy: Policy, examples: Iterable[Example]) -> Measured:
    """What the policy decides about each example, counted."""
    by_area: dict[str, Tally] = {}
    matrix = {expected.value: dict.fromkeys((one.value for one in Decision), 0) for expected in Decision}
    misses, wrong = [], []
    for example in examples:
        ruling = rule(example.text, policy=policy, suggest=False)
        matrix[example.expected][ruling.decision] += 1
        fine = example.expected is Decision.ALLOW
        if fine and not ruling.allowed:
            wrong.append((example, ruling))
        elif not fine and ruling.allowed:
            misses.append((example, ruling))
        by_area[example.area] = by_area.get(example.area, Tally()) + _counted(fine, ruling.allowed)
    return Measured(sum(by_area.values(), Tally()), by_area, matrix, misses, wrong)


def _counted(fine: bool, allowed: bool) -> Tally:
    if fine:
        return Tally(passed=1) if allowed else Tally(false_refusals=1)
    return Tally(missed=1) if allowed else Tally(caught=1)
