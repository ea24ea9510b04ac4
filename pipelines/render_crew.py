"""The processes that draw for one pool, and those that wait, ready, for the next one.

skia holds Python's lock while it draws, so threads gain nothing; processes double the speed on two cores. They are
programs of their own (`render_process`), not multiprocessing's workers, which would import the whole app again.
"""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from pipelines.render_process import Drawn, Failed, Job, Look, Preparation

MAX_PROCESSES = 8
# Where one process may become several after its libraries are loaded; elsewhere each starts and makes its scene anew
DIVIDES = sys.platform == "linux"
FAREWELL = 0.3  # seconds in which processes end by themselves before they are killed


class RendererDied(RuntimeError):
    """A renderer process ended by itself, without an error of its own."""


class Crew:
    """Processes, a connection to each, and the memory in which their frames cross."""

    def __init__(self, size: int) -> None:
        self.memory = _anonymous_file()  # number of the file that frames cross in
        self.connections: list[Connection] = []
        self._processes: list[subprocess.Popen] = []
        try:
            for share in [size] if DIVIDES else [1] * size:
                self._start(share)
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        return len(self.connections)

    @property
    def alive(self) -> bool:
        return all(process.poll() is None for process in self._processes)

    def send(self, number: int, value: Preparation | Job | range) -> None:
        """Sends a value to one of the renderers, or nowhere if it has ended; `receive` will say why."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connections[number].send(value)

    def begin(self, job: Job) -> None:
        """Gives the job to every program; those that divide themselves share it."""
        for number in [0] if DIVIDES else range(self.size):
            self.send(number, job)

    def prepare(self, preparation: Preparation) -> None:
        """Has every program do what can be done before the job is known."""
        for number in [0] if DIVIDES else range(self.size):
            self.send(number, preparation)

    def receive(self, number: int) -> Look | Drawn | Failed:
        """The next word of one of the renderers; where it has ended, the failure of whichever ended it.

        Raises RendererDied when no renderer has told why.
        """
        try:
            return self.connections[number].recv()
        except (EOFError, ConnectionResetError):
            if failure := self._failure():
                return failure
            raise self._died(0 if DIVIDES else number) from None

    def close(self) -> None:
        """Ends the processes, stuck ones too, and gives the memory back. Safe to call twice."""
        for connection in self.connections:
            connection.close()
        for process in self._processes:
            try:
                process.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.connections, self._processes = [], []
        if self.memory >= 0:
            os.close(self.memory)
            self.memory = -1

    def _start(self, share: int) -> None:
        """Starts a program that becomes `share` processes."""
        pipes = [Pipe() for _ in range(share)]
        self.connections += [ours for ours, _ in pipes]
        theirs = [connection for _, connection in pipes]
        numbers = [self.memory, *(connection.fileno() for connection in theirs)]
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
        # one thread each: the processes already use every core
        single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1"}
        try:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "pipelines.render_process", *map(str, numbers)],
                    pass_fds=numbers,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    process_group=0,  # Ctrl-C is for the program that asked for the frames, which then ends them
                    env=os.environ | single | {"PYTHONPATH": path},
                )
            )
        finally:
            for connection in theirs:
                connection.close()

    def _failure(self) -> Failed | None:
        """What a renderer said before it ended the others, though frames that nobody has taken in lie before it."""
        for connection in self.connections:
            with suppress(EOFError, ConnectionResetError):
                while connection.poll():
                    if isinstance(word := connection.recv(), Failed):
                        return word
        return None

    def _died(self, number: int) -> RendererDied:
        try:
            code = self._processes[number].wait(FAREWELL)
            how = f"signal {-code}, {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        except subprocess.TimeoutExpired:
            how = "it hung up"
        return RendererDied(
            f"A renderer process stopped ({how}); the usual cause is too little memory. "
            "Close other programs, or ask for a smaller size, and try again."
        )


class Waiting:
    """The crew that waits for the next pool, its libraries loaded: most of a second that nobody has to wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._crew: Crew | None = None
        self._always: str | None = None  # what a crew is to prepare that takes the place of one that was taken

    def call(self, prepare: str, *, always: bool = False) -> None:
        """Has a crew start now, unless one waits already, and call a "module:function" without arguments.

        always: from now on another one is called whenever a pool has done its work.
        """
        with self._lock:
            if always:
                self._always = prepare
            if self._crew is None:
                self._crew = Crew(usable_cores())
                self._crew.prepare(Preparation(prepare))

    def take(self, size: int) -> Crew:
        """A crew of that size: the one that waits, or one that starts now."""
        with self._lock:
            crew = self._crew
            if crew is None or crew.size != size:
                return Crew(size)
            self._crew = None
        if crew.alive:
            return crew
        crew.close()  # killed while it waited
        return Crew(size)

    def renew(self) -> None:
        """Calls the next crew, if one is always to wait."""
        if self._always:
            self.call(self._always)

    def dismiss(self) -> None:
        """Ends the crew that waits, and calls no more."""
        with self._lock:
            self._always = None
            if self._crew is not None:
                self._crew.close()
                self._crew = None


waiting = Waiting()
atexit.register(waiting.dismiss)


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


def _anonymous_file() -> int:
    """The number of an open file without a name: it vanishes with its last user, even after kill -9."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("hibari-frames")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
