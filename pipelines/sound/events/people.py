"""What people do besides speaking: clap, laugh, cheer, gasp, snore."""

import numpy as np

from pipelines.sound.events.contacts import click
from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import Samples, add_at, at_peak, band_noise, curve, decaying, edges, sample_count
from pipelines.sound.vocal import Cry, called

_A = ((760, 150, 1.0), (1250, 200, 0.6), (2600, 400, 0.25), (3600, 600, 0.1))
_CRIES = {
    "laugh": Cry(0.11, ((0, 205), (0.3, 260), (1, 190)), ((0, 0.3), (0.25, 1), (0.7, 0.6), (1, 0)), _A, breath=0.45,
                 bright=0.7, times=6, gap=0.075, fall=0.965),
    "cheer": Cry(0.9, ((0, 260), (0.3, 400), (1, 300)), ((0, 0.3), (0.2, 1), (0.7, 0.8), (1, 0)), _A, breath=0.15,
                 bright=0.8),
    "gasp": Cry(0.45, ((0, 300), (1, 420)), ((0, 0.2), (0.4, 1), (0.8, 0.6), (1, 0)), _A, breath=0.97, bright=0.3),
    "cry": Cry(0.5, ((0, 420), (0.4, 520), (1, 380)), ((0, 0.3), (0.3, 1), (1, 0)), _A, breath=0.15, bright=0.75,
               waver=(7.0, 0.03), times=3, gap=0.2, fall=0.97),
    "snore": Cry(1.3, ((0, 62), (0.6, 80), (1, 60)), ((0, 0.1), (0.5, 1), (0.9, 0.6), (1, 0)),
                 ((300, 160, 1.0), (900, 400, 0.5)), breath=0.5, bright=1.0, rough=0.9, growl=28),
}  # fmt: skip
_PEAKS = {"laugh": 0.4, "cheer": 0.5, "gasp": 0.2, "cry": 0.35, "snore": 0.3}


@event("laugh", "cheer", "gasp", "cry", "snore")
def human(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A wordless human sound; `size` under 1 makes it a woman's or a child's."""
    sound = called(_CRIES[happening.kind], rng, happening.size)
    return sound * np.float32(_PEAKS[happening.kind] * (0.4 + 0.6 * happening.strength))


@event("clap")
def clap(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """One clap of two hands."""
    return at_peak(one_clap(rng), 0.15 + 0.4 * happening.strength)


@event("applause", "ovation")
def applause(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """An audience: `strength` says how many clap. It begins with one clap at its first sample and dies away."""
    n = sample_count(happening.seconds or 3.0)
    return at_peak(
        clapping(rng, n, 6 + int(40 * happening.strength)) * curve([[0, 0.5], [0.2, 1], [0.6, 0.9], [1, 0]], n), 0.4
    )


def clapping(rng: np.random.Generator, n: int, people: int) -> Samples:
    """(n,) people who each clap at their own pace; the first clap is the first sample. RMS is not fixed."""
    hands = [one_clap(rng) for _ in range(12)]  # enough that no two neighbours sound alike
    result = np.zeros(n, np.float32)
    add_at(result, hands[0], 0)
    for person in range(people):
        place = int(rng.uniform(0, 0.25) * 48_000)
        loud = np.float32(rng.uniform(0.2, 1.0) ** 1.5)
        step = 48_000 / rng.uniform(3.2, 5.2)
        hand = hands[person % len(hands)] * loud
        while place < n:
            add_at(result, hand, place)
            place += int(step * rng.uniform(0.9, 1.1))
    return result


def one_clap(rng: np.random.Generator) -> Samples:
    """(n,) two palms meet: a click and the hollow between them. Peak 1."""
    n = sample_count(0.07)
    hollow = rng.uniform(800, 1900)
    sound = band_noise(rng, n, hollow * 0.6, hollow * 1.7, 1) * decaying(n, rng.uniform(0.006, 0.014))
    sound[: sample_count(0.004)] += 0.8 * np.resize(click(5000, rng), sample_count(0.004))
    return at_peak(edges(sound, 0.0004, 0.01), 1.0)
