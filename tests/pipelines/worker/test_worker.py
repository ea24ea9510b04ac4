"""A worker takes what was asked for, makes it, and hands it in; whatever happens, the author learns how it ended."""

import time
from collections.abc import Callable
from pathlib import Path

from data.opening import Data
from pipelines.director import direct
from pipelines.worker import Worker
from tests.data.world import Person, World


def small(prompt: str = "A dog runs on the beach.", **fields: object) -> dict:
    """A request that takes a second to make."""
    return {"prompt": prompt, "seconds": 1, "width": 128, "height": 128, "seed": 7} | fields


def ask(author: Person, **fields: object) -> str:
    request = small(**fields)
    storyboard = direct(request["prompt"], seconds=1).model_dump(mode="json")
    return author.call("request_generation", request=request, storyboard=storyboard)["id"]


def until(found: Callable[[], object], seconds: float = 30.0) -> object:
    """The first thing found; fails after so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if thing := found():
            return thing
        time.sleep(0.02)
    raise AssertionError(f"nothing was found in {seconds} seconds")


def ended(author: Person, generation: str) -> dict:
    def look() -> dict | None:
        seen = author.call("generation", id=generation)
        return seen if seen["finished_at"] else None

    return until(look)


def test_a_request_becomes_a_clip_whose_files_are_kept(
    data: Data, world: World, author: Person, tmp_path: Path
) -> None:
    worker = Worker(data, var=tmp_path)
    worker.start()
    asked = ask(author)
    worker.nudge()
    done = ended(author, asked)
    worker.close()
    assert (done["state"], done["error"]) == ("done", None)
    clip = author.call("clip", id=done["clip"])
    assert (clip["seconds"], clip["width"], clip["height"]) == (1, 128, 128)
    assert data.media.size(clip["video_path"]) == clip["bytes"]
    assert data.media.size(clip["poster_path"]) > 500 and data.media.size(clip["preview_path"]) > 500
    assert world.serve("media_to_delete") == []
    assert list((tmp_path / "work").glob("worker-*")) == [], "nothing is left where it was made"
