"""The world engine: the same clip for the same request, however many processes draw it."""

from contextlib import closing

import cv2
import numpy as np
import pytest

from pipelines.engines import world
from pipelines.engines.world import Plan, WorldEngine, frames_of
from pipelines.progress import Cancelled, Progress
from pipelines.render_pool import render_frames
from pipelines.request import make_request
from pipelines.storyboard import Shot, Storyboard, Subject
from pipelines.world.staging import stage

REQUEST = make_request(prompt="a dog runs", width=128, height=160, seed=4)
BOARD = Storyboard(
    shots=(
        Shot(seconds=0.5, place="meadow", subjects=(Subject(kind="dog", action="run"),)),
        Shot(seconds=0.5, place="beach", subjects=(Subject(kind="ball"),)),
    )
)


def rendered(processes: int, monkeypatch: pytest.MonkeyPatch) -> tuple[np.ndarray, np.ndarray]:
    monkeypatch.setattr(world, "render_frames", lambda *a, **k: render_frames(*a, **k, processes=processes))
    rendering = WorldEngine().render(BOARD, REQUEST, Progress())
    with closing(rendering.frames):
        return np.stack(list(rendering.frames)), rendering.sound()


def test_one_process_and_two_give_the_same_frames_and_samples(monkeypatch):
    (frames, sound), (frames_of_two, sound_of_two) = rendered(1, monkeypatch), rendered(2, monkeypatch)
    assert np.array_equal(frames, frames_of_two)
    assert np.array_equal(sound, sound_of_two)
    assert frames.shape == (24, 160, 128, 3)
    assert sound.shape == (48_000, 2)


def test_a_cut_changes_the_picture_at_its_frame(monkeypatch):
    frames, _ = rendered(1, monkeypatch)
    steps = np.abs(np.diff(frames.astype(int), axis=0)).mean((1, 2, 3))
    assert int(steps.argmax()) == 11  # between the last frame of the first shot and the first of the second


def test_frames_are_found_in_their_shot():
    plan = Plan(tuple(stage(shot, 4, 0.8) for shot in BOARD.shots), 128, 160)
    assert [plan.locate(i) for i in (0, 11, 12, 23)] == [(0, 0), (0, 11), (1, 0), (1, 11)]


def test_a_shot_has_a_whole_number_of_frames():
    assert frames_of(5.0) == 120
    assert frames_of(0.51) == 12


def test_the_first_look_is_a_small_picture_of_the_clip_seen_before_its_frames():
    seen = []
    request = make_request(prompt="a dog runs", width=540, height=960, seed=4)
    rendering = WorldEngine().render(BOARD, request, Progress(lambda report: seen.append(report.preview)))
    rendering.frames.close()
    picture = cv2.imdecode(np.frombuffer(seen[-1], np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == (480, 270, 3)
    assert picture.std() > 20


def test_what_the_engine_cannot_draw_is_told():
    board = Storyboard(shots=(Shot(seconds=0.5, subjects=(Subject(kind="sea_monster"),)),))
    rendering = WorldEngine().render(board, REQUEST, Progress())
    rendering.frames.close()
    assert rendering.coverage_missed == ("sea monster",)


def test_a_cancelled_request_draws_nothing():
    class Pressed:
        def is_set(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        WorldEngine().render(BOARD, REQUEST, Progress(cancel=Pressed()))
