"""Whatever is typed, there is a storyboard, and it says truthfully what it holds."""

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.director import direct
from pipelines.director.lexicon import FOLDER
from pipelines.storyboard import Storyboard, Style


def _lexicon_words() -> list[str]:
    words = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                words += [word for column in ("english", "french") for word in row[column].split(";") if word]
    return words


_MARKS = [*'.,:;!?"«»()–\n', "'", "Shot 1:", "Plan 2 :", '"Hi."', "3", "12 seconds", "dragon", "zorg", "ne", "l'", "🐶"]
_SENTENCES = st.lists(st.sampled_from(_lexicon_words() + _MARKS * 8), max_size=40).map(" ".join)
_PROMPTS = st.one_of(_SENTENCES, st.text(max_size=300)).map(lambda text: text[:2000])


@settings(max_examples=200, deadline=None)
@given(prompt=_PROMPTS, seconds=st.none() | st.floats(1, 20), style=st.none() | st.sampled_from(Style))
def test_any_text_becomes_a_storyboard_that_tells_the_truth(prompt, seconds, style):
    storyboard = direct(prompt, seconds=seconds, style=style)
    assert direct(prompt, seconds=seconds, style=style) == storyboard
    assert Storyboard.model_validate_json(storyboard.model_dump_json()) == storyboard
    for understood in storyboard.coverage.understood:
        assert understood.phrase in prompt
        assert _holds(storyboard, understood.field), understood
    assert all(phrase in prompt for phrase in storyboard.coverage.missed)
    if seconds is not None:
        assert abs(storyboard.seconds - seconds) < 1e-6
    if style is not None:
        assert {shot.style for shot in storyboard.shots} == {style}


@settings(max_examples=5, deadline=None)
@given(text=st.text(min_size=1500, max_size=2000))
def test_the_longest_prompts_too(text):
    storyboard = direct(text)
    assert 0 < storyboard.seconds <= 20
    assert all(part.phrase in text for part in storyboard.coverage.understood)


def _holds(storyboard: Storyboard, field: str) -> bool:
    """Whether the storyboard's field has the value that the coverage says it has."""
    path, equals, value = field.partition("=")
    if path.endswith("!") or value == "none":
        return True
    found = storyboard
    for step in path.split("."):
        found = found[int(step)] if step.isdecimal() else getattr(found, step)
    if not equals:
        return bool(found)
    if isinstance(found, tuple):
        return value in found
    return abs(found - float(value)) < 0.06 if isinstance(found, float) else str(found) == value
