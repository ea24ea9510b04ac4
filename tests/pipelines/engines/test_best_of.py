"""Variants of a request, measured on made clips whose faults are known."""

import numpy as np
import pytest

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.engines.best_of import best_of, covered, measure, seeds_of
from pipelines.media import encode
from pipelines.request import make_request
from pipelines.storyboard import Shot, Storyboard, Subject

FRAMES, RATE = 48, 24
HITS = (12, 24, 36)  # frames at which a ball turns round


def ball(index: int, jumping: bool = False) -> np.ndarray:
    """(160, 96, 3) uint8: a bright ball on grey that goes up and down, or leaps about."""
    frame = np.full((160, 96, 3), 60, np.uint8)
    height = abs((index % 24) - 12) / 12
    row = int(30 + 90 * (1 - height)) if not jumping else int(np.random.default_rng(index).integers(20, 140))
    frame[row : row + 18, 40:58] = 230
    return frame


def clip(path, picture, clicks=()):
    """An MP4 of these frames, with a click at each of these frames."""
    sound = np.random.default_rng(0).normal(0, 0.001, (FRAMES * SAMPLE_RATE // RATE, 2)).astype(np.float32)
    for at in clicks:
        start = at * SAMPLE_RATE // RATE
        sound[start : start + 2400] += 0.5 * np.sin(np.arange(2400) / 5)[:, None].astype(np.float32)
    frames = (picture(index) for index in range(FRAMES))
    encode(Rendering(96, 160, RATE, FRAMES, frames, sound), path)
    return path


def jumpy(index: int) -> np.ndarray:
    """Still, but for a sudden leap at each hit."""
    shift = 40 * (sum(index >= hit for hit in HITS) % 2)
    return np.roll(ball(0), shift, axis=0)


def test_a_smooth_clip_scores_above_one_that_leaps_and_one_that_flickers(tmp_path):
    smooth = measure(clip(tmp_path / "a.mp4", ball))
    leaping = measure(clip(tmp_path / "b.mp4", lambda i: ball(i, jumping=True)))
    flickering = measure(
        clip(tmp_path / "c.mp4", lambda i: np.clip(ball(i).astype(int) + 50 * (i % 2), 0, 255).astype(np.uint8))
    )
    assert smooth.smooth > leaping.smooth + 0.3
    assert smooth.steady > flickering.steady + 0.3
    assert smooth.overall > max(leaping.overall, flickering.overall)


def test_a_still_clip_is_not_lively(tmp_path):
    still = measure(clip(tmp_path / "still.mp4", lambda i: ball(0)))
    assert still.lively < 0.1 and still.together is None, "nothing moves that could be heard"


def test_sudden_movements_are_looked_for_in_the_sound(tmp_path):
    heard = measure(clip(tmp_path / "heard.mp4", jumpy, clicks=HITS))
    late = measure(clip(tmp_path / "late.mp4", jumpy, clicks=[hit + 7 for hit in HITS]))
    assert heard.together == 1 and late.together <= 0.4


def test_a_captioner_tells_how_much_of_the_storyboard_is_seen(tmp_path):
    storyboard = Storyboard(shots=(Shot(place="beach", subjects=(Subject(kind="dog"),)),))
    path = clip(tmp_path / "clip.mp4", ball)
    seen = measure(path, storyboard, captioner=lambda picture: f"a dog in {picture.shape[1]} pixels")
    assert seen.coverage == 0.5 and len(seen.said) == 3 and "96 pixels" in seen.said[0]
    assert measure(path, storyboard).coverage is None
    assert covered(Storyboard(shots=(Shot(),)), ["anything"]) is None


def test_variants_have_seeds_of_their_own_and_are_shown_best_first(tmp_path):
    request = make_request(prompt="a ball", seed=7)
    asked = []

    def make(variant, path):
        asked.append(variant.seed)
        clip(path, lambda i: ball(i, jumping=len(asked) == 1))

    variants = best_of(request, 3, tmp_path, make)
    assert asked == [variant.seed for variant in seeds_of(request, 3)] and asked[0] == 7 and len(set(asked)) == 3
    assert [variant.scores.overall for variant in variants] == sorted(
        (v.scores.overall for v in variants), reverse=True
    )
    assert variants[-1].request.seed == 7, "the one that leaps comes last"


@pytest.mark.parametrize("count", [1, 4])
def test_the_same_request_gives_the_same_seeds(count):
    request = make_request(prompt="a ball", seed=7)
    assert seeds_of(request, count) == seeds_of(request, count) and len(seeds_of(request, count)) == count
