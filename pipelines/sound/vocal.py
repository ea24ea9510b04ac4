"""Voices of creatures: a glottis that buzzes and breathes, and a throat that resonates."""

from dataclasses import dataclass

import numpy as np

from pipelines.sound.synthesis import (
    Points,
    Samples,
    add_at,
    at_peak,
    curve,
    edges,
    phase_of,
    resonances,
    sample_count,
    shaped,
    wandering,
    white,
)


@dataclass(frozen=True)
class Cry:
    """How a creature calls; events/calls.toml explains each field."""

    seconds: float
    pitch: Points
    level: Points
    tract: Points
    opened: Points = ()
    opening: Points = ((0, 0), (1, 1))
    bright: float = 0.5
    breath: float = 0.1
    rough: float = 0.0
    growl: float = 60.0
    waver: tuple[float, float] = (6.0, 0.0)
    bleat: tuple[float, float] = (6.0, 0.0)
    times: int = 1
    gap: float = 0.15
    fall: float = 1.0
    peak: float = 0.5


def called(cry: Cry, rng: np.random.Generator, size: float = 1.0) -> Samples:
    """(n,) the whole call at peak 1, by a creature of that size: a larger one is lower, slower and more resonant."""
    stretch = size**0.3
    spacing = sample_count((cry.seconds + cry.gap) * stretch)
    result = np.zeros(spacing * (cry.times - 1) + 2 * sample_count(cry.seconds * stretch), np.float32)
    end, start = 0, 0
    for index in range(cry.times):
        tone = cry.fall**index * rng.uniform(0.96, 1.04) / size**0.7
        piece = uttered(cry, rng, tone, stretch * rng.uniform(0.9, 1.1), size) * np.float32(rng.uniform(0.8, 1.0))
        add_at(result, piece, start)
        end = start + len(piece)
        start += round(spacing * rng.uniform(0.92, 1.08))
    return at_peak(result[:end], 1.0)


def uttered(cry: Cry, rng: np.random.Generator, tone: float, stretch: float, size: float) -> Samples:
    """(n,) one utterance at peak 1; `tone` multiplies its pitch and `stretch` its length."""
    n = sample_count(cry.seconds * stretch)
    t = np.linspace(0, cry.seconds * stretch, n)
    sway = np.sin(2 * np.pi * cry.waver[0] * t + rng.uniform(0, 6)) * cry.waver[1]
    unsteady = (wandering(rng, n, 30) - 0.5) * (0.02 + 0.10 * cry.rough)
    pitch = curve(cry.pitch, n) * tone * (1 + sway + unsteady)
    voiced = buzz(pitch.astype(np.float32), cry.bright)
    growl = np.clip(np.sin(phase_of(cry.growl * tone * (0.7 + 0.6 * wandering(rng, n, 25)))) * 1.6, -1, 1)
    voiced *= 1 - 0.75 * cry.rough * (0.5 + 0.5 * growl)
    source = voiced * (1 - cry.breath) + 0.45 * cry.breath * white(rng, n) * (0.6 + 0.4 * np.abs(voiced))
    sound = throat(source.astype(np.float32), cry, size)
    loud = curve(cry.level, n) * (1 - cry.bleat[1] * (0.5 - 0.5 * np.cos(2 * np.pi * cry.bleat[0] * t)))
    return edges(at_peak((sound * loud).astype(np.float32), 1.0), 0.003, 0.015)


def buzz(frequency: Samples, bright: float) -> Samples:
    """(n,) a voice's source, −1 to 1: from a pure tone to a rasp, with no overtone above 16 kHz."""
    phase = phase_of(frequency)
    if bright <= 0.02:
        return np.sin(phase).astype(np.float32)
    most = int(min(40, 16_000 / max(20.0, float(frequency.max())))) or 1
    ratio = min(0.97, bright**0.35 * 0.97)  # each overtone against the one below
    # The sum over k of ratio**k · sin(k · phase) in closed form, with its tail beyond `most` taken away again.
    turn = ratio * np.exp(1j * phase)
    series = turn * (1 - ratio**most * np.exp(1j * most * phase)) / (1 - turn)
    return at_peak(series.imag.astype(np.float32), 1.0)


def throat(source: Samples, cry: Cry, size: float) -> Samples:
    """(n,) the source through the tract, gliding to its opened shape."""
    scale = size**-0.35
    first = shaped(source, resonances([(f * scale, w * scale, g) for f, w, g in cry.tract]))
    if not cry.opened:
        return first
    second = shaped(source, resonances([(f * scale, w * scale, g) for f, w, g in cry.opened]))
    share = curve(cry.opening, len(source))
    return first * (1 - share) + second * share
