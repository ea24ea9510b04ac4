"""A finished clip goes into media storage, and its generation ends as that clip: once, however often it is tried."""

from pathlib import Path
from typing import TYPE_CHECKING

from data import leases
from data.client import SERVICE
from data.media import new_path
from data.opening import Data
from data.rows import FinishedMedia
from pipelines.safety.ruling import Decision
from pipelines.worker.lease import Lease
from pipelines.worker.patience import patiently
from pipelines.worker.rulings import open_case

if TYPE_CHECKING:
    from pipelines.generate import Clip


def hand_in(data: Data, lease: Lease, clip: "Clip") -> None:
    """Stores the clip's three files and ends the generation. Raises LeaseLost when it is somebody else's by now,
    NoPermission when somebody in it no longer agrees, data.media.MediaError when a file cannot be stored."""
    held = clip.ruling.decision is Decision.HOLD
    if held:  # before the clip is there, so that no clip waits for a moderator who never hears of it
        open_case(data, lease, clip.ruling, clip.storyboard.language)
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
        "held": held,
    }
    storyboard = clip.storyboard.model_dump(mode="json")
    patiently(
        lease,
        lambda: leases.finish_generation(
            data.database, SERVICE, lease.generation, lease.id, finished, storyboard=storyboard
        ),
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
