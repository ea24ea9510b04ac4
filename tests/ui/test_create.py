"""What the Create tab answers: tickets, refusals in words, coverage, and only to whom it belongs."""

from types import SimpleNamespace

import pytest

from pipelines.director import direct
from pipelines.engines import ENGINES
from tests.ui.workshops import ADA, BEN, ended, until
from ui.create import MAX_SEED, CreateHandlers
from ui.records import Records
from ui.telling import coverage_told, shot_told
from ui.web.visitor import COOKIE
from ui.words import words
from ui.workshop import Workshop

PROMPT = "a meadow with violet flowers at sunset"


def sent_by(visitor: str | None) -> SimpleNamespace:
    return SimpleNamespace(headers={"cookie": f"{COOKIE}={visitor}"} if visitor else {})


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    monkeypatch.setitem(ENGINES, "world", "tests.pipelines.square_engine:SquareEngine")
    workshop = Workshop(Records(tmp_path))
    yield workshop
    workshop.close()


@pytest.fixture
def handlers(workshop) -> CreateHandlers:
    return CreateHandlers(workshop, frame_scale=0.25)


def make(handlers, visitor=ADA, **fields) -> dict:
    fields = {"prompt": PROMPT, "seconds": 5, "shape": "9:16", "style": "", "seed": ""} | fields
    return handlers.make(**fields, request=sent_by(visitor))


def test_a_made_clip_tells_its_seed_and_its_storyboard(handlers, workshop):
    ticket = make(handlers, seed="42", style="paper", shape="16:9")
    ended(workshop, ADA, workshop.look(ADA, ticket["id"]))
    told = handlers.look({"id": ticket["id"], "language": "en"}, sent_by(ADA))
    assert (told["state"], told["seed"], told["prompt"]) == ("done", 42, PROMPT)
    assert told["width"] > told["height"]
    assert told["storyboard"]["shots"][0]["style"] == "paper"
    assert {"phrase": "meadow", "means": ""} in told["understood"]
    assert [one["id"] for one in handlers.mine({}, sent_by(ADA))["generations"]] == [ticket["id"]]


def test_without_a_seed_each_clip_gets_another(handlers, workshop):
    seeds = set()
    for _ in range(3):
        ticket = make(handlers)
        handlers.cancel({"id": ticket["id"]}, sent_by(ADA))
        seeds.add(ended(workshop, ADA, workshop.look(ADA, ticket["id"])).request.seed)
    assert len(seeds) == 3


def test_the_page_gets_a_preview_once(handlers, workshop):
    ticket = make(handlers, seconds=20)
    until(lambda: workshop.preview(workshop.look(ADA, ticket["id"])))
    told = handlers.look({"id": ticket["id"]}, sent_by(ADA))
    assert told["preview"].startswith("data:image/jpeg;base64,")
    number, _ = workshop.preview(workshop.look(ADA, ticket["id"]))
    handlers.cancel({"id": ticket["id"]}, sent_by(ADA))
    assert "preview" not in handlers.look({"id": ticket["id"], "preview_number": number}, sent_by(ADA))


def test_a_second_press_shows_the_clip_that_is_being_made(handlers, workshop):
    first = make(handlers, seconds=20)
    second, other = make(handlers, seconds=20), make(handlers, prompt="a dog", seconds=20)
    assert second["id"] == other["id"] == first["id"]
    assert (second["busy"], other["busy"]) == (False, True)
    assert len(workshop.of(ADA)) == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"prompt": ""}, "error_prompt_empty"),
        ({"prompt": " \n "}, "error_prompt_empty"),
        ({"prompt": "dog " * 2500}, "error_prompt_long"),
        ({"seed": "-1"}, "error_seed"),
        ({"seed": "seven"}, "error_seed"),
        ({"seed": str(MAX_SEED + 1)}, "error_seed"),
        ({"seed": "٣"}, "error_seed"),
        ({"seconds": 500}, "error_request"),
        ({"style": "oil"}, "error_request"),
    ],
)
def test_what_cannot_be_made_gets_one_sentence_and_makes_nothing(handlers, workshop, fields, error):
    ticket = make(handlers, **fields)
    assert ticket["error"] == error
    for language in ("en", "fr"):
        assert "{" not in words(language)[error].format(**ticket["values"])
    assert workshop.of(ADA) == []


def test_two_equal_refusals_are_two_answers(handlers):
    assert make(handlers, prompt="") != make(handlers, prompt="")


def test_without_a_cookie_nothing_is_made_and_nothing_is_seen(handlers):
    assert make(handlers, visitor=None)["error"] == "error_cookie"
    assert handlers.mine({}, sent_by(None)) == {"generations": []}


def test_another_visitor_sees_nothing(handlers):
    ticket = make(handlers, seconds=20)
    assert handlers.look(ticket, sent_by(BEN)) == {"state": "unknown"}
    assert handlers.cancel(ticket, sent_by(BEN)) == {"state": "unknown"}
    assert handlers.mine({}, sent_by(BEN)) == {"generations": []}
    assert handlers.look(ticket, sent_by(ADA))["state"] in ("queued", "running")


def test_coverage_is_told_as_one_types(handlers):
    seen = handlers.understand({"prompt": "a dog and a zorblax at sunset", "language": "fr"}, sent_by(ADA))
    assert {"phrase": "dog", "means": "chien"} in seen["understood"]
    assert seen["missed"] == ["zorblax"]
    assert handlers.understand({"prompt": "  "}, sent_by(ADA)) == {"understood": [], "missed": []}
    assert handlers.understand({"prompt": "x" * 9999}, sent_by(ADA))["error"] == "error_prompt_long"


def test_answers_survive_whatever_a_script_sends(handlers):
    for sent in ({}, {"id": 7}, {"id": None, "language": ["fr"]}, {"id": "../../etc", "preview_number": {}}):
        assert handlers.look(sent, sent_by(ADA)) == {"state": "unknown"}
        assert handlers.understand(sent, sent_by(ADA))["understood"] == []


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
