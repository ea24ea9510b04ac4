"""Voices that nobody can make out, hands that clap."""

import numpy as np

from pipelines.sound.ambiences.beds import PERIOD, band_bed, layered, panned, scattered
from pipelines.sound.events.contacts import impact
from pipelines.sound.events.people import clapping
from pipelines.sound.registry import ambience
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    curve,
    passband,
    phase_of,
    resonances,
    shaped,
    wandering,
)

_VOWELS = (  # [Hz, bandwidth, gain] of the first formants
    ((310, 90, 1), (2200, 260, 0.35), (2900, 400, 0.2)),
    ((700, 140, 1), (1220, 180, 0.6), (2600, 400, 0.2)),
    ((480, 120, 1), (900, 160, 0.5), (2500, 400, 0.15)),
    ((520, 120, 1), (1750, 220, 0.5), (2500, 400, 0.25)),
)


@ambience("crowd", "people", "audience", "chatter", "restaurant", "cafe", "party", "school")
def crowd(rng: np.random.Generator, n: int) -> Samples:
    """A room full of talk: voices that each speak in syllables and pause, none of them understood."""
    return layered([(babble(rng, n, 14), 0.034), (band_bed(rng, n, 250, 3200), 0.006)])


@ambience("stadium", "concert")
def stadium(rng: np.random.Generator, n: int) -> Samples:
    """Thousands: a roar that swells and ebbs, with voices and hands in it."""
    swell = wandering(rng, n, 0.5, 0.45)[:, None]
    roar = band_bed(rng, n, 350, 2600) * swell
    return layered([(roar, 0.036), (babble(rng, n, 10), 0.014), (_clapping(rng, n, 14) * swell, 0.010)])


@ambience("applause", "clapping")
def applause(rng: np.random.Generator, n: int) -> Samples:
    """Sixty pairs of hands in a hall."""
    return layered([(_clapping(rng, n, 30), 0.034), (band_bed(rng, n, 500, 4000), 0.004)])


@ambience("gym", "sports_hall", "basketball_court", "swimming_pool")
def gym(rng: np.random.Generator, n: int) -> Samples:
    """A big hall: ventilation, a murmur from the stands, another ball bouncing at the far end."""

    def far_bounce() -> Samples:
        far = impact(SoundEvent(0, "impact", "wood", "rubber", strength=rng.uniform(0.2, 0.5)), rng)
        return shaped(far, passband(60, 1400, 1))

    return layered([
        (band_bed(rng, n, 60, 260), 0.022),
        (babble(rng, n, 8), 0.009),
        (scattered(rng, n, (1.5, 4.0), far_bounce), 0.06),
    ])  # fmt: skip


@ambience("market", "bazaar", "fair", "playground")
def market(rng: np.random.Generator, n: int) -> Samples:
    """Talk all round, boxes set down, crockery and coins."""

    def thing() -> Samples:
        pair = (("wood", "cardboard"), ("metal", "metal"), ("wood", "wood"), ("glass", "metal"))[int(rng.integers(4))]
        sound = impact(SoundEvent(0, "impact", *pair, strength=rng.uniform(0.1, 0.4)), rng)
        return sound[: SAMPLE_RATE // 2] * curve([[0, 1], [1, 0]], min(len(sound), SAMPLE_RATE // 2))

    return layered([(babble(rng, n, 16), 0.033), (scattered(rng, n, (0.7, 2.2), thing, 0.9), 0.05)])


def babble(rng: np.random.Generator, n: int, voices: int) -> Samples:
    """(n, 2) voices that speak without words, RMS near 1. A loop of 5.5 s that is entered at four points at once."""
    m = min(PERIOD, max(n, 4096))
    mouths = np.zeros((len(_VOWELS), m), np.float32)
    for _ in range(max(2, voices // 3)):  # each is heard at four moments, as if by four people
        spoken = _melody(rng, m)
        talking = np.clip(5 * wandering(rng, m, 0.7) - 1.6, 0, 1)
        syllables = np.clip(wandering(rng, m, rng.uniform(7, 10)) * 2 - 0.6, 0, 1.2) * talking
        vowel = wandering(rng, m, 4, 0, len(_VOWELS) - 0.01).astype(int)
        spoken *= syllables * np.float32(rng.uniform(0.3, 1.0))
        for index in range(len(_VOWELS)):
            mouths[index] += spoken * (vowel == index)
    voice = sum(shaped(part, resonances(peaks)) for part, peaks in zip(mouths, _VOWELS, strict=True))
    seam = min(m // 4, 4800)
    voice[:seam] *= np.linspace(0, 1, seam, dtype=np.float32)
    voice[-seam:] *= np.linspace(1, 0, seam, dtype=np.float32)
    voice /= max(1e-6, float(np.sqrt(np.mean(voice**2))))
    result = np.zeros((n, 2), np.float32)
    for shift, pan in ((0.0, -0.7), (0.27, 0.7), (0.53, -0.3), (0.79, 0.4)):
        turned = np.resize(np.roll(voice, int(shift * m)), n)
        result += panned(turned, pan)
    return result * np.float32(0.7)


def _melody(rng: np.random.Generator, n: int) -> Samples:
    """(n,) the bare voice of somebody: a plain sawtooth whose pitch rises and falls; vowels hide its edges."""
    turns = phase_of(rng.uniform(95, 240) * (0.9 + 0.25 * wandering(rng, n, 2.5))) * (1 / np.pi)
    return (turns % 2 - 1).astype(np.float32)


def _clapping(rng: np.random.Generator, n: int, people: int) -> Samples:
    """(n, 2) different hands at each ear, RMS near 1."""
    ears = np.stack([clapping(rng, n, people) for _ in range(2)], axis=1)
    return ears / max(1e-6, float(np.sqrt(np.mean(ears**2))))
