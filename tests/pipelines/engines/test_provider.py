"""Hosted models, against a small local server that stands in for a provider: its delays, errors and broken files."""

import threading
from contextlib import closing

import av
import numpy as np
import pytest

from pipelines.engines import provider as provider_module
from pipelines.engines.catalog import catalog, model_engine
from pipelines.engines.model import catalog_of
from pipelines.engines.provider import HostedEngine, ProviderError
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import NotReady
from pipelines.generate import generate
from pipelines.materials import Materials
from pipelines.progress import Cancelled, Progress
from pipelines.request import RequestError, make_request
from pipelines.storyboard import Shot, Storyboard
from tests.pipelines.clips import files_in, pictures
from tests.pipelines.engines.fake_provider import FakeProvider, serving

ONE_SECOND = Storyboard(shots=(Shot(seconds=1, place="beach"),))


def video(frames: int = 16, sound: bool = False) -> bytes:
    """A small MP4 as a provider sends it: 64 × 96, 16 frames a second, ever brighter."""
    import io

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=16)
        stream.width, stream.height, stream.pix_fmt = 64, 96, "yuv420p"
        tone = container.add_stream("aac", rate=44_100, layout="mono") if sound else None
        for index in range(frames):
            picture = np.full((96, 64, 3), 20 + 10 * index, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
        if tone is not None:
            wave = (0.3 * np.sin(np.arange(44_100) / 20)).astype(np.float32)
            for start in range(0, 44_100 - 1024, 1024):
                piece = av.AudioFrame.from_ndarray(wave[None, start : start + 1024], format="fltp", layout="mono")
                piece.sample_rate, piece.pts = 44_100, start
                container.mux(tone.encode(piece))
            container.mux(tone.encode(None))
    return file.getvalue()


@pytest.fixture
def fake(monkeypatch):
    from huggingface_hub.inference._providers import fal_ai

    monkeypatch.setattr(fal_ai, "_POLLING_INTERVAL", 0.01)
    with serving(FakeProvider(video())) as provider:
        _know(monkeypatch, "wan-2.2-a14b", "text-to-video", provider.address)
        _know(monkeypatch, "wan-2.2-i2v-a14b", "image-to-video", provider.address)
        yield provider


def _know(monkeypatch, name: str, task: str, address: str) -> None:
    """Tells the client's library, as it offers to developers, which address and model of fal.ai are meant."""
    from huggingface_hub.hf_api import InferenceProviderMapping
    from huggingface_hub.inference._providers import get_provider_helper
    from huggingface_hub.inference._providers._common import HARDCODED_MODEL_INFERENCE_MAPPING

    model = catalog_of().video[name].source.hub
    known = InferenceProviderMapping(
        provider="fal-ai", providerId="queue/wan", hf_model_id=model, task=task, status="live"
    )
    monkeypatch.setitem(HARDCODED_MODEL_INFERENCE_MAPPING["fal-ai"], model, known)
    monkeypatch.setattr(get_provider_helper("fal-ai", task=task, model=model), "base_url", address)


def engine(name: str = "wan-2.2-a14b") -> HostedEngine:
    settings = EngineSettings(token="not-a-real-token", device="cpu")
    return HostedEngine(catalog_of().video[name], "fal-ai", settings, pause=lambda seconds: None)


def request(**fields):
    return make_request(
        **({"prompt": "a dog on a beach", "seconds": 1, "seed": 77, "width": 128, "height": 180} | fields)
    )


def drawn(hosted, asked=None, progress=None, materials=Materials(), storyboard=ONE_SECOND):  # noqa: B008 frozen
    rendering = hosted.render(storyboard, asked or request(), progress or Progress(), materials)
    with closing(rendering.frames):
        return np.stack(list(rendering.frames)), rendering


def test_a_providers_clip_is_decoded_fitted_and_given_sound(fake):
    frames, rendering = drawn(engine())
    assert frames.shape == (16, 180, 128, 3) and rendering.frames_per_second == 16
    assert callable(rendering.sound) and len(rendering.sound()) == 48_000, "a silent clip gets Hibari's sound"
    asked = fake.asked[0]
    assert "on a beach" in asked["prompt"] and fake.polls == 1
    assert (asked["seed"], asked["num_frames"]) == (77, 17)


def test_a_clip_that_comes_with_sound_keeps_it(fake):
    fake.video = video(sound=True)
    _, rendering = drawn(engine())
    assert not callable(rendering.sound)
    assert rendering.sound.shape == (48_000, 2) and np.abs(rendering.sound).max() > 0.05


def test_what_comes_back_is_marked_and_encoded_anew(fake, tmp_path):
    clip = generate(request(), tmp_path / "clip.mp4", engine=engine(), storyboard=ONE_SECOND)
    assert clip.engine == "fal-ai.wan-2.2-a14b"
    shown = pictures(clip.path)
    assert shown.shape == (16, 180, 128, 3)
    assert fake.video not in clip.path.read_bytes()


@pytest.mark.parametrize("trouble", ["429", "500", "503", "half", "text", "json"])
def test_what_passes_is_asked_again_with_the_same_seed(fake, trouble):
    fake.answers = [trouble, "video"]
    frames, _ = drawn(engine())
    assert len(frames) == 16
    assert [asked["seed"] for asked in fake.asked] == [77, 77]


@pytest.mark.parametrize(("trouble", "told"), [("503", "HTTP status 503"), ("half", "no video or only a part of one")])
def test_what_does_not_pass_ends_with_what_was_given_and_what_to_do(fake, trouble, told):
    fake.answers = [trouble]
    with pytest.raises(ProviderError, match=rf"in 4 attempts; the last one gave .*{told}.*Try again later"):
        drawn(engine())
    assert len(fake.asked) == 4


@pytest.mark.parametrize(
    ("status", "told"),
    [("401", "does not accept HF_TOKEN"), ("402", "no credit left"), ("404", "does not offer"), ("422", "refused")],
)
def test_what_asking_again_does_not_change_is_asked_once(fake, status, told):
    fake.answers = [status]
    with pytest.raises(RequestError, match=told):
        drawn(engine())
    assert len(fake.asked) == 1


def test_an_answer_that_takes_too_long_is_not_waited_for(fake, monkeypatch):
    monkeypatch.setattr(provider_module, "PATIENCE", 0.3)
    fake.answers = ["slow", "video"]
    frames, _ = drawn(engine())
    assert len(frames) == 16 and len(fake.asked) == 2


def test_a_clip_that_was_cut_off_is_refused(fake):
    fake.video = video(frames=4)
    with pytest.raises(ProviderError, match="sent 4 pictures; at least 8 were expected"):
        drawn(engine())


def test_cancelling_while_waiting_for_another_attempt_stops_at_once(fake, tmp_path):
    token = threading.Event()
    fake.answers = ["503"]
    hosted = engine()
    hosted.pause = lambda seconds: token.set()
    with pytest.raises(Cancelled):
        generate(
            request(), tmp_path / "clip.mp4", engine=hosted, storyboard=ONE_SECOND, progress=Progress(cancel=token)
        )
    assert len(fake.asked) == 1 and files_in(tmp_path) == []


def test_a_first_picture_is_sent_along(fake, red_and_blue):
    frames, _ = drawn(engine("wan-2.2-i2v-a14b"), materials=Materials(start_image=red_and_blue[0]))
    assert len(frames) == 16
    assert fake.asked[0]["image_url"].startswith("data:image/"), "the picture itself, in base64"
    assert "on a beach" in fake.asked[0]["prompt"]


def test_likenesses_and_what_a_provider_cannot_do_are_not_sent(fake, red_and_blue):
    from tests.pipelines.engines.test_diffusion import somebody

    with pytest.raises(RequestError, match="never leaves this machine"):
        drawn(engine(), materials=Materials(likenesses={"lark": somebody()}))
    with pytest.raises(RequestError, match="takes no reference pictures"):
        drawn(engine(), materials=Materials(references=red_and_blue))
    with pytest.raises(RequestError, match="cannot begin with a picture"):
        drawn(engine(), materials=Materials(start_image=red_and_blue[0]))
    with pytest.raises(RequestError, match=r"makes 5.06 seconds at most; 12 were asked for"):
        drawn(engine(), storyboard=Storyboard(shots=(Shot(seconds=12),)))
    assert fake.asked == []


def test_without_a_token_it_says_how_to_get_one(monkeypatch):
    hosted = HostedEngine(catalog_of().video["wan-2.2-a14b"], "fal-ai", EngineSettings())
    with pytest.raises(NotReady, match="HF_TOKEN"):
        drawn(hosted)


def test_the_cost_is_told_before_anything_is_asked():
    settings = EngineSettings(token="not-a-real-token")
    entry = next(entry for entry in catalog(settings) if entry.name == "fal-ai.wan-2.2-a14b")
    assert entry.kind == "hosted" and entry.installed and entry.dollars_a_second > 0
    assert model_engine(entry.name, settings).dollars(ONE_SECOND) == entry.dollars_a_second
    assert not next(e for e in catalog(EngineSettings()) if e.name == entry.name).installed, "no token: not offered"
