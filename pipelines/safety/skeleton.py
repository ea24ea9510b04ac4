"""A sentence without what varies when the same thing is said again: endings, articles, possessives, who it happens to.

"she slit my wrists", "slits her wrists" and "slitting their wrist" have one skeleton: a phrase of the policy finds all.
"""

from collections.abc import Sequence
from functools import lru_cache

from pipelines.director.text import plain
from pipelines.safety.spelling import lemma

# Words that a phrase means the same without.
_LEFT_OUT = frozenset(
    ("the", "a", "an", "my", "your", "his", "its", "our", "their", "this", "these", "those", "some", "any")
    + ("l", "le", "la", "les", "un", "une", "des", "du", "de", "d", "ce", "cet", "cette", "ces")
    + ("mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs")
)
# Of them, those that are English words of their own: "drops his son", "a ton of bricks".
_MEANT_IN_ENGLISH = frozenset(("son", "ton"))
_ONE_FOR_MANY = {
    "him": "him",
    "them": "him",
    "himself": "oneself",
    "herself": "oneself",
    "myself": "oneself",
    "t": "te",
    "s": "se",
}
_ONE_FOR_MANY |= {"yourself": "oneself", "themselves": "oneself", "itself": "oneself", "ourselves": "oneself"}
# After these, "her" is somebody, not whose something is.
_NO_THING = frozenset(
    ("and", "or", "to", "in", "on", "at", "with", "until", "while", "when", "before", "after", "from", "again", "out")
    + ("up", "down", "for", "as", "by", "because", "so", "like", "off", "over", "into", "without", "then", "but", "who")
    + ("if", "where", "that", "the", "a", "an", "alone", "away", "every", "everywhere", "home")
)


def skeleton(words: Sequence[str], *, french: bool) -> list[tuple[str, int]]:
    """The words that carry the meaning, in their base form, each with its place; `words` keep their accents.

    french: whether a word of both languages is taken for a French one.
    """
    kept = []
    for index, word in enumerate(words):
        carried = _carried(word, french)
        if carried == "her":
            following = plain(words[index + 1]) if index + 1 < len(words) else "and"
            carried = "him" if following in _NO_THING else None
        if carried is not None:
            kept.append((carried, index))
    return kept


@lru_cache(maxsize=65536)
def _carried(word: str, french: bool) -> str | None:
    """What a word carries of the meaning, "her" as it is; None of a word that is left out."""
    bare = plain(word)
    if bare in _LEFT_OUT and (french or bare not in _MEANT_IN_ENGLISH):
        return None
    return bare if bare == "her" else _ONE_FOR_MANY.get(bare) or base(word, french=french)


@lru_cache(maxsize=65536)
def base(word: str, *, french: bool) -> str:
    """What all forms of a word share, plain: its dictionary form, of participles that of their verb."""
    first, second = ("fr", "en") if french else ("en", "fr")
    for language in (first, second):
        found = lemma(word, language)
        if found is not None:
            return _verb(word, found, language)
    return plain(word)


def _verb(word: str, found: str, language: str) -> str:
    """The verb of a participle that the dictionary holds for a word of its own (`smoking`, `noyée`), else the form."""
    if language == "en" and word.endswith("ing") and len(word) > 5 and found == word:
        stem = word[:-3]
        for verb in (stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else ""):
            if verb and lemma(verb, "en") == verb:
                return plain(verb)
    if language == "fr":
        for ending in ("ées", "ée", "és", "é"):
            if word.endswith(ending):
                verb = f"{word.removesuffix(ending)}er"
                return plain(verb) if lemma(verb, "fr") == verb else plain(found)
    return plain(found)
