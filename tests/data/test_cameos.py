"""A captured likeness: how it is kept, who reads it, and how it is deleted."""

import pytest

from data.errors import Invalid, LeaseLost, NoPermission, NotAllowed, NotFound
from tests.data.world import World


def test_only_the_person_grants_their_own_cameo(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "people")
    with pytest.raises(NotFound):
        author.call("grant_cameo", handle="author")
    with pytest.raises(Invalid):
        star.call("grant_cameo", handle="star")


def test_a_cameo_needs_a_live_check_that_was_passed(world: World) -> None:
    (star,) = world.people("star")
    with pytest.raises(Invalid, match="live check"):
        world.record(star, live_check={"passed": False})
    with pytest.raises(Invalid, match="live check"):
        world.record(star, live_check={})


def test_a_likeness_is_read_by_its_owner_and_by_the_worker_that_may_use_it(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    assert star.call("my_likeness") == {"face": "aGk="}
    assert author.call("my_likeness") is None
    world.ask(author, "star")
    claimed = world.claim()
    lease = {"generation": claimed["id"], "lease": claimed["lease"]}
    assert world.serve("cameo_likeness", handle="star", **lease) == {"face": "aGk="}
    with pytest.raises(NotAllowed):
        author.call("cameo_likeness", handle="star", **lease)
    with pytest.raises(NoPermission):
        world.serve("cameo_likeness", handle="author", **lease)
    star.call("revoke_cameo", handle="author")
    with pytest.raises(LeaseLost):
        world.serve("cameo_likeness", handle="star", **lease)


def test_a_new_recording_replaces_the_likeness_for_new_clips(world: World) -> None:
    (star,) = world.people("star")
    world.cameo(star)
    assert world.record(star, "bmV3")["version"] == 2
    assert star.call("my_likeness") == {"face": "bmV3"}
    assert star.call("my_cameo")["audience"] == "only_me"


def test_deleting_a_cameo_deletes_the_likeness_itself(world: World) -> None:
    (star,) = world.people("star")
    world.cameo(star)
    star.call("delete_cameo", past_clips="keep")
    assert world.owner.execute("select count(*) from public.cameo_versions").fetchone() == (0,)
    assert star.call("my_cameo") is None
    with pytest.raises(NotFound):
        star.call("delete_cameo")
    world.cameo(star)  # and one may begin anew
    assert star.call("my_cameo")["version"] == 1
