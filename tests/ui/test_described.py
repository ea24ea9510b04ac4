"""A feed described in words: what is wanted and what is not, in wide words and in narrow ones."""

import pytest

from ui.described import weights_told


def told(words: str, language: str = "en") -> tuple[dict[str, float], list[str]]:
    """({concept: weight}, what was not understood)."""
    found = weights_told(words, language)
    return {one["concept"]: one["weight"] for one in found["weights"]}, found["missed"]


@pytest.mark.parametrize(("words", "language"), [("calm nature, no sport", "en"), ("nature calme, pas de sport", "fr")])
def test_wide_words_stand_for_what_is_drawn(words, language):
    weights, missed = told(words, language)
    assert missed == []
    assert all(weights[concept] == 1 for concept in ("forest", "meadow", "calm"))
    assert all(weights[concept] == -1 for concept in ("gym", "football", "kick"))


def test_the_example_of_the_page_is_understood_whole_in_both_languages():
    from ui.words import words

    for language in ("en", "fr"):
        weights, missed = told(words(language)["describe_placeholder"], language)
        assert missed == [] and weights["dog"] == 1 and weights["gym"] == -1


def test_a_narrow_word_beside_a_wide_one_keeps_its_own_weight():
    weights, _ = told("animals but no dogs")
    assert weights["cat"] == 1 and weights["dog"] == -1


def test_what_nobody_knows_is_said_and_the_rest_holds():
    weights, missed = told("snow and foxes, zorblax, no city")
    assert missed == ["zorblax"] and weights["fox"] == 1 and weights["city"] == -1


def test_every_name_of_a_wide_words_concept_is_one_of_the_directors():
    from ui.concepts import _names
    from ui.themes import _themes

    known = {concept for _, concept in _names("en")}
    assert {concept for _, concepts in _themes() for concept in concepts} <= known
