"""The catalog: what people are told of each engine, what a new model takes, and mistakes in it told by name."""

import subprocess
import sys

import numpy as np
import pytest

from pipelines.engines import __main__ as shell
from pipelines.engines.catalog import catalog, entry_named, model_engine, offered
from pipelines.engines.loading import SHELF
from pipelines.engines.memory import needed_gigabytes, next_smaller, placing_that_fits
from pipelines.engines.model import CatalogError, catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.engines.speeds import expected_seconds, record_speed, work_of
from pipelines.generate import generate
from pipelines.request import RequestError, make_request
from tests.pipelines.clips import pictures, samples
from tests.pipelines.engines.test_diffusion import drawn, story

# all that a new hub model of a known family takes
NEW_MODEL = """
[video."anyflow-mine"]
title = "AnyFlow, tuned by me"
family = "anyflow"
source = { folder = "FOLDER" }
licence = { name = "CC0-1.0" }
tasks = ["text"]
pixels = [4096, 8192]
seconds = [0.2, 1]
rate = 12
steps = 2
billions = { transformer = 0.001 }
working = 0.1
"""


@pytest.fixture
def mine(checkpoints, tmp_path) -> EngineSettings:
    """Settings that name a catalog of one's own."""
    path = tmp_path / "mine.toml"
    path.write_text(NEW_MODEL.replace("FOLDER", str(checkpoints.path("anyflow-1.3b"))))
    return EngineSettings(models=tmp_path / "models", more=(path,), device="cpu")


def test_a_new_model_of_a_known_family_is_a_dozen_lines_and_no_code(mine):
    assert len(NEW_MODEL.strip().splitlines()) == 12
    entry = entry_named("anyflow-mine", mine)
    assert entry.installed and (entry.frames_per_second, entry.price) == (12, 2)
    assert offered(mine) == {"world": 1, "anyflow-mine": 2}, "only what is ready is offered"
    frames = drawn(model_engine("anyflow-mine", mine), story(0.5))
    assert frames.shape == (6, 180, 128, 3)


def test_a_request_that_names_it_becomes_a_clip_with_sound(mine, monkeypatch, tmp_path):
    """As a worker makes it: only the name and the environment say which model is meant."""
    monkeypatch.setenv("HIBARI_MODELS", str(mine.models))
    monkeypatch.setenv("HIBARI_CATALOG", str(mine.more[0]))
    asked = make_request(prompt="a dog on a beach", seconds=1, width=128, height=180, engine="anyflow-mine")
    clip = generate(asked, tmp_path / "clip.mp4")
    SHELF.clear()
    assert (clip.engine, clip.seconds, clip.width) == ("anyflow-mine", 1.0, 128)
    assert len(pictures(clip.path)) == 12 and np.abs(samples(clip.path)).max() > 0.001


def test_after_a_clip_the_next_one_is_estimated_from_what_was_measured(mine):
    asked = make_request(prompt="a dog", seconds=1, width=128, height=180, engine="anyflow-mine")
    entry = entry_named("anyflow-mine", mine)
    assert entry.estimate(asked) is None
    record_speed(mine.models, catalog_of(mine.more).video["anyflow-mine"], "cpu", work=1e-6, seconds=2.0)
    longer = asked.model_copy(update={"seconds": 2.0})
    assert 0 < entry.estimate(asked) < entry.estimate(longer)
    assert entry.estimate(longer) == pytest.approx(2 * entry.estimate(asked))


def test_every_engine_is_told_with_what_it_can_needs_and_allows():
    entries = {entry.name: entry for entry in catalog(EngineSettings())}
    assert next(iter(entries)) == "world" and entries["world"].installed
    ltx, wan, hunyuan = entries["ltx-2.5"], entries["wan-2.1-vace-1.3b"], entries["hunyuan-1.5"]
    assert ltx.own_sound and ltx.speaks and ltx.gated and not ltx.cameos
    assert wan.cameos and not wan.own_sound
    assert "European Union" in hunyuan.licence.limits["en"] and "Union européenne" in hunyuan.licence.limits["fr"]
    for entry in entries.values():
        assert entry.title and entry.licence.name and set(entry.readiness.say) == {"en", "fr"}
        assert entry.kind != "weights" or entry.memory["group"] < entry.memory["model"] <= entry.memory["none"]


def test_what_is_not_there_says_how_to_get_it_in_both_languages(tmp_path):
    entry = entry_named("ltx-2.5", EngineSettings(models=tmp_path))
    assert not entry.installed
    for words in entry.readiness.say.values():
        assert "HF_TOKEN" in words and "python -m pipelines.engines fetch ltx-2.5" in words


def test_listing_engines_loads_neither_torch_nor_diffusers():
    program = (
        "from pipelines.engines.catalog import catalog; import sys; catalog(); "
        "print([name for name in ('torch', 'diffusers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_an_unknown_engine_is_refused_with_the_list():
    with pytest.raises(RequestError, match=r"'dreams' is not known. Choose one of: world, .*wan-2.1-1.3b.*fal-ai"):
        model_engine("dreams", EngineSettings())
    with pytest.raises(RequestError):
        model_engine("nobody.wan-2.2-a14b", EngineSettings())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('family = "anyflow"', 'family = "dreams"'),
            r"anyflow-mine: the family 'dreams' is not known; choose one of .*wan",
        ),
        (('tasks = ["text"]', 'tasks = ["image"]'), r"the family anyflow cannot do image"),
        (("steps = 2", "steps = 0"), r"steps: Input should be greater than or equal to 1"),
        (("rate = 12", "rate = 12\nspeed = 3"), r"speed: Extra inputs are not permitted"),
        (("title", "titel"), r"anyflow-mine: title: Field required"),
        (("[video.", "[videos."), r"\[videos\] is not known; sections are \[video.NAME\]"),
        (("pixels = [4096, 8192]", "pixels = [8192, 4096]"), r"pixels and seconds are \[smallest, largest\]"),
        (("=", ""), r"mine.toml is not TOML"),
    ],
)
def test_a_mistake_in_a_catalog_is_told_with_its_place(tmp_path, change, told):
    path = tmp_path / "mine.toml"
    path.write_text(NEW_MODEL.replace(*change))
    with pytest.raises(CatalogError, match=told):
        catalog_of((path,))


def test_a_catalog_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CatalogError, match=r"none.toml cannot be read"):
        catalog_of((tmp_path / "none.toml",))


def test_settings_come_from_the_environment_and_wrong_ones_are_told():
    chosen = EngineSettings.from_environment({"HIBARI_OFFLOAD": "group", "HIBARI_MODELS": "/m", "HF_TOKEN": "t"})
    assert (chosen.offload, str(chosen.models), chosen.token) == ("group", "/m", "t")
    with pytest.raises(RequestError, match=r"HIBARI_PRECISION must be one of auto, bf16, .*; it is 'int1'"):
        EngineSettings.from_environment({"HIBARI_PRECISION": "int1"})


def test_memory_is_what_lies_on_the_device_at_once():
    """10 billion weights in 16 bits are 18.6 GB; the transformer is three quarters of them."""
    needed = needed_gigabytes({"transformer": 7.5, "text_encoder": 2.5}, "bf16", working=2)
    assert needed == {"none": 20.6, "model": 16.0, "group": 2.8}
    assert needed_gigabytes({"transformer": 7.5, "text_encoder": 2.5}, "fp8", working=2)["none"] == 13.6
    assert [placing_that_fits(needed, free) for free in (80, 18, 4, 1)] == ["none", "model", "group", "group"]
    assert [next_smaller(way) for way in ("none", "model", "group")] == ["model", "group", None]


def test_more_frames_steps_or_guidance_are_more_work():
    model = catalog_of().video["wan-2.1-1.3b"]
    base = work_of(model, 480, 832, 80, 40)
    assert work_of(model, 480, 832, 160, 40) == pytest.approx(2 * base)
    assert work_of(model, 480, 832, 80, 20) == pytest.approx(base / 2)
    assert work_of(model.model_copy(update={"guidance": 1.0}), 480, 832, 80, 40) == pytest.approx(base / 2)
    assert expected_seconds(model, base, 400) > expected_seconds(model, base, 800) > 1


def test_the_shell_lists_engines_and_refuses_to_fetch_what_is_not_known(capsys):
    assert shell.main(["list"]) == 0
    told = capsys.readouterr().out
    assert "✓ world" in told and "· wan-2.1-1.3b" in told and "Not for use in the European Union" in told
    assert shell.main(["fetch", "dreams"]) == 2
    assert "has no 'dreams'" in capsys.readouterr().err
