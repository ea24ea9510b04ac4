"""What the director understands, the world engine shows: both hold the same words."""

import pytest

from pipelines.director import load_lexicon
from pipelines.world.actor import kinds
from pipelines.world.colours import COLOURS
from pipelines.world.place import places
from pipelines.world.staging import SCENERY

LEXICON = load_lexicon()


def test_every_subject_of_the_lexicon_has_somebody_who_plays_it():
    assert LEXICON.concepts("subject") == set(kinds()) | set(SCENERY)


def test_every_place_of_the_lexicon_can_be_painted():
    assert LEXICON.concepts("place") == set(places())


def test_every_colour_of_the_lexicon_has_a_pigment():
    assert LEXICON.concepts("colour") <= set(COLOURS)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_is_at_home_somewhere(kind):
    assert kinds()[kind].home in places()
