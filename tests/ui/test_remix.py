"""What the Remix tab answers: a source to those who may remix it, changes before and after, new clips from old."""

import pytest

from data.client import VISITOR
from data.errors import NoPermission, NotAllowed, NotFound, NotSignedIn, WrongState
from pipelines.director import direct
from pipelines.worker import Worker
from tests.ui.waiting import until
from ui.words import words

PROMPT = "A black dog with a red hat runs on a beach at sunset. A ball rolls."


@pytest.fixture
def clip(call):
    """Makes a clip, by default published for everybody to remix: clip(ada, allow_remix=False)."""

    def clip(who, prompt: str = PROMPT, seconds: int = 1, publish: bool = True, **switches) -> str:
        made = call("create/make", who, prompt=prompt, seconds=seconds, shape="9:16", seed="7")
        id = done(call, who, made["id"])["clip"]["id"]
        if publish:
            call("post/publish", who, clip=id, caption="", visibility="public", **switches)
        return id

    return clip


@pytest.fixture
def stored(world, studio):
    """The id of a clip whose files nobody drew, by default published: stored(ada, allow_remix=False)."""
    studio.worker.close()  # the test is the worker

    def stored(who, prompt: str = PROMPT, *handles: str, publish: bool = True, **switches) -> str:
        board = direct(prompt).model_dump(mode="json")
        id = world.make(who, *handles, **({} if handles else {"storyboard": board}))
        if publish:
            world.publish(who, id, **switches)
        return id

    return stored


def done(call, who, generation: str) -> dict:
    """A generation, once it has become a clip."""
    now = until(
        lambda: (n := call("create/look", who, id=generation))["state"] not in ("queued", "running") and n, seconds=60
    )
    assert now["state"] == "done", now.get("problem")
    return now


def test_a_clip_is_shown_with_its_storyboard_and_without_its_prompt(world, call, stored):
    ada, ben = world.people("ada", "ben")
    id = stored(ada)
    source = call("remix/source", ben, clip=id, language="fr")
    assert (source["maker"], source["prompt"], source["clip"]["id"]) == ("ada", "", id)
    assert source["shots"][0]["subjects"][0]["name"] == "chien" and source["understood"] == []
    assert call("remix/source", ada, clip=id)["prompt"]


def test_what_an_instruction_changes_is_told_before_and_after_in_the_readers_language(world, call, stored):
    ada, ben = world.people("ada", "ben")
    id = stored(ada)
    read = call("remix/read", ben, clip=id, instruction="make it night, replace the dog by a cat and add a zorblax")
    told = {(row["what"], row["before"], row["after"]): row for row in read["changes"]}
    assert {("time", "sunset", "night"), ("kind", "dog", "cat"), ("colours", "black", "")} == told.keys()
    assert told["time", "sunset", "night"]["phrase"] == "make it night"
    assert read["missed"] == ["zorblax"]
    french = call("remix/read", ben, clip=id, instruction="mets-le de nuit", language="fr")
    assert [(row["before"], row["after"]) for row in french["changes"]] == [("coucher du soleil", "nuit")]


def test_a_change_can_be_taken_back(world, call, stored):
    (ada,) = world.people("ada")
    id = stored(ada, publish=False)
    sent = {"clip": id, "instruction": "make it night and add rain"}
    night, rain = call("remix/read", ada, **sent)["changes"]
    changed = call("remix/read", ada, **sent, undone=night["ids"])
    assert [row["ids"] for row in changed["changes"]] == [night["ids"], rain["ids"]]  # still there, to be wanted again
    shot = changed["storyboard"]["shots"][0]
    assert (shot["time"], shot["weather"]) == ("sunset", "rain")


def test_the_same_change_of_every_shot_is_one_row(world, call, stored):
    (ada,) = world.people("ada")
    id = stored(ada, "Shot 1: a dog runs in a park. Shot 2: a cat sits in a kitchen.", publish=False)
    (row,) = call("remix/read", ada, clip=id, instruction="make it night")["changes"]
    assert (len(row["ids"]), row["where"]) == (2, "")
    (row,) = call("remix/read", ada, clip=id, instruction="in the second shot, make it night")["changes"]
    assert row["where"] == "shot 2"


def test_a_remix_becomes_a_clip_with_its_parent(world, call, clip):
    ada, ben = world.people("ada", "ben")
    id = clip(ada)
    sent = {"clip": id, "instruction": "make it night", "key": "11111111-2222-4333-8444-555555555555"}
    made = call("remix/make", ben, **sent)
    assert call("remix/make", ben, **sent) == made  # pressed twice
    now = done(call, ben, made["id"])
    assert (now["parent"], now["prompt"], now["seed"]) == (id, "make it night", 7)
    assert now["storyboard"]["shots"][0]["time"] == "night"
    assert (now["width"], now["height"]) == (now["clip"]["width"], now["clip"]["height"])


def test_a_storyboard_that_was_edited_by_hand_is_made_and_checked(world, call, clip):
    (ada,) = world.people("ada")
    id = clip(ada, publish=False)
    board = call("remix/source", ada, clip=id)["storyboard"]
    board["shots"][0]["place"] = "forest"
    made = call("remix/make", ada, clip=id, storyboard=board)
    assert done(call, ada, made["id"])["storyboard"]["shots"][0]["place"] == "forest"
    board["shots"][0]["time"] = "<b>noon</b>"
    assert call("remix/make", ada, clip=id, storyboard=board)["refused"]["key"] == "error_storyboard"


@pytest.mark.parametrize("instruction", ["", "at sunset", "zorblax"])
def test_a_remix_that_changes_nothing_is_not_made(world, call, stored, instruction):
    (ada,) = world.people("ada")
    refused = call("remix/make", ada, clip=stored(ada, publish=False), instruction=instruction)["refused"]
    assert refused["key"] == "remix_nothing"


def test_the_rules_hold_for_instructions_too(world, call, stored):
    (ada,) = world.people("ada")
    id = stored(ada, publish=False)
    refused = call("remix/make", ada, clip=id, instruction="make it night with Mickey Mouse")["refused"]
    assert refused["key"] == "remix_refused" and refused["values"]["text"]


CALLS = {
    "remix/source": {},
    "remix/read": {"instruction": "make it night"},
    "remix/make": {"instruction": "make it night"},
    "remix/next": {},
    "remix/extend": {},
    "remix/trim": {"start": 0, "end": 1000},
}


def test_a_clip_that_offers_no_remix_is_refused_everywhere(world, call, stored):
    ada, ben = world.people("ada", "ben")
    closed, draft = stored(ada, allow_remix=False), stored(ada, publish=False)
    own = stored(ben, publish=False)
    for name, sent in CALLS.items():
        with pytest.raises(NotAllowed):
            call(name, ben, clip=closed, **sent)
        with pytest.raises(NotFound):
            call(name, ben, clip=draft, **sent)
        with pytest.raises(NotSignedIn):
            call(name, VISITOR, clip=closed, **sent)
    for other, error in ((closed, NotAllowed), (draft, NotFound)):
        with pytest.raises(error):
            call("remix/join", ben, clips=[own, other])
    assert [one["clip"] for one in ben.call("my_generations")] == [own]
    assert call("remix/source", ada, clip=closed)["clip"]["id"] == closed  # its author may


def test_a_clip_is_cut_joined_and_goes_on(world, call, clip):
    ada, ben = world.people("ada", "ben")
    first, second = clip(ada, seconds=2), clip(ben, "a cat in a kitchen", publish=False)
    cut = done(call, ben, call("remix/trim", ben, clip=first, start=500, end=1700)["id"])
    assert cut["clip"]["seconds"] == pytest.approx(1.2, abs=0.05) and cut["parent"] == first
    assert cut["prompt"] == "From 0.5 to 1.7 s"
    both = done(call, ben, call("remix/join", ben, clips=[second, first])["id"])
    assert both["clip"]["seconds"] == 3 and [shot["seconds"] for shot in both["shots"]] == [1, 2]
    next = call("remix/next", ben, clip=second, instruction="the cat sleeps for 1 second")
    assert next["shots"][0]["subjects"][0]["about"] == ["sleep"]
    longer = call("remix/extend", ben, clip=second, instruction="the cat sleeps for 1 second")
    longer = done(call, ben, longer["id"])
    assert longer["clip"]["seconds"] == pytest.approx(1 + next["shots"][0]["seconds"], abs=0.05)
    assert len(longer["shots"]) == 2


@pytest.mark.parametrize(
    ("name", "sent", "key"),
    [
        ("remix/trim", {"start": 0, "end": 500}, "remix_too_short"),
        ("remix/trim", {"start": 4500, "end": 9000}, "remix_too_short"),
        ("remix/trim", {}, "remix_too_short"),
        ("remix/extend", {"instruction": "zorblax"}, "remix_next_missing"),
    ],
)
def test_what_cannot_be_cut_gets_one_sentence(world, call, stored, name, sent, key):
    (ada,) = world.people("ada")
    refused = call(name, ada, clip=stored(ada, publish=False), **sent)["refused"]
    assert refused["key"] == key
    for language in ("en", "fr"):
        assert "{" not in words(language)[key].format(**refused["values"])


def test_too_many_clips_are_not_joined(world, call, stored):
    (ada,) = world.people("ada")
    id = stored(ada, "Shot 1: a dog. Shot 2: a cat. Shot 3: a fox. Shot 4: a bird.", publish=False)
    assert call("remix/join", ada, clips=[id])["refused"]["key"] == "remix_join_more"
    assert call("remix/join", ada, clips=[id, id])["refused"]["key"] == "remix_too_many"


def test_everybody_in_a_source_is_asked_by_the_database(world, call, stored):
    """Whoever may see a clip with somebody in it cannot cut it without that somebody's permission."""
    ada, ben = world.people("ada", "ben")
    world.cameo(ada, "only_me")
    starring = stored(ada, "", "ada")
    for name, sent in (("remix/trim", {"start": 0, "end": 2000}), ("remix/make", {"instruction": "make it night"})):
        refused = call(name, ben, clip=starring, **sent)["refused"]
        assert refused["key"] == "error_no_permission" and refused["values"]["handle"] == "ada"
    with pytest.raises(NoPermission):  # and with a storyboard that keeps silent about her
        ben.call(
            "request_generation",
            request={"prompt": "cut", "seconds": 5, "engine": "world", "edit": {"kind": "trim"}},
            storyboard={"shots": [{"seconds": 5, "place": "meadow"}]},
            parent=starring,
            references=[{"clip": starring}],
        )


def test_a_clip_that_waits_for_a_moderator_cannot_leave_as_a_cutting(world, studio, call):
    (ada,) = world.people("ada")
    studio.worker.close()
    world.ask(ada)
    held = world.finish(world.claim(), held=True)
    with pytest.raises(WrongState):
        call("remix/trim", ada, clip=held, start=0, end=2000)


def test_a_source_that_is_taken_down_meanwhile_is_told_and_not_used(world, studio, call, stored, tmp_path):
    ada, ben = world.people("ada", "ben")
    id = stored(ada)
    asked = call("remix/trim", ben, clip=id, start=0, end=2000)["id"]
    call("me/delete_clip", ada, clip=id)
    worker = Worker(studio.data, var=tmp_path)
    worker.start()
    try:
        ended = until(lambda: (n := call("create/look", ben, id=asked))["state"] == "failed" and n, seconds=30)
    finally:
        worker.close()
    assert "taken down" in ended["problem"]["text"]


def test_a_family_is_told_with_pictures(world, call, clip):
    ada, ben = world.people("ada", "ben")
    first = clip(ada)
    second = done(call, ben, call("remix/make", ben, clip=first, instruction="add rain")["id"])["clip"]["id"]
    family = call("remix/family", ben, clip=second)
    assert [(one["id"], one["maker"], one["step"]) for one in family["clips"]] == [
        (first, "ada", -1),
        (second, "ben", 0),
    ]
    assert all(one["poster"].startswith("/media/") for one in family["clips"]) and not family["hidden"]
    assert [one["id"] for one in call("remix/family", VISITOR, clip=first)["clips"]] == [first]
    call("me/delete_clip", ada, clip=first)
    alone = call("remix/family", ben, clip=second)
    assert len(alone["clips"]) == 1 and alone["hidden"]
