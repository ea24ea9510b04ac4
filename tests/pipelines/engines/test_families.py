"""Every family of the catalog, with a tiny random checkpoint of its real classes: pictures, sound, seeds, any size."""

import importlib
import inspect
from contextlib import closing

import numpy as np
import pytest

from pipelines.engines.family import USUAL_ARGUMENTS, families
from pipelines.engines.model import catalog_of
from pipelines.materials import NOTHING, Materials
from pipelines.progress import Progress
from pipelines.request import make_request
from pipelines.storyboard import Shot, Storyboard
from tests.pipelines.engines.checkpoints import BUILDERS, FROM_TEXT, WITH_SOUND

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*weight_norm.*:FutureWarning"),  # of transformers' and diffusers' vocoders
    pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning"),  # of Helios' scheduler
    pytest.mark.filterwarnings("ignore:__array__ implementation doesn't:DeprecationWarning"),  # of SANA's scheduler
]
SHORT = Storyboard(shots=(Shot(seconds=0.5, place="beach"),))
ODD = {"width": 130, "height": 178}  # no multiple of what any model asks for


def request(**fields):
    return make_request(**({"prompt": "a dog on a beach", "seconds": 1, "seed": 5} | ODD | fields))


def render(engine, asked=None, materials=NOTHING, storyboard=SHORT, progress=None):
    """(frames, rendering), all frames drawn."""
    rendering = engine.render(storyboard, asked or request(), progress or Progress(), materials)
    with closing(rendering.frames):
        frames = np.stack(list(rendering.frames))
    assert len(frames) == rendering.frame_count
    return frames, rendering


@pytest.mark.parametrize("name", FROM_TEXT)
def test_a_prompt_becomes_frames_and_sound_the_same_every_time(checkpoints, name):
    engine = checkpoints.engine(name)
    frames, rendering = render(engine)
    assert frames.shape == (round(0.5 * rendering.frames_per_second), 178, 130, 3) and frames.dtype == np.uint8
    assert frames.std() > 1, "something is to be seen"
    assert callable(rendering.sound) == (name not in WITH_SOUND), (
        "a silent model's sound is mixed by us, when asked for"
    )
    sound = rendering.sound() if callable(rendering.sound) else rendering.sound
    assert sound.shape == (len(frames) * 48_000 // rendering.frames_per_second, 2) and sound.dtype == np.float32
    assert np.abs(sound).max() > 1e-4, "something is to be heard"

    checkpoints.shelf.clear()  # loaded anew from the disk
    again, rendering_again = render(engine)
    assert np.array_equal(frames, again), "the same seed, the same frames"
    assert callable(rendering.sound) or np.array_equal(sound, rendering_again.sound)
    other, _ = render(engine, request(seed=6))
    assert not np.array_equal(frames, other), "another seed, another clip"


@pytest.mark.parametrize("name", [n for n in BUILDERS if "image" in catalog_of().video[n].tasks])
def test_a_first_picture_changes_what_is_seen(checkpoints, red_and_blue, name):
    red, blue = red_and_blue
    engine = checkpoints.engine(name, steps=1, seconds=(0.2, 1.5))
    whole = Storyboard(shots=(Shot(seconds=max(0.5, engine.model.kin.frames_for(8) / engine.model.rate)),))
    from_red, _ = render(engine, materials=Materials(start_image=red), storyboard=whole)
    from_blue, _ = render(engine, materials=Materials(start_image=blue), storyboard=whole)
    assert from_red.shape == from_blue.shape == (len(from_red), 178, 130, 3)
    assert not np.array_equal(from_red, from_blue)


@pytest.mark.parametrize("name", [model.name for model in catalog_of().video.values()])
def test_a_model_calls_its_pipelines_by_their_real_names(name):
    """The catalog and the families against the installed classes."""
    model = catalog_of().video[name]
    for task in model.tasks:
        taken = inspect.signature(
            getattr(importlib.import_module("diffusers"), model.kin.tasks[task]).__call__
        ).parameters
        values = dict.fromkeys(["prompt", "negative", "width", "height", "frames", "rate", "steps", "guidance"])
        values |= {"guidance_2": None} if model.guidance_2 is not None else {}
        values |= dict.fromkeys({"image": ["image"], "references": ["references"], "text": []}.get(task, ["video"]))
        values |= {"strength": None} if task == "video" else {}
        passed = model.kin.named(task, values) | dict(model.extra)
        assert set(passed) <= set(taken), f"{model.kin.tasks[task]} takes no {sorted(set(passed) - set(taken))}"


@pytest.mark.parametrize("name", families())
def test_every_family_is_in_the_catalog_and_tested_with_a_checkpoint(name):
    models = [model for model in catalog_of().video.values() if model.family == name]
    assert any(model.name in BUILDERS for model in models)
    assert set(families()[name].arguments) <= set(USUAL_ARGUMENTS)
    assert all(getattr(importlib.import_module("diffusers"), pipeline) for pipeline in families()[name].tasks.values())
