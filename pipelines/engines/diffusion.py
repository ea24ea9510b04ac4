"""Hub models as engines: one adapter over diffusers, for every family of the catalog."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version as version_of

import numpy as np

from pipelines.engines import Rendering
from pipelines.engines.loading import SHELF, Loaded, Shelf
from pipelines.engines.memory import next_smaller
from pipelines.engines.model import Model
from pipelines.engines.pictures import FrameStore
from pipelines.engines.planning import Call, plan
from pipelines.engines.sampling import Sampled, sample
from pipelines.engines.settings import EngineSettings
from pipelines.engines.soundtrack import check_sound, silent_sound
from pipelines.engines.speeds import record_speed, work_of
from pipelines.engines.weights import Weights, installed, obtain
from pipelines.materials import NOTHING, Materials
from pipelines.progress import Progress
from pipelines.request import GenerationRequest, RequestError
from pipelines.sound.loudness import master
from pipelines.storyboard import Storyboard

FETCHING = 0.1  # share of the rendering's progress that fetching takes, when there is something to fetch
logger = logging.getLogger(__name__)


@dataclass
class DiffusionEngine:
    """Renders with one model of the catalog. The same request gives the same frames on the same kind of device."""

    model: Model
    settings: EngineSettings
    shelf: Shelf = SHELF
    notes: list[str] = field(default_factory=list)  # what was done otherwise than planned, for whoever asks

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def version(self) -> str:
        """The weights' commit or fingerprint, and the library that runs them."""
        weights = installed(self.model.name, self.model.source, self.settings)
        return f"{weights.version if weights else 'not fetched'}/diffusers-{version_of('diffusers')}"

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        """All frames are made here, call after call; they wait on the disk until they are encoded."""
        calls = plan(storyboard, request, self.model, materials)
        check_sound(request, self.settings)
        progress.report("stage")
        weights = obtain(
            self.model.name, self.model.source, self.settings, lambda share: progress.report("render", FETCHING * share)
        )
        store = FrameStore(request.width, request.height)
        try:
            sounds = self._make(calls, weights, materials, progress, store)
            sound = self._sound(sounds, storyboard, request, progress)
        except BaseException:
            store.close()
            raise
        return Rendering(
            request.width,
            request.height,
            self.model.rate,
            store.count,
            store,
            sound=sound,
        )

    def _make(
        self,
        calls: tuple[Call, ...],
        weights: Weights,
        materials: Materials,
        progress: Progress,
        store: FrameStore,
    ) -> list[np.ndarray]:
        """Runs the calls in order, putting their frames into the store; gives the sound of each."""
        sounds: list[np.ndarray] = []
        before: np.ndarray | None = None
        for number, call in enumerate(calls):

            def tell(share: float, picture: bytes | None, number: int = number) -> None:
                done = (number + share) / len(calls)
                progress.report("render", FETCHING + (1 - FETCHING) * 0.95 * done, picture)

            made = self._timed(call, weights, materials, before, tell)
            kept = made.frames[call.overlap : call.overlap + call.keep]
            assert len(kept) == call.keep, f"the model made {len(made.frames)} frames of {call.frames}"
            store.add(kept)
            sounds += [_cut(made, call, self.model.rate)] if made.sound is not None else []
            before = kept[-max(1, self.model.kin.context) :]
        return sounds

    def _timed(
        self,
        call: Call,
        weights: Weights,
        materials: Materials,
        before: np.ndarray | None,
        tell: Callable[[float, bytes | None], None],
    ) -> Sampled:
        """Runs one call and keeps how fast it went, for the estimates that people are shown."""
        loaded = self.shelf.take(self.model, weights, call.task, self.settings)
        start = time.monotonic()
        made = self._sample(call, weights, materials, before, tell)
        work = work_of(self.model, call.width, call.height, call.frames, int(call.values["steps"]))
        record_speed(self.settings.models, self.model, loaded.device, work, time.monotonic() - start)
        return made

    def _sample(
        self,
        call: Call,
        weights: Weights,
        materials: Materials,
        before: np.ndarray | None,
        tell: Callable[[float, bytes | None], None],
    ) -> Sampled:
        """Runs one call; when memory runs out, places the model smaller, once, and says so. Raises RequestError."""
        loaded = self.shelf.take(self.model, weights, call.task, self.settings)
        try:
            return sample(loaded, call, materials, before, tell)
        except _out_of_memory() as error:
            problem = str(error).splitlines()[0]
        smaller = next_smaller(loaded.offload)
        self.shelf.clear()
        if smaller is None:
            raise RequestError(_too_large(self.model, loaded))
        self.notes.append(f"Memory ran out with offload “{loaded.offload}”; it was made with “{smaller}”, more slowly.")
        logger.warning("%s ran out of memory (%s): offload %s → %s", self.name, problem, loaded.offload, smaller)
        tell(0.0, None)
        loaded = self.shelf.take(self.model, weights, call.task, self.settings, smaller)
        try:
            return sample(loaded, call, materials, before, tell)
        except _out_of_memory():
            self.shelf.clear()
            raise RequestError(_too_large(self.model, loaded)) from None

    def _sound(
        self, sounds: list[np.ndarray], storyboard: Storyboard, request: GenerationRequest, progress: Progress
    ) -> np.ndarray | Callable[[], np.ndarray]:
        """The model's own sound, at the loudness of all clips; for a silent one a function that mixes ours."""
        if sounds:
            return master(np.concatenate(sounds))
        return silent_sound(storyboard, request, self.model.rate, self.settings, progress)


def _cut(made: Sampled, call: Call, rate: int) -> np.ndarray:
    """The sound of the frames that are kept."""
    per_frame = 48_000 / rate
    first, last = round(call.overlap * per_frame), round((call.overlap + call.keep) * per_frame)
    return made.sound[first:last]


def _out_of_memory() -> type[BaseException]:
    import torch

    return torch.OutOfMemoryError


def _too_large(model: Model, loaded: Loaded) -> str:
    return (
        f"There is not enough memory on this machine for {model.title} at this size ({loaded.device}, offload "
        f"{loaded.offload}). Ask for a smaller or shorter clip, or choose another engine."
    )
