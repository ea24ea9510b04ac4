"""Machines: engines by their firing rate, horns, sirens, bells and shutters."""

from dataclasses import dataclass

import numpy as np

from pipelines.sound.events.contacts import click, delayed, thump, together
from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    Samples,
    at_peak,
    band_noise,
    curve,
    edges,
    phase_of,
    resonances,
    ringing,
    sample_count,
    shaped,
    timeline,
    wandering,
)


@dataclass(frozen=True)
class Engine:
    """What drives a machine."""

    rate: float  # Hz of its strokes, blades or wheels at middling speed
    rough: float  # 0 a hum, 1 separate blows
    hiss: float  # share of air, exhaust and tyres
    low: float  # Hz, band of that air
    high: float


ENGINES = {
    "car": Engine(62, 0.55, 0.40, 120, 2600),
    "bus": Engine(38, 0.75, 0.45, 100, 2200),
    "tractor": Engine(21, 0.95, 0.35, 90, 2000),
    "motorcycle": Engine(78, 0.85, 0.30, 150, 4200),
    "train": Engine(9, 0.90, 0.85, 70, 2400),
    "boat": Engine(17, 0.90, 0.40, 100, 1800),
    "plane": Engine(95, 0.35, 0.75, 150, 5000),
    "rocket": Engine(33, 0.30, 1.00, 40, 5200),
    "helicopter": Engine(14, 1.00, 0.55, 60, 1900),
    "drone": Engine(210, 0.25, 0.25, 900, 6000),
    "electric": Engine(240, 0.05, 0.35, 300, 5000),
    "machine": Engine(50, 0.40, 0.30, 120, 2000),  # what a name that is not known gets
}
_ENGINE_NAMES = {
    **{"taxi": "car", "truck": "bus", "van": "bus", "scooter": "motorcycle", "tram": "train", "ship": "boat"},
    **{"jet": "plane", "airplane": "plane", "spaceship": "rocket", "ufo": "electric", "bicycle": "electric"},
    **{"racecar": "motorcycle", "submarine": "boat", "ambulance": "bus", "firetruck": "bus", "robot": "electric"},
}


@event("engine", "motor", "drive")
def engine(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """An engine in `material` (car, train, boat …) that runs for `seconds`, a little faster in the middle."""
    kind = ENGINES.get(_ENGINE_NAMES.get(happening.material, happening.material), ENGINES["machine"])
    n = sample_count(happening.seconds or 2.0)
    pace = curve([[0, 0.9], [0.5, 1.05], [1, 0.95]], n) * (0.75 + 0.5 * happening.strength) / happening.size**0.4
    phase = phase_of((kind.rate * pace * (1 + 0.02 * (wandering(rng, n, 6) - 0.5))).astype(np.float32))
    strokes, order = np.zeros(n), 0.5 if kind.rough > 0.3 else 1.0  # cylinders fire every second turn, blades do not
    for overtone in range(1, 15):
        strokes += np.sin(order * overtone * phase + overtone * overtone) / overtone ** (1.25 - 0.6 * kind.rough)
    blow = (0.5 + 0.5 * np.cos(phase)) ** (1 + 5 * kind.rough)
    air = band_noise(rng, n, kind.low, kind.high, 1) * (1 - kind.rough + 1.6 * kind.rough * blow)
    drone = np.tanh(0.8 * strokes + 0.4 * air * kind.rough)
    hull = [
        [max(110.0, 1.5 * kind.rate), 160, 1],
        [420, 400, 0.6],
        [(kind.low * kind.high) ** 0.5 * 2, kind.high / 2, 0.3],
    ]
    body = shaped((drone + kind.hiss * air).astype(np.float32), resonances(hull, 0.06))
    return at_peak(edges(body, 0.004, 0.3), 0.12 + 0.4 * happening.strength)


@event("horn", "honk")
def horn(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A car's horn, or a train's or ship's: two or three notes at once."""
    roots = {"train": (277.0, 330.0, 415.0), "boat": (98.0, 131.0), "ship": (87.0, 110.0), "bicycle": (620.0, 660.0)}
    n = sample_count(happening.seconds or 0.6)
    t = timeline(n)
    notes = roots.get(happening.material, (392.0, 494.0))
    sound = sum(np.tanh(3 * np.sin(2 * np.pi * note / happening.size**0.4 * t + rng.uniform(0, 6))) for note in notes)
    dressed = shaped(np.asarray(sound, np.float32), resonances([[notes[0] * 2, 500, 1], [2200, 1500, 0.5]], 0.08))
    return at_peak(edges(dressed, 0.012, 0.06), 0.2 + 0.4 * happening.strength)


@event("siren", "alarm")
def siren(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Two notes in turn, as European emergency vehicles have."""
    n = sample_count(happening.seconds or 2.4)
    high = (timeline(n) % 1.1) < 0.55
    phase = phase_of(np.where(high, 580, 435).astype(np.float32))
    return at_peak(edges(np.tanh(2 * np.sin(phase)).astype(np.float32), 0.01, 0.1), 0.15 + 0.35 * happening.strength)


@event("bell", "chime", "gong")
def bell(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A bell with a church bell's partials: hum, prime, minor third, fifth, nominal and above."""
    prime = {"gong": 140.0, "chime": 1050.0}.get(happening.kind, 415.0) / happening.size
    partials = (
        (0.5, 0.5, 3.0),
        (1, 0.8, 2.2),
        (1.183, 0.7, 1.8),
        (1.506, 0.35, 1.4),
        (2, 1.0, 1.2),
        (2.514, 0.35, 0.8),
    )
    partials += ((2.662, 0.3, 0.7), (3.011, 0.4, 0.6), (4.166, 0.3, 0.4), (5.433, 0.2, 0.3))
    n = sample_count(4.0 if happening.kind != "chime" else 2.0)
    lasting = happening.size**0.5 * (0.5 if happening.kind == "chime" else 1.0)
    sound = np.zeros(n, np.float32)
    for ratio, gain, decay in partials:
        sound += np.float32(gain) * ringing(n, prime * ratio, decay * lasting, rng.uniform(0.3, 1.2))
    strike = click(7000, rng)
    sound[: len(strike)] += 0.8 * strike
    return at_peak(edges(sound, 0.0005, 0.3), 0.2 + 0.4 * happening.strength)


@event("camera", "shutter", "photo")
def camera(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A shutter: two clicks of a small mirror and curtain."""
    first = together([(click(9000, rng), 1.0), (thump(420, 0.006), 0.4), (ringing(2400, 2900, 0.006), 0.2)])
    second = together([(click(7000, rng), 0.8), (ringing(2400, 2100, 0.008), 0.3)])
    return at_peak(together([(first, 1.0), (delayed(second, 0.075), 0.7)]), 0.15 + 0.3 * happening.strength)


@event("clock", "tick")
def clock(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """One tick."""
    tick = together([(click(8000, rng), 0.7), (ringing(3600, 2350, 0.009), 0.5), (ringing(3600, 1230, 0.012), 0.4)])
    return at_peak(tick, 0.08 + 0.2 * happening.strength)


@event("phone", "ringtone")
def phone(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A telephone's warble."""
    n = sample_count(happening.seconds or 1.2)
    note = np.where((timeline(n) * 20) % 1 < 0.5, 880, 1109).astype(np.float32)
    return at_peak(edges(np.sin(phase_of(note)).astype(np.float32), 0.006, 0.05), 0.1 + 0.25 * happening.strength)
