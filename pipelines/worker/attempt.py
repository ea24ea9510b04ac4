"""One claimed generation to its end: a clip, a reason, or back to the queue."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from data import leases
from data.client import SERVICE
from data.errors import DataError, LeaseLost, NoPermission
from data.media import MediaError as StorageError
from data.opening import Data
from data.postgres import PostgresError
from data.rows import LeasedGeneration
from pipelines.engines.zero_gpu import NoGpuLent
from pipelines.progress import Cancelled
from pipelines.request import RequestError
from pipelines.safety.ruling import Refused
from pipelines.worker.hand_in import hand_in
from pipelines.worker.hands import Hands
from pipelines.worker.job import job_of
from pipelines.worker.lease import Lease
from pipelines.worker.patience import patiently

logger = logging.getLogger(__name__)


class Reason(StrEnum):
    """Why there is no clip, as `error_code` of the generation. The database adds `cancelled` and `consent`."""

    REQUEST = "request"  # it cannot be made as it was asked for; the sentence says why
    DISK = "disk"  # a file could not be written
    RENDERER = "renderer"  # a process that draws was lost
    MEMORY = "memory"
    GPU = "gpu"  # none was lent
    WORKER_LOST = "worker_lost"  # the machine that made it is gone; the database says so, too, of leases that ran out
    UNEXPECTED = "unexpected"  # our mistake; the log has the trace


@dataclass(frozen=True)
class Failure:
    """What is told to the author, and whether another attempt may go better."""

    reason: Reason
    sentence: str
    retry: bool


def attempt(data: Data, claimed: LeasedGeneration, lease: Lease, folder: Path, keys: Path, hands: Hands) -> None:
    """Makes the clip and hands it in, or says why not. Whatever happens, the generation is not left hanging: at worst
    its lease runs out."""
    try:
        job = job_of(data, claimed, folder, keys)
        clip = hands.make(job, folder, lease)
        hand_in(data, lease, clip)
    except (Cancelled, LeaseLost):
        if not lease.lost:
            give_back(data, lease)
    except Refused as refused:
        _end(data, lease, leases.refuse_generation, refused.ruling.rule, str(refused))
    except NoPermission as error:
        _end(data, lease, leases.refuse_generation, "consent", str(error))
    except Exception as error:  # whatever it was, the author is told kindly and the operator in full
        logger.exception("generation %s failed", lease.generation)
        failure = failure_of(error)
        _end(data, lease, partial(leases.fail_generation, retry=failure.retry), failure.reason, failure.sentence)


def give_back(data: Data, lease: Lease) -> None:
    """Puts the generation back into the queue, uncounted. If the database is down, its lease runs out instead."""
    lease.lost = True  # from now on nothing of this attempt counts
    try:
        leases.release_generation(data.database, SERVICE, lease.generation, lease.id)
    except LeaseLost:
        return
    except (DataError, PostgresError) as error:
        logger.warning("generation %s could not be given back: %s", lease.generation, error)


def failure_of(error: Exception) -> Failure:
    """What to say of an error. Errors written for people keep their own words."""
    from pipelines.media import MediaError
    from pipelines.render_pool import RendererDied
    from pipelines.worker.cluster import NodeLost

    if isinstance(error, RequestError):
        return Failure(Reason.REQUEST, str(error), retry=False)
    if isinstance(error, RendererDied):
        return Failure(Reason.RENDERER, str(error), retry=True)
    if isinstance(error, NoGpuLent):
        return Failure(Reason.GPU, str(error), retry=False)
    if isinstance(error, NodeLost):
        return Failure(Reason.WORKER_LOST, str(error), retry=True)
    if isinstance(error, MediaError | StorageError):
        return Failure(Reason.DISK, str(error), retry=True)
    if isinstance(error, OSError):
        why = f" ({error.strerror})" if error.strerror else ""
        return Failure(Reason.DISK, f"A file could not be read or written{why}. Try again later.", retry=True)
    if isinstance(error, MemoryError):
        return Failure(Reason.MEMORY, "There was too little memory. Ask for a smaller or shorter clip.", retry=True)
    return Failure(Reason.UNEXPECTED, "Something went wrong on our side, not yours. Try again later.", retry=False)


def _end(data: Data, lease: Lease, call: Callable[..., object], *why: str) -> None:
    """Ends the generation with a reason, unless somebody ended it meanwhile or the worker stops."""
    try:
        patiently(lease, lambda: call(data.database, SERVICE, lease.generation, lease.id, *why))
    except LeaseLost:
        logger.info("generation %s had ended already", lease.generation)
    except Cancelled:
        give_back(data, lease)
