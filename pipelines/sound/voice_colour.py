"""Makes a plain synthetic voice pleasant: size, equaliser, softer hiss, breath, even level, a small room."""

import numpy as np

from pipelines.sound.loudness import loudness
from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    add_at,
    band_noise,
    edges,
    generator,
    passband,
    shaped,
    timeline,
)
from pipelines.sound.voices import Voice

LEVEL = -20.0  # LUFS of every spoken line
TAIL = 0.18  # seconds of room after the last sound
_ECHOES = ((0.0047, 0.20), (0.0083, 0.15), (0.0131, 0.12), (0.0197, 0.09), (0.0289, 0.06))  # seconds, gain


def resampled(samples: Samples, sample_rate: int, scale: float) -> Samples:
    """(m,) the samples at 48 kHz, lasting `scale` times as long: 0.85 raises pitch and vowels like a smaller body."""
    pad = sample_rate // 20  # the transform joins end to beginning: keep silence between them
    n = len(samples) + 2 * pad
    spectrum = np.fft.rfft(np.pad(samples, pad))
    m = round(n * SAMPLE_RATE * scale / sample_rate)
    longer = np.zeros(m // 2 + 1, np.complex64)
    count = min(len(longer), len(spectrum))
    longer[:count] = spectrum[:count]
    first = round(pad * SAMPLE_RATE * scale / sample_rate)
    wanted = round(len(samples) * SAMPLE_RATE * scale / sample_rate)
    return (np.fft.irfft(longer, m)[first : first + wanted] * (m / n)).astype(np.float32)


def coloured(samples: Samples, voice: Voice) -> Samples:
    """(n + 0.18 s,) the voice dressed for a mix, at −20 LUFS."""
    sound = shaped(samples, lambda frequency: _equaliser(frequency, voice.warmth))
    sound = _even(_softer_hiss(sound))
    if voice.breath:
        sound = sound + _breath(sound, voice.breath)
    if voice.machine:
        sound = _machine(sound, voice.machine)
    sound = np.tanh(1.6 * sound).astype(np.float32) / np.float32(1.6)  # rounds off peaks, adds a little body
    sound = edges(_small_room(sound), 0.004, 0.05)
    return sound * np.float32(10 ** ((LEVEL - loudness(sound)) / 20))


def _equaliser(frequency: Samples, warmth: float) -> Samples:
    """Gain by frequency: no rumble, more chest, less of the edge at 3 kHz and of the buzz above 6 kHz."""
    octaves = np.log2(np.maximum(frequency, 20) / np.array([[210.0], [3100.0], [11000.0]], np.float32))
    decibels = 3.5 * warmth * np.exp(-((octaves[0] / 0.9) ** 2))
    decibels -= (1.5 + 3.5 * warmth) * np.exp(-((octaves[1] / 0.7) ** 2))
    decibels -= (2 + 4 * warmth) / (1 + (6000 / np.maximum(frequency, 20)) ** 3)
    decibels += 2.0 * np.exp(-((octaves[2] / 0.5) ** 2))
    return (10 ** (decibels / 20) / np.sqrt(1 + (75 / np.maximum(frequency, 1)) ** 6)).astype(np.float32)


def _envelope(samples: Samples, seconds: float) -> Samples:
    """(n,) RMS level over about so many seconds."""
    width = max(1, round(seconds * SAMPLE_RATE))
    total = np.cumsum(np.pad(samples.astype(np.float64) ** 2, (width // 2 + 1, width - width // 2 - 1)))
    total = np.append(total, np.full(1, total[-1]))
    return np.sqrt(np.maximum(0, total[width : width + len(samples)] - total[: len(samples)]) / width).astype(
        np.float32
    )


def _softer_hiss(samples: Samples) -> Samples:
    """Turns s, sh and z down where they stick out of the voice's own level."""
    hiss = shaped(samples, passband(4800, 12000))
    limit = 0.20 * float(np.sqrt(np.mean(samples**2)))
    return samples - hiss * (1 - np.minimum(1, limit / np.maximum(_envelope(hiss, 0.012), 1e-6)))


def _even(samples: Samples) -> Samples:
    """Loud and quiet syllables brought a third of the way towards each other."""
    level = _envelope(samples, 0.09)
    middle = float(np.sqrt(np.mean(samples**2))) + 1e-6
    gain = np.clip((middle / np.maximum(level, 0.08 * middle)) ** 0.35, 0.4, 1.6)
    return at_level(samples * gain.astype(np.float32), 0.16)


def at_level(samples: Samples, rms: float) -> Samples:
    """The samples scaled to that RMS; silence stays silence."""
    now = float(np.sqrt(np.mean(samples**2)))
    return samples * np.float32(rms / now) if now > 1e-9 else samples


def _breath(samples: Samples, amount: float) -> Samples:
    """Air that flows while the voice sounds."""
    air = band_noise(generator("breath", len(samples)), len(samples), 1800, 9000)
    return air * _envelope(samples, 0.02) * np.float32(0.10 * amount)


def _machine(samples: Samples, amount: float) -> Samples:
    """A ring modulator and a short metallic comb."""
    ring = samples * np.sin(2 * np.pi * 52 * timeline(len(samples)))
    comb = samples + 0.8 * ring
    for delay, gain in ((0.0053, 0.6), (0.0106, 0.36), (0.0159, 0.2)):
        shift = round(delay * SAMPLE_RATE)
        comb[shift:] += gain * samples[:-shift]
    return at_level(samples * (1 - amount) + comb * amount, 0.16).astype(np.float32)


def _small_room(samples: Samples) -> Samples:
    """(n + 0.18 s,) the voice with the first echoes of furniture and walls, so that it is somewhere."""
    result = np.zeros(len(samples) + round(TAIL * SAMPLE_RATE), np.float32)
    add_at(result, samples, 0)
    dull = shaped(samples, passband(150, 4200, 1))
    for seconds, gain in _ECHOES:
        add_at(result, dull * np.float32(gain * 0.7), round(seconds * SAMPLE_RATE))
    return result
