"""The tables: complete, consistent, and clear about mistakes in them."""

import pytest

from pipelines.director.lexicon import LexiconError, load_lexicon

HEADER = "concept,category,english,french,implies\n"
SUBJECTS = (
    "dog cat fox rabbit horse elephant bear sheep cow bird owl duck penguin fish butterfly whale man woman boy girl "
    "old_man old_woman person robot ball basketball football beach_ball box car boat balloon leaf bottle domino kite "
    "feather bowling_ball skateboard apple pumpkin lantern umbrella paper_plane flower tree"
)
ACTIONS = (
    "walk run jump fly swim dance talk sing wave sit sleep stand eat look laugh bounce roll fall float drive sail "
    "throw kick spin slide topple drift skate"
)
PLACES = (
    "meadow beach forest city street gym stage mountains sea underwater desert living_room kitchen park snow_field "
    "space village rooftop harbour"
)
ACCESSORIES = (
    "bandana hat scarf glasses cap crown bow backpack raincoat dress shirt coat jumper skirt trousers boots helmet"
)


@pytest.mark.parametrize(
    ("category", "concepts"),
    [
        ("subject", SUBJECTS),
        ("action", ACTIONS),
        ("place", PLACES),
        ("accessory", ACCESSORIES),
        ("sound", "birdsong wind rain thunder waves crowd city crickets fire stream bells applause silence"),
        ("music", "calm happy epic sad playful tense romantic jazz"),
    ],
)
def test_the_lexicon_names_exactly_what_the_world_can_show(category, concepts):
    assert load_lexicon().concepts(category) == set(concepts.split())


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("dog,subject,dog\n", "line 2: 3 columns instead of 5"),
        ("Dog,subject,dog,chien,\n", "the concept 'Dog' must be lower case"),
        ("dog,animal,dog,chien,\n", "the category 'animal' is not known"),
        ("dog,subject,,,\n", "dog has no words"),
        ("dog,subject,dog;;hound,,\n", "there is an empty word"),
        ("puppy,attribute,puppy,,subject=dgo\n", "subject=dgo names no row"),
        ("puppy,attribute,puppy,,kind dog\n", "'kind dog' in 'implies' is not key=value"),
        ("dog,subject,dog,,\ncat,subject,dog,,\n", "line 3: 'dog' already means dog (words.csv, line 2)"),
        ('dog,subject,"dog,,\n', "not a CSV row"),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_file_and_line(tmp_path, row, complaint):
    (tmp_path / "words.csv").write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(LexiconError, match="words.csv") as caught:
        load_lexicon(tmp_path)
    assert complaint in str(caught.value)


def test_a_table_without_its_header_says_which_it_wants(tmp_path):
    (tmp_path / "words.csv").write_text("dog,subject,dog,chien,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="words.csv, line 1: the first line must be concept,category"):
        load_lexicon(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="holds no lexicon table"):
        load_lexicon(tmp_path)


def test_a_table_that_is_not_utf_8_says_so(tmp_path):
    (tmp_path / "words.csv").write_bytes((HEADER + "bear,subject,bear,ours brun à,\n").encode("latin-1"))
    with pytest.raises(LexiconError, match="Save the table as UTF-8"):
        load_lexicon(tmp_path)
