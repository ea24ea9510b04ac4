"""Sound for what a silent model shows: surroundings, what happens, what is said, and music, as the storyboard says."""

from dataclasses import replace

import numpy as np

from pipelines.sound.mixer import mix
from pipelines.sound.score import Score
from pipelines.storyboard import Shot, Storyboard
from pipelines.world.staging import stage


def scores(storyboard: Storyboard, seed: int, aspect: float, rate: int) -> list[Score]:
    """What is heard in each shot, at the times at which the world engine would show it.

    Shots last whole frames of `rate`, so that sound and pictures end together. Footsteps and bounces keep to the
    storyboard and not to the pixels: a model moves things at times of its own.
    """
    return [stage(_whole(shot, rate), seed, aspect).score for shot in storyboard.shots]


def soundtrack(
    storyboard: Storyboard, seed: int, aspect: float, rate: int, bed: np.ndarray | None = None
) -> np.ndarray:
    """(n, 2) float32 at 48 kHz. bed: surroundings from elsewhere, (n, 2), which replace our own."""
    heard = scores(storyboard, seed, aspect, rate)
    if bed is None:
        return mix(heard)
    from pipelines.sound.loudness import master

    result = mix([replace(score, ambiences=()) for score in heard])
    length = min(len(result), len(bed))
    result[:length] += 0.5 * bed[:length]
    return master(result)


def _whole(shot: Shot, rate: int) -> Shot:
    return shot.model_copy(update={"seconds": max(1, round(shot.seconds * rate)) / rate})
