"""A request is accepted once, paid once, worked on by one worker at a time, and ends once: as a clip or as a reason."""

import uuid

import pytest

from data.client import VISITOR
from data.errors import Invalid, LeaseLost, NotFound, NotSignedIn, OutOfCredits, WrongState
from tests.data.world import World, request, storyboard


def test_a_request_becomes_a_clip(world: World) -> None:
    (author,) = world.people("author")
    asked = author.call(
        "request_generation", request=request(), storyboard=storyboard(), coverage={"missed": ["a fox"]}
    )
    assert (asked["state"], asked["ahead"], asked["cost"], asked["clip"]) == ("queued", 0, 1, None)
    assert not {"lease", "key", "worker"} & asked.keys()

    claimed = world.claim()
    assert (claimed["id"], claimed["handle"], claimed["seed"], claimed["references"]) == (asked["id"], "author", 7, [])
    world.serve(
        "renew_lease",
        generation=claimed["id"],
        lease=claimed["lease"],
        stage="render",
        progress=0.5,
        seconds_left=3,
        preview="aGk=",
    )
    seen = author.call("generation", id=asked["id"])
    assert (seen["state"], seen["stage"], seen["progress"], seen["seconds_left"]) == ("running", "render", 0.5, 3)
    assert author.call("generation_preview", id=asked["id"])["image"] == "aGk="

    clip = world.finish(claimed, engine_version="1.0", mark=42)
    ended = author.call("generation", id=asked["id"])
    assert (ended["state"], ended["progress"], ended["clip"], ended["error"]) == ("done", 1, clip, None)
    assert author.call("generation_preview", id=asked["id"]) is None
    (draft,) = author.call("drafts")
    assert (draft["id"], draft["mark"], draft["people"], draft["seconds"]) == (clip, 42, [], 5)
    recipe = author.call("clip", id=clip)
    assert (recipe["seed"], recipe["storyboard"], recipe["coverage"]) == (7, storyboard(), {"missed": ["a fox"]})
    assert "clip_ready" in [note["kind"] for note in author.call("notifications")]
    assert world.serve("media_to_delete") == []
    assert world.claim() is None


def test_a_double_click_is_one_request(world: World) -> None:
    (author,) = world.people("author")
    key = str(uuid.uuid4())
    first, second = world.ask(author, key=key), world.ask(author, key=key)
    assert first == second
    assert len(author.call("my_generations")) == 1
    assert [entry["amount"] for entry in author.call("credit_history") if entry["kind"] == "generation"] == [-1]


WRONG = {
    "no prompt": {"request": {"prompt": "  "}},
    "a long prompt": {"request": {"prompt": "x" * 2001}},
    "not an object": {"request": []},
    "no shots": {"storyboard": {"shots": []}},
    "seven shots": {"storyboard": {"shots": [{}] * 7}},
    "shots that are no list": {"storyboard": {"shots": "all"}},
    "too long": {"request": request(seconds=21)},
    "seconds in words": {"request": request(seconds="five")},
    "a negative seed": {"request": request(seed=-1)},
    "an unknown engine": {"request": request(engine="magic")},
    "too large": {"storyboard": storyboard() | {"note": "x" * 200_001}},
    "nine references": {"references": [{"path": "a"}] * 9},
    "an empty reference": {"references": [{}]},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_in_words_and_costs_nothing(world: World, case: str) -> None:
    (author,) = world.people("author")
    before = author.balance()
    with pytest.raises(Invalid) as refusal:
        author.call("request_generation", **({"request": request(), "storyboard": storyboard()} | WRONG[case]))
    assert str(refusal.value).endswith(".")
    assert author.balance() == before and author.call("my_generations") == []


def test_a_visitor_and_an_account_without_a_profile_cannot_ask(world: World) -> None:
    world.people()
    with pytest.raises(NotSignedIn):
        world.database.call("request_generation", user=world.account(), request=request(), storyboard=storyboard())


def test_a_picture_of_somebody_else_cannot_be_referred_to(world: World) -> None:
    author, other = world.people("author", "other")
    path = f"uploads/{uuid.uuid4().hex}.jpg"
    other.call("store_upload", path=path)
    with pytest.raises(NotFound):
        world.ask(author, references=[{"path": path}])
    world.ask(other, references=[{"path": path}])
    assert world.claim()["references"] == [{"path": path, "clip": None, "poster_path": None, "video_path": None}]


def test_what_cannot_be_tried_again_or_is_refused_ends_at_once(world: World) -> None:
    (author,) = world.people("author")
    before = author.balance()
    world.ask(author)
    claimed = world.claim()
    lease = {"generation": claimed["id"], "lease": claimed["lease"]}
    assert world.serve("fail_generation", code="disk", error="The disk is full.", retry=False, **lease) == "failed"
    world.ask(author)
    claimed = world.claim()
    lease = {"generation": claimed["id"], "lease": claimed["lease"]}
    world.serve("refuse_generation", rule="violence.gore", reason="Blood may not be shown.", **lease)
    ended = author.call("generation", id=claimed["id"])
    assert (ended["state"], ended["error_code"], ended["error"]) == (
        "refused",
        "violence.gore",
        "Blood may not be shown.",
    )
    assert author.balance() == before


def test_cancelling_pays_back_once_and_stops_the_worker(world: World) -> None:
    (author,) = world.people("author")
    before = author.balance()
    waiting, running = world.ask(author), None
    author.call("cancel_generation", id=waiting)
    running = world.ask(author)
    claimed = world.claim()
    author.call("cancel_generation", id=running)
    with pytest.raises(LeaseLost):
        world.serve("renew_lease", generation=running, lease=claimed["lease"])
    with pytest.raises(WrongState):
        author.call("cancel_generation", id=running)
    assert author.balance() == before


def test_half_made_files_are_swept_and_finished_ones_stay(world: World) -> None:
    (author,) = world.people("author")
    world.ask(author)
    claimed = world.claim()
    orphan = f"clips/{uuid.uuid4().hex}.mp4"
    lease = {"generation": claimed["id"], "lease": claimed["lease"]}
    world.serve("store_media", path=orphan, purpose="clip", **lease)
    world.expire(claimed["id"])
    clip = world.finish(world.claim())
    assert world.serve("media_to_delete") == [orphan]
    assert world.serve("forget_media", paths=[orphan]) == 1
    assert world.serve("known_media", paths=[orphan]) == []
    author.call("delete_clip", clip=clip)
    due = world.serve("media_to_delete")
    assert len(due) == 3 and world.serve("forget_media", paths=due) == 3


def test_a_clip_needs_files_that_were_listed(world: World) -> None:
    (author,) = world.people("author")
    world.ask(author)
    claimed = world.claim()
    clip = {"video_path": "a", "poster_path": "b", "preview_path": "c", "sha256": "0" * 64, "seconds": 5, "bytes": 1}
    clip |= {"width": 540, "height": 960}
    with pytest.raises(Invalid, match="three files"):
        world.serve("finish_generation", generation=claimed["id"], lease=claimed["lease"], clip=clip)
    assert author.call("generation", id=claimed["id"])["state"] == "running", "the refused finish changed nothing"
    world.finish(claimed)


def test_paths_that_could_be_guessed_or_lead_elsewhere_are_refused(world: World) -> None:
    (author,) = world.people("author")
    for path in (
        "uploads/me.jpg",
        "../../etc/passwd",
        f"/uploads/{uuid.uuid4().hex}",
        f"uploads/{uuid.uuid4().hex}/../x",
    ):
        with pytest.raises(Invalid):
            author.call("store_upload", path=path)


def test_the_daily_allowance_fills_up_once_a_day_and_runs_out(world: World) -> None:
    (author,) = world.people("author")
    world.serve("change_settings", changes={"daily_credits": 2})
    assert author.balance() == 2
    world.make(author)
    world.make(author)
    with pytest.raises(OutOfCredits, match="1 credits and you have 0"):
        world.ask(author)
    assert author.balance() == 0, "nothing more today"
    world.owner.execute("update public.credit_entries set day = day - 1 where kind = 'daily'")
    assert author.balance() == 2
    world.serve("give_credits", handle="author", amount=10, note="welcome")
    world.owner.execute("update public.credit_entries set day = day - 1 where kind = 'daily'")
    assert author.balance() == 12, "the allowance does not pile up on top of a gift"
    kinds = [entry["kind"] for entry in author.call("credit_history")]
    assert kinds == ["gift", "daily", "generation", "generation", "daily"]


def test_every_balance_is_the_sum_of_its_ledger(world: World) -> None:
    (author,) = world.people("author")
    world.make(author)
    author.call("cancel_generation", id=world.ask(author))
    sums = world.owner.execute(
        "select a.balance, (select sum(e.amount) from public.credit_entries e where e.profile = a.profile) "
        "from public.credit_accounts a"
    )
    assert [kept == summed for kept, summed in sums] == [True]


def test_everybody_may_know_how_fast_an_engine_is_and_how_busy(world: World) -> None:
    (author,) = world.people("author")
    assert world.database.call("engine_speeds", user=VISITOR)["world"] == {
        "waiting": 0,
        "seconds_per_megapixel_second": None,
    }
    world.make(author)  # five seconds of 540 × 960: 2.592 megapixel seconds
    world.owner.execute("update public.generations set started_at = finished_at - interval '12.96 seconds'")
    world.ask(author)
    told = world.database.call("engine_speeds", user=VISITOR)["world"]
    assert told["waiting"] == 1
    assert told["seconds_per_megapixel_second"] == pytest.approx(5)
