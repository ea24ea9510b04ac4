"""What is said in parts: who does what to whom, however it is put, and never because words merely share a text."""

import pytest

from pipelines.safety import PolicyError, load_policy, rule
from pipelines.safety.combinations import spelled_out
from pipelines.safety.deciding import Policy


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(
        {
            "terms": [
                {
                    "signal": "gore",
                    "english": ["melt|freeze > teapot|kettle", "jam + {odd_place}"],
                    "french": ["fondre > théière"],
                },
                {"signal": "odd_place", "english": ["attic", "in the loft"]},
            ]
        }
    )


@pytest.mark.parametrize(
    "text",
    [
        "he melts the teapot",
        "they are freezing my old kettle",
        "jam in the attic",
        "in the loft there is jam",
        "elle fait fondre la théière",
    ],
)
def test_all_forms_of_what_is_meant_are_found(policy: Policy, text: str) -> None:
    assert rule(text).allowed
    assert rule(text, policy=policy).rule == "violence.gore"


@pytest.mark.parametrize("text", ["the teapot melts", "snow melts. A teapot whistles", "jam on bread", "an attic"])
def test_order_sentence_and_every_part_matter(policy: Policy, text: str) -> None:
    assert rule(text, policy=policy).allowed


def test_a_reference_to_nothing_is_told() -> None:
    with pytest.raises(PolicyError, match="no_such_signal"):
        load_policy({"terms": [{"signal": "gore", "english": ["jam + {no_such_signal}"]}]})


def test_alternatives_stand_for_each_other() -> None:
    assert spelled_out("slit|cut her| wrists") == ["slit her wrists", "slit wrists", "cut her wrists", "cut wrists"]
    assert spelled_out("out_of|from the way") == ["out of the way", "from the way"]
    assert spelled_out("plain words") == ["plain words"]


@pytest.mark.parametrize(
    "text",
    ["Rosa parks her car", "Tom cruises through the fog", "a prince plays the guitar", "le jus d'orange du jardin"],
)
def test_words_that_share_a_name_pass(text: str) -> None:
    assert rule(text).allowed


DISGUISES = {
    "hyphens": lambda name: "-".join(name.replace(" ", "")),
    "dots": lambda name: " ".join(".".join(word) for word in name.split()),
    "underscores": lambda name: "_".join(name.replace(" ", "")),
    "wide": lambda name: "  ".join(" ".join(word) for word in name.split()),
    "Cyrillic": lambda name: name.lower().translate(str.maketrans("aeopcxy", "аеорсху")),
    "full width": lambda name: "".join(chr(ord(one) + 0xFEE0) if one != " " else one for one in name),
    "invisible": lambda name: "\u200b".join(name),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_name_of_the_list_hides_behind_signs(disguise: str) -> None:
    people = [one.name for one in load_policy().written.people if one.name.replace(" ", "").isascii()]
    plain = [name for name in people if name.replace(" ", "").isalpha() and len(name.split()) == 2][::97]
    seen = [name for name in plain if not rule(f"{name} dances", suggest=False).allowed]
    assert len(seen) > 25
    assert [name for name in seen if rule(f"{DISGUISES[disguise](name)} dances", suggest=False).allowed] == []
