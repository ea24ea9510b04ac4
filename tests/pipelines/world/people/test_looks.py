"""Everybody looks different, and like what the storyboard says."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.world.actor import Role, kinds
from pipelines.world.colours import COLOURS
from pipelines.world.people.casting import look_of
from pipelines.world.people.garments import GARMENTS
from pipelines.world.people.hair_styles import STYLES
from pipelines.world.people.hat_shapes import HATS
from pipelines.world.people.person import Person
from pipelines.world.people.wardrobe import COSTUMES, TRAITS
from tests.pipelines.world.people.people import ADULTS, CHILDREN, person, picture, spoken


def look(kind="man", *attributes, colours=(), seed=0, index=0):
    return look_of(Role(kind, "stand", attributes, colours, seed=seed, index=index), kind)


def test_every_kind_is_registered_with_a_voice():
    for name in (*ADULTS, *CHILDREN):
        assert kinds()[name].family == "person" and kinds()[name].voice


def test_two_of_a_kind_differ_and_one_stays_itself():
    for kind in ("man", "woman", "boy"):
        for seed in range(5):
            a, b = look(kind, seed=seed), look(kind, seed=seed, index=1)
            assert a.skin != b.skin and a.outfit.top_colour != b.outfit.top_colour
            assert a == look(kind, seed=seed)


def test_a_person_who_speaks_looks_as_the_voice_sounds():
    assert kinds()["person"].voice == "woman"
    speaking = [Role("person", "talk", seed=s, cues=spoken(("a", 0.0, 0.2))) for s in range(6)]
    assert all(look_of(role, "person").feminine > 0.5 for role in speaking)
    assert len({look("person", seed=s).feminine for s in range(12)}) == 2


def test_looks_vary_widely_between_seeds():
    looks = [look("woman", seed=s) for s in range(40)]
    assert len({one.skin for one in looks}) >= 6 and len({one.hair_style for one in looks}) >= 4
    assert len({one.outfit.top for one in looks}) >= 3


def test_the_first_colour_is_the_main_garments():
    assert look("woman", colours=("red",)).outfit.top_colour == COLOURS["red"]
    assert look("man", "jumper_green", colours=("red",)).outfit.top_colour == COLOURS["green"]


def test_hats_and_clothes_have_their_colours():
    dressed = look("man", "cap_blue", "raincoat", "scarf_red", "glasses", "boots")
    assert dressed.hat == "cap" and dressed.hat_colour == COLOURS["blue"]
    assert dressed.outfit.top == "raincoat" and dressed.outfit.shoes == "boots"
    assert {(e.kind, e.colour) for e in dressed.extras} == {("scarf", COLOURS["red"]), ("glasses", None)}


def test_an_old_fisherman_is_known_by_raincoat_and_beard():
    old = look("old_man", "fisherman")
    assert (old.outfit.top, old.hat, old.beard) == ("raincoat", "souwester", "long")
    assert look("man", "fisherman", "old").beard == "long"
    assert look("man", "fisherman").hat == "souwester"


def test_age_and_size_are_seen():
    assert look("person", "child").height < 1.4 and look("man", "old").oldness == 1
    assert look("man", "tall", seed=1).height > look("man", seed=1).height > look("man", "small", seed=1).height
    assert look("woman", "red_hair").hair != look("woman", "blond").hair
    assert look("man", "bald").hair_style == "bald" and look("man", "beard").beard == "full"


def test_swimmers_do_not_wear_jackets():
    role = Role("man", "swim")
    assert look_of(role, "man").outfit.top == "bare"
    assert look_of(Role("man", "swim", ("raincoat",)), "man").outfit.top == "raincoat"


def test_rows_name_things_that_exist():
    for costume in COSTUMES.values():
        assert costume.outfit.get("top", "shirt") in GARMENTS
        changes = {**costume.look, **costume.when_old}
        assert changes.get("hat", "cap") in HATS and changes.get("hair_style", "short") in STYLES
    for changes in TRAITS.values():
        assert changes.get("hair_style", "short") in STYLES


@pytest.mark.parametrize("style", ["cinematic", "flat", "paper"])
@pytest.mark.parametrize("kind", [*ADULTS, *CHILDREN])
def test_everybody_is_drawn_in_every_style(kind, style):
    pixels = picture(person(kind, "stand", seed=4), 1.0, style)
    solid = pixels[..., 3] > 200
    rows, columns = np.where(solid)
    assert np.ptp(rows) > 0.6 * pixels.shape[0] and 0.02 < solid.mean() < 0.6
    assert len(np.unique(pixels[solid][:, :3] // 32, axis=0)) > 8
    assert 0.3 < columns.mean() / pixels.shape[1] < 0.7


@pytest.mark.parametrize("costume", sorted(COSTUMES))
def test_every_costume_is_drawn_and_is_told_from_plain_clothes(costume):
    plain, dressed = person("man", "stand", seed=4), person("man", "stand", attributes=(costume,), seed=4)
    a, b = picture(plain, 1.0, "flat", 80, 120), picture(dressed, 1.0, "flat", 80, 120)
    assert (abs(a.astype(int) - b.astype(int)).max(axis=2) > 30).mean() > 0.01


@pytest.mark.parametrize("hat", sorted(HATS))
def test_hats_sit_on_top_and_keep_the_face_free(hat):
    plain = person("man", "stand", seed=4)
    worn = Person(plain.role, replace(plain.look, hat=hat, hair_style="crop"))
    bare = Person(plain.role, replace(plain.look, hair_style="crop"))
    a, b = picture(bare, 1.0, "flat", near=2.6), picture(worn, 1.0, "flat", near=2.6)
    changed = abs(a.astype(int) - b.astype(int)).max(axis=2) > 30
    assert changed.sum() > 150
    face_rows = np.where(changed)[0]
    assert np.median(face_rows) < 0.62 * a.shape[0]


def test_the_same_person_is_painted_to_the_same_bits():
    for style in ("cinematic", "paper"):
        a = picture(person("woman", "dance", seed=7), 1.4, style)
        b = picture(person("woman", "dance", seed=7), 1.4, style)
        assert np.array_equal(a, b)


def test_a_head_can_be_replaced():
    """A cameo brings its own head: whoever draws it is told where it is and how it is turned."""

    class Ball:
        def __init__(self):
            self.seen = []

        def draw_behind(self, painter, place):
            pass

        def draw(self, painter, place):
            self.seen.append(place)

    plain = person("man", "walk", seed=4)
    ball = Ball()
    picture(Person(plain.role, plain.look, ball), 1.0)
    (place,) = ball.seen
    assert place.view.size > 5 and place.view.yaw > 0.3
