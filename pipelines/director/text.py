"""A prompt as tokens that remember where they stood, so that every phrase shown to people is their own.

Quoted text is one token: what somebody says is never read for subjects.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class TokenKind(StrEnum):
    WORD = "word"
    QUOTE = "quote"
    COMMA = "comma"  # a pause inside a sentence: , ( ) – and the like
    COLON = "colon"
    STOP = "stop"  # the end of a sentence or of a line


@dataclass(frozen=True)
class Token:
    """One piece of the prompt; `start` and `end` are offsets into the prompt as typed."""

    kind: TokenKind
    start: int
    end: int
    text: str  # as typed; of a quote, what stands between the marks
    plain: str  # lower case, without accents, apostrophes straight


_QUOTE = re.compile(
    r"«\s*(?P<a>[^«»]{1,600}?)\s*»"
    r"|“(?P<b>[^“”]{1,600})[”\"]"
    r"|„(?P<c>[^„“”]{1,600})[“”]"
    r'|"(?P<d>[^"]{1,600})"'
    r"|(?<![^\s(\[:,–—-])[‘'](?P<e>(?=\S)[^‘\n]{0,600}?[^\s‘'’])['’](?!\w)"
)
_WORD = r"[^\W_]+(?:[\u0300-\u036f][^\W_]*)*"
_TOKEN = re.compile(
    r"(?P<handle>(?<![\w.@])@[A-Za-z0-9_]{3,30}(?![\w@]))|"
    rf"(?P<elided>\b(?:quelqu|jusqu|lorsqu|puisqu|qu|[cdjlmnstCDJLMNST]|Qu|Jusqu|Lorsqu|Puisqu)['’])(?=[^\W\d_]|$)"
    rf"|(?P<negated>{_WORD}(?=n['’]t\b))|(?P<not>n['’]t\b)"
    r"|(?P<possessive>(?:(?<=\w)|^)['’]s\b)"
    r"|(?P<seconds>\d+(?:[.,]\d+)?(?=(?:s|sec|secs|min)\b))"
    r"|(?P<number>\d+(?:[.,]\d+)?(?![\w]))"
    rf"|(?P<word>{_WORD}|&)"
    r"|(?P<emoji>[\u2600-\u27bf\U0001f300-\U0001faff]+)"
    r"|(?P<stop>[.!?;\n…。]+)|(?P<colon>:)|(?P<comma>[,()\[\]–—/]|(?<=\s)-(?=\s))",
)
_KINDS = {"stop": TokenKind.STOP, "colon": TokenKind.COLON, "comma": TokenKind.COMMA}


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """The word in lower case, without accents and ligatures, apostrophes straight: how words are compared."""
    word = word.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def tokenize(prompt: str) -> list[Token]:
    """The tokens of a prompt in order, quoted text as one token each."""
    tokens: list[Token] = []
    position = 0
    for quote in _QUOTE.finditer(prompt):
        tokens += _tokens_between(prompt, position, quote.start())
        said = next(text for text in quote.groups() if text is not None)
        tokens.append(Token(TokenKind.QUOTE, quote.start(), quote.end(), said.strip(), ""))
        position = quote.end()
    return tokens + _tokens_between(prompt, position, len(prompt))


def handle_of(word: str) -> str:
    """The handle that a word such as "@Ann" names, without its sign and in lower case; nothing for another word."""
    return word[1:].lower() if word.startswith("@") else ""


def words_of(phrase: str) -> tuple[str, ...]:
    """The plain words of a phrase of the lexicon."""
    return tuple(token.plain for token in _tokens_between(phrase, 0, len(phrase)) if token.kind == TokenKind.WORD)


def _tokens_between(prompt: str, start: int, end: int) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(prompt, start, end):
        kind = _KINDS.get(match.lastgroup or "", TokenKind.WORD)
        found.append(Token(kind, match.start(), match.end(), match[0], plain(match[0])))
    return found
