"""A copy turns up: its mark, its looks or its sound lead back to the clip, and to no more than its holder may know."""

from pathlib import Path

import numpy as np
import pytest

from data.client import VISITOR
from data.errors import Invalid, NotAllowed
from data.origins import DatabaseLookup, KnownNumbers
from pipelines.provenance import Provenance, open_provenance
from pipelines.provenance.sound_prints import sound_prints
from pipelines.provenance.verify import verify
from tests.bench.attacks import Copy as Attacked
from tests.bench.attacks import coded, written
from tests.data.world import Person, World
from tests.pipelines.clips import pictures, samples
from tests.pipelines.provenance.scenes import made as made_clip


def hashes(seed: int, count: int = 4) -> list[bytes]:
    """Hashes of frames that are like no others."""
    random = np.random.default_rng(seed)
    return [random.bytes(32) for _ in range(count)]


def prints(seed: int, count: int = 120) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 2**32, count, dtype=np.int64)


def flipped(hash: bytes, *bits: int) -> bytes:
    """The hash with these bits changed."""
    changed = np.unpackbits(np.frombuffer(hash, np.uint8))
    changed[list(bits)] ^= 1
    return np.packbits(changed).tobytes()


def made(world: World, author: Person, mark: int, *handles: str, seed: int | None = None) -> str:
    """The id of a finished clip with this mark, which looks and sounds like no other."""
    seed = mark if seed is None else seed
    frames = [{"at": number / 2, "pdq": one.hex()} for number, one in enumerate(hashes(seed))]
    world.ask(author, *handles)
    return world.finish(world.claim(), mark=mark, fingerprint={"frames": frames, "sound": prints(seed).tolist()})


def lookup(world: World, user=VISITOR) -> DatabaseLookup:
    return DatabaseLookup(world.database, user)


def test_a_mark_leads_to_the_post_it_came_from(world: World) -> None:
    (author,) = world.people("author")
    clip = made(world, author, 77)
    world.publish(author, clip)
    origin = lookup(world).origin(77)
    assert (origin["mark"], origin["clip"], origin["maker"], origin["withdrawn"]) == (77, clip, "author", False)
    assert origin["made_at"].startswith("20")
    assert origin["looks"] == [one.hex() for one in hashes(77)]


def test_a_number_never_given_out_leads_nowhere(world: World) -> None:
    world.people()
    assert lookup(world).origin(78) is None


def test_a_draft_is_known_as_ours_but_not_whose(world: World) -> None:
    author, other = world.people("author", "other")
    clip = made(world, author, 77)
    for user in (VISITOR, other.caller):
        origin = lookup(world, user).origin(77)
        assert (origin["clip"], origin["maker"], origin["withdrawn"]) == (None, None, False)
    assert lookup(world, author.caller).origin(77)["clip"] == clip


def test_a_post_for_followers_names_its_maker_to_followers_alone(world: World) -> None:
    author, follower = world.people("author", "follower")
    world.publish(author, made(world, author, 77), visibility="followers")
    follower.call("follow", handle="author")
    assert lookup(world).origin(77)["maker"] is None
    assert lookup(world, follower.caller).origin(77)["maker"] == "author"


def test_a_deleted_clip_is_withdrawn_and_names_nobody(world: World) -> None:
    (author,) = world.people("author")
    clip = made(world, author, 77)
    world.publish(author, clip)
    author.call("delete_clip", clip=clip)
    origin = lookup(world).origin(77)
    assert (origin["withdrawn"], origin["clip"], origin["maker"]) == (True, None, None)


def test_a_clip_is_known_even_when_its_account_is_gone(world: World) -> None:
    (author,) = world.people("author")
    world.publish(author, made(world, author, 77))
    author.call("delete_account", handle="author")
    assert lookup(world).origin(77)["withdrawn"]
    assert [found["mark"] for found in lookup(world).frames_like(hashes(77), 31)] == [77]


def test_a_person_who_withdraws_consent_withdraws_the_mark(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    clip = made(world, author, 77, "star")
    world.publish(author, clip)
    assert not lookup(world).origin(77)["withdrawn"]
    star.call("withdraw_from_clip", clip=clip)
    assert lookup(world).origin(77)["withdrawn"]


def test_what_moderators_take_down_is_withdrawn_until_they_restore_it(world: World) -> None:
    (author,) = world.people("author")
    clip = made(world, author, 77)
    post = world.publish(author, clip)
    world.owner.execute(
        "update public.posts set removed_at = now(), removed_reason = 'moderation' where id = %s", (post,)
    )
    assert lookup(world).origin(77)["withdrawn"]
    world.owner.execute("update public.posts set removed_at = null, removed_reason = null where id = %s", (post,))
    assert not lookup(world).origin(77)["withdrawn"]


def test_taking_ones_own_post_down_is_no_withdrawal(world: World) -> None:
    (author,) = world.people("author")
    post = world.publish(author, made(world, author, 77))
    author.call("remove_post", post=post)
    origin = lookup(world).origin(77)
    assert (origin["withdrawn"], origin["maker"]) == (False, None)


@pytest.mark.parametrize("bits", [(), range(31), range(0, 248, 8), (*range(15), *range(240, 256))])
def test_frames_are_found_by_their_looks_up_to_31_bits_away(world: World, bits) -> None:
    (author,) = world.people("author")
    made(world, author, 77)
    made(world, author, 78)
    asked = [flipped(one, *bits) for one in hashes(77)[1:3]] + hashes(500)
    (found,) = lookup(world).frames_like(asked, 31)
    assert found == {"mark": 77, "distance": len(bits), "matched": 2}


def test_frames_further_away_are_others(world: World) -> None:
    (author,) = world.people("author")
    made(world, author, 77)
    assert lookup(world).frames_like([flipped(hashes(77)[0], *range(0, 256, 8))], 31) == []


def test_a_sound_is_found_by_some_of_its_prints(world: World) -> None:
    (author,) = world.people("author")
    made(world, author, 77)
    made(world, author, 78)
    heard = prints(77)[40:100] ^ np.where(np.arange(60) % 10, 3, 1)  # one in ten is one bit off, the rest two
    (found,) = lookup(world).sounds_like(heard)
    assert found["mark"] == 77
    assert found["prints"] == prints(77).tolist()
    assert lookup(world).sounds_like(prints(500)) == []
    assert lookup(world).sounds_like(np.zeros(50, np.int64)) == []


def test_every_number_is_known_and_only_new_ones_are_asked_for(world: World) -> None:
    (author,) = world.people("author")
    numbers = KnownNumbers()
    reader = DatabaseLookup(world.database, numbers=numbers)
    assert reader.known_marks() == []
    made(world, author, 77)
    made(world, author, 5)
    assert reader.known_marks() == [77, 5]
    made(world, author, 60)
    assert reader.known_marks() == [77, 5, 60]
    assert world.serve("known_marks", after=1, limit=1) == {"marks": [5], "position": 2}


def test_a_clip_without_a_mark_is_kept_as_well(world: World) -> None:
    (author,) = world.people("author")
    world.make(author)
    assert lookup(world).known_marks() == []


def test_no_two_clips_share_a_number(world: World) -> None:
    (author,) = world.people("author")
    made(world, author, 77)
    with pytest.raises(Exception, match="exists already"):
        made(world, author, 77, seed=1)


def test_members_ask_about_one_number_and_cannot_list_them(world: World) -> None:
    (author,) = world.people("author")
    for function, arguments in (
        ("known_marks", {}),
        ("frames_like", {"hashes": []}),
        ("sounds_like", {"prints": []}),
    ):
        with pytest.raises(NotAllowed):
            author.call(function, **arguments)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("frames_like", {"hashes": ["00"]}),
        ("frames_like", {"hashes": ["zz" * 32]}),
        ("frames_like", {"hashes": ["00" * 32] * 101}),
        ("frames_like", {"hashes": [], "within": 64}),
        ("sounds_like", {"prints": [1] * 1001}),
        ("sounds_like", {"prints": ["one"]}),
    ],
)
def test_questions_have_limits(world: World, function: str, arguments: dict) -> None:
    with pytest.raises(Invalid):
        world.serve(function, **arguments)


def keys(folder: Path, secret: bytes = bytes(range(32))) -> Provenance:
    """Keys whose marks are always the same."""
    (folder / "marks.key").write_bytes(secret)
    return open_provenance(folder)


def test_a_real_clip_is_found_again_after_its_credential_is_gone(world: World, tmp_path) -> None:
    """Made by the whole path, handed in as a worker does, coded again by somebody: Verify names its maker."""
    opened = keys(tmp_path)
    clip = made_clip(tmp_path / "clip.mp4", opened, maker="author", mark=0x55AA55AA55)
    (author,) = world.people("author")
    world.ask(author)
    handed_in = {"mark": clip.mark, "fingerprint": clip.fingerprint, "credential": clip.credential}
    post = world.publish(author, world.finish(world.claim(), **handed_in))
    copy = written(coded(28)(Attacked(list(pictures(clip.path)), samples(clip.path), 24)), tmp_path)
    found = verify(copy, opened, lookup(world))
    assert found.verdict == "made_here_changed" and found.origin["maker"] == "author"
    author.call("remove_post", post=post)
    assert verify(copy, opened, lookup(world)).origin["maker"] is None


def test_a_scene_without_its_marks_is_found_by_its_looks(world: World, tmp_path) -> None:
    opened = keys(tmp_path)
    clip = made_clip(tmp_path / "clip.mp4", opened, mark=0x55AA55AA55)
    (author,) = world.people("author")
    world.ask(author)
    world.finish(world.claim(), mark=clip.mark, fingerprint=clip.fingerprint)
    (tmp_path / "other").mkdir()
    other = keys(tmp_path / "other", bytes(range(1, 33)))
    unmarked = made_clip(tmp_path / "again.mp4", other, mark=0x33CC33CC33)
    copy = written(Attacked(list(pictures(unmarked.path)), samples(unmarked.path), 24), tmp_path)
    found = verify(copy, opened, lookup(world))
    assert "frames_found" in [one.code for one in found.evidence]
    assert found.origin["mark"] == clip.mark
    heard = sound_prints(samples(clip.path).mean(1), apart=1)
    assert [one["mark"] for one in lookup(world).sounds_like(heard)] == [clip.mark]
