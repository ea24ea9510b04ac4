"""The tables of remixes hold words that the director knows, each once."""

import csv
from collections import Counter

import pytest

from pipelines.director import load_lexicon
from pipelines.director.remix_edits import EDITS
from pipelines.director.remix_words import TABLES, contraries, cues, next_actions

LEXICON = load_lexicon()


def test_whoever_has_one_look_at_a_time_has_one_that_exists():
    looks = LEXICON.concepts("attribute") | LEXICON.concepts("accessory")
    assert set().union(*contraries()) <= looks


def test_every_action_is_followed_by_one_that_exists():
    actions = LEXICON.concepts("action")
    assert next_actions().keys() == actions and set(next_actions().values()) <= actions


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_cue_leads_to_an_edit_and_means_one_thing(language):
    for cue in cues()[language]:
        if cue.where in {"start", "anywhere"}:
            assert cue.edit in EDITS, cue
    meant = Counter((cue.words, cue.where) for cue in cues()[language])
    assert [words for words, count in meant.items() if count > 1] == []


def test_the_tables_are_whole():
    for path in TABLES.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            header, *rows = csv.reader(table, strict=True)
            assert all(len(row) == len(header) for row in rows), path.name
