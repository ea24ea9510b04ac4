"""The choice of an engine: what is told of each, and which can be asked for."""

import pytest

from tests.ui.waiting import until
from ui.words import words


def test_the_world_engine_is_ready_everywhere_and_models_say_how_to_get_them(call):
    told = call("engines/list", seconds=5, shape="9:16")["engines"]
    world, *models = told
    assert (world["name"], world["ready"], world["images"], world["takes"]) == ("world", True, False, None)
    assert world["licence"]["name"] == "Apache-2.0" and world["credits"] == 1
    assert len(models) > 10 and not any(model["ready"] for model in models)
    model = next(model for model in models if model["name"] == "ltx-2.5")
    assert "python -m pipelines.engines fetch ltx-2.5" in model["say"] and "huggingface.co" in model["say"]
    assert model["gated"] and model["images"] and model["memory"] > 8 and "10 million" in model["licence"]["limits"]


def test_engines_are_told_in_french(call):
    told = {one["name"]: one for one in call("engines/list", language="fr")["engines"]}
    assert told["world"]["say"].startswith("Dessine par le code")
    assert "Acceptez ses conditions" in told["ltx-2.5"]["say"]
    assert "licence payante" in told["ltx-2.5"]["licence"]["limits"]


def test_longer_clips_cost_more(call):
    told = [call("engines/list", seconds=seconds)["engines"] for seconds in (5, 20)]
    assert [engines[0]["credits"] for engines in told] == [1, 4]
    hosted = [next(one for one in engines if one["kind"] == "hosted")["dollars"] for engines in told]
    assert hosted[1] == pytest.approx(4 * hosted[0])


def test_how_long_it_takes_is_what_it_took(world, call):
    (ada,) = world.people("ada")
    made = call("create/make", ada, prompt="a meadow", seconds=1, shape="1:1")
    until(lambda: call("create/look", ada, id=made["id"])["state"] == "done")
    world.owner.execute("update public.generations set started_at = finished_at - interval '3 seconds'")
    takes = {seconds: call("engines/list", seconds=seconds, shape="1:1")["engines"][0]["takes"] for seconds in (1, 10)}
    assert takes[1] == pytest.approx(3, abs=0.5) and takes[10] == pytest.approx(10 * takes[1], rel=0.05)


@pytest.mark.parametrize(
    ("engine", "key"), [("ltx-2", "error_engine_not_ready"), ("dall-e", "error_engine"), ("../x", "error_engine")]
)
def test_an_engine_that_is_not_here_is_refused_with_what_to_do(world, call, engine, key):
    (ada,) = world.people("ada")
    refused = call("create/make", ada, prompt="a meadow", seconds=5, engine=engine)["refused"]
    assert refused["key"] == key
    assert "{" not in words("fr")[key].format(**refused["values"])
    assert call("create/mine", ada)["generations"] == []


def test_an_engine_that_another_machine_offers_can_be_asked_for(world, studio, call):
    (ada,) = world.people("ada")
    studio.worker.close()  # this machine cannot make it
    world.serve("set_engine_price", engine="wan-2.2-5b", credits=4)
    told = {one["name"]: one for one in call("engines/list")["engines"]}
    assert told["wan-2.2-5b"]["ready"] and "another machine" in told["wan-2.2-5b"]["say"]
    made = call("create/make", ada, prompt="a meadow", seconds=5, engine="wan-2.2-5b")
    assert call("create/look", ada, id=made["id"])["state"] == "queued"
