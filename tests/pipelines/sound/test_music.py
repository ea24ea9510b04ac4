"""A music bed: in its mood, in time, in key, home at the end."""

import numpy as np
import pytest

from pipelines.sound.loudness import loudness
from pipelines.sound.music.bed import music_bed
from pipelines.sound.music.composer import PATTERNS, composed, moods
from pipelines.sound.music.instruments import DRUMS, HELD, STRUCK
from pipelines.sound.synthesis import generator

MOODS = ["calm", "happy", "epic", "sad", "playful", "tense", "romantic", "jazz"]


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_fills_the_clip_and_ends_with_it(mood: str) -> None:
    bed = music_bed(mood, 6 * 48_000, seed=3)
    assert bed.shape == (288_000, 2)
    assert bed.dtype == np.float32
    assert np.abs(bed).max() < 1
    assert loudness(bed) == pytest.approx(-23, abs=0.2)
    assert np.abs(bed[-240:]).max() < 0.02, "it has ended"
    assert np.sqrt(np.mean(bed[-72_000:-48_000] ** 2)) > 0.003, "but not long before the clip has"
    assert np.corrcoef(bed.T)[0, 1] < 0.9


@pytest.mark.parametrize("mood", MOODS)
def test_the_last_chord_is_home_and_the_one_before_leads_there(mood: str) -> None:
    row = moods()[mood]
    notes = composed(mood, 12.0, generator("test"))
    final = max(note.start for note in notes if note.pitch and note.seconds > 1)
    home = {(row.root + row.scale[step]) % 12 for step in ((0, 2, 4, 6) if row.sevenths else (0, 2, 4))}
    last = [note for note in notes if note.pitch and note.start >= final - 0.3 and note.seconds > 1]
    assert {note.pitch % 12 for note in last} <= home
    assert row.root % 12 in {note.pitch % 12 for note in last}
    assert all(note.start + note.seconds <= 12.01 for note in last)
    before = {note.pitch % 12 for note in notes if note.pitch and 12 * 0.5 < note.start < final - 0.4}
    assert not before <= home


@pytest.mark.parametrize("mood", MOODS)
def test_the_tune_stays_in_its_key(mood: str) -> None:
    row = moods()[mood]
    key = {(row.root + step) % 12 for step in row.scale}
    tune = [note for note in composed(mood, 20.0, generator("test")) if note.pitch]
    inside = sum(note.pitch % 12 in key for note in tune)
    assert inside > 0.85 * len(tune)  # what leads home or walks between may step outside


def test_moods_differ_in_pace_and_colour() -> None:
    assert moods()["playful"].tempo > 1.5 * moods()["sad"].tempo
    assert moods()["happy"].scale[2] == 4, "major"
    assert moods()["sad"].scale[2] == 3, "minor"


def test_seeds_vary_the_tune() -> None:
    one, again, other = (music_bed("jazz", 288_000, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_an_unknown_mood_is_played_calm_and_other_names_are_known() -> None:
    assert moods()["melancholic"] is moods()["sad"]
    assert len(composed("zorgish", 8.0, generator("x"))) == len(composed("calm", 8.0, generator("x")))


def test_even_the_shortest_clip_has_a_chord() -> None:
    assert np.abs(music_bed("epic", 24_000, 1)).max() > 0.01


def test_every_row_names_instruments_and_patterns_that_exist() -> None:
    for mood in moods().values():
        assert all(part[0] in {**STRUCK, **HELD} and part[1] in PATTERNS for part in mood.parts)
        assert all(drum[0] in DRUMS for drum in mood.drums)
