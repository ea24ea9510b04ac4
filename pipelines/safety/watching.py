"""What a finished clip shows and says, checked as it passes: faces, pictures, letters and speech.

For models, which may make what nobody asked for; what the world engine draws and says is its storyboard's, ruled on
before."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.engines.settings import EngineSettings
from pipelines.engines.tools import HEARD_RATE, listener
from pipelines.safety.deciding import Policy, rule
from pipelines.safety.faces import FaceWatch
from pipelines.safety.lettering import LetterWatch
from pipelines.safety.ruling import Decision, Ruling
from pipelines.safety.storyboards import stricter
from pipelines.safety.votes import PictureVotes

if TYPE_CHECKING:
    from pipelines.cameo.likeness import Likeness


class Watch:
    """Looks and listens to one clip."""

    def __init__(self, likenesses: Iterable["Likeness"], policy: Policy | None) -> None:
        """`likenesses`: of everyone who may be seen."""
        self._faces, self._votes = FaceWatch(likenesses), PictureVotes(policy)
        self._policy = policy
        self._letters: LetterWatch | None = None  # once it is known how long the clip is
        self._said = Ruling()

    def over(self, rendering: Rendering) -> Rendering:
        """The same rendering, watched as it passes."""
        self._letters = LetterWatch(self._policy, rendering.frame_count)
        frames = self._letters.watched(self._votes.watched(self._faces.watched(rendering.frames)))
        return replace(rendering, frames=frames, sound=lambda: self._heard(rendering))

    def ruling(self) -> Ruling:
        """The strictest ruling, once all has passed."""
        seen = stricter(self._faces.ruling(), self._votes.ruling())
        written = self._letters.ruling() if self._letters else Ruling()
        return stricter(stricter(seen, written), self._said)

    def _heard(self, rendering: Rendering) -> np.ndarray:
        sound = rendering.sound() if callable(rendering.sound) else rendering.sound
        hear = listener(EngineSettings.from_environment())
        if hear is not None:
            from scipy.signal import resample_poly  # a second to load, and seldom needed

            heard = resample_poly(sound.mean(1), 1, SAMPLE_RATE // HEARD_RATE).astype(np.float32)
            self._said = said(hear(heard), self._policy)
        return sound


def said(words: str, policy: Policy | None) -> Ruling:
    """The ruling on words that a model heard: what would be refused is held, since it may have misheard."""
    ruling = rule(words, policy=policy, where="speech", suggest=False)
    return ruling.model_copy(update={"decision": Decision.HOLD}) if not ruling.allowed else ruling
