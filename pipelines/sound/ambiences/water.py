"""Sea, stream, fountain, depths, drips."""

import numpy as np

from pipelines.sound.ambiences.beds import band_bed, layered, noise_bed, panned, scattered
from pipelines.sound.events.contacts import bubble
from pipelines.sound.registry import ambience
from pipelines.sound.synthesis import SAMPLE_RATE, Samples, add_at, curve, passband, shaped, wandering


@ambience("waves", "sea", "ocean", "beach", "surf")
def waves(rng: np.random.Generator, n: int) -> Samples:
    """Waves that gather, break and draw back over the sand; the next is on its way before the last is gone."""
    gathering, breaking, drawing = (np.zeros((n, 2), np.float32) for _ in range(3))
    place = -rng.uniform(1.0, 3.0)
    while place * SAMPLE_RATE < n:
        length = rng.uniform(5.0, 7.5)
        m, height = round(length * SAMPLE_RATE), rng.uniform(0.6, 1.0)
        for target, shape in (
            (gathering, [[0, 0], [0.38, 1], [0.6, 0.4], [1, 0]]),
            (breaking, [[0, 0], [0.27, 0.05], [0.4, 1], [0.55, 0.45], [1, 0]]),
            (drawing, [[0, 0], [0.5, 0.1], [0.7, 1], [1, 0]]),
        ):
            swell = panned(curve(shape, m) * np.float32(height), rng.uniform(-0.4, 0.4))
            add_at(target, swell, round(place * SAMPLE_RATE))
        place += length * rng.uniform(0.55, 0.8)
    return layered([
        (band_bed(rng, n, 50, 420) * (0.25 + gathering), 0.050),
        (band_bed(rng, n, 350, 5000) * (0.06 + breaking), 0.050),
        (band_bed(rng, n, 2500, 11_000) * (0.05 + drawing), 0.016),
    ])  # fmt: skip


@ambience("stream", "river", "brook", "creek", "water", "lake")
def stream(rng: np.random.Generator, n: int) -> Samples:
    """Water over stones: a soft rush and a great many bubbles."""
    rush = band_bed(rng, n, 300, 2600) * (0.7 + 0.5 * wandering(rng, n, 2.5))[:, None]
    return layered([(rush, 0.013), (_bubbles(rng, n, 90, 0.7), 0.042), (_bubbles(rng, n, 14, 2.2), 0.05)])


@ambience("fountain", "waterfall", "cascade")
def waterfall(rng: np.random.Generator, n: int) -> Samples:
    """Falling water: a wide roar with splashes in it."""
    roar = noise_bed(rng, n, lambda f: passband(90, 7000, 1)(f) * (1 + passband(300, 1500)(f)))
    return layered([(roar * (0.9 + 0.2 * wandering(rng, n, 3))[:, None], 0.034), (_bubbles(rng, n, 60, 0.8), 0.02)])


@ambience("underwater", "deep_sea", "reef", "aquarium")
def underwater(rng: np.random.Generator, n: int) -> Samples:
    """The dull pressure of the deep, currents, and now and then a string of bubbles."""
    pressure = band_bed(rng, n, 35, 190, 2) * (0.6 + 0.6 * wandering(rng, n, 0.5))[:, None]
    current = band_bed(rng, n, 200, 620, 2) * (wandering(rng, n, 0.8) ** 2)[:, None]

    def string() -> Samples:
        m = round(rng.uniform(0.6, 1.3) * SAMPLE_RATE)
        result = np.zeros(m, np.float32)
        for place in np.sort(rng.random(int(rng.integers(6, 14)))) * 0.85 * m:
            add_at(result, bubble(rng, 2.5) * np.float32(rng.uniform(0.3, 1)), int(place))
        return shaped(result, passband(100, 1400, 1))

    return layered([(pressure, 0.075), (current, 0.030), (scattered(rng, n, (1.4, 3.2), string), 0.09)])


@ambience("cave", "drips", "tunnel", "dungeon")
def cave(rng: np.random.Generator, n: int) -> Samples:
    """Drops that fall into still water somewhere in the dark, over a low breath of air."""

    def drip() -> Samples:
        sound = np.zeros(SAMPLE_RATE // 2, np.float32)
        for index, gain in enumerate((1.0, 0.4, 0.25)):  # the drop, and two answers from the walls
            add_at(sound, bubble(rng, 0.6) * np.float32(gain), int(index * rng.uniform(0.09, 0.13) * SAMPLE_RATE))
        return sound

    return layered([(scattered(rng, n, (0.5, 1.7), drip), 0.12), (band_bed(rng, n, 40, 160), 0.035)])


def _bubbles(rng: np.random.Generator, n: int, per_second: float, size: float) -> Samples:
    """(n, 2) bubbles at random instants, out of a handful that differ, and places between the ears."""
    kinds = [panned(bubble(rng, size), pan) for pan in np.linspace(-0.9, 0.9, 24)]
    result = np.zeros((n, 2), np.float32)
    count = max(1, int(per_second * n / SAMPLE_RATE))
    for place, kind, gain in zip(
        rng.integers(-2000, n, count).tolist(), rng.integers(0, 24, count), rng.random(count) ** 2, strict=True
    ):
        add_at(result, kinds[kind] * np.float32(gain), place)
    return result
