"""Frames drawn by several processes at once, given back in order, with bounded memory.

Frames cross in shared memory; the connections to the processes carry only their numbers.
"""

import pickle
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from typing import Any

import numpy as np

from pipelines.render_crew import Crew, RendererDied, usable_cores, waiting
from pipelines.render_process import Drawn, Failed, Job, Look, open_slots

__all__ = ["RenderPool", "RendererDied", "render_frames", "usable_cores"]

CHUNK = 6  # frames that one process draws in a row: neighbours share what a scene keeps between frames
QUEUED = 2  # chunks given to a process at once, so that it never waits for the encoder
WINDOW = 3  # chunks of memory for each process: two being drawn, one waiting its turn
POLL = 0.05  # seconds between two looks at whether to stop


def render_frames(
    make_scene: str,
    plan: Any,
    frame_count: int,
    *,
    processes: int | None = None,
    look: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> "RenderPool":
    """Frames 0 .. frame_count-1 in order, each a fresh (h, w, 3) uint8. Drawing begins at once.

    make_scene: "module:function"; called with `plan` (anything that pickles) it gives the function from frame number to
    frame. processes: how many, or None for the usable cores. look: a frame to be drawn ahead of all others, for
    `RenderPool.look`. check: called at least every 0.05 s while waiting; what it raises ends the pool. The same frames
    come whatever the number of processes.
    """
    return RenderPool(make_scene, plan, frame_count, processes or usable_cores(), look, check)


class RenderPool(Iterator[np.ndarray]):
    """The iterator that `render_frames` gives. `close()` ends every process at once; so does its end, or any error."""

    _crew: Crew | None = None

    def __init__(
        self,
        make_scene: str,
        plan: Any,
        frame_count: int,
        processes: int,
        look: int | None,
        check: Callable[[], None],
    ) -> None:
        processes = max(1, min(processes, -(-frame_count // CHUNK)))
        self._check = check
        self._frame_count = frame_count
        self._slot_count = processes * CHUNK * WINDOW
        self._slots: np.ndarray | None = None
        self._given = 0  # frames given back
        self._handed_out = 0  # frames that some process has been told to draw
        self._owed = [0] * processes  # frames that each was told to draw and has not drawn
        self._drawn: set[int] = set()  # frames that lie in their slot
        self._look: np.ndarray | None = None
        plan = pickle.dumps(plan, protocol=pickle.HIGHEST_PROTOCOL)
        self._crew = waiting.take(processes)
        try:
            self._crew.begin(Job(make_scene, plan, self._slot_count, look))
            self._hand_out()
        except BaseException:
            self.close()
            raise

    def look(self) -> np.ndarray:
        """The frame that was asked for ahead of all others, (h, w, 3) uint8."""
        self._wait_until(lambda: self._look is not None)
        return self._look

    def __next__(self) -> np.ndarray:
        if self._given == self._frame_count or self._crew is None:
            self.close()
            raise StopIteration
        self._wait_until(lambda: self._given in self._drawn)
        frame = self._slots[self._given % self._slot_count].copy()
        self._drawn.remove(self._given)
        self._given += 1
        self._hand_out()
        return frame

    def close(self) -> None:
        """Ends the processes and gives the memory back. Safe to call twice."""
        crew, self._crew, self._slots = self._crew, None, None
        if crew is not None:
            crew.close()
            waiting.renew()

    def __del__(self) -> None:
        self.close()

    def _wait_until(self, true: Callable[[], bool]) -> None:
        """Takes in what the processes say until something is true. Any error ends the pool."""
        try:
            self._collect(0)
            while not true():
                self._check()
                self._collect(POLL)
        except BaseException:
            self.close()
            raise

    def _hand_out(self) -> None:
        """Gives the next chunks to the processes with the least to do, as far as the window of memory reaches."""
        while self._handed_out < self._frame_count:
            chunk = range(self._handed_out, min(self._handed_out + CHUNK, self._frame_count))
            owed = min(self._owed)
            if chunk.stop > self._given + self._slot_count or owed > CHUNK * (QUEUED - 1):
                return
            number = self._owed.index(owed)
            self._crew.send(number, chunk)
            self._owed[number] += len(chunk)
            self._handed_out = chunk.stop

    def _collect(self, seconds: float) -> None:
        """Takes in what the processes say, waiting at most that long for the first word."""
        numbers = {connection: number for number, connection in enumerate(self._crew.connections)}
        for connection in sorted(wait(list(numbers), seconds), key=numbers.get):  # what failed first is told first
            message = self._crew.receive(numbers[connection])
            if isinstance(message, Failed):
                message.error.add_note(f"In a renderer process:\n{message.traceback}")
                raise message.error
            if isinstance(message, Look):
                self._look = message.frame
                continue
            assert isinstance(message, Drawn)
            if self._slots is None:
                self._slots = open_slots(self._crew.memory, self._slot_count, message.shape)
            self._owed[numbers[connection]] -= 1
            self._drawn.add(message.index)
