"""Rows as CSV that a spreadsheet may open."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV text with a head; cells that a spreadsheet would run as a formula are quoted away. "" for no rows."""
    rows, target = list(rows), io.StringIO()
    if rows:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _plain(value) for key, value in row.items()})
    return target.getvalue()


def _plain(value: object) -> object:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULAS) else value
