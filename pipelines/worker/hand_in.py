"""A finished clip goes into media storage, and its generation ends as that clip: once, however often it is tried."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from data import leases
from data.client import SERVICE
from data.errors import Unavailable
from data.media import new_path
from data.opening import Data
from data.postgres import PostgresError
from data.rows import FinishedMedia
from pipelines.progress import Cancelled
from pipelines.safety.ruling import Decision
from pipelines.worker.lease import Lease

if TYPE_CHECKING:
    from pipelines.generate import Clip

TRY_AGAIN_AFTER = 0.5  # seconds, while the database does not answer
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def hand_in(data: Data, lease: Lease, clip: "Clip") -> None:
    """Stores the clip's three files and ends the generation. Raises LeaseLost when it is somebody else's by now,
    NoPermission when somebody in it no longer agrees, data.media.MediaError when a file cannot be stored."""
    finished: FinishedMedia = {
        "video_path": _store(data, lease, clip.path, "clip"),
        "poster_path": _store(data, lease, clip.poster, "poster"),
        "preview_path": _store(data, lease, clip.preview, "preview"),
        "sha256": clip.sha256,
        "seconds": clip.seconds,
        "bytes": clip.bytes,
        "width": clip.width,
        "height": clip.height,
        "engine_version": clip.engine_version,
        "mark": clip.mark,
        "fingerprint": clip.fingerprint,
        "credential": clip.credential,
        "held": clip.ruling.decision is Decision.HOLD,
    }
    if clip.ruling.decision is Decision.HOLD:
        patiently(lease, lambda: _open_case(data, lease, clip))
    storyboard = clip.storyboard.model_dump(mode="json")
    patiently(
        lease,
        lambda: leases.finish_generation(
            data.database, SERVICE, lease.generation, lease.id, finished, storyboard=storyboard
        ),
    )


def _open_case(data: Data, lease: Lease, clip: "Clip") -> None:
    """Asks a moderator to look at a clip before anybody else can."""
    ruling = clip.ruling
    reason = ruling.reason.told(clip.storyboard.language)
    spans = [span.model_dump() for span in ruling.spans]
    leases.record_ruling(
        data.database,
        SERVICE,
        lease.generation,
        "prompt",
        ruling.decision,
        ruling.rule,
        reason,
        evidence={"spans": spans, "policy": ruling.policy},
    )


def _store(data: Data, lease: Lease, file: Path, purpose: str) -> str:
    """Where the file is kept. It is listed first, so that nothing is orphaned whatever happens next."""

    def list_it() -> str:
        path = new_path(purpose, file.suffix)  # a new one for each try: the last may have been listed after all
        leases.store_media(data.database, SERVICE, path, purpose, lease.generation, lease.id)
        return path

    path = patiently(lease, list_it)
    with open(file, "rb") as source:
        data.media.write(path, source)
    return path


def patiently(lease: Lease, call: Callable[[], Answer]) -> Answer:
    """What the call returns, tried again while the database is down: minutes of work are not thrown away for it.

    Raises Cancelled once there is no more reason to try."""
    while True:
        try:
            return call()
        except (Unavailable, PostgresError) as error:
            logger.warning("generation %s waits for the database: %s", lease.generation, error)
            lease.wait(TRY_AGAIN_AFTER)
            if lease.is_set():
                raise Cancelled("The worker stops.") from None
