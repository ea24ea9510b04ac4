"""Small spelling mistakes, and nothing more: a word that exists is never read as another word."""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipelines.director.text import Token, TokenKind

SHORTEST = 4  # letters; below that, one letter is another word
TWO_MISTAKES = 8  # letters from which two mistakes are forgiven


def respell(token: Token, tokens: list[Token], words: tuple[str, ...]) -> str | None:
    """The word of the lexicon that was probably meant by a word that no dictionary has, if there is exactly one.

    A capital inside a sentence is a name, and a name is left alone.
    """
    if len(token.plain) < SHORTEST or not token.plain.isalpha() or _is_name(token, tokens):
        return None
    return _nearest(token.plain, words)


@lru_cache(maxsize=4096)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    mistakes = 2 if len(word) >= TWO_MISTAKES else 1
    found = process.extract(word, words, scorer=OSA.distance, processor=_sound, score_cutoff=mistakes, limit=8)
    found = [(choice, distance) for choice, distance, _ in found if _is_close(word, choice)]
    if not found:
        return None
    least = min(distance for _, distance in found)
    nearest = [choice for choice, distance in found if distance == least]
    return nearest[0] if len({choice.rstrip("es") for choice in nearest}) == 1 else None


def _sound(word: str) -> str:
    """The word with one letter for one sound, so that "elefant" is an elephant rather than elegant."""
    return word.replace("ph", "f").replace("ck", "k").replace("qu", "k")


def _is_close(word: str, choice: str) -> bool:
    """Mistakes seldom touch a word's first letter, and a short word with a letter more or less is another word."""
    if len(choice) < SHORTEST and len(word) != len(choice):
        return False
    return word[0] == choice[0] and abs(len(word) - len(choice)) <= 1


def _is_name(token: Token, tokens: list[Token]) -> bool:
    if not token.text[:1].isupper():
        return False
    before = [other for other in tokens if other.end <= token.start]
    return bool(before) and before[-1].kind == TokenKind.WORD
