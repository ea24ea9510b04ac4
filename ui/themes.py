"""Wide words of a described feed ("nature", « le sport ») and the concepts of storyboards that they stand for."""

import csv
import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parents[1] / "data" / "wishes" / "themes.csv"


def themes_of(clause: str) -> tuple[list[str], str]:
    """The concepts that wide words of a clause stand for, and the clause without those words."""
    found: list[str] = []
    for pattern, concepts in _themes():
        clause, times = pattern.subn(" ", clause)
        found += concepts if times else ()
    return list(dict.fromkeys(found)), " ".join(clause.split())


@cache
def _themes() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """(what finds the words of a theme in either language, its concepts), in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(
            (_any_of([*row["english"].split(";"), *row["french"].split(";")]), tuple(row["concepts"].split(";")))
            for row in csv.DictReader(table)
        )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
