"""Loudness and the limiter, judged by pyloudnorm and by a finer oversampling."""

import numpy as np
import pyloudnorm
import pytest

from pipelines.sound.loudness import loudness, master, true_peak
from pipelines.sound.synthesis import band_noise, generator


def noise(level: float, low: float = 50, high: float = 9000, seconds: float = 6) -> np.ndarray:
    ears = [band_noise(generator("noise", ear), round(seconds * 48_000), low, high) for ear in (0, 1)]
    return (np.stack(ears, axis=1) * level).astype(np.float32)


@pytest.mark.parametrize("sound", [noise(0.1), noise(0.02, 50, 200), noise(0.3, 3000, 12_000), noise(0.05)[:, 0]])
def test_loudness_agrees_with_the_reference_meter(sound: np.ndarray) -> None:
    assert loudness(sound) == pytest.approx(pyloudnorm.Meter(48_000).integrated_loudness(sound), abs=0.1)


def test_pauses_are_not_counted() -> None:
    sound = noise(0.1)
    with_pause = np.concatenate([sound, np.zeros_like(sound)])
    assert loudness(with_pause) == pytest.approx(loudness(sound), abs=0.2)
    assert loudness(with_pause) == pytest.approx(pyloudnorm.Meter(48_000).integrated_loudness(with_pause), abs=0.2)


def test_silence_has_no_loudness_and_is_left_alone() -> None:
    silence = np.zeros((48_000, 2), np.float32)
    assert loudness(silence) == -70
    assert np.array_equal(master(silence), silence)


def test_a_peak_between_the_samples_is_found() -> None:
    t = np.arange(4800)
    tone = np.sin(2 * np.pi * t / 4 + np.pi / 4).astype(np.float32)  # samples at ±0.707 only
    assert np.abs(tone).max() == pytest.approx(0.707, abs=0.001)
    assert true_peak(tone[200:-200]) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("burst", [3.0, 30.0, 300.0])
def test_a_burst_is_held_back_and_the_rest_keeps_its_level(burst: float) -> None:
    sound = noise(0.05)
    sound[100_000:100_240] *= burst
    heard = master(sound)
    finer = np.fft.irfft(np.fft.rfft(heard[99_000:102_000, 0]), 8 * 3000) * 8
    assert 20 * np.log10(np.abs(finer[800:-800]).max()) <= -1
    assert pyloudnorm.Meter(48_000).integrated_loudness(heard) == pytest.approx(-16, abs=0.3)
    early, late = heard[20_000:60_000], heard[180_000:220_000]
    assert np.sqrt(np.mean(early**2)) == pytest.approx(np.sqrt(np.mean(late**2)), rel=0.05)
