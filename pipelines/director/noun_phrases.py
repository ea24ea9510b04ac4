"""Noun phrases: which words belong together, which of them is what is talked about, and what describes it."""

from dataclasses import dataclass, field

from pipelines.director.context import DETERMINERS
from pipelines.director.lexicon import Language
from pipelines.director.mentions import Mention
from pipelines.director.morphology import forms_of

STARTS = DETERMINERS | {"colour", "attribute", "subject", "accessory", "place", "unknown", "undrawn", "ignore"}
_NOUNS = frozenset(("subject", "accessory", "place"))
_VERB_ENDINGS = ("s", "ed", "ing", "ly")


@dataclass
class Noun:
    """A noun of a phrase with the colours and attributes that describe it."""

    mention: Mention
    looks: list[Mention] = field(default_factory=list)


@dataclass
class NounPhrase:
    """A determiner, nouns with what describes them, and the words in between that nobody knows."""

    items: list[Mention]
    determiner: str  # category, or nothing
    number: Mention | None
    nouns: list[Noun]
    looks: list[Mention]  # colours and attributes where there is no noun to describe
    unknown: list[Mention]
    motions: list[Mention]  # actions that describe: "a dancing robot"
    is_compound: bool  # "a cat statue" is no cat: the last word, an unknown one, is what is talked about

    @property
    def head(self) -> Noun | None:
        """What the phrase talks about, if it is known."""
        return None if self.is_compound or not self.nouns else self.nouns[-1]


def is_noun(mention: Mention) -> bool:
    """Whether a mention can be what a phrase talks about."""
    return mention.category in _NOUNS or (mention.category == "attribute" and mention.implied("subject") is not None)


def is_look(mention: Mention) -> bool:
    """Whether a mention only describes: a colour, or an attribute that is no noun."""
    return mention.category == "colour" or (mention.category == "attribute" and not is_noun(mention))


def take_noun_phrase(mentions: list[Mention], first: int, language: Language) -> tuple[NounPhrase, int]:
    """The noun phrase that starts at a mention, and the index after it."""
    end = first
    while end < len(mentions) and _continues(mentions, first, end, language):
        end += 1
    end = max(end, first + 1)
    items = [item for item in mentions[first:end] if item.category not in {"conjunction", "comma", "function"}]
    return _phrase(items, language), end


def _continues(mentions: list[Mention], first: int, index: int, language: Language) -> bool:
    mention, so_far = mentions[index], mentions[first:index]
    has_noun = any(is_noun(item) for item in so_far)
    has_content = any(item.category not in DETERMINERS | {"ignore", "function"} for item in so_far)
    if mention.category in DETERMINERS:
        return not has_content and _may_join_determiners(mentions, index, so_far)
    if mention.category in {"conjunction", "comma"}:
        return _joins_looks(mentions, so_far, index, language)
    if mention.category == "function":
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        return bool(so_far) and not has_noun and following is not None and (is_look(following) or is_noun(following))
    if is_look(mention) and has_noun and language == "en":
        return mentions[index - 1].category in {"conjunction", "comma"}
    if mention.category == "unknown" and has_noun:
        return language == "en" and _makes_compound(mentions, so_far, index)
    if mention.category == "action":
        return _is_participle(mentions, so_far, index, has_noun)
    if is_noun(mention) and has_noun and mentions[index - 1].category in {"conjunction", "comma"}:
        return False
    return mention.category in STARTS


def _may_join_determiners(mentions: list[Mention], index: int, so_far: list[Mention]) -> bool:
    following = mentions[index + 1].category if index + 1 < len(mentions) else ""
    if mentions[index].category == "number" and following in {"unit_seconds", "age"}:
        return False
    return (
        not so_far or mentions[index].category in {"number", "another", "quantity"} or so_far[-1].category == "ignore"
    )


def _joins_looks(mentions: list[Mention], so_far: list[Mention], index: int, language: Language) -> bool:
    """In "black and white cat" and « chat noir et blanc »; not in "a red ball and happy children"."""
    if not so_far or not is_look(so_far[-1]) or index + 1 == len(mentions) or not is_look(mentions[index + 1]):
        return False
    after = index + 1
    while after < len(mentions) and is_look(mentions[after]):
        after += 1
    noun_follows = after < len(mentions) and (
        is_noun(mentions[after]) or mentions[after].category in {"unknown", "undrawn"}
    )
    has_noun = any(is_noun(item) for item in so_far)
    if mentions[index].category == "comma":
        return noun_follows and not has_noun and language == "en"
    return noun_follows != has_noun or language == "fr"


def _makes_compound(mentions: list[Mention], so_far: list[Mention], index: int) -> bool:
    """Whether an unknown English word after a noun is a noun too ("cat statue") rather than a verb ("cat barks")."""
    noun, word = so_far[-1], mentions[index]
    if noun.category == "place" or noun.handle or not is_noun(noun):
        return False
    before = mentions[index - len(so_far) - 1].category if index > len(so_far) else ""
    after = mentions[index + 1].category if index + 1 < len(mentions) else ""
    if before == "conjunction" or after in DETERMINERS:
        return False  # "a knight and a wizard fight a dragon"
    is_base = word.word in forms_of(word.text, "en") and not word.word.endswith(_VERB_ENDINGS)
    is_base = is_base and len(set(forms_of(word.text, "en"))) == 1
    if noun.plural:
        return False
    if is_base:
        return True
    single = any(item.category in {"article_indefinite", "article_definite", "possessive"} for item in so_far)
    return not single and word.plural and word.word.endswith("s")


def _is_participle(mentions: list[Mention], so_far: list[Mention], index: int, has_noun: bool) -> bool:
    """Whether an English action describes the noun that follows: "three dancing robots"."""
    if has_noun or not mentions[index].word.endswith(("ing", "ed", "en", "asleep")):
        return False
    after = index + 1
    while after < len(mentions) and is_look(mentions[after]):
        after += 1
    followed = after < len(mentions) and is_noun(mentions[after]) and mentions[after].category != "place"
    return followed and bool(so_far)


def _phrase(items: list[Mention], language: Language) -> NounPhrase:
    determiners = [item for item in items if item.category in DETERMINERS]
    numbers = [item for item in determiners if item.category in {"number", "quantity"}]
    unknown = [item for item in items if item.category in {"unknown", "undrawn"}]
    nouns, looks = _described_nouns(items, language)
    is_compound = bool(nouns and unknown) and language == "en" and _follows_noun(items, unknown[-1])
    named = any(noun.mention.handle for noun in nouns)  # a real person is talked about, whatever follows
    return NounPhrase(
        items=items,
        determiner=_strongest(determiners),
        number=numbers[-1] if numbers else None,
        nouns=nouns,
        looks=looks,
        unknown=unknown,
        motions=[item for item in items if item.category == "action"],
        is_compound=not named
        and (is_compound or (bool(nouns and unknown) and language == "fr" and _leads(items, unknown[0]))),
    )


def _strongest(determiners: list[Mention]) -> str:
    """The determiner that says whether something is new: "the three dogs" are known, "three dogs" are not."""
    categories = [item.category for item in determiners]
    for category in ("another", "possessive", "article_definite"):
        if category in categories:
            return category
    return categories[0] if categories else ""


def _follows_noun(items: list[Mention], word: Mention) -> bool:
    return not any(is_noun(item) and item.start > word.start for item in items) and any(
        is_noun(item) and item.category != "place" for item in items
    )


def _leads(items: list[Mention], word: Mention) -> bool:
    """French: an unknown word with a look right after it and a noun only later is what is talked about."""
    index = items.index(word)
    return index + 1 < len(items) and is_look(items[index + 1]) and items[index + 1].category == "colour"


def _described_nouns(items: list[Mention], language: Language) -> tuple[list[Noun], list[Mention]]:
    """Nouns with their looks: in English looks stand before the noun, in French mostly after it."""
    nouns: list[Noun] = []
    waiting: list[Mention] = []
    for item in items:
        if is_noun(item):
            nouns.append(Noun(item, waiting))
            waiting = []
        elif is_look(item):
            (nouns[-1].looks if nouns and language == "fr" else waiting).append(item)
    if nouns:
        nouns[-1].looks.extend(waiting)
        waiting = []
    return nouns, waiting
