"""Faces in finished frames that belong to nobody who permitted it: a person looks before anybody else does.

For engines that can make photographs of people; what the world engine draws is nobody's face but a cameo's.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from pipelines.safety.ruling import Decision, Reason, Ruling

if TYPE_CHECKING:
    from pipelines.cameo.likeness import Likeness

EVERY = 12  # frames between two looks
SEEN_AGAIN = 2  # looks in which somebody must appear; a detector errs now and then on a single frame


class FaceWatch:
    """Looks at frames as they pass, and remembers the faces that are no permitted person's."""

    def __init__(self, likenesses: Iterable["Likeness"]) -> None:
        """`likenesses`: of everyone who may be seen."""
        self._likenesses = tuple(likenesses)
        self._strangers: list[np.ndarray] = []  # a description of each
        self._looks: list[int] = []  # how often each was seen

    def watched(self, frames: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        """The same frames, (h, w, 3 or 4) uint8 BGR(A)."""
        for index, frame in enumerate(frames):
            if index % EVERY == 0:
                self._look(frame)
            yield frame

    def ruling(self) -> Ruling:
        """A hold if somebody unknown was seen, once all frames have passed."""
        if not any(looks >= SEEN_AGAIN for looks in self._looks):
            return Ruling()
        reason = Reason(
            code="real_people.face",
            en="A face in this clip is none of a cameo that you may use. A moderator looks before anybody else can.",
            fr="Un visage de ce clip n'est celui d'aucun caméo à votre disposition. La modération regarde d'abord.",
        )
        return Ruling(decision=Decision.HOLD, rule=reason.code, reason=reason, scores={"real_people": 0.6})

    def _look(self, frame: np.ndarray) -> None:
        from pipelines.cameo.faces import MATCHES, describe, distance, find_faces, landmarks_of, matches

        picture = np.ascontiguousarray(frame[:, :, :3])
        for box in find_faces(picture):
            face = describe(picture, landmarks_of(picture, box))
            if any(matches(face, likeness) <= MATCHES for likeness in self._likenesses):
                continue
            for index, stranger in enumerate(self._strangers):
                if distance(face, stranger) <= MATCHES:
                    self._looks[index] += 1
                    break
            else:
                self._strangers.append(face)
                self._looks.append(1)
