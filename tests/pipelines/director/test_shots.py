"""Several shots: where they begin, what they keep of the shot before, and how long they last."""

import pytest

from pipelines.director import direct
from pipelines.storyboard import Style


@pytest.mark.parametrize(
    ("prompt", "actions"),
    [
        ("Shot 1: a dog runs. Shot 2: the dog sleeps.", ["run", "sleep"]),
        ("Scene 1 - a dog runs\nScene 2 - it swims", ["run", "swim"]),
        ("Plan 1 : un chien court. Plan 2 : il dort.", ["run", "sleep"]),
        ("Premier plan : un chien court. Deuxième plan : il dort.", ["run", "sleep"]),
        ("First shot: a dog runs. Second shot: it sleeps.", ["run", "sleep"]),
        ("A dog runs, then sleeps", ["run", "sleep"]),
        ("Un chien court puis il dort. Ensuite, il mange.", ["run", "sleep", "eat"]),
        ("A dog runs. Next, it jumps. Cut to a cat sleeping.", ["run", "jump", "sleep"]),
    ],
)
def test_shots_follow_each_other(prompt, actions):
    assert [shot.subjects[0].action for shot in direct(prompt).shots] == actions


@pytest.mark.parametrize(
    "prompt",
    [
        "a basketball shot next to a scene of dogs",
        "a wide shot of a cat next to a dog",
        "gros plan sur un chat au premier plan",
        "A ball hits the wall, then rolls away",
        "A cat sits. The camera pans, then zooms in.",
    ],
)
def test_what_only_sounds_like_a_new_shot_is_none(prompt):
    assert len(direct(prompt).shots) == 1


def test_a_later_shot_keeps_the_setting_and_the_looks_of_who_is_in_it():
    first, second = direct("A black cat with a red scarf walks in a snowy village at night, then it sleeps").shots
    assert (second.place, second.time, second.weather, second.season) == ("village", "night", "snow", "winter")
    assert second.subjects[0].colours == ("black",)
    assert second.subjects[0].attributes == ("scarf_red",)
    assert (first.subjects[0].action, second.subjects[0].action) == ("walk", "sleep")


def test_a_later_shot_can_change_the_setting():
    first, second = direct("Un renard court dans la forêt à l'aube. Plan 2 : il dort sur la plage la nuit.").shots
    assert (first.place, first.time) == ("forest", "dawn")
    assert (second.place, second.time) == ("beach", "night")


def test_a_shot_without_anybody_named_shows_those_of_the_shot_before():
    shots = direct("A fox looks at the moon. Cut to a close-up of its face.").shots
    assert [shot.subjects[0].kind for shot in shots] == ["fox", "fox"]
    assert shots[1].subjects[0].action == "look"
    assert (shots[0].camera.framing, shots[1].camera.framing) == ("full", "close")


def test_an_empty_place_keeps_nobody():
    assert direct("A man walks in the street. Cut to the empty street at night.").shots[1].subjects == ()


def test_the_dog_is_the_dog_met_before_and_a_dog_is_another():
    assert len(direct("A dog runs. The dog jumps.").shots[0].subjects) == 1
    assert len(direct("A dog runs. Another dog jumps.").shots[0].subjects) == 2


def test_she_and_he_are_told_apart():
    man, woman = direct("A man and a woman meet. She laughs and he dances.").shots[0].subjects
    assert (man.action, woman.action) == ("dance", "laugh")


def test_what_stands_before_the_first_shot_is_true_of_all():
    shots = direct("Paper cut-out style, in a forest at night. Shot 1: a fox runs. Shot 2: an owl flies.").shots
    assert [(shot.style, shot.place, shot.time) for shot in shots] == [(Style.PAPER, "forest", "night")] * 2
    assert [shot.subjects[0].kind for shot in shots] == ["fox", "owl"]


def test_a_style_named_at_the_end_is_the_style_of_the_whole_clip():
    shots = direct("Shot 1: a fox runs. Shot 2: an owl flies. Cartoon style.").shots
    assert [shot.style for shot in shots] == [Style.FLAT, Style.FLAT]


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("a dog runs for 10 seconds", [10]),
        ("un chien court pendant dix secondes", [10]),
        ("a 12s video of a cat", [12]),
        ("a cat", [5]),
        ("un chat, 90 secondes", [20]),
        ("Shot 1: a dog for 3 seconds. Shot 2: a cat for 4 seconds.", [3, 4]),
        ("A 10 second video. Shot 1: a dog. Shot 2: a cat.", [5, 5]),
        ("A 10 second video. Shot 1: a dog for 3 seconds. Shot 2: a cat.", [3, 7]),
        ("Plan 1 : un chien pendant 3 secondes. Plan 2 : un chat.", [3, 2.5]),
    ],
)
def test_durations(prompt, seconds):
    assert [shot.seconds for shot in direct(prompt).shots] == pytest.approx(seconds)


def test_the_request_decides_the_length_and_shots_share_it():
    prompt = "Shot 1: a dog for 3 seconds. Shot 2: a cat for 6 seconds. Shot 3: an owl for 3 seconds."
    storyboard = direct(prompt, seconds=20)
    assert storyboard.seconds == pytest.approx(20)
    assert [shot.seconds for shot in storyboard.shots] == pytest.approx([5, 10, 5], abs=0.4)


def test_the_request_decides_the_style_and_the_prompt_s_own_is_reported():
    storyboard = direct("cartoon of a cat", style=Style.PAPER)
    assert storyboard.shots[0].style == Style.PAPER
    assert storyboard.coverage.missed == ("cartoon",)


def test_never_more_shots_than_a_clip_holds():
    storyboard = direct(" ".join(f"Shot {number}: a dog runs." for number in range(1, 12)))
    assert len(storyboard.shots) == 6
    assert storyboard.seconds == pytest.approx(5)


def test_the_ball_of_a_later_shot_is_the_football_that_was_kicked():
    storyboard = direct("A boy kicks a football in the park. Shot 2: the ball rolls away")
    assert [subject.kind for subject in storyboard.shots[-1].subjects] == ["football"]


def test_a_ball_that_was_not_met_before_is_a_ball():
    (shot,) = direct("The ball rolls away").shots
    assert [subject.kind for subject in shot.subjects] == ["ball"]
