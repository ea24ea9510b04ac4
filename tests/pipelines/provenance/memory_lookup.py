"""What Verify asks of the database, answered from memory; the real one is asked in tests/data/test_provenance.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pipelines.generate import Clip
from pipelines.provenance.fingerprints import distances
from pipelines.provenance.verification import FramesFound, Origin, SoundFound


@dataclass
class MemoryLookup:
    """Clips that were made, and which of them were withdrawn."""

    clips: list[Clip] = field(default_factory=list)
    makers: dict[int, str] = field(default_factory=dict)  # mark → handle, of posts that everybody may see
    withdrawn: set[int] = field(default_factory=set)
    more_marks: Sequence[int] = ()  # given out for clips that are not here

    def known_marks(self) -> list[int]:
        return [*self.more_marks, *(clip.mark for clip in self.clips)]

    def origin(self, mark: int) -> Origin | None:
        clip = next((clip for clip in self.clips if clip.mark == mark), None)
        if clip is None:
            return None
        maker = self.makers.get(mark)
        return Origin(
            mark=mark,
            clip="an id" if maker else None,
            maker=maker,
            made_at="2026-10-05T14:00:00+00:00",
            withdrawn=mark in self.withdrawn,
            looks=[frame["pdq"] for frame in clip.fingerprint["frames"]],
        )

    def frames_like(self, hashes: Sequence[bytes], within: int) -> list[FramesFound]:
        found = []
        for clip in self.clips:
            looks = [bytes.fromhex(frame["pdq"]) for frame in clip.fingerprint["frames"]]
            nearest = distances(hashes, looks).min(1)
            if (nearest <= within).any():
                found.append(
                    FramesFound(mark=clip.mark, distance=int(nearest.min()), matched=int((nearest <= within).sum()))
                )
        return found

    def sounds_like(self, prints: np.ndarray) -> list[SoundFound]:
        return [SoundFound(mark=clip.mark, prints=clip.fingerprint["sound"]) for clip in self.clips]
