"""Sudden and storybook sounds: pops, thunder, explosions, fireworks, magic. And what an unknown kind gets."""

import numpy as np

from pipelines.sound.events.contacts import click, delayed, impact, thump, together
from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    Samples,
    at_peak,
    band_noise,
    curve,
    decaying,
    edges,
    phase_of,
    ringing,
    sample_count,
    wandering,
)


def neutral(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """What a kind without a sound of its own gets: a soft, dull knock. An unknown word must not cost a clip."""
    return impact(happening, rng) * np.float32(0.5)


@event("balloon_pop", "pop", "burst")
def balloon_pop(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A balloon bursts: one jump of pressure, then the room's answer to it."""
    n = sample_count(0.12)
    jump = band_noise(rng, n, 300, 9000, 1) * decaying(n, 0.007)
    jump[:24] += np.linspace(6, 0, 24, dtype=np.float32)
    return at_peak(
        together([(jump, 1.0), (thump(160 / happening.size**0.5, 0.02), 1.2)]), 0.35 + 0.5 * happening.strength
    )


@event("cork")
def cork(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A cork leaves a bottle."""
    n = sample_count(0.08)
    note = np.sin(phase_of(curve([[0, 380], [1, 900]], n))).astype(np.float32) * decaying(n, 0.02)
    return at_peak(
        together([(edges(note, 0.0005, 0.01), 1.0), (click(3500, rng), 0.6)]), 0.2 + 0.4 * happening.strength
    )


@event("thunder")
def thunder(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A crack, then rumbling that rolls away over some seconds; `strength` near 1 is overhead."""
    n = sample_count(happening.seconds or 4.5)
    rolling = curve([[0, 0.8], [0.08, 1], [0.3, 0.6], [1, 0]], n) * (0.25 + wandering(rng, n, 2.6) ** 1.5)
    rumble = band_noise(rng, n, 28, 130, 1) * rolling + 0.35 * band_noise(rng, n, 130, 520, 1) * rolling**2
    crack = band_noise(rng, n, 500, 7000, 1) * decaying(n, 0.05 + 0.1 * happening.strength) * wandering(rng, n, 60)
    return at_peak(edges(rumble + 1.6 * happening.strength**2 * crack, 0.003, 0.4), 0.3 + 0.5 * happening.strength)


@event("explosion", "blast", "cannon")
def explosion(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A blast: pressure, fire, falling debris."""
    n = sample_count(2.2)
    fire = band_noise(rng, n, 40, 900, 1) * decaying(n, 0.45) + 0.6 * band_noise(rng, n, 900, 7000, 1) * decaying(
        n, 0.16
    )
    debris = 0.15 * band_noise(rng, n, 1500, 8000) * wandering(rng, n, 25) ** 4 * curve([[0, 0], [0.3, 1], [1, 0]], n)
    return at_peak(
        edges(together([(fire + debris, 0.5), (thump(46 / happening.size**0.3, 0.22), 1.4)]), 0.0005, 0.2),
        0.5 + 0.4 * happening.strength,
    )


@event("firework", "fireworks")
def firework(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A shell bursts in the sky and its stars crackle."""
    n = sample_count(2.4)
    crackle = (
        band_noise(rng, n, 2500, 11000)
        * (rng.random(n // 96 + 1).repeat(96)[:n] > 0.93)
        * curve([[0, 0], [0.15, 1], [1, 0]], n)
    )
    return at_peak(
        together([(thump(70, 0.12), 1.2), (band_noise(rng, n, 60, 2500, 1) * decaying(n, 0.15), 0.5), (crackle, 0.16)]),
        0.35 + 0.4 * happening.strength,
    )


@event("sparkle", "magic", "twinkle")
def sparkle(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A rising scatter of tiny bells."""
    scale = (1047, 1175, 1319, 1568, 1760, 2093, 2349, 2637, 3136, 3520, 4186)  # C major pentatonic from C6, Hz
    parts = []
    for index, note in enumerate(scale):
        tone = ringing(sample_count(0.8), note * rng.uniform(0.998, 1.002), 0.16) + 0.3 * ringing(
            sample_count(0.8), note * 2.76, 0.05
        )
        parts.append((delayed(edges(tone, 0.0005, 0.05), index * 0.055 * rng.uniform(0.9, 1.1)), rng.uniform(0.5, 1)))
    return at_peak(together(parts), 0.12 + 0.25 * happening.strength)


@event("boing", "spring", "jump")
def boing(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A soft elastic leap: a tone that rises and wobbles."""
    n = sample_count(0.4)
    pitch = (
        curve([[0, 150], [0.3, 340], [1, 260]], n) / happening.size**0.4 * (1 + 0.06 * np.sin(np.linspace(0, 40, n)))
    )
    tone = np.sin(phase_of(pitch.astype(np.float32))) + 0.3 * np.sin(2 * phase_of(pitch.astype(np.float32)))
    return at_peak(edges(tone.astype(np.float32) * decaying(n, 0.12), 0.002, 0.03), 0.08 + 0.25 * happening.strength)


@event("laser", "zap")
def laser(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A falling beam."""
    n = sample_count(0.28)
    tone = np.tanh(2 * np.sin(phase_of(curve([[0, 2600], [0.3, 900], [1, 160]], n)))).astype(np.float32)
    return at_peak(edges(tone * decaying(n, 0.11), 0.001, 0.03), 0.12 + 0.3 * happening.strength)


@event("shatter", "break", "smash")
def shatter(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Glass breaks: a burst, then shards that ring as they land."""
    parts = [(click(11000, rng), 1.0), (band_noise(rng, 9600, 2500, 14000) * decaying(9600, 0.03), 0.5)]
    for _ in range(26):
        shard = ringing(sample_count(0.25), rng.uniform(2200, 9500), rng.uniform(0.01, 0.06), 1.0)
        parts.append((delayed(edges(shard, 0.0003, 0.02), rng.random() ** 1.5 * 0.7), rng.uniform(0.08, 0.4)))
    return at_peak(together(parts), 0.3 + 0.45 * happening.strength)
