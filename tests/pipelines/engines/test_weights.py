"""Weights: from a folder or through the hub's own protocol, taken up where they broke off, checked, and never run."""

import json
import shutil

import numpy as np
import pytest

from pipelines.engines.model import Source, catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import NotReady, check_safe, fingerprint, installed, obtain
from tests.pipelines.engines.fake_hub import COMMIT, FakeHub, serving

REPOSITORY = "somebody/tiny-wan"
LARGE = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture
def hub(checkpoints):
    with serving(FakeHub(REPOSITORY, checkpoints.path("anyflow-1.3b"))) as fake:
        yield fake


def settings(tmp_path, hub, **changes):
    return EngineSettings(models=tmp_path / "models", hub=hub.address, device="cpu", **changes)


def quiet(share: float) -> None:
    pass


def test_a_hub_id_becomes_a_clip_through_the_same_path_as_a_folder(checkpoints, hub, tmp_path):
    from tests.pipelines.engines.test_diffusion import drawn, story

    here = settings(tmp_path, hub)
    engine = checkpoints.engine("anyflow-1.3b", source=Source(hub=REPOSITORY))
    from_folder = drawn(engine, story(0.5))
    engine.settings = here
    assert engine.version.startswith("not fetched")
    assert (drawn(engine, story(0.5)) == from_folder).all(), "the same weights, the same clip"
    assert engine.version.startswith(COMMIT), "the clip's record names the commit that was used"
    asked = len(hub.asked)
    drawn(engine, story(0.5))
    assert len(hub.asked) == asked, "nothing is asked again"


def test_fetching_tells_how_much_has_come_and_can_be_cancelled(hub, tmp_path):
    told = []

    def stop_half_way(share):
        told.append(share)
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        obtain("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub), stop_half_way)
    assert told == sorted(told) and 0.5 < told[-1] <= 1
    assert installed("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub)) is None, "half a model is none"
    told.clear()
    obtain("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub), told.append)
    assert told[-1] == 1


def test_what_broke_off_goes_on_where_it_stopped(tmp_path):
    """The hub's library keeps what came in pieces of 10 MB."""
    large = tmp_path / "large" / "model.safetensors"
    large.parent.mkdir()
    large.write_bytes(np.random.default_rng(1).bytes(24_000_000))
    (large.parent / "model_index.json").write_text("{}")
    with serving(FakeHub(REPOSITORY, large.parent, break_off_once=large.name)) as hub:
        weights = obtain("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub), quiet)
    assert (weights.folder / large.name).read_bytes() == large.read_bytes()
    starts = [int(line.rsplit("bytes=", 1)[1].split("-")[0]) for line in hub.asked if "bytes=" in line]
    assert starts and starts[-1] >= 10_000_000, "only the rest was fetched"


def test_a_file_that_does_not_have_its_hash_is_thrown_away(hub, tmp_path):
    hub.damaged = LARGE
    with pytest.raises(NotReady, match="came damaged from the hub and was removed"):
        obtain("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub), quiet)
    assert installed("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub)) is None
    hub.damaged = ""
    hub.asked.clear()
    obtain("tiny", Source(hub=REPOSITORY), settings(tmp_path, hub), quiet)
    fetched = [line for line in hub.asked if line.startswith("GET") and "/resolve/" in line]
    assert fetched == [f"GET /{REPOSITORY}/resolve/{COMMIT}/{LARGE}"], "only that file came again"


def test_a_gated_model_says_where_to_click_and_what_to_set(hub, tmp_path):
    hub.gated = True
    with pytest.raises(NotReady, match=r"is gated. Sign in at https://huggingface.co/somebody/tiny-wan, .*HF_TOKEN"):
        obtain("tiny", Source(hub=REPOSITORY, gated=True), settings(tmp_path, hub), quiet)


def test_a_model_that_the_hub_does_not_have_is_told_as_such(hub, tmp_path):
    with pytest.raises(NotReady, match="The hub has no nobody/nothing"):
        obtain("tiny", Source(hub="nobody/nothing"), settings(tmp_path, hub), quiet)


def test_a_hub_that_cannot_be_reached_says_how_to_bring_the_weights_by_hand(tmp_path):
    nowhere = EngineSettings(models=tmp_path, hub="http://127.0.0.1:9", device="cpu")
    with pytest.raises(NotReady, match=r"could not be reached.*hf download somebody/tiny-wan --local-dir tiny"):
        obtain("tiny", Source(hub=REPOSITORY), nowhere, quiet)


def test_a_folder_that_is_not_there_says_what_belongs_into_it(tmp_path):
    with pytest.raises(NotReady, match=r"no checkpoint in .*missing.*model_index.json"):
        obtain("tiny", Source(folder=tmp_path / "missing"), EngineSettings(models=tmp_path), quiet)


@pytest.fixture
def copied(checkpoints, tmp_path):
    """A checkpoint that a test may spoil."""
    return shutil.copytree(checkpoints.path("anyflow-1.3b"), tmp_path / "copy")


def change_index(folder, **components):
    path = folder / "model_index.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | components))


def test_code_that_comes_with_a_checkpoint_is_never_run(copied):
    check_safe(copied)
    change_index(copied, text_encoder=["my_own_code", "Surprise"])
    with pytest.raises(NotReady, match=r"wants to run its own code \(my_own_code.Surprise\)"):
        check_safe(copied)


def test_a_component_that_the_family_loads_itself_may_name_what_it_likes(copied, checkpoints):
    """As NVIDIA's AnyFlow names classes of its own training code."""
    from tests.pipelines.engines.test_diffusion import drawn, story

    change_index(copied, transformer=["far.models.transformer_far_wan_model", "FAR_Wan_Transformer3DModel"])
    engine = checkpoints.engine("anyflow-1.3b", source=Source(folder=copied))
    engine.settings = EngineSettings(models=copied.parent, device="cpu")
    assert len(drawn(engine, story(0.5))) == 8


def test_weights_that_are_pickled_are_refused(copied):
    (copied / LARGE).rename(copied / "transformer" / "diffusion_pytorch_model.bin")
    with pytest.raises(NotReady, match="not in safetensors"):
        check_safe(copied)


def test_a_broken_index_is_told_with_the_folder(copied):
    (copied / "model_index.json").write_text("{")
    with pytest.raises(NotReady, match=r"copy is no checkpoint"):
        check_safe(copied)


def test_a_checkpoint_of_another_class_says_what_does_not_fit(copied, checkpoints):
    from tests.pipelines.engines.test_diffusion import drawn, story

    engine = checkpoints.engine("hunyuan-1.5", source=Source(folder=copied))
    engine.settings = EngineSettings(models=copied.parent, device="cpu")
    with pytest.raises(NotReady, match=r"cannot be loaded as HunyuanVideo15Pipeline"):
        drawn(engine, story(0.5))


def test_other_weights_have_another_fingerprint(copied, checkpoints):
    before = fingerprint(copied)
    assert before == fingerprint(checkpoints.path("anyflow-1.3b"))
    data = bytearray((copied / LARGE).read_bytes())
    data[-1] ^= 1
    (copied / LARGE).write_bytes(data)
    assert fingerprint(copied) != before


def test_every_source_of_the_catalog_is_a_hub_id():
    rows = catalog_of()
    for row in (*rows.video.values(), *rows.tools.values()):
        assert row.source.hub and row.source.folder is None
