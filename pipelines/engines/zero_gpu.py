"""ZeroGPU: on such a Space a GPU is lent for a call of a marked function; everywhere else nothing changes.

`app.py` has to import `spaces` before anything that loads torch, which `prepare` does. A worker's thread calls the
marked function, outside of any visitor's event: what it takes counts against the quota that the Space itself has.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from pipelines.engines.model import Model
    from pipelines.engines.settings import EngineSettings
    from pipelines.request import GenerationRequest

Given = ParamSpec("Given")
Result = TypeVar("Result")
LENT_TERAFLOPS = 400.0  # of the GPU that is lent, in 16 bits
LOADING = 30  # seconds to bring the weights to the GPU
SHORTEST, LONGEST = 30, 300  # seconds that are asked for
SAFETY = 1.5  # asked for relative to what is expected: a call that takes longer is ended
USUAL_SECONDS = 5.0


class NoGpuLent(RuntimeError):
    """The Space has no GPU for this clip now; the message says why."""


def is_zero_gpu(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this is a Space with a GPU that is lent for each call."""
    return environment.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")  # as `spaces` reads it


def prepare(environment: Mapping[str, str] = os.environ) -> None:
    """Loads `spaces` on such a Space. Called first of all, before anything loads torch."""
    if is_zero_gpu(environment):
        import_module("spaces")


def gpu_seconds(request: "GenerationRequest", settings: "EngineSettings | None" = None) -> int:
    """Seconds of GPU to ask for, from the request: as measured here, else by arithmetic."""
    from pipelines.engines.model import catalog_of
    from pipelines.engines.settings import EngineSettings

    settings = settings or EngineSettings.from_environment()
    model = catalog_of(settings.more).video.get(request.engine)
    if model is None:
        return SHORTEST
    expected = _expected(model, request, settings)
    return round(min(LONGEST, max(SHORTEST, LOADING + SAFETY * expected)))


def on_gpu(
    work: Callable[Given, Iterator[Result]],
    duration: Callable[Given, int],
    environment: Mapping[str, str] = os.environ,
) -> Callable[Given, Iterator[Result]]:
    """The generator function, lent a GPU for `duration` seconds of each call on a ZeroGPU Space; elsewhere itself.

    duration is called with the function's own arguments. There the call runs in a process of its own, so that
    arguments and results have to pickle; it raises NoGpuLent when none is to be had.
    """
    if not is_zero_gpu(environment):
        return work
    lent = import_module("spaces").GPU(duration=duration)(work)

    @wraps(work)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Iterator[Result]:
        try:
            yield from lent(*args, **kwargs)
        except import_module("gradio").Error as error:  # how `spaces` says that a quota is used up
            raise NoGpuLent(f"No GPU was lent for this clip: {error.message}") from error

    return asked


def _expected(model: "Model", request: "GenerationRequest", settings: "EngineSettings") -> float:
    from pipelines.engines.planning import size_for
    from pipelines.engines.speeds import expected_seconds, measured_seconds, work_of

    frames = round((request.seconds or USUAL_SECONDS) * model.rate)
    steps = request.options.steps or model.steps
    work = work_of(model, *size_for(request.width, request.height, model), frames, steps)
    measured = measured_seconds(settings.models, model, "cuda", work)
    return measured if measured is not None else expected_seconds(model, work, LENT_TERAFLOPS)
