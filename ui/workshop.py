"""The workshop: takes requests and makes them into clips, one at a time, in a thread of its own.

A generation belongs to the visitor who asked for it; nobody else sees it. What was accepted ends as a clip or as a
reason: what a closed tab or a stopped app left unfinished is begun again. Nothing here knows a screen or a folder.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import replace

from pipelines.progress import Cancelled, Progress, ProgressReport
from pipelines.request import GenerationRequest, RequestError
from ui.generation import Generation, Problem, State
from ui.records import Records

MAX_WAITING = 32  # generations in the queue, of all visitors together
KEPT = 200  # generations that stay known when they are over, the newest
MAX_ATTEMPTS = 3  # a generation that ended the app so often is not begun again
GOODBYE = 5.0  # seconds that closing waits for the work to stop
logger = logging.getLogger(__name__)


class Busy(RuntimeError):
    """The visitor's last generation is unfinished."""

    def __init__(self, unfinished: Generation) -> None:
        super().__init__("Your last clip is still being made. Wait for it, or cancel it first.")
        self.unfinished = unfinished


class QueueFull(RuntimeError):
    """Too many generations are waiting already."""


class Workshop:
    def __init__(self, records: Records) -> None:
        self._records = records
        self._generations: OrderedDict[str, Generation] = OrderedDict()  # oldest first
        self._previews: dict[str, tuple[int, bytes]] = {}  # id → (number, JPEG)
        self._cancels: dict[str, threading.Event] = {}
        self._changed = threading.Condition()
        self._closing = False
        for generation in records.all():
            self._take_up(generation)
        self._thread = threading.Thread(target=self._work, name="workshop", daemon=True)
        self._thread.start()

    # ---- what a visitor may do
    def submit(self, owner: str, request: GenerationRequest) -> Generation:
        """The new generation. Raises Busy, or QueueFull, or OSError if it cannot be kept."""
        with self._changed:
            waiting = [g for g in self._generations.values() if not g.over]
            for unfinished in waiting:
                if unfinished.owner == owner:
                    raise Busy(unfinished)
            if len(waiting) >= MAX_WAITING:
                raise QueueFull(f"{MAX_WAITING} clips are waiting already. Try again in a few minutes.")
            generation = Generation(secrets.token_urlsafe(18), owner, request, created=time.time())
            self._records.keep(generation)
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

    def preview(self, generation: Generation) -> tuple[int, bytes] | None:
        """(number, JPEG) of the last frame shown, while it is being made."""
        return self._previews.get(generation.id)

    def cancel(self, owner: str, generation_id: str) -> None:
        """Stops a visitor's generation; one that is over stays as it is."""
        with self._changed:
            generation = self._generations.get(generation_id)
            if generation is None or generation.owner != owner or generation.over:
                return
            self._cancels[generation_id].set()
            if generation.state == State.QUEUED:
                self._end(generation_id, State.CANCELLED)

    def close(self) -> None:
        """Stops the work; what is unfinished is begun again next time."""
        with self._changed:
            self._closing = True
            for cancel in self._cancels.values():
                cancel.set()
            self._changed.notify_all()
        self._thread.join(timeout=GOODBYE)

    # ---- the work
    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._closing and self._next() is None:
                    self._changed.wait()
                if self._closing:
                    return
                generation = self._next()
                generation = replace(generation, state=State.RUNNING, attempts=generation.attempts + 1)
                self._put(generation)
            self._make(generation)

    def _next(self) -> Generation | None:
        return next((g for g in self._generations.values() if g.state == State.QUEUED), None)

    def _make(self, generation: Generation) -> None:
        """Ends the generation, whatever happens; unless the app is closing, which leaves it to the next run."""
        began = time.monotonic()
        try:
            self._records.keep(generation)
            clip = self._generate(generation)
        except Cancelled:
            if not self._closing:
                self._end(generation.id, State.CANCELLED)
        except Exception as error:  # whatever it was, its maker is told kindly and the operator in full
            logger.exception("generation %s failed", generation.id)
            problem, detail = problem_of(error)
            self._end(generation.id, State.FAILED, problem=problem, detail=detail)
        else:
            took = time.monotonic() - began
            done = {"storyboard": clip.storyboard, "seconds": clip.seconds, "took": took, "fraction": 1.0}
            self._end(generation.id, State.DONE, **done)

    def _generate(self, generation: Generation):
        """The clip. The storyboard is known to whoever watches before the first frame is drawn."""
        from pipelines.director import direct  # these are heavy: only once there is something to make
        from pipelines.generate import generate

        request = generation.request
        storyboard = direct(request.prompt, seconds=request.seconds, style=request.style)
        self._update(generation.id, storyboard=storyboard)

        def told(report: ProgressReport) -> None:
            self._update(generation.id, stage=report.stage, fraction=report.fraction, seconds_left=report.seconds_left)
            if report.preview:
                number, _ = self._previews.get(generation.id, (0, b""))
                self._previews[generation.id] = number + 1, report.preview

        progress = Progress(told, self._cancels[generation.id])
        return generate(request, self._records.clip_to_write(generation), progress=progress, storyboard=storyboard)

    def _end(self, generation_id: str, state: State, **fields: object) -> None:
        """Ends a generation in that state. One whose record cannot be written has failed."""
        self._previews.pop(generation_id, None)
        generation = replace(self._generations[generation_id], state=state, seconds_left=None, **fields)
        if state == State.CANCELLED:
            self._records.forget(generation_id)
        else:
            try:
                self._records.keep(generation)
            except OSError as error:
                logger.exception("the record of generation %s cannot be written", generation_id)
                self._records.forget(generation_id)
                generation = replace(generation, state=State.FAILED, problem=Problem.DISK, detail=str(error))
        self._put(generation)

    # ---- what is known
    def _take_up(self, generation: Generation) -> None:
        """Knows a generation of an earlier run; an unfinished one is begun again, but not for ever."""
        if generation.state == State.RUNNING:
            generation = replace(generation, state=State.QUEUED, stage="", fraction=0.0, seconds_left=None)
        self._cancels[generation.id] = threading.Event()
        self._put(generation)
        if not generation.over and generation.attempts >= MAX_ATTEMPTS:
            self._end(generation.id, State.FAILED, problem=Problem.CRASHES)

    def _update(self, generation_id: str, **fields: object) -> None:
        with self._changed:
            self._generations[generation_id] = replace(self._generations[generation_id], **fields)

    def _put(self, generation: Generation) -> None:
        """Knows the generation as it is now, and forgets the oldest of those that are over."""
        with self._changed:
            self._generations[generation.id] = generation
            for old in [g.id for g in self._generations.values() if g.over][:-KEPT]:
                del self._generations[old]
                self._cancels.pop(old, None)
                self._records.forget(old)


def problem_of(error: Exception) -> tuple[Problem, str]:
    """What kind of problem an error is, and its own words where they were written for people."""
    from pipelines.media import MediaError
    from pipelines.render_pool import RendererDied

    if isinstance(error, RequestError):
        return Problem.REQUEST, str(error)
    if isinstance(error, MediaError):
        return Problem.DISK, str(error)
    if isinstance(error, RendererDied):
        return Problem.RENDERER, str(error)
    if isinstance(error, OSError):
        return Problem.DISK, error.strerror or ""
    return Problem.UNEXPECTED, ""
