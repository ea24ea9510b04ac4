"""Marks are not seen or heard, come back from poor copies, and belong to one key."""

import cv2
import numpy as np
import pytest

from pipelines.engines import SAMPLE_RATE
from pipelines.provenance.codes import KnownMarks, decode
from pipelines.provenance.sound_mark import marked_sound
from pipelines.provenance.sound_prints import ALIKE, best_match, sound_prints
from pipelines.provenance.sound_reading import read_sound_mark
from pipelines.provenance.video_mark import VideoMark
from pipelines.provenance.video_reading import read_video_mark
from tests.bench.attacks import Copy as Attacked
from tests.bench.attacks import cropped, each, resampled, sharpened, turned
from tests.pipelines.provenance.scenes import hiss, painted_wall

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
MARK = 0xABCDEF1234
KNOWN = KnownMarks(SECRET, [*range(1, 1000), MARK])


def marked(mark: int = MARK, seed: int = 3, secret: bytes = SECRET, count: int = 4) -> list[np.ndarray]:
    """Frames of a pan at 540x960 with a mark, as JPEG leaves them."""
    wall = painted_wall(seed, 540 + 60 * count, 960)
    hidden = VideoMark(secret, mark, 540, 960)
    frames = [np.ascontiguousarray(wall[:, 60 * n : 60 * n + 540]) for n in range(count)]
    for frame in frames:
        hidden.draw(frame)
    return [cv2.imdecode(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 80])[1], 1) for frame in frames]


def read(frames: list[np.ndarray], known: KnownMarks = KNOWN, secret: bytes = SECRET) -> int | None:
    grey = [cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) for frame in frames]
    found = [known.best(reading.leanings) for reading in read_video_mark(secret, grey)]
    return next((one.mark for one in found if one is not None), None)


@pytest.fixture(scope="module")
def frames() -> list[np.ndarray]:
    return marked()


# Pictures


def test_the_mark_is_faint_and_faintest_in_a_plain_sky():
    plain = painted_wall(3, 540, 960)
    frame = plain.copy()
    VideoMark(SECRET, MARK, 540, 960).draw(frame)
    change = frame.astype(int) - plain
    assert 10 * np.log10(255**2 / (change**2).mean()) > 40
    sky = change[:300]
    assert sky.std() < 1.1 and np.abs(sky).max() <= 5
    blocks = sky[:288, :540].reshape(9, 32, -1, 60, 3).mean((1, 3))
    assert np.abs(blocks).max() < 0.35, "no part of the sky is darker or lighter than it was"


@pytest.mark.parametrize("size", [(180, 320), (720, 720), (960, 540), (720, 1280)])
def test_any_size_carries_a_mark(size):
    width, height = size
    frame = painted_wall(4, width, height)
    VideoMark(SECRET, MARK, width, height).draw(frame)
    assert read([frame]) == MARK


def test_black_and_white_frames_can_be_marked():
    for level in (0, 255):
        frame = np.full((960, 540, 3), level, np.uint8)
        VideoMark(SECRET, MARK, 540, 960).draw(frame)
        assert np.abs(frame.astype(int) - level).max() <= 5


def test_the_same_mark_draws_the_same_frame():
    one, two = marked(count=1)[0], marked(count=1)[0]
    assert np.array_equal(one, two)
    assert not np.array_equal(one, marked(mark=MARK + 1, count=1)[0])


def test_one_frame_is_enough_and_needs_no_list_of_numbers(frames):
    (reading,) = read_video_mark(SECRET, [cv2.cvtColor(frames[0], cv2.COLOR_BGR2GRAY)])
    assert decode(SECRET, reading.leanings).mark == MARK
    assert abs(reading.place.scale - 1) < 0.005


CHANGES = {
    "cut to three quarters": cropped(0.25),
    "cut and scaled back": cropped(0.1, back=True),
    "half as large": each(lambda frame: cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)),
    "half as large again": each(lambda frame: cv2.resize(frame, None, fx=1.5, fy=1.5)),
    "mirrored": each(lambda frame: frame[:, ::-1]),
    "turned by a degree": turned(1),
    "turned by two degrees": turned(-2),
    "sharpened": each(sharpened),
    "darker": each(lambda frame: cv2.convertScaleAbs(frame, alpha=0.7)),
    "between black bars": each(lambda frame: cv2.copyMakeBorder(frame, 0, 0, 400, 300, cv2.BORDER_CONSTANT)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_number_comes_back_from_a_copy_that_is(frames, change):
    copy = CHANGES[change](Attacked(frames, np.zeros((0, 2), np.float32), 24))
    assert read([np.ascontiguousarray(frame) for frame in copy.frames]) == MARK


def test_no_number_is_read_without_a_mark_or_with_another_key(frames):
    assert read([painted_wall(5, 540, 960)]) is None
    assert read(frames, KnownMarks(OTHER, [MARK]), OTHER) is None


def test_noise_flat_frames_and_tiny_ones_hold_no_number():
    random = np.random.default_rng(0)
    assert read([random.integers(0, 256, (480, 270, 3), np.uint8)]) is None
    assert read([np.full((480, 270, 3), 128, np.uint8)]) is None
    assert read([random.integers(0, 256, (64, 40, 3), np.uint8)]) is None


def test_twenty_clips_averaged_neither_forge_nor_erase_a_mark(frames):
    """Each clip uses one of several patterns at a place of its own, so that nothing is left of their average."""
    total = np.zeros((960, 540), np.float32)
    for mark in range(100, 120):
        grey = cv2.cvtColor(marked(mark=mark, seed=mark, count=1)[0], cv2.COLOR_BGR2GRAY).astype(np.float32)
        total += np.clip(grey - cv2.GaussianBlur(grey, (0, 0), 3.2), -8, 8)
    stolen = total[..., None] / 20 * 4  # as strong as a mark
    forged = np.clip(painted_wall(5, 540, 960) + stolen, 0, 255).astype(np.uint8)
    assert read([forged]) is None
    cleaned = [np.clip(frame - stolen, 0, 255).astype(np.uint8) for frame in frames]
    assert read(cleaned) == MARK


# Sound


@pytest.fixture(scope="module")
def sound() -> np.ndarray:
    return marked_sound(SECRET, MARK, hiss(3, 6))


def heard(samples: np.ndarray, known: KnownMarks = KNOWN, secret: bytes = SECRET) -> int | None:
    found = [known.best(reading.leanings) for reading in read_sound_mark(secret, samples.mean(1, dtype=np.float32))]
    return next((one.mark for one in found if one is not None), None)


def test_the_mark_lies_far_below_the_sound(sound):
    before = hiss(3, 6)
    change = sound - before
    assert sound.shape == before.shape
    assert 10 * np.log10((before**2).sum() / (change**2).sum()) > 22


def test_silence_stays_silence():
    quiet = np.zeros((SAMPLE_RATE, 2), np.float32)
    assert np.array_equal(marked_sound(SECRET, MARK, quiet), quiet)
    assert heard(quiet) is None
    assert len(marked_sound(SECRET, MARK, quiet[:0])) == 0


def test_a_loud_sound_is_not_pushed_over_the_edge():
    loud = np.clip(hiss(3, 2) * 20, -1, 1)
    assert np.abs(marked_sound(SECRET, MARK, loud)).max() <= 1


SOUND_CHANGES = {
    "as made": lambda sound: sound,
    "two seconds cut out": lambda sound: sound[50_000:146_000],
    "a tenth as loud": lambda sound: sound * 0.1,
    "one channel": lambda sound: sound[:, [0, 0]],
    "5 % faster": lambda sound: resampled(sound, 1.05),
    "5 % slower": lambda sound: resampled(sound, 0.95),
    "with noise": lambda sound: sound + np.random.default_rng(0).normal(0, 0.01, sound.shape).astype(np.float32),
    "without treble": lambda sound: cv2.blur(sound, (1, 5)),
}


@pytest.mark.parametrize("change", SOUND_CHANGES)
def test_the_number_comes_back_from_a_sound(sound, change):
    assert heard(SOUND_CHANGES[change](sound)) == MARK


def test_no_number_is_heard_without_a_mark_or_with_another_key(sound):
    assert heard(hiss(4, 4)) is None
    assert heard(sound, KnownMarks(OTHER, [MARK]), OTHER) is None
    assert heard(sound[: SAMPLE_RATE // 2]) is None, "too short to hold one"


# Prints of sound


def test_a_sound_is_known_by_its_prints_and_another_is_not(sound):
    known = sound_prints(hiss(3, 6).mean(1, dtype=np.float32))
    cut = sound_prints(sound[48_000:192_000].mean(1, dtype=np.float32) * 0.2)
    match = best_match(known, cut)
    assert match.differing < ALIKE - 0.05
    assert abs(match.offset - 1.0) < 0.05
    other = best_match(known, sound_prints(hiss(8, 6).mean(1, dtype=np.float32)))
    assert other.differing > 0.38


def test_silence_and_scraps_have_no_prints():
    assert not sound_prints(np.zeros(SAMPLE_RATE, np.float32)).any()
    assert len(sound_prints(np.zeros(1000, np.float32))) == 0
    assert best_match(np.zeros(100, np.int64), np.zeros(100, np.int64)) is None
