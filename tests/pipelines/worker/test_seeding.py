"""The first feed: demo members' clips, made like everybody's, behind everybody's, and posted once."""

from pathlib import Path

import pytest

from data import seeding
from data.client import VISITOR
from data.opening import Data
from pipelines.director import direct
from pipelines.request import SHAPES
from pipelines.worker.seeding import needs_seed, plant_seeds
from tests.data.world import World
from tests.pipelines.worker.asking import Employ, Slow, ask, until

FEW = """name,member,shape,seed,prompt,caption,remix_of
dog,lark,9:16,1,A dog runs.,A dog,
fish,wren,1:1,2,Un poisson nage.,Un poisson,
night,wren,9:16,3,A dog runs at night.,The same dog later,dog
"""


@pytest.fixture()
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seeds instead of all, so that a story is short."""
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "clips.csv").write_text(FEW, encoding="utf-8")
    planted = seeding.seeds(folder)
    monkeypatch.setattr(seeding, "seeds", lambda: planted)


def posts(data: Data) -> list[dict]:
    """The feed as a visitor sees it."""
    return data.database.call("latest_feed", user=VISITOR)


def test_every_seed_can_be_made_and_is_understood_word_for_word() -> None:
    members, planted = seeding.demo_members(), seeding.seeds()
    names = [seed.name for seed in planted]
    assert len(planted) >= 12 and len(set(names)) == len(names)
    assert {seed.member for seed in planted} == set(members) and len(members) == 3
    assert {member.language for member in members.values()} == {"en", "fr"}
    for seed in planted:
        storyboard = direct(seed.prompt, seconds=5)
        assert storyboard.coverage.missed == (), seed.name
        assert seed.shape in SHAPES and len(seed.caption) <= 500
    (remix,) = [seed for seed in planted if seed.remix_of]
    assert names.index(remix.remix_of) < names.index(remix.name)
    assert len({shot.place for seed in planted for shot in direct(seed.prompt).shots}) >= 8


def test_an_empty_installation_gets_a_feed_and_the_first_person_still_moderates(
    data: Data, world: World, few: None, employ: Employ
) -> None:
    assert needs_seed(data.database)
    plant_seeds(data)
    worker = employ()
    feed = until(lambda: len(found := posts(data)) == 3 and found)
    worker.close()
    assert {(post["author"]["handle"], post["caption"]) for post in feed} == {
        ("lark", "A dog"),
        ("wren", "Un poisson"),
        ("wren", "The same dog later"),
    }
    by_caption = {post["caption"]: post["clip"] for post in feed}
    assert by_caption["The same dog later"]["parent"] == by_caption["A dog"]["id"]
    assert not needs_seed(data.database)
    assert data.database.call("site", user=VISITOR)["empty"], "demo members are nobody's account"
    first = world.join("first")
    assert first.call("my_profile")["role"] == "moderator"
    assert world.join("second").call("my_profile")["role"] == "member"


def test_planting_twice_asks_once_and_a_restart_goes_on(data: Data, world: World, few: None, tmp_path: Path) -> None:
    plant_seeds(data)
    plant_seeds(data)
    assert world.owner.execute("select count(*) from public.generations").fetchone() == (2,)
    world.join("somebody")  # joins while the clips are made
    world.finish(world.claim())  # the app is killed before it can post this one
    assert needs_seed(data.database)
    plant_seeds(data)
    assert len(posts(data)) == 1
    plant_seeds(data)
    assert len(posts(data)) == 1


def test_what_was_taken_down_stays_down(data: Data, world: World, few: None) -> None:
    plant_seeds(data)
    world.finish(world.claim())
    plant_seeds(data)
    (post,) = posts(data)
    world.owner.execute("update public.posts set removed_at = now(), removed_reason = 'moderation'")
    plant_seeds(data)
    assert posts(data) == []


def test_an_installation_with_people_is_left_as_it_is(data: Data, world: World) -> None:
    world.join("somebody")
    assert not needs_seed(data.database)


def test_a_persons_own_prompt_goes_first_even_before_one_in_the_making(
    data: Data, world: World, few: None, employ: Employ
) -> None:
    (author,) = world.people("author")
    plant_seeds(data)
    slow = Slow()
    worker = employ(slow)
    assert slow.begun.wait(10) and slow.jobs[0].maker in ("lark", "wren")
    mine = ask(author)
    assert author.call("generation", id=mine)["ahead"] == 0
    worker.nudge()
    until(lambda: len(slow.jobs) > 1)
    assert slow.jobs[1].maker == "author"
    states = dict(world.owner.execute("select state, count(*) from public.generations group by 1").fetchall())
    assert states == {"queued": 2, "running": 1}, "the demo clip went back into the queue"


def test_nobody_signs_in_as_a_demo_member(data: Data, world: World, few: None) -> None:
    plant_seeds(data)
    assert world.owner.execute("select count(*) from auth.users where encrypted_password is not null").fetchone() == (
        0,
    )
    assert world.owner.execute("select count(*) from auth.sessions").fetchone() == (0,)


def test_a_taken_handle_is_its_owners(data: Data, world: World, few: None) -> None:
    lark = world.join("lark")
    plant_seeds(data)
    assert lark.call("my_generations") == []
    assert world.owner.execute("select count(*) from public.generations").fetchone() == (1,), "wren's"
