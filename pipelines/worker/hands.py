"""Who makes a worker's clips: this machine, one at a time, or a Ray cluster."""

import logging
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipelines.progress import Progress
from pipelines.provenance import open_provenance
from pipelines.request import RequestError
from pipelines.worker.job import Job
from pipelines.worker.lease import Lease

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

    def make(self, job: Job, folder: Path, lease: Lease) -> "Clip":
        """See Hands.make."""
        return self._generate(job, folder, Progress(lease.tell, lease))

    def close(self) -> None:
        """See Hands.close."""


def hands_from(environment: Mapping[str, str], keys: Path) -> Hands:
    """This machine, or the Ray cluster that RAY_ADDRESS names. `keys`: the folder of keys to mark and sign with.

    Raises SettingsError when Ray is wanted and not installed."""
    if environment.get("RAY_ADDRESS"):
        from pipelines.worker.cluster import Cluster

        return Cluster(environment["RAY_ADDRESS"], keys, environment)
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
