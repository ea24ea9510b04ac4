"""Decisions and what follows from them: six degrees, two people for a ban, appeals that bring everything back."""

from typing import get_args

import pytest

from data.analytics import About
from data.client import SERVICE, VISITOR
from data.errors import Invalid, LimitReached, NotAllowed, NotFound, Suspended, WrongState
from tests.data.world import Person, World


def moderators(world: World) -> tuple[Person, Person]:
    """The first moderator and a second one."""
    (second,) = world.people("second")
    world.moderator.call("set_role", handle="second", role="moderator")
    return world.moderator, second


def reported(world: World, reporter: Person, post: int, reason: str = "hate") -> int:
    return reporter.call("report", kind="post", target=post, reason=reason)


def test_minors_come_first_then_harm_reach_and_the_reporters_record(world: World) -> None:
    author, ann, ben = world.people("author", "ann", "ben")
    spam, hate, minor = (world.post(author) for _ in range(3))
    first = reported(world, ann, spam, "spam")
    second = reported(world, ann, hate, "hate")
    third = reported(world, ben, minor, "minor")
    assert [case["id"] for case in world.moderator.call("waiting_cases")] == [third, second, first]
    assert world.moderator.call("case_view", case=third)["minors"] is True
    assert author.call("post", id=minor)["held"], "a fear for a child hides a post at once"
    before = world.moderator.call("case_view", case=second)["priority"]
    world.moderator.call("decide_case", case=first, decision="remove", reason="Advertising.")
    trusted = reported(world, ann, world.post(author), "hate")
    assert world.moderator.call("case_view", case=trusted)["priority"] > before, "her last report was right"


def test_a_label_a_limit_and_their_end(world: World) -> None:
    author, reader, reporter = world.people("author", "reader", "reporter")
    first, second = moderators(world)
    labelled, limited = world.post(author), world.post(author)
    case = reported(world, reporter, labelled, "deception")
    with pytest.raises(Invalid, match="labelled"):
        first.call("decide_case", case=case, decision="label", reason="Staged.", label="funny")
    first.call("decide_case", case=case, decision="label", reason="Staged.", label="misleading")
    assert reader.call("post", id=labelled)["label"] == "misleading"
    assert author.call("my_standing")["strikes"] == []

    case = reported(world, reporter, limited, "violence")
    first.call("decide_case", case=case, decision="limit", reason="Not for everybody's feed.")
    assert limited not in {post["id"] for post in reader.call("latest_feed")}
    with pytest.raises(NotAllowed, match="public feeds"):
        author.call("update_post", post=limited, visibility="public")
    author.call("appeal", case=case, body="It is a cartoon.")
    second.call("decide_case", case=case, decision="keep", reason="Indeed.")
    assert limited in {post["id"] for post in reader.call("latest_feed")}


def test_a_ban_takes_two_and_an_appeal_undoes_it(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    first, second = moderators(world)
    other, post = world.post(author), world.post(author)
    case = reported(world, reporter, post)
    first.call("decide_case", case=case, decision="ban", reason="Hateful again and again.")
    assert first.call("case_view", case=case)["state"] == "ban_proposed"
    assert author.call("my_cases") == [], "nothing is told before it is decided"
    with pytest.raises(NotAllowed, match="second moderator"):
        first.call("decide_case", case=case, decision="ban", reason="I am sure.")
    with pytest.raises(Suspended):
        author.call("my_credits")
    second.call("decide_case", case=case, decision="ban", reason="I agree.")
    with pytest.raises(Suspended, match="two moderators"):
        author.call("my_credits")
    with pytest.raises(NotFound):
        reporter.call("post", id=other)
    assert author.call("my_standing")["banned_at"] is not None

    third = world.people("third")[0]
    first.call("set_role", handle="third", role="moderator")
    author.call("appeal", case=case, body="I was hacked.")
    third.call("decide_case", case=case, decision="keep", reason="So it was.")
    author.call("my_credits")
    assert reporter.call("post", id=other)["id"] == other and reporter.call("post", id=post)["id"] == post
    assert author.call("my_standing") == {"strikes": [], "suspended_until": None, "banned_at": None}


def test_a_proposed_ban_can_end_milder(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    first, second = moderators(world)
    case = reported(world, reporter, world.post(author))
    first.call("decide_case", case=case, decision="ban", reason="Out.")
    second.call("decide_case", case=case, decision="remove", reason="The post alone.")
    author.call("my_credits")
    assert len(author.call("my_standing")["strikes"]) == 1


def test_a_suspension_of_some_days_for_a_reason(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    first, second = moderators(world)
    case = reported(world, reporter, world.post(author))
    with pytest.raises(Invalid, match="1 to 365"):
        first.call("decide_case", case=case, decision="suspend", reason="Too much.", days=400)
    first.call("decide_case", case=case, decision="suspend", reason="Too much.", days=30)
    with pytest.raises(Suspended):
        author.call("my_credits")
    author.call("appeal", case=case, body="Once only.")
    with pytest.raises(NotAllowed, match="more than was decided"):
        second.call("decide_case", case=case, decision="ban", reason="Worse.")
    second.call("decide_case", case=case, decision="remove", reason="The post alone.")
    author.call("my_credits")


def test_messages_comments_and_profiles_come_back_after_an_appeal(world: World) -> None:
    author, reader = world.people("author", "reader")
    first, second = moderators(world)
    world.mutual(author, reader)
    message = author.call("send_message", handle="reader", body="Click my link!")
    comment = author.call("add_comment", post=world.post(reader), body="Click my link!")
    author.call("update_profile", bio="Click my link!", display_name="Link")
    with pytest.raises(NotFound):
        first.call("report", kind="message", target=message, reason="spam")
    for kind, target in (("message", message), ("comment", comment), ("profile", "author")):
        case = reader.call("report", kind=kind, target=target, reason="spam")
        assert "Click my link!" in first.call("case_view", case=case)["target"]["text"]
        first.call("decide_case", case=case, decision="remove", reason="Advertising.", strike=False)
        author.call("appeal", case=case, body="It was a joke.")
    assert reader.call("conversation", handle="author") == []
    assert reader.call("profile", handle="author")["bio"] == ""
    for case in second.call("waiting_cases"):
        second.call("decide_case", case=case["id"], decision="keep", reason="A joke.")
    assert [found["body"] for found in reader.call("conversation", handle="author")] == ["Click my link!"]
    assert reader.call("profile", handle="author")["bio"] == "Click my link!"
    assert author.call("my_standing")["strikes"] == []


def test_the_use_of_a_likeness_is_reported_by_whoever_is_in_it(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    clip = world.make(author, "star")
    post = world.publish(author, clip)
    with pytest.raises(NotFound):
        other.call("report", kind="cameo", target=world.make(author), reason="likeness")
    case = star.call("report", kind="cameo", target=clip, reason="likeness")
    with pytest.raises(NotFound):
        other.call("post", id=post)
    view = world.moderator.call("case_view", case=case)
    assert view["clip"]["people"] == ["star"] and view["clip"]["prompt"] and view["history"]["handle"] == "author"
    world.moderator.call("decide_case", case=case, decision="remove", reason="Degrading.")
    with pytest.raises(NotFound):
        author.call("clip", id=clip)


def test_a_case_shows_what_was_decided_in_cases_like_it(world: World) -> None:
    author, other, reporter = world.people("author", "other", "reporter")
    earlier = reported(world, reporter, world.post(author), "hate")
    world.moderator.call("decide_case", case=earlier, decision="remove", reason="Hateful.")
    case = reported(world, reporter, world.post(author), "hate")
    view = world.moderator.call("case_view", case=case)
    assert [(like["case"], like["decision"]) for like in view["similar"]] == [(earlier, "remove")]
    assert [past["reason"] for past in view["history"]["decisions"]] == ["Hateful."]
    assert view["reporters"] == [{"reports": 2, "upheld": 1}] and "reporter" not in view["target"].values()
    assert view["clip"]["storyboard"]["shots"]
    with pytest.raises(NotAllowed):
        other.call("case_view", case=case)


def test_a_moderator_reads_the_files_of_a_case_and_nobody_elses(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    post = world.publish(author, world.make(author), visibility="followers")
    path = author.call("post", id=post)["clip"]["video_path"]
    reporter.call("follow", handle="author")
    case = reported(world, reporter, post)
    world.moderator.call("decide_case", case=case, decision="remove", reason="No.")
    assert world.database.call("media_access", user=VISITOR, path=path) is None
    assert world.moderator.call("media_access", path=path)["path"] == path
    assert reporter.call("media_access", path=path) is None


def test_what_was_taken_down_is_not_simply_published_again(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    clip = world.make(author)
    case = reported(world, reporter, world.publish(author, clip))
    world.moderator.call("decide_case", case=case, decision="remove", reason="No.")
    with pytest.raises(NotAllowed, match="took this clip down"):
        world.publish(author, clip)


def test_a_refusal_is_explained_and_may_be_appealed_against(world: World) -> None:
    author, other = world.people("author", "other")
    ruling = world.serve(
        "keep_refusal", member=author.id, stage="prompt", verdict="refuse", rule="real_people.named", reason="A person."
    )
    again = world.serve(
        "keep_refusal", member=author.id, stage="prompt", verdict="refuse", rule="real_people.named", reason="A person."
    )
    assert again == ruling, "trying again is one refusal"
    (mine,) = author.call("my_refusals")
    assert (mine["id"], mine["rule"], mine["case"], mine["overturned"]) == (ruling, "real_people.named", None, None)
    assert other.call("my_refusals") == []
    with pytest.raises(WrongState):
        other.call("appeal_refusal", ruling=ruling, text="Rosa parks her car", body="Not mine")
    case = author.call("appeal_refusal", ruling=ruling, text="Rosa parks her car", body="She is my aunt.")
    with pytest.raises(WrongState):
        author.call("appeal_refusal", ruling=ruling, text="Rosa parks her car", body="Again")
    view = world.moderator.call("case_view", case=case)
    assert (view["target"]["text"], view["appeal"]) == ("Rosa parks her car", "She is my aunt.")
    world.moderator.call("decide_case", case=case, decision="keep", reason="An aunt may park.")
    assert author.call("my_refusals")[0]["overturned"] is True
    assert author.call("my_standing")["strikes"] == []


def test_a_refused_generation_is_kept_with_its_rule(world: World) -> None:
    (author,) = world.people("author")
    world.ask(author)
    claimed = world.claim()
    world.serve(
        "refuse_generation",
        generation=claimed["id"],
        lease=claimed["lease"],
        rule="characters.named",
        reason="It belongs to somebody.",
    )
    (mine,) = author.call("my_refusals")
    assert mine["rule"] == "characters.named"
    assert author.call("appeal_refusal", ruling=mine["id"], text="a mouse", body="Just a mouse.") > 0


def test_the_audit_log_is_checked_and_a_noted_hash_shows_a_cut_end(world: World) -> None:
    (author,) = world.people("author")
    check = world.serve("audit_check")
    assert check["rows"] > 0 and check["broken_at"] is None and check["known"]
    world.people("later")
    assert world.serve("audit_check", hash=check["head"])["known"]
    with pytest.raises(NotAllowed):
        author.call("audit_check")
    world.owner.execute("alter table private.audit_log disable trigger all")
    head = world.serve("audit_check")["head"]
    world.owner.execute("delete from private.audit_log where id = (select max(id) from private.audit_log)")
    cut = world.serve("audit_check", hash=head)
    assert cut["broken_at"] is None and not cut["known"], "the chain is whole, and still something is gone"


def test_one_may_not_write_endlessly(world: World) -> None:
    author, reader = world.people("author", "reader")
    post = world.post(author)
    for _ in range(3):
        reader.call("add_comment", post=post, body="Visit my channel now")
    with pytest.raises(LimitReached, match="same"):
        reader.call("add_comment", post=post, body="VISIT my channel, now!")
    for number in range(5):
        reader.call("add_comment", post=post, body=f"Comment number {number} of many")
    with pytest.raises(LimitReached, match="fast"):
        reader.call("add_comment", post=post, body="One more for good measure")
    world.owner.execute("update private.paces_kept set minute_from = now() - interval '2 minutes', in_day = 60")
    with pytest.raises(LimitReached, match="in a day"):
        reader.call("add_comment", post=post, body="A day has an end")
    world.owner.execute("update public.profiles set created_at = now() - interval '2 days' where handle = 'reader'")
    reader.call("add_comment", post=post, body="After the first day there is more room")


def test_moderators_set_the_pace(world: World) -> None:
    author, reader = world.people("author", "reader")
    slow = {"kind": "likes", "per_minute": 1, "per_day": 1, "new_per_minute": 1, "new_per_day": 1}
    with pytest.raises(NotAllowed):
        author.call("set_pace", **slow)
    world.moderator.call("set_pace", **slow)
    first, second = world.post(author), world.post(author)
    reader.call("like_post", post=first)
    with pytest.raises(LimitReached):
        reader.call("like_post", post=second)


def test_everybody_reads_real_numbers_and_nobody_is_recognised(world: World) -> None:
    author, *reporters = world.people("author", "a_1", "b_2", "c_3", "d_4", "e_5")
    posts = [world.post(author) for _ in reporters]
    for reporter, post in zip(reporters[:4], posts, strict=False):
        reported(world, reporter, post, "spam")
    assert world.database.call("transparency", user=VISITOR)["reports"] == {"spam": None}, "four people are too few"
    reported(world, reporters[4], posts[4], "spam")
    seen = world.database.call("transparency", user=VISITOR)
    assert seen["reports"] == {"spam": 5} and seen["waiting"] == 5
    assert world.database.call("transparency", user=SERVICE, days=7)["days"] == 7


def test_numbers_are_flat_rows_for_moderators(world: World) -> None:
    authors = world.people(*(f"author_{number}" for number in range(5)))
    reader = world.people("reader")[0]
    posts = [world.post(author) for author in authors]
    for author in authors:
        author.call("record_watch", post=posts[0], seconds=4)
    for author, post in zip(authors, posts, strict=True):
        world.serve("keep_refusal", member=author.id, stage="prompt", verdict="refuse", rule="spam.scam", reason="x")
        case = reader.call("report", kind="post", target=post, reason="spam")
        world.moderator.call("decide_case", case=case, decision="remove", reason="Spam.")
    for subject in get_args(About):
        rows = world.moderator.call("numbers", about=subject, days=7)
        assert isinstance(rows, list), subject
        for row in rows:
            assert all(value is None or isinstance(value, str | int | float) for value in row.values()), subject
    assert world.moderator.call("numbers", about="generations")[0]["done"] == 5
    assert world.moderator.call("numbers", about="refusals")[0]["count"] == 5
    assert world.moderator.call("numbers", about="reports")[0]["count"] is None, "one reporter could be recognised"
    assert world.moderator.call("numbers", about="strikes") == [{"strikes": 1, "members": 5}]
    assert world.moderator.call("numbers", about="false_refusals")[0]["refused"] == 5
    with pytest.raises(NotAllowed):
        reader.call("numbers", about="reports")
    with pytest.raises(Invalid):
        world.moderator.call("numbers", about="names")
