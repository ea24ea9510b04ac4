"""Votes of models beside the rules, where such models are installed: a model alone never refuses, it has a person look.

Without them nothing is loaded and nothing changes: the rules stand alone."""

from collections.abc import Iterator

import numpy as np

from pipelines.engines.judges import guard, lookers
from pipelines.engines.settings import EngineSettings
from pipelines.safety.deciding import Policy, load_policy
from pipelines.safety.ruling import Decision, Reason, Ruling

SURE = 0.8  # how sure a model has to be of a picture
EVERY = 24  # frames between two looks
SEEN_AGAIN = 2  # looks that must agree; one frame in motion misleads now and then


def vote_on_text(text: str, policy: Policy | None = None, settings: EngineSettings | None = None) -> Ruling:
    """A hold if a guard model calls the text unsafe; else, and without such a model, allow."""
    judge = guard(settings or EngineSettings.from_environment())
    areas = judge(text) if judge else ()
    return _held(areas[0], policy) if areas else Ruling()


class PictureVotes:
    """Looks at frames as they pass and keeps the models' votes."""

    def __init__(self, policy: Policy | None = None, settings: EngineSettings | None = None) -> None:
        self._policy = policy
        self._lookers = lookers(settings or EngineSettings.from_environment())
        self._seen: dict[str, int] = {}  # area → looks in which a model was sure

    def watched(self, frames: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
        """The same frames, (h, w, 3) uint8 BGR."""
        for index, frame in enumerate(frames):
            if self._lookers and index % EVERY == 0:
                self.look(frame)
            yield frame

    def look(self, frame: np.ndarray) -> tuple[str, ...]:
        """The areas of which a model is sure that this one frame, (h, w, 3) uint8 BGR, shows something."""
        picture = np.ascontiguousarray(frame[:, :, ::-1])
        sure = {area for see in self._lookers for area, share in see(picture).items() if share >= SURE}
        for area in sure:
            self._seen[area] = self._seen.get(area, 0) + 1
        return tuple(sorted(sure))

    def ruling(self) -> Ruling:
        """A hold if something was seen often enough, once all frames have passed."""
        area = next((area for area, looks in sorted(self._seen.items()) if looks >= SEEN_AGAIN), None)
        return _held(area, self._policy) if area else Ruling()


def _held(area: str, policy: Policy | None) -> Ruling:
    policy = policy or load_policy()
    told = policy.written.areas[area]
    reason = Reason(
        code=f"{area}.vote",
        en=f"A model that checks takes this for “{told.title_en}”. A moderator looks before anybody else can.",
        fr=f"Un modèle de contrôle y voit : « {told.title_fr} ». La modération regarde d'abord.",
    )
    return Ruling(decision=Decision.HOLD, rule=reason.code, reason=reason, scores={area: 0.6}, policy=policy.version)
