"""When somebody speaks: voice told from noise by its loudness and its pitch."""

from dataclasses import dataclass

import numpy as np

HOP = 0.01  # seconds between two looks
WINDOW = 0.04  # seconds that one look covers
LOWEST, HIGHEST = 70.0, 420.0  # Hz of a speaking voice
VOICED = 0.45  # correlation with itself a period later, from which sound counts as a voice
ABOVE_NOISE = 8.0  # decibels


@dataclass(frozen=True)
class Heard:
    """A recording's sound, look by look."""

    pitch: np.ndarray  # (n,) float32 Hz; 0 where nobody speaks
    level: np.ndarray  # (n,) float32 decibels

    @property
    def voiced(self) -> np.ndarray:
        """(n,) bool: whether a voice sounds."""
        return self.pitch > 0

    def share(self, start: float, end: float) -> float:
        """Seconds of voice between two times."""
        a, b = max(0, round(start / HOP)), max(0, round(end / HOP))
        return float(self.voiced[a:b].sum()) * HOP


def listen(sound: np.ndarray, rate: int) -> Heard:
    """Pitch and level of (n,) int16 or float samples at `rate` Hz."""
    samples = sound.astype(np.float32) / (32768 if sound.dtype == np.int16 else 1)
    step, length = round(HOP * rate), round(WINDOW * rate)
    count = max(0, (len(samples) - length) // step + 1)
    if count == 0:
        return Heard(np.zeros(0, np.float32), np.zeros(0, np.float32))
    pieces = np.lib.stride_tricks.sliding_window_view(samples, length)[::step][:count]
    pieces = pieces - pieces.mean(1, keepdims=True)
    level = 10 * np.log10((pieces**2).mean(1) + 1e-10)
    floor = float(np.percentile(level, 15))
    loud = level > max(floor + ABOVE_NOISE, -62)
    pitch = np.zeros(count, np.float32)
    if loud.any():
        pitch[loud] = _pitch(pieces[loud], rate)
    return Heard(_steady(pitch), level.astype(np.float32))


def _pitch(pieces: np.ndarray, rate: int) -> np.ndarray:
    """(n,) Hz of each piece; 0 where it is noise."""
    size = 1 << (2 * pieces.shape[1] - 1).bit_length()
    spectrum = np.fft.rfft(pieces * np.hanning(pieces.shape[1]).astype(np.float32), size)
    alike = np.fft.irfft(np.abs(spectrum) ** 2, size)[:, : pieces.shape[1]]
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(pieces.shape[1]), size)) ** 2, size)[: pieces.shape[1]]
    alike = alike / (alike[:, :1] + 1e-12) / np.maximum(window / window[0], 0.05)
    low, high = int(rate / HIGHEST), int(rate / LOWEST)
    part = alike[:, low : high + 1]
    best = part.max(1)
    # The first peak nearly as high as the highest: a period, not twice a period.
    first = (part >= 0.88 * best[:, None]).argmax(1)
    ends = np.minimum(first + 12, part.shape[1])
    peak = np.array([f + int(row[f:e].argmax()) for f, e, row in zip(first, ends, part, strict=True)])
    return np.where(best > VOICED, rate / (low + peak), 0).astype(np.float32)


def _steady(pitch: np.ndarray) -> np.ndarray:
    """The same without single looks that differ from both neighbours."""
    if len(pitch) < 3:
        return pitch
    voiced = pitch > 0
    alone = voiced[1:-1] & ~voiced[:-2] & ~voiced[2:]
    pitch = pitch.copy()
    pitch[1:-1][alone] = 0
    return pitch
