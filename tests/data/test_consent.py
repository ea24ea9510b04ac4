"""Consent, as the people in it live it: who may use a likeness, and what happens when they change their mind."""

import pytest

from data.errors import LeaseLost, NoPermission, NotAllowed, NotFound, WrongState
from tests.data.world import Person, World, request, storyboard


def sees_post(person: Person, post: int) -> bool:
    try:
        person.call("post", id=post)
    except NotFound:
        return False
    return True


def sees_clip(person: Person, clip: str) -> bool:
    try:
        person.call("clip", id=clip)
    except NotFound:
        return False
    return True


def test_nobody_is_starred_without_a_cameo(world: World) -> None:
    alice, bob = world.people("alice", "bob")
    with pytest.raises(NoPermission, match="@bob"):
        world.ask(alice, "bob")
    with pytest.raises(NoPermission, match="@nobody_here"):
        world.ask(alice, "nobody_here")


@pytest.mark.parametrize("audience", ["only_me", "people", "mutuals", "everyone"])
def test_the_audience_decides_who_may_use_a_cameo(world: World, audience: str) -> None:
    star, stranger, approved, friend = world.people("star", "stranger", "approved", "friend")
    world.cameo(star, audience)
    star.call("grant_cameo", handle="approved")
    world.mutual(star, friend)
    stranger.call("follow", handle="star")

    allowed = set()
    for person in (star, stranger, approved, friend):
        try:
            world.ask(person, "star")
            allowed.add(person.handle)
        except NoPermission:
            assert "star" not in {card["handle"] for card in person.call("usable_cameos")}
        else:
            assert person.handle == "approved" or "star" in {card["handle"] for card in person.call("usable_cameos")}
    expected = {
        "only_me": {"star"},
        "people": {"star", "approved"},
        "mutuals": {"star", "friend"},
        "everyone": {"star", "stranger", "approved", "friend"},
    }
    assert allowed == expected[audience]


def test_a_restriction_refuses_what_the_person_does_not_want_to_be_shown_with(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone", restrictions=["kiss", "casino"])
    with pytest.raises(NoPermission):
        world.ask(author, storyboard=storyboard("star", action="kiss"))
    with pytest.raises(NoPermission):
        world.ask(author, storyboard=storyboard("star", place="casino"))
    world.ask(author, "star")
    world.ask(star, storyboard=storyboard("star", action="kiss"))  # one's own rules are for others


def test_who_asks_may_be_granted_refused_and_revoked(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "people")
    assert author.call("ask_for_cameo", handle="star") == "asked"
    assert author.call("ask_for_cameo", handle="star") == "asked"
    assert [note["kind"] for note in star.call("notifications")] == ["cameo_asked"]
    with pytest.raises(NoPermission):
        world.ask(author, "star")
    star.call("grant_cameo", handle="author")
    world.ask(author, "star")
    star.call("revoke_cameo", handle="author")
    with pytest.raises(NoPermission):
        world.ask(author, "star")
    assert author.call("ask_for_cameo", handle="star") == "revoked"


def test_a_revoked_person_stays_out_under_every_audience(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    star.call("revoke_cameo", handle="author")
    world.mutual(star, author)
    for audience in ("people", "mutuals", "everyone"):
        star.call("set_cameo_rules", audience=audience)
        with pytest.raises(NoPermission):
            world.ask(author, "star")
    star.call("grant_cameo", handle="author")
    world.ask(author, "star")


def test_people_in_a_clip_own_it_too(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    clip = world.make(author, "star")

    assert "starred" in [note["kind"] for note in star.call("notifications")]
    assert sees_clip(star, clip), "people see drafts that star them"
    assert not sees_clip(other, clip)
    assert [found["id"] for found in star.call("clips_starring_me")] == [clip]

    post = world.publish(author, clip)
    assert sees_post(other, post)
    assert other.call("post", id=post)["people"] == ["star"]
    star.call("remove_post", post=post)
    assert not sees_post(other, post)
    assert sees_clip(author, clip), "taking a post down leaves the draft"
    assert "post_removed" in [note["kind"] for note in author.call("notifications")]

    star.call("delete_clip", clip=clip)
    assert not sees_clip(author, clip) and not sees_clip(star, clip)
    with pytest.raises(NotFound):
        world.publish(author, clip)


def test_others_cannot_delete_withdraw_or_take_down(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    clip = world.make(author, "star")
    post = world.publish(author, clip)
    for function, arguments in (
        ("delete_clip", {"clip": clip}),
        ("withdraw_from_clip", {"clip": clip}),
        ("remove_post", {"post": post}),
    ):
        with pytest.raises(NotFound):
            other.call(function, **arguments)
    with pytest.raises(NotFound):
        author.call("withdraw_from_clip", clip=clip)
    assert sees_post(other, post)


def test_withdrawing_from_one_clip_ends_it_for_everybody_and_for_good(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone", past_clips="keep")
    clip, second = world.make(author, "star"), world.make(author, "star")
    post, kept = world.publish(author, clip), world.publish(author, second)
    star.call("withdraw_from_clip", clip=clip)
    for person in (star, author, other, world.moderator):
        assert not sees_post(person, post)
        assert not sees_clip(person, clip)
    assert sees_post(other, kept)
    with pytest.raises(NoPermission):
        world.publish(author, clip)


ENDINGS = {
    "revoke": lambda star: star.call("revoke_cameo", handle="author"),
    "narrow the audience": lambda star: star.call("set_cameo_rules", audience="only_me"),
    "forbid what is shown": lambda star: star.call("set_cameo_rules", restrictions=["meadow"]),
    "stop following": lambda star: star.call("unfollow", handle="author"),
    "block": lambda star: star.call("block", handle="author"),
    "delete the cameo": lambda star: star.call("delete_cameo"),
    "delete the account": lambda star: star.call("delete_account", handle="star"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_ends_a_permission_takes_everything_down_at_once(world: World, ending: str) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "mutuals")
    world.mutual(star, author)
    published = world.make(author, "star")
    post = world.publish(author, published)
    draft = world.make(author, "star")
    untouched = world.post(author)
    running, waiting = world.ask(author, "star"), world.ask(author, "star")
    claimed = world.claim()
    assert claimed["id"] == running
    files = [path for (path,) in world.owner.execute("select path from public.media where clip = %s", (published,))]
    assert len(files) == 3
    assert other.call("media_access", path=files[0])["public"] is True
    balance = author.call("my_credits")["balance"]

    ENDINGS[ending](star)

    for person in (author, other, world.moderator):
        assert not sees_post(person, post)
        assert not sees_clip(person, published) and not sees_clip(person, draft)
        assert person.call("media_access", path=files[0]) is None
    assert [found["id"] for found in other.call("latest_feed")] == [untouched]
    assert set(files) <= set(world.serve("media_to_delete"))
    for generation in (running, waiting):
        ended = author.call("generation", id=generation)
        assert (ended["state"], ended["error_code"]) == ("refused", "consent")
    assert author.call("my_credits")["balance"] == balance + 2, "what was not made is paid back"
    with pytest.raises(LeaseLost):
        world.finish(claimed)
    with pytest.raises((NoPermission, NotFound)):
        world.ask(author, "star")


@pytest.mark.parametrize("ending", [name for name in ENDINGS if name != "delete the account"])
def test_a_person_who_lets_past_clips_stand_ends_new_ones_only(world: World, ending: str) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "mutuals", past_clips="keep")
    world.mutual(star, author)
    post = world.post(author, "star")
    running = world.ask(author, "star")
    claimed = world.claim()
    ENDINGS[ending](star)
    assert sees_post(other, post)
    assert author.call("generation", id=running)["state"] == "refused"
    with pytest.raises(LeaseLost):
        world.finish(claimed)
    with pytest.raises(NoPermission):
        world.ask(author, "star")


def test_a_person_may_change_their_mind_about_past_clips(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone", past_clips="keep")
    post = world.post(author, "star")
    star.call("set_cameo_rules", audience="only_me")
    assert sees_post(other, post)
    star.call("set_cameo_rules", past_clips="remove")
    assert not sees_post(other, post)


def test_a_permission_given_again_does_not_bring_back_what_fell(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    post = world.post(author, "star")
    star.call("set_cameo_rules", audience="only_me")
    star.call("set_cameo_rules", audience="everyone")
    assert not sees_post(other, post)


def test_everyone_in_a_clip_must_agree_and_each_may_end_it(world: World) -> None:
    ann, ben, author, other = world.people("ann", "ben", "author", "other")
    world.cameo(ann, "everyone")
    with pytest.raises(NoPermission, match="@ben"):
        world.ask(author, "ann", "ben")
    world.cameo(ben, "everyone")
    post = world.post(author, "ann", "ben")
    assert other.call("post", id=post)["people"] == ["ann", "ben"]
    ben.call("revoke_cameo", handle="author")
    assert not sees_post(other, post) and not sees_post(ann, post)


def test_a_clip_made_from_a_clip_needs_everyone_in_the_first_one(world: World) -> None:
    star, author, remixer = world.people("star", "author", "remixer")
    world.cameo(star, "people")
    star.call("grant_cameo", handle="author")
    clip = world.make(author, "star")
    world.publish(author, clip)
    with pytest.raises(NoPermission, match="@star"):
        world.ask(remixer, references=[{"clip": clip}])
    star.call("grant_cameo", handle="remixer")
    remix = world.make(remixer, references=[{"clip": clip}])
    assert [found["id"] for found in star.call("clips_starring_me")] == [remix, clip]


def test_a_remix_takes_a_visible_parent_only(world: World) -> None:
    author, remixer = world.people("author", "remixer")
    clip = world.make(author)
    with pytest.raises(NotFound, match="remix"):
        world.ask(remixer, parent=clip)
    world.publish(author, clip)
    world.make(remixer, parent=clip)


def test_a_finished_storyboard_cannot_smuggle_somebody_in(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    world.ask(author)
    claimed = world.claim()
    with pytest.raises(NoPermission):
        world.serve(
            "finish_generation",
            generation=claimed["id"],
            lease=claimed["lease"],
            clip={},
            storyboard=storyboard("star"),
        )


def test_a_clip_that_lost_its_record_of_people_is_shown_to_nobody(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    post = world.post(author, "star")
    world.owner.execute("delete from public.cameo_uses")
    assert not sees_post(other, post) and not sees_post(author, post)


def test_a_guardian_protects_a_ward(world: World) -> None:
    guardian, ward, author, other = world.people("guardian", "ward", "author", "other")
    world.cameo(ward, "everyone")
    clip = world.make(author, "ward")
    post = world.publish(author, clip)
    with pytest.raises(NotFound):
        guardian.call("withdraw_from_clip", clip=clip)

    guardian.call("offer_guardianship", ward="ward")
    with pytest.raises(NotFound):
        guardian.call("protect_ward", handle="ward")
    ward.call("accept_guardianship", guardian="guardian")

    assert ward.call("my_cameo")["audience"] == "people", "a ward's cameo is never open to everyone by default"
    assert not sees_post(other, post), "and what was made under a wider audience fell"
    with pytest.raises(NotAllowed, match="guardian"):
        ward.call("set_cameo_rules", audience="everyone")

    ward.call("grant_cameo", handle="author")
    with pytest.raises(NoPermission):  # nobody uses a ward's cameo before the guardian agreed to it, the ward neither
        world.make(ward, "ward")
    guardian.call("approve_ward_cameo", handle="ward")
    second = world.make(author, "ward")
    assert sees_clip(guardian, second), "a guardian sees what stars the ward, drafts too"
    guardian.call("withdraw_from_clip", clip=second)
    assert not sees_clip(author, second)
    third = world.make(author, "ward")
    guardian.call("protect_ward", handle="ward")
    assert not sees_clip(author, third)
    assert ward.call("my_cameo")["audience"] == "only_me"


def test_a_request_from_the_outside_cannot_name_a_person_by_id_or_in_capitals(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "only_me")
    for name in ("STAR", "Star"):
        with pytest.raises(NoPermission):
            world.ask(author, name)
    with pytest.raises(NoPermission):
        world.ask(author, star.id)


def test_a_finished_or_cancelled_generation_stays_ended_after_a_revoke(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    cancelled = world.ask(author, "star")
    author.call("cancel_generation", id=cancelled)
    star.call("revoke_cameo", handle="author")
    assert author.call("generation", id=cancelled)["state"] == "cancelled"
    with pytest.raises(WrongState):
        author.call("cancel_generation", id=cancelled)


def test_requests_are_the_callers_own(world: World) -> None:
    author, other = world.people("author", "other")
    asked = author.call("request_generation", request=request(), storyboard=storyboard())["id"]
    with pytest.raises(NotFound):
        other.call("generation", id=asked)
    with pytest.raises(NotFound):
        other.call("cancel_generation", id=asked)
