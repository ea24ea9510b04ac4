"""What finds a clip again by its sound: 32 bits for every 43 milliseconds, after Haitsma and Kalker (ISMIR 2002).

Each bit says whether the difference between two neighbouring bands of pitch is rising. Bits survive coding, loudness
and cuts; several hundred of them in a row are as good as a name.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.engines import SAMPLE_RATE
from pipelines.provenance.sound_mark import HOP, WINDOW, short_spectra

BITS = 32
LOWEST, HIGHEST = 300.0, 3000.0  # Hz, over 33 bands
LONG = 16  # hops that one print hears, 0.34 s: long, so that it matters little where it begins
LAG = 4  # hops over which a difference rises or falls
APART = 2  # hops between two prints that are kept
PRINTS_PER_SECOND = SAMPLE_RATE / HOP / APART
SILENT = 1e-7  # power below which there is nothing to hear
LEAST = 32  # prints that must be compared: 1.4 seconds
ALIKE = 0.30  # share of differing bits below which two sounds are the same; others differ in half of them


@dataclass(frozen=True)
class SoundMatch:
    """How one sound fits into another."""

    differing: float  # share of bits, 0..1
    seconds: float  # how much was compared
    offset: float  # seconds from the beginning of the known sound to that of the other


def sound_prints(samples: np.ndarray, apart: int = APART) -> np.ndarray:
    """(n,) int64 of 32 bits each, of (m,) float32 mono samples at 48 kHz; 0 where there is silence."""
    power = np.abs(short_spectra(samples)) ** 2
    bands = power @ _bands()
    if len(bands) <= LONG + LAG:
        return np.zeros(0, np.int64)
    summed = np.concatenate([np.zeros((1, bands.shape[1])), bands.cumsum(0, dtype=np.float64)])
    energy = summed[LONG:] - summed[:-LONG]
    slope = np.diff(np.log(energy + 1e-9), axis=1)
    bits = slope[LAG:] > slope[:-LAG]
    heard = energy[LAG:].sum(1) > SILENT * LONG
    return ((bits @ (1 << np.arange(BITS, dtype=np.int64))) * heard)[::apart]


def best_match(known: np.ndarray, other: np.ndarray) -> SoundMatch | None:
    """Where (n,) prints fit best among the (m,) known ones, both so far apart; None if they overlap too little."""
    best: SoundMatch | None = None
    for offset in range(LEAST - len(other), len(known) - LEAST + 1):
        start, end = max(0, offset), min(len(known), offset + len(other))
        one, two = known[start:end], other[start - offset : end - offset]
        heard = (one != 0) & (two != 0)
        if heard.sum() < LEAST:
            continue
        share = float(np.bitwise_count(one[heard] ^ two[heard]).mean()) / BITS
        if best is None or share < best.differing:
            best = SoundMatch(share, float(heard.sum()) / PRINTS_PER_SECOND, offset / PRINTS_PER_SECOND)
    return best


def _bands() -> np.ndarray:
    """(1025, 33) float32: which frequencies belong to which band."""
    frequency = np.maximum(np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE), 1.0)
    place = np.log(frequency / LOWEST) / np.log(HIGHEST / LOWEST) * (BITS + 1) - 0.5
    return np.maximum(0, 1 - np.abs(place[:, None] - np.arange(BITS + 1)[None])).astype(np.float32)
