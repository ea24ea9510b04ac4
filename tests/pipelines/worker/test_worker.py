"""A worker takes what was asked for, makes it, and hands it in; whatever happens, the author learns how it ended."""

import base64
import io
import logging
import threading
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import Unavailable, WrongState
from data.media import new_path
from data.opening import Data
from pipelines.engines.catalog import entry_named
from pipelines.media import MediaError
from pipelines.render_pool import RendererDied
from pipelines.request import RequestError
from pipelines.safety.ruling import Decision, Reason, Refused, Ruling
from pipelines.worker.workroom import Workroom
from tests.data.world import Person, World, storyboard
from tests.pipelines.worker.asking import Employ, Slow, ask, failing, quick, seen, until


def at_once(world: World) -> None:
    """Another attempt follows without a pause."""
    world.serve("change_settings", changes={"retry_seconds": 0})


def balance(author: Person) -> int:
    return author.call("my_credits")["balance"]


def test_a_request_becomes_a_clip_whose_files_are_kept(
    data: Data, world: World, author: Person, employ: Employ, tmp_path: Path
) -> None:
    worker = employ()
    asked = ask(author)
    worker.nudge()
    done = seen(author, asked, "done")
    worker.close()
    clip = author.call("clip", id=done["clip"])
    assert (clip["seconds"], clip["width"], clip["height"], clip["engine"]) == (0.5, 128, 128, "world")
    assert data.media.size(clip["video_path"]) == clip["bytes"]
    assert data.media.size(clip["poster_path"]) > 500 and data.media.size(clip["preview_path"]) > 500
    assert done["coverage"] == clip["storyboard"]["coverage"], "what the engine could not show is told, too"
    assert world.serve("media_to_delete") == []
    assert list((tmp_path / "work").glob("worker-*")) == [], "nothing is left where it was made"


def test_whoever_watches_sees_how_far_it_is_and_a_picture(world: World, author: Person, employ: Employ) -> None:
    slow = Slow()
    employ(slow)
    asked = ask(author)
    picture = until(lambda: author.call("generation_preview", id=asked))
    assert base64.b64decode(picture["image"]) == b"\xff\xd8 a picture"
    now = until(lambda: (found := author.call("generation", id=asked))["stage"] == "render" and found)
    assert now["state"] == "running" and 0.4 < now["progress"] < 0.6
    assert slow.jobs[0].maker == "author", "the visible mark names who made it"
    slow.may_finish.set()
    assert seen(author, asked, "done")["progress"] == 1
    assert author.call("generation_preview", id=asked) is None


def test_a_cancelled_generation_stops_and_leaves_nothing(
    data: Data, world: World, author: Person, employ: Employ
) -> None:
    slow = Slow()
    worker = employ(slow)
    before = balance(author)
    asked = ask(author)
    assert slow.begun.wait(10)
    author.call("cancel_generation", id=asked)
    worker.nudge()
    assert slow.stopped.wait(1.0), "it stops within a second"
    until(lambda: not slow.folders[0].exists())
    assert author.call("generation", id=asked)["state"] == "cancelled" and balance(author) == before
    assert seen(author, ask(author), "running")["attempts"] == 1, "the worker goes on with the next"


def test_a_cancellation_elsewhere_is_heard_without_a_nudge(author: Person, employ: Employ) -> None:
    slow = Slow()
    employ(slow)
    asked = ask(author)
    assert slow.begun.wait(10)
    author.call("cancel_generation", id=asked)
    assert slow.stopped.wait(3.0)


def test_a_worker_that_stops_gives_its_work_back_uncounted(author: Person, employ: Employ) -> None:
    slow = Slow()
    first = employ(slow)
    asked = ask(author)
    assert slow.begun.wait(10)
    first.close()
    back = author.call("generation", id=asked)
    assert (back["state"], back["attempts"], back["progress"]) == ("queued", 0, 0)
    employ()
    assert seen(author, asked, "done")["attempts"] == 1


def test_even_work_that_does_not_stop_is_given_back(author: Person, employ: Employ) -> None:
    begun, release = threading.Event(), threading.Event()

    def deaf(job, folder, progress):
        begun.set()
        release.wait(30)
        return quick(job, folder, progress)

    worker = employ(deaf)
    asked = ask(author)
    assert begun.wait(10)
    worker.close(patience=0.2)
    assert author.call("generation", id=asked)["state"] == "queued"
    clip = seen(author, asked, "done") if employ() else None
    release.set()
    worker.close()
    assert author.call("generation", id=asked) == clip, "what the deaf one made counts no more"


def test_what_a_killed_worker_left_is_taken_up_without_waiting_for_its_lease(
    world: World, author: Person, employ: Employ, tmp_path: Path
) -> None:
    at_once(world)
    asked = ask(author)
    killed = Workroom(tmp_path / "work")
    with killed.bench(world.claim(lease_seconds=3600)) as folder:
        (folder / "half a clip").touch()
        killed._lock.close()  # as the kernel does when a process is killed
        employ()
        assert seen(author, asked, "done")["attempts"] == 2
        assert not folder.exists()


def test_a_living_worker_is_left_alone(world: World, author: Person, employ: Employ, tmp_path: Path) -> None:
    mine, theirs = ask(author), None
    living = Workroom(tmp_path / "work")
    with living.bench(world.claim()) as folder:
        employ()
        theirs = ask(author)
        seen(author, theirs, "done")
        assert folder.exists() and author.call("generation", id=mine)["state"] == "running"
    living.close()


REFUSAL = Refused(Ruling(decision=Decision.REFUSE, rule="real_people.named", reason=Reason(code="x", en="Not them.")))
HOLD = Ruling(decision=Decision.HOLD, rule="politics.election", reason=Reason(code="x", en="Somebody looks first."))
FAILURES = {
    "cannot be made": (RequestError("A clip lasts at most 20 seconds."), "failed", "request", "at most 20 seconds"),
    "our mistake": (ZeroDivisionError("secret"), "failed", "unexpected", "on our side"),
    "refused": (REFUSAL, "refused", "real_people.named", "Not them"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_what_cannot_succeed_ends_at_once_with_its_reason_and_costs_nothing(
    author: Person, employ: Employ, case: str
) -> None:
    error, state, code, words = FAILURES[case]
    before = balance(author)
    employ(failing(error))
    ended = seen(author, ask(author), state)
    assert (ended["error_code"], ended["attempts"]) == (code, 1)
    assert words in ended["error"] and "secret" not in ended["error"]
    assert balance(author) == before


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (MediaError("The disk of /clips is full."), "disk", "is full"),
        (RendererDied("A renderer process stopped."), "renderer", "renderer process"),
        (OSError(28, "No space left on device"), "disk", "No space left"),
        (MemoryError(), "memory", "too little memory"),
    ],
)
def test_what_may_go_better_is_tried_thrice(
    world: World, author: Person, employ: Employ, error: Exception, code: str, words: str
) -> None:
    at_once(world)
    worker = employ(failing(error))
    asked = ask(author)
    worker.nudge()
    ended = seen(author, asked, "failed")
    assert (ended["error_code"], ended["attempts"]) == (code, 3) and words in ended["error"]


def test_a_second_attempt_may_succeed(world: World, author: Person, employ: Employ) -> None:
    at_once(world)
    attempts = []

    def shaky(job, folder, progress):
        attempts.append(job)
        if len(attempts) == 1:
            raise RendererDied("A renderer process stopped.")
        return quick(job, folder, progress)

    employ(shaky)
    ended = seen(author, ask(author), "done")
    assert (ended["attempts"], ended["error"]) == (2, None)


def test_what_the_rules_refuse_is_kept(author: Person, employ: Employ) -> None:
    employ(failing(REFUSAL))
    refused = seen(author, ask(author), "refused")
    (ruling,) = author.call("rulings", generation=refused["id"])
    assert (ruling["verdict"], ruling["rule"], ruling["reason"]) == ("refuse", "real_people.named", "Not them.")


def test_what_the_rules_hold_is_made_but_waits_for_a_moderator(world: World, author: Person, employ: Employ) -> None:
    def holding(job, folder, progress):
        return replace(quick(job, folder, progress), ruling=HOLD)

    employ(holding)
    done = seen(author, ask(author), "done")
    with pytest.raises(WrongState, match="waits for a moderator"):
        author.call("publish_post", clip=done["clip"])
    (case,) = world.moderator.call("waiting_cases")
    assert (case["target_kind"], case["target_id"], case["accused"]) == ("generation", done["id"], "author")


def test_the_live_policy_decides(world: World, author: Person, employ: Employ) -> None:
    changes = {"terms": [{"signal": "gore", "english": ["frobnicate"], "french": []}], "refuse": 0.01, "hold": 0.01}
    number = world.moderator.call("save_policy", amendments=changes, note="A new word.")
    world.moderator.call("publish_policy", number=number)
    slow = Slow()
    employ(slow)
    ask(author)
    assert slow.begun.wait(10)
    assert slow.jobs[0].amendments["terms"] == changes["terms"]


def test_a_storyboard_that_was_edited_into_nonsense_is_told_where_it_is_wrong(author: Person, employ: Employ) -> None:
    employ()
    ended = seen(author, ask(author, storyboard={"shots": [{"seconds": 1, "weather": "frogs"}]}), "failed")
    assert ended["error_code"] == "request" and "shots.0.weather" in ended["error"]


def test_a_lost_lease_stops_the_work_and_the_other_worker_ends_it(world: World, author: Person, employ: Employ) -> None:
    slow = Slow()
    employ(slow)
    asked = ask(author)
    assert slow.begun.wait(10)
    at_once(world)

    def taken_over() -> object:
        slept = "update public.generations set lease_until = now() - interval '1 minute' where id = %s"
        world.owner.execute(slept, (asked,))  # as after the laptop's lid was closed
        return world.claim()

    claimed = until(taken_over)
    assert slow.stopped.wait(3.0)
    clip = world.finish(claimed)
    assert seen(author, asked, "done")["clip"] == clip


def test_a_finished_clip_waits_for_a_database_that_is_down(
    data: Data, author: Person, employ: Employ, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    called, down = data.database.call, {"store_media": 2, "finish_generation": 2}

    def call(function: str, **arguments: object) -> object:
        if down.get(function):
            down[function] -= 1
            raise Unavailable("The database does not answer.")
        return called(function, **arguments)

    monkeypatch.setattr(data.database, "call", call)
    with caplog.at_level(logging.CRITICAL):
        employ()
        assert seen(author, ask(author), "done")["attempts"] == 1
    assert not any(down.values())


@pytest.mark.parametrize(("tasks", "begins_with"), [(("text",), []), (("text", "image"), [b"picture 0"])])
def test_pictures_reach_the_engine_and_the_first_begins_the_clip_where_it_can(
    data: Data,
    author: Person,
    employ: Employ,
    monkeypatch: pytest.MonkeyPatch,
    tasks: tuple[str, ...],
    begins_with: list[bytes],
) -> None:
    entry = replace(entry_named("world"), tasks=tasks)
    monkeypatch.setattr("pipelines.engines.catalog.entry_named", lambda name: entry)
    paths = [new_path("upload", ".jpg") for _ in range(2)]
    for number, path in enumerate(paths):
        author.call("store_upload", path=path)
        data.media.write(path, io.BytesIO(f"picture {number}".encode()))
    read: dict[str, list[bytes]] = {}

    def reading(job, folder, progress):
        start, references = job.materials.start_image, job.materials.references
        read["start"] = [start.read_bytes()] if start else []
        read["references"] = [picture.read_bytes() for picture in references]
        return quick(job, folder, progress)

    employ(reading)
    seen(author, ask(author, references=[{"path": path} for path in paths]), "done")
    assert read["start"] == begins_with and read["start"] + read["references"] == [b"picture 0", b"picture 1"]


def test_a_picture_that_is_gone_is_a_reason(author: Person, employ: Employ) -> None:
    path = f"uploads/{uuid.uuid4().hex}.jpg"
    author.call("store_upload", path=path)
    employ()
    ended = seen(author, ask(author, references=[{"path": path}]), "failed")
    assert ended["error_code"] == "request" and "is gone" in ended["error"]


def test_a_remix_gets_its_parents_video_unless_somebody_in_it_has_not_agreed(world: World, author: Person) -> None:
    """The storyboard of a remix may leave them out; their picture must not come back through the parent's video."""
    star = world.join("star")
    world.cameo(star, "everyone")
    plain, starring = world.make(author), world.make(author, "star")
    for parent, people, given in ((plain, (), True), (starring, (), False), (starring, ("star",), True)):
        world.ask(author, *people, parent=parent)
        claimed = world.claim()
        assert bool(claimed["parent_video"]) is given
        world.finish(claimed)
    author.call("delete_clip", clip=plain)
    world.owner.execute("update public.generations set parent = %s where id = %s", (plain, world.ask(author)))
    assert world.claim()["parent_video"] is None


def test_a_likeness_is_opened_only_for_who_plays_and_while_they_agree(
    world: World, author: Person, employ: Employ, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.cameo.likeness.open_likeness", lambda sealed, key: ("opened", sealed, len(key)))
    star = world.join("star")
    world.cameo(star, "everyone")
    slow = Slow()
    employ(slow)
    asked = ask(author, storyboard=storyboard("star"))
    assert slow.begun.wait(10)
    assert slow.jobs[0].materials.likenesses == {"star": ("opened", {"face": "aGk="}, 32)}
    star.call("set_cameo_rules", audience="only_me")
    assert slow.stopped.wait(3.0)
    ended = seen(author, asked, "refused")
    assert ended["error_code"] == "consent" and "no longer agrees" in ended["error"]
