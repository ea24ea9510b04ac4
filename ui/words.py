"""Every visible word, in English and French, from the tables in strings/."""

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
    """The words of a language by key; English for a language that we do not have."""
    return tomllib.loads((_FOLDER / f"{language_named(language)}.toml").read_text(encoding="utf-8"))


def words_for_scripts() -> str:
    """All words as JSON that can stand inside a script."""
    return json.dumps({language: words(language) for language in LANGUAGES}, ensure_ascii=True).replace("<", "\\u003c")
