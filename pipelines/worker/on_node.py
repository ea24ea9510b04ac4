"""What another process or machine does: makes one clip, telling how far it is, and gives back its files."""

import os
import queue
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.progress import Progress, ProgressReport
from pipelines.safety.ruling import Refused, Ruling
from pipelines.worker.job import Job
from pipelines.worker.lease import Lease

if TYPE_CHECKING:
    from pipelines.generate import Clip

TELL_EVERY = 0.5  # seconds
STOP_CHECK = 0.1  # seconds; Ray's interruption is heard between two waits


@dataclass(frozen=True)
class Order:
    """A job whose files lie beside it, by name."""

    job: Job
    files: dict[str, bytes]
    keys: dict[str, bytes]
    environment: dict[str, str]  # settings of signing; those that name a file of `keys` give its name alone


@dataclass(frozen=True)
class Finished:
    """A clip and the content of its files, by name."""

    clip: "Clip"
    files: dict[str, bytes]


Word = ProgressReport | Ruling | Finished  # what comes back


class _Work(threading.Thread):
    """Makes the clip in a thread, so that the task itself can report and be interrupted."""

    def __init__(self, order: Order, folder: Path) -> None:
        super().__init__(name="generation")
        self.stop = threading.Event()
        self.reports: queue.SimpleQueue[ProgressReport] = queue.SimpleQueue()
        self.outcome: Finished | Ruling | BaseException | None = None
        self._order = order
        self._folder = folder
        self._told = (0.0, "")  # when, and which stage

    def run(self) -> None:
        try:
            self.outcome = _made(self._order, self._folder, Progress(self._tell, self.stop))
        except Refused as refused:
            self.outcome = refused.ruling
        except BaseException as error:
            self.outcome = error

    def _tell(self, report: ProgressReport) -> None:
        at, stage = self._told
        if report.preview is not None or report.stage != stage or time.monotonic() - at > TELL_EVERY:
            self._told = time.monotonic(), report.stage
            self.reports.put(report)


def make(order: Order) -> Iterator[Word]:
    """Reports, and at last the finished clip or the ruling that refuses it. Stops, and leaves nothing, when it is
    interrupted. Raises what `generate` raises."""
    with tempfile.TemporaryDirectory(prefix="hibari-", ignore_cleanup_errors=True) as name:
        work = _Work(order, Path(name))
        work.start()
        try:
            while work.is_alive() or not work.reports.empty():
                try:
                    yield work.reports.get(timeout=STOP_CHECK)
                except queue.Empty:
                    continue
        finally:
            work.stop.set()
            work.join()
        if isinstance(work.outcome, BaseException):
            raise work.outcome
        yield work.outcome


def _made(order: Order, folder: Path, progress: Progress) -> Finished:
    from pipelines.worker.hands import generating
    from pipelines.worker.order import unpacked

    job, keys, environment = unpacked(order, folder)
    clip = generating(keys, {**os.environ, **environment})(job, folder, progress)
    return Finished(clip, {file.name: file.read_bytes() for file in (clip.path, clip.poster, clip.preview)})


def clip_told(words: Iterable[Word], job: Job, folder: Path, lease: Lease) -> "Clip | None":
    """The clip that `make` gave elsewhere, its files in this folder; reports go to the lease. None if there was no last
    word. Raises Refused, and whatever the words raise."""
    for word in words:
        if isinstance(word, ProgressReport):
            lease.tell(word)
        elif isinstance(word, Ruling):
            raise Refused(word, job.storyboard.language)
        else:
            return _kept(word, folder)
    return None


def _kept(finished: Finished, folder: Path) -> "Clip":
    """The clip with its files in this folder."""
    for name, content in finished.files.items():
        (folder / name).write_bytes(content)
    clip = finished.clip
    here = {part: folder / getattr(clip, part).name for part in ("path", "poster", "preview")}
    return replace(clip, **here)
