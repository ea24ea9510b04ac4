"""Surroundings: wide, alive, of the right colour, without seams, as long as one likes."""

import numpy as np
import pytest

import pipelines.sound.ambiences  # noqa: F401 registers them
from pipelines.sound.loudness import loudness
from pipelines.sound.registry import AMBIENCES
from pipelines.sound.synthesis import generator
from tests.pipelines.sound.measuring import bands, centroid

ASKED = ["birdsong", "wind", "rain", "thunder", "waves", "underwater", "city", "crowd", "crickets", "fire", "stream"]
ASKED += ["bells", "applause", "forest", "gym", "room", "space", "market", "harbour"]


def around(name: str, seconds: float = 6.0, seed: int = 1) -> np.ndarray:
    return AMBIENCES[name](generator("test", seed), round(seconds * 48_000))


@pytest.mark.parametrize("name", sorted({maker.__name__ for maker in AMBIENCES.values()} | set(ASKED)))
def test_an_ambience_is_stereo_steady_and_clean(name: str) -> None:
    sound = around(name)
    assert sound.shape == (288_000, 2)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 1
    assert -40 < loudness(sound) < -18
    assert np.corrcoef(sound.T)[0, 1] < 0.95, "the two ears hear different things"
    left, right = np.sqrt(np.mean(sound.astype(float) ** 2, axis=0))
    assert 0.4 < left / right < 2.5


def test_the_same_seed_is_the_same_place_and_another_seed_is_not() -> None:
    assert np.array_equal(around("birdsong"), around("birdsong"))
    assert not np.array_equal(around("birdsong"), around("birdsong", seed=2))


def test_rain_is_broad_and_the_deep_is_dull() -> None:
    assert min(bands(around("rain"), 400, 1500, 4000, 8000, 16_000)) > 0.04
    assert bands(around("underwater"), 0, 1000)[0] > 0.95


def test_birds_sing_high_over_quiet_air() -> None:
    birds = around("birdsong")
    assert bands(birds, 2000, 7000)[0] > 0.7
    level = np.sqrt(np.mean(birds[: 288_000 // 2400 * 2400].reshape(-1, 2400, 2) ** 2, axis=(1, 2)))
    assert np.percentile(level, 95) > 5 * np.percentile(level, 5), "phrases and rests"


def test_waves_come_and_go() -> None:
    sea = around("waves", 24.0)
    level = np.sqrt(np.mean(sea.reshape(-1, 24_000, 2) ** 2, axis=(1, 2)))
    assert level.max() > 1.8 * level.min()


def test_crickets_keep_to_their_pitch() -> None:
    assert 3500 < centroid(around("crickets")) < 5200


def test_wind_does_not_repeat() -> None:
    wind = around("wind", 16.0)[:, 0].astype(float)
    level = np.sqrt(np.mean(wind[: len(wind) // 4800 * 4800].reshape(-1, 4800) ** 2, axis=1))
    level -= level.mean()
    likeness = np.correlate(level, level, "full")[len(level) :] / np.sum(level**2)
    assert likeness[20:].max() < 0.8


@pytest.mark.parametrize("n", [1, 100, 5000])
def test_even_a_moment_can_be_made(n: int) -> None:
    for name in ASKED:
        assert AMBIENCES[name](generator("short"), n).shape == (n, 2)
