"""Who makes a worker's clips: this machine, one at a time, with or without a GPU that is lent, or a Ray cluster."""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipelines.engines import ENGINES
from pipelines.engines.zero_gpu import NoGpuLent, gpu_seconds, is_zero_gpu, on_gpu
from pipelines.progress import Cancelled, Progress
from pipelines.provenance import open_provenance
from pipelines.request import RequestError
from pipelines.worker.job import Job
from pipelines.worker.lease import Lease
from pipelines.worker.on_node import Word, clip_told, make
from pipelines.worker.order import order_of

if TYPE_CHECKING:
    from pipelines.generate import Clip

Make = Callable[[Job, Path, Progress], "Clip"]  # the clip of a job, its files in a folder


READY_LOOKED_AT_EVERY = 60.0  # seconds; a model that was fetched meanwhile is used without a restart
logger = logging.getLogger(__name__)


class Hands(Protocol):
    """What makes clips."""

    def count(self) -> int:
        """How many clips may be made at once, now."""
        ...

    def engines(self) -> list[str] | None:
        """The engines that are ready, or None when any may be asked for."""
        ...

    def holds(self) -> str | None:
        """The engine whose model is in memory, if there is one: clips made with it need not wait for loading."""
        ...

    def make(self, job: Job, folder: Path, lease: Lease) -> "Clip":
        """The clip of a job, its files in the folder. Tells the lease how far it is; raises Cancelled when that is
        set, and what `generate` raises."""
        ...

    def close(self) -> None:
        """Lets go of what was held."""
        ...


class ThisMachine:
    """Makes clips in this process, one at a time: one already uses every core, or the whole GPU."""

    def __init__(self, generate: Make) -> None:
        self._generate = generate
        self._ready = ["world"]
        self._looked: float | None = None

    def count(self) -> int:
        """See Hands.count."""
        return 1

    def engines(self) -> list[str]:
        """See Hands.engines."""
        from pipelines.engines.catalog import offered

        if self._looked is None or time.monotonic() - self._looked > READY_LOOKED_AT_EVERY:
            self._looked = time.monotonic()
            try:
                self._ready = list(offered())
            except RequestError as error:  # a setting or a catalog of the operator's is wrong; ours goes on
                logger.error("the catalog of engines cannot be read: %s", error)
        return self._ready

    def holds(self) -> str | None:
        """See Hands.holds."""
        loading = sys.modules.get("pipelines.engines.loading")  # not loaded: then there is no model either
        return loading.SHELF.holds if loading else None

    def make(self, job: Job, folder: Path, lease: Lease) -> "Clip":
        """See Hands.make."""
        return self._generate(job, folder, Progress(lease.tell, lease))

    def close(self) -> None:
        """See Hands.close."""


class LentGpu(ThisMachine):
    """This machine, which is lent a GPU for each clip of a model: a ZeroGPU Space. The code engine needs none."""

    def __init__(self, generate: Make, keys: Path, environment: Mapping[str, str]) -> None:
        """To be made before Gradio is launched: the Space looks then for what will ask for a GPU."""
        super().__init__(generate)
        self._keys = keys
        self._environment = environment
        self._on_gpu = on_gpu(make, lambda order: gpu_seconds(order.job.request), environment)

    def make(self, job: Job, folder: Path, lease: Lease) -> "Clip":
        """See Hands.make. Raises NoGpuLent as well."""
        if job.request.engine in ENGINES:
            return super().make(job, folder, lease)
        order = order_of(job, self._keys, self._environment)
        with closing(self._on_gpu(order)) as words:  # closing it gives the GPU back
            clip = clip_told(_until_cancelled(words, lease), job, folder, lease)
        if clip is None:
            raise NoGpuLent("The GPU was taken back before the clip was done. Ask for a shorter clip, or try again.")
        return clip


def _until_cancelled(words: Iterable[Word], lease: Lease) -> Iterator[Word]:
    for word in words:
        if lease.is_set():
            raise Cancelled("The generation was cancelled.")
        yield word


def hands_from(environment: Mapping[str, str], keys: Path) -> Hands:
    """This machine, with the GPU that a ZeroGPU Space lends it, or the Ray cluster that RAY_ADDRESS names. `keys`: the
    folder of keys to mark and sign with.

    Raises SettingsError when Ray is wanted and not installed."""
    if environment.get("RAY_ADDRESS"):
        from pipelines.worker.cluster import Cluster

        return Cluster(environment["RAY_ADDRESS"], keys, environment)
    if is_zero_gpu(environment):
        return LentGpu(generating(keys, environment), keys, environment)
    return ThisMachine(generating(keys, environment))


def generating(keys: Path, environment: Mapping[str, str] = os.environ) -> Make:
    """The function that makes clips with these keys."""
    provenance = open_provenance(keys, environment)

    def make(job: Job, folder: Path, progress: Progress) -> "Clip":
        from pipelines.generate import generate  # heavy: only once there is something to make
        from pipelines.safety import load_policy

        return generate(
            job.request,
            folder / "clip.mp4",
            progress=progress,
            storyboard=job.storyboard,
            materials=job.materials,
            maker=job.maker,
            provenance=provenance,
            policy=load_policy(job.amendments, licensed=job.licensed),
        )

    return make
