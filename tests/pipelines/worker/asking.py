"""Asking for small clips, waiting for how they end, and makers that do what a story needs."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.director import direct
from pipelines.generate import Clip, generate
from pipelines.progress import Progress
from pipelines.provenance import open_provenance
from pipelines.worker import Worker
from pipelines.worker.job import Job
from tests.data.world import Person
from tests.pipelines.square_engine import SquareEngine

Employ = Callable[..., Worker]  # starts a worker that makes clips with a function, or as the settings say
PROMPT = "A dog runs on the beach."


def ask(
    author: Person,
    *,
    prompt: str = PROMPT,
    storyboard: dict | None = None,
    size: tuple[int, int] = (128, 128),
    engine: str = "world",
    **arguments: object,
) -> str:
    """The id of a new generation that takes a second to make."""
    request = {"prompt": prompt, "seconds": 1, "width": size[0], "height": size[1], "seed": 7, "engine": engine}
    storyboard = storyboard or direct(prompt, seconds=1).model_dump(mode="json")
    return author.call("request_generation", request=request, storyboard=storyboard, **arguments)["id"]


def until(found: Callable[[], object], seconds: float = 120.0) -> object:
    """The first thing found; fails after so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if thing := found():
            return thing
        time.sleep(0.02)
    raise AssertionError(f"nothing was found in {seconds} seconds")


def seen(author: Person, generation: str, state: str) -> dict:
    """The generation as its author sees it, once it is in that state."""

    def look() -> dict | None:
        found = author.call("generation", id=generation)
        assert found["state"] == state or not found["finished_at"], f"{found['state']}: {found['error']}"
        return found if found["state"] == state else None

    return until(look)


def quick(job: Job, folder: Path, progress: Progress) -> Clip:
    """Makes half a second of a moving square, whatever was asked for."""
    shots = tuple(shot.model_copy(update={"seconds": 0.5}) for shot in job.storyboard.shots[:1])
    return generate(
        job.request.model_copy(update={"width": 128, "height": 128}),
        folder / "clip.mp4",
        progress=progress,
        storyboard=job.storyboard.model_copy(update={"shots": shots}),
        engine=SquareEngine(processes=1),
        provenance=open_provenance(folder / "keys"),
    )


class Slow:
    """Works for ever, or until it is told to finish, or to stop."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.stopped = threading.Event()
        self.may_finish = threading.Event()
        self.folders: list[Path] = []
        self.jobs: list[Job] = []

    def __call__(self, job: Job, folder: Path, progress: Progress) -> Clip:
        self.folders.append(folder)
        self.jobs.append(job)
        self.begun.set()
        try:
            while not self.may_finish.wait(0.01):
                progress.report("render", 0.5, b"\xff\xd8 a picture")
        except BaseException:
            self.stopped.set()
            raise
        return quick(job, folder, progress)


def failing(error: Exception) -> Callable[[Job, Path, Progress], Clip]:
    """Always fails like this."""

    def make(job: Job, folder: Path, progress: Progress) -> Clip:
        raise error

    return make
