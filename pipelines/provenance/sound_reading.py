"""Finding the invisible mark in sound that was coded again, cut, played faster or slower, or at another pitch."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipelines.engines import SAMPLE_RATE
from pipelines.provenance.carriers import Carriers
from pipelines.provenance.sound_mark import (
    BANDS,
    CELL,
    ROWS,
    WINDOW,
    band_place,
    short_spectra,
    sound_carriers,
)

AROUND = 13  # hops over which a band's usual loudness is taken
SILENT = 1e-9  # power of a band below which nothing can be read from it
CLIPPED = 2.0  # changes beyond so many times the usual are events, not mark
FOUND = 8.0  # standard deviations of the sync's peak at which the search may end
KEPT = 3  # places that are read, best first
SHORTEST = SAMPLE_RATE  # samples; below a second there is too little


@dataclass(frozen=True)
class SoundPlace:
    """One try: how much faster and higher the copy is, and where the pattern begins."""

    peak: float
    faster: float  # 1: as made
    higher: float
    down: float = 0.0  # share of a pattern


@dataclass(frozen=True)
class SoundReading:
    """What was read of a mark at one place, before it is decoded."""

    leanings: np.ndarray  # (125,) in standard deviations of the noise
    place: SoundPlace


def read_sound_mark(secret: bytes, samples: np.ndarray) -> list[SoundReading]:
    """What (n,) float32 mono samples at 48 kHz may hold of a mark, likeliest first."""
    if len(samples) < SHORTEST:
        return []
    power = np.abs(short_spectra(samples)) ** 2
    patterns = sound_carriers(secret)
    found: list[tuple[SoundPlace, np.ndarray]] = []
    for higher, speeds in _tries():
        changes = loudness_changes(power, higher)
        for faster in speeds:
            seen = patterns.whitened(folded_sound(changes, faster))
            peak, down, _ = patterns.found(seen, ROWS * CELL, BANDS)
            found.append((SoundPlace(peak, faster, higher, down), seen))
        found = sorted(found, key=lambda one: -one[0].peak)[:KEPT]
        if found[0][0].peak > FOUND:
            found = found[:1]
            break
    return [SoundReading(_leanings(patterns, seen, place), place) for place, seen in found]


def _leanings(patterns: Carriers, seen: np.ndarray, place: SoundPlace) -> np.ndarray:
    return patterns.leanings(seen, place.down, 0.0)


def _tries() -> Iterable[tuple[float, list[float]]]:
    """(pitch, speeds) to try, likely ones first: as made, played faster with its pitch, pitch or speed alone."""
    yield 1.0, [1.0]
    around = [1 + step / 200 for step in range(-13, 14)]
    for higher in (1.0, 0.98, 1.02, 0.95, 1.05):
        yield higher, around


def loudness_changes(power: np.ndarray, higher: float) -> np.ndarray:
    """(frames, BANDS) float32: how much louder each band is than usual round that time, evened out, 0 where silent."""
    bands = power @ _band_weights(higher)
    heard = bands > SILENT
    level = np.log(np.maximum(bands, SILENT))
    change = (level - _average(level)) * heard * (_average(heard.astype(np.float64)) > 0.9)
    usual = np.sqrt(_average(change**2)) + 0.05
    return np.clip(change / usual, -CLIPPED, CLIPPED).astype(np.float32)


def _band_weights(higher: float) -> np.ndarray:
    """(1025, BANDS) float32: which frequencies of a copy that is so much higher belong to which band."""
    frequency = np.maximum(np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE), 1.0) / higher
    distance = np.abs(band_place(frequency)[:, None] - np.arange(BANDS)[None])
    return np.maximum(0, 1 - distance).astype(np.float32)


def _average(values: np.ndarray) -> np.ndarray:
    """Each column's mean over AROUND hops round each row."""
    padded = np.pad(values, ((AROUND // 2 + 1, AROUND // 2), (0, 0)), mode="edge").cumsum(0)
    return (padded[AROUND:] - padded[:-AROUND]) / AROUND


def folded_sound(changes: np.ndarray, faster: float) -> np.ndarray:
    """(ROWS * CELL, BANDS): all repetitions of the pattern added up, in a copy that runs so much faster."""
    count = int(len(changes) * faster)
    at = np.minimum(np.arange(count) / faster, len(changes) - 1.001)
    before = at.astype(int)
    part = (at - before)[:, None].astype(np.float32)
    steady = changes[before] * (1 - part) + changes[before + 1] * part
    length = ROWS * CELL
    padded = np.zeros((-(-count // length) * length, BANDS), np.float32)
    padded[:count] = steady
    return padded.reshape(-1, length, BANDS).sum(0)
