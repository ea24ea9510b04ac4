"""What a node of the cluster does: makes one clip, telling how far it is, and gives back its files."""

import os
import queue
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.progress import Progress, ProgressReport
from pipelines.safety.ruling import Refused, Ruling
from pipelines.worker.job import Job

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


def make(order: Order) -> Iterator[ProgressReport | Ruling | Finished]:
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
