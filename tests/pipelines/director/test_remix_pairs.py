"""Every instruction of the table changes what it says, and nothing else."""

from functools import cache

import pytest

from pipelines.director import direct
from pipelines.director.remix import Remixed, remix
from pipelines.director.remix_changes import Change
from pipelines.storyboard import Storyboard
from tests.pipelines.director.remix_pairs import AFTER_THE_RULES, BASES, WITH_THE_RULES


@cache
def base(name: str) -> Storyboard:
    return direct(BASES[name])


def seen(change: Change) -> object:
    """What a pair says of a change: the kind of a new subject, the place of a new shot, the words of lines."""
    after = change.after
    if isinstance(after, dict):
        return after.get("kind", after.get("place"))
    if change.path.endswith(".lines") and after:
        return " ".join(line["text"] for line in after)
    return after


def told(remixed: Remixed) -> tuple[dict[str, object], tuple[str, ...]]:
    return {change.path: seen(change) for change in remixed.changes}, remixed.coverage.missed


@pytest.mark.parametrize(("name", "instruction", "changes", "missed"), WITH_THE_RULES + AFTER_THE_RULES)
def test_an_instruction_changes_what_it_says_and_nothing_else(name, instruction, changes, missed):
    assert told(remix(base(name), instruction)) == (changes, missed)
