"""The words of a language and their dictionary forms, unpacked once per installation: unpacking takes half a second."""

import marshal
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries.dictionary_factory import (
    CachingDictionaryFactory,
    DefaultDictionaryFactory,
    MappingStrToByteString,
)

FOLDER = Path(__file__).parents[2] / "var" / "dictionaries"

# Forms of common words that the English dictionary takes for those of rare or misspelt ones: "playing" for "playe".
_BOTH = ("annex", "assail", "craft", "drench", "fix", "guard", "intern", "long", "mix", "smooth", "thank", "unfold")
_ING = (*_BOTH, "grow", "play", "proclaim", "sing", "spring", "swear", "swing", "think", "wing")
CORRECTED = {"en": {f"{verb}ed": verb for verb in _BOTH} | {f"{verb}ing": verb for verb in _ING}}


class KeptDictionaries(CachingDictionaryFactory):
    """simplemma's dictionaries, kept unpacked in a folder. Where nothing can be kept they are unpacked each time."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path = FOLDER) -> None:
        super().__init__()
        self._folder = folder

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        file = self._folder / f"{lang}-{version('simplemma')}.marshal"
        words = _read(file)
        if words is None:
            words = {
                word.encode(): form.encode() for word, form in DefaultDictionaryFactory().get_dictionary(lang).items()
            }
            _write(file, words)
        words |= {word.encode(): form.encode() for word, form in CORRECTED.get(lang, {}).items()}
        return MappingStrToByteString(words)


DICTIONARIES = KeptDictionaries()  # shared, so that each is in memory once


@cache
def lemmatizer() -> Lemmatizer:
    """Leads words back to their dictionary forms."""
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=DICTIONARIES))


@cache
def lookup() -> DictionaryLookupStrategy:
    """Tells which words are in a dictionary."""
    return DictionaryLookupStrategy(DICTIONARIES)


def _read(file: Path) -> dict[bytes, bytes] | None:
    """The words in a file, or None if it is not there or not whole."""
    try:
        words = marshal.loads(file.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return words if isinstance(words, dict) and words else None


def _write(file: Path, words: dict[bytes, bytes]) -> None:
    """Keeps the words, whole or not at all; a folder that cannot be written to only costs time at the next start."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
            unfinished.write(marshal.dumps(words))
        os.replace(unfinished.name, file)
