"""Frames and sound become an MP4 that plays everywhere, a poster and a preview; or an error that says why not."""

import errno
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.media import BadTarget, MediaError, check_target, encode
from pipelines.media import target as media_target
from tests.pipelines.clips import files_in, pictures, samples
from tests.pipelines.small_scenes import CLICK_AT, SquarePlan, square_scene
from tests.pipelines.square_engine import click

WIDTH, HEIGHT, RATE = 180, 320, 24


def rendering(
    count: int = 48, draw: Callable[[int], np.ndarray] | None = None, width: int = WIDTH, height: int = HEIGHT
) -> Rendering:
    draw = draw or square_scene(SquarePlan(width, height, seed=1))
    frames = (draw(index) for index in range(count))
    return Rendering(width, height, RATE, count, frames, lambda: click(count))


def noise(index: int) -> np.ndarray:
    """A frame that no codec can make small."""
    return np.random.default_rng(index).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """As on a disk with `size` bytes left: no file may grow beyond."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_clip_is_three_files_beside_each_other_and_nothing_else(tmp_path):
    media = encode(rendering(), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == ["clip.jpg", "clip.mp4", "clip.preview.mp4"]
    assert media.path.stat().st_size == media.bytes
    assert media.seconds == 2.0


def test_the_clip_is_what_browsers_play(tmp_path):
    media = encode(rendering(), tmp_path / "clip.mp4")
    with av.open(str(media.path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height, video.average_rate, video.frames) == (WIDTH, HEIGHT, RATE, 48)
        colour = video.codec_context
        assert (colour.color_range, colour.colorspace, colour.color_primaries, colour.color_trc) == (1, 1, 1, 1)
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", SAMPLE_RATE, "stereo")
        assert container.duration == 2_000_000


def test_it_starts_to_play_before_it_is_fully_read(tmp_path):
    data = encode(rendering(), tmp_path / "clip.mp4").path.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_colours_and_movement_survive(tmp_path):
    drawn = np.stack([square_scene(SquarePlan(WIDTH, HEIGHT, 1))(index) for index in range(48)]).astype(int)
    shown = pictures(encode(rendering(), tmp_path / "clip.mp4").path).astype(int)
    assert shown.shape == drawn.shape
    assert abs(shown - drawn).mean() < 1.5


@pytest.mark.parametrize("colour", [(0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255), (0, 0, 0), (60, 140, 230)])
def test_a_plain_colour_stays_that_colour(tmp_path, colour):
    plain = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    """To within what rounding to H.264's coarser steps costs."""
    shown = pictures(encode(rendering(8, lambda index: plain), tmp_path / "clip.mp4").path)
    assert abs(shown[4].mean((0, 1)) - colour).max() <= 3


def test_sound_is_where_it_was_to_the_sample(tmp_path):
    """A player that honours the encoder's delay hears the click on time: within a thousandth of a second."""
    heard = samples(encode(rendering(), tmp_path / "clip.mp4").path)
    onset = np.flatnonzero(abs(heard[:, 0]) > 0.1)[0] / SAMPLE_RATE
    assert onset == pytest.approx(CLICK_AT, abs=0.001)


def test_sound_ends_with_the_pictures(tmp_path):
    """Too short is filled with silence, too long is cut: the clip does not run on."""
    for number, sound in enumerate((click(24), click(96), np.zeros((0, 2), np.float32))):
        media = encode(replace(rendering(), sound=sound), tmp_path / f"{number}.mp4")
        with av.open(str(media.path)) as container:
            assert container.duration == 2_000_000


def test_sound_is_asked_for_only_after_the_first_frames(tmp_path):
    """So that whoever waits sees a picture at once."""
    told = []
    plain = rendering()
    frames = (told.append("frame") or frame for frame in plain.frames)
    sound = lambda: told.append("sound") or click(48)  # noqa: E731
    encode(replace(plain, frames=frames, sound=sound), tmp_path / "clip.mp4", begin=told.append)
    assert told.index("mix") == told.index("sound") - 1
    assert 1 <= told.index("sound") < 24
    assert told.count("sound") == 1
    assert told[-2:] == ["encode", "keep"]


def test_the_same_frames_give_the_same_bytes(tmp_path):
    """Several times, because encoders with threads differ only now and then."""
    made = [encode(rendering(36, width=216, height=384), tmp_path / f"{number}.mp4") for number in range(4)]
    assert len({media.sha256 for media in made}) == 1
    assert len({media.poster.read_bytes() for media in made}) == 1
    assert len({media.preview.read_bytes() for media in made}) == 1


def test_it_names_the_software_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "ada_lovelace")
    media = encode(rendering(), tmp_path / "clip.mp4")
    with av.open(str(media.path)) as container:
        assert container.metadata["comment"] == "Made with AI by Hibari"
        assert "creation_time" not in container.metadata
    data = media.path.read_bytes()
    assert str(tmp_path).encode() not in data and b"lovelace" not in data


def test_the_preview_is_small_and_silent(tmp_path):
    media = encode(rendering(72, width=270, height=480), tmp_path / "clip.mp4")
    with av.open(str(media.preview)) as container:
        video = container.streams.video[0]
        assert (video.width, video.height) == (216, 384)
        assert 2 <= float(video.duration * video.time_base) <= 3
        assert not container.streams.audio
    assert media.preview.stat().st_size < media.bytes


def test_a_small_clip_is_its_own_preview_in_size(tmp_path):
    media = encode(rendering(6), tmp_path / "clip.mp4")
    assert pictures(media.preview).shape == (6, HEIGHT, WIDTH, 3)


def test_the_poster_shows_something_near_a_third_of_the_clip(tmp_path):
    square = square_scene(SquarePlan(WIDTH, HEIGHT, 1))

    def draw(index: int) -> np.ndarray:
        """Black but for its middle third, which is red early and green late."""
        if not 30 <= index < 66:
            return np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        frame = square(12)
        frame[: HEIGHT // 4] = (0, 0, 200) if index < 48 else (0, 200, 0)
        return frame

    poster = cv2.imread(str(encode(rendering(96, draw), tmp_path / "clip.mp4").poster))
    assert poster.shape == (HEIGHT, WIDTH, 3)
    assert poster[: HEIGHT // 4, :, 2].mean() > 180, "red: the frame nearest to a third"


def test_a_black_clip_still_has_a_poster(tmp_path):
    black = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    media = encode(rendering(12, lambda index: black), tmp_path / "clip.mp4")
    assert cv2.imread(str(media.poster)).shape == (HEIGHT, WIDTH, 3)


def test_one_frame_is_enough(tmp_path):
    assert len(pictures(encode(rendering(1), tmp_path / "clip.mp4").path)) == 1


def test_an_older_clip_of_that_name_is_replaced(tmp_path):
    first = encode(rendering(24), tmp_path / "clip.mp4")
    second = encode(rendering(30), tmp_path / "clip.mp4")
    assert first.sha256 != second.sha256
    assert len(pictures(tmp_path / "clip.mp4")) == 30


def test_what_a_killed_generation_left_is_swept_after_a_day(tmp_path):
    for name, age in (("old", 30 * 3600), ("new", 60)):
        left = tmp_path / f".hibari-unfinished-{name}"
        left.mkdir()
        (left / "clip.mp4").write_bytes(b"half")
        os.utime(left, (time.time() - age,) * 2)
    encode(rendering(6), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == [".hibari-unfinished-new", "clip.jpg", "clip.mp4", "clip.preview.mp4"]


@pytest.mark.parametrize("room", [3_000, 60_000, 500_000])
def test_a_full_disk_says_so_and_leaves_nothing(tmp_path, room):
    with largest_file(room), pytest.raises(MediaError, match=r"disk of .* is full.*Free some space"):
        encode(rendering(72, noise), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == []


def test_a_full_disk_keeps_the_older_clip(tmp_path):
    before = encode(rendering(24), tmp_path / "clip.mp4")
    with largest_file(60_000), pytest.raises(MediaError):
        encode(rendering(72, noise), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == ["clip.jpg", "clip.mp4", "clip.preview.mp4"]
    assert before.bytes == (tmp_path / "clip.mp4").stat().st_size


@pytest.mark.parametrize("name", ["clip.jpg", "clip.preview.mp4", "clip.mp4"])
def test_files_that_cannot_be_moved_leave_nothing(tmp_path, name, monkeypatch):
    """The disk fills up, or the folder vanishes, at the very last step."""
    move = os.replace

    def refuse_one(source, target):
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        move(source, target)

    monkeypatch.setattr(media_target.os, "replace", refuse_one)
    with pytest.raises(MediaError, match="full"):
        encode(rendering(12), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == []


def test_an_error_while_drawing_arrives_as_it_is_and_leaves_nothing(tmp_path):
    def draw(index: int) -> np.ndarray:
        if index == 20:
            raise OSError("the brush broke")
        return noise(index)

    with pytest.raises(OSError, match="the brush broke") as caught:
        encode(rendering(48, draw), tmp_path / "clip.mp4")
    assert not isinstance(caught.value, MediaError)
    assert files_in(tmp_path) == []


def test_an_error_while_mixing_leaves_nothing(tmp_path):
    def sound() -> np.ndarray:
        raise ValueError("no such bell")

    with pytest.raises(ValueError, match="no such bell"):
        encode(replace(rendering(), sound=sound), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == []


def test_frames_are_closed_whatever_happens(tmp_path):
    closed = []

    def frames(fail: bool) -> Iterator[np.ndarray]:
        try:
            for index in range(48):
                assert not (fail and index == 7), "broken"
                yield noise(index)
        finally:
            closed.append(fail)

    encode(replace(rendering(), frames=frames(fail=False)), tmp_path / "clip.mp4")
    with pytest.raises(AssertionError, match="broken"):
        encode(replace(rendering(), frames=frames(fail=True)), tmp_path / "clip.mp4")
    with pytest.raises(MediaError):
        encode(replace(rendering(), frames=frames(fail=False)), tmp_path / "nowhere" / "clip.mp4")
    assert closed == [False, True]  # the third was never begun


def test_an_engine_that_gives_too_few_frames_or_other_frames_is_found_out(tmp_path):
    with pytest.raises(AssertionError, match="promised 48 frames and gave 12"):
        encode(replace(rendering(), frames=(noise(0) for _ in range(12))), tmp_path / "clip.mp4")
    with pytest.raises(AssertionError, match="a frame is uint8"):
        encode(replace(rendering(), frames=(noise(0)[:100] for _ in range(48))), tmp_path / "clip.mp4")
    with pytest.raises(AssertionError, match="not numbers"):
        encode(replace(rendering(), sound=np.full((96000, 2), np.nan, np.float32)), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("clip.avi", r"must end in \.mp4"),
        ("clip", r"must end in \.mp4"),
        ("nowhere/clip.mp4", "There is no folder"),
        ("folder.mp4", "is a folder"),
        ("pictured.mp4", r"pictured\.jpg is a folder"),
    ],
)
def test_a_bad_place_is_named_before_the_work(tmp_path, name, sentence):
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "pictured.jpg").mkdir()
    with pytest.raises(BadTarget, match=sentence):
        check_target(tmp_path / name, WIDTH, HEIGHT, 48)


def test_a_folder_that_may_not_be_written_is_named_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(media_target.os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(BadTarget, match="cannot be written to"):
        check_target(tmp_path / "clip.mp4", WIDTH, HEIGHT, 48)


def test_a_disk_with_too_little_room_is_named_before_the_work(tmp_path):
    check_target(tmp_path / "clip.mp4", WIDTH, HEIGHT, 48)
    with pytest.raises(BadTarget, match=r"has [\d,]+ MB free; the clip may need [\d,]+ MB"):
        check_target(tmp_path / "clip.mp4", 10**6, 10**6, 10**6)
    assert files_in(tmp_path) == []
