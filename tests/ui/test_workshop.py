"""What was asked for ends as a clip or as a reason, for its maker alone, and what is stopped leaves nothing."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import ui.workshop
from pipelines.engines import ENGINES
from pipelines.media import MediaError
from pipelines.render_pool import RendererDied
from pipelines.request import RequestError
from tests.ui.workshops import ADA, BEN, asked, ended, until
from ui.generation import Problem, State
from ui.records import RECORD, Records
from ui.workshop import MAX_ATTEMPTS, Busy, QueueFull, Workshop

ROOT = Path(__file__).parents[2]


class Waiting:
    """An engine that waits until the test lets it go on, then fails with the error that the test gave."""

    name, version = "waiting", "1"
    go = threading.Event()
    error: Exception = RequestError("This cannot be drawn.")

    def render(self, storyboard, request, progress, materials=None):
        while not self.go.wait(0.02):
            progress.check()
        raise self.error


@pytest.fixture
def records(tmp_path) -> Records:
    return Records(tmp_path / "media")


@pytest.fixture
def workshop(records, monkeypatch):
    monkeypatch.setitem(ENGINES, "square", "tests.pipelines.square_engine:SquareEngine")
    monkeypatch.setitem(ENGINES, "waiting", f"{__name__}:Waiting")
    Waiting.go.clear()
    workshop = Workshop(records)
    yield workshop
    workshop.close()


def test_a_prompt_becomes_a_clip_that_its_maker_can_open(workshop, records):
    made = ended(workshop, ADA, workshop.submit(ADA, asked()))
    assert (made.state, made.fraction, made.seconds) == (State.DONE, 1.0, 1.0)
    assert made.storyboard.shots[0].subjects[0].kind == "dog"
    assert records.file(made, "clip.mp4").stat().st_size > 1000
    assert records.file(made, "clip.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert [g.id for g in workshop.of(ADA)] == [made.id]


def test_nobody_else_sees_or_stops_a_generation(workshop):
    running = workshop.submit(ADA, asked("waiting"))
    assert workshop.look(BEN, running.id) is None
    assert workshop.of(BEN) == []
    workshop.cancel(BEN, running.id)
    Waiting.go.set()
    assert ended(workshop, ADA, running).state == State.FAILED


def test_only_files_of_a_clip_can_be_asked_for(workshop, records):
    made = ended(workshop, ADA, workshop.submit(ADA, asked()))
    for name in (RECORD, "../" + made.id + "/clip.mp4", "clip.mp4/..", "", "other.mp4"):
        assert records.file(made, name) is None


def test_one_generation_at_a_time_for_each_visitor(workshop):
    first = workshop.submit(ADA, asked("waiting"))
    with pytest.raises(Busy) as busy:
        workshop.submit(ADA, asked())
    assert busy.value.unfinished.id == first.id
    second = workshop.submit(BEN, asked())
    assert (workshop.place(first), workshop.place(second)) == (0, 1)
    workshop.cancel(ADA, first.id)
    assert ended(workshop, BEN, second).state == State.DONE


def test_the_queue_is_bounded(workshop, monkeypatch):
    monkeypatch.setattr(ui.workshop, "MAX_WAITING", 2)
    for visitor in (ADA, BEN):
        workshop.submit(visitor, asked("waiting"))
    with pytest.raises(QueueFull, match="few minutes"):
        workshop.submit("eve" * 12, asked())


def test_a_cancelled_generation_leaves_nothing_wherever_it_was(workshop, tmp_path):
    running, queued = workshop.submit(ADA, asked(seconds=20)), workshop.submit(BEN, asked())
    until(lambda: workshop.preview(workshop.look(ADA, running.id)))
    workshop.cancel(BEN, queued.id)
    workshop.cancel(ADA, running.id)
    assert ended(workshop, BEN, queued).state == State.CANCELLED
    assert ended(workshop, ADA, running).state == State.CANCELLED
    assert list((tmp_path / "media").iterdir()) == []
    workshop.cancel(ADA, running.id)  # once more changes nothing
    assert workshop.look(ADA, running.id).state == State.CANCELLED


@pytest.mark.parametrize(
    ("error", "problem", "detail"),
    [
        (RequestError("This cannot be drawn."), Problem.REQUEST, "This cannot be drawn."),
        (MediaError("The disk is full."), Problem.DISK, "The disk is full."),
        (OSError(28, "No space left on device"), Problem.DISK, "No space left on device"),
        (RendererDied("A renderer ended."), Problem.RENDERER, "A renderer ended."),
        (KeyError("internals"), Problem.UNEXPECTED, ""),
    ],
)
def test_a_failure_is_told_by_its_kind_and_never_in_internals(workshop, records, error, problem, detail, monkeypatch):
    monkeypatch.setattr(Waiting, "error", error)
    Waiting.go.set()
    failed = ended(workshop, ADA, workshop.submit(ADA, asked("waiting")))
    assert (failed.state, failed.problem, failed.detail) == (State.FAILED, problem, detail)
    assert [g.problem for g in records.all()] == [problem]  # the reason outlives the app


def test_after_a_failure_the_next_one_is_made(workshop):
    Waiting.go.set()
    ended(workshop, ADA, workshop.submit(ADA, asked("waiting")))
    assert ended(workshop, ADA, workshop.submit(ADA, asked())).state == State.DONE


def test_the_oldest_clips_make_room(workshop, monkeypatch, tmp_path):
    monkeypatch.setattr(ui.workshop, "KEPT", 1)
    old = ended(workshop, ADA, workshop.submit(ADA, asked()))
    new = ended(workshop, ADA, workshop.submit(ADA, asked(seed=6)))
    until(lambda: workshop.look(ADA, old.id) is None)
    assert [folder.name for folder in (tmp_path / "media").iterdir()] == [new.id]


def test_a_stopped_app_goes_on_with_what_was_unfinished(workshop, records):
    running, queued = workshop.submit(ADA, asked(seconds=20)), workshop.submit(BEN, asked())
    until(lambda: workshop.preview(workshop.look(ADA, running.id)))
    workshop.close()
    again = Workshop(records)
    try:
        again.cancel(ADA, running.id)
        assert ended(again, BEN, queued).state == State.DONE
    finally:
        again.close()


KILLED_WHILE_MAKING = """
import sys, time
from pipelines.engines import ENGINES
from tests.ui.workshops import ADA, asked
from ui.records import Records
from ui.workshop import Workshop
from pathlib import Path

ENGINES["square"] = "tests.pipelines.square_engine:SquareEngine"
workshop = Workshop(Records(Path(sys.argv[1])))
running = workshop.submit(ADA, asked(seconds=float(sys.argv[2])))
while not workshop.preview(workshop.look(ADA, running.id)):
    time.sleep(0.01)
print(running.id, flush=True)
time.sleep(60)
"""


def test_a_killed_app_begins_the_clip_again_and_leaves_no_half_file(tmp_path, monkeypatch):
    monkeypatch.setitem(ENGINES, "square", "tests.pipelines.square_engine:SquareEngine")
    folder = tmp_path / "media"
    program = [sys.executable, "-c", KILLED_WHILE_MAKING, str(folder), "6"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as app:
        generation_id = app.stdout.readline().strip()
        app.send_signal(signal.SIGKILL)
    assert len(list((folder / generation_id).iterdir())) > 1  # it was in the middle of it
    workshop = Workshop(Records(folder))
    try:
        made = ended(workshop, ADA, workshop.look(ADA, generation_id))
    finally:
        workshop.close()
    assert (made.state, made.attempts) == (State.DONE, 2)
    assert sorted(path.name for path in (folder / generation_id).iterdir()) == [
        "clip.jpg",
        "clip.mp4",
        "clip.preview.mp4",
        RECORD,
    ]


def test_a_generation_that_ends_the_app_each_time_is_given_up(workshop, records, tmp_path):
    running = workshop.submit(ADA, asked("waiting"))
    until(lambda: workshop.look(ADA, running.id).attempts)
    workshop.close()
    path = tmp_path / "media" / running.id / RECORD
    path.write_text(json.dumps(json.loads(path.read_text()) | {"state": "running", "attempts": MAX_ATTEMPTS}))
    again = Workshop(records)
    try:
        given_up = again.look(ADA, running.id)
        assert (given_up.state, given_up.problem) == (State.FAILED, Problem.CRASHES)
    finally:
        again.close()


def test_a_record_that_cannot_be_read_is_left_alone_and_a_folder_without_one_is_removed(tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / RECORD).write_text("{")
    (tmp_path / "empty").mkdir()
    assert Records(tmp_path).all() == []
    assert [path.name for path in tmp_path.iterdir()] == ["damaged"]
