"""What turns a storyboard into frames and sound. Engines load only when they are asked for by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import numpy as np

from pipelines.materials import NOTHING, Materials
from pipelines.progress import Progress
from pipelines.request import GenerationRequest
from pipelines.storyboard import Storyboard

SAMPLE_RATE = 48_000  # samples a second, of every engine's sound

# name → "module:class"; named as text so that listing engines imports none of them
ENGINES = {"world": "pipelines.engines.world:WorldEngine"}


@dataclass(frozen=True)
class Rendering:
    """A clip before it is encoded: frames that are drawn as they are asked for, and their sound."""

    width: int  # pixels, even
    height: int  # pixels, even
    frames_per_second: int
    frame_count: int
    # each (height, width, 3) uint8, BGR, sRGB, the caller's own to draw on; its close() stops all work within a second
    frames: Iterator[np.ndarray]
    # (n, 2) float32, 48 kHz, -1..1; or a function that mixes it, called once, after the first frames have been seen
    sound: np.ndarray | Callable[[], np.ndarray]
    coverage_missed: tuple[str, ...] = ()  # phrases of the prompt that this engine could not show
    marked_frames: int = 0  # so many at the beginning come from earlier clips and carry the visible mark already


class Engine(Protocol):
    """Gives the same frames and samples, bit for bit, for the same storyboard and request."""

    name: str
    version: str  # changes whenever the same request would give other pixels or samples

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        """The rendering of a storyboard. Raises RequestError for what it cannot do, Cancelled when told to stop."""
        ...


def engine_named(name: str) -> Engine:
    """The engine of that name: one of ours, or a model of the catalog. Raises RequestError for a name that is in
    neither. A model's weights are loaded when it renders."""
    if name in ENGINES:
        module, _, class_name = ENGINES[name].partition(":")
        return getattr(import_module(module), class_name)()
    from pipelines.engines.catalog import model_engine  # only now: the world engine needs no catalog

    return model_engine(name)
