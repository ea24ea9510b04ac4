"""Reports, rulings, decisions and appeals; characters that belong to somebody; the log that nobody can bend."""

import psycopg
import pytest

from data.client import VISITOR
from data.errors import Invalid, NotAllowed, NotFound, OutOfCredits, Suspended, WrongState
from tests.data.world import World, storyboard


def ruling(world: World, generation: str, verdict: str, rule: str = "violence.gore") -> None:
    world.serve(
        "record_ruling",
        generation=generation,
        stage="prompt",
        verdict=verdict,
        rule=rule,
        reason="Blood is shown.",
        evidence={"words": ["blood"]},
    )


def test_a_reported_post_is_looked_at_and_both_sides_hear_why(world: World) -> None:
    author, reporter, other = world.people("author", "reporter", "other")
    post = world.post(author)
    case = reporter.call("report", kind="post", target=post, reason="spam", note="Twice today")
    assert reporter.call("report", kind="post", target=post, reason="spam") == case, "reporting twice is one report"
    (waiting,) = world.moderator.call("waiting_cases")
    assert (waiting["id"], waiting["accused"], waiting["report_count"]) == (case, "author", 1)
    assert waiting["reports"][0]["note"] == "Twice today" and "reporter" not in str(waiting)
    assert author.call("my_cases") == [], "nothing to hear before it is decided"
    for person in (author, reporter):
        with pytest.raises(NotAllowed):
            person.call("waiting_cases")
        with pytest.raises(NotAllowed):
            person.call("decide_case", case=case, decision="keep", reason="Fine.")
    with pytest.raises(Invalid):
        world.moderator.call("decide_case", case=case, decision="remove", reason=" ")

    world.moderator.call("decide_case", case=case, decision="remove", reason="It is advertising.")
    with pytest.raises(NotFound):
        other.call("post", id=post)
    (seen,) = author.call("my_cases")
    assert seen["decisions"][0]["reason"] == "It is advertising." and seen["reports"] == [] and seen["struck"]
    assert "report_answered" in [note["kind"] for note in reporter.call("notifications")]
    assert other.call("my_cases") == []
    with pytest.raises(WrongState):
        world.moderator.call("decide_case", case=case, decision="keep", reason="Again.")


def test_an_appeal_is_heard_once_by_somebody_else_and_brings_the_post_back(world: World) -> None:
    author, reporter, second = world.people("author", "reporter", "second")
    world.moderator.call("set_role", handle="second", role="moderator")
    post = world.post(author)
    case = reporter.call("report", kind="post", target=post, reason="hate")
    with pytest.raises(WrongState):
        author.call("appeal", case=case, body="Too early")
    world.moderator.call("decide_case", case=case, decision="remove", reason="Hateful.")
    assert author.call("my_cases")[0]["struck"]
    with pytest.raises(WrongState):
        reporter.call("appeal", case=case, body="Not mine")
    author.call("appeal", case=case, body="It is a quotation.")
    with pytest.raises(NotAllowed, match="[Aa]nother moderator"):
        world.moderator.call("decide_case", case=case, decision="keep", reason="Hm.")
    second.call("decide_case", case=case, decision="keep", reason="Indeed a quotation.")
    assert reporter.call("post", id=post)["id"] == post
    (closed,) = author.call("my_cases")
    assert (closed["state"], closed["struck"], closed["appeal"]) == ("closed", False, "It is a quotation.")
    with pytest.raises(WrongState):
        author.call("appeal", case=case, body="Once more")


def test_three_reports_hold_a_post_until_somebody_looked(world: World) -> None:
    author, *reporters, reader = world.people("author", "ann", "ben", "cem", "reader")
    post = world.post(author)
    for count, reporter in enumerate(reporters, 1):
        case = reporter.call("report", kind="post", target=post, reason="violence")
        assert (post in {found["id"] for found in reader.call("latest_feed")}) == (count < 3)
    assert author.call("post", id=post)["held"] is True
    assert world.moderator.call("post", id=post)["id"] == post
    world.moderator.call("decide_case", case=case, decision="keep", reason="Harmless.")
    assert reader.call("post", id=post)["held"] is False


def test_the_person_in_a_clip_holds_it_with_one_report(world: World) -> None:
    star, author, reader = world.people("star", "author", "reader")
    world.cameo(star, "everyone")
    post = world.post(author, "star")
    star.call("report", kind="post", target=post, reason="likeness")
    with pytest.raises(NotFound):
        reader.call("post", id=post)


def test_comments_and_profiles_are_reported_too(world: World) -> None:
    author, reporter = world.people("author", "reporter")
    author.call("update_profile", bio="Buy now!")
    post = world.post(reporter)
    comment = author.call("add_comment", post=post, body="Buy now!")
    for kind, target in (("comment", comment), ("profile", "author")):
        case = reporter.call("report", kind=kind, target=target, reason="spam")
        world.moderator.call("decide_case", case=case, decision="remove", reason="Advertising.")
    assert reporter.call("comments", post=post) == []
    assert reporter.call("profile", handle="author")["bio"] == ""


@pytest.mark.parametrize("target", ["999", "abc", ""])
def test_what_is_not_there_cannot_be_reported(world: World, target: str) -> None:
    (reporter,) = world.people("reporter")
    with pytest.raises((NotFound, Invalid)):
        reporter.call("report", kind="post", target=target, reason="spam")
    with pytest.raises((NotFound, Invalid)):
        reporter.call("report", kind="profile", target=target, reason="spam")


def test_enough_strikes_suspend_and_a_heard_appeal_lifts_it(world: World) -> None:
    author, reporter, second = world.people("author", "reporter", "second")
    world.moderator.call("set_role", handle="second", role="moderator")
    for _ in range(3):
        case = reporter.call("report", kind="post", target=world.post(author), reason="hate")
        world.moderator.call("decide_case", case=case, decision="remove", reason="Hateful.")
    with pytest.raises(Suspended):
        author.call("my_credits")
    author.call("appeal", case=case, body="A mistake.")
    second.call("decide_case", case=case, decision="keep", reason="Indeed.")
    author.call("my_credits")


def test_nobody_decides_about_themselves(world: World) -> None:
    (reporter,) = world.people("reporter")
    case = reporter.call("report", kind="post", target=world.post(world.moderator), reason="spam")
    with pytest.raises(NotAllowed, match="themselves"):
        world.moderator.call("decide_case", case=case, decision="keep", reason="It is mine.")


def test_a_held_clip_waits_for_a_moderator(world: World) -> None:
    author, other = world.people("author", "other")
    asked = world.ask(author)
    claimed = world.claim()
    ruling(world, asked, "allow", "prompt.plain")
    clip = world.finish(claimed)
    ruling(world, asked, "hold")
    with pytest.raises(WrongState, match="moderator"):
        world.publish(author, clip)
    assert world.moderator.call("clip", id=clip)["held"] is True
    with pytest.raises(NotFound):
        other.call("clip", id=clip)
    assert [found["verdict"] for found in author.call("rulings", generation=asked)] == ["allow", "hold"]
    assert other.call("rulings", generation=asked) == []
    (case,) = world.moderator.call("waiting_cases")
    assert case["target_kind"] == "generation" and case["rulings"][0]["rule"] == "violence.gore"
    world.moderator.call("decide_case", case=case["id"], decision="keep", reason="It is ketchup.")
    world.publish(author, clip)


def test_a_removed_clip_is_gone(world: World) -> None:
    (author,) = world.people("author")
    asked = world.ask(author)
    clip = world.finish(world.claim())
    ruling(world, asked, "hold")
    (case,) = world.moderator.call("waiting_cases")
    world.moderator.call("decide_case", case=case["id"], decision="remove", reason="It is blood.")
    with pytest.raises(NotFound):
        author.call("clip", id=clip)


def test_a_character_that_belongs_to_somebody(world: World) -> None:
    owner, author = world.people("owner", "author")
    with pytest.raises(NotAllowed):
        author.call("set_character", concept="robot_cat", name="Robot Cat", holder="Studio")
    world.moderator.call("set_character", concept="robot_cat", name="Robot Cat", holder="Studio", contact="owner")
    with pytest.raises(NotAllowed, match="Robot Cat may not be shown"):
        world.ask(author, storyboard=storyboard(kind="robot_cat"))
    world.moderator.call(
        "set_character",
        concept="robot_cat",
        name="Robot Cat",
        holder="Studio",
        licensed=True,
        royalty=4,
        aliases=["RC"],
    )
    (character,) = world.database.call("characters", user=VISITOR)
    assert (character["licensed"], character["royalty"], character["holder"]) == (True, 4, "Studio")
    world.make(author, storyboard=storyboard(kind="robot_cat"))
    assert author.call("my_credits")["balance"] == 30 - 1 - 4
    assert owner.call("my_royalties") == {"total": 4, "clips": 1}
    assert author.call("my_royalties") == {"total": 0, "clips": 0}
    assert owner.call("credit_history")[0]["kind"] == "royalty"
    world.serve("change_settings", changes={"daily_credits": 0})
    poor = world.join("poor")
    with pytest.raises(OutOfCredits):
        world.ask(poor, storyboard=storyboard(kind="robot_cat"))


def test_the_audit_log_cannot_be_bent(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    world.post(author, "star")
    star.call("revoke_cameo", handle="author")
    page = world.moderator.call("audit_log", limit=100)
    assert page["broken_at"] is None
    assert {"cameo.revoked", "cameo.use_withdrawn", "profile.created"} <= {entry["action"] for entry in page["entries"]}
    with pytest.raises(NotAllowed):
        author.call("audit_log")
    for statement in (
        "update private.audit_log set action = 'nothing.happened'",
        "delete from private.audit_log",
        "truncate private.audit_log",
    ):
        with pytest.raises(psycopg.Error, match="never changed"):
            world.owner.execute(statement)
    # Even whoever owns the database and switches the guard off leaves a trace.
    world.owner.execute("alter table private.audit_log disable trigger all")
    (third,) = world.owner.execute("select id from private.audit_log order by id offset 2 limit 1").fetchone()
    world.owner.execute("update private.audit_log set data = '{}', subject = 'x' where id = %s", (third,))
    assert world.moderator.call("audit_log")["broken_at"] == third
    world.owner.execute("delete from private.audit_log where id = %s", (third,))
    assert world.moderator.call("audit_log")["broken_at"] == third + 1


def test_numbers_about_days_are_for_moderators(world: World) -> None:
    (author,) = world.people("author")
    world.post(author)
    with pytest.raises(NotAllowed):
        author.call("daily_activity")
    days = world.moderator.call("daily_activity", days=7)
    assert len(days) == 7
    assert (days[-1]["joined"], days[-1]["requested"], days[-1]["made"], days[-1]["posted"]) == (2, 1, 1, 1)
