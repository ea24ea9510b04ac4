"""A whole mix: exact length, exact onsets, right loudness, no clipping, words over music, cuts that are not heard."""

import subprocess
import sys
import tracemalloc
from functools import cache

import numpy as np
import pyloudnorm
import pytest

from pipelines.sound.loudness import true_peak
from pipelines.sound.mixer import mix
from pipelines.sound.score import Score, SoundEvent, SpokenLine
from pipelines.sound.speech import Speech
from pipelines.sound.stage import staged
from tests.pipelines.sound.measuring import bands, centroid


def loudness(samples: np.ndarray) -> float:
    return pyloudnorm.Meter(48_000).integrated_loudness(samples)


@cache
def voice() -> Speech:
    """Two seconds of something voice-like at −20 LUFS."""
    t = np.arange(96_000) / 48_000
    wave = sum(np.sin(2 * np.pi * 140 * k * t) / k for k in range(1, 20)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
    wave *= 10 ** ((-20 - loudness(wave)) / 20)
    return Speech(wave.astype(np.float32), ())


def busy(seconds: float = 5.0) -> Score:
    steps = tuple(
        SoundEvent(0.2 * i, "footstep", ("grass", "wood")[i % 2], pan=0.1 * (i % 7) - 0.3)
        for i in range(int(seconds * 5))
    )
    events = (*steps, SoundEvent(1.0, "call", "dog"), SoundEvent(2.0, "impact", "metal", "metal", strength=1.0))
    lines = (SpokenLine(2.2, voice()),)
    return Score(seconds, events, lines, ("birdsong", "wind"), "happy", "street", seed=4)


SCORES = {
    "busy": [busy()],
    "one hard knock": [Score(3, (SoundEvent(1, "impact", "metal", "metal", strength=1.0),))],
    "steps": [Score(4, tuple(SoundEvent(0.3 * i, "footstep", "asphalt") for i in range(13)))],
    "only rain": [Score(4, ambiences=("rain",))],
    "only fire": [Score(4, ambiences=("fire",))],
    "only music": [Score(4, music="epic")],
    "explosion in a cave": [Score(3, (SoundEvent(0.5, "explosion", strength=1.0),), room="cave")],
    "three shots": [busy(2.0), Score(1.5, ambiences=("wind",)), busy(2.0)],
}


@pytest.mark.parametrize("name", SCORES)
def test_every_mix_is_near_minus_sixteen_and_never_clips(name: str) -> None:
    heard = mix(SCORES[name])
    assert heard.dtype == np.float32
    assert np.isfinite(heard).all()
    assert loudness(heard) == pytest.approx(-16, abs=0.7)
    assert 20 * np.log10(true_peak(heard)) <= -1


@pytest.mark.parametrize("seconds", [[5.0], [1.0, 2.5], [0.5, 1 / 3, 1.2345], [3.3333333]])
def test_the_length_is_exact(seconds: list[float]) -> None:
    scores = [Score(each, (SoundEvent(0.4, "bell"),), ambiences=("wind",)) for each in seconds]
    assert mix(scores).shape == (round(sum(seconds) * 48_000), 2)


def test_silence_keeps_a_gentle_room_tone() -> None:
    heard = mix([Score(3.0)])
    assert -60 < loudness(heard) < -40
    assert np.abs(heard).max() < 0.02


def test_sounds_begin_at_their_very_sample() -> None:
    times = (0.5, 1.2345, 2.0, 2.75)
    for room in ("outdoors", "gym", "underwater"):
        knocks = tuple(SoundEvent(time, "impact", "wood", "rubber", strength=0.9) for time in times)
        heard = np.abs(mix([Score(3.5, knocks, room=room)])).max(axis=1)
        for time in times:
            at = round(time * 48_000)
            before, after = heard[at - 48 : at].max(), heard[at : at + 96].max()
            assert after > 5 * before, (room, time)


def test_left_is_left() -> None:
    left = np.sqrt(np.mean(mix([Score(2, (SoundEvent(0.5, "impact", "wood", "wood", pan=-1.0),))]) ** 2, axis=0))
    assert left[0] > 2 * left[1]


def test_far_is_fainter_and_duller() -> None:
    def knock(distance: float) -> np.ndarray:
        return staged(Score(1, (SoundEvent(0.1, "impact", "gravel", "metal", distance=distance),)))[0]

    near, middle, far = knock(2.0), knock(12.0), knock(60.0)
    assert np.abs(far).max() < 0.5 * np.abs(middle).max() < 0.25 * np.abs(near).max()
    assert centroid(far) < centroid(near)


def test_a_hall_rings_on_where_a_meadow_is_silent() -> None:
    def tail(room: str) -> float:
        heard = mix([Score(2.5, (SoundEvent(0.5, "clap", strength=1.0),), room=room)]).astype(float)
        return float(np.mean(heard[48_000:72_000] ** 2) / np.mean(heard[24_000:33_600] ** 2))

    assert tail("hall") > 4 * tail("outdoors")
    assert tail("cave") > 4 * tail("small")
    assert tail("nowhere in particular") == pytest.approx(tail("outdoors"), rel=0.01)


def test_music_makes_way_for_words() -> None:
    plain, spoken = (mix([Score(6, (), lines, (), "calm", seed=2)]) for lines in ((), (SpokenLine(2.0, voice()),)))

    def at(heard: np.ndarray, start: float, end: float) -> float:
        return float(np.sqrt(np.mean(heard[round(start * 48_000) : round(end * 48_000)] ** 2)))

    assert at(spoken, 2.2, 3.8) > 1.5 * at(spoken, 0.5, 1.5), "the voice is in front"
    # 1 to 2 s after the line, against before it, the music is back at the level that it has on its own
    assert at(spoken, 5, 5.5) / at(spoken, 0.5, 1.5) == pytest.approx(at(plain, 5, 5.5) / at(plain, 0.5, 1.5), rel=0.1)


def test_rain_that_goes_on_over_a_cut_does_not_start_again() -> None:
    whole = mix([Score(4, ambiences=("rain",), seed=9)])
    cut = mix([Score(2, ambiences=("rain",), seed=9), Score(2, ambiences=("rain",), seed=123)])
    assert np.array_equal(whole, cut)


def test_other_surroundings_take_over_without_a_click_or_a_hole() -> None:
    heard = mix([Score(2, ambiences=("rain",)), Score(2, ambiences=("waves",))])
    level = [float(np.sqrt(np.mean(heard[i : i + 2400] ** 2))) for i in range(88_800, 103_200, 2400)]
    assert min(level) > 0.4 * float(np.median(level))
    assert bands(heard[:90_000], 3000, 16_000)[0] > bands(heard[102_000:], 3000, 16_000)[0]


def test_a_bell_rings_over_the_cut_and_an_engine_does_not() -> None:
    bell, engine = (
        mix([Score(1, (event,)), Score(2)])
        for event in (SoundEvent(0.5, "bell"), SoundEvent(0, "engine", "car", seconds=3))
    )
    assert np.abs(bell[57_600:72_000]).max() > 0.02
    assert np.abs(engine[67_200:]).max() < 0.1 * np.abs(engine[:48_000]).max()


def test_what_is_unknown_is_still_a_mix() -> None:
    strange = Score(
        2,
        (SoundEvent(0.5, "glorp", "vapour", "ether", pan=float("nan"), distance=float("nan")),),
        (),
        ("void",),
        "odd",
        "x",
    )
    heard = mix([strange])
    assert np.isfinite(heard).all()
    assert loudness(heard) == pytest.approx(-16, abs=0.7)


def test_an_unknown_ambience_adds_nothing() -> None:
    assert np.array_equal(mix([Score(2, ambiences=("silence", "void"))]), mix([Score(2)]))


def test_events_outside_their_shot_are_not_played() -> None:
    outside = (SoundEvent(-0.5, "bell"), SoundEvent(2.5, "bell"))
    assert np.array_equal(mix([Score(2, outside)]), mix([Score(2)]))


def test_no_shots_are_no_samples() -> None:
    assert mix([]).shape == (0, 2)


def test_the_same_score_has_the_same_samples_in_another_process() -> None:
    program = """
import hashlib
from pipelines.sound.mixer import mix
from pipelines.sound.score import Score, SoundEvent
events = tuple(SoundEvent(0.1 * i, "footstep", "grass") for i in range(20)) + (SoundEvent(0.3, "call", "horse"),)
print(hashlib.sha256(mix([Score(2, events, (), ("forest", "crowd"), "jazz", "hall", 5)]).tobytes()).hexdigest())
"""
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path)) or "."},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_memory_hardly_grows_with_the_clip() -> None:
    def most(seconds: float) -> float:
        tracemalloc.start()
        mix([Score(seconds, ambiences=("rain", "waves"))])
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        return peak

    assert most(20) < 60, "megabytes"


def test_importing_the_mixer_loads_nothing_slow() -> None:
    program = (
        "import sys, pipelines.sound.mixer; print([m for m in ('scipy', 'pyloudnorm', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
