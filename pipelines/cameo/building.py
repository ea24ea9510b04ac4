"""From a recording that passed its live check to the likeness that is kept."""

import cv2
import numpy as np

from pipelines.cameo.capture import Watched
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.cutout import cut_out, palette_of
from pipelines.cameo.likeness import HeadView, Likeness
from pipelines.cameo.voice import measured

SAID = 6.0  # seconds of the numbers that are kept, for a moderator to hear


def build_likeness(watched: Watched, challenge: Challenge) -> Likeness:
    """The likeness of the person in a recording."""
    cv2.setNumThreads(1)
    recording, rate = watched.recording, watched.recording.sound_rate
    resting = _resting(watched)
    front = _view(watched, resting)
    left, right = (_view(watched, _most_turned(watched, side)) for side in (-1, 1))
    return Likeness(
        front=front,
        left=left,
        right=right,
        palette=palette_of(recording.frames[watched.front], watched.marks, front),
        voice=measured(recording.sound, rate, watched.heard),
        sample=_numbers(watched, challenge),
        sample_rate=rate,
    )


def _view(watched: Watched, number: int) -> HeadView:
    marks, seen = watched.marks, watched.heads[number]
    mouth = seen.y + marks.mouth[1] - marks.middle[1]
    return cut_out(watched.recording.frames[number], seen.x, seen.y, marks.apart, seen.yaw, mouth)


def _resting(watched: Watched) -> int:
    """The frame nearest the front view in which nobody speaks and the mouth is still: the face at rest."""
    times, frames = watched.recording.times, watched.recording.frames
    silent = [
        number
        for number, seen in enumerate(watched.heads)
        if abs(seen.yaw) < 0.05 and watched.heard.share(times[number] - 0.25, times[number] + 0.25) == 0
    ]
    if not silent:
        return watched.front
    x, y, w, h = watched.marks.face
    faces = np.stack(
        [cv2.resize(frames[n, y : y + h, x : x + w], (32, 32), interpolation=cv2.INTER_AREA) for n in silent]
    )
    unlike = np.abs(faces.astype(np.float32) - np.median(faces, axis=0)).mean((1, 2, 3))
    return silent[int(unlike.argmin())]


def _most_turned(watched: Watched, side: int) -> int:
    """The frame in which the head is turned farthest to a side of the picture and is still well known."""
    turned = [
        (seen.yaw * side, seen.likeness, number)
        for number, seen in enumerate(watched.heads)
        if 0.35 <= seen.yaw * side <= 0.95 and seen.likeness > 0
    ]
    if not turned:  # cannot happen after a passed check; a front view is honest at least
        return watched.front
    widest = max(yaw for yaw, _, _ in turned)
    return max((likeness, -number) for yaw, likeness, number in turned if yaw > widest - 0.1)[1] * -1


def _numbers(watched: Watched, challenge: Challenge) -> np.ndarray:
    """(n,) int16: the numbers as they were said, one after the other."""
    rate, pieces = watched.recording.sound_rate, []
    for step in challenge.steps:
        if step.kind == "say":
            piece = watched.recording.sound[round(step.start * rate) : round((step.end + 0.4) * rate)]
            pieces.append(piece[: round(SAID / 3 * rate)])
    return np.concatenate(pieces)
