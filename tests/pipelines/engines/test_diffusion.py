"""The diffusion engine from a request to a clip: progress, cancelling, memory that runs out, long and cut clips."""

import threading
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import av
import cv2
import numpy as np
import psutil
import pytest

from pipelines.cameo.likeness import HeadView, Likeness, Palette, Voice
from pipelines.engines import engine_named
from pipelines.engines.loading import Shelf
from pipelines.engines.model import catalog_of
from pipelines.engines.preview import Previewer
from pipelines.engines.weights import NotReady, installed
from pipelines.generate import generate
from pipelines.materials import NOTHING, Materials
from pipelines.progress import Cancelled, Progress
from pipelines.request import EngineOptions, RequestError, make_request
from pipelines.storyboard import Shot, Storyboard
from tests.pipelines.clips import files_in, pictures, samples

SIZE = {"width": 128, "height": 180}


def request(**fields):
    return make_request(**({"prompt": "a dog on a beach", "seconds": 1, "seed": 5} | SIZE | fields))


def story(*seconds: float) -> Storyboard:
    return Storyboard(shots=tuple(Shot(seconds=length) for length in seconds))


def drawn(engine, storyboard, asked=None, materials=NOTHING, progress=None) -> np.ndarray:
    rendering = engine.render(storyboard, asked or request(), progress or Progress(), materials)
    with closing(rendering.frames):
        return np.stack(list(rendering.frames))


@pytest.mark.parametrize("name", ["ltx-2", "wan-2.1-1.3b"])
def test_a_request_becomes_a_marked_clip_with_sound(checkpoints, tmp_path, name):
    engine = checkpoints.engine(name)
    clip = generate(request(engine=name), tmp_path / "clip.mp4", engine=engine, storyboard=story(0.5))
    assert (clip.width, clip.height, clip.engine) == (128, 180, name)
    assert clip.engine_version.startswith("local-")
    shown = pictures(clip.path)
    assert len(shown) == round(clip.seconds * engine.model.rate)
    with av.open(str(clip.path)) as container:
        assert container.streams.audio and container.streams.video[0].average_rate == engine.model.rate
    assert np.abs(samples(clip.path)).max() > 0.001
    corner = shown[:, : shown.shape[1] // 8, : shown.shape[2] // 2]
    assert (corner.max((1, 2, 3)) > 180).all(), "every frame carries the mark"


def test_whoever_waits_sees_steps_and_pictures_of_what_is_coming(checkpoints):
    reports = []
    drawn(checkpoints.engine("wan-2.1-1.3b", steps=4), story(0.5), progress=Progress(reports.append))
    rendering = [report for report in reports if report.stage == "render"]
    shares = [report.fraction for report in rendering]
    assert len(rendering) == 4 and shares == sorted(shares) and shares[-1] > 0.8
    looks = [cv2.imdecode(np.frombuffer(r.preview, np.uint8), cv2.IMREAD_COLOR) for r in rendering if r.preview]
    assert len(looks) == 4 and all(look.shape[1] == 270 and look.shape[0] > 270 for look in looks)


def test_cancelling_at_a_step_stops_there_and_leaves_nothing(checkpoints, tmp_path):
    token, steps = threading.Event(), []

    def cancel_at_the_second(report):
        if report.stage == "render":
            steps.append(report)
        if len(steps) == 2:
            token.set()

    engine = checkpoints.engine("wan-2.1-1.3b", steps=20)
    with pytest.raises(Cancelled):
        generate(
            request(), tmp_path / "clip.mp4", engine=engine, storyboard=story(0.5),
            progress=Progress(cancel_at_the_second, token),
        )  # fmt: skip
    assert len(steps) == 2, "the other 18 steps were not made"
    assert files_in(tmp_path) == []
    assert len(drawn(checkpoints.engine("wan-2.1-1.3b", steps=1), story(0.5))) == 8, "the model still works"


def test_when_memory_runs_out_the_model_is_placed_smaller_once_and_that_is_said(checkpoints, monkeypatch):
    import torch

    from pipelines.engines import diffusion

    expected = drawn(checkpoints.engine("anyflow-1.3b"), story(0.5))
    real, placings = diffusion.sample, []

    def short_of_memory(loaded, *rest):
        placings.append(loaded.offload)
        if len(placings) == 1:
            raise torch.OutOfMemoryError("CUDA out of memory (injected)")
        return real(replace(loaded, offload="none"), *rest)

    monkeypatch.setattr(diffusion, "sample", short_of_memory)
    monkeypatch.setattr("pipelines.engines.loading._place", lambda pipeline, device, offload: None)  # needs no GPU
    engine = checkpoints.engine("anyflow-1.3b")
    assert np.array_equal(drawn(engine, story(0.5)), expected), "the same seed: the same clip"
    assert placings == ["none", "model"]
    assert engine.notes and "more slowly" in engine.notes[0]


def test_when_memory_runs_out_twice_the_clip_is_refused_with_advice(checkpoints, monkeypatch):
    import torch

    from pipelines.engines import diffusion

    def always_short(*_):
        raise torch.OutOfMemoryError("CUDA out of memory (injected)")

    monkeypatch.setattr(diffusion, "sample", always_short)
    monkeypatch.setattr("pipelines.engines.loading._place", lambda pipeline, device, offload: None)
    with pytest.raises(RequestError, match=r"not enough memory .* AnyFlow 1.3B .* smaller or shorter clip"):
        drawn(checkpoints.engine("anyflow-1.3b"), story(0.5))
    assert checkpoints.shelf.holds is None, "the memory is given back"


@pytest.mark.parametrize(("name", "tasks"), [("ltx-2", ["text", "extend"]), ("kandinsky-6-lite", ["text", "image"])])
def test_a_long_shot_goes_on_where_a_call_ended(checkpoints, monkeypatch, name, tasks):
    from pipelines.engines import diffusion

    real, calls = diffusion.sample, []

    def noted(loaded, call, materials, before, tell):
        calls.append((call, before))
        return real(loaded, call, materials, before, tell)

    monkeypatch.setattr(diffusion, "sample", noted)
    engine = checkpoints.engine(name, steps=1, seconds=(0.2, 1.0))
    frames = drawn(engine, story(1.5))
    assert len(frames) == 36
    assert [call.task for call, _ in calls] == tasks
    second, before = calls[1]
    assert before.shape[1:] == (second.height, second.width, 3) and len(before) == max(1, engine.model.kin.context)
    assert calls[0][0].seed != second.seed


def test_sound_and_pictures_of_a_continued_shot_end_together(checkpoints):
    engine = checkpoints.engine("ltx-2", steps=1, seconds=(0.2, 1.0))
    rendering = engine.render(story(1.5), request(), Progress())
    with closing(rendering.frames):
        assert len(rendering.sound) == rendering.frame_count * 2000


def test_shots_of_a_model_that_knows_no_cuts_are_made_one_by_one(checkpoints):
    together = drawn(checkpoints.engine("wan-2.1-1.3b", steps=1), story(0.5, 0.5))
    alone = drawn(checkpoints.engine("wan-2.1-1.3b", steps=1), story(0.5))
    assert len(together) == 16 and len(alone) == 8
    assert not np.array_equal(together[:8], together[8:]), "the second shot has noise of its own"


def test_a_shot_that_cannot_be_continued_is_refused_with_what_to_do(checkpoints):
    with pytest.raises(
        RequestError, match=r"Wan 2.1 1.3B makes shots of at most 0.6 seconds; one lasts 2.* several shots"
    ):
        drawn(checkpoints.engine("wan-2.1-1.3b"), story(2))


def test_a_remix_begins_with_its_parent_and_moves_away_as_far_as_is_asked(checkpoints, tmp_path):
    engine = checkpoints.engine("wan-2.1-1.3b", steps=4)
    parent = generate(request(), tmp_path / "parent.mp4", engine=engine, storyboard=story(0.5)).path
    near, far = (
        drawn(engine, story(0.5), request(options={"strength": strength}), Materials(parent=parent))
        for strength in (0.3, 1.0)
    )
    assert near.shape == far.shape == (8, 180, 128, 3)
    assert not np.array_equal(near, far)


def test_references_and_cameos_are_shown_to_models_that_take_them(checkpoints, red_and_blue):
    engine = checkpoints.engine("wan-2.1-vace-1.3b", steps=1)
    plain = drawn(engine, story(0.5))
    red = drawn(engine, story(0.5), materials=Materials(references=red_and_blue[:1]))
    cameo = drawn(engine, story(0.5), materials=Materials(likenesses={"lark": somebody()}))
    assert plain.shape == red.shape == cameo.shape
    assert not np.array_equal(plain, red) and not np.array_equal(red, cameo)


def somebody() -> Likeness:
    head = np.zeros((64, 48, 4), np.uint8)
    cv2.ellipse(head, (24, 32), (18, 26), 0, 0, 360, (90, 130, 200, 255), -1)
    view = HeadView(head, 0.0, 24, 18, 28, 36, 46, 58, ((14, 26, 6, 4), (28, 26, 6, 4)), (18, 44, 12, 5))
    grey = (90, 90, 90)
    return Likeness(
        view, view, view, Palette(grey, grey, grey, grey, grey), Voice(120, 4, (500, 1500, 2500), 4),
        np.zeros(100, np.int16), 16_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "materials", "told"),
    [
        ("wan-2.1-1.3b", lambda red, blue: Materials(start_image=red), "cannot begin with a picture"),
        ("ltx-2", lambda red, blue: Materials(references=(red,)), "cannot show what is in other pictures"),
        ("ltx-2", lambda red, blue: Materials(likenesses={"lark": somebody()}), "cannot show a cameo"),
        ("wan-2.2-i2v-a14b", lambda red, blue: NOTHING, "needs a picture to begin with"),
    ],
)
def test_what_a_model_cannot_do_is_refused_before_anything_is_loaded(checkpoints, red_and_blue, name, materials, told):
    with pytest.raises(RequestError, match=told):
        drawn(checkpoints.engine(name), story(0.5), materials=materials(*red_and_blue))
    assert checkpoints.shelf.holds is None


def test_an_unknown_model_of_ambience_is_refused_with_the_list(checkpoints):
    with pytest.raises(RequestError, match=r"no music or sounds model 'kazoo'. Choose one of: .*stable-audio-3"):
        drawn(checkpoints.engine("wan-2.1-1.3b"), story(0.5), request(options={"sound": "kazoo"}))


def test_options_are_bounded():
    assert request(options={"steps": 12}).options == EngineOptions(steps=12)
    for wrong in ({"steps": 0}, {"steps": 1000}, {"guidance": 99}, {"trust_remote_code": True}, {"sound": "../x"}):
        with pytest.raises(RequestError, match="options"):
            request(options=wrong)


def test_a_model_without_weights_says_how_to_get_them(checkpoints, tmp_path, monkeypatch):
    monkeypatch.setenv("HIBARI_MODELS", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    engine = engine_named("hunyuan-1.5")
    assert engine.version.startswith("not fetched")
    with pytest.raises(RequestError, match=r"hf download hunyuanvideo-community/.* --local-dir hunyuan-1.5"):
        drawn(engine, story(1))


def test_a_model_that_this_machine_cannot_hold_is_refused_with_what_else_there_is(checkpoints):
    engine = checkpoints.engine("wan-2.1-1.3b", billions={"transformer": 5000.0})
    with pytest.raises(NotReady, match=r"needs about \d+ GB of memory; \d+ GB are free.*world engine"):
        drawn(engine, story(0.5))


@pytest.mark.parametrize("precision", ["bf16", "fp8"])
def test_weights_in_fewer_bits_give_nearly_the_same_clip(checkpoints, precision):
    engine = checkpoints.engine("wan-2.1-1.3b", steps=1)
    whole = drawn(engine, story(0.5)).astype(int)
    checkpoints.shelf.clear()
    engine.settings = replace(engine.settings, precision=precision)
    fewer = drawn(engine, story(0.5)).astype(int)
    assert 0 < np.abs(whole - fewer).mean() < 25


def test_an_attention_backend_that_is_not_there_is_told_by_its_setting(checkpoints):
    engine = checkpoints.engine("wan-2.1-1.3b", steps=1)
    engine.settings = replace(engine.settings, attention="native")
    assert len(drawn(engine, story(0.5))) == 8
    engine.settings = replace(engine.settings, attention="telepathy")
    with pytest.raises(NotReady, match="HIBARI_ATTENTION=telepathy cannot be used here"):
        drawn(engine, story(0.5))


def test_a_preview_shows_the_colours_that_the_autoencoder_would():
    """A FAKE autoencoder whose latents are colours turned about: its linear decoder has to turn them back."""
    import torch

    turned = torch.tensor([[0.5, 1.0, -0.5], [1.0, -0.5, 0.5], [0.2, 0.1, 1.0], [0.3, 0.3, 0.3]])

    def encode(pictures):
        small = torch.nn.functional.avg_pool2d(pictures[:, :, 0], 8)
        mean = torch.einsum("oc,bchw->bohw", turned, small)[:, :, None]
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: mean))

    vae = SimpleNamespace(
        encode=encode, dtype=torch.float32, device=torch.device("cpu"), named_buffers=lambda: [], config={}
    )
    red_left = torch.zeros(1, 3, 1, 64, 64) - 0.8
    red_left[:, 0, :, :, :32] = 0.8
    latents = encode(red_left).latent_dist.mode()
    previewer = Previewer(SimpleNamespace(vae=vae), "channels_first", (64, 64), steps=4)
    shown = cv2.imdecode(np.frombuffer(previewer.picture(0, latents), np.uint8), cv2.IMREAD_COLOR)
    assert shown.shape == (270, 270, 3)
    left, right = shown[:, :90].mean((0, 1)), shown[:, -90:].mean((0, 1))
    assert left[2] > 190 and left[0] < 70 and right.max() < 70, "red on the left, dark on the right"


def test_loading_and_switching_ten_times_leaks_no_memory(checkpoints):
    names = ["wan-2.1-1.3b", "anyflow-1.3b"]
    shelf, sizes = Shelf(), []
    for turn in range(12):
        name = names[turn % 2]
        engine = checkpoints.engine(name)
        weights = installed(name, engine.model.source, engine.settings)
        shelf.take(engine.model, weights, "text", engine.settings)
        assert shelf.holds == name, "one model at a time"
        shelf.clear()
        sizes.append(psutil.Process().memory_info().rss)
    assert sizes[-1] <= 1.05 * sizes[1], [round(size / 2**20) for size in sizes]


def test_the_catalog_and_the_engine_bear_one_name():
    for name in catalog_of().video:
        assert engine_named(name).name == name
