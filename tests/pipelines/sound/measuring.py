"""How the tests listen: spectra, onsets, pitch."""

import numpy as np


def bands(samples: np.ndarray, *edges: float) -> list[float]:
    """Share of the energy between each pair of neighbouring frequencies in Hz."""
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    power = np.abs(np.fft.rfft(mono)) ** 2
    frequency = np.fft.rfftfreq(len(mono), 1 / 48_000)
    pairs = zip(edges, edges[1:], strict=False)
    return [float(power[(frequency >= low) & (frequency < high)].sum() / power.sum()) for low, high in pairs]


def centroid(samples: np.ndarray) -> float:
    """The middle of the spectrum in Hz: how bright it sounds."""
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    power = np.abs(np.fft.rfft(mono)) ** 2
    return float((power * np.fft.rfftfreq(len(mono), 1 / 48_000)).sum() / power.sum())


def onset(samples: np.ndarray, share: float = 0.1) -> int:
    """The first sample that reaches a tenth of the largest."""
    level = np.abs(samples if samples.ndim == 1 else samples.max(axis=1))
    return int(np.flatnonzero(level >= share * level.max())[0])


def pitch(samples: np.ndarray) -> float:
    """Median pitch in Hz of the voiced parts, by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 2048, 1024):
        piece = samples[start : start + 2048].astype(float)
        if np.sqrt(np.mean(piece**2)) < 0.03:
            continue
        spectrum = np.abs(np.fft.rfft(piece - piece.mean(), 4096)) ** 2
        likeness = np.fft.irfft(spectrum)[:2048]
        likeness /= likeness[0]
        shift = 96 + int(np.argmax(likeness[96:700]))
        if likeness[shift] > 0.5:
            found.append(48_000 / shift)
    return float(np.median(found))


def peaks_near(samples: np.ndarray, frequency: float, width: float = 12.0) -> float:
    """How far, in dB, the strongest tone near a frequency stands above its surroundings."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    axis = np.fft.rfftfreq(len(samples), 1 / 48_000)
    inside = power[np.abs(axis - frequency) < width].max()
    around = np.median(power[(np.abs(axis - frequency) > width) & (np.abs(axis - frequency) < 12 * width)])
    return float(10 * np.log10(inside / around))
