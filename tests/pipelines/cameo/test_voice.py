"""A voice is measured, and the voice that speaks for the person comes close to it."""

import numpy as np
import pytest

from pipelines.cameo.likeness import Voice
from pipelines.cameo.listening import listen
from pipelines.cameo.voice import USUAL, measured, spoken_voice
from pipelines.sound.speech import speak
from pipelines.sound.voices import VOICES
from pipelines.sound.voices import Voice as Spoken

TEXT = "Forty seven. The quick brown fox jumps over the lazy dog, and eighty one people look at it. Twenty three."
RATE = 16_000


def heard(voice: Spoken, language: str = "en") -> Voice:
    samples = (np.clip(speak(TEXT, language, voice).samples[::3], -1, 1) * 32767).astype(np.int16)
    return measured(samples, RATE, listen(samples, RATE))


@pytest.mark.parametrize("name", ["man", "woman", "boy", "old_man"])
def test_who_is_measured_sounds_alike_when_they_speak(name: str) -> None:
    real = heard(VOICES[name])
    again = heard(spoken_voice(real))
    assert abs(12 * np.log2(again.pitch / real.pitch)) < 2.5, "semitones"
    assert abs(again.formants[2] / real.formants[2] - 1) < 0.06


def test_voices_stay_apart() -> None:
    man, woman, boy = (spoken_voice(heard(VOICES[name])) for name in ("man", "woman", "boy"))
    assert man.variant != woman.variant and boy.size < woman.size - 0.05


def test_silence_and_noise_are_no_voice() -> None:
    noise = (np.random.default_rng(3).standard_normal(RATE * 2) * 3000).astype(np.int16)
    assert listen(noise, RATE).share(0, 2) < 0.1
    assert measured(np.zeros(RATE, np.int16), RATE, listen(np.zeros(RATE, np.int16), RATE)) == USUAL
    assert listen(np.zeros(10, np.int16), RATE).share(0, 1) == 0
