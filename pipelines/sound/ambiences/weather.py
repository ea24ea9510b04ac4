"""Wind, rain, thunder, snow."""

import numpy as np

from pipelines.sound.ambiences.beds import band_bed, layered, noise_bed, panned, scattered, ticks_bed
from pipelines.sound.events.surprises import thunder as thunderclap
from pipelines.sound.registry import ambience
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    Samples,
    band_noise,
    decaying,
    passband,
    phase_of,
    ringing,
    sample_count,
    wandering,
)


@ambience("wind", "breeze", "mountain", "desert", "sky")
def wind(rng: np.random.Generator, n: int) -> Samples:
    """Gusts: they swell at each side in turn, and the stronger they blow the higher they hiss."""
    gust = np.stack([wandering(rng, n, 0.45, 0.15) for _ in range(2)], axis=1)
    gust = 0.6 * gust + 0.4 * gust[:, ::-1]
    body = band_bed(rng, n, 90, 480) * gust
    hiss = band_bed(rng, n, 500, 2600) * gust**3
    return layered([(body, 0.062), (hiss, 0.035), (_whistle(rng, n), 0.006)])


def _whistle(rng: np.random.Generator, n: int) -> Samples:
    """(n, 2) wind that finds an edge: a tone that wanders and fades."""
    pitch = wandering(rng, n, 0.5, 420, 780)
    tone = np.sin(phase_of(pitch * (1 + 0.01 * wandering(rng, n, 18)))) * wandering(rng, n, 0.7) ** 4
    return panned(tone.astype(np.float32), 0.2)


@ambience("rain", "drizzle")
def rain(rng: np.random.Generator, n: int) -> Samples:
    """A broad hiss, the patter of near drops, and a slow change in how hard it falls."""
    return _falling(rng, n) * (0.85 + 0.3 * wandering(rng, n, 0.35))[:, None]


def _falling(rng: np.random.Generator, n: int) -> Samples:
    grain = band_noise(rng, 96, 1500, 9000, 1) * decaying(96, 0.0004)
    drop = ringing(400, 2300, 0.0008) + 0.7 * ringing(400, 3700, 0.0006)
    hiss = noise_bed(rng, n, lambda f: passband(350, 12_000, 1)(f) * (1 + 0.7 * passband(2500, 7000)(f)))
    return layered([(hiss, 0.020), (ticks_bed(rng, n, 700, grain), 0.014), (ticks_bed(rng, n, 28, drop), 0.007)])


@ambience("thunder")
def thunder(rng: np.random.Generator, n: int) -> Samples:
    """Distant thunder that rolls, on a dark bed of air."""

    def clap() -> Samples:
        return thunderclap(SoundEvent(0, "thunder", strength=rng.uniform(0.2, 0.5)), rng)

    return layered([(scattered(rng, n, (5.0, 10.0), clap, 0.5), 0.45), (band_bed(rng, n, 50, 220), 0.012)])


@ambience("storm", "thunderstorm", "tempest", "hurricane")
def storm(rng: np.random.Generator, n: int) -> Samples:
    """Heavy rain, hard wind and thunder."""
    return layered([(_falling(rng, n), 1.1), (wind(rng, n), 0.9), (thunder(rng, n), 0.9)])


@ambience("snow", "snowfall", "winter", "arctic", "fog")
def snow(rng: np.random.Generator, n: int) -> Samples:
    """Muffled air: the quiet of falling snow."""
    soft = band_bed(rng, n, 60, 380) * (0.5 + 0.5 * wandering(rng, n, 0.3))[:, None]
    return layered([(soft, 0.024), (band_bed(rng, n, 900, 3500), 0.003)])


@ambience("hail")
def hail(rng: np.random.Generator, n: int) -> Samples:
    """Ice that bounces off everything."""
    stone = ringing(sample_count(0.02), 1700, 0.0012) + 0.8 * ringing(sample_count(0.02), 3300, 0.0009)
    return layered([(ticks_bed(rng, n, 220, stone), 0.030), (_falling(rng, n), 0.4)])
