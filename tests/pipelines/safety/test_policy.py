"""The policy as data: what moderators may change, what a mistake in it is told as, and that the shipped one holds."""

import shutil
from pathlib import Path

import pytest

from pipelines.safety import PolicyError, load_policy, rule
from pipelines.safety.policy import FOLDER, read_amendments, read_policy


def test_the_shipped_policy_covers_what_it_promises() -> None:
    written = load_policy().written
    assert len(written.people) > 1500 and len(written.characters) > 700
    assert {"minors", "sexual", "violence", "hate", "self_harm", "dangerous", "harassment"} <= set(written.areas)
    assert {"real_people", "characters", "deception", "private_data", "spam"} <= set(written.areas)
    assert all(any(rule.area == area for rule in written.rules) for area in written.areas)
    assert len({one.name for one in written.people}) == len(written.people), "nobody stands in the table twice"


def test_a_term_can_be_added_and_taken_out() -> None:
    stricter = load_policy({"terms": [{"signal": "gore", "english": ["jam sandwich"]}]})
    assert rule("a jam sandwich").allowed
    assert rule("a jam sandwich", policy=stricter).rule == "violence.gore"
    milder = load_policy({"dropped_terms": ["striptease"]})
    assert not rule("a striptease on a table").allowed
    assert rule("a striptease on a table", policy=milder).allowed


def test_people_and_characters_can_be_added_dropped_and_licensed() -> None:
    policy = load_policy(
        {"people": [{"name": "Zebulon Quark", "kind": "musician", "also": ["Zeb Q"]}], "dropped_people": ["Adele"]}
    )
    assert rule("Zebulon Quark sings").allowed and not rule("zeb q sings", policy=policy).allowed
    assert not rule("Adele waves").allowed and rule("Adele waves", policy=policy).allowed
    licensed = load_policy(licensed=["batman"])
    assert not rule("Batman waves").allowed and rule("Batman waves", policy=licensed).allowed


def test_a_rule_can_be_switched_off_or_weakened() -> None:
    assert rule("a corpse in the river").rule == "violence.corpse"
    off = {"violence.corpse": {"enabled": False}, "violence.alike": {"enabled": False}}
    assert rule("a corpse in the river", policy=load_policy({"rules": off})).allowed
    weak = load_policy({"rules": {"real_people.named": {"score": 0.6}}})
    assert rule("Taylor Swift waves", policy=weak).decision == "hold"


def test_every_version_has_a_name_of_its_own() -> None:
    shipped, changed = load_policy(), load_policy({"hold": 0.4})
    assert shipped.version != changed.version
    assert rule("a dog", policy=changed).policy == changed.version
    assert load_policy() is shipped, "the same policy is not built twice"


@pytest.mark.parametrize(
    ("amendments", "says"),
    [
        ({"rules": {"nothing.here": {"enabled": False}}}, "nothing.here"),
        ({"hold": 3}, "hold"),
        ({"people": [{"name": "Ann", "kind": "wizard"}]}, "wizard"),
        ({"unknown": 1}, "unknown"),
        ({"terms": [{"signal": "Not A Name", "english": ["x"]}]}, "signal"),
    ],
)
def test_a_wrong_amendment_says_what_is_wrong(amendments: dict, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        load_policy(amendments)


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "policy"))


def test_a_mistake_in_a_table_names_the_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "people.csv").open("a", encoding="utf-8") as table:
        table.write("Ann,musician,a,b,c\n")
    with pytest.raises(PolicyError, match=r"people\.csv"):
        read_policy(folder)


def test_a_rule_that_asks_for_an_unknown_signal_is_found(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "rules.toml").open("a", encoding="utf-8") as rules:
        rules.write('\n[[rule]]\nname = "spam.odd"\nneeds = ["no_such_signal"]\nscore = 1.0\n')
    with pytest.raises(PolicyError, match="no_such_signal"):
        read_policy(folder)


def test_amendments_are_bounded() -> None:
    with pytest.raises(PolicyError):
        read_amendments({"licensed": ["x"] * 2001})
