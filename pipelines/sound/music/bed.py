"""A mood → a music bed of exact length."""

import numpy as np

from pipelines.sound.loudness import loudness
from pipelines.sound.music.composer import composed
from pipelines.sound.music.instruments import note
from pipelines.sound.rooms import ROOMS, answered
from pipelines.sound.synthesis import SAMPLE_RATE, Samples, add_at, generator

LEVEL = -23.0  # LUFS
FADE = 0.5  # seconds in which the last chord's ringing ends with the clip


def music_bed(mood: str, n: int, seed: int) -> Samples:
    """(n, 2) music in that mood, at −23 LUFS, that comes home as it ends. An unknown mood is played calm."""
    rng = generator("music", mood, seed)
    ears = np.zeros((2, n), np.float32)
    for each in composed(mood, n / SAMPLE_RATE, rng):
        start = round(each.start * SAMPLE_RATE)
        sound = note(each.instrument, each.pitch, max(480, round(each.seconds * SAMPLE_RATE)))
        angle = (each.pan + 1) * np.pi / 4
        for ear, share in zip(ears, (np.cos(angle), np.sin(angle)), strict=True):
            add_at(ear, sound * np.float32(each.loud * 0.3 * share), start)
    result = np.ascontiguousarray(ears.T)
    result += ROOMS["music"].wet * answered(ears.mean(axis=0) * np.float32(1.4), "music")[:n]
    fade = min(n, round(FADE * SAMPLE_RATE))
    result[n - fade :] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))[:, None]
    return result * np.float32(10 ** ((LEVEL - loudness(result)) / 20))
