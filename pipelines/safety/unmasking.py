"""Characters as the eye takes them: full width, look-alikes of other scripts, invisible and stacked marks.

Every character of the unmasked text remembers which character of the typed text it came from.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LATIN_NAME = re.compile(
    r"(?:LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?|REGIONAL INDICATOR SYMBOL LETTER "
    r"|(?:NEGATIVE )?(?:SQUARED|CIRCLED) LATIN (?:SMALL|CAPITAL) LETTER |TAG LATIN SMALL LETTER )([A-Z])(?: WITH .*)?"
)
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")  # as much as is plain already, or one character to look at
_KEPT_APOSTROPHES = "'’‘ʼ`´"
MARKS_PER_LETTER = 1  # more than one accent on a letter is decoration


@dataclass(frozen=True)
class Unmasked:
    """The text as it looks, in lower case, accents kept; `origin[i]` is where character i stood in the typed text."""

    text: str
    origin: tuple[int, ...]  # one more than the text has characters: the last is the typed text's length

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the typed text that a piece of this one came from."""
        first = self.origin[start]
        last = self.origin[end - 1] if end > start else first
        return first, max(first, last) + 1


def unmask(typed: str) -> Unmasked:
    """What a reader sees in a text."""
    if typed.isascii():
        return Unmasked(typed.lower(), tuple(range(len(typed) + 1)))
    letters: list[str] = []
    origin: list[int] = []
    for run in _RUN.finditer(typed):
        start, end = run.span()
        if run[0].isascii():
            letters.extend(run[0].lower())
            origin.extend(range(start, end))
            continue
        for plain in _as_seen(run[0]):
            if unicodedata.combining(plain):
                _accent(letters, plain)
            else:
                letters.append(plain)
                origin.append(start)
    return Unmasked("".join(letters), (*origin, len(typed)))


def _accent(letters: list[str], mark: str) -> None:
    """Puts a mark on the last letter where that makes one letter; any other mark is dropped."""
    if letters:
        together = unicodedata.normalize("NFC", letters[-1] + mark)
        if len(together) == 1:
            letters[-1] = together


@lru_cache(maxsize=16384)
def _as_seen(character: str) -> str:
    """Lower-case characters that one typed character looks like; nothing for one that cannot be seen."""
    if character.isascii():
        return character.lower()
    if character in _KEPT_APOSTROPHES:
        return "'"
    named = _LATIN_NAME.fullmatch(unicodedata.name(character, ""))
    if unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co") and named is None:
        return ""
    compatible = unicodedata.normalize("NFKC", character)
    if compatible != character:
        return "".join(_as_seen(part) for part in compatible) if len(compatible) <= 8 else compatible.lower()
    lower = character.lower()
    if len(lower) > 1:  # such as İ: a letter and a mark of its own
        return lower
    if _is_latin(lower):
        return lower
    if named is not None:
        return named[1].lower()
    return _look_alikes().get(character) or _look_alikes().get(lower) or lower


def _is_latin(character: str) -> bool:
    """Whether it is a letter that French or English could be written with: a base letter with one accent, œ, æ."""
    if character in "œæß":
        return True
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed[0].isascii() and decomposed[0].isalpha() and len(decomposed) <= 1 + MARKS_PER_LETTER


@lru_cache(maxsize=1)
def _look_alikes() -> dict[str, str]:
    """Characters outside ASCII that look like one of its letters, digits or like several of them."""
    from confusable_homoglyphs.confusables import confusables_data

    found: dict[str, str] = {}
    for character, likes in confusables_data.items():
        if character.isascii() or len(character) != 1 or unicodedata.combining(character):
            continue
        plain = [like["c"].lower() for like in likes if like["c"].isascii() and like["c"].isalnum()]
        if plain:
            found[character] = _likeliest(character, plain)
    return found | _ALSO_SEEN


def _likeliest(character: str, candidates: list[str]) -> str:
    """Of l, 1 and i, which the table holds as one shape, the one that the character's own name or category suggests."""
    if "o" in candidates or "0" in candidates:
        return "o"
    if set(candidates) & {"l", "1", "i"}:
        return "i" if unicodedata.category(character) == "Lu" else "l"
    return min(candidates, key=len)


# Letters that pass for Latin ones in running text and that the table of look-alikes leaves out.
_ALSO_SEEN = dict(
    zip(
        "αβδεικνορτυχωавекмнорстухіјѕԁԛԝьгипмчзбяйл",
        "abdeikvoptuxwabekmhopctyxijsdqwbrunm4z6rnn",
        strict=True,
    )
) | {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ð": "d", "þ": "p", "€": "€", "ŀ": "l"}
