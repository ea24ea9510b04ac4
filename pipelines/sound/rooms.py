"""Rooms, as what they answer to a clap: early echoes from the walls, then a tail that darkens as it fades."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    band_noise,
    decaying,
    fast_length,
    generator,
    sample_count,
    timeline,
)


@dataclass(frozen=True)
class Room:
    """How a place answers."""

    tail: float  # seconds until the echo has fallen by 60 dB
    first: float  # seconds until the nearest wall answers
    bright: float  # Hz above which the tail is damped
    walls: float  # strength of the separate early echoes, 0 to 1
    wet: float  # share of the room in what is heard three metres away
    muffled: float = 24_000.0  # Hz above which even the direct sound is damped


ROOMS = {
    "outdoors": Room(0.55, 0.030, 2600, 0.10, 0.07),
    "small": Room(0.35, 0.004, 4200, 0.60, 0.20),
    "hall": Room(1.90, 0.018, 4800, 0.35, 0.30),
    "gym": Room(1.70, 0.011, 4200, 0.55, 0.36),
    "street": Room(0.80, 0.014, 3600, 0.50, 0.18),
    "cave": Room(2.60, 0.012, 2600, 0.60, 0.50),
    "underwater": Room(1.10, 0.003, 700, 0.40, 0.50, muffled=900),
    "music": Room(1.60, 0.015, 5200, 0.20, 0.30),  # where music beds are played, whatever the scene
}
_NAMES = {
    **{"forest": "outdoors", "beach": "outdoors", "room": "small", "kitchen": "small", "bedroom": "small"},
    **{"car": "small", "church": "hall", "theatre": "hall", "stadium": "gym", "pool": "gym", "city": "street"},
    **{"tunnel": "cave", "sea": "underwater", "ocean": "underwater"},
}
_BLOCK = 1 << 17  # samples convolved at a time, so that memory does not grow with length


def room_named(name: str) -> str:
    """The room of that name or the nearest to it; outdoors for a name that is not known."""
    name = _NAMES.get(name, name)
    return name if name in ROOMS else "outdoors"


@lru_cache(maxsize=len(ROOMS))
def response(name: str) -> Samples:
    """(n, 2) what this room answers to a click, without the click itself.

    As loud in each ear, from 100 to 4000 Hz, as what was sent into it.
    """
    room = ROOMS[name]
    n = sample_count(room.tail)
    ears = []
    for ear in (0, 1):
        rng = generator("room", name, ear)
        low = band_noise(rng, n, 90, 900, 1) * decaying(n, room.tail / 6.9)
        high = band_noise(rng, n, 900, room.bright, 1) * decaying(n, room.tail / 11)
        tail = (low + 0.8 * high) * np.clip((timeline(n) - room.first) / max(0.01, 0.25 * room.tail), 0, 1)
        tail *= np.float32((1 - room.walls) / np.sqrt(np.sum(tail**2)))
        for index in range(6):
            seconds = room.first * (1 + 0.9 * index + 0.13 * ear + 0.3 * rng.random())
            place = min(n - 1, round(seconds * SAMPLE_RATE))
            tail[place] += room.walls * 0.75**index * 0.5
        power = np.abs(np.fft.rfft(tail)) ** 2
        heard = power[round(100 * n / SAMPLE_RATE) : round(4000 * n / SAMPLE_RATE)]
        ears.append(tail / np.sqrt(np.mean(heard)))
    return np.stack(ears, axis=1).astype(np.float32)


def answered(sent: Samples, name: str) -> Samples:
    """(n + tail, 2) the room's answer to (n,) mono samples that were sent into it."""
    answer = response(name)
    size = fast_length(min(_BLOCK, len(sent)) + len(answer))
    step = size - len(answer)
    kernels = np.fft.rfft(answer, size, axis=0)
    result = np.zeros((len(sent) + len(answer), 2), np.float32)
    for start in range(0, len(sent), step):
        block = sent[start : start + step]
        if not block.any():
            continue
        spectrum = np.fft.rfft(block, size)
        for ear in (0, 1):
            piece = np.fft.irfft(spectrum * kernels[:, ear], size)
            end = min(len(result), start + size)
            result[start:end, ear] += piece[: end - start]
    return result
