"""Who works on what: the order of the queue, leases, workers that die, and many of them at the same moment."""

import threading
import time
import uuid

import pytest

from data.client import PostgresDatabase
from data.errors import LeaseLost, LimitReached
from data.postgres import EmbeddedPostgres
from tests.data.world import World, request, storyboard


def test_one_member_may_have_a_few_in_the_making(world: World) -> None:
    (author,) = world.people("author")
    asked = [world.ask(author) for _ in range(5)]
    with pytest.raises(LimitReached):
        world.ask(author)
    author.call("cancel_generation", id=asked[0])
    world.ask(author)
    assert world.claim() is not None and world.claim() is not None
    assert world.claim() is None, "two of one member run at a time"


def test_the_installation_runs_no_more_than_it_may(world: World) -> None:
    people = world.people("ann", "ben", "cem")
    world.serve("change_settings", changes={"running_in_total": 2})
    for person in people:
        world.ask(person)
    first, second = world.claim(), world.claim()
    assert world.claim() is None
    world.finish(first)
    assert world.claim() is not None
    world.finish(second)


def test_plus_members_come_first_then_the_oldest(world: World) -> None:
    ann, ben, plus = world.people("ann", "ben", "plus")
    world.serve("appoint", handle="plus", role="member", plan="plus")
    asked = [world.ask(ann), world.ask(ben), world.ask(plus)]
    assert ben.call("generation", id=asked[1])["ahead"] == 2
    assert [world.claim()["id"] for _ in range(3)] == [asked[2], asked[0], asked[1]]


def test_a_worker_takes_only_what_its_engines_can_do(world: World) -> None:
    (author,) = world.people("author")
    world.serve("set_engine_price", engine="wan", credits=3)
    asked = author.call("request_generation", request=request(engine="wan", seconds=11), storyboard=storyboard())
    assert asked["cost"] == 9
    assert world.claim(engines=["world"]) is None
    assert world.claim(engines=["world", "wan"])["id"] == asked["id"]


def test_a_killed_worker_loses_its_lease_and_cannot_finish_any_more(world: World) -> None:
    (author,) = world.people("author")
    world.ask(author)
    lost = world.claim()
    assert world.claim() is None
    world.expire(lost["id"])
    found = world.claim()
    assert found["id"] == lost["id"] and found["lease"] != lost["lease"] and found["attempts"] == 2
    for function, arguments in (
        ("renew_lease", {}),
        ("fail_generation", {"code": "x", "error": "x"}),
        ("refuse_generation", {"rule": "x", "reason": "x"}),
        ("finish_generation", {"clip": {}}),
    ):
        with pytest.raises(LeaseLost):
            world.serve(function, generation=lost["id"], lease=lost["lease"], **arguments)
    world.finish(found)
    with pytest.raises(LeaseLost):
        world.finish(found)
    assert len(author.call("drafts")) == 1


def test_a_generation_whose_workers_keep_dying_fails_with_a_reason_and_is_paid_back(world: World) -> None:
    (author,) = world.people("author")
    before = author.balance()
    asked = world.ask(author)
    assert author.balance() == before - 1
    for _ in range(3):
        world.expire(world.claim()["id"])
    assert world.claim() is None
    ended = author.call("generation", id=asked)
    assert (ended["state"], ended["error_code"], ended["attempts"]) == ("failed", "worker_lost", 3)
    assert "stopped answering" in ended["error"]
    assert author.balance() == before


def test_a_failed_attempt_waits_longer_each_time(world: World) -> None:
    (author,) = world.people("author")
    asked = world.ask(author)
    pauses = []
    for _ in range(2):
        claimed = world.claim()
        state = world.serve(
            "fail_generation", generation=asked, lease=claimed["lease"], code="engine", error="It broke."
        )
        assert state == "queued" and world.claim() is None
        pauses.append(
            world.owner.execute(
                "select extract(epoch from run_after - clock_timestamp()) from public.generations"
            ).fetchone()[0]
        )
        world.owner.execute("update public.generations set run_after = now()")
    assert 9 < pauses[0] <= 10 and 19 < pauses[1] <= 20
    claimed = world.claim()
    state = world.serve("fail_generation", generation=asked, lease=claimed["lease"], code="engine", error="It broke.")
    assert state == "failed"
    assert author.call("generation", id=asked)["error"] == "It broke."


def test_work_that_is_given_back_was_never_begun(world: World) -> None:
    (author,) = world.people("author")
    asked = world.ask(author)
    claimed = world.claim()
    lease = {"generation": asked, "lease": claimed["lease"]}
    world.serve("store_media", path=f"clips/{uuid.uuid4().hex}.mp4", purpose="clip", **lease)
    world.serve("renew_lease", stage="render", progress=0.5, preview="aGk=", **lease)
    world.serve("release_generation", **lease)
    back = author.call("generation", id=asked)
    assert (back["state"], back["attempts"], back["progress"], back["stage"]) == ("queued", 0, 0, "")
    assert author.call("generation_preview", id=asked) is None
    assert len(world.serve("media_to_delete")) == 1
    with pytest.raises(LeaseLost):
        world.serve("renew_lease", **lease)
    assert world.claim()["attempts"] == 1


def test_many_workers_and_requests_at_once_make_every_clip_once(
    world: World, server: EmbeddedPostgres, database_name: str
) -> None:
    people = world.people("ann", "ben", "cem", "dan")
    asked = {world.ask(person) for person in people for _ in range(4)}
    made: list[str] = []
    most_running: list[int] = []

    def work() -> None:
        client = PostgresDatabase(server.address(user="authenticator", database=database_name), pool_size=1)
        mine = World(client, world.owner)
        idle_since = time.monotonic()
        while time.monotonic() - idle_since < 1:
            if claimed := mine.claim():
                running = client.call("generation", user=author_of[claimed["author"]].caller, id=claimed["id"])
                most_running.append(running["state"] == "running")
                mine.finish(claimed)
                made.append(claimed["id"])
                idle_since = time.monotonic()
        client.close()

    author_of = {person.id: person for person in people}
    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(made) == sorted(asked) and all(most_running)
    assert world.owner.execute("select count(*) from public.clips").fetchone() == (16,)


def test_members_ask_at_once_and_none_passes_the_limit(
    world: World, server: EmbeddedPostgres, database_name: str
) -> None:
    (author,) = world.people("author")
    accepted = []

    def ask() -> None:
        client = PostgresDatabase(server.address(user="authenticator", database=database_name), pool_size=1)
        for _ in range(3):
            try:
                client.call("request_generation", user=author.caller, request=request(), storyboard=storyboard())
                accepted.append(1)
            except LimitReached:
                continue
        client.close()

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(accepted) == 5
    assert author.balance() == 25


def test_claims_at_the_same_moment_never_pass_the_total_limit(
    world: World, server: EmbeddedPostgres, database_name: str
) -> None:
    for person in world.people(*(f"author{number}" for number in range(8))):
        world.ask(person)
    world.serve("change_settings", changes={"running_in_total": 3})
    clients = [
        PostgresDatabase(server.address(user="authenticator", database=database_name), pool_size=1) for _ in range(8)
    ]
    together = threading.Barrier(8)
    claimed: list[dict] = []

    def claim(client: PostgresDatabase) -> None:
        mine = World(client, world.owner)
        mine.serve("media_to_delete")  # the connection stands
        together.wait()
        if found := mine.claim():
            claimed.append(found)

    threads = [threading.Thread(target=claim, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        client.close()
    assert len(claimed) == 3
