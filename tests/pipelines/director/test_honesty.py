"""What is not understood is said, and becomes nothing else; what is denied does not appear."""

import pytest

from pipelines.director import direct

OTHER_ANIMALS = (
    "wolf lion tiger moth lynx puma ibex orca newt wasp hyena capybara quokka axolotl narwhal meerkat llama dinosaur "
    "dragon unicorn beaver otter seal crab squirrel raccoon hedgehog panda koala giraffe zebra monkey crow goat boar "
    "deer moose camel seagull spider ant bee frog snake crocodile turtle shark dolphin octopus hamster ferret"
)


def kinds(prompt: str) -> list[str]:
    return [subject.kind for subject in direct(prompt).shots[0].subjects]


@pytest.mark.parametrize(
    ("prompt", "missed"),
    [
        ("a wolf howls", "wolf howls"),
        ("a purple dragon flies", "purple dragon flies"),
        ("trois petits cochons", "Trois petits cochons".lower()),
        ("a cat statue", "cat statue"),
        ("a hot dog", "hot dog"),
        ("un ours en peluche", "ours en peluche"),
        ("une chauve-souris", "chauve-souris"),
        ("a hot air balloon", "hot air balloon"),
        ("a gorilla eats a banana", "gorilla eats a banana"),
        ("anime style", "anime style"),
        ("in slow motion", "slow motion"),
        ("a photorealistic tiger", "photorealistic tiger"),
        ("un axolotl", "axolotl"),
    ],
)
def test_an_unknown_subject_never_becomes_a_known_one(prompt, missed):
    storyboard = direct(prompt)
    assert kinds(prompt) == []
    assert storyboard.coverage.missed == (missed,)


@pytest.mark.parametrize(
    "animal",
    OTHER_ANIMALS.split(),
)
def test_no_other_animal_is_taken_for_one_that_can_be_drawn(animal):
    assert kinds(f"a {animal} in a forest") == []


def test_what_an_unknown_one_does_is_not_done_by_somebody_else():
    storyboard = direct("A dragon dances while a cat sleeps")
    assert [(s.kind, s.action) for s in storyboard.shots[0].subjects] == [("cat", "sleep")]
    assert storyboard.coverage.missed == ("dragon dances",)


def test_the_colour_of_an_unknown_one_colours_nobody_else():
    subjects = direct("a purple dragon and a cat").shots[0].subjects
    assert [(subject.kind, subject.colours) for subject in subjects] == [("cat", ())]


def test_what_an_unknown_object_does_is_not_done_by_the_one_before():
    storyboard = direct("Le dernier domino pousse une bille qui roule")
    assert storyboard.shots[0].subjects[0].action is None
    assert "roule" in " ".join(storyboard.coverage.missed)


@pytest.mark.parametrize(
    "prompt",
    [
        "an empty beach, no people",
        "une plage sans personne",
        "a beach without any people or dogs",
        "no dogs, no cats, no cars",
        "Il n'y a personne sur la plage",
        "une forêt sans chiens ni chats",
        "a street with nobody",
    ],
)
def test_what_is_denied_is_not_there(prompt):
    assert kinds(prompt) == []


@pytest.mark.parametrize(
    ("prompt", "phrase"),
    [
        ("a beach, no people", ("no people", "shots.0.subjects!=person")),
        ("une forêt sans musique", ("sans musique", "shots.0.music!=music")),
        ("a forest without wind", ("without wind", "shots.0.weather!=wind")),
    ],
)
def test_a_denial_is_understood(prompt, phrase):
    storyboard = direct(prompt)
    assert phrase in [(u.phrase, u.field) for u in storyboard.coverage.understood]
    assert storyboard.coverage.missed == ()


def test_a_denial_ends_where_something_is_there():
    assert kinds("no people and a dog") == ["dog"]
    assert kinds("no people, a dog") == ["dog"]
    assert kinds("sans personne, un chien court") == ["dog"]


def test_a_denied_action_is_not_done():
    assert direct("Un garçon ne court pas").shots[0].subjects[0].action is None
    assert direct("a dog that is not running").shots[0].subjects[0].action is None


def test_function_words_and_praise_are_neither_understood_nor_missed():
    storyboard = direct("A beautiful video of a very cute cat in a lovely forest")
    assert [u.phrase for u in storyboard.coverage.understood] == ["cat", "forest"]
    assert storyboard.coverage.missed == ()


def test_a_man_who_leaves_brings_no_leaves():
    assert kinds("a man leaves the house") == ["man"]
    assert kinds("autumn leaves in the wind") == ["leaf"]


def test_clothes_that_nobody_wears_are_missed():
    storyboard = direct("a hat on the table")
    assert storyboard.shots[0].subjects == ()
    assert "hat" in storyboard.coverage.missed


@pytest.mark.parametrize(
    ("prompt", "missed"),
    [
        ("The cat is white and the sky is blue", "blue"),
        ("a white cat under a red light", "red light"),
        ("un chat blanc sous une lumière rouge", "lumière rouge"),
        ("a white cat under violet neon lights", "violet"),
        ("Un chat blanc, néons violets", "violets"),
    ],
)
def test_the_colour_of_the_sky_or_a_light_colours_nobody(prompt, missed):
    storyboard = direct(prompt)
    assert [subject.colours for subject in storyboard.shots[0].subjects] == [("white",)]
    assert storyboard.coverage.missed == (missed,)


def test_waves_of_the_sea_are_waved_by_nobody():
    shot = direct("A sailboat drifts on the sea. Gentle waves lap against the hull.").shots[0]
    assert (shot.subjects[0].action, shot.events, shot.sounds) == ("drift", (), ("waves",))


def test_the_boxes_named_again_are_the_boxes_named_before():
    assert kinds("A red box and a blue box. The ball rolls and hits the boxes.") == ["box", "box", "ball"]
