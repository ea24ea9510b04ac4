"""The visible mark: there on every frame, readable on any picture, in another corner every few seconds."""

import numpy as np
import pytest

from pipelines.provenance.visible_mark import CORNERS, FADE, STAY, skylark, visible_mark

WIDTH, HEIGHT = 540, 960
LEGIBLE = 4.5  # contrast ratio that WCAG asks of small text

GROUNDS = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "mid grey": (119, 119, 119),
    "red": (0, 0, 255),
    "green": (0, 255, 0),
    "blue": (255, 0, 0),
    "yellow": (0, 255, 255),
    "cyan": (255, 255, 0),
}


def luminance(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance 0..1 of (..., 3) uint8 BGR, as WCAG defines it."""
    linear = pixels / 255
    linear = np.where(linear <= 0.04045, linear / 12.92, ((linear + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.0722, 0.7152, 0.2126])


def contrast(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)


def ground(name: str, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    if name == "noise":
        return np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8)
    return np.full((height, width, 3), GROUNDS[name], np.uint8)


def marked_places(seconds: float, width: int = WIDTH, height: int = HEIGHT) -> list[tuple[int, int, int, int]]:
    """(left, top, right, bottom) of what the mark changed, a box for each corner of the frame that it touches."""
    frame = ground("white", width, height)
    visible_mark(width, height).draw(frame, seconds)
    changed = (frame != 255).any(2)
    boxes = []
    for rows in (slice(0, height // 2), slice(height // 2, height)):
        for columns in (slice(0, width // 2), slice(width // 2, width)):
            y, x = np.nonzero(changed[rows, columns])
            if len(y):
                top, left = y.min() + rows.start, x.min() + columns.start
                boxes.append((left, top, left + np.ptp(x), top + np.ptp(y)))
    return boxes


def letters_and_pill(frame: np.ndarray) -> tuple[float, np.ndarray]:
    """Luminance of the letters' cores (the mark's brightest pixels) and of the pill round them, in the first corner."""
    mark = visible_mark(WIDTH, HEIGHT)
    left, top = mark.places[0]
    height, width = mark.opacity.shape[:2]
    under_mark = luminance(frame[top : top + height, left : left + width])
    ink = mark.light[..., 0]
    inside = mark.opacity[..., 0] > 160
    return float(np.median(under_mark[ink > 225])), under_mark[inside & (ink < 12)]


@pytest.mark.parametrize("name", [*GROUNDS, "noise"])
def test_the_words_are_readable_on_any_picture(name):
    frame = ground(name)
    visible_mark(WIDTH, HEIGHT).draw(frame, 1.0)
    letters, pill = letters_and_pill(frame)
    assert len(pill) > 2000
    assert contrast(letters, float(pill.max())) >= LEGIBLE, "even against the brightest pixel of the pill"


def test_it_changes_only_its_own_place():
    frame = ground("noise")
    before = frame.copy()
    mark = visible_mark(WIDTH, HEIGHT)
    mark.draw(frame, 1.0)
    height, width = mark.opacity.shape[:2]
    left, top = mark.places[0]
    frame[top : top + height, left : left + width] = before[top : top + height, left : left + width]
    assert np.array_equal(frame, before)


def test_it_visits_every_corner():
    middles = [STAY * (turn + 0.5) for turn in range(4)]
    boxes = [marked_places(seconds) for seconds in middles]
    assert [len(found) for found in boxes] == [1, 1, 1, 1]
    corners = {(left > WIDTH / 2, top > HEIGHT / 2) for ((left, top, _, _),) in boxes}
    assert len(corners) == len(CORNERS) == 4


@pytest.mark.parametrize("turn", [1, 2, 3, 4])
def test_at_every_moment_a_full_mark_stands_somewhere(turn):
    """While it moves, the new one is complete before the old one fades."""
    mark = visible_mark(WIDTH, HEIGHT)
    for step in np.linspace(-0.1, 2 * FADE + 0.1, 25):
        seconds = turn * STAY + step
        moving = ground("white")
        mark.draw(moving, seconds)
        full = ground("white")
        mark.draw(full, (turn - 0.5) * STAY)
        after = ground("white")
        mark.draw(after, (turn + 0.5) * STAY)
        old_stands = (moving[full != 255] == full[full != 255]).all()
        new_stands = (moving[after != 255] == after[after != 255]).all()
        assert old_stands or new_stands


def test_it_appears_and_fades_without_a_jump():
    mark = visible_mark(WIDTH, HEIGHT)
    frames = []
    for number in range(80, 100):
        frame = ground("white")
        mark.draw(frame, number / 24)
        frames.append(frame.astype(int))
    jumps = [abs(after - before).max() for before, after in zip(frames, frames[1:], strict=False)]
    assert 0 < max(jumps) < 80


@pytest.mark.parametrize(
    "size", [(540, 960), (960, 540), (720, 720), (128, 128), (1080, 1920), (128, 1920), (1920, 128)]
)
def test_it_fits_every_shape_with_a_margin(size):
    width, height = size
    for turn in range(4):
        for left, top, right, bottom in marked_places(STAY * (turn + 0.5), width, height):
            assert min(left, top) > 0 and right < width - 1 and bottom < height - 1


def test_it_grows_with_the_frame_and_stays_modest():
    small, large = visible_mark(540, 960).opacity.shape, visible_mark(1080, 1920).opacity.shape
    assert large[0] == pytest.approx(2 * small[0], abs=2)
    assert 0.025 < small[0] / 960 < 0.045
    assert small[1] < 540 / 2


def test_a_handle_is_named_too():
    assert visible_mark(540, 960, "elodie_42").opacity.shape[1] > visible_mark(540, 960).opacity.shape[1] + 60
    long = visible_mark(540, 960, "a" * 30)
    assert long.opacity.shape[1] <= 0.8 * 540


def test_the_same_time_gives_the_same_pixels():
    first, again = ground("noise"), ground("noise")
    visible_mark(WIDTH, HEIGHT).draw(first, 3.6)
    visible_mark.cache_clear()
    visible_mark(WIDTH, HEIGHT).draw(again, 3.6)
    assert np.array_equal(first, again)


def test_the_skylark_is_one_closed_outline():
    outline = np.array(skylark())
    steps = np.linalg.norm(np.diff(np.vstack([outline, outline[:1]]), axis=0), axis=1)
    assert steps.max() < 0.15
    assert outline.min() >= -0.5 and outline.max() <= 1
