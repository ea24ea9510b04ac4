"""Real people are named by their handle, and by nothing else."""

from pipelines.director import direct


def test_a_handle_is_a_person_who_acts() -> None:
    shot = direct("@Ann dances with @ben_2 on a beach at sunset").shots[0]
    assert [(s.kind, s.cameo, s.action) for s in shot.subjects] == [
        ("person", "ann", "dance"),
        ("person", "ben_2", "dance"),
    ]
    assert shot.place == "beach"


def test_a_handle_in_french() -> None:
    storyboard = direct("@zoe et un chien courent dans la forêt. @zoe chante.")
    assert storyboard.language == "fr"
    assert {(s.kind, s.cameo) for s in storyboard.shots[0].subjects} == {("person", "zoe"), ("dog", None)}
    assert storyboard.coverage.missed == ()


def test_each_says_their_own_words() -> None:
    shot = direct('@ann says "Hi" and @bob says "Hello"').shots[0]
    assert [(line.speaker, line.text) for line in shot.lines] == [("ann", "Hi"), ("bob", "Hello")]


def test_a_handle_met_before_is_the_same_person() -> None:
    storyboard = direct("@ann walks on a beach. Then @ann sits down and @james waves.")
    assert all(len({s.cameo for s in shot.subjects}) == len(shot.subjects) for shot in storyboard.shots)
    assert any(s.cameo == "james" and s.count == 1 for shot in storyboard.shots for s in shot.subjects)


def test_a_person_may_be_described() -> None:
    (subject,) = direct("A shot of the woman @ann in a red hat, dressed as a pirate").shots[0].subjects
    assert (subject.kind, subject.cameo) == ("woman", "ann")
    assert set(subject.attributes) == {"hat_red", "pirate"}


def test_an_address_is_no_handle() -> None:
    subjects = direct("A dog reads a letter from ann@example.org").shots[0].subjects
    assert [s.cameo for s in subjects] == [None] * len(subjects)
