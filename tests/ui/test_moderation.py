"""Moderation as the page asks for it: cases, decisions, roles, the policy tester, rights, and numbers for everybody."""

import csv
import io

import pytest

from data.errors import Invalid, NotAllowed, NotSignedIn, WrongState
from tests.data.world import Person, World
from ui.csv_text import as_csv

GENTLE = {"terms": [{"signal": "gore", "english": ["glitterquake"], "french": ["paillettequake"]}]}
MODERATORS_ONLY = {
    "moderation/cases": {},
    "moderation/case": {"case": 1},
    "moderation/decide": {"case": 1, "decision": "keep", "reason": "Fine."},
    "moderation/role": {"handle": "ada", "role": "moderator"},
    "moderation/audit": {},
    "policy/all": {},
    "policy/try": {"text": "a dog", "amendments": {}},
    "policy/measure": {"amendments": {}},
    "policy/save": {"amendments": {}, "note": "Mine"},
    "policy/publish": {"number": 1},
    "policy/roll_back": {"reason": "Because"},
    "policy/example": {"text": "a dog", "area": "spam", "expected": "allow"},
    "rights/set": {"concept": "duck", "name": "Duck", "holder": "House"},
    "analytics/csv": {"plot": "reports"},
    "analytics/weights": {},
    "analytics/set_weights": {"weights": {"fresh": 1}},
}


def second_moderator(world: World) -> Person:
    (second,) = world.people("second")
    world.moderator.call("set_role", handle="second", role="moderator")
    return second


@pytest.mark.parametrize(("name", "sent"), MODERATORS_ONLY.items(), ids=MODERATORS_ONLY)
def test_members_and_guests_can_do_nothing_of_this(call, world: World, name, sent):
    (ada,) = world.people("ada")
    with pytest.raises(NotAllowed):
        call(name, ada, **sent)
    with pytest.raises(NotSignedIn):
        call(name, **sent)


def test_a_case_shows_the_clip_as_cards_and_who_said_what(call, world: World):
    ada, ben = world.people("ada", "ben")
    post = world.post(ada, caption="Breaking news")
    case = call("post/report", ben, kind="post", target=str(post), reason="deception", note="It is staged")["case"]
    assert [one["id"] for one in call("moderation/cases", world.moderator)["cases"]] == [case]
    seen = call("moderation/case", world.moderator, case=case, language="fr")["case"]
    assert seen["target"]["text"] == "Breaking news" and seen["reports"][0]["note"] == "It is staged"
    assert seen["clip"]["video"].startswith("/media/clips/") and seen["clip"]["seen"]["shots"][0]["subjects"]
    assert "ben" not in str(seen), "nobody learns who reported"


def test_from_a_report_to_an_appeal_that_is_heard(call, world: World):
    ada, ben = world.people("ada", "ben")
    second, post = second_moderator(world), world.post(ada)
    case = call("post/report", ben, kind="post", target=str(post), reason="hate")["case"]
    call("moderation/decide", world.moderator, case=case, decision="remove", reason="Hateful.", strike=True)
    told = call("inbox/cases", ada)
    assert told["cases"][0]["may_appeal"] and len(told["standing"]["strikes"]) == 1
    call("inbox/appeal", ada, case=case, body="It is a quotation.")
    with pytest.raises(NotAllowed):
        call("moderation/decide", world.moderator, case=case, decision="keep", reason="I changed my mind.")
    call("moderation/decide", second, case=case, decision="keep", reason="A quotation indeed.")
    assert call("post/get", ben, id=post)["post"]["id"] == post
    assert call("inbox/cases", ada)["standing"]["strikes"] == []


def test_a_label_reaches_the_card(call, world: World):
    ada, ben = world.people("ada", "ben")
    post = world.post(ada)
    case = call("post/report", ben, kind="post", target=str(post), reason="deception")["case"]
    call("moderation/decide", world.moderator, case=case, decision="label", reason="Staged.", label="misleading")
    assert call("post/get", ben, id=post)["post"]["label"] == "misleading"


def test_a_refused_text_is_not_kept_and_can_be_appealed_against(call, world: World):
    ada, ben = world.people("ada", "ben")
    post = world.post(ben)
    with pytest.raises(Invalid):
        call("post/comment", ada, id=post, body="I will kill you, you filthy dog")
    (refused,) = call("inbox/cases", ada)["refusals"]
    assert refused["stage"] == "comment" and "filthy" not in str(refused)
    case = call("inbox/appeal_refusal", ada, ruling=refused["id"], text="You filthy dog", body="To my dog")["case"]
    assert call("moderation/case", world.moderator, case=case)["case"]["target"]["text"] == "You filthy dog"
    call("moderation/decide", world.moderator, case=case, decision="keep", reason="He means his dog.")
    assert call("inbox/cases", ada)["refusals"][0]["overturned"] is True


def test_a_rights_claim_an_objection_and_the_answer(call, world: World):
    ada, cleo = world.people("ada", "cleo")
    second, post = second_moderator(world), world.post(ada)
    case = call("rights/claim", cleo, post=post, work="A painting", statement="I painted it.", signed="Cleo M.")["case"]
    assert call("moderation/case", world.moderator, case=case)["case"]["claim"]["name"] == "Cleo M."
    call("moderation/decide", world.moderator, case=case, decision="remove", reason="It is hers.")
    call("rights/counter", ada, case=case, statement="It is out of copyright.")
    (mine,) = call("rights/mine", cleo)["claims"]
    assert mine["counter_statement"] == "It is out of copyright." and mine["insists"] is None
    with pytest.raises(WrongState):
        call("moderation/decide", second, case=case, decision="keep", reason="Too early.")
    call("rights/counter", cleo, case=case, insist=False)
    call("moderation/decide", second, case=case, decision="keep", reason="She gave in.")
    assert call("post/get", cleo, id=post)["post"]["id"] == post


def test_a_draft_is_tried_measured_published_and_rolled_back(call, world: World):
    ada, moderator = world.people("ada")[0], world.moderator
    post = world.post(ada)
    text = "a glitterquake in the street"
    tried = call("policy/try", moderator, text=text, amendments=GENTLE)
    assert (tried["live"]["decision"], tried["draft"]["decision"]) == ("allow", "refuse")
    assert tried["draft"]["spans"][0]["text"] == "glitterquake" and tried["draft"]["reason"]
    call("policy/example", moderator, text=text, area="violence", expected="refuse")
    both = call("policy/measure", moderator, amendments=GENTLE, built_in=False)
    assert both["live"]["matrix"]["refuse"]["allow"] == 1 and both["draft"]["matrix"]["refuse"]["refuse"] == 1
    assert [miss["text"] for miss in both["live"]["misses"]] == [text] and both["draft"]["misses"] == []

    number = call("policy/save", moderator, amendments=GENTLE, note="Glitter")["number"]
    call("policy/publish", moderator, number=number)
    assert call("policy/all", moderator)["live"]["number"] == number
    call("policy/roll_back", moderator, reason="It was a joke.")
    seen = call("policy/all", moderator)
    assert seen["live"]["number"] is None and seen["versions"][0]["state"] == "retired"
    assert seen["examples"][0]["text"] == text and "violence" in seen["areas"]
    call("policy/example", moderator, remove=seen["examples"][0]["id"])
    assert call("policy/all", moderator)["examples"] == []
    call("post/comment", ada, id=post, body=text)


def test_amendments_that_make_no_sense_are_explained(call, world: World):
    world.people()
    for amendments in ({"refuse": 7}, {"rules": {"no.such_rule": {"score": 1}}}, {"colour": "blue"}):
        with pytest.raises(Invalid) as refused:
            call("policy/save", world.moderator, amendments=amendments, note="Nonsense")
        assert len(str(refused.value)) > 15


def test_the_registry_and_its_statement(call, world: World):
    world.people("duck_house")
    fields = {"concept": "golden_duck", "name": "The Golden Duck", "holder": "Duck House", "contact": "duck_house"}
    lists = {"aliases": ["goldie"], "contexts": ["beach"]}
    call("rights/set", world.moderator, licensed=True, royalty=2, attribution="© Duck House", **fields, **lists)
    (one,) = call("rights/all", world.moderator)["characters"]
    assert (one["holder"], one["aliases"], one["contexts"], one["royalty"]) == ("Duck House", ["goldie"], ["beach"], 2)
    statement = call("rights/statement", world.moderator, month="2026-11")
    assert statement["name"] == "royalties-2026-11.csv"
    with pytest.raises(Invalid):
        call("rights/statement", world.moderator, month="November")


def test_roles_are_given_and_logged_by_name(call, world: World):
    world.people("ada")
    call("moderation/role", world.moderator, handle="ada", role="moderator")
    log = call("moderation/audit", world.moderator)
    assert log["broken_at"] is None
    newest = log["entries"][0]
    told = newest["action"], newest["actor_handle"], newest["subject_handle"]
    assert told == ("profile.role", "first_one", "ada")


def test_everybody_may_read_the_numbers_and_nobody_stands_in_them(call, world: World):
    ada, ben = world.people("ada", "ben")
    call("post/report", ben, kind="post", target=str(world.post(ada)), reason="hate")
    told = call("moderation/numbers", language="fr")
    assert told["reports"] == {"hate": None} and told["waiting"] == 1 and told["days"] == 90


def test_a_table_saved_as_csv_runs_no_formula():
    rows = [{"name": "=1+1", "n": -3}, {"name": "@evil", "n": 2}, {"name": 'a "quoted", one', "n": None}]
    told = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [row["name"] for row in told] == ["'=1+1", "'@evil", 'a "quoted", one'] and told[0]["n"] == "-3"
    assert as_csv([]) == ""
