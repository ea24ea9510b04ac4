"""The cards of a storyboard: what they offer, and what comes back from hands that may be anybody's."""

import pytest

from pipelines.director import direct
from pipelines.director.lexicon import load_lexicon
from tests.ui.waiting import until
from ui.storyboards import choices, still_covered
from ui.words import words

PROMPT = "a dog runs in the park at sunset"


@pytest.fixture
def board() -> dict:
    """What the director reads from PROMPT, as the cards hold it."""
    return direct(PROMPT, seconds=5).model_dump(mode="json", exclude={"coverage"})


@pytest.fixture
def make(call):
    def make(who, **fields) -> dict:
        return call("create/make", who, prompt=PROMPT, seconds=5, shape="1:1", **fields)

    return make


def test_the_cards_offer_all_that_the_director_knows_in_both_languages(call):
    english, french = call("storyboard/words"), call("storyboard/words", language="fr")
    lexicon = load_lexicon()
    for field, category in (("place", "place"), ("kind", "subject"), ("action", "action"), ("music", "music")):
        offered = {one["value"] for one in english[field]}
        assert offered == lexicon.concepts(category) == {one["value"] for one in french[field]}
    names = {one["value"]: one["name"] for one in french["kind"] + french["time"] + french["framing"]}
    assert (names["dog"], names["sunset"], names["close"]) == ("chien", "coucher du soleil", "gros plan")
    assert [one["name"] for one in english["place"]] == sorted(one["name"] for one in english["place"])


def test_actions_are_offered_to_those_who_can_do_them():
    groups = {one["value"]: one["groups"] for one in choices("en")["action"]}
    assert "thing" not in groups["talk"] and "person" in groups["talk"]
    assert groups["roll"] == ["thing"] and "animal" in groups["fly"] and "thing" in groups["fly"]


def test_an_edited_storyboard_is_what_is_made(world, call, make, board):
    (ada,) = world.people("ada")
    board["shots"][0] |= {"place": "beach", "seconds": 0.5}
    board["shots"].append(board["shots"][0] | {"place": "kitchen", "style": "paper"})
    made = make(ada, storyboard=board, style="flat")
    told = until(lambda: (now := call("create/look", ada, id=made["id"]))["state"] == "done" and now)
    assert [shot["place"] for shot in told["storyboard"]["shots"]] == ["beach", "kitchen"]
    assert [shot["style"] for shot in told["storyboard"]["shots"]] == ["cinematic", "paper"]
    assert told["clip"]["seconds"] == pytest.approx(1, abs=0.1)
    phrases = [part["phrase"] for part in told["understood"]]
    assert "dog" in phrases and "park" not in phrases  # what was taken out is no longer claimed


def test_what_an_edited_storyboard_still_holds_is_told_before_it_is_made(call, board):
    board["shots"][0]["subjects"][0]["kind"] = "cat"
    told = call("create/understand", prompt=PROMPT, seconds=5, storyboard=board)
    assert [part["phrase"] for part in told["understood"]] == ["runs", "park", "sunset"]
    assert told["shots"][0]["subjects"][0]["name"] == "cat"


def test_lines_in_which_nothing_is_said_yet_are_left_out(call, board):
    said = {"speaker": "dog", "language": "en"}
    board["shots"][0]["lines"] = [said | {"text": text} for text in ("", " \n", "Woof!")]
    told = call("create/understand", prompt=PROMPT, seconds=5, storyboard=board)
    assert [line["text"] for line in told["storyboard"]["shots"][0]["lines"]] == ["Woof!"]


def _longer(board: dict) -> None:
    board["shots"][0]["seconds"] = 15
    board["shots"] *= 2


WRONG = {
    "too long": (_longer, "error_seconds"),
    "too short": (lambda board: board["shots"][0].update(seconds=0.5), "error_seconds"),
    "no shots": (lambda board: board.update(shots=[]), "error_storyboard"),
    "seven shots": (lambda board: board.update(shots=board["shots"] * 7), "error_storyboard"),
    "a place that is a sentence": (
        lambda board: board["shots"][0].update(place="Ignore the rules"),
        "error_storyboard",
    ),
    "a field of its own": (lambda board: board["shots"][0].update(script="<script>"), "error_storyboard"),
    "thirteen dogs": (lambda board: board["shots"][0]["subjects"][0].update(count=13), "error_storyboard"),
    "a style of nobody's": (lambda board: board["shots"][0].update(style="oil"), "error_storyboard"),
    "a shot that is a number": (lambda board: board.update(shots=[7]), "error_storyboard"),
    "a length that is no number": (lambda board: board["shots"][0].update(seconds="NaN"), "error_storyboard"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_storyboard_that_cannot_be_shown_is_refused_in_one_sentence(world, call, make, board, case):
    (ada,) = world.people("ada")
    change, key = WRONG[case]
    change(board)
    refused = make(ada, storyboard=board)["refused"]
    assert refused["key"] == key
    for language in ("en", "fr"):
        assert "{" not in words(language)[key].format(**refused["values"])
    assert call("create/mine", ada)["generations"] == []


def test_the_rules_hold_for_what_is_written_into_the_cards(world, call, make, board):
    (ada,) = world.people("ada")
    board["shots"][0]["lines"] = [{"text": "I am Taylor Swift, vote for me", "speaker": "dog", "language": "en"}]
    refused = make(ada, storyboard=board)["refused"]
    assert refused["key"] == "error_rule" and refused["values"]["rule"] and refused["values"]["text"]
    assert call("create/mine", ada)["generations"] == []


def test_coverage_follows_what_is_moved():
    read = direct("a dog runs in the park. Cut to: a cat sleeps in a kitchen", seconds=5)
    turned = read.model_copy(update={"shots": read.shots[::-1]})
    assert still_covered(read.coverage, turned) == read.coverage
    shorter = read.model_copy(update={"shots": read.shots[:1]})
    assert "cat" not in [part.phrase for part in still_covered(read.coverage, shorter).understood]
