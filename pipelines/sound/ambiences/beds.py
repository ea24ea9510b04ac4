"""What ambiences are made of: stereo noise of any colour, and small sounds scattered over time and width."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin

import numpy as np

from pipelines.sound.synthesis import SAMPLE_RATE, Gain, Samples, add_at, frequencies, passband

PERIOD = 1 << 18  # samples (5.5 s) after which steady noise comes round again, too long for an ear to notice


def noise_bed(rng: np.random.Generator, n: int, gain: Gain) -> Samples:
    """(n, 2) steady noise with that spectrum and RMS 1, different at both ears.

    Drawn as a spectrum, it is a loop without a seam; the right ear hears the loop from another point.
    """
    period = min(PERIOD, 1 << max(12, (n - 1).bit_length()))
    spectrum = rng.standard_normal((period // 2 + 1, 2), dtype=np.float32).view(np.complex64)[:, 0]
    spectrum = spectrum * gain(frequencies(period))
    spectrum[0] = 0
    loop = np.fft.irfft(spectrum, period).astype(np.float32)
    loop /= np.sqrt(np.mean(loop**2))
    ears = np.stack([loop, np.roll(loop, int(period * 0.381))], axis=1)
    return np.tile(ears, (-(-n // period), 1))[:n]


def band_bed(rng: np.random.Generator, n: int, low: float, high: float, order: int = 1) -> Samples:
    """(n, 2) noise between two frequencies in Hz, RMS 1."""
    return noise_bed(rng, n, passband(low, high, order))


def ticks_bed(rng: np.random.Generator, n: int, per_second: float, grain: Samples) -> Samples:
    """(n, 2) the grain at random instants and loudnesses, so many a second, RMS 1."""
    period = min(PERIOD, 1 << max(12, (n - 1).bit_length()))
    count = max(1, int(per_second * period / SAMPLE_RATE))
    ears = []
    for _ in range(2):
        ticks = np.zeros(period, np.float32)
        loudness = rng.random(count, dtype=np.float32) ** 3 * rng.choice(np.array([-1, 1], np.float32), count)
        np.add.at(ticks, rng.integers(0, period, count), loudness)
        ears.append(np.fft.irfft(np.fft.rfft(ticks) * np.fft.rfft(grain, period), period).astype(np.float32))
    bed = np.stack(ears, axis=1)
    return np.tile(bed / np.sqrt(np.mean(bed**2)), (-(-n // period), 1))[:n]


def panned(samples: Samples, pan: float) -> Samples:
    """(n, 2) mono samples at a place between −1 (left) and 1 (right), equally loud everywhere."""
    angle = (min(1.0, max(-1.0, pan)) + 1) * pi / 4
    ears = np.empty((len(samples), 2), np.float32)
    np.multiply(samples, np.float32(cos(angle)), out=ears[:, 0])
    np.multiply(samples, np.float32(sin(angle)), out=ears[:, 1])
    return ears


def scattered(
    rng: np.random.Generator, n: int, every: tuple[float, float], make: Callable[[], Samples], width: float = 0.8
) -> Samples:
    """(n, 2) sounds made one after another, `every` (shortest, longest) seconds, each somewhere across the width.

    The first comes early, so that even a short clip has one.
    """
    result = np.zeros((n, 2), np.float32)
    place = rng.uniform(0.1, 0.6 * every[0] + 0.3)
    while place * SAMPLE_RATE < n:
        add_at(result, panned(make(), rng.uniform(-width, width)), round(place * SAMPLE_RATE))
        place += rng.uniform(*every)
    return result


def layered(parts: Sequence[tuple[Samples, float]]) -> Samples:
    """(n, 2) the sum of layers, each times its gain."""
    result = parts[0][0] * np.float32(parts[0][1])
    for samples, gain in parts[1:]:
        result += samples * np.float32(gain)
    return result
