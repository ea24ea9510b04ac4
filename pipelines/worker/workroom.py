"""Where clips in the making lie: a folder for each worker, which the next one empties when its owner was killed."""

import fcntl
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.rows import LeasedGeneration

LOCK = "lock"  # held by the worker for as long as it lives; the kernel drops it however it dies
LEASE = "lease.json"
logger = logging.getLogger(__name__)


class Workroom:
    """The folder of one worker that lives."""

    def __init__(self, folder: Path) -> None:
        """Makes a folder of its own inside `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        with _door(folder):
            self._path = Path(tempfile.mkdtemp(prefix="worker-", dir=folder))
            self._lock = _locked(self._path / LOCK)

    @contextmanager
    def bench(self, claimed: LeasedGeneration) -> Iterator[Path]:
        """An empty folder for one generation, removed at the end. It names the lease, for whoever finds it."""
        path = Path(tempfile.mkdtemp(prefix="generation-", dir=self._path))
        try:
            lease = {"generation": claimed["id"], "lease": claimed["lease"]}
            (path / LEASE).write_text(json.dumps(lease), encoding="utf-8")
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Removes the folder."""
        shutil.rmtree(self._path, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()


def abandoned_leases(folder: Path) -> list[dict[str, str]]:
    """The leases (generation, lease) of workers that were killed; their folders are removed."""
    found: list[dict[str, str]] = []
    if not folder.is_dir():
        return found
    with _door(folder):
        for path in folder.glob("worker-*"):
            lock = _locked(path / LOCK)
            if lock is None:  # its worker lives
                continue
            with lock:
                found += _leases_in(path)
                shutil.rmtree(path, ignore_errors=True)
    return found


def _leases_in(path: Path) -> Iterator[dict[str, str]]:
    for file in path.glob(f"generation-*/{LEASE}"):
        try:
            yield json.loads(file.read_text(encoding="utf-8"))
        except ValueError:  # killed while writing it: the lease runs out by itself
            logger.warning("%s cannot be read", file)


@contextmanager
def _door(folder: Path) -> Iterator[None]:
    """One at a time: a folder that is just being made must not look abandoned."""
    with open(folder / "door.lock", "ab") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _locked(path: Path) -> BinaryIO | None:
    """The open, locked file; None while somebody else holds it."""
    file = open(path, "ab")  # noqa: SIM115, held by the caller
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
