"""Clips made by a Ray cluster: where each is made, and how many at once, is Ray's to decide.

The lease stays with the worker. A job travels with its files and what it takes to sign, our code with it; reports and
the finished files come back. Every node has the packages of requirements.txt and requirements-ray.txt installed.
"""

import importlib.util
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.settings import ROOT, SettingsError
from pipelines.progress import Cancelled
from pipelines.worker.job import Job
from pipelines.worker.lease import Lease
from pipelines.worker.on_node import Word, clip_told, make
from pipelines.worker.order import order_of

if TYPE_CHECKING:
    from pipelines.generate import Clip

CPUS = 2.0  # that one generation asks for, or all of the largest node's when it has fewer
LOOK_EVERY = 0.1  # seconds between two looks at whether to stop
PENDING = 1  # generations handed over beyond what fits now: a cluster that grows by itself grows for those who wait
NOT_SENT = [".git", ".venv", "var", "tests", "notebooks", "docs"]  # of this folder; the nodes run the rest
logger = logging.getLogger(__name__)


class NodeLost(RuntimeError):
    """The machine of the cluster that made a clip is gone, or the cluster could not begin."""


class Cluster:
    """Hands (see hands.py) of a Ray cluster."""

    def __init__(self, address: str, keys: Path, environment: Mapping[str, str]) -> None:
        """`address`: as RAY_ADDRESS gives it, such as auto, 10.0.0.1:6379 or ray://head:10001. Connects when first
        asked. Raises SettingsError when Ray is not installed."""
        if importlib.util.find_spec("ray") is None:
            raise SettingsError("RAY_ADDRESS is set but Ray is not installed. Run: pip install -r requirements-ray.txt")
        self._address = address
        self._keys = keys
        self._environment = environment
        self._lock = threading.Lock()

    def count(self) -> int:
        """See Hands.count. None while the cluster cannot be reached."""
        try:
            ray = self._connected()
            capacity = ray.cluster_resources().get("CPU", 0.0) / self._cpus()
        except (ConnectionError, RuntimeError, OSError) as error:
            logger.warning("the Ray cluster at %s does not answer: %s", self._address, error)
            return 0
        return int(capacity) + PENDING

    def engines(self) -> None:
        """See Hands.engines. Any: the nodes have what this machine may lack."""
        return None

    def holds(self) -> None:
        """See Hands.holds. Which node draws is Ray's to decide."""
        return None

    def make(self, job: Job, folder: Path, lease: Lease) -> "Clip":
        """See Hands.make. Raises NodeLost as well."""
        from pipelines.engines.catalog import entry_named

        ray = self._connected()
        order = order_of(job, self._keys, self._environment)
        task = ray.remote(make).options(
            name=f"generation {lease.generation}",
            num_cpus=self._cpus(),
            num_gpus=entry_named(job.request.engine).num_gpus,
            num_returns="streaming",
            max_retries=0,  # attempts are counted in the database
        )
        told = task.remote(order)
        try:
            clip = clip_told(self._told(told, lease), job, folder, lease)
        except BaseException:
            ray.cancel(told)
            raise
        if clip is None:
            raise NodeLost("The cluster ended this clip without a word.")
        return clip

    def close(self) -> None:
        """See Hands.close."""
        import ray

        with self._lock:
            if ray.is_initialized():
                ray.shutdown()

    def _connected(self) -> Any:
        """Ray itself, connected."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # before it is imported: it tells nobody that it is used
        import ray

        with self._lock:
            if not ray.is_initialized():
                ray.init(
                    self._address,
                    namespace="hibari",
                    log_to_driver=False,
                    logging_level=logging.WARNING,
                    runtime_env={"working_dir": str(ROOT), "excludes": NOT_SENT},
                )
        return ray

    def _cpus(self) -> float:
        """Cores that one generation asks for."""
        import ray

        largest = max((node["Resources"].get("CPU", 0.0) for node in ray.nodes() if node["Alive"]), default=0.0)
        return min(CPUS, largest) or CPUS

    def _told(self, told: Any, lease: Lease) -> Iterator[Word]:
        """What the node tells, as it comes. Raises Cancelled, NodeLost, and what was raised there."""
        import ray
        from ray.exceptions import RayError, RayTaskError

        while True:
            if lease.is_set():
                raise Cancelled("The generation was cancelled.")
            try:
                ready, _ = ray.wait([told], timeout=LOOK_EVERY)
                if ready:
                    yield ray.get(next(told))
            except StopIteration:
                return
            except RayTaskError as error:
                raise error.cause from error
            except RayError as error:
                raise NodeLost("The machine of the cluster that made this clip was lost.") from error
