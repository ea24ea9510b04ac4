"""Birds by day, crickets by night, insects in the grass."""

from dataclasses import dataclass

import numpy as np

from pipelines.sound.ambiences.beds import band_bed, layered, panned, scattered
from pipelines.sound.events.calls import cries
from pipelines.sound.events.contacts import delayed, together
from pipelines.sound.registry import ambience
from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    add_at,
    curve,
    edges,
    passband,
    phase_of,
    sample_count,
    shaped,
    timeline,
    wandering,
)
from pipelines.sound.vocal import called


@dataclass(frozen=True)
class _Singer:
    """One bird: where it sits and the syllables it knows."""

    pan: float
    loud: float
    syllables: tuple[Samples, ...]
    song: tuple[int, ...]  # order of syllables in a phrase
    pace: float  # seconds between syllables
    rest: float  # seconds between phrases


@ambience("birdsong", "birds", "dawn_chorus", "garden", "park")
def birdsong(rng: np.random.Generator, n: int) -> Samples:
    """Five birds near and far, each with a phrase of its own that it varies, over still air."""
    return layered([(_choir(rng, n, 5), 0.15), (band_bed(rng, n, 200, 1500), 0.003)])


@ambience("forest", "woods", "wood")
def forest(rng: np.random.Generator, n: int) -> Samples:
    """Wind in the leaves, a few birds under the canopy, a woodpecker far away."""
    gust = wandering(rng, n, 0.5, 0.25)[:, None]
    leaves = band_bed(rng, n, 1800, 8000) * gust**2 * (0.8 + 0.4 * wandering(rng, n, 9))[:, None]

    def woodpecker() -> Samples:
        knock = shaped(
            edges(np.sin(2 * np.pi * 950 * timeline(900)) * curve([[0, 1], [1, 0]], 900), 0.0005, 0.002), _FAR
        )
        return together([(delayed(knock, 0.055 * index), 1 - 0.05 * index) for index in range(11)])

    return layered([
        (leaves, 0.020),
        (band_bed(rng, n, 120, 600) * gust, 0.014),
        (_choir(rng, n, 3), 0.12),
        (scattered(rng, n, (5.0, 11.0), woodpecker), 0.05),
    ])  # fmt: skip


@ambience("meadow", "field", "countryside", "insects", "bees", "summer")
def meadow(rng: np.random.Generator, n: int) -> Samples:
    """A warm field: a light breeze, grasshoppers, a bee that passes, a lark above."""
    breeze = band_bed(rng, n, 250, 2400) * wandering(rng, n, 0.4, 0.3)[:, None]
    rasp = band_bed(rng, n, 5200, 9500, 2) * (_pulses(rng, n, 17.0, 0.5) * wandering(rng, n, 0.7))[:, None]

    def bee() -> Samples:
        flight = called(cries()["bee"], rng, rng.uniform(0.8, 1.2))
        return flight * curve([[0, 0], [0.5, 1], [1, 0]], len(flight))

    return layered([
        (breeze, 0.014), (rasp, 0.006), (scattered(rng, n, (3.0, 7.0), bee), 0.04), (_choir(rng, n, 2), 0.10)
    ])  # fmt: skip


@ambience("crickets", "night", "cicadas")
def crickets(rng: np.random.Generator, n: int) -> Samples:
    """Six crickets, each with its own pitch, pace and rests, around a faint far chorus."""
    result = band_bed(rng, n, 3600, 5200, 3) * np.float32(0.004) + band_bed(rng, n, 80, 400) * np.float32(0.004)
    for index in range(6):
        m = sample_count(rng.uniform(0.12, 0.35))
        carrier = np.sin(2 * np.pi * rng.uniform(3900, 4900) * timeline(m))
        chirp = edges(carrier * _pulses(rng, m, rng.uniform(24, 38), 0.6), 0.005, 0.02)
        chirp = panned(chirp * np.float32(rng.uniform(0.2, 1.0) * 0.06), rng.uniform(0.1, 1) * (-1) ** index)
        pace, place = rng.uniform(0.4, 0.9), rng.uniform(0, 0.6)
        while place * SAMPLE_RATE < n:
            add_at(result, chirp, round(place * SAMPLE_RATE))
            place += pace * rng.uniform(0.92, 1.08) * (1 if rng.random() > 0.08 else 4)  # now and then it listens
    return result


@ambience("jungle", "rainforest", "tropics")
def jungle(rng: np.random.Generator, n: int) -> Samples:
    """Insects all around, strange birds, a frog, something large far off."""

    def stranger() -> Samples:
        name = ("parrot", "monkey", "frog", "owl", "eagle")[int(rng.integers(5))]
        return shaped(called(cries()[name], rng, rng.uniform(0.8, 1.3)), _FAR)

    hum = band_bed(rng, n, 4200, 8000, 2) * (0.5 + 0.5 * _pulses(rng, n, 31, 0.5) * wandering(rng, n, 0.4))[:, None]
    return layered([
        (hum, 0.010), (scattered(rng, n, (1.2, 3.4), stranger, 0.9), 0.10), (_choir(rng, n, 4), 0.10),
        (band_bed(rng, n, 150, 900), 0.006),
    ])  # fmt: skip


@ambience("farm", "barn", "farmyard")
def farm(rng: np.random.Generator, n: int) -> Samples:
    """Hens close by, a cow and a sheep across the yard, sparrows on the roof."""

    def neighbour() -> Samples:
        name = ("chicken", "sheep", "cow", "chicken", "pig", "duck")[int(rng.integers(6))]
        return shaped(called(cries()[name], rng, rng.uniform(0.9, 1.1)), _FAR)

    return layered([
        (scattered(rng, n, (1.3, 3.5), neighbour), 0.12), (_choir(rng, n, 3), 0.10), (band_bed(rng, n, 120, 900), 0.006)
    ])  # fmt: skip


_FAR = passband(60, 3200, 1)  # what distance and leaves leave of a sound


def _choir(rng: np.random.Generator, n: int, singers: int) -> Samples:
    """(n, 2) birds in song, with a breath of echo from the trees."""
    result = np.zeros((n, 2), np.float32)
    for index in range(singers):
        singer = _singer(rng, index)
        place = rng.uniform(0.05, 0.5) + 0.45 * index
        while place * SAMPLE_RATE < n:
            for step in singer.song[: int(rng.integers(2, len(singer.song) + 1))]:
                note = singer.syllables[step] * np.float32(singer.loud * rng.uniform(0.7, 1))
                for echo, gain in ((0.0, 1.0), (0.043, 0.22), (0.087, 0.13)):
                    pan = singer.pan if echo == 0 else -0.6 * singer.pan
                    add_at(result, panned(note * np.float32(gain), pan), round((place + echo) * SAMPLE_RATE))
                place += singer.pace * rng.uniform(0.9, 1.15)
            place += singer.rest * rng.uniform(0.6, 1.5)
    return result


def _singer(rng: np.random.Generator, index: int) -> _Singer:
    home = rng.uniform(2300, 4600)  # Hz
    syllables = tuple(_syllable(rng, home) for _ in range(4))
    song = tuple(int(step) for step in rng.integers(0, 4, 7))
    loud = 1.0 if index == 0 else rng.uniform(0.2, 0.7)
    pan = rng.uniform(0.25, 0.9) * (-1) ** index
    return _Singer(pan, loud, syllables, song, rng.uniform(0.13, 0.3), rng.uniform(0.7, 2.2))


def _syllable(rng: np.random.Generator, home: float) -> Samples:
    """(n,) a whistle that slides, sometimes with a trill in pitch."""
    n = sample_count(rng.uniform(0.06, 0.22))
    slide = curve([[place, home * rng.uniform(0.75, 1.4)] for place in (0, 0.35, 0.7, 1)], n)
    trill = rng.choice([0.0, 0.0, rng.uniform(0.03, 0.08)])
    phase = phase_of(slide * (1 + trill * np.sin(2 * np.pi * rng.uniform(25, 55) * timeline(n))))
    loud = curve([[0, 0], [0.2, 1], [0.6, 0.7], [1, 0]], n)
    return ((np.sin(phase) + 0.12 * np.sin(2 * phase)) * loud).astype(np.float32)


def _pulses(rng: np.random.Generator, n: int, rate: float, width: float) -> Samples:
    """(n,) soft pulses at so many a second, 0 to 1, on for that share of the time."""
    turn = phase_of(np.full(n, rate, np.float32)) + rng.uniform(0, 6)
    return np.clip((np.cos(turn) - np.cos(np.pi * width)) * 3, 0, 1).astype(np.float32)
