"""The app as people run it: a process of its own on a free port, with small frames and an empty folder."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from itertools import repeat
from pathlib import Path
from urllib.parse import urlsplit

from tests.ui.waiting import until

ROOT = Path(__file__).parents[2]
SCALE = "0.3"  # of the size of every frame: 162 × 288 for a tall clip
# on Linux every address that begins with 127 is this machine; elsewhere only one is, until somebody adds more
_networks = (f"127.0.0.{number}" for number in range(2, 255)) if sys.platform == "linux" else repeat("127.0.0.1")


@dataclass(frozen=True)
class RunningApp:
    url: str
    folder: Path  # what it keeps
    process: subprocess.Popen
    keeper: str = ""  # cookie of @keeper, who joined first and so is the moderator

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def ask(self, path: str, sent: object, cookie: str = "", address: str = "127.0.0.1") -> tuple[dict, str]:
        """(JSON answer, cookie that it sets or "") of a POST as the page sends it, from a network address."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60, source_address=(address, 0))
        with closing(connection):
            headers = {"Content-Type": "application/json", "Cookie": cookie}
            connection.request("POST", path, json.dumps(sent).encode(), headers)
            answer = connection.getresponse()
            assert answer.status == 200, (path, answer.status, answer.read(1000))
            return json.load(answer), (answer.headers["Set-Cookie"] or "").partition(";")[0]

    def join(self, handle: str, **fields: str) -> str:
        """The cookie of a new member, who comes from a network of their own: accounts from one are limited."""
        answer, cookie = self.ask("/account/join", {"handle": handle} | fields, address=next(_networks))
        assert answer == {"signed_in": True}, answer
        return cookie

    def call(self, name: str, cookie: str = "", /, **sent: object) -> dict:
        """What a call answers to the member with this cookie. Fails the test when that is an error."""
        answer, _ = self.ask(f"/calls/{name}", sent, cookie)
        assert "error" not in answer, answer
        return answer

    def make(self, cookie: str, prompt: str = "a meadow at sunset", seconds: int = 1, **fields: object) -> dict:
        """A generation of this member once it is done, as create/look tells it."""
        accepted = self.call("create/make", cookie, prompt=prompt, seconds=seconds, seed="7", **fields)

        def over() -> dict | None:
            now = self.call("create/look", cookie, id=accepted["id"])
            return now if now["state"] not in ("queued", "running") else None

        made = until(over, seconds=240)
        assert made["state"] == "done", (made.get("problem"), self.log)
        return made


@contextmanager
def running_app() -> Iterator[RunningApp]:
    """An app in an empty folder, and its keeper; both are gone in the end."""
    app = start_app(new_folder())
    try:
        yield replace(app, keeper=app.join("keeper"))
    finally:
        stop_app(app)
        shutil.rmtree(app.folder, ignore_errors=True)


def new_folder() -> Path:
    """An empty folder, in memory where there is such a disk, that the database's user may enter."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="hibari-app-", dir=memory if memory.is_dir() else None))
    folder.chmod(0o755)
    return folder


def start_app(folder: Path, **further: str) -> RunningApp:
    """The app, once it answers. `further`: more of its settings."""
    port = free_port()
    settings = {"HIBARI_PORT": str(port), "HIBARI_FOLDER": str(folder), "HIBARI_FRAME_SCALE": SCALE, "HIBARI_DEMO": "0"}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **settings, **further}, stdout=log, stderr=log
        )
    app = RunningApp(f"http://127.0.0.1:{port}", folder, process)
    until(lambda: _answers(app), seconds=60)
    return app


def stop_app(app: RunningApp) -> None:
    """Ends the app as a system that shuts down does; Ctrl+C is not heard by what runs in the background."""
    if app.process.poll() is None:
        app.process.terminate()
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
