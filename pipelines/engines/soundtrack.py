"""Sound for what a silent model shows: surroundings, what happens, what is said, and music, as the storyboard says."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipelines.engines.settings import EngineSettings
from pipelines.progress import Progress
from pipelines.request import GenerationRequest
from pipelines.sound.loudness import master
from pipelines.sound.mixer import mix
from pipelines.sound.score import Score
from pipelines.storyboard import Shot, Storyboard
from pipelines.world.staging import stage

BED_GAIN = 0.5  # of a model's ambience under our own foley and speech


def check_sound(request: GenerationRequest, settings: EngineSettings) -> None:
    """Raises RequestError when the request names a model of ambience that there is not."""
    if request.options.sound is not None:
        from pipelines.engines.tools import tool_named

        tool_named(request.options.sound, ("music", "sounds"), settings)


def silent_sound(
    storyboard: Storyboard, request: GenerationRequest, rate: int, settings: EngineSettings, progress: Progress
) -> Callable[[], np.ndarray]:
    """A function that mixes the sound of a clip whose model makes none: ours, over the surroundings of the catalogued
    model that the request names, if it names one. Raises NotReady when that model's weights cannot be had."""
    aspect = request.width / request.height
    if request.options.sound is None:
        return lambda: soundtrack(storyboard, request.seed, aspect, rate)
    from pipelines.engines.tools import ambience

    bed = ambience(
        request.options.sound,
        surroundings(storyboard),
        storyboard.seconds,
        request.seed,
        settings,
        lambda share: progress.check(),
    )
    return lambda: soundtrack(storyboard, request.seed, aspect, rate, bed)


def surroundings(storyboard: Storyboard) -> str:
    """What is heard round about, as a sound model is told."""
    parts: list[str] = []
    for shot in storyboard.shots:
        parts += [*shot.sounds, shot.weather.value, shot.time.value, shot.place or ""]
        parts += [f"{shot.music} music"] if shot.music else []
    heard = dict.fromkeys(part.replace("_", " ") for part in parts if part and part != "silence")
    return f"Field recording, natural ambience: {', '.join(heard)}."


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
    result = mix([replace(score, ambiences=()) for score in heard])
    length = min(len(result), len(bed))
    result[:length] += BED_GAIN * bed[:length]
    return master(result)


def _whole(shot: Shot, rate: int) -> Shot:
    return shot.model_copy(update={"seconds": max(1, round(shot.seconds * rate)) / rate})
