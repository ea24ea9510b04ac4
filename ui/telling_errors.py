"""What a browser is told when something is refused or fails: a kind for scripts, sentences for people.

The database and the code say their sentences in English; strings/refusals/ has each in the other languages.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from data.errors import DataError
from ui.words import LANGUAGES, words

_FOLDER = Path(__file__).with_name("strings") / "refusals"
_VALUE = re.compile(r"%[sL]")  # where a sentence of the table holds a value


def error_told(error: DataError | None, language: str) -> dict[str, str]:
    """{"kind", "text", "hint"}; None stands for a mistake of ours, which the log tells in full."""
    if error is None:
        return {"kind": "unexpected", "text": words(language)["error_unexpected"], "hint": ""}
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    return {"kind": kind, "text": told_in(language, str(error)), "hint": told_in(language, error.hint)}


def told_in(language: str, sentence: str) -> str:
    """A sentence of the database's or the code's in this language; what no table holds stays as it is."""
    if language == LANGUAGES[0] or not sentence:
        return sentence
    whole, patterns = _refusals(language)
    if sentence in whole:
        return whole[sentence]
    for pattern, translation in patterns:
        if found := pattern.fullmatch(sentence):
            values = iter(found.groups())
            return _VALUE.sub(lambda _, values=values: told_in(language, next(values)), translation)
    return sentence


@cache
def _refusals(language: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The sentences that hold no value, and patterns of those that do, the more particular first."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    with_values = sorted((key for key in table if _VALUE.search(key)), key=lambda key: len(_VALUE.sub("", key)))
    patterns = [
        (re.compile("(.+?)".join(map(re.escape, _VALUE.split(key))), re.DOTALL), table[key])
        for key in reversed(with_values)
    ]
    return {key: told for key, told in table.items() if not _VALUE.search(key)}, patterns
