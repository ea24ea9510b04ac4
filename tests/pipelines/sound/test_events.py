"""Things happen and are heard: at once, as what they are made of, as who calls, whatever the numbers."""

import numpy as np
import pytest

from pipelines.sound.events.calls import cries
from pipelines.sound.materials import materials
from pipelines.sound.registry import EVENTS
from pipelines.sound.score import SoundEvent
from pipelines.sound.stage import event_sound
from tests.pipelines.sound.measuring import bands, centroid, onset, peaks_near, pitch

AT_ONCE = 96  # samples: 2 ms


def heard(kind: str, material: str = "", struck_by: str = "", **more: float) -> np.ndarray:
    return event_sound(SoundEvent(0.0, kind, material, struck_by, **more))


@pytest.mark.parametrize("material", sorted({material.name for material in materials().values()}))
def test_steps_and_knocks_on_every_material_begin_at_their_sample(material: str) -> None:
    for sound in (heard("footstep", material), heard("impact", material, "rubber"), heard("impact", "wood", material)):
        assert onset(sound) < AT_ONCE
        assert np.isfinite(sound).all()
        assert 0.005 < np.abs(sound).max() <= 1


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_every_kind_is_heard_and_dies_away(kind: str) -> None:
    sound = heard(kind, strength=0.7)
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert 0.01 < np.abs(sound).max() <= 1
    assert onset(sound, 0.01) < AT_ONCE, "even what swells begins with its picture"
    assert abs(sound[-1]) < 0.02


def test_surfaces_sound_different() -> None:
    def texture(surface: str) -> np.ndarray:
        sound = heard("footstep", surface, strength=0.6)
        return np.sqrt(bands(np.resize(sound, 48_000), 0, 150, 400, 1000, 2500, 6000, 20_000))

    surfaces = ["grass", "sand", "wood", "asphalt", "stone", "snow", "water", "tile", "carpet", "metal", "gravel"]
    shapes = {surface: texture(surface) for surface in surfaces}
    for index, one in enumerate(surfaces):
        for other in surfaces[index + 1 :]:
            assert np.abs(shapes[one] - shapes[other]).sum() > 0.08, (one, other)


def test_gravel_and_leaves_crunch_higher_than_carpet() -> None:
    dull = centroid(heard("footstep", "carpet"))
    assert centroid(heard("footstep", "gravel")) > 3 * dull
    assert centroid(heard("footstep", "leaves")) > 3 * dull


def test_a_paw_is_lighter_than_a_shoe_and_a_hoof_is_harder() -> None:
    def loudest(foot: str) -> float:
        return float(np.abs(heard("footstep", "grass", foot)).max())

    assert loudest("paw") < 0.7 * loudest("shoe")
    hoof, shoe = heard("footstep", "asphalt", "hoof"), heard("footstep", "asphalt", "shoe")
    assert bands(hoof, 400, 2500)[0] > bands(shoe, 400, 2500)[0]


def test_metal_rings_at_its_notes_long_after_wood_is_silent() -> None:
    metal, wood = heard("impact", "metal", "metal"), heard("impact", "wood", "wood")
    assert len(metal) > 4 * len(wood)
    assert max(peaks_near(metal[9600:], frequency) for frequency in (578, 587, 596)) > 20


def test_a_harder_hit_is_louder_and_brighter() -> None:
    soft, hard = (heard("impact", "wood", "rubber", strength=strength) for strength in (0.2, 0.9))
    assert np.abs(hard).max() > 3 * np.abs(soft).max()
    assert centroid(hard) > centroid(soft)


def test_a_feather_is_hardly_heard_and_a_hammer_is() -> None:
    feather, hammer = heard("impact", "grass", "feather"), heard("impact", "metal", "metal")
    assert np.abs(feather).max() < 0.15 * np.abs(hammer).max()


def test_a_larger_animal_calls_lower() -> None:
    small, large = (pitch(heard("call", "cow", size=size)) for size in (0.6, 1.6))
    assert large < 0.65 * small


def test_a_bark_is_two_short_hoarse_bursts() -> None:
    bark = heard("call", "dog", strength=1.0)
    level = np.convolve(np.abs(bark), np.ones(2400) / 2400, "same")
    loud = level > 0.25 * level.max()
    bursts = np.flatnonzero(np.diff(loud.astype(int)) == 1)
    assert len(bursts) + int(loud[0]) == 2
    assert 0.35 < len(bark) / 48_000 < 0.9
    assert bands(bark, 400, 4000)[0] > 0.6


@pytest.mark.parametrize(
    ("caller", "low", "high"),
    [("cow", 300, 900), ("owl", 300, 430), ("cat", 900, 2400), ("bird", 2500, 6000), ("bear", 200, 900),
     ("elephant", 500, 3500), ("duck", 800, 3500), ("whale", 100, 900)],
)  # fmt: skip
def test_animals_call_where_their_voices_lie(caller: str, low: float, high: float) -> None:
    assert low < centroid(heard("call", caller)) < high


def test_callers_do_not_sound_alike() -> None:
    names = ["dog", "cat", "fox", "rabbit", "horse", "elephant", "bear", "sheep", "cow", "bird", "owl", "duck"]
    names += ["penguin", "whale", "robot"]
    assert all(name in cries() for name in names)
    shapes = {name: np.sqrt(bands(np.resize(heard("call", name), 96_000), 0, 250, 600, 1200, 2500, 5000, 20_000))
              for name in names}  # fmt: skip
    lengths = {name: len(heard("call", name)) for name in names}
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            difference = np.abs(shapes[one] - shapes[other]).sum() + abs(np.log(lengths[one] / lengths[other]))
            assert difference > 0.1, (one, other)


def test_a_bell_rings_at_its_partials() -> None:
    bell = heard("bell")
    for partial in (0.5, 1.0, 1.183, 1.506, 2.0):
        assert peaks_near(bell, 415 * partial, 4) > 25, partial


def test_an_engine_lasts_as_long_as_it_is_asked_and_runs_at_its_rate() -> None:
    car = heard("engine", "car", seconds=3.0)
    assert len(car) == 3 * 48_000
    assert bands(car, 30, 1200)[0] > 0.6
    assert centroid(heard("engine", "drone", seconds=1.0)) > 2 * centroid(heard("engine", "boat", seconds=1.0))


def test_a_splash_is_broad_and_followed_by_bubbles() -> None:
    splash = heard("splash", strength=0.8)
    assert min(bands(splash[:9600], 200, 800, 2500, 8000)) > 0.05
    assert len(splash) > 0.8 * 48_000


def test_an_unknown_kind_material_or_caller_gets_a_neutral_sound() -> None:
    for sound in (heard("frobnicate"), heard("impact", "unobtainium", "vibranium"), heard("call", "jabberwock")):
        assert 0.01 < np.abs(sound).max() < 0.6
        assert onset(sound) < 3 * AT_ONCE
    assert np.array_equal(
        heard("impact", "unobtainium", "rubber")[:100] != 0, heard("impact", "neutral", "rubber")[:100] != 0
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -3.0, 1e9])
def test_strange_numbers_do_not_cost_a_clip(number: float) -> None:
    for kind in ("impact", "engine", "call"):
        sound = event_sound(SoundEvent(0.0, kind, "wood", strength=number, size=number, seconds=min(number, 2.0)))
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() <= 1


def test_two_steps_are_never_quite_the_same_but_each_is_repeatable() -> None:
    first, again, second = (event_sound(SoundEvent(time, "footstep", "grass"), seed=5) for time in (1.0, 1.0, 1.5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first[:4000], second[:4000])
    other_seed = event_sound(SoundEvent(1.0, "footstep", "grass"), seed=6)
    assert not np.array_equal(first[:4000], other_seed[:4000])
