"""The forms under which a word of a prompt may stand in the lexicon."""

from functools import lru_cache

from simplemma.utils import normalize_token

from pipelines.director.dictionaries import lemmatizer, lookup
from pipelines.director.text import plain


@lru_cache(maxsize=16384)
def forms_of(word: str, language: str) -> tuple[str, ...]:
    """The word itself and its dictionary forms, plain: `courent` → (courent, courir)."""
    word = word.lower().replace("’", "'")
    found = [plain(word), plain(lemmatizer().lemmatize(word, language))]
    if language == "fr":
        found += [plain(lemma) for lemma in _french_verbs(word)]
    elif found[0] == found[1] and word.endswith("ing"):
        found += _english_verbs(word.removesuffix("ing"))
    return tuple(dict.fromkeys(found))


def _english_verbs(stem: str) -> list[str]:
    """Infinitives behind a word that the dictionary keeps as a noun: `sitting` → sit, `writing` → write."""
    spellings = [stem, stem + "e", stem[:-1]] if stem[-1:] == stem[-2:-1] else [stem, stem + "e"]
    return [plain(spelling) for spelling in spellings if len(spelling) > 1 and is_known(spelling, "en")]


def _french_verbs(word: str) -> list[str]:
    """Infinitives of forms that the dictionary gives to a noun or leaves alone.

    `danse` is in it as a noun and `dansant` as itself, but `dansent` leads to the verb, and both are one letter away.
    """
    if word.endswith("ant"):
        stem = word[:-3].removesuffix("e") if word.endswith("eant") else word[:-3]
        plural = stem + "ent"
    elif word.endswith("e"):
        plural = word + "nt"
    else:
        return []
    return [lemmatizer().lemmatize(plural, "fr")] if is_known(plural, "fr") else []


@lru_cache(maxsize=16384)
def is_known(word: str, language: str) -> bool:
    """Whether the word is in the language's dictionary, in this or another form."""
    return lookup().get_lemma(normalize_token(word.lower()), language) is not None


@lru_cache(maxsize=4096)
def is_plural(word: str, language: str) -> bool:
    """Whether a noun is written in its plural form; nouns whose plural looks the same count as singular."""
    word = word.lower()
    lemma = lemmatizer().lemmatize(word, language)
    if language == "fr":
        return word.endswith(("s", "x")) and not lemma.endswith(("s", "x"))
    return plain(lemma) != plain(word) or plain(word) == "people"
