"""Instruments: struck ones are a few ringing partials, held ones a single cycle read at the note's pitch."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    at_peak,
    band_noise,
    curve,
    decaying,
    edges,
    generator,
    phase_of,
    ringing,
    sample_count,
    timeline,
)

_CYCLE_BITS = 12
_CYCLE = 1 << _CYCLE_BITS  # samples of one cycle


@dataclass(frozen=True)
class Struck:
    """Plucked or hit: it fades by itself. Decays are for middle C; higher notes fade faster."""

    partials: tuple[tuple[float, float, float], ...]  # (multiple of the pitch, gain, seconds to 1/e)
    attack: float = 0.002  # seconds


@dataclass(frozen=True)
class Held:
    """Bowed or blown: it lasts as long as it is played, and brightens as it starts."""

    dark: tuple[float, ...]  # gains of the overtones at rest
    bright: tuple[float, ...]  # and at full breath
    attack: float  # seconds
    release: float
    vibrato: float = 0.0  # depth, share of the pitch
    players: int = 1  # more than one blur each other


STRUCK = {
    "piano": Struck(((1, 1, 0.9), (2.001, 0.5, 0.6), (3.004, 0.25, 0.42), (4.01, 0.14, 0.3), (5.02, 0.08, 0.2)), 0.003),
    "harp": Struck(((1, 1, 0.8), (2, 0.35, 0.45), (3, 0.12, 0.25), (4, 0.05, 0.15))),
    "guitar": Struck(((1, 1, 0.5), (2, 0.6, 0.35), (3, 0.4, 0.25), (4, 0.2, 0.18), (5, 0.12, 0.12), (6, 0.08, 0.1))),
    "pizzicato": Struck(((1, 1, 0.14), (2, 0.5, 0.09), (3, 0.25, 0.06), (4, 0.12, 0.04))),
    "marimba": Struck(((1, 1, 0.28), (3.9, 0.3, 0.07), (9.2, 0.1, 0.03))),
    "bell": Struck(((1, 1, 1.3), (2.76, 0.4, 0.6), (5.4, 0.16, 0.25), (8.9, 0.06, 0.12))),
    "electric_piano": Struck(((1, 1, 1.0), (2, 0.25, 0.7), (3, 0.08, 0.4), (14, 0.05, 0.06)), 0.003),
    "bass": Struck(((1, 1, 0.5), (2, 0.55, 0.3), (3, 0.25, 0.2), (4, 0.12, 0.12)), 0.004),
}
HELD = {
    "warm": Held((1, 0.35, 0.12, 0.05), (1, 0.45, 0.2, 0.1, 0.05), 0.35, 0.5, 0.001, 3),
    "strings": Held((1, 0.5, 0.35, 0.22, 0.14, 0.1), (1, 0.6, 0.48, 0.34, 0.26, 0.2, 0.14, 0.1), 0.09, 0.2, 0.004, 3),
    "violin": Held((1, 0.6, 0.45, 0.3, 0.2), (1, 0.7, 0.6, 0.45, 0.35, 0.24, 0.18, 0.1), 0.11, 0.16, 0.006),
    "cello": Held((1, 0.65, 0.4, 0.25, 0.15), (1, 0.8, 0.55, 0.4, 0.28, 0.2, 0.12, 0.1), 0.10, 0.2, 0.005),
    "brass": Held((1, 0.4, 0.15, 0.05), (1, 0.8, 0.6, 0.42, 0.3, 0.2, 0.12, 0.08), 0.07, 0.2, 0.001, 2),
    "horn": Held((1, 0.35, 0.12), (1, 0.7, 0.42, 0.24, 0.12, 0.06), 0.08, 0.2, 0.002, 2),
    "flute": Held((1, 0.12, 0.03), (1, 0.25, 0.1, 0.03), 0.06, 0.12, 0.005),
    "clarinet": Held((1, 0.03, 0.35, 0.03, 0.12), (1, 0.05, 0.55, 0.05, 0.3, 0.04, 0.15), 0.035, 0.08, 0.002),
    "sax": Held((1, 0.6, 0.35, 0.2), (1, 0.85, 0.7, 0.45, 0.3, 0.22, 0.14), 0.04, 0.1, 0.006),
    "saw": Held((1, 0.5, 0.25), tuple(1 / k for k in range(1, 15)), 0.006, 0.08, 0.0, 2),
    "soft_bass": Held((1, 0.2, 0.04), (1, 0.3, 0.08), 0.03, 0.15),
    "deep_bass": Held((1, 0.45, 0.2), (1, 0.7, 0.4, 0.22, 0.1), 0.012, 0.1, 0.0, 2),
}


@lru_cache(maxsize=256)
def note(instrument: str, pitch: int, length: int) -> Samples:
    """(n,) one note at peak 1: a MIDI number held for `length` samples, and its release. Shared: do not write to it."""
    frequency = 440 * 2 ** ((pitch - 69) / 12)
    if instrument in STRUCK:
        samples = _struck(STRUCK[instrument], frequency, length)
    elif instrument in HELD:
        samples = _held(HELD[instrument], frequency, length)
    else:
        samples = DRUMS[instrument]()
    samples.flags.writeable = False
    return samples


def _struck(row: Struck, frequency: float, length: int) -> Samples:
    faster = (261.6 / frequency) ** 0.4
    n = min(length + sample_count(0.25), sample_count(4 * row.partials[0][2] * faster))
    result = np.zeros(n, np.float32)
    for multiple, gain, decay in row.partials:
        if multiple * frequency < 0.4 * SAMPLE_RATE:
            m = min(n, sample_count(5 * decay * faster))
            result[:m] += np.float32(gain) * ringing(m, multiple * frequency, decay * faster, 0.4)
    return at_peak(edges(result, row.attack, 0.2), 1.0)


def _held(row: Held, frequency: float, length: int) -> Samples:
    n = length + sample_count(row.release)
    dark, bright = (_cycle(gains, frequency) for gains in (row.dark, row.bright))
    breath = curve([[0, 0], [min(0.5, 2.5 * row.attack * SAMPLE_RATE / n), 1], [1, 0.35]], n)
    steady, moving = np.zeros(n, np.float32), np.zeros(n, np.float32)
    for player in range(row.players):
        tuning = 1 + 0.0035 * (player - (row.players - 1) / 2)
        place = _turning(frequency * tuning, n, row.vibrato) + np.uint32(player * 0.37 * 2**32)
        place >>= np.uint32(32 - _CYCLE_BITS)
        steady += dark[place]
        moving += bright[place]
    result = steady + (moving - steady) * breath
    return at_peak(edges(result, row.attack, row.release), 1.0)


def _turning(frequency: float, n: int, vibrato: float) -> NDArray[np.uint32]:
    """(n,) how far the cycle has turned, 2³² to a turn, so that whole turns drop out by themselves."""
    step = frequency / SAMPLE_RATE * 2**32
    if not vibrato:
        return np.arange(n, dtype=np.uint32) * np.uint32(step)
    sway = np.sin(2 * np.pi * 5.3 * timeline(n)) * np.clip(timeline(n) / 0.4 - 0.5, 0, 1)
    return np.cumsum((step * (1 + vibrato * sway)).astype(np.uint32), dtype=np.uint32)


def _cycle(gains: tuple[float, ...], frequency: float) -> Samples:
    """(4096,) one cycle with these overtones, as far as they can be heard."""
    turn = np.arange(_CYCLE) * (2 * np.pi / _CYCLE)
    heard = [(k, gain) for k, gain in enumerate(gains, 1) if k * frequency < 15_000]
    return sum(gain * np.sin(k * turn + 0.3 * k) for k, gain in heard).astype(np.float32)


def _kick() -> Samples:
    n = sample_count(0.3)
    return edges(np.sin(phase_of(curve([[0, 130], [0.15, 58], [1, 44]], n))) * decaying(n, 0.09), 0.001, 0.02)


def _snare() -> Samples:
    n = sample_count(0.2)
    noise = band_noise(generator("snare"), n, 900, 8000, 1) * decaying(n, 0.05)
    return at_peak(edges(noise + 1.5 * ringing(n, 190, 0.05), 0.0005, 0.02), 1.0)


def _shaker() -> Samples:
    n = sample_count(0.09)
    return at_peak(band_noise(generator("shaker"), n, 5000, 13_000) * curve([[0, 0.1], [0.3, 1], [1, 0]], n), 1.0)


def _brush() -> Samples:
    n = sample_count(0.22)
    return at_peak(band_noise(generator("brush"), n, 1500, 9000, 1) * curve([[0, 0.5], [0.15, 1], [1, 0]], n), 1.0)


def _taiko() -> Samples:
    n = sample_count(0.9)
    skin = np.sin(phase_of(curve([[0, 105], [0.1, 74], [1, 66]], n))) * decaying(n, 0.22)
    slap = band_noise(generator("taiko"), n, 150, 1800, 1) * decaying(n, 0.025)
    return at_peak(edges(skin + 0.35 * slap, 0.001, 0.1).astype(np.float32), 1.0)


def _cymbal() -> Samples:
    n = sample_count(1.8)
    return at_peak(edges(band_noise(generator("cymbal"), n, 3000, 14_000) * decaying(n, 0.5), 0.004, 0.2), 1.0)


def _ride() -> Samples:
    n = sample_count(0.5)
    ping = sum(ringing(n, f, 0.12) for f in (3150, 4420, 5870))
    return at_peak(edges(ping + band_noise(generator("ride"), n, 5000, 14_000) * decaying(n, 0.12), 0.001, 0.05), 1.0)


def _woodblock() -> Samples:
    n = sample_count(0.12)
    return at_peak(edges(ringing(n, 1080, 0.018) + 0.5 * ringing(n, 1650, 0.012), 0.0005, 0.01), 1.0)


def _tick() -> Samples:
    return at_peak(edges(ringing(sample_count(0.05), 2400, 0.006), 0.0005, 0.01), 1.0)


DRUMS = {
    **{"kick": _kick, "snare": _snare, "shaker": _shaker, "brush": _brush, "taiko": _taiko},
    **{"cymbal": _cymbal, "ride": _ride, "woodblock": _woodblock, "tick": _tick},
}
