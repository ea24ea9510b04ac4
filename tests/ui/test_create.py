"""What the Create tab answers: accepted requests, refusals in words, coverage, and only to whom it belongs."""

import pytest

from data.errors import DataError, NotFound, NotSignedIn
from pipelines.director import direct
from tests.ui.waiting import until
from ui.create import MAX_SEED
from ui.telling import coverage_told, shot_told
from ui.words import words

PROMPT = "a meadow with violet flowers at sunset"


@pytest.fixture
def make(call):
    def make(who, **fields) -> dict:
        return call(
            "create/make", who, **{"prompt": PROMPT, "seconds": 5, "shape": "9:16", "style": "", "seed": ""} | fields
        )

    return make


def test_a_made_clip_tells_its_seed_and_its_storyboard(world, call, make):
    (ada,) = world.people("ada")
    made = make(ada, seed="42", style="paper", shape="16:9", seconds=1)
    told = until(lambda: (now := call("create/look", ada, id=made["id"]))["state"] == "done" and now)
    assert (told["seed"], told["prompt"]) == (42, PROMPT)
    assert told["width"] > told["height"] and told["took"] > 0
    assert told["clip"]["video"].startswith("/media/clips/") and told["clip"]["seconds"] == pytest.approx(1, abs=0.1)
    assert told["storyboard"]["shots"][0]["style"] == "paper"
    assert {"phrase": "meadow", "means": ""} in told["understood"]
    assert [one["id"] for one in call("create/mine", ada)["generations"]] == [made["id"]]


def test_the_same_key_twice_makes_one_clip(world, call, make):
    (ada,) = world.people("ada")
    key = "11111111-2222-4333-8444-555555555555"
    assert make(ada, key=key)["id"] == make(ada, key=key)["id"] != make(ada)["id"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"prompt": ""}, "error_prompt_empty"),
        ({"prompt": " \n "}, "error_prompt_empty"),
        ({"prompt": "dog " * 2500}, "error_prompt_long"),
        ({"seed": "-1"}, "error_seed"),
        ({"seed": "seven"}, "error_seed"),
        ({"seed": str(MAX_SEED + 1)}, "error_seed"),
        ({"seed": "٣"}, "error_seed"),
        ({"seconds": 500}, "error_seconds"),
        ({"style": "oil"}, "error_request"),
    ],
)
def test_what_cannot_be_made_gets_one_sentence_and_makes_nothing(world, call, make, fields, key):
    (ada,) = world.people("ada")
    refused = make(ada, **fields)["refused"]
    assert refused["key"] == key
    for language in ("en", "fr"):
        assert "{" not in words(language)[key].format(**refused["values"])
    assert call("create/mine", ada)["generations"] == []


def test_a_guest_is_asked_to_join(call, make):
    from data.client import VISITOR

    with pytest.raises(NotSignedIn):
        make(VISITOR)
    assert call("create/mine") == {"generations": []}


def test_another_member_sees_nothing_and_stops_nothing(world, call, make):
    ada, ben = world.people("ada", "ben")
    made = make(ada, seconds=20)
    for name in ("create/look", "create/cancel"):
        with pytest.raises(NotFound):
            call(name, ben, id=made["id"])
    assert call("create/mine", ben)["generations"] == []
    assert call("create/look", ada, id=made["id"])["state"] in ("queued", "running", "done")


def test_coverage_is_told_as_one_types(call):
    seen = call("create/understand", prompt="a dog and a zorblax at sunset", language="fr")
    assert {"phrase": "dog", "means": "chien"} in seen["understood"]
    assert seen["missed"] == ["zorblax"]
    assert call("create/understand", prompt="  ") == {}
    assert call("create/understand", prompt="x" * 9999)["refused"]["key"] == "error_prompt_long"


def test_whatever_a_script_sends_is_refused_kindly(world, call):
    (ada,) = world.people("ada")
    for sent in ({}, {"id": 7}, {"id": None}, {"id": "../../etc"}, {"id": ["x"]}):
        with pytest.raises(DataError):
            call("create/look", ada, **sent)


def test_a_phrase_stands_once_with_all_that_it_means():
    told = coverage_told(direct('An old fisherman in a yellow raincoat says: "Hello."'), "en")
    phrases = [part["phrase"] for part in told["understood"]]
    assert len(phrases) == len(set(phrases))
    assert not any("shots." in part["means"] for part in told["understood"])


def test_a_shot_is_a_card_in_the_readers_language():
    prompt = "Un chiot golden retriever portant un bandana rouge court dans un champ au coucher du soleil, gros plan"
    card = shot_told(direct(prompt).shots[0], "fr")
    assert card["subjects"][0]["name"] == "chien"
    assert "bandana rouge" in card["subjects"][0]["about"]
    facts = {fact["key"]: fact["text"] for fact in card["facts"]}
    assert facts["time"] == "coucher du soleil"
    assert facts["camera"].startswith("gros plan")
    assert "red bandana" in shot_told(direct(prompt).shots[0], "en")["subjects"][0]["about"]


def test_variants_differ_in_their_seeds_and_belong_together(world, call, make):
    (ada,) = world.people("ada")
    alone = make(ada, seconds=1)
    key = "11111111-2222-4333-8444-555555555555"
    made = make(ada, seconds=1, seed="42", variants=3, key=key)
    assert make(ada, seconds=1, seed="42", variants=3, key=key)["ids"] == made["ids"] and made["id"] == made["ids"][0]

    def ended() -> list[dict] | None:
        now = call("create/watch", ada, ids=made["ids"])["generations"]
        return now if all(one["state"] == "done" for one in now) else None

    done = until(ended)
    assert done[0]["seed"] == 42 and len({one["seed"] for one in done}) == 3
    groups = {one["id"]: one["group"] for one in call("create/mine", ada)["generations"]}
    assert {groups[id] for id in made["ids"]} == {made["id"]} and groups[alone["id"]] == alone["id"]
    scores = call("create/scores", ada, id=made["id"])["scores"]
    assert set(scores) == {"smooth", "steady", "lively", "together", "overall"}
    assert all(value is None or 0 <= value <= 1 for value in scores.values())


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        ("update private.settings set open_generations_per_member = 2", "variants_limit"),
        ("update private.settings set daily_credits = 2", "variants_credits"),
    ],
)
def test_a_limit_may_stop_some_variants_and_says_so(world, studio, call, make, limit, short):
    (ada,) = world.people("ada")
    studio.worker.close()  # nothing may finish meanwhile
    world.owner.execute(limit)
    made = make(ada, variants=4)
    assert (len(made["ids"]), made["short"]) == (2, short)
    assert "{" not in words("fr")[short].format(n=2, of=4)
    assert make(ada, variants=4)["refused"]["key"] in ("error_limit", "error_credits")


def test_a_refused_prompt_says_which_rule_why_and_what_would_pass(world, call, make):
    (ada,) = world.people("ada")
    refused = make(ada, prompt="Taylor Swift sings on a stage at night")["refused"]
    assert refused["key"] == "error_rule" and refused["values"]["rule"] and refused["values"]["text"]
    assert "Taylor" not in refused["instead"] and make(ada, prompt=refused["instead"])["id"]


def test_a_clip_is_deleted_for_good(world, call, make):
    (ada,) = world.people("ada")
    made = make(ada, seconds=1)
    clip = until(lambda: call("create/look", ada, id=made["id"])["clip"])
    assert call("create/look", ada, clip=clip["id"])["id"] == made["id"]
    call("create/delete", ada, clip=clip["id"])
    assert call("create/mine", ada)["generations"] == []
    with pytest.raises(NotFound):
        call("create/look", ada, clip=clip["id"])


def test_why_there_is_no_clip_is_told_in_the_readers_language(world, studio, call, make):
    (ada,) = world.people("ada")
    studio.worker.close()
    made = make(ada)
    claimed = world.claim()
    lease = {"generation": claimed["id"], "lease": claimed["lease"]}
    world.serve("fail_generation", **lease, code="memory", error="There was too little memory.", retry=False)
    told = {
        language: call("create/look", ada, id=made["id"], language=language)["problem"] for language in ("en", "fr")
    }
    assert told["fr"] == {"code": "memory", "text": words("fr")["problem_memory"]} != told["en"]
    world.owner.execute("update public.generations set error_code = 'request', error = 'Too wide.'")
    assert call("create/look", ada, id=made["id"])["problem"]["text"].endswith(": Too wide.")
