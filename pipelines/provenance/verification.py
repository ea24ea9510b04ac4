"""What Verify answers: a verdict, the evidence for it, and the chain of what a clip was made from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, TypedDict

import numpy as np

from pipelines.provenance.sentences import evidence_sentence, verdict_sentence

Language = Literal["en", "fr"]


class Verdict(StrEnum):
    MADE_HERE = "made_here"  # the credential is ours and fits the file, byte for byte
    MADE_HERE_CHANGED = "made_here_changed"  # ours by credential, mark or looks, but not as it left us
    SIGNED_BY_OTHER = "signed_by_other"
    WITHDRAWN = "withdrawn"  # made here, and taken back since
    NO_TRACE = "no_trace"  # which proves nothing


class Kind(StrEnum):
    CREDENTIAL = "credential"
    VIDEO_MARK = "video_mark"
    SOUND_MARK = "sound_mark"
    FRAMES = "frames"
    SOUND = "sound"


class Origin(TypedDict):
    """What the database tells anybody about a clip of ours."""

    mark: int
    clip: str | None  # its id, where everybody may see it
    maker: str | None  # handle, likewise
    made_at: str  # ISO 8601, UTC
    withdrawn: bool
    looks: list[str]  # PDQ hashes in hex


class FramesFound(TypedDict):
    """A clip that has frames like those asked about."""

    mark: int
    distance: int  # bits of 256 in which the nearest differ
    matched: int  # how many of those asked about are near


class SoundFound(TypedDict):
    """A clip that may have the sound asked about."""

    mark: int
    prints: list[int]


class Lookup(Protocol):
    """What Verify asks of the database."""

    def known_marks(self) -> Sequence[int]:
        """Every number given out, oldest first; a longer list each time, never another order."""
        ...

    def origin(self, mark: int) -> Origin | None:
        """What may be told of the clip with this number."""
        ...

    def frames_like(self, hashes: Sequence[bytes], within: int) -> list[FramesFound]:
        """Clips with a frame within so many bits of one of these hashes, nearest first."""
        ...

    def sounds_like(self, prints: np.ndarray) -> list[SoundFound]:
        """Clips that share some of these prints, likeliest first."""
        ...


@dataclass(frozen=True)
class Evidence:
    """One thing that was looked for, and what was found."""

    kind: Kind
    code: str  # which sentence tells it: see sentences.py
    confidence: float  # 0..1, that what the sentence says is so
    detail: dict = field(default_factory=dict)  # JSON values that the sentence names

    def sentence(self, language: Language) -> str:
        """Plain words, which may hold what others wrote: escape them where they are shown."""
        return evidence_sentence(self.code, self.detail, language)


@dataclass(frozen=True)
class Node:
    """One file of a chain: this one, what it was made from, and so on."""

    role: Literal["this", "parent", "input", "cameo"]
    state: Literal["intact", "changed", "untrusted", "none"]  # of its credential, as far as this file can tell
    title: str
    signer: str | None
    maker: str | None = None  # handle
    made_at: str | None = None
    engine: str | None = None
    prompt: str | None = None  # only if its maker told it
    facts: dict[str, str] = field(default_factory=dict)
    thumbnail: bytes | None = None  # JPEG
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Verification:
    """The whole answer."""

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    origin: Origin | None = None  # where our database knows the clip
    tree: Node | None = None  # where the file has a credential that can be read
    signer: str | None = None
    seconds: float = 0.0  # of the file that were looked at

    @property
    def confidence(self) -> float:
        """How sure the verdict is, 0..1: as sure as the best evidence for it."""
        found = [one.confidence for one in self.evidence if not one.code.endswith("_none")]
        return max(found, default=0.0)

    def sentence(self, language: Language) -> str:
        """The verdict in plain words; escape them where they are shown."""
        maker = self.origin["maker"] if self.origin else (self.tree.maker if self.tree else None)
        made_at = self.origin["made_at"] if self.origin else (self.tree.made_at if self.tree else None)
        return verdict_sentence(self.verdict, maker, made_at, self.signer, language)
