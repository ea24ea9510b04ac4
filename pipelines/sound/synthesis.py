"""The building blocks of every sound: noise, ringing tones, glides, curves and spectral shaping.

Samples are float32 at 48 kHz. Everything uses numpy alone: importing scipy.signal costs more than mixing a whole clip.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import isqrt, pi
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000  # Hz

Samples = NDArray[np.float32]
Gain = Callable[[Samples], Samples]  # frequencies in Hz → gain at each
Points = Sequence[Sequence[float]]  # [[position 0 to 1, value], …]


def sample_count(seconds: float) -> int:
    """Samples that last so many seconds, at least one."""
    return max(1, round(seconds * SAMPLE_RATE))


def generator(*words: int | str) -> np.random.Generator:
    """A random generator that depends on these words alone, the same in every process."""
    return np.random.default_rng([crc32(word.encode()) if isinstance(word, str) else word for word in words])


def timeline(n: int) -> Samples:
    """(n,) times in seconds from 0."""
    return np.arange(n, dtype=np.float32) / np.float32(SAMPLE_RATE)


def white(rng: np.random.Generator, n: int) -> Samples:
    """(n,) white noise of RMS 1."""
    return rng.standard_normal(n, dtype=np.float32)


def fast_length(n: int) -> int:
    """The smallest length of at least n that a Fourier transform does quickly."""
    power = 1 << max(4, (n - 1).bit_length())
    return min(size for size in (power, power // 4 * 3, power // 8 * 5) if size >= n)


@lru_cache(maxsize=32)
def frequencies(size: int) -> Samples:
    """Frequencies in Hz of a real Fourier transform of so many samples. Shared: do not write to it."""
    table = np.fft.rfftfreq(size, 1 / SAMPLE_RATE).astype(np.float32)
    table.flags.writeable = False
    return table


def shaped(samples: Samples, gain: Gain) -> Samples:
    """(n,) the samples with every frequency multiplied by `gain`, without delay.

    It spreads a little before each attack as well as after: shape noise first and give it its envelope afterwards.
    """
    n = len(samples)
    size = fast_length(n)
    spectrum = np.fft.rfft(samples, size) * gain(frequencies(size))
    return np.fft.irfft(spectrum, size)[:n].astype(np.float32)


def passband(low: float, high: float, order: int = 2) -> Gain:
    """Gain of a Butterworth band-pass, magnitude alone; low 0 or high beyond 24 kHz leave that side open."""

    def gain(frequency: Samples) -> Samples:
        result = 1 / np.sqrt(1 + (frequency / np.float32(high)) ** (2 * order))
        if low > 0:
            result = result / np.sqrt(1 + (np.float32(low) / np.maximum(frequency, 1)) ** (2 * order))
        return result.astype(np.float32)

    return gain


def resonances(peaks: Points, floor: float = 0.02) -> Gain:
    """Gain with a rounded peak for each [Hz, bandwidth in Hz, gain], over a floor: a vocal tract or a hollow body."""

    def gain(frequency: Samples) -> Samples:
        result = np.full(frequency.shape, floor, np.float32)
        for centre, width, level in peaks:
            result += np.float32(level) / (1 + ((frequency - np.float32(centre)) / np.float32(width / 2)) ** 2)
        return result

    return gain


def band_noise(rng: np.random.Generator, n: int, low: float, high: float, order: int = 2) -> Samples:
    """(n,) noise between two frequencies in Hz, RMS 1. Drawn as a spectrum, which costs half of a filter."""
    size = fast_length(max(n, 512))  # shorter blocks would hold too few frequencies
    spectrum = rng.standard_normal((size // 2 + 1, 2), dtype=np.float32).view(np.complex64)[:, 0]
    noise = np.fft.irfft(spectrum * passband(low, high, order)(frequencies(size)), size)[:n].astype(np.float32)
    return noise / max(1e-9, float(np.sqrt(np.mean(noise**2))))


def ringing(n: int, frequency: float, decay: float, phase: float = 0.0) -> Samples:
    """(n,) sine that fades to 1/e in `decay` seconds.

    An exponential over a grid is the product of its rows and columns, which costs a multiplication per sample
    where exp and sin would cost forty.
    """
    side = isqrt(n) + 1
    step = complex(-1 / decay, 2 * pi * frequency) / SAMPLE_RATE
    fine = np.exp(step * np.arange(side)).astype(np.complex64)
    coarse = np.exp(step * side * np.arange(side) + 1j * phase).astype(np.complex64)
    grid = coarse.real[:, None] * fine.imag[None, :]
    grid += coarse.imag[:, None] * fine.real[None, :]
    return grid.ravel()[:n]


def curve(points: Points, n: int) -> Samples:
    """(n,) values along [[position 0 to 1, value], …], eased so that no corner is heard."""
    position = np.linspace(0, 1, max(2, min(n, 400)))
    x, y = np.array(points, dtype=float).T
    index = np.clip(np.searchsorted(x, position, side="right") - 1, 0, len(x) - 2) if len(x) > 1 else None
    if index is None:
        return np.full(n, y[0], np.float32)
    u = np.clip((position - x[index]) / np.maximum(x[index + 1] - x[index], 1e-9), 0, 1)
    eased = y[index] + (y[index + 1] - y[index]) * u * u * (3 - 2 * u)
    return np.interp(np.linspace(0, 1, n), position, eased).astype(np.float32)


def wandering(rng: np.random.Generator, n: int, rate: float, low: float = 0.0, high: float = 1.0) -> Samples:
    """(n,) a value that drifts between low and high about `rate` times a second."""
    knots = rng.random(max(4, int(n / SAMPLE_RATE * rate) + 4))
    position = np.linspace(0, len(knots) - 2, max(2, min(n, 64 * len(knots))))
    index = position.astype(int)
    u = position - index
    eased = knots[index] + (knots[index + 1] - knots[index]) * u * u * (3 - 2 * u)
    return np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(eased)), low + (high - low) * eased).astype(np.float32)


def phase_of(frequency: Samples) -> NDArray[np.float64]:
    """(n,) phase in radians of an oscillator whose frequency in Hz is given for every sample."""
    return np.cumsum(frequency, dtype=np.float64) * (2 * pi / SAMPLE_RATE)


def decaying(n: int, seconds: float) -> Samples:
    """(n,) from 1, falling to 1/e after so many seconds."""
    return ringing(n, 0.0, seconds, pi / 2)


def edges(samples: Samples, attack: float, release: float) -> Samples:
    """The samples with straight ramps of so many seconds at both ends, at most half of the whole each."""
    n = len(samples)
    result = samples.copy()
    rise, fall = (min(n // 2, round(seconds * SAMPLE_RATE)) for seconds in (attack, release))
    if rise:
        result[:rise] *= np.linspace(0, 1, rise, endpoint=False, dtype=np.float32)
    if fall:
        result[n - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return result


def at_peak(samples: Samples, peak: float) -> Samples:
    """The samples scaled so that their largest magnitude is `peak`; silence stays silence."""
    largest = float(np.abs(samples).max(initial=0))
    return samples * np.float32(peak / largest) if largest > 1e-9 else samples


def add_at(target: Samples, piece: Samples, start: int) -> None:
    """Adds a piece to target[start:], dropping what lies beyond either end. Works along the first axis."""
    skip = max(0, -start)
    end = min(len(target), start + len(piece))
    if end > start + skip:
        target[start + skip : end] += piece[skip : end - start]
