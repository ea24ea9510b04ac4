"""The rules of a cameo beyond its audience: switches, pauses, days, guardians, moderators, and what is told of it."""

import pytest

from data.errors import Invalid, LimitReached, NoPermission, NotAllowed, NotFound, WrongState
from tests.data.world import Person, World, storyboard

STEPS = [{"kind": "say", "value": "47", "start": 1.2, "end": 3.6}]


def sees(viewer: Person, post: int) -> bool:
    try:
        return viewer.call("post", id=post)["id"] == post
    except NotFound:
        return False


def test_a_live_check_is_taken_once_by_the_one_it_was_made_for(world: World) -> None:
    star, other = world.people("star", "other")
    challenge = world.serve("keep_cameo_challenge", owner=star.id, steps=STEPS)
    with pytest.raises(WrongState):
        world.serve("take_cameo_challenge", owner=other.id, id=challenge)
    assert world.serve("take_cameo_challenge", owner=star.id, id=challenge) == STEPS
    with pytest.raises(WrongState, match="over"):
        world.serve("take_cameo_challenge", owner=star.id, id=challenge)
    late = world.serve("keep_cameo_challenge", owner=star.id, steps=STEPS, seconds=0)
    with pytest.raises(WrongState):
        world.serve("take_cameo_challenge", owner=star.id, id=late)


def test_nobody_tries_live_checks_all_day(world: World) -> None:
    (star,) = world.people("star")
    for _ in range(20):
        world.serve("keep_cameo_challenge", owner=star.id, steps=STEPS)
    with pytest.raises(LimitReached):
        world.serve("keep_cameo_challenge", owner=star.id, steps=STEPS)


def test_members_cannot_write_a_likeness_themselves(world: World) -> None:
    star, other = world.people("star", "other")
    for function, arguments in (
        ("save_cameo", {"owner": star.id, "likeness": {"face": "x"}, "live_check": {"passed": True}}),
        ("take_cameo_challenge", {"owner": star.id, "id": star.id}),
        ("cameo_faces", {"owner": star.id}),
        ("recording_marks", {}),
    ):
        with pytest.raises(NotAllowed):
            other.call(function, **arguments)


def test_who_is_open_to_everyone_is_found_by_name(world: World) -> None:
    star, shy, author = world.people("star", "shy", "author")
    world.cameo(star, "everyone")
    world.cameo(shy)
    assert author.call("usable_cameos") == []
    named = author.call("usable_cameos", named=["star", "shy", "nobody"])
    assert [person["handle"] for person in named] == ["star"]


@pytest.mark.parametrize(
    ("switch", "refused"),
    [
        ("romance", {"action": "kiss"}),
        ("violence", {"action": "fight"}),
        ("politics", {"action": "vote"}),
    ],
)
def test_a_switch_rules_out_what_belongs_to_it(world: World, switch: str, refused: dict) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone", switches=[switch])
    with pytest.raises(NoPermission):
        world.ask(author, storyboard=storyboard("star", **refused))
    world.ask(author, storyboard=storyboard("star", action="run"))
    world.ask(star, storyboard=storyboard("star", **refused))


def test_alone_and_silent_if_the_person_wants_it_so(world: World) -> None:
    star, second, author = world.people("star", "second", "author")
    world.cameo(star, "everyone", switches=["other_cameos", "voice"])
    world.cameo(second, "everyone")
    with pytest.raises(NoPermission):
        world.ask(author, "star", "second")
    for speaker in ("star", "person", None):
        spoken = storyboard("star")
        spoken["shots"][0]["lines"] = [{"text": "Hello", "speaker": speaker}]
        with pytest.raises(NoPermission):
            world.ask(author, storyboard=spoken)
    spoken["shots"][0]["lines"] = [{"text": "Woof", "speaker": "dog"}]
    world.ask(author, storyboard=spoken)


def test_a_person_may_rule_out_remixes_and_minors(world: World) -> None:
    star, author, other, guardian, ward = world.people("star", "author", "other", "guardian", "ward")
    world.cameo(star, "everyone")
    post = world.post(author, "star")
    clip = author.call("post", id=post)["clip"]["id"]
    guardian.call("offer_guardianship", ward="ward")
    ward.call("accept_guardianship", guardian="guardian")
    world.ask(other, parent=clip, storyboard=storyboard())
    assert sees(ward, post)
    star.call("set_cameo_rules", switches=["remix", "minors"])
    with pytest.raises(NoPermission, match="remixed"):
        world.ask(other, parent=clip, storyboard=storyboard())
    assert not sees(ward, post) and sees(other, post)
    with pytest.raises(NoPermission):
        world.ask(ward, "star")


def test_a_pause_hides_everything_and_nothing_falls(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    post, own = world.post(author, "star"), world.post(star, "star")
    star.call("set_cameo_rules", paused=True)
    assert not sees(other, post) and not sees(author, post) and sees(other, own)
    with pytest.raises(NoPermission):
        world.ask(author, "star")
    star.call("revoke_cameo", handle="other")  # other changes do not end what rests
    star.call("set_cameo_rules", paused=False)
    assert sees(author, post)


def test_a_permission_ends_on_its_day(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "people")
    with pytest.raises(Invalid, match="future"):
        star.call("grant_cameo", handle="author", until="2020-01-01T00:00:00Z")
    star.call("grant_cameo", handle="author", until="2100-01-01T00:00:00Z")
    post = world.post(author, "star")
    assert sees(other, post) and star.call("my_cameo")["grants"][0]["until"].startswith("2100")
    world.owner.execute("update public.cameo_grants set until = now() - interval '1 second'")
    assert not sees(other, post), "at once, before anybody sweeps"
    with pytest.raises(NoPermission):
        world.ask(author, "star")
    assert world.serve("end_expired_grants") == 1
    assert star.call("my_cameo")["grants"][0]["state"] == "expired"
    assert author.call("ask_for_cameo", handle="star", prompt="One more") == "asked"


def test_a_request_says_what_for(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "people")
    assert author.call("ask_for_cameo", handle="star", prompt="You on a boat at dawn") == "asked"
    (asked,) = star.call("my_cameo")["grants"]
    assert (asked["handle"], asked["state"], asked["prompt"]) == ("author", "asked", "You on a boat at dawn")
    (note,) = [n for n in star.call("notifications") if n["kind"] == "cameo_asked"]
    assert note["about"]["prompt"] == "You on a boat at dawn"
    star.call("revoke_cameo", handle="author")
    assert author.call("ask_for_cameo", handle="star", prompt="Please") == "refused", "and asking again changes nothing"


def test_nobody_else_uses_what_a_moderator_has_not_heard(world: World) -> None:
    star, author = world.people("star", "author")
    world.record(star, live_check={"passed": True, "needs_confirmation": True, "numbers": [47]})
    star.call("set_cameo_rules", audience="everyone")
    world.ask(star, "star")
    with pytest.raises(NoPermission):
        world.ask(author, "star")
    with pytest.raises(NotAllowed):
        author.call("cameos_to_review")
    (waiting,) = world.moderator.call("cameos_to_review")
    assert waiting["handle"] == "star" and waiting["review"] == ["speech"] and waiting["live_check"]["numbers"] == [47]
    assert world.moderator.call("cameo_for_review", handle="star")["likeness"] == {"face": "aGk="}
    with pytest.raises(NotAllowed):
        author.call("review_cameo", handle="star", accept=True, reason="I know her")
    world.moderator.call("review_cameo", handle="star", accept=True, reason="The numbers are said.")
    world.ask(author, "star")
    with pytest.raises(NotFound):
        world.moderator.call("cameo_for_review", handle="star")


def test_a_rejected_cameo_is_deleted_with_its_clips(world: World) -> None:
    star, other = world.people("star", "other")
    world.record(star, live_check={"passed": True, "needs_confirmation": True})
    post = world.post(star, "star")
    world.moderator.call("review_cameo", handle="star", accept=False, reason="This is a recording of a screen.")
    assert star.call("my_cameo") is None and not sees(other, post)
    assert world.owner.execute("select count(*) from public.cameo_versions").fetchone() == (0,)
    (note,) = [n for n in star.call("notifications") if n["kind"] == "cameo_rejected"]
    assert "screen" in note["about"]["reason"]


@pytest.mark.parametrize("handle", ["janedoe", "jane__doe", "jane_d0e"])
def test_a_look_alike_handle_goes_to_a_moderator(world: World, handle: str) -> None:
    jane, double = world.people("jane_doe", handle)
    world.cameo(jane, "everyone")
    world.record(double)
    assert double.call("my_cameo")["review"] == ["handle"] and jane.call("my_cameo")["review"] == []
    assert [case["target_id"] for case in world.moderator.call("waiting_cases")] == [handle]


def test_a_face_that_somebody_has_enrolled_goes_to_a_moderator(world: World) -> None:
    star, thief = world.people("star", "thief")
    world.record(star, face={"sealed": "one"})
    (known,) = world.serve("cameo_faces", owner=thief.id)
    assert known == {"owner": star.id, "face": {"sealed": "one"}}
    assert world.serve("cameo_faces", owner=star.id) == []
    world.record(thief, face={"sealed": "two"}, resembles=[star.id])
    assert thief.call("my_cameo")["review"] == ["face"]


def test_faces_that_one_may_upload(world: World) -> None:
    star, author, other = world.people("star", "author", "other")
    for person in (star, other):
        world.record(person, face={"sealed": person.handle})
    assert [f["handle"] for f in world.serve("faces_open_to", member=star.id)] == ["star"]
    star.call("set_cameo_rules", audience="people")
    star.call("grant_cameo", handle="author")
    assert [f["handle"] for f in world.serve("faces_open_to", member=author.id)] == ["star"]
    other.call("set_cameo_rules", audience="everyone")
    assert len(world.serve("faces_open_to", member=author.id)) == 1, (
        "an open audience is no invitation to upload photos"
    )
    author.call("follow", handle="other")
    assert len(world.serve("faces_open_to", member=author.id)) == 2


def test_a_guardian_agrees_to_a_wards_cameo(world: World) -> None:
    guardian, ward = world.people("guardian", "ward")
    guardian.call("offer_guardianship", ward="ward")
    ward.call("accept_guardianship", guardian="guardian")
    world.record(ward)
    assert "cameo_to_approve" in [n["kind"] for n in guardian.call("notifications")]
    (waiting,) = guardian.call("wards_cameos")
    assert waiting["handle"] == "ward" and waiting["cameo"]["awaits_guardian"] and "likeness" not in waiting["cameo"]
    with pytest.raises(NoPermission):
        world.ask(ward, "ward")
    with pytest.raises(NotFound):
        ward.call("approve_ward_cameo", handle="ward")
    guardian.call("approve_ward_cameo", handle="ward")
    world.ask(ward, "ward")
    world.record(ward)
    assert ward.call("my_cameo")["awaits_guardian"], "each new recording is agreed to anew"


def test_my_likeness_tells_who_when_and_under_which_permission(world: World) -> None:
    star, author, stranger = world.people("star", "author", "stranger")
    world.cameo(star, "people")
    star.call("grant_cameo", handle="author")
    draft = world.make(author, "star")
    post = world.post(author, "star")
    world.ask(star, "star")
    world.serve("note_refused_use", author=stranger.id, handle="star", prompt="@star robs a bank", reason="permission")
    world.serve("note_refused_use", author=stranger.id, handle="star", prompt="@star robs a bank", reason="permission")
    listed = star.call("likeness_uses")
    told = [(e["kind"], e["author"]["handle"], e["permission"], e["state"], e["reason"]) for e in listed]
    assert told == [
        ("refusal", "stranger", None, "refused", "permission"),
        ("use", "star", "own", "queued", None),
        ("use", "author", "granted", "done", None),
        ("use", "author", "granted", "done", None),
    ]
    assert listed[0]["prompt"] == "@star robs a bank" and listed[2]["post"] == post
    assert listed[3]["clip"] == draft and listed[3]["post"] is None, "drafts too"
    star.call("withdraw_from_clip", clip=draft)
    assert star.call("likeness_uses")[3]["withdrawn_at"]
    assert stranger.call("likeness_uses") == [] and author.call("likeness_uses") == []
    assert len(star.call("likeness_uses", limit=2)) == 2
    assert [e["at"] for e in star.call("likeness_uses", before=listed[1]["at"])] == [e["at"] for e in listed[2:]]


def test_the_record_for_a_receipt_holds_consents_and_uses_and_no_likeness(world: World) -> None:
    star, author = world.people("star", "author")
    world.record(star, consent="2026-11")
    star.call("set_cameo_rules", audience="everyone")
    clip = world.make(author, "star")
    record = star.call("likeness_record")
    assert [c["text"] for c in record["consents"]] == ["2026-11"]
    (use,) = record["uses"]
    assert (use["clip"], use["author"], use["permission"]) == (clip, "author", "everyone")
    assert "aGk=" not in str(record)


def test_the_worker_reads_the_rules_and_nobody_else_does(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone", wishes="never smoking", appearance="with my red hat", switches=["politics"])
    world.ask(author, "star")
    claimed = world.claim()
    (terms,) = world.serve("cameo_terms", generation=claimed["id"], lease=claimed["lease"])
    assert terms == {
        "handle": "star",
        "own": False,
        "switches": ["politics"],
        "wishes": "never smoking",
        "appearance": "with my red hat",
        "restrictions": [],
    }
    with pytest.raises(NotAllowed):
        author.call("cameo_terms", generation=claimed["id"], lease=claimed["lease"])


def test_rules_have_limits(world: World) -> None:
    (star,) = world.people("star")
    world.cameo(star)
    for rules in ({"appearance": "x" * 301}, {"wishes": "x" * 501}, {"switches": ["everything"]}):
        with pytest.raises(Invalid):
            star.call("set_cameo_rules", **rules)


def test_an_export_holds_ones_own_sealed_likeness_and_nobody_elses(world: World) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "everyone")
    world.post(author, "star")
    assert star.call("export_account")["likeness"] == {"face": "aGk="}
    assert "aGk=" not in str(author.call("export_account"))
