"""Every word of the page stands in both languages."""

import re

import pytest

from pipelines.progress import SPANS
from pipelines.storyboard import Angle, Framing, Move, Style, Time, Weather
from ui.web.page import STATIC
from ui.words import LANGUAGES, words, words_module


def values_in(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_both_languages_have_the_same_words_with_the_same_values():
    assert words("en").keys() == words("fr").keys()
    differing = [key for key in words("en") if values_in(words("en")[key]) != values_in(words("fr")[key])]
    assert differing == []
    assert all(sentence.strip() for language in LANGUAGES for sentence in words(language).values())


def test_a_language_that_we_do_not_have_reads_english():
    assert words("de") == words("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_and_choice_has_its_words(language):
    needed = [f"stage_{stage}" for stage in SPANS]
    choices = {"time": Time, "weather": Weather, "framing": Framing, "move": Move, "angle": Angle, "style": Style}
    needed += [f"{field}_{value}" for field, values in choices.items() for value in values]
    assert [key for key in needed if key not in words(language)] == []


def test_every_word_that_a_script_asks_for_is_there():
    asked = {key for file in STATIC.glob("*.js") for key in re.findall(r'word\("(\w+[a-z0-9])"', file.read_text())}
    assert len(asked) > 20
    assert asked - words("en").keys() == set()


def test_scripts_get_the_words_as_a_module():
    assert words_module().startswith("export const WORDS = {") and '"en"' in words_module() and '"fr"' in words_module()
