"""The invisible mark in sound: bands of it are made a little louder and softer in a secret pattern of time and pitch.

Changes of half a decibel in narrow bands lie far below what is heard, since the sound itself covers them; silence stays
silence and carries nothing. The pattern lasts 2.7 seconds and is repeated, so that a part of a clip holds it whole.
"""

from functools import lru_cache

import cv2
import numpy as np

from pipelines.engines import SAMPLE_RATE
from pipelines.provenance.carriers import Carriers, carriers

WINDOW = 2048  # samples of one short spectrum
HOP = WINDOW // 2
CELL = 2  # hops: how long one cell of the pattern lasts
ROWS, BANDS = 64, 40  # cells of the pattern: time by pitch
LOWEST, HIGHEST = 400.0, 10000.0  # Hz; within what every codec keeps
SYNC_SHARE = 0.4  # of the energy
STRENGTH = 1.0  # decibels, standard deviation, in sound like noise
TONAL = 0.3  # of that in pure tones, whose changes are heard most
NEIGHBOURS = 15  # frequencies among which a tone stands out
NOISE_FLATNESS = 0.5  # geometric over arithmetic mean of the powers of noise
PEAK = 0.985  # samples are kept within it where the mark would lift them beyond


@lru_cache(maxsize=4)
def sound_carriers(secret: bytes) -> Carriers:
    """The patterns of sound for this key."""
    beat = np.abs(np.fft.fftfreq(ROWS) * ROWS)[:, None]  # cycles a pattern, along time
    ripple = (np.fft.rfftfreq(BANDS) * BANDS)[None]  # along pitch
    # slow changes are the sound's own loudness and colour
    band = (beat >= 3) & (ripple >= 2) & (ripple < BANDS // 2)
    alike = beat // 6 * 8 + ripple // 4
    return carriers(secret, "sound", (ROWS, BANDS), band, alike, share=SYNC_SHARE, movable=False)


def marked_sound(secret: bytes, mark: int, sound: np.ndarray) -> np.ndarray:
    """(n, 2) float32: the same sound with the mark of this number in it."""
    if not len(sound):
        return sound
    tile = np.clip(sound_carriers(secret).tile(secret, mark), -3, 3)
    marked = np.empty_like(sound)
    for channel in range(sound.shape[1]):
        marked[:, channel] = _with_gains(sound[:, channel], tile)
    loudest, before = float(np.abs(marked).max()), float(np.abs(sound).max())
    allowed = max(PEAK, before)
    return marked * np.float32(allowed / loudest) if loudest > allowed else marked


def _with_gains(samples: np.ndarray, tile: np.ndarray) -> np.ndarray:
    """(n,) float32 samples, their short spectra multiplied by the gains of a (ROWS, BANDS) pattern."""
    spectra = short_spectra(samples)
    decibels = STRENGTH * gains_at(tile, np.arange(len(spectra))) * like_noise(spectra)  # (frames, bins)
    spectra *= 10 ** (decibels / 20)
    pieces = np.fft.irfft(spectra, WINDOW, axis=1).astype(np.float32) * _window()
    total = np.zeros((len(pieces) + 1) * HOP, np.float32)
    total[: len(pieces) * HOP] += pieces[:, :HOP].reshape(-1)
    total[HOP:] += pieces[:, HOP:].reshape(-1)
    return total[HOP : HOP + len(samples)]


def short_spectra(samples: np.ndarray) -> np.ndarray:
    """(frames, 1025) complex64 spectra of (n,) samples, one every 1024; the first begins 1024 samples before them."""
    count = -(-len(samples) // HOP) + 1
    padded = np.zeros((count + 1) * HOP, np.float32)
    padded[HOP : HOP + len(samples)] = samples
    pieces = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    return np.fft.rfft(pieces * _window(), axis=1).astype(np.complex64)


def like_noise(spectra: np.ndarray) -> np.ndarray:
    """(frames, bins) float32, TONAL..1: how much each place of a spectrum is noise rather than a tone."""
    power = spectra.real**2 + spectra.imag**2 + 1e-12
    size = (NEIGHBOURS, 1)  # along frequency only
    flatness = np.exp(cv2.blur(np.log(power), size)) / cv2.blur(power, size)
    return np.clip(flatness / NOISE_FLATNESS, TONAL, 1)


def gains_at(tile: np.ndarray, hops: np.ndarray) -> np.ndarray:
    """(frames, 1025) float32: the pattern at these hops and at every frequency, 0 outside its bands."""
    row = hops / CELL
    before, part = np.floor(row).astype(int), (row % 1)[:, None].astype(np.float32)
    at_time = tile[before % ROWS] * (1 - part) + tile[(before + 1) % ROWS] * part
    place, inside = _band_of_bins()
    below = np.minimum(place.astype(int), BANDS - 1)
    share = (place - below).astype(np.float32)
    return (at_time[:, below] * (1 - share) + at_time[:, np.minimum(below + 1, BANDS - 1)] * share) * inside


@lru_cache(maxsize=1)
def _band_of_bins() -> tuple[np.ndarray, np.ndarray]:
    """(1025,) place of each frequency among the bands, their middles being whole numbers; and whether it is in one."""
    frequency = np.maximum(np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE), 1.0)
    place = band_place(frequency)
    return np.clip(place, 0, BANDS - 1), ((place > -0.5) & (place < BANDS - 0.5)).astype(np.float32)


def band_place(frequency: np.ndarray) -> np.ndarray:
    """Where a frequency in Hz lies among the bands, whose middles are 0 to BANDS - 1."""
    return np.log(frequency / LOWEST) / np.log(HIGHEST / LOWEST) * BANDS - 0.5


@lru_cache(maxsize=1)
def _window() -> np.ndarray:
    """(2048,) float32: its square adds up to one when it is repeated every 1024 samples."""
    return np.sin(np.pi * (np.arange(WINDOW) + 0.5) / WINDOW).astype(np.float32)
