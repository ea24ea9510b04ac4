"""Models that serve engines: ambience under a silent clip, speech, captions and listening, from tiny checkpoints."""

from contextlib import closing

import numpy as np
import pytest

from pipelines.engines.best_of import covered
from pipelines.engines.model import catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.engines.soundtrack import soundtrack, surroundings
from pipelines.engines.tools import ambience, captioner, listener, speaker
from pipelines.progress import Progress
from pipelines.request import RequestError, make_request
from pipelines.storyboard import Line, Shot, Storyboard, Subject, Weather

pytestmark = pytest.mark.filterwarnings("ignore:.*weight_norm.*:FutureWarning")
RAIN = Storyboard(shots=(Shot(seconds=1, place="beach", weather=Weather.RAIN, music="calm"),))


@pytest.fixture
def here(tmp_path):
    """Builds a tool's tiny checkpoint under its name in the catalog; gives the settings that find it."""
    from tests.pipelines.engines.tiny import tools as tiny

    builders = {
        "ace-step-1.5": tiny.ace_step,
        "stable-audio-3": tiny.stable_audio,
        "longcat-audio-1b": tiny.longcat,
        "pocket-tts": tiny.pocket,
        "mms-tts-fra": tiny.vits,
        "blip-captions": tiny.blip,
        "whisper-small": tiny.whisper,
    }

    def build(*names):
        for name in names:
            builders[name](tmp_path / name)
        return EngineSettings(models=tmp_path, device="cpu", offline=True)

    return build


@pytest.mark.parametrize("name", ["ace-step-1.5", "stable-audio-3", "longcat-audio-1b"])
def test_a_sound_model_makes_stereo_of_the_asked_length_the_same_for_a_seed(here, name):
    settings, told = here(name), []
    first, again, other = (ambience(name, "rain on a beach", 0.5, seed, settings, told.append) for seed in (1, 1, 2))
    assert first.shape == (24_000, 2) and first.dtype == np.float32 and np.abs(first).max() > 0
    assert np.array_equal(first, again)
    # the random decoder of Stable Audio hears nothing of its latents
    assert name == "stable-audio-3" or not np.array_equal(first, other)
    assert told[-1] == 1


def test_a_request_may_name_the_model_of_its_ambience(checkpoints, here):
    checkpoints.path("anyflow-1.3b")
    engine = checkpoints.engine("anyflow-1.3b", steps=1, seconds=(0.2, 2.0))
    engine.settings = here("longcat-audio-1b")
    (engine.settings.models / "anyflow-1.3b").symlink_to(checkpoints.path("anyflow-1.3b"))
    asked = make_request(prompt="rain", seconds=1, width=128, height=180, options={"sound": "longcat-audio-1b"})
    rendering = engine.render(RAIN, asked, Progress())
    with closing(rendering.frames):
        assert not np.array_equal(rendering.sound(), soundtrack(RAIN, asked.seed, 128 / 180, 16))


def test_footsteps_and_words_stay_over_a_models_ambience():
    said = Storyboard(shots=(Shot(seconds=2, lines=(Line(text="Hello."),)),))
    bed = np.full((96_000, 2), 0.1, np.float32)
    over_a_bed, ours = soundtrack(said, 0, 0.56, 16, bed), soundtrack(said, 0, 0.56, 16)
    assert over_a_bed.shape == ours.shape == (96_000, 2)
    assert np.abs(over_a_bed.mean()) > 0.01 > np.abs(ours.mean()), "the bed is in it"
    assert np.abs(np.diff(over_a_bed[:, 0])).max() > 0.01, "and so is the voice"


def test_a_sound_model_is_told_what_surrounds():
    assert surroundings(RAIN) == "Field recording, natural ambience: rain, day, beach, calm music."


@pytest.mark.parametrize(("name", "language"), [("mms-tts-fra", "fr"), ("pocket-tts", "en")])
def test_a_speech_model_speaks_the_same_every_time(here, name, language):
    settings = here(name)
    spoken = speaker(language, settings)("a dog runs")
    assert spoken.ndim == 1 and spoken.dtype == np.float32 and len(spoken) > 1000
    assert np.array_equal(spoken, speaker(language, settings)("a dog runs"))
    assert speaker({"en": "fr", "fr": "en"}[language], settings) is None


def test_captions_and_listening_answer_in_words(here):
    settings = here("blip-captions", "whisper-small")
    sentence = captioner(settings)(np.full((90, 60, 3), 200, np.uint8))
    assert isinstance(sentence, str)
    assert covered(Storyboard(shots=(Shot(subjects=(Subject(kind="dog"),)),)), [sentence]) in (0.0, 1.0)
    assert isinstance(listener(settings)(np.zeros(16_000, np.float32)), str)


def test_what_is_not_installed_is_none_and_never_fetched_behind_ones_back(tmp_path):
    settings = EngineSettings(models=tmp_path, offline=True)
    assert captioner(settings) is None and listener(settings) is None and speaker("en", settings) is None


def test_a_model_of_another_kind_is_refused(here):
    with pytest.raises(RequestError, match="no music or sounds model 'whisper-small'"):
        ambience("whisper-small", "rain", 1, 0, here(), lambda share: None)


def test_a_missing_model_says_how_to_get_it(here):
    with pytest.raises(RequestError, match=r"weights of ace-step-1.5 .*hf download ACE-Step/"):
        ambience("ace-step-1.5", "rain", 1, 0, here(), lambda share: None)


@pytest.mark.parametrize("name", catalog_of().tools)
def test_every_tool_is_an_installed_class_that_takes_what_the_catalog_says(name):
    import importlib
    import inspect

    tool = catalog_of().tools[name]
    kind = getattr(importlib.import_module(tool.library), tool.loads)
    if tool.kind in ("music", "sounds"):
        taken = inspect.signature(kind.__call__).parameters
        assert {"prompt", "num_inference_steps", "guidance_scale", *tool.arguments.values(), *tool.extra} <= set(taken)
