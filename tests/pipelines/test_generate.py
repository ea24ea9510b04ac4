"""From a request to a clip: whole, marked, the same every time; or stopped without a trace."""

import json
import threading
import time
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from pipelines.engines import ENGINES, engine_named
from pipelines.generate import generate
from pipelines.media import BadTarget, MediaError
from pipelines.progress import Cancelled, Progress, ProgressReport
from pipelines.render_pool import RendererDied
from pipelines.request import RequestError, make_request
from pipelines.storyboard import Coverage, Shot, Storyboard
from tests.pipelines.clips import files_in, pictures, samples
from tests.pipelines.square_engine import SquareEngine
from tests.pipelines.test_media import largest_file, noise, rendering
from tests.pipelines.test_render_pool import renderers_of

ONE_SECOND = Storyboard(shots=(Shot(seconds=1),))
SMALL = {"width": 180, "height": 320}


def request(**fields):
    return make_request(**({"prompt": "a dog runs in a meadow", "seconds": 1, "seed": 5} | SMALL | fields))


def renderers() -> list[psutil.Process]:
    return renderers_of(psutil.Process())


def test_a_prompt_becomes_a_clip(tmp_path):
    clip = generate(request(), tmp_path / "clip.mp4", engine=SquareEngine())
    assert files_in(tmp_path) == ["clip.jpg", "clip.mp4", "clip.preview.mp4"]
    assert (clip.width, clip.height, clip.seconds, clip.seed) == (180, 320, 1.0, 5)
    assert (clip.engine, clip.engine_version) == ("square", "1")
    assert clip.bytes == clip.path.stat().st_size
    assert [subject.kind for subject in clip.storyboard.shots[0].subjects] == ["dog"]


def test_the_same_request_gives_the_same_clip(tmp_path):
    """Seen and heard; the files differ in their signatures, and without `mark` in their marks."""
    first = generate(request(), tmp_path / "a.mp4", engine=SquareEngine(), mark=1)
    again = generate(request(), tmp_path / "b.mp4", engine=SquareEngine(), mark=1)
    other = generate(request(seed=6), tmp_path / "c.mp4", engine=SquareEngine(), mark=1)
    assert np.array_equal(pictures(first.path), pictures(again.path))
    assert np.array_equal(samples(first.path), samples(again.path))
    assert not np.array_equal(pictures(first.path), pictures(other.path))
    assert first.fingerprint == again.fingerprint


def test_a_storyboard_given_by_hand_is_shown_instead_of_the_prompt(tmp_path):
    by_hand = Storyboard(shots=(Shot(seconds=0.5), Shot(seconds=1)))
    clip = generate(request(), tmp_path / "clip.mp4", storyboard=by_hand, engine=SquareEngine())
    assert clip.storyboard.shots == by_hand.shots
    assert clip.seconds == 1.5


def test_what_the_engine_cannot_show_joins_what_was_not_understood(tmp_path):
    storyboard = Storyboard(shots=(Shot(seconds=0.5),), coverage=Coverage(missed=("quark",)))
    engine = SquareEngine(missed=("yodels", "quark"))
    clip = generate(request(), tmp_path / "clip.mp4", storyboard=storyboard, engine=engine)
    assert clip.storyboard.coverage.missed == ("quark", "yodels")


def test_every_frame_carries_the_mark(tmp_path):
    shown = pictures(generate(request(), tmp_path / "clip.mp4", engine=SquareEngine()).path)
    top_left = shown[:, : shown.shape[1] // 8, : shown.shape[2] // 2]
    assert (top_left.max((1, 2, 3)) > 200).all(), "white letters over the dark gradient"


def test_whoever_waits_sees_stages_a_rising_share_and_pictures(tmp_path):
    reports: list[ProgressReport] = []
    generate(request(seconds=2), tmp_path / "clip.mp4", engine=SquareEngine(), progress=Progress(reports.append))
    stages = list(dict.fromkeys(report.stage for report in reports))
    assert stages == ["direct", "stage", "render", "mix", "encode", "keep"]
    shares = [report.fraction for report in reports]
    assert shares == sorted(shares) and shares[-1] == 1
    previews = [report.preview for report in reports if report.preview]
    assert len(previews) == 4, "the first frame, then one every half second"
    picture = cv2.imdecode(np.frombuffer(previews[1], np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == (320, 180, 3)


def test_a_large_frame_is_previewed_small(tmp_path):
    reports: list[ProgressReport] = []
    wide = request(width=640, height=360)
    generate(wide, tmp_path / "clip.mp4", engine=SquareEngine(), progress=Progress(reports.append))
    picture = next(report.preview for report in reports if report.preview)
    assert cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR).shape == (152, 270, 3)
    assert len(picture) < 20_000


@pytest.mark.parametrize("stage", ["direct", "stage", "render", "mix", "encode"])
def test_cancelling_at_any_stage_leaves_nothing(tmp_path, stage):
    token = threading.Event()

    def cancel_at(report: ProgressReport) -> None:
        if report.stage == stage:
            token.set()

    with pytest.raises(Cancelled):
        generate(request(), tmp_path / "clip.mp4", engine=SquareEngine(), progress=Progress(cancel_at, token))
    assert files_in(tmp_path) == []
    assert renderers() == []


def test_cancelling_when_the_clip_stands_comes_too_late(tmp_path):
    """Then it is kept whole, and told as done."""
    token, reports = threading.Event(), []

    def cancel_at_the_end(report: ProgressReport) -> None:
        reports.append(report)
        if report.stage == "keep":
            token.set()

    clip = generate(
        request(), tmp_path / "clip.mp4", engine=SquareEngine(), progress=Progress(cancel_at_the_end, token)
    )
    assert clip.path.exists() and clip.poster.exists() and clip.preview.exists()
    assert reports[-1].fraction == 1


def test_cancelling_a_stuck_renderer_takes_less_than_a_second(tmp_path):
    token = threading.Event()
    stuck = SquareEngine(scene="tests.pipelines.small_scenes:stuck_scene", plan={"seconds": 0})
    threading.Timer(0.3, token.set).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        generate(request(), tmp_path / "clip.mp4", engine=stuck, progress=Progress(cancel=token))
    assert time.monotonic() - start < 10, "far below an hour, which a frame of this scene takes"
    assert files_in(tmp_path) == [] and renderers() == []


def test_a_crashed_renderer_is_an_error_that_says_so(tmp_path):
    dying = SquareEngine(scene="tests.pipelines.small_scenes:dying_scene", plan={"at": 7, "shape": (320, 180, 3)})
    with pytest.raises(RendererDied, match="A renderer process stopped"):
        generate(request(), tmp_path / "clip.mp4", engine=dying)
    assert files_in(tmp_path) == [] and renderers() == []


def test_a_full_disk_is_an_error_that_says_so(tmp_path):
    class NoiseEngine:
        name, version = "noise", "1"

        def render(self, storyboard, request, progress, materials=None):
            return rendering(24, noise)

    with largest_file(50_000), pytest.raises(MediaError, match="full"):
        generate(request(), tmp_path / "clip.mp4", engine=NoiseEngine())
    assert files_in(tmp_path) == []


def test_a_bad_place_is_refused_before_anything_is_drawn(tmp_path):
    class Untouched:
        name, version = "untouched", "1"

        def render(self, storyboard, request, progress, materials=None):
            raise AssertionError("drawing began")

    with pytest.raises(BadTarget):
        generate(request(), tmp_path / "nowhere" / "clip.mp4", engine=Untouched())
    with pytest.raises(BadTarget):
        generate(request(), tmp_path / "clip.gif", engine=Untouched())


def test_a_storyboard_that_lasts_too_long_is_refused(tmp_path):
    long = Storyboard(shots=(Shot(seconds=15), Shot(seconds=15)))
    with pytest.raises(RequestError, match=r"lasts 30 seconds; a clip lasts at most 20"):
        generate(request(), tmp_path / "clip.mp4", storyboard=long, engine=SquareEngine())
    assert files_in(tmp_path) == []


def test_an_unknown_engine_is_refused_with_the_list(tmp_path):
    with pytest.raises(RequestError, match=r"'dreams' is not known. Choose one of: .*world"):
        generate(request(engine="dreams"), tmp_path / "clip.mp4")
    with pytest.raises(RequestError):
        engine_named("os:system")


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_in_the_list_loads_and_bears_its_name(name):
    engine = engine_named(name)
    assert engine.name == name
    assert engine.version


def test_the_record_of_a_clip_is_plain_values(tmp_path):
    record = asdict(generate(request(), tmp_path / "clip.mp4", engine=SquareEngine()))
    assert isinstance(record["path"], Path)
    apart = ("path", "poster", "preview", "storyboard", "ruling")
    values = (value for key, value in record.items() if key not in apart)
    assert {type(value) for value in values} == {str, int, float, dict}
    assert json.loads(json.dumps([record["fingerprint"], record["credential"]]))
