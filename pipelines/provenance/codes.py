"""The number of a clip as the bits that a mark carries: authenticated, and able to lose many of them.

A word has 25 symbols of 5 bits: 8 for the number (40 bits), 4 for its authentication (20 bits of a keyed hash), and 13
of a Reed-Solomon code, so that 6 wrong symbols are corrected, or 13 missing ones filled in. What a detector reads are
not bits but leanings (125 numbers, above 0 for a one, in standard deviations of the noise round them). They are decoded
in two ways: `decode` needs nothing but the key; `KnownMarks.best` compares them with every number that was ever given
out, and so finds it in far worse copies.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from reedsolo import ReedSolomonError, RSCodec

from pipelines.provenance.installation import MARK_BITS

SYMBOL_BITS = 5
MARK_SYMBOLS = MARK_BITS // SYMBOL_BITS
TAG_SYMBOLS = 4
PARITY_SYMBOLS = 13
WORD_SYMBOLS = MARK_SYMBOLS + TAG_SYMBOLS + PARITY_SYMBOLS
WORD_BITS = WORD_SYMBOLS * SYMBOL_BITS
ERASED = (0, 2, 4, 6, 8, 10, 12)  # how many of the weakest symbols are taken as missing, in turn
CHANCE = 1e-9  # how often noise may be taken for a mark, per file looked at


@dataclass(frozen=True)
class Decoded:
    """A number that was read, and how sure that is."""

    mark: int
    score: float  # standard deviations above what noise would give
    chance: float  # that noise would do as well


@lru_cache(maxsize=1)
def _reed_solomon() -> RSCodec:
    return RSCodec(PARITY_SYMBOLS, nsize=2**SYMBOL_BITS - 1, c_exp=SYMBOL_BITS)


def word(secret: bytes, mark: int) -> np.ndarray:
    """(125,) uint8 of 0 and 1: what a mark carries for this number."""
    message = _symbols(mark, MARK_SYMBOLS) + _symbols(_tag(secret, mark), TAG_SYMBOLS)
    return _bits(_reed_solomon().encode(message))


def decode(secret: bytes, leanings: np.ndarray) -> Decoded | None:
    """The number that (125,) leanings carry, or None. Reads only numbers with a right tag, far above noise."""
    hard = _packed(leanings > 0)
    surest = np.abs(leanings).reshape(WORD_SYMBOLS, SYMBOL_BITS).min(1)  # a symbol is as sure as its weakest bit
    weakest = np.argsort(surest, kind="stable")
    for count in ERASED:
        mark = _corrected(secret, hard, weakest[:count].tolist())
        if mark is not None:
            score = score_of(leanings, word(secret, mark))
            chance = len(ERASED) * 2.0 ** -(TAG_SYMBOLS * SYMBOL_BITS) * _tail(score)
            return Decoded(mark, score, chance) if chance < CHANCE else None
    return None


def score_of(leanings: np.ndarray, bits: np.ndarray) -> float:
    """How well leanings fit a word, in standard deviations of what a word unknown to them would give."""
    return float(leanings @ (bits.astype(np.float64) * 2 - 1)) / math.sqrt(WORD_BITS)


class KnownMarks:
    """Every number given out, ready to be compared with what was read. Grows; never forgets."""

    def __init__(self, secret: bytes, marks: Iterable[int] = ()) -> None:
        self._secret = secret
        self._marks = np.zeros(0, np.int64)
        self._words = np.zeros((0, (WORD_BITS + 7) // 8), np.uint8)
        self.add(marks)

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, marks: Iterable[int]) -> None:
        """Adds numbers."""
        new = np.fromiter(marks, np.int64)
        if len(new):
            self._words = np.concatenate([self._words, np.packbits(_words(self._secret, new), axis=1)])
            self._marks = np.concatenate([self._marks, new])

    def best(self, leanings: np.ndarray) -> Decoded | None:
        """The known number that fits (125,) leanings best, if it fits better than noise ever would."""
        if not len(self._marks):
            return None
        scores = self._scores(leanings)
        first = int(scores.argmax())
        score = float(scores[first])
        chance = len(self._marks) * _tail(score)
        return Decoded(int(self._marks[first]), score, chance) if chance < CHANCE else None

    def _scores(self, leanings: np.ndarray) -> np.ndarray:
        """(n,) score of every known word, from a table of sums for each value of each of its 16 bytes."""
        padded = np.zeros(self._words.shape[1] * 8)
        padded[:WORD_BITS] = leanings
        values = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float64) * 2 - 1  # (256, 8)
        sums = values @ padded.reshape(-1, 8).T  # (256, 16)
        total = np.zeros(len(self._words))
        for column in range(self._words.shape[1]):
            total += sums[self._words[:, column], column]
        return total / math.sqrt(WORD_BITS)


def _words(secret: bytes, marks: np.ndarray) -> np.ndarray:
    """(n, 125) uint8 words of many numbers: the code is linear, so a word is a sum of rows of its generator."""
    tags = np.fromiter((_tag(secret, mark) for mark in marks.tolist()), np.int64, len(marks))
    size = TAG_SYMBOLS * SYMBOL_BITS
    bits = np.concatenate([_low_bits(marks, MARK_BITS), _low_bits(tags, size)], axis=1)
    return (bits.astype(np.float32) @ _generator()).astype(np.uint8) & 1


def _low_bits(numbers: np.ndarray, count: int) -> np.ndarray:
    """(n, count) uint8: the lowest bits of (n,) numbers, highest first."""
    return np.unpackbits(numbers.astype(">i8").view(np.uint8).reshape(-1, 8), axis=1)[:, -count:]


@lru_cache(maxsize=1)
def _generator() -> np.ndarray:
    """(60, 125) float32 of 0 and 1: row i is the word of a message whose only one is its bit i."""
    size = MARK_SYMBOLS + TAG_SYMBOLS
    rows = [_bits(_reed_solomon().encode(_symbols(1 << bit, size))) for bit in range(size * SYMBOL_BITS - 1, -1, -1)]
    return np.stack(rows).astype(np.float32)


def _corrected(secret: bytes, symbols: list[int], missing: Sequence[int]) -> int | None:
    """The number in 25 symbols of which some are missing, if the code holds and the tag is right."""
    try:
        message = _reed_solomon().decode(bytearray(symbols), erase_pos=list(missing))[0]
    except (ReedSolomonError, ZeroDivisionError):
        return None
    mark = _number(message[:MARK_SYMBOLS])
    return mark if _number(message[MARK_SYMBOLS:]) == _tag(secret, mark) else None


def _tag(secret: bytes, mark: int) -> int:
    """20 bits that only the holder of the key can compute."""
    digest = hashlib.blake2b(mark.to_bytes(8, "big"), digest_size=4, key=secret, person=b"tag of a mark").digest()
    return int.from_bytes(digest, "big") >> (32 - TAG_SYMBOLS * SYMBOL_BITS)


def _symbols(number: int, count: int) -> list[int]:
    return [number >> SYMBOL_BITS * place & 31 for place in range(count - 1, -1, -1)]


def _number(symbols: Iterable[int]) -> int:
    number = 0
    for symbol in symbols:
        number = number << SYMBOL_BITS | int(symbol)
    return number


def _bits(symbols: Iterable[int]) -> np.ndarray:
    values = np.fromiter(symbols, np.uint8)
    return np.unpackbits(values[:, None], axis=1)[:, 8 - SYMBOL_BITS :].reshape(-1)


def _packed(bits: np.ndarray) -> list[int]:
    weights = 1 << np.arange(SYMBOL_BITS - 1, -1, -1)
    return (bits.reshape(WORD_SYMBOLS, SYMBOL_BITS) * weights).sum(1).tolist()


def _tail(score: float) -> float:
    """The share of a normal distribution above `score` standard deviations."""
    return 0.5 * math.erfc(score / math.sqrt(2))
