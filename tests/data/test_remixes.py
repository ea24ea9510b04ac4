"""Who may make something of a clip and sees what it takes; which clips were made from which."""

import pytest

from data import clips
from data.client import VISITOR
from data.errors import NoPermission, NotAllowed, NotFound


def test_whoever_may_remix_a_clip_is_shown_its_storyboard_and_not_its_prompt(world):
    ada, ben = world.people("ada", "ben")
    clip = world.make(ada)
    with pytest.raises(NotFound):
        clips.remix_source(world.database, ben.caller, clip)
    world.publish(ada, clip)
    source = clips.remix_source(world.database, ben.caller, clip)
    assert source["storyboard"]["shots"][0]["place"] == "meadow" and "coverage" not in source["storyboard"]
    assert (source["prompt"], source["author"]["handle"]) == (None, "ada")
    assert clips.remix_source(world.database, ada.caller, clip)["prompt"] == "A dog runs through a meadow."


def test_a_prompt_that_is_published_is_shown_with_the_source(world):
    ada, ben = world.people("ada", "ben")
    clip = world.make(ada)
    world.publish(ada, clip, show_prompt=True)
    assert clips.remix_source(world.database, ben.caller, clip)["prompt"] == "A dog runs through a meadow."


def test_a_clip_that_offers_no_remix_shows_nothing_of_how_it_was_made(world):
    ada, ben = world.people("ada", "ben")
    clip = world.make(ada)
    world.publish(ada, clip, allow_remix=False)
    with pytest.raises(NotAllowed):
        clips.remix_source(world.database, ben.caller, clip)
    with pytest.raises(NotAllowed):
        clips.remix_source(world.database, VISITOR, clip)
    assert clips.remix_source(world.database, ada.caller, clip)["seed"] == 7


def test_somebody_who_does_not_want_to_be_remixed_is_not(world):
    ada, ben = world.people("ada", "ben")
    world.cameo(ada, "everyone", switches=["remix"])
    clip = world.make(ada, "ada")
    world.publish(ada, clip)
    with pytest.raises(NoPermission):
        clips.remix_source(world.database, ben.caller, clip)


def family(world, *people):
    """(first clip, its remix by the second person, and a remix of that by the third), all published."""
    made, parent = [], None
    for person in people:
        clip = world.make(person, parent=parent)
        world.publish(person, clip)
        made.append(clip)
        parent = clip
    return made


def test_a_lineage_leads_up_to_what_a_clip_was_made_from_and_down_to_what_was_made_from_it(world):
    ada, ben, cleo = world.people("ada", "ben", "cleo")
    first, second, third = family(world, ada, ben, cleo)
    kin = clips.lineage(world.database, VISITOR, second)
    assert [(one["id"], one["step"]) for one in kin] == [(first, -1), (second, 0), (third, 1)]
    assert [one["author"]["handle"] for one in kin] == ["ada", "ben", "cleo"]
    assert all(one["post"] and one["poster_path"] for one in kin)


def test_a_lineage_shows_nobody_a_draft_of_somebody_else(world):
    ada, ben = world.people("ada", "ben")
    (first,) = family(world, ada)
    draft = world.make(ben, parent=first)
    assert [one["id"] for one in clips.lineage(world.database, ada.caller, first)] == [first]
    assert [one["id"] for one in clips.lineage(world.database, ben.caller, first)] == [first, draft]
    with pytest.raises(NotFound):
        clips.lineage(world.database, ada.caller, draft)


def test_a_parent_that_was_taken_down_leaves_its_remixes_without_it(world):
    ada, ben = world.people("ada", "ben")
    first, second = family(world, ada, ben)
    ada.call("delete_clip", clip=first)
    (alone,) = clips.lineage(world.database, ben.caller, second)
    assert (alone["id"], alone["parent"]) == (second, first)
