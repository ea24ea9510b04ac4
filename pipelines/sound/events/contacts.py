"""What is struck and stepped on: a contact excites both sides, and is as bright as the softer of them allows."""

import numpy as np

from pipelines.sound.materials import Material, material_named
from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    SAMPLE_RATE,
    Samples,
    add_at,
    at_peak,
    band_noise,
    decaying,
    edges,
    ringing,
    sample_count,
)

LONGEST = 2.5  # seconds that anything rings


@event("impact", "hit", "bounce", "land", "drop", "knock")
def impact(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A knock: `struck_by` against `material`, brighter the harder it is."""
    surface = material_named(happening.material)
    striker = material_named(happening.struck_by)
    if surface.name == "water":
        return splash(happening, rng)
    bright = min(surface.hardness, striker.hardness) * (0.5 + happening.strength)
    parts = [
        (struck_modes(surface, bright, 1.0, rng), 0.9 * surface.ring),
        (struck_modes(striker, bright, happening.size, rng), 0.8 * striker.ring),
        (thump(1.25 * surface.thump / happening.size**0.4, 0.02 + 0.02 * surface.weight), 0.25 + 0.6 * surface.weight),
        (click(bright, rng), 0.5),
        (crunching(surface, rng), 0.8 * surface.crunch),
        (crunching(striker, rng), 0.8 * striker.crunch),
    ]
    level = surface.level**0.35 * striker.level**0.65 * (0.08 + 0.92 * happening.strength**1.3)
    return at_peak(together(parts), float(level))


@event("footstep", "step")
def footstep(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """One foot on `material`; `struck_by` is a shoe unless it says paw, hoof, boot, heel or bare."""
    surface = material_named(happening.material or "grass")
    foot = happening.struck_by or "shoe"
    if surface.name == "water":
        return at_peak(splash(happening, rng), 0.25 + 0.4 * happening.strength)
    hard = min(surface.hardness, material_named(foot).hardness) * (0.6 + 0.8 * happening.strength)
    weight = {"paw": 0.35, "bare": 0.8, "hoof": 1.0, "heel": 0.5, "claw": 0.2}.get(foot, 1.0)
    pitch = 1.3 * surface.thump * {"paw": 1.5, "heel": 1.3, "hoof": 1.2}.get(foot, 1.0) / happening.size**0.4
    parts = [
        (
            thump(pitch * rng.uniform(0.92, 1.08), 0.014 + 0.012 * surface.weight),
            weight * (0.15 + 0.4 * surface.weight),
        ),
        (struck_modes(surface, hard, 1.0, rng), 0.5 * surface.ring),
        (click(hard, rng), {"heel": 0.9, "hoof": 0.5, "paw": 0.12, "bare": 0.25}.get(foot, 0.5)),
        (crunching(surface, rng), (0.8 if foot == "paw" else 1.6) * surface.crunch),
    ]
    if foot in ("hoof", "heel"):
        shell = material_named("hoof" if foot == "hoof" else "plastic")
        parts.append((struck_modes(shell, hard * 1.3, happening.size, rng), 0.9))
    together_at_once = together(parts)
    if foot in ("shoe", "boot", "bare"):  # the toe follows the heel
        toe = crunching(surface, rng) * np.float32(0.5 * surface.crunch + 0.1)
        together_at_once = together([(together_at_once, 1.0), (delayed(toe, rng.uniform(0.05, 0.09)), 0.8)])
    level = (0.55 if foot == "paw" else 0.9) * surface.level * (0.3 + 0.9 * happening.strength)
    return at_peak(together_at_once, min(0.9, level))


@event("splash", "dive")
def splash(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Something enters water: a slap, a burst of spray, then bubbles that rise in pitch as they shrink."""
    power = happening.strength
    big = happening.size * (0.5 + power)
    n = sample_count(0.35 + 0.9 * power)
    spray = band_noise(rng, n, 700, 5200 + 4500 * power, 1) * _bump(n, 0.02 + 0.05 * power, 0.10 + 0.20 * power)
    gush = band_noise(rng, n, 160, 900, 1) * _bump(n, 0.01, 0.08 + 0.12 * power)
    parts = [
        (click(2500 + 4000 * power, rng), 0.8),
        (thump(120 / big**0.5, 0.05), 0.5 + power),
        (gush, 0.35),
        (spray, 0.28),
    ]
    for _ in range(int(4 + 14 * power)):
        parts.append((delayed(bubble(rng, big), rng.uniform(0.02, 0.75 * n / SAMPLE_RATE)), rng.uniform(0.06, 0.3)))
    return at_peak(together(parts)[:n], 0.2 + 0.6 * power)


def bubble(rng: np.random.Generator, size: float = 1.0) -> Samples:
    """(n,) one bubble: a short whistle that rises."""
    seconds = rng.uniform(0.02, 0.06) * size**0.4
    n = sample_count(3 * seconds)
    start = rng.uniform(420, 1500) / size**0.5
    frequency = start * (1 + rng.uniform(0.15, 0.7) * np.linspace(0, 1, n))
    return (np.sin(np.cumsum(frequency) * (2 * np.pi / SAMPLE_RATE)) * decaying(n, seconds)).astype(np.float32)


def struck_modes(material: Material, bright: float, size: float, rng: np.random.Generator) -> Samples:
    """(n,) the material's own notes, as far up as the contact is short enough to wake them. Peak about 1."""
    if not material.modes:
        return np.zeros(1, np.float32)
    n = sample_count(min(LONGEST, material.decay * 5))
    result = np.zeros(n, np.float32)
    lowest = material.modes[0]
    for index, mode in enumerate(material.modes):
        frequency = mode / size**0.7 * rng.uniform(0.985, 1.015)
        if frequency > 0.45 * SAMPLE_RATE:
            continue
        decay = material.decay * (lowest / mode) ** 0.45
        gain = 1 / (1 + (frequency / bright) ** 2) * rng.uniform(0.7, 1.0) / (1 + 0.25 * index)
        if gain < 0.03:
            continue  # the rest of the knock covers it
        length = min(n, sample_count(decay * 5))
        tone = ringing(length, frequency, decay, rng.uniform(0.2, 1.3)) * np.float32(gain)
        result[:length] += edges(tone, 0, 0.01)
    return at_peak(edges(result, 0.0003, 0.02), 1.0)


def thump(frequency: float, decay: float) -> Samples:
    """(n,) a dull push that drops in pitch. Peak 1."""
    n = sample_count(decay * 6)
    t = np.arange(n, dtype=np.float32) / SAMPLE_RATE
    phase = 2 * np.pi * (frequency * t + 0.6 * frequency * 0.012 * (1 - np.exp(-t / 0.012))) + 0.9
    return at_peak(edges(np.sin(phase) * decaying(n, decay), 0.0005, 0.01), 1.0)


def click(bright: float, rng: np.random.Generator) -> Samples:
    """(n,) the contact itself: a few milliseconds of noise up to `bright` Hz, loudest at its first samples."""
    n = sample_count(0.004 + 6 / max(bright, 400))
    return at_peak(band_noise(rng, n, min(300, bright / 4), bright) * np.linspace(1, 0, n, dtype=np.float32) ** 2, 1.0)


def crunching(material: Material, rng: np.random.Generator) -> Samples:
    """(n,) what breaks, rubs or scatters: smooth hiss, or grains if the material has them. Peak 1."""
    if material.crunch < 0.07:  # would not be heard beside the knock
        return np.zeros(1, np.float32)
    n = sample_count(material.lasting * 3)
    low, high = material.texture
    if material.grains:
        ticks = np.zeros(n, np.float32)
        count = max(3, int(material.grains * material.lasting))
        places = (rng.random(count) ** 1.6 * n * 0.7).astype(int)
        np.add.at(ticks, places, (rng.random(count) ** 2 * rng.choice((-1, 1), count)).astype(np.float32))
        grain = band_noise(rng, 144, low, high) * decaying(144, 0.0011)
        noise = np.convolve(ticks, grain)[:n]
        noise += 0.08 * float(np.abs(noise).max(initial=0)) * band_noise(rng, n, low, high)
    else:
        noise = band_noise(rng, n, low, high, 1)
    return at_peak(noise * _bump(n, 0.002, material.lasting), 1.0)


def delayed(samples: Samples, seconds: float) -> Samples:
    """The samples after so many seconds of silence."""
    return np.concatenate([np.zeros(max(0, round(seconds * SAMPLE_RATE)), np.float32), samples])


def together(parts: list[tuple[Samples, float]]) -> Samples:
    """The sum of samples times their gains, as long as the longest."""
    result = np.zeros(max(len(samples) for samples, _ in parts), np.float32)
    for samples, gain in parts:
        if gain:
            add_at(result, samples * np.float32(gain), 0)
    return result


def _bump(n: int, attack: float, decay: float) -> Samples:
    """(n,) rises within `attack` seconds, then falls to 1/e in `decay`."""
    return edges(decaying(n, decay), attack, 0.01)
