"""What a clip is made from beside its prompt: pictures, an earlier clip, and the likenesses of people who agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.cameo.likeness import Likeness


@dataclass(frozen=True)
class Materials:
    """Files that were checked before, and likenesses by handle. Whoever fills this has asked for every permission."""

    start_image: Path | None = None  # the clip begins with this picture
    references: tuple[Path, ...] = ()  # pictures of what should be seen
    parent: Path | None = None  # MP4 that this clip remixes or continues
    sources: tuple[Path, ...] = ()  # MP4s that an edit cuts, joins or continues, in order
    likenesses: Mapping[str, "Likeness"] = field(default_factory=lambda: MappingProxyType({}))  # handle → likeness
    receipts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # handle → receipt's SHA-256


NOTHING = Materials()
