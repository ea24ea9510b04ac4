"""Generations made by a hub model: which is next while one is in memory, and GPUs that are lent for one clip."""

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import gradio
import pytest

from data.opening import Data
from pipelines.engines.loading import SHELF
from pipelines.worker.hands import LentGpu, ThisMachine, hands_from
from tests.data.world import Person, World, request, storyboard
from tests.pipelines.engines.tiny_catalog import NAME, tiny_settings
from tests.pipelines.worker.asking import Employ, ask, quick, seen, until

ZERO = {"SPACES_ZERO_GPU": "1"}


@pytest.fixture()
def tiny(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tiny model is in the catalog and on offer."""
    for name, value in tiny_settings(tmp_path / "weights").items():
        monkeypatch.setenv(name, value)
    world.serve("set_engine_price", engine=NAME, credits=1)
    yield
    SHELF.clear()


@pytest.fixture()
def spaces(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A FAKE of the `spaces` package: what crosses to its process and back has to pickle, as there."""
    fake = SimpleNamespace(asked=[], refuse="")

    def lend(duration):
        def mark(work):
            def lent(*given):
                fake.asked.append(duration(*given))
                if fake.refuse:
                    raise gradio.Error(fake.refuse)
                for word in work(*pickle.loads(pickle.dumps(given))):
                    yield pickle.loads(pickle.dumps(word))

            return lent

        return mark

    fake.GPU = lend
    monkeypatch.setitem(sys.modules, "spaces", fake)
    return fake


def test_a_space_that_lends_gpus_asks_for_one_for_each_clip_of_a_model(
    tiny: None, spaces: SimpleNamespace, data: Data, author: Person, employ: Employ, tmp_path: Path
) -> None:
    hands = hands_from(ZERO, tmp_path / "keys")
    assert isinstance(hands, LentGpu)
    employ(None, engines=["world", NAME], hands=hands)
    made = seen(author, ask(author, engine=NAME), "done")
    assert made["engine"] == NAME and len(spaces.asked) == 1
    clip = author.call("clip", id=made["clip"])
    assert data.media.size(clip["video_path"]) == clip["bytes"] and clip["mark"] and clip["credential"]["signer"]

    spaces.refuse = "You have exceeded your GPU quota."
    refused = author.call("generation", id=ended(author, ask(author, engine=NAME)))
    assert refused["error_code"] == "gpu" and "exceeded your GPU quota" in refused["error"]

    assert seen(author, ask(author), "done")["engine"] == "world" and len(spaces.asked) == 2, "ours needs no GPU"


def test_what_needs_the_model_in_memory_goes_first_within_three_minutes(world: World) -> None:
    one, other, third = world.people("one", "other", "third")
    world.serve("set_engine_price", engine="wan", credits=1)
    older, newer = world.ask(one), with_wan(other)
    assert world.claim(holds="wan")["id"] == newer
    assert world.claim(holds="wan")["id"] == older

    waiting, eager = world.ask(third), with_wan(one)
    earlier = "update public.generations set created_at = now() - interval '4 minutes' where id = %s"
    world.owner.execute(earlier, (waiting,))
    assert world.claim(holds="wan")["id"] == waiting, "nobody waits for ever"
    assert world.claim(holds="wan")["id"] == eager


def test_a_machine_without_a_model_in_memory_prefers_nothing() -> None:
    SHELF.clear()
    assert ThisMachine(quick).holds() is None


def with_wan(author: Person) -> str:
    """The id of a generation that needs another model."""
    return author.call("request_generation", request=request(engine="wan"), storyboard=storyboard())["id"]


def ended(author: Person, generation: str) -> str:
    """The generation, once it has failed."""
    until(lambda: author.call("generation", id=generation)["state"] == "failed")
    return generation
