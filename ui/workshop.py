"""The workshop: generations of this app, one at a time in a thread of its own, kept on disk until they are a clip.

A generation belongs to the visitor who asked for it; nobody else sees it. What was accepted ends as a clip or as a
reason: an unfinished one is begun again after a restart. Nothing here knows a screen.
"""

import json
import logging
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipelines.progress import Cancelled, Progress, ProgressReport
from pipelines.request import GenerationRequest
from pipelines.storyboard import Storyboard

MAX_WAITING = 32  # generations in the queue, of all visitors together
KEPT = 200  # finished generations that stay known, the newest
RECORD = "generation.json"
logger = logging.getLogger(__name__)


class State(StrEnum):
    QUEUED = "queued"  # → running, cancelled
    RUNNING = "running"  # → done, failed, cancelled
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class WorkshopError(RuntimeError):
    """A request that cannot be taken now; the message says why and what to do."""


@dataclass(frozen=True)
class Generation:
    """One generation as its maker sees it."""

    id: str
    owner: str
    request: GenerationRequest
    state: State = State.QUEUED
    created: float = 0.0  # seconds since 1970
    stage: str = ""
    fraction: float = 0.0  # 0 to 1
    seconds_left: float | None = None
    error: str = ""
    storyboard: Storyboard | None = None
    seconds: float = 0.0  # of the clip
    took: float = 0.0  # seconds of work

    @property
    def over(self) -> bool:
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)


class Workshop:
    """Takes requests and makes them into clips, in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self._generations: OrderedDict[str, Generation] = OrderedDict()
        self._previews: dict[str, bytes] = {}
        self._cancels: dict[str, threading.Event] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._load()
        self._thread = threading.Thread(target=self._work, name="workshop", daemon=True)
        self._thread.start()

    # ---- what a visitor may do
    def submit(self, owner: str, request: GenerationRequest) -> Generation:
        """The new generation. Raises WorkshopError while the visitor's last one is unfinished or the queue is full."""
        with self._changed:
            waiting = [g for g in self._generations.values() if not g.over]
            if any(g.owner == owner for g in waiting):
                raise WorkshopError("Your last clip is still being made. Wait for it, or cancel it first.")
            if len(waiting) >= MAX_WAITING:
                raise WorkshopError(f"{MAX_WAITING} clips are waiting already. Try again in a few minutes.")
            generation = Generation(secrets.token_urlsafe(18), owner, request, created=time.time())
            self._write(generation)
            self._put(generation)
            self._cancels[generation.id] = threading.Event()
            self._changed.notify_all()
        return generation

    def look(self, owner: str, generation_id: str) -> Generation | None:
        """The visitor's generation of that id, or None."""
        with self._changed:
            generation = self._generations.get(generation_id)
        return generation if generation and generation.owner == owner else None

    def of(self, owner: str) -> list[Generation]:
        """All generations of a visitor, newest first."""
        with self._changed:
            return [g for g in reversed(self._generations.values()) if g.owner == owner]

    def place(self, generation: Generation) -> int:
        """How many generations are made before this one."""
        with self._changed:
            return sum(1 for g in self._generations.values() if not g.over and g.created < generation.created)

    def preview(self, generation: Generation) -> bytes | None:
        """A JPEG of the last frame shown, while it is being made."""
        return self._previews.get(generation.id)

    def cancel(self, owner: str, generation_id: str) -> None:
        """Stops a visitor's generation; one that is over stays as it is."""
        generation = self.look(owner, generation_id)
        if generation is None or generation.over:
            return
        with self._changed:
            self._cancels[generation_id].set()
            if self._generations[generation_id].state == State.QUEUED:
                self._put(replace(self._generations[generation_id], state=State.CANCELLED))
        if self._generations[generation_id].state == State.CANCELLED:
            self._discard(generation_id)

    def media(self, generation: Generation, name: str) -> Path | None:
        """The path of a finished generation's file (clip.mp4, clip.jpg …), or None."""
        path = self._folder / generation.id / name
        allowed = generation.state == State.DONE and Path(name).name == name and name.startswith("clip")
        return path if allowed and path.is_file() else None

    def close(self) -> None:
        """Stops the work; what is unfinished is begun again next time."""
        with self._changed:
            self._closing = True
            for cancel in self._cancels.values():
                cancel.set()
            self._changed.notify_all()
        self._thread.join(timeout=5)

    # ---- the work
    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._closing and self._next() is None:
                    self._changed.wait()
                if self._closing:
                    return
                generation = self._next()
                self._put(replace(generation, state=State.RUNNING))
            self._make(generation)

    def _next(self) -> Generation | None:
        return next((g for g in self._generations.values() if g.state == State.QUEUED), None)

    def _make(self, generation: Generation) -> None:
        from pipelines.generate import generate  # heavy: only once there is something to make

        began = time.monotonic()
        target = self._folder / generation.id / "clip.mp4"

        def told(report: ProgressReport) -> None:
            self._update(generation.id, stage=report.stage, fraction=report.fraction, seconds_left=report.seconds_left)
            if report.preview:
                self._previews[generation.id] = report.preview

        try:
            clip = generate(generation.request, target, progress=Progress(told, self._cancels[generation.id]))
        except Cancelled:
            if not self._closing:
                self._end(generation.id, State.CANCELLED)
            return
        except Exception as error:  # the reason is told to the visitor, the trace to the operator
            logger.exception("generation %s failed", generation.id)
            self._end(generation.id, State.FAILED, error=str(error))
            return
        took = time.monotonic() - began
        self._end(generation.id, State.DONE, storyboard=clip.storyboard, seconds=clip.seconds, took=took, fraction=1.0)

    def _update(self, generation_id: str, **fields: object) -> None:
        with self._changed:
            self._generations[generation_id] = replace(self._generations[generation_id], **fields)

    def _end(self, generation_id: str, state: State, **fields: object) -> None:
        self._previews.pop(generation_id, None)
        self._update(generation_id, state=state, seconds_left=None, **fields)
        if state == State.DONE:
            self._write(self._generations[generation_id])
        else:
            self._discard(generation_id)

    def _discard(self, generation_id: str) -> None:
        shutil.rmtree(self._folder / generation_id, ignore_errors=True)

    # ---- the record
    def _put(self, generation: Generation) -> None:
        self._generations[generation.id] = generation
        finished = [g.id for g in self._generations.values() if g.over]
        for old in finished[:-KEPT]:
            del self._generations[old]
            self._discard(old)

    def _write(self, generation: Generation) -> None:
        folder = self._folder / generation.id
        folder.mkdir(exist_ok=True)
        record = asdict(generation) | {
            "request": generation.request.model_dump(mode="json"),
            "storyboard": generation.storyboard.model_dump(mode="json") if generation.storyboard else None,
        }
        temporary = folder / (RECORD + ".new")
        temporary.write_text(json.dumps(record))
        temporary.replace(folder / RECORD)

    def _load(self) -> None:
        """Takes up what an earlier run left: finished clips, and unfinished ones from the start."""
        found = []
        for path in self._folder.glob(f"*/{RECORD}"):
            record = json.loads(path.read_text())
            storyboard = record.pop("storyboard")
            record |= {
                "request": GenerationRequest(**record["request"]),
                "storyboard": Storyboard(**storyboard) if storyboard else None,
                "state": State(record["state"]),
            }
            found.append(Generation(**record))
        for generation in sorted(found, key=lambda g: g.created):
            self._generations[generation.id] = generation
            self._cancels[generation.id] = threading.Event()
