"""How somebody's voice sounds, measured; and the espeak voice shaped by it."""

from dataclasses import replace

import numpy as np

from pipelines.cameo.likeness import Voice
from pipelines.cameo.listening import HOP, WINDOW, Heard
from pipelines.sound import voices

USUAL = Voice(150.0, 5.0, (560.0, 1600.0, 2650.0), 4.2)  # where there is too little voice to measure

# What espeak's two throats sound like at pitch 50, found with `measured` over English sentences: pitch and third
# formant in Hz. The third tells the length of a throat best: it depends least on what is said.
THROATS = {"m7": (108.0, 2650.0), "f2": (196.0, 2820.0)}
STEPS = 76  # of espeak's pitch in an octave


def measured(sound: np.ndarray, rate: int, heard: Heard) -> Voice:
    """Pitch, melody, formants and rate of the voice in (n,) int16 samples; the usual where it cannot be told."""
    pitch = heard.pitch[heard.voiced]
    if len(pitch) < 30:
        return USUAL
    low, middle, high = np.percentile(pitch, [10, 50, 90])
    spread = float(12 * np.log2(high / low))
    return Voice(round(float(middle), 1), round(spread, 2), _formants(sound, rate, heard), _rate(heard))


def _formants(sound: np.ndarray, rate: int, heard: Heard) -> tuple[float, float, float]:
    """Hz: medians of the first three resonances over the voiced looks, by linear prediction."""
    samples = sound.astype(np.float64) / 32768
    samples = np.append(samples[0], samples[1:] - 0.94 * samples[:-1])
    step, length = round(HOP * rate), round(WINDOW * rate)
    looks = np.flatnonzero(heard.voiced)[::2][:200]
    found = []
    for look in looks:
        piece = samples[look * step : look * step + length] * np.hamming(length)
        peaks = _resonances(piece, rate)
        if len(peaks) >= 3:
            found.append(peaks[:3])
    if len(found) < 8:
        return USUAL.formants
    return tuple(round(float(f), 1) for f in np.median(np.array(found), 0))


def _resonances(piece: np.ndarray, rate: int) -> list[float]:
    order = 2 + rate // 1000
    alike = np.correlate(piece, piece, "full")[len(piece) - 1 : len(piece) + order]
    if alike[0] <= 1e-9:
        return []
    matrix = alike[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
    weights = np.linalg.solve(matrix + 1e-6 * alike[0] * np.eye(order), alike[1 : order + 1])
    roots = np.roots(np.append(1.0, -weights))
    roots = roots[roots.imag > 0.01]
    frequency = np.angle(roots) * rate / (2 * np.pi)
    width = -np.log(np.abs(roots) + 1e-12) * rate / np.pi
    return sorted(float(f) for f, w in zip(frequency, width, strict=True) if 200 < f < 4200 and w < 500)


def _rate(heard: Heard) -> float:
    """Syllables a second while speaking: peaks of loudness in voiced stretches."""
    level = np.convolve(heard.level, np.ones(7) / 7, "same")
    inner = level[1:-1]
    peaks = (inner > level[:-2]) & (inner >= level[2:]) & heard.voiced[1:-1]
    seconds = float(heard.voiced.sum()) * HOP
    return round(float(np.clip(peaks.sum() / max(seconds * 1.35, 0.3), 2.0, 7.0)), 2)


def spoken_voice(voice: Voice) -> voices.Voice:
    """The espeak voice that comes nearest: its throat by pitch, its size by the formants, melody and rate."""
    variant = "f2" if voice.pitch > 155 else "m7"
    pitch, third = THROATS[variant]
    size = float(np.clip((third / voice.formants[2]) ** 0.9, 0.82, 1.14))
    # A throat that is shorter also plays higher: espeak is asked for what is left of the difference.
    steps = 50 + STEPS * np.log2(voice.pitch * size / pitch)
    base = voices.VOICES["woman" if variant == "f2" else "man"]
    return replace(
        base,
        pitch=int(np.clip(round(steps), 0, 99)),
        melody=int(np.clip(round(30 + 5.0 * voice.spread), 15, 95)),
        rate=int(np.clip(round(34 * voice.rate), 120, 195)),
        size=round(size, 3),
    )
