"""Which row of the lexicon a phrase means, from what stands around it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.director.lexicon import Entry, Language
from pipelines.director.text import Token, TokenKind

if TYPE_CHECKING:
    from pipelines.director.mentions import Mention

DETERMINERS = frozenset(
    (
        "article_indefinite",
        "article_indefinite_plural",
        "article_definite",
        "possessive",
        "another",
        "quantity",
        "number",
    )
)
ADJECTIVES = frozenset(("colour", "attribute", "ignore"))
VERBS = frozenset(("action", "event", "relation", "wear", "speech"))
# What stands before a verb rather than before a noun.
_BEFORE_VERBS = frozenset(
    ("subject", "pronoun", "relative", "conjunction", "function", "ignore", "comma", "copula", "accessory", "negation")
)
NEAR_CUE = 4  # words between a mood and the music that it describes

# What may stand between "the sound of" and what is heard.
_HEARD = frozenset(
    ("preposition", "conjunction", "sound", "sound_heard", "sound_cue", "attribute", "ignore", "function")
)
# Categories that only code around them reads, never a phrase by itself.
_NEVER = frozenset(("shot_label", "ordinal", "duration_whole"))
# The smaller, the sooner chosen among the rows that make sense; others stand at 5.
_RANKS = {
    "unit_seconds": 0, "age": 0, "sound_heard": 0, "music": 0, "written": 0, "camera_verb": 0, "camera_verb_angle": 0,
    "camera_verb_framing": 0, "utterance": 0, "negation_end": 0, "undrawn": 1, "subject": 3, "function": 8, "ignore": 9,
}  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """A phrase (tokens `first` to `end`, not included) with what was read before it and what may come after it."""

    before: list["Mention"]
    tokens: list[Token]
    first: int
    end: int
    spans: list[dict[int, list[Entry]]]  # per token: end index → rows
    concepts: frozenset[str]  # of every row that any phrase of the prompt may mean
    language: Language

    def previous(self, back: int = 1) -> str:
        """Category of the mention before, or nothing."""
        return self.before[-back].category if len(self.before) >= back else ""

    def follows_look(self) -> bool:
        """Whether a colour or an attribute that is no noun stands before."""
        if not self.before or self.before[-1].category not in {"colour", "attribute"}:
            return False
        return self.before[-1].implied("subject") is None

    def may_be(self, index: int, category: str) -> bool:
        """Whether a phrase of this category can start at a token."""
        return index < len(self.tokens) and any(
            entry.category == category for entries in self.spans[index].values() for entry in entries
        )


def best_entry(entries: list[Entry], around: Surroundings) -> Entry | None:
    """The row that a phrase means here, or None where none makes sense."""
    possible = [entry for entry in entries if _makes_sense(entry, around)]
    return min(possible, key=lambda entry: _rank(entry, around), default=None)


def _rank(entry: Entry, around: Surroundings) -> int:
    if entry.category in VERBS:
        return 2 if _is_verb_position(around) else 6
    if entry.category == "sound" and _is_heard(entry, around):
        return 1
    if entry.category == "attribute" and entry.implied("subject"):
        return 3 if around.previous() in DETERMINERS and not _noun_follows(around) else 7
    return _RANKS.get(entry.category, 5)


def _makes_sense(entry: Entry, around: Surroundings) -> bool:
    category = entry.category
    if category in _NEVER:
        return False
    rule = _RULES.get(category)
    return rule is None or rule(entry, around)


def _is_verb_position(around: Surroundings) -> bool:
    """After somebody who may do it: "a man waves", "and waves", "who waves"; not "the waves", "of waves"."""
    if around.previous() == "attribute":
        return not around.follows_look() or around.before[-1].word.endswith("ly")
    return around.previous() in _BEFORE_VERBS


def _noun_follows(around: Surroundings) -> bool:
    return around.may_be(around.end, "subject") or around.may_be(around.end, "accessory")


def _action(entry: Entry, around: Surroundings) -> bool:
    """Not after an article, where it is a noun ("a dance"), unless it describes one ("a dancing robot")."""
    follows_colour = around.previous() == "colour" and around.language == "en"
    if around.previous() not in DETERMINERS and not follows_colour:
        return True
    if around.previous() == "article_definite" and around.previous(2) in {
        "subject",
        "pronoun",
        "relative",
        "attribute",
    }:
        return True  # French object pronouns: "un chat la regarde"
    word = around.tokens[around.end - 1].plain
    return around.language == "en" and word.endswith(("ing", "ed", "en", "asleep")) and around.end < len(around.tokens)


def _after_number(entry: Entry, around: Surroundings) -> bool:
    return around.previous() == "number"


def _before_quote(entry: Entry, around: Surroundings) -> bool:
    return any(token.kind == TokenKind.QUOTE for token in around.tokens[around.end : around.end + 3])


def _after_speech(entry: Entry, around: Surroundings) -> bool:
    return around.previous() in {"speech", "action"}


def _needs(entry: Entry, around: Surroundings) -> bool:
    return entry.implied("needs") in around.concepts


def _closes_negation(entry: Entry, around: Surroundings) -> bool:
    """French `pas` after `ne`."""
    for mention in reversed(around.before):
        if mention.category == "stop":
            return False
        if mention.category == "negation":
            return True
    return False


def _is_heard(entry: Entry, around: Surroundings) -> bool:
    """After "the sound of", whatever else was heard in between."""
    for mention in reversed(around.before):
        if mention.category == "sound_cue":
            return True
        if mention.category not in _HEARD | DETERMINERS:
            return False
    return False


def _is_of_music(entry: Entry, around: Surroundings) -> bool:
    """Close to the word music, before or after it."""
    for index in range(around.end, min(around.end + NEAR_CUE, len(around.tokens))):
        if around.tokens[index].kind in {TokenKind.STOP, TokenKind.QUOTE}:
            break
        if around.may_be(index, "music_cue"):
            return True
        if around.may_be(index, "subject") or around.may_be(index, "article_indefinite"):
            break
    for mention in reversed(around.before[-NEAR_CUE:]):
        if mention.category == "music_cue":
            return True
        if mention.category not in ADJECTIVES | {"music", "conjunction", "copula", "function", "preposition"}:
            return False
    return False


def _is_of_camera(entry: Entry, around: Surroundings) -> bool:
    """In a sentence about the camera, before anything that it looks at."""
    for mention in reversed(around.before):
        if mention.category == "camera_cue":
            return True
        if mention.category in {"stop", "subject", "quote"} or mention.implied("subject"):
            return False
    return False


def _subject(entry: Entry, around: Surroundings) -> bool:
    """Not a verb that looks like a plural: in "a man leaves", there are no leaves."""
    if around.language != "en" or not around.before or around.tokens[around.end - 1].plain not in {"leaves", "flies"}:
        return True
    return around.before[-1].implied("group") not in {"person", "animal"} or around.before[-1].plural


def _nobody(entry: Entry, around: Surroundings) -> bool:
    """« Une rue vide » is empty; « le vide » is a void."""
    return around.language == "en" or around.previous() not in DETERMINERS


def _break(entry: Entry, around: Surroundings) -> bool:
    return around.previous() not in {"article_definite", "number"}


_RULES = {
    "action": _action,
    "unit_seconds": _after_number,
    "age": _after_number,
    "written": _before_quote,
    "utterance": _after_speech,
    "event_hint": _needs,
    "negation_end": _closes_negation,
    "sound_heard": _is_heard,
    "music": _is_of_music,
    "camera_verb": _is_of_camera,
    "camera_verb_angle": _is_of_camera,
    "camera_verb_framing": _is_of_camera,
    "subject": _subject,
    "nobody": _nobody,
    "break_soft": _break,
}
