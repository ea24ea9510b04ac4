"""Frames drawn by several processes at once, given back in order, with bounded memory.

skia holds Python's lock while it draws, so threads gain nothing; processes double the speed on two cores. A pool is
made of programs of its own (`render_process`), not of multiprocessing's workers, which would import the whole app again
in every child. Frames cross in shared memory; the connections carry only their numbers.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.render_process import Drawn, Failed, Job, open_slots

MAX_PROCESSES = 8
CHUNK = 6  # frames that one process draws in a row: neighbours share what a scene keeps between frames
QUEUED = 2  # chunks given to a process at once, so that it never waits for the encoder
WINDOW = 3  # chunks of memory for each process: two being drawn, one waiting its turn
POLL = 0.05  # seconds between two looks at whether to stop


class RendererDied(RuntimeError):
    """A renderer process ended by itself, without an error of its own."""


def render_frames(
    make_scene: str,
    plan: Any,
    frame_count: int,
    *,
    processes: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> "RenderPool":
    """Frames 0 .. frame_count-1 in order, each a fresh (h, w, 3) uint8. Drawing begins at once.

    make_scene: "module:function"; in every process the function is called with `plan` (anything that pickles) and gives
    the function from frame number to frame. processes: how many, or None for the usable cores. check: called at least
    every 0.05 s while waiting; what it raises ends the pool. The same frames come whatever the number of processes.
    """
    return RenderPool(make_scene, plan, frame_count, processes or usable_cores(), check)


def usable_cores() -> int:
    """Cores that this process may use, 1..8: those it is bound to, and no more than its container's share."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _container_cores(), MAX_PROCESSES))


def _container_cores(quota_file: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Cores' worth of time that a container grants; MAX_PROCESSES where nothing limits it."""
    try:
        quota, period = quota_file.read_text().split()
    except (OSError, ValueError):
        return MAX_PROCESSES
    return MAX_PROCESSES if quota == "max" else max(1, int(quota) // int(period))


class RenderPool(Iterator[np.ndarray]):
    """The iterator that `render_frames` gives. `close()` ends every process at once; so does its end, or any error."""

    def __init__(self, make_scene: str, plan: Any, frame_count: int, processes: int, check: Callable[[], None]) -> None:
        self._renderers: list[_Renderer] = []
        self._memory = -1  # number of the file that frames cross in
        processes = max(1, min(processes, -(-frame_count // CHUNK)))
        self._check = check
        self._frame_count = frame_count
        self._slot_count = processes * CHUNK * WINDOW
        self._slots: np.ndarray | None = None
        self._given = 0  # frames given back
        self._handed_out = 0  # frames that some process has been told to draw
        self._drawn: set[int] = set()  # frames that lie in their slot
        job = Job(make_scene, pickle.dumps(plan, protocol=pickle.HIGHEST_PROTOCOL), self._slot_count)
        self._memory = _anonymous_file()
        try:
            for _ in range(processes):
                self._renderers.append(_Renderer(self._memory))
            for renderer in self._renderers:  # after all have started: a long plan blocks until its reader runs
                renderer.send(job)
            self._hand_out()
        except BaseException:
            self.close()
            raise

    def __next__(self) -> np.ndarray:
        if self._given == self._frame_count or not self._renderers:
            self.close()
            raise StopIteration
        try:
            while self._given not in self._drawn:
                self._check()
                self._collect(POLL)
            self._collect(0)
            frame = self._slots[self._given % self._slot_count].copy()
            self._drawn.remove(self._given)
            self._given += 1
            self._hand_out()
        except BaseException:
            self.close()
            raise
        return frame

    def close(self) -> None:
        """Kills the processes and gives the memory back. Safe to call twice."""
        for renderer in self._renderers:
            renderer.kill()
        self._renderers = []
        self._slots = None
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1

    def __del__(self) -> None:
        self.close()

    def _hand_out(self) -> None:
        """Gives the next chunks to the processes with the least to do, as far as the window of memory reaches."""
        while self._handed_out < self._frame_count:
            chunk = range(self._handed_out, min(self._handed_out + CHUNK, self._frame_count))
            renderer = min(self._renderers, key=lambda renderer: renderer.owed)
            if chunk.stop > self._given + self._slot_count or renderer.owed > CHUNK * (QUEUED - 1):
                return
            renderer.send(chunk)
            renderer.owed += len(chunk)
            self._handed_out = chunk.stop

    def _collect(self, seconds: float) -> None:
        """Takes in what the processes say, waiting at most that long for the first word."""
        by_connection = {renderer.connection: renderer for renderer in self._renderers}
        for connection in wait(list(by_connection), seconds):
            renderer = by_connection[connection]
            message = renderer.receive()
            if isinstance(message, Failed):
                message.error.add_note(f"In a renderer process:\n{message.traceback}")
                raise message.error
            assert isinstance(message, Drawn)
            if self._slots is None:
                self._slots = open_slots(self._memory, self._slot_count, message.shape)
            renderer.owed -= 1
            self._drawn.add(message.index)


class _Renderer:
    """One process and the connection to it."""

    def __init__(self, memory: int) -> None:
        self.owed = 0  # frames it was told to draw and has not drawn
        self.connection, theirs = Pipe()
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
        # one thread each: the processes already use every core
        single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1"}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.render_process", str(theirs.fileno()), str(memory)],
                pass_fds=(theirs.fileno(), memory),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for the program that asked for the frames, which then ends them
                env=os.environ | single | {"PYTHONPATH": path},
            )

    def send(self, value: Job | range) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it has ended; `receive` will say why
            self.connection.send(value)

    def receive(self) -> Drawn | Failed:
        try:
            return self.connection.recv()
        except (EOFError, ConnectionResetError):
            raise self._died() from None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.connection.close()

    def _died(self) -> RendererDied:
        code = self._process.wait()
        how = f"signal {-code}, {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return RendererDied(
            f"A renderer process stopped ({how}); the usual cause is too little memory. "
            "Close other programs, or ask for a smaller size, and try again."
        )


def _anonymous_file() -> int:
    """The number of an open file without a name: it vanishes with its last user, even after kill -9."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("hibari-frames")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
