"""What is said aloud: the words, who says them, in which language; never read for subjects."""

import pytest

from pipelines.director import direct


def lines(prompt: str) -> list[tuple]:
    """(text, speaker, language) of all lines."""
    return [(line.text, line.speaker, line.language) for shot in direct(prompt).shots for line in shot.lines]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ('A man says "Hello, my friend!"', ("Hello, my friend!", "man", "en")),
        ("A man says 'It's a lovely day'", ("It's a lovely day", "man", "en")),
        ("Un pêcheur dit « La mer est calme »", ("La mer est calme", "man", "fr")),
        ("Une fille crie : “Attendez-moi !”", ("Attendez-moi !", "girl", "fr")),
        ('"Who goes there?" shouts the knight', ("Who goes there?", "person", "en")),
        ("« Bonsoir les amis », dit le hibou", ("Bonsoir les amis", "owl", "fr")),
        ('An old man laughs. He whispers: "Come here."', ("Come here.", "old_man", "en")),
        ('The robot: "I am alive."', ("I am alive.", "robot", "en")),
        ('A woman says "Bonjour, comment allez-vous ?"', ("Bonjour, comment allez-vous ?", "woman", "fr")),
        ("Un homme dit « I love you »", ("I love you", "man", "en")),
        ("A girl says hello", ("hello", "girl", "en")),
        ("A man says: the sea is beautiful", ("the sea is beautiful", "man", "en")),
        ('A pirate sings "Yo ho ho"', ("Yo ho ho", "person", "en")),
    ],
)
def test_a_line_has_its_speaker_and_language(prompt, expected):
    assert lines(prompt) == [expected]


def test_two_speakers_take_turns():
    assert lines('The man says "Stay." and the woman answers "No."') == [
        ("Stay.", "man", "en"),
        ("No.", "woman", "en"),
    ]


def test_the_words_of_a_line_are_not_subjects():
    storyboard = direct('A man says "I saw three dogs on the beach at night"')
    assert [subject.kind for subject in storyboard.shots[0].subjects] == ["man"]
    assert storyboard.shots[0].place is None


def test_who_speaks_talks_unless_doing_something_else():
    assert direct('A man says "Hi!"').shots[0].subjects[0].action == "talk"
    assert direct('A man walks and says "Hi!"').shots[0].subjects[0].action == "walk"


@pytest.mark.parametrize("prompt", ['A sign that reads "OPEN"', "une affiche intitulée « Le Roi »"])
def test_writing_is_not_said_and_is_reported(prompt):
    storyboard = direct(prompt)
    assert storyboard.shots[0].lines == ()
    assert any("OPEN" in phrase or "Roi" in phrase for phrase in storyboard.coverage.missed)


def test_a_line_that_ends_a_sentence_ends_its_speaker_s_turn():
    prompt = 'A dog and a cat sit on a sofa. The dog says "I am hungry." The cat says "Me too."'
    assert [(text, speaker) for text, speaker, _ in lines(prompt)] == [("I am hungry.", "dog"), ("Me too.", "cat")]
