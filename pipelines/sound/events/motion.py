"""What moves: rolling, sliding, air that is cut, cloth and leaves that rustle, wings."""

import numpy as np

from pipelines.sound.materials import material_named
from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import (
    Samples,
    add_at,
    at_peak,
    band_noise,
    curve,
    decaying,
    edges,
    phase_of,
    ringing,
    sample_count,
    timeline,
    wandering,
)

_AT_ONCE = 0.004  # seconds: a lasting sound begins with its picture, without a click


@event("roll", "rolling")
def roll(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Something round rolls until it stops: rumble that slows down, uneven at each turn."""
    n = sample_count(happening.seconds or 1.5)
    surface = material_named(happening.material)
    speed = curve([[0, 1], [0.6, 0.6], [1, 0.05]], n)
    turning = phase_of(speed * np.float32((1 + 3 * happening.strength) / happening.size))
    rumble = band_noise(rng, n, 70 / happening.size, 420 / happening.size)
    grit = band_noise(rng, n, 420, 600 + 0.2 * surface.hardness) * (0.1 + 0.5 * surface.crunch)
    uneven = 1 + 0.35 * np.sin(2 * turning) + 0.2 * np.sin(turning + 1)
    return _finished((rumble + grit) * uneven * speed, 0.05 + 0.25 * happening.strength)


@event("slide", "skid", "scrape")
def slide(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """One thing drags over another: its texture, with the shudder of sticking and slipping."""
    n = sample_count(happening.seconds or 0.6)
    surface, striker = material_named(happening.material), material_named(happening.struck_by)
    low, high = surface.texture
    bright = min(surface.hardness, striker.hardness)
    noise = band_noise(rng, n, low / 2, min(high, 500 + bright), 1) + 0.5 * band_noise(rng, n, 150, 600, 1)
    speed = curve([[0, 0.7], [0.2, 1], [1, 0.1]], n)
    stuttering = 0.65 + 0.35 * np.sin(phase_of(speed * np.float32(38))) * wandering(rng, n, 9)
    squeal = np.zeros(n, np.float32)
    if {surface.name, striker.name} & {"rubber"} and bright > 2000:
        squeal = 0.5 * np.sin(phase_of(780 + 160 * speed + 40 * wandering(rng, n, 30))).astype(np.float32)
    return _finished((noise * stuttering + squeal) * speed, 0.08 + 0.32 * happening.strength)


@event("whoosh", "swish", "throw", "swing")
def whoosh(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Air that something cuts: noise that swells and brightens as it passes."""
    n = sample_count(happening.seconds or 0.42)
    passing = curve([[0, 0.12], [0.42, 1], [1, 0]], n)
    centre = 500 / happening.size**0.5
    dull, bright = band_noise(rng, n, centre / 2, 2 * centre, 1), band_noise(rng, n, 2 * centre, 8 * centre, 1)
    return _finished(dull * passing + 0.7 * bright * passing**3, 0.08 + 0.4 * happening.strength)


@event("rustle", "flutter", "flap")
def rustle(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Cloth, leaves, paper or feathers rub: their texture in small irregular bursts."""
    n = sample_count(happening.seconds or 0.5)
    low, high = material_named(happening.material or "cloth").texture
    bursts = wandering(rng, n, 14) ** 3 + 0.15
    sound = band_noise(rng, n, low, high, 1) * bursts * curve([[0, 0.6], [0.25, 1], [1, 0]], n)
    return _finished(sound, 0.06 + 0.22 * happening.strength)


@event("wingbeat", "wings")
def wingbeat(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """One beat of a wing, or as many as fit the seconds: a soft push of air, then feathers closing."""
    pace = 7 / max(0.2, happening.size)  # beats a second
    n = sample_count(happening.seconds or 0.9 / pace)
    beat = 0.5 + 0.5 * np.cos(phase_of(np.full(n, pace, np.float32)) - 0.8)
    push = band_noise(rng, n, 90 / happening.size**0.5, 650, 1) * beat**3
    feathers = band_noise(rng, n, 1500, 6000, 1) * np.roll(beat, n // 12) ** 6
    return _finished(push + 0.25 * feathers, 0.06 + 0.28 * happening.strength)


@event("creak", "door")
def creak(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A hinge or a rope under load: a slow stick and slip that wakes the wood."""
    n = sample_count(happening.seconds or 0.9)
    slips = np.zeros(n, np.float32)
    place, end = 0.0, n / 48_000
    while place < end:
        slips[int(place * 48_000)] = rng.uniform(0.5, 1)
        place += 1 / (35 + 45 * np.sin(np.pi * place / end)) * rng.uniform(0.85, 1.2)
    body = sum(ringing(1600, f * rng.uniform(0.97, 1.03), 0.006) for f in (430, 910, 1640, 2500))
    return _finished(np.convolve(slips, body)[:n].astype(np.float32), 0.06 + 0.24 * happening.strength)


@event("bubbles", "bubble")
def bubbles(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """A stream of bubbles under water."""
    n = sample_count(happening.seconds or 1.0)
    result = np.zeros(n, np.float32)
    for index in range(max(3, int(n / 48_000 * 18))):
        length = sample_count(rng.uniform(0.03, 0.09))
        start = rng.uniform(220, 900) / happening.size**0.5
        whistle = np.sin(phase_of(np.linspace(start, start * 1.6, length))) * decaying(length, length / 48_000 / 3)
        place = 0 if index == 0 else int(rng.integers(0, max(1, n - length)))
        add_at(result, (whistle * rng.uniform(0.2, 1)).astype(np.float32), place)
    return _finished(result, 0.08 + 0.3 * happening.strength)


@event("spray", "hiss", "steam", "breath")
def hiss(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Air or steam let out."""
    n = sample_count(happening.seconds or 0.8)
    breathing = curve([[0, 0.5], [0.2, 1], [1, 0]], n) * (0.8 + 0.2 * wandering(rng, n, 20))
    return _finished(
        band_noise(rng, n, 900, 7000 / happening.size**0.3, 1) * breathing, 0.05 + 0.25 * happening.strength
    )


@event("heartbeat")
def heartbeat(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """Two dull beats, the second softer."""
    n = sample_count(max(0.6, happening.seconds))
    t = timeline(n)
    beat = np.sin(2 * np.pi * 52 * t) * np.exp(-t / 0.05) + 0.2 * np.sin(2 * np.pi * 110 * t) * np.exp(-t / 0.03)
    result = beat.astype(np.float32)
    add_at(result, 0.7 * beat[: n // 2].astype(np.float32), sample_count(0.24))
    return _finished(result, 0.15 + 0.4 * happening.strength)


def _finished(sound: Samples, peak: float) -> Samples:
    """The sound at that peak, with edges that do not click."""
    return at_peak(edges(sound.astype(np.float32), _AT_ONCE, 0.03), peak)
