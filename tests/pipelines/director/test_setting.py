"""Place, hour, weather, season, camera, style, sounds and music."""

import pytest

from pipelines.director import direct


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("a dog in a field of wheat", "place", "meadow"),
        ("un chien dans la prairie", "place", "meadow"),
        ("a whale in the ocean", "place", "sea"),
        ("sous l'eau, un poisson", "place", "underwater"),
        ("a man on a rooftop in the city", "place", "rooftop"),
        ("a cat in the snow field", "place", "snow_field"),
        ("at dusk", "time", "sunset"),
        ("au lever du soleil", "time", "dawn"),
        ("a cat under the stars", "time", "night"),
        ("a cat in warm light", "time", "sunset"),
        ("a cat at noon in warm light", "time", "day"),
        ("il pleut", "weather", "rain"),
        ("a foggy street", "weather", "fog"),
        ("sous l'orage", "weather", "storm"),
        ("on a windy day", "weather", "wind"),
        ("en hiver", "season", "winter"),
        ("autumn leaves in autumn", "season", "autumn"),
        ("paper cut-out", "style", "paper"),
        ("en papier découpé", "style", "paper"),
        ("dessin animé", "style", "flat"),
        ("a cartoon fox", "style", "flat"),
        ("cinematic", "style", "cinematic"),
        ("calm piano music", "music", "calm"),
        ("avec une musique triste", "music", "sad"),
        ("jazz", "music", "jazz"),
        ("with music", "music", "calm"),
        ("a happy dog", "music", None),
        ("a silent forest", "sounds", ("silence",)),
        ("with birds chirping", "sounds", ("birdsong",)),
        ("the sound of wind and waves", "sounds", ("wind", "waves")),
        ("le bruit de la pluie", "sounds", ("rain",)),
        ("thunder and church bells", "sounds", ("thunder", "bells")),
    ],
)
def test_a_word_sets_its_field(prompt, field, value):
    assert getattr(direct(prompt).shots[0], field) == value


@pytest.mark.parametrize(
    ("prompt", "camera"),
    [
        ("close-up of a cat", ("close", "static", "eye")),
        ("gros plan sur un chat", ("close", "static", "eye")),
        ("drone shot of a village", ("wide", "crane", "high")),
        ("tracking shot of a horse", ("full", "track", "eye")),
        ("Un chien court. La caméra le suit à ras du sol.", ("full", "track", "low")),
        ("A dog runs. The camera slowly pushes in.", ("full", "push_in", "eye")),
        ("travelling arrière sur une ville en plongée", ("full", "pull_out", "high")),
        ("the camera circles around a robot, low angle, medium shot", ("medium", "orbit", "low")),
        ("plan large, caméra fixe", ("wide", "static", "eye")),
        ("the camera pans over the mountains", ("full", "pan", "eye")),
        ("la caméra s'élève au-dessus du village", ("full", "crane", "eye")),
    ],
)
def test_camera_words(prompt, camera):
    found = direct(prompt).shots[0].camera
    assert (found.framing, found.move, found.angle) == camera


def test_the_camera_is_no_subject_and_what_it_looks_at_is():
    subjects = direct("The camera follows a fox running in the forest").shots[0].subjects
    assert [(subject.kind, subject.action) for subject in subjects] == [("fox", "run")]


def test_birds_that_are_only_heard_are_not_seen():
    assert direct("a meadow with the song of birds").shots[0].subjects == ()
    assert direct("trois oiseaux volent").shots[0].subjects[0].kind == "bird"


def test_what_contradicts_is_reported_rather_than_dropped():
    storyboard = direct("a cat at night in the morning")
    assert storyboard.shots[0].time == "night"
    assert storyboard.coverage.missed == ("morning",)


@pytest.mark.parametrize(
    ("prompt", "language"),
    [("a dog runs", "en"), ("un chien court", "fr"), ("Chat noir", "fr"), ("cat", "en"), ("", "en"), ("zzz", "en")],
)
def test_the_language_of_short_prompts(prompt, language):
    assert direct(prompt).language == language
