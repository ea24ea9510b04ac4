"""Marks on a rendering as its frames pass: the visible mark, what finds the frame again, then the invisible mark."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pipelines.engines import Rendering
from pipelines.provenance.fingerprints import LEAST_QUALITY, Look, look_of, looks_apart
from pipelines.provenance.installation import Provenance
from pipelines.provenance.sound_mark import marked_sound
from pipelines.provenance.sound_prints import sound_prints
from pipelines.provenance.video_mark import VideoMark
from pipelines.provenance.visible_mark import visible_mark

log = logging.getLogger(__name__)


class Marking:
    """The marks of one clip, and what was seen of it before the invisible ones: the same for the same request."""

    def __init__(self, provenance: Provenance, mark: int, maker: str | None) -> None:
        self._secret = provenance.secret
        self.mark = mark
        self.maker = maker
        self.visible = provenance.visible_mark
        self.looks: list[Look] = []
        self.prints = np.zeros(0, np.int64)  # of the sound
        if not self.visible:
            log.warning("Clip %010x is made without the visible mark, as HIBARI_VISIBLE_MARK says.", mark)

    def laid_on(self, rendering: Rendering) -> Rendering:
        """The same rendering, marked."""
        return replace(rendering, frames=self._frames(rendering), sound=lambda: self._sound(rendering))

    def _sound(self, rendering: Rendering) -> np.ndarray:
        sound = rendering.sound() if callable(rendering.sound) else rendering.sound
        self.prints = sound_prints(sound.mean(1, dtype=np.float32))
        return marked_sound(self._secret, self.mark, sound)

    def _frames(self, rendering: Rendering) -> Iterator[np.ndarray]:
        seen = visible_mark(rendering.width, rendering.height, self.maker) if self.visible else None
        hidden = VideoMark(self._secret, self.mark, rendering.width, rendering.height)
        every = looks_apart(rendering.frames_per_second)
        for index, frame in enumerate(rendering.frames):
            at = index / rendering.frames_per_second
            if seen is not None and index >= rendering.marked_frames:
                seen.draw(frame, at)
            if index % every == 0:
                self.looks.append(look_of(frame, at))
            hidden.draw(frame)
            yield frame

    def telling_looks(self) -> list[Look]:
        """The hashes of those frames that are not too plain to be known again."""
        return [look for look in self.looks if look.quality >= LEAST_QUALITY]

    def fingerprint(self) -> dict:
        """What a record keeps to find the clip again, as JSON values."""
        frames = [{"at": look.at, "pdq": look.hash.hex()} for look in self.telling_looks()]
        return {"frames": frames, "sound": self.prints.tolist()}
