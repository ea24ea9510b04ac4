"""A mouth that speaks: shut for p, b and m, open for ah, ahead of the sound, at rest in pauses, never jumping."""

from dataclasses import astuple

import numpy as np
import pytest

from pipelines.sound.mouth import LEAD, mouth_at, shape_name
from pipelines.sound.speech import Phoneme, Speech, speak
from pipelines.sound.voices import VOICES

FRAME = 1 / 24


@pytest.fixture(
    scope="module", params=[("en", "Mama, put the big map back."), ("fr", "Bonjour ! Un beau bonbon, papa.")]
)
def line(request: pytest.FixtureRequest) -> Speech:
    language, text = request.param
    return speak(text, language, VOICES["man"])


def test_lips_are_shut_in_some_frame_of_every_p_b_and_m(line: Speech) -> None:
    closures = [phoneme for phoneme in line.phonemes if phoneme.symbol[0] in "pbm"]
    assert len(closures) >= 4
    for phoneme in closures:
        for offset in np.linspace(0, FRAME, 7, endpoint=False):  # wherever the frames happen to fall
            frames = np.arange(offset - FRAME, line.seconds, FRAME)
            near = frames[(frames > phoneme.start - 0.12) & (frames < phoneme.end + 0.02)]
            shut = [mouth for mouth in (mouth_at(line, t) for t in near) if mouth.closed == 1]
            assert shut, phoneme
            assert all(mouth.open == 0 for mouth in shut)


def test_an_open_vowel_opens_the_mouth_a_little_ahead_of_its_sound() -> None:
    vowel = Speech(np.zeros(48_000, np.float32), (Phoneme(0.4, 0.6, "a"),))
    opening = {t: mouth_at(vowel, t).open for t in np.arange(0, 1, 0.005)}
    assert max(opening.values()) > 0.9
    middle = sum(t * value for t, value in opening.items()) / sum(opening.values())
    assert middle == pytest.approx(0.5 - LEAD, abs=0.004)


def test_the_mouth_never_jumps(line: Speech) -> None:
    shapes = np.array([astuple(mouth_at(line, t)) for t in np.arange(-0.3, line.seconds + 0.3, 0.002)])
    assert shapes.min() >= 0
    assert shapes.max() <= 1
    assert np.abs(np.diff(shapes, axis=0)).max() < 0.1


def test_the_mouth_rests_before_after_and_between(line: Speech) -> None:
    for t in (-1.0, line.seconds + 1):
        assert mouth_at(line, t).open < 1e-3
    pauses = [(a.end + b.start) / 2 for a, b in zip(line.phonemes, line.phonemes[1:], strict=False)
              if b.start - a.end > 0.3]  # fmt: skip
    assert all(mouth_at(line, t - LEAD).open < 0.05 for t in pauses)


@pytest.mark.parametrize(
    ("symbol", "shape"),
    [("ɑː", "open"), ("iː", "wide"), ("uː", "round"), ("ɔ̃", "oval"), ("f", "teeth"), ("θ", "tongue"), ("m", "closed"),
     ("", "rest")],
)  # fmt: skip
def test_sounds_have_their_shapes(symbol: str, shape: str) -> None:
    assert shape_name(symbol) == shape
