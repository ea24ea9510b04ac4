"""A text as words that may be compared, in several readings: as written, in dictionary form, with disguises undone.

Every word of a reading knows which tokens of the text it stands for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipelines.director.text import plain
from pipelines.safety.skeleton import skeleton
from pipelines.safety.spelling import Spelling, is_word, lemmas
from pipelines.safety.unmasking import Unmasked, unmask

_TOKEN = re.compile(r"[^\W_]+")
_DISGUISED = re.compile(r"[@$+€£¢!|*#]{1,3}")  # what may stand for a letter inside a word
_BREAK = re.compile(r"[.!?;\n…。]")
FEWEST_LONE = 3  # letters in a row that may be a word in pieces
_plain = lru_cache(maxsize=65536)(plain)  # the same words come again and again
MAX_CHARACTERS = 2_200  # beyond it a text is refused unread; no boundary of the app lets more than 2,000 through


class Token(NamedTuple):
    """A run of letters and digits; `start` and `end` are offsets into the unmasked text."""

    start: int
    end: int
    text: str  # accents kept
    plain: str
    sentence: int


class Word(NamedTuple):
    """One word of a reading, standing for the tokens from `first` to `last`."""

    plain: str
    first: int
    last: int
    changed: bool = False


@dataclass(frozen=True)
class Text:
    """A typed text, unmasked and cut into tokens."""

    typed: str
    unmasked: Unmasked
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> list["Word"]:
        """Every token as it stands; other readings share those that they leave alone."""
        return [Word(token.plain, index, index) for index, token in enumerate(self.tokens)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where tokens stand in the text as it was typed."""
        return self.unmasked.span(self.tokens[first].start, self.tokens[last].end)


def read(typed: str) -> Text:
    """The tokens of a text."""
    unmasked = unmask(typed[:MAX_CHARACTERS])
    tokens = []
    sentence, position = 0, 0
    for match in _TOKEN.finditer(unmasked.text):
        start, end = match.span()
        if start != position + 1 or unmasked.text[position] != " ":
            sentence += _BREAK.search(unmasked.text, position, start) is not None
        position = end
        tokens.append(Token(start, end, match[0], _plain(match[0]), sentence))
    return Text(typed, unmasked, tuple(tokens))


def in_dictionary_form(text: Text) -> list[list[Word]]:
    """Every token in its dictionary form; a second reading where English and French differ."""
    forms = [lemmas(token.text) or (token.plain,) for token in text.tokens]
    readings = [[_as(found[0], word) for found, word in zip(forms, text.words, strict=True)]]
    if any(len(found) > 1 for found in forms):
        readings.append([_as(found[-1], word) for found, word in zip(forms, text.words, strict=True)])
    return readings


def _as(read: str, word: Word) -> Word:
    """A word of one token that is read as another; the word itself where that is no other."""
    return word if read == word.plain else Word(read, word.first, word.last)


def as_skeletons(text: Text) -> list[list[Word]]:
    """What carries the meaning of the text; a second reading where English and French differ."""
    words = [token.text for token in text.tokens]
    english, french = (skeleton(words, french=french) for french in (False, True))
    readings = [english] if english == french else [english, french]
    return [[_as(word, text.words[index]) for word, index in reading] for reading in readings]


def undisguised(text: Text, spelling: Spelling) -> list[Word]:
    """Tokens with letters for digits and signs, without long runs, and with small mistakes mended."""
    words = []
    for first, last, written in _pieces(text):
        word = spelling.repaired(written)
        lone = last > first and len(text.tokens[first].plain) == 1 and word in spelling.known
        if last > first and word == _plain(written) and not lone:  # nothing was hidden behind the signs between them
            words += [_repaired(text, index, spelling) for index in range(first, last + 1)]
        else:
            words.append(Word(word, first, last, changed=lone or word != _plain(written)))
    return words


def _repaired(text: Text, index: int, spelling: Spelling) -> Word:
    word, written = spelling.repaired(text.tokens[index].text), text.words[index]
    return written if word == written.plain else Word(word, index, index, changed=True)


def _pieces(text: Text) -> Iterator[tuple[int, int, str]]:
    """Runs of tokens held together by signs that may stand for letters, with a sign that may begin them."""
    letters, tokens = text.unmasked.text, text.tokens
    first = 0
    while first < len(tokens):
        spelled = _spelled(text, first)
        if spelled - first + 1 >= FEWEST_LONE:
            yield first, spelled, "".join(token.text for token in tokens[first : spelled + 1])
            first = spelled + 1
            continue
        last = first
        while last + 1 < len(tokens) and _DISGUISED.fullmatch(letters, tokens[last].end, tokens[last + 1].start):
            last += 1
        start = tokens[first].start
        if start > 0 and letters[start - 1] in "@$€£" and (start == 1 or letters[start - 2].isspace()):
            start -= 1
        end = tokens[last].end
        yield first, last, letters[start : end + (letters[end : end + 1] == "$")]
        first = last + 1


def _spelled(text: Text, first: int) -> int:
    """The last of the lone letters that begin at a token and are parted by the same sign, as in `m-u-r-d-e-r`."""
    letters, tokens = text.unmasked.text, text.tokens
    last = first
    while (
        last + 1 < len(tokens)
        and len(tokens[last].plain) == len(tokens[last + 1].plain) == 1
        and tokens[last + 1].start - tokens[last].end <= 2
        and letters[tokens[last].end : tokens[last + 1].start] == letters[tokens[first].end : tokens[first + 1].start]
    ):
        last += 1
    return last


def as_names(text: Text, spelling: Spelling) -> list[list[Word]]:
    """Readings with mistakes in names mended; as many as one word has likely meanings."""
    meant = [spelling.as_names(token.text) for token in text.tokens]
    return [
        [
            word
            if names[0] == word.plain
            else Word(names[min(choice, len(names) - 1)], word.first, word.last, changed=True)
            for word, names in zip(text.words, meant, strict=True)
        ]
        for choice in range(max(map(len, meant), default=0))
    ]


@dataclass(frozen=True)
class Squeezed:
    """All letters of a text without what parts them; `starts` and `ends` say where tokens begin and end."""

    letters: str
    starts: dict[int, int]  # offset → token
    ends: dict[int, int]  # offset of the last letter → token


def squeezed(text: Text, spelling: Spelling) -> Squeezed:
    """The text in one piece, so that a word that was pulled apart is found again."""
    pieces: list[str] = []
    starts, ends, length = {}, {}, 0
    for index, token in enumerate(text.tokens):
        word = spelling.repaired(token.text) if len(token.plain) > 1 else _LONE.get(token.plain, token.plain)
        pieces.append(word)
        starts[length] = index
        length += len(word)
        ends[length - 1] = index
    return Squeezed("".join(pieces), starts, ends)


_LONE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"}  # digits between lone letters


def pulled_apart(text: Text, first: int, last: int) -> bool:
    """Whether these tokens look like one word in pieces: lone letters, or pieces that are no words."""
    pieces = text.tokens[first : last + 1]
    if len(pieces) < 2:
        return False
    if all(len(piece.plain) == 1 for piece in pieces):
        return len(pieces) >= 3
    return sum(is_odd(piece) for piece in pieces) * 2 >= len(pieces)


def is_odd(piece: Token) -> bool:
    """Whether a piece is no word that stands between others, as "du" does in "du jardin"."""
    return piece.plain not in _SMALL_WORDS and (len(piece.plain) <= 2 or not is_word(piece.text))


_SMALL_WORDS = frozenset(
    ("of", "in", "on", "at", "to", "is", "it", "as", "by", "he", "we", "my", "me", "no", "so", "up", "us", "or", "an")
    + ("du", "de", "la", "le", "un", "en", "et", "il", "au", "ma", "sa", "ta", "ne", "se", "ce", "je", "tu", "ou", "a")
)
