"""Who and what is in a shot: numbers, colours, looks, clothes and actions reach the right noun, in both languages."""

import pytest

from pipelines.director import direct


def cast(prompt: str) -> list[tuple]:
    """(count, kind, colours, attributes, action) of every subject of the first shot."""
    subjects = direct(prompt).shots[0].subjects
    return [(s.count, s.kind, set(s.colours), set(s.attributes), s.action) for s in subjects]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("three dogs", [(3, "dog")]),
        ("deux chats", [(2, "cat")]),
        ("a dozen penguins", [(12, "penguin")]),
        ("une dizaine de canards", [(10, "duck")]),
        ("a fox", [(1, "fox")]),
        ("twenty five sheep", [(12, "sheep")]),  # as many as fit into a shot
        ("several horses", [(4, "horse")]),
        ("quelques oiseaux", [(3, "bird")]),
        ("birds", [(3, "bird")]),
        ("a couple dancing", [(2, "person")]),
        ("a flock of sheep", [(8, "sheep")]),
        ("une paire de lapins", [(2, "rabbit")]),
        ("the children and a robot", [(3, "person"), (1, "robot")]),
        ("10 papillons", [(10, "butterfly")]),
    ],
)
def test_numbers_and_articles_say_how_many(prompt, expected):
    assert [(count, kind) for count, kind, *_ in cast(prompt)] == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a black cat and a red ball", [("cat", {"black"}), ("ball", {"red"})]),
        ("un chat noir et une balle rouge", [("cat", {"black"}), ("ball", {"red"})]),
        ("a black and white cat chases a red ball", [("cat", {"black", "white"}), ("ball", {"red"})]),
        ("un chien noir et blanc dort près d'un chat gris", [("dog", {"black", "white"}), ("cat", {"grey"})]),
        ("the dog is black and the cat is white", [("dog", {"black"}), ("cat", {"white"})]),
        ("des voitures rouges et un bateau bleu clair", [("car", {"red"}), ("boat", {"blue"})]),
        ("two white horses under a green tree", [("horse", {"white"}), ("tree", {"green"})]),
        ("un ballon jaune, une boîte verte", [("balloon", {"yellow"}), ("box", {"green"})]),
        ("une rose rouge", [("flower", {"red"})]),
        ("un chat rose", [("cat", {"pink"})]),
    ],
)
def test_colours_stay_with_their_noun(prompt, expected):
    assert [(kind, colours) for _, kind, colours, *_ in cast(prompt)] == expected


@pytest.mark.parametrize(
    ("prompt", "kind", "attributes"),
    [
        ("a golden retriever puppy", "dog", {"golden_retriever", "puppy"}),
        ("un chiot", "dog", {"puppy"}),
        ("un chaton endormi", "cat", {"kitten"}),
        ("a little girl", "girl", set()),
        ("une petite fille heureuse", "girl", {"happy"}),
        ("an old man", "old_man", set()),
        ("a tall old woman", "old_woman", {"tall"}),
        ("un vieux pêcheur à la barbe blanche", "old_man", {"fisherman", "white_beard"}),
        ("a young female astronaut", "woman", {"astronaut", "young"}),
        ("une femme astronaute", "woman", {"astronaut"}),
        ("a wizard with a long beard", "man", {"wizard", "beard"}),
        ("a 70 year old man", "old_man", set()),
        ("a girl with curly hair", "girl", {"curly_hair"}),
        ("a penguin dressed as a pirate", "penguin", {"pirate"}),
        ("children", "person", {"child"}),
    ],
)
def test_words_that_imply_more_than_themselves(prompt, kind, attributes):
    [(_, found_kind, _, found_attributes, _)] = cast(prompt)
    assert (found_kind, found_attributes) == (kind, attributes)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a dog wearing a red bandana", [("dog", {"bandana_red"})]),
        ("un chien portant un bandana rouge vif", [("dog", {"bandana_red"})]),
        ("a girl in a yellow raincoat and a red hat", [("girl", {"raincoat_yellow", "hat_red"})]),
        ("a woman in a red dress and a man in a black coat", [("woman", {"dress_red"}), ("man", {"coat_black"})]),
        ("wearing a blue scarf, a cat walks", [("cat", {"scarf_blue"})]),
        ("un hibou avec des lunettes", [("owl", {"glasses"})]),
        ("the dog's green cap", [("dog", {"cap_green"})]),
        ("une femme vêtue d'une robe verte avec un chien", [("woman", {"dress_green"}), ("dog", set())]),
    ],
)
def test_clothes_belong_to_who_wears_them(prompt, expected):
    assert [(kind, attributes) for _, kind, _, attributes, _ in cast(prompt)] == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a cat sleeps while a dog runs", [("cat", "sleep"), ("dog", "run")]),
        ("un chat dort et un chien court", [("cat", "sleep"), ("dog", "run")]),
        ("a man and a woman are dancing", [("man", "dance"), ("woman", "dance")]),
        ("three dancing robots", [("robot", "dance")]),
        ("les oiseaux volaient", [("bird", "fly")]),
        ("un renard qui nageait", [("fox", "swim")]),
        ("une fille mange une pomme", [("girl", "eat"), ("apple", None)]),
        ("a boy kicks a ball", [("boy", "kick"), ("ball", None)]),
        ("a man drops a bottle", [("man", None), ("bottle", "fall")]),
        ("two children fly a kite", [("person", None), ("kite", "fly")]),
        ("a boy runs with his dog", [("boy", "run"), ("dog", "run")]),
        ("a girl with a balloon dances", [("girl", "dance"), ("balloon", None)]),
        ("a boy watching a dog running", [("boy", "look"), ("dog", "run")]),
        ("a man waves at the sea", [("man", "wave")]),
        ("dancing in the rain, a woman", [("woman", "dance")]),
        ("a skater in the street", [("person", "skate")]),
    ],
)
def test_actions_belong_to_who_does_them(prompt, expected):
    assert [(kind, action) for _, kind, _, _, action in cast(prompt)] == expected


def test_who_acts_comes_before_what_is_only_near():
    assert [kind for _, kind, *_ in cast("Under a red umbrella, near tall trees, a woman walks")][0] == "woman"


def test_holding_something_is_a_look_of_the_holder():
    assert cast("a girl holding a blue umbrella") == [
        (1, "girl", set(), {"holding_umbrella"}, None),
        (1, "umbrella", {"blue"}, set(), None),
    ]


def test_no_more_subjects_than_a_shot_holds_and_the_others_are_reported():
    animals = "a dog, a cat, a fox, a rabbit, a horse, a bear, a sheep, a cow, an owl"
    storyboard = direct(animals)
    assert len(storyboard.shots[0].subjects) == 8
    assert storyboard.coverage.missed == ("owl",)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("an elefant", "kind=elephant"),
        ("a pengiun", "kind=penguin"),
        ("un elephant", "kind=elephant"),
        ("un papilon", "kind=butterfly"),
        ("a yelow cat", "colours=yellow"),
    ],
)
def test_small_spelling_mistakes_are_forgiven_and_shown_as_typed(typed, field):
    storyboard = direct(typed)
    assert (typed.split()[1], f"shots.0.subjects.0.{field}") in [
        (u.phrase, u.field) for u in storyboard.coverage.understood
    ]
