"""Somebody says a line: it is heard, timed, of the right person, and the same every time."""

import pickle
import subprocess
import sys
from functools import cache

import numpy as np
import pyloudnorm
import pytest

from pipelines.sound import speech as speech_module
from pipelines.sound.speech import Speech, SpeechError, speak
from pipelines.sound.voices import VOICES, voice_named
from tests.pipelines.sound.measuring import pitch

ENGLISH = "Mama, put the big map back. What a beautiful evening!"
FRENCH = "Bonjour ! Regarde ce beau chien, maman."


@cache
def said(text: str, language: str, voice: str) -> Speech:
    return speak(text, language, VOICES[voice])


@pytest.mark.parametrize(("text", "language", "letters"), [(ENGLISH, "en", "mpb"), (FRENCH, "fr", "bʁʃ")])
def test_a_line_is_heard_with_its_phonemes_inside_the_sound(text: str, language: str, letters: str) -> None:
    line = said(text, language, "woman")
    assert 1.5 < line.seconds < 6
    assert line.samples.dtype == np.float32
    assert np.abs(line.samples).max() < 1
    symbols = "".join(phoneme.symbol for phoneme in line.phonemes)
    assert all(letter in symbols for letter in letters)
    times = [time for phoneme in line.phonemes for time in (phoneme.start, phoneme.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= line.seconds


def test_the_sound_is_where_the_phonemes_say() -> None:
    line = said(FRENCH, "fr", "girl")  # a small voice is played faster, and its times with it
    inside = np.zeros(len(line.samples), bool)
    for phoneme in line.phonemes:
        inside[round(phoneme.start * 48_000) : round(phoneme.end * 48_000)] = True
    power = line.samples.astype(float) ** 2
    assert power[inside].sum() > 0.9 * power.sum()
    pause = max(zip(line.phonemes, line.phonemes[1:], strict=False), key=lambda pair: pair[1].start - pair[0].end)
    quiet = line.samples[round((pause[0].end + 0.1) * 48_000) : round((pause[1].start - 0.02) * 48_000)]
    assert np.sqrt(np.mean(quiet**2)) < 0.1 * np.sqrt(np.mean(line.samples**2))


def test_words_begin_in_order() -> None:
    words = said(ENGLISH, "en", "man").words
    assert len(words) == 10
    assert list(words) == sorted(words)


def test_a_man_a_woman_and_a_child_have_their_own_pitch() -> None:
    heard = {name: pitch(said(ENGLISH, "en", name).samples) for name in ("old_man", "man", "woman", "girl")}
    assert heard["old_man"] < heard["man"] - 10
    assert 90 < heard["man"] < 135
    assert 170 < heard["woman"] < 230
    assert heard["girl"] > heard["woman"] + 40


def test_every_voice_speaks_at_one_loudness() -> None:
    meter = pyloudnorm.Meter(48_000)
    for index, name in enumerate(VOICES):
        line = said(*((ENGLISH, "en"), (FRENCH, "fr"))[index % 2], name)
        assert meter.integrated_loudness(line.samples) == pytest.approx(-20, abs=0.5), name


def test_the_same_line_has_the_same_samples_in_another_process() -> None:
    line = said(FRENCH, "fr", "woman")
    said(ENGLISH, "en", "man")  # what was said in between changes nothing
    program = (
        "import sys, pickle; from pipelines.sound.speech import speak; from pipelines.sound.voices import VOICES; "
        f"sys.stdout.buffer.write(pickle.dumps(speak({FRENCH!r}, 'fr', VOICES['woman'])))"
    )
    other = pickle.loads(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)
    assert np.array_equal(other.samples, line.samples)
    assert other.phonemes == line.phonemes


def test_marks_alone_are_a_short_silence() -> None:
    line = speak("…", "en", VOICES["man"])
    assert line.phonemes == ()
    assert not line.samples.any()
    assert line.seconds < 1


def test_text_that_looks_like_markup_is_only_text() -> None:
    plain = speak("a < b [[x]] <break time='9s'/>", "en", VOICES["man"])
    assert plain.seconds < 8


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [("  ", "en", "empty"), ("a" * 501, "en", "501 characters; the limit is 500"), ("Hallo", "de", "en and fr")],
)
def test_what_cannot_be_spoken_is_refused_in_a_sentence(text: str, language: str, words: str) -> None:
    with pytest.raises(SpeechError, match=words):
        speak(text, language, VOICES["man"])


def test_a_speech_process_that_fails_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no voice data')")
    monkeypatch.setattr(speech_module, "_PROCESS", broken)
    with pytest.raises(SpeechError, match="no voice data.*Reinstall espeakng-loader"):
        speak("Hello.", "en", VOICES["man"])


def test_a_speech_process_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(speech_module, "_PROCESS", hanging)
    monkeypatch.setattr(speech_module, "TIME_LIMIT", 0.3)
    with pytest.raises(SpeechError, match="was stopped"):
        speak("Hello.", "en", VOICES["man"])


def test_an_unknown_voice_is_the_narrators() -> None:
    assert voice_named("troll") == VOICES["narrator"]
