"""What a safety check decided: allow, hold for a person, or refuse; with the rule, the reason and the evidence."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

Where = Literal["prompt", "caption", "comment", "handle", "message", "speech", "picture"]


class Decision(StrEnum):
    ALLOW = "allow"
    HOLD = "hold"  # made, but shown to nobody until a moderator looked
    REFUSE = "refuse"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(_Part):
    """Why, as a word for programs and as a sentence for people."""

    code: str = "allowed"
    en: str = ""
    fr: str = ""

    def told(self, language: str) -> str:
        """The sentence in a language, `en` or `fr`."""
        return self.fr if language == "fr" else self.en


class Span(_Part):
    """A piece of the text as it was typed, and what it was taken for."""

    start: int  # characters
    end: int  # characters, the first one after the piece
    text: str
    area: str
    meaning: str  # such as the name of the person that an alias stands for


class Ruling(_Part):
    """What was decided about one text."""

    decision: Decision = Decision.ALLOW
    rule: str = "none"  # area.rule, such as real_people.named
    reason: Reason = Reason()
    spans: tuple[Span, ...] = ()  # in the order of the text
    suggestion: str | None = None  # a text that would pass
    policy: str = ""  # the version that decided
    scores: dict[str, float] = {}  # area → how strong the evidence is, 0 to 1; only areas with any

    @property
    def allowed(self) -> bool:
        """Whether it may be made and shown without anybody looking first."""
        return self.decision is Decision.ALLOW

    def told(self, language: str) -> str:
        """The reason and, where there is one, what would pass: what a person reads."""
        if self.suggestion is None:
            return self.reason.told(language)
        hint = "Ceci passerait" if language == "fr" else "This would pass"
        opening, closing = ("« ", " »") if language == "fr" else ("“", "”")
        return (
            f"{self.reason.told(language)} {hint}{' ' if language == 'fr' else ''}: {opening}{self.suggestion}{closing}"
        )


class Refused(Exception):
    """The rules refuse what was asked for; `str()` says why, and what would pass, in the language of the prompt."""

    def __init__(self, ruling: Ruling, language: str = "en") -> None:
        super().__init__(ruling.told(language))
        self.ruling = ruling
