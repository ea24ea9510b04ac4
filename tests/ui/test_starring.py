"""Who may be starred, what they rule out, how they look; and that they hear of what was refused."""

import pytest

from ui.words import words


@pytest.fixture
def star_and_fan(world):
    """A star who lets everybody who follows them use their cameo, and a fan."""
    star, fan = world.people("star", "fan")
    world.cameo(star, audience="everyone", switches=["romance"], wishes="no smoking", appearance="always a green hat")
    fan.call("follow", handle="star")
    return star, fan


def make(call, who, prompt: str, **fields) -> dict:
    return call("create/make", who, prompt=prompt, seconds=1, shape="1:1", **fields)


def refusals_of(person) -> list[tuple[str, str]]:
    return [
        (use["author"]["handle"], use["reason"]) for use in person.call("likeness_uses") if use["kind"] == "refusal"
    ]


def test_people_whom_one_may_star_are_offered_with_what_they_rule_out(call, star_and_fan):
    star, fan = star_and_fan
    (offered,) = call("create/people", fan, language="fr")["people"]
    assert offered == {"handle": "star", "name": "star", "own": False, "rules": "la romance, no smoking"}
    (oneself,) = call("create/people", star)["people"]
    assert oneself["own"] and oneself["rules"] == ""  # one's own rules are not for oneself
    assert call("create/people") == {"people": []}  # a guest


def test_what_somebody_does_not_want_is_told_as_one_types(call, star_and_fan):
    _, fan = star_and_fan

    def told(prompt: str) -> list:
        return call("create/understand", fan, prompt=prompt)["people"]

    assert told("@star dances on the beach") == [{"handle": "star", "may": True, "refused": ""}]
    assert "smoking" in told("@star is smoking a cigarette on the beach")[0]["refused"]
    assert told("@nobody_here dances") == [{"handle": "nobody_here", "may": False, "refused": ""}]
    assert told("a man dances") == []


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [("@star is smoking a cigarette", "no smoking"), ("@star kisses a man, a romantic kiss", "romance")],
)
def test_what_a_person_rules_out_is_refused_and_they_hear_of_it(call, star_and_fan, prompt, reason):
    star, fan = star_and_fan
    refused = make(call, fan, prompt)["refused"]
    assert refused["key"] == "error_person" and "@star" in refused["values"]["text"]
    assert refusals_of(star) == [("fan", reason)]
    assert call("create/mine", fan)["generations"] == []


def test_whoever_has_no_permission_is_told_and_so_is_the_person(world, call, star_and_fan):
    star, fan = star_and_fan
    star.call("set_cameo_rules", audience="only_me")
    refused = make(call, fan, "@star dances")["refused"]
    assert (refused["key"], refused["values"]) == ("error_no_permission", {"handle": "star"})
    assert refusals_of(star) == [("fan", "permission")]


def test_the_database_has_the_last_word(call, star_and_fan):
    star, fan = star_and_fan
    star.call("set_cameo_rules", restrictions=["dog"])
    refused = make(call, fan, "@star and a dog dance")["refused"]
    assert (refused["key"], refused["values"]) == ("error_restricted", {"handles": "@star"})
    assert refusals_of(star) == [("fan", "restrictions")]
    assert "{" not in words("fr")["error_restricted"].format(**refused["values"])


def test_people_look_as_they_asked_to(world, call, star_and_fan, studio):
    _, fan = star_and_fan
    studio.worker.close()  # the likeness of these tests cannot be drawn
    made = make(call, fan, "@star dances on the beach")
    (subject,) = call("create/look", fan, id=made["id"])["storyboard"]["shots"][0]["subjects"]
    assert subject["cameo"] == "star" and "hat_green" in subject["attributes"] + subject["colours"]


def test_ones_own_rules_do_not_bind_oneself(call, star_and_fan, studio):
    star, _ = star_and_fan
    studio.worker.close()
    assert "id" in make(call, star, "@star is smoking a cigarette")
