"""A renderer: makes a scene from a plan, divides itself into as many processes as shall draw, draws what it is told.

Started by `render_crew` as `python -m pipelines.render_process FRAMES CONNECTION…`, all inherited file numbers. It is a
program of its own, so it imports what its scene needs and nothing of the program that started it. The scene is made
once and its pictures are shared: a divided process copies only what it changes.
"""

import gc
import mmap
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection

import numpy as np

Draw = Callable[[int], np.ndarray]


@dataclass(frozen=True)
class Preparation:
    """What may come before the job: a function to call while there is nothing else to do."""

    function: str  # "module:function"; called with nothing


@dataclass(frozen=True)
class Job:
    """What the renderers of one pool get once, at its start."""

    make_scene: str  # "module:function"; called with the plan, gives frame number → (h, w, 3) uint8
    plan: bytes  # pickled
    slots: int  # frames that the shared memory holds; frame i lives in slot i % slots
    look: int | None = None  # frame to be sent ahead of all others, to be looked at


@dataclass(frozen=True)
class Look:
    """The frame that was asked for ahead of all others."""

    frame: np.ndarray


@dataclass(frozen=True)
class Drawn:
    """Frame `index` lies in its slot."""

    index: int
    shape: tuple[int, int, int]


@dataclass(frozen=True)
class Failed:
    """The scene raised; the error as it was, and where."""

    error: BaseException
    traceback: str


def main(frames_number: int, connection_numbers: Sequence[int]) -> None:
    """Serves one pool until it hangs up, with one process for each connection."""
    connections = [Connection(number) for number in connection_numbers]
    try:
        _serve(connections, frames_number)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the pool is gone: nobody wants the frames


def _serve(connections: list[Connection], frames_number: int) -> None:
    job, connection, divided = _awaited_job(connections[0]), connections[0], Divided()
    try:
        draw: Draw = _function(job.make_scene)(pickle.loads(job.plan))
        if job.look is not None:
            connection.send(Look(draw(job.look)))
        connection = divided.into(connections)
        tasks: queue.SimpleQueue[range] = queue.SimpleQueue()
        threading.Thread(target=_receive, args=(connection, tasks, divided), daemon=True).start()
        _draw(draw, job, tasks, connection, frames_number)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except BaseException as error:
        connection.send(Failed(_sendable(error), traceback.format_exc()))
    finally:
        divided.end()


def _awaited_job(connection: Connection) -> Job:
    """The job, when it comes. Until then makes ready whatever it is told to."""
    while isinstance(message := connection.recv(), Preparation):
        _function(message.function)()
    return message


def _function(name: str) -> Callable:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


class Divided:
    """The processes divided from this one."""

    def __init__(self) -> None:
        self._pids: list[int] = []  # of those not yet buried: no other process can have their numbers
        self._ending = False
        self._lock = threading.Lock()
        self._watch = threading.Thread(target=self._share_their_fate, daemon=True)

    def into(self, connections: list[Connection]) -> Connection:
        """Becomes one process for each connection; gives each its own.

        Called in a process of one thread, and only on systems whose libraries bear it (see render_crew).
        """
        mine = connections[0]
        if len(connections) > 1:
            gc.freeze()  # what there is by now stays: looking for garbage in it would copy its pages, again and again
        for connection in connections[1:]:
            pid = os.fork()
            if not pid:
                mine, self._pids = connection, []
                break
            self._pids.append(pid)
        for connection in connections:
            if connection is not mine:
                connection.close()  # or nobody would notice the end of the process that has it
        if self._pids:
            self._watch.start()
        return mine

    def end(self) -> None:
        """Kills them and waits until they are gone, so that no system has to bury them."""
        with self._lock:
            self._ending = True
            for pid in self._pids:
                os.kill(pid, signal.SIGKILL)
        if self._watch.is_alive():
            self._watch.join()

    def _share_their_fate(self) -> None:
        """Waits for them; when one is killed or fails, this process ends in the same way. The pool watches only this
        one, and tells people why it ended."""
        while self._pids:
            pid = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT).si_pid
            with self._lock:
                self._pids.remove(pid)
                _, status = os.waitpid(pid, 0)
            if status and not self._ending:
                if os.WIFSIGNALED(status):
                    os.kill(os.getpid(), os.WTERMSIG(status))
                os._exit(os.waitstatus_to_exitcode(status))


def _receive(connection: Connection, tasks: queue.SimpleQueue, divided: Divided) -> None:
    """Queues ranges of frames as they come; ends this process the moment the pool hangs up or dies.

    A thread and not PR_SET_PDEATHSIG, which follows the thread that started us and not its process: a server may start
    a generation in one thread and go on with it in another.
    """
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        divided.end()
        os._exit(0)


def _draw(draw: Draw, job: Job, tasks: queue.SimpleQueue, connection: Connection, frames_number: int) -> None:
    slots: np.ndarray | None = None
    while True:
        for index in tasks.get():
            frame = draw(index)
            assert frame.dtype == np.uint8 and frame.ndim == 3, (
                f"a frame is (h, w, 3) uint8, not {frame.dtype} {frame.shape}"
            )
            if slots is None:
                slots = open_slots(frames_number, job.slots, frame.shape)
            slots[index % job.slots] = frame
            connection.send(Drawn(index, frame.shape))


def open_slots(frames_number: int, slots: int, shape: tuple[int, int, int]) -> np.ndarray:
    """(slots, height, width, 3) uint8 over the shared memory, which grows to hold them."""
    size = slots * shape[0] * shape[1] * shape[2]
    if os.fstat(frames_number).st_size < size:
        os.ftruncate(frames_number, size)
    return np.frombuffer(mmap.mmap(frames_number, size), np.uint8).reshape(slots, *shape)


def _sendable(error: BaseException) -> BaseException:
    """The error itself where it survives pickling, else one with its name and message."""
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    # `python -m` runs this file under the name __main__; what it sends must carry the name the pool knows
    from pipelines import render_process

    render_process.main(int(sys.argv[1]), [int(number) for number in sys.argv[2:]])
