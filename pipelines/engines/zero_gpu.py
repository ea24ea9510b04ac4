"""ZeroGPU: on such a Space a GPU is lent for a call of a marked function; everywhere else nothing changes.

`app.py` has to import `spaces` before anything that loads torch, which `prepare` does. The marked function has to be
called from within a queued event of Gradio: the visitor's quota comes with the event.
"""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import ParamSpec, TypeVar

from pipelines.engines.model import Model, catalog_of
from pipelines.engines.planning import size_for
from pipelines.engines.settings import EngineSettings
from pipelines.engines.speeds import expected_seconds, measured_seconds, work_of
from pipelines.request import GenerationRequest

Given = ParamSpec("Given")
Result = TypeVar("Result")
LENT_TERAFLOPS = 400.0  # of the GPU that is lent, in 16 bits
LOADING = 30  # seconds to bring the weights to the GPU
SHORTEST, LONGEST = 30, 300  # seconds that are asked for
SAFETY = 1.5  # asked for relative to what is expected: a call that takes longer is ended
USUAL_SECONDS = 5.0


def is_zero_gpu(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this is a Space with a GPU that is lent for each call."""
    return environment.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")  # as `spaces` reads it


def prepare(environment: Mapping[str, str] = os.environ) -> None:
    """Loads `spaces` on such a Space. Called first of all, before anything loads torch."""
    if is_zero_gpu(environment):
        import_module("spaces")


def gpu_seconds(request: GenerationRequest, settings: EngineSettings | None = None) -> int:
    """Seconds of GPU to ask for, from the request: as measured here, else by arithmetic."""
    settings = settings or EngineSettings.from_environment()
    model = catalog_of(settings.more).video.get(request.engine)
    if model is None:
        return SHORTEST
    expected = _expected(model, request, settings)
    return round(min(LONGEST, max(SHORTEST, LOADING + SAFETY * expected)))


def on_gpu(
    work: Callable[Given, Result],
    duration: Callable[Given, int],
    environment: Mapping[str, str] = os.environ,
) -> Callable[Given, Result]:
    """The function, lent a GPU for `duration` seconds of each call on a ZeroGPU Space; elsewhere the function itself.

    duration is called with the function's own arguments.
    """
    if not is_zero_gpu(environment):
        return work
    return import_module("spaces").GPU(duration=duration)(work)


def _expected(model: Model, request: GenerationRequest, settings: EngineSettings) -> float:
    frames = round((request.seconds or USUAL_SECONDS) * model.rate)
    steps = request.options.steps or model.steps
    work = work_of(model, *size_for(request.width, request.height, model), frames, steps)
    measured = measured_seconds(settings.models, model, "cuda", work)
    return measured if measured is not None else expected_seconds(model, work, LENT_TERAFLOPS)
