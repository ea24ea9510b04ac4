"""One renderer process: makes its own scene from a plan, then draws the frames it is told to into shared memory.

Started by `render_pool` as `python -m pipelines.render_process CONNECTION FRAMES`, both inherited file numbers. It is a
program of its own, so it imports what its scene needs and nothing of the program that started it.
"""

import mmap
import os
import pickle
import queue
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection

import numpy as np


@dataclass(frozen=True)
class Job:
    """What every renderer of one pool gets once, at its start."""

    make_scene: str  # "module:function"; called with the plan, gives frame number → (h, w, 3) uint8
    plan: bytes  # pickled
    slots: int  # frames that the shared memory holds; frame i lives in slot i % slots


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


def main(connection_number: int, frames_number: int) -> None:
    """Serves one pool until it hangs up."""
    connection = Connection(connection_number)
    job: Job = connection.recv()
    tasks: queue.SimpleQueue[range] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    try:
        _draw(job, tasks, connection, frames_number)
    except (BrokenPipeError, ConnectionResetError):
        return  # the pool is gone: nobody wants the frames
    except BaseException as error:
        connection.send(Failed(_sendable(error), traceback.format_exc()))


def _receive(connection: Connection, tasks: queue.SimpleQueue) -> None:
    """Queues ranges of frames as they come; ends this process the moment the pool hangs up or dies.

    A thread and not PR_SET_PDEATHSIG, which follows the thread that started us and not its process: a server may start
    a generation in one thread and go on with it in another.
    """
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _draw(job: Job, tasks: queue.SimpleQueue, connection: Connection, frames_number: int) -> None:
    module, _, function = job.make_scene.partition(":")
    draw: Callable[[int], np.ndarray] = getattr(import_module(module), function)(pickle.loads(job.plan))
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

    render_process.main(int(sys.argv[1]), int(sys.argv[2]))
