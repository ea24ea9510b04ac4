"""Every visible word, in English and French, from the tables in strings/: one folder a language, one file an area."""

import json
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
_FOLDER = Path(__file__).with_name("strings")


def language_named(name: object) -> str:
    """The language of that name if we have it, else English."""
    return name if name in LANGUAGES else LANGUAGES[0]


@cache
def words(language: str) -> dict[str, str]:
    """The words of a language by key; English for a language that we do not have. A key stands in one file only."""
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / language_named(language)).glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        assert not found.keys() & table.keys(), f"{file.name} repeats {sorted(found.keys() & table.keys())}"
        found |= table
    return found


@cache
def words_module() -> str:
    """All words as a JavaScript module: `WORDS`, by language and key."""
    return f"export const WORDS = {json.dumps({language: words(language) for language in LANGUAGES})};\n"
