"""The app as people run it: a process of its own on a free port, with small frames and an empty folder."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.ui.waiting import until

ROOT = Path(__file__).parents[2]
SCALE = "0.3"  # of the size of every frame: 162 × 288 for a tall clip


@dataclass(frozen=True)
class RunningApp:
    url: str
    folder: Path  # what it keeps
    process: subprocess.Popen

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


@cache
def running_app() -> RunningApp:
    """One app for all tests that touch it; it ends with them."""
    app = start_app(new_folder())
    atexit.register(shutil.rmtree, app.folder, ignore_errors=True)
    atexit.register(stop_app, app)
    return app


def new_folder() -> Path:
    """An empty folder, in memory where there is such a disk, that the database's user may enter."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="hibari-app-", dir=memory if memory.is_dir() else None))
    folder.chmod(0o755)
    return folder


def start_app(folder: Path) -> RunningApp:
    """The app, once it answers."""
    port = free_port()
    settings = {"HIBARI_PORT": str(port), "HIBARI_FOLDER": str(folder), "HIBARI_FRAME_SCALE": SCALE}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    app = RunningApp(f"http://127.0.0.1:{port}", folder, process)
    until(lambda: _answers(app), seconds=60)
    return app


def stop_app(app: RunningApp) -> None:
    """Ends the app as Ctrl+C does."""
    if app.process.poll() is None:
        app.process.send_signal(signal.SIGINT)
    try:
        app.process.wait(15)
    except subprocess.TimeoutExpired:
        app.process.kill()
        app.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(app: RunningApp) -> bool:
    if app.process.poll() is not None:
        raise AssertionError(f"the app ended:\n{app.log}")
    try:
        with urllib.request.urlopen(app.url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
