"""Streets, harbours, rooms, fires, bells, space."""

import numpy as np

from pipelines.sound.ambiences.beds import PERIOD, band_bed, layered, noise_bed, panned, scattered, ticks_bed
from pipelines.sound.ambiences.people import babble
from pipelines.sound.ambiences.water import waves
from pipelines.sound.events.calls import cries
from pipelines.sound.events.machines import bell, horn
from pipelines.sound.registry import ambience
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    add_at,
    band_noise,
    curve,
    decaying,
    passband,
    ringing,
    shaped,
    timeline,
    wandering,
)
from pipelines.sound.vocal import called

_FAR = passband(60, 1800, 1)


@ambience("city", "street", "traffic", "road", "downtown", "town")
def city(rng: np.random.Generator, n: int) -> Samples:
    """The rumble of a town, cars that pass from one side to the other, a far horn, steps and voices."""

    def far_horn() -> Samples:
        return shaped(horn(SoundEvent(0, "horn", seconds=rng.uniform(0.15, 0.5)), rng), _FAR)

    rumble = noise_bed(rng, n, lambda f: passband(35, 260, 1)(f) + 0.06 * passband(260, 3000, 1)(f))
    return layered([
        (rumble * (0.8 + 0.4 * wandering(rng, n, 0.5))[:, None], 0.036),
        (_passing_cars(rng, n), 0.042),
        (babble(rng, n, 5), 0.004),
        (scattered(rng, n, (4.0, 9.0), far_horn), 0.05),
    ])  # fmt: skip


def _passing_cars(rng: np.random.Generator, n: int) -> Samples:
    """(n, 2) tyres and engines that swell, cross over and are gone."""
    result = np.zeros((n, 2), np.float32)
    road, hiss = band_noise(rng, PERIOD, 180, 1500, 1), 0.5 * band_noise(rng, PERIOD, 1500, 4500, 1)
    place = -rng.uniform(0.5, 2.0)
    while place * SAMPLE_RATE < n:
        m = round(rng.uniform(2.6, 4.5) * SAMPLE_RATE)
        first = int(rng.integers(PERIOD - m))
        tyres = road[first : first + m] + hiss[first : first + m] * curve([[0, 0], [0.5, 1], [1, 0]], m)
        swell = curve([[0, 0], [0.3, 0.2], [0.5, 1], [0.7, 0.25], [1, 0]], m) * np.float32(rng.uniform(0.4, 1))
        angle = (np.linspace(-0.9, 0.9, m) * rng.choice([-1, 1]) + 1) * np.pi / 4
        both = (tyres * swell)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        add_at(result, both.astype(np.float32), round(place * SAMPLE_RATE))
        place += rng.uniform(1.2, 3.2)
    return result


@ambience("harbour", "harbor", "port", "pier", "gulls", "seagulls")
def harbour(rng: np.random.Generator, n: int) -> Samples:
    """Gulls, water against the quay, rigging that taps a mast."""

    def gulls() -> Samples:
        return called(cries()["gull"], rng, rng.uniform(0.85, 1.2))

    def rigging() -> Samples:
        return ringing(9600, rng.uniform(1500, 2100), 0.035, 1.0)

    return layered([
        (waves(rng, n), 0.55), (scattered(rng, n, (1.2, 3.5), gulls, 0.9), 0.07),
        (scattered(rng, n, (0.5, 1.6), rigging), 0.02),
    ])  # fmt: skip


@ambience("fire", "campfire", "fireplace", "flames", "bonfire")
def fire(rng: np.random.Generator, n: int) -> Samples:
    """A low roar, fine crackle, and sparks that jump."""
    grain = band_noise(rng, 200, 1800, 12_000, 1) * decaying(200, 0.0008)
    spark = _spark(rng)
    roar = band_bed(rng, n, 50, 420) * (0.6 + 0.6 * wandering(rng, n, 3))[:, None]
    crackle = ticks_bed(rng, n, 38, grain) * (0.3 + wandering(rng, n, 1.5))[:, None]
    return layered([
        (roar, 0.034), (crackle, 0.018),
        (np.tanh(ticks_bed(rng, n, 3.5, spark) / 12) * 12, 0.010), (band_bed(rng, n, 800, 4500), 0.003)
    ])  # fmt: skip


def _spark(rng: np.random.Generator) -> Samples:
    """(n,) wood that bursts: a knock and a snap."""
    return band_noise(rng, 1400, 500, 9000, 1) * decaying(1400, 0.0022) + ringing(1400, 640, 0.008, 1.2)


@ambience("bells", "church", "church_bells", "village", "wedding")
def bells(rng: np.random.Generator, n: int) -> Samples:
    """Three bells of a tower across the roofs, each swinging at its own pace."""
    result = band_bed(rng, n, 80, 500) * np.float32(0.005)
    for index, (size, pan) in enumerate(((1.0, -0.3), (0.8, 0.25), (0.667, 0.0))):
        stroke = panned(shaped(bell(SoundEvent(0, "bell", size=size, strength=0.5), rng), passband(80, 4200, 1)), pan)
        place, pace = 0.15 + 0.55 * index, 1.55 + 0.13 * index
        while place * SAMPLE_RATE < n:
            add_at(result, stroke * np.float32(0.30 * rng.uniform(0.7, 1)), round(place * SAMPLE_RATE))
            place += pace * rng.uniform(0.985, 1.015)
    return result


@ambience("room", "indoors", "house", "bedroom", "kitchen", "living_room", "office", "library", "classroom", "museum")
def room(rng: np.random.Generator, n: int) -> Samples:
    """The quiet of a room: air, and a trace of the mains."""
    air = noise_bed(rng, n, lambda f: passband(50, 500, 1)(f) + 0.08 * passband(500, 5000, 1)(f))
    mains = sum(np.sin(2 * np.pi * f * timeline(n)) * g for f, g in ((100, 1.0), (200, 0.4), (300, 0.2)))
    return layered([(air, 0.012), (panned(mains.astype(np.float32), 0.3), 0.0012)])


@ambience("space", "spaceship", "moon", "planet", "cosmos", "station")
def space(rng: np.random.Generator, n: int) -> Samples:
    """A soft hum with slow beats between its voices, and a shimmer far above it."""
    result = band_bed(rng, n, 40, 180) * np.float32(0.020)
    t = timeline(n).astype(np.float64)
    for frequency, pan in ((55.0, 0.0), (82.6, -0.5), (110.4, 0.5), (165.3, -0.2), (220.9, 0.3), (661.2, 0.7)):
        breathing = 0.4 + 0.6 * wandering(rng, n, 0.35)
        tone = np.sin(2 * np.pi * frequency * t + rng.uniform(0, 6)) * breathing * (90 / (90 + frequency))
        result += panned(tone.astype(np.float32) * np.float32(0.05), pan)
    return result


@ambience("machine_room", "factory", "workshop", "train", "engine_room", "laboratory")
def factory(rng: np.random.Generator, n: int) -> Samples:
    """Motors that hum, belts that turn, something that knocks in time."""
    hum = sum(np.sin(2 * np.pi * f * timeline(n) + f) * g for f, g in ((49, 1.0), (98, 0.6), (147, 0.35), (294, 0.15)))
    belt = band_bed(rng, n, 300, 2400) * (0.6 + 0.4 * np.sin(2 * np.pi * 2.1 * timeline(n)))[:, None]

    def knock() -> Samples:
        return shaped(ringing(9600, 310, 0.03, 1.0) + 0.5 * ringing(9600, 870, 0.02, 1.0), _FAR)

    return layered([
        (panned(hum.astype(np.float32), 0.0), 0.030), (belt, 0.030), (scattered(rng, n, (0.93, 0.97), knock, 0.2), 0.03)
    ])  # fmt: skip
