"""A rendering → its three files, in one pass over the frames, so that memory does not grow with a clip's length."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.media.mp4 import Mp4Writer
from pipelines.media.poster import POSTER_AT, PosterChoice, jpeg, narrowed
from pipelines.media.target import MediaError, disk_errors_named, kept_whole, poster_beside, preview_beside

PREVIEW_WIDTH = 216  # pixels
PREVIEW_SECONDS = 2.5
SOUND_AFTER = 12  # frames seen before the sound is asked for: a first picture matters more than an early mix


@dataclass(frozen=True)
class Media:
    """The files of one clip, all in one folder."""

    path: Path  # the MP4
    poster: Path  # a JPEG as large as the clip
    preview: Path  # a small muted MP4 of the clip's best seconds
    seconds: float
    bytes: int  # of the MP4
    sha256: str  # of the MP4


def encode(
    rendering: Rendering,
    path: Path,
    *,
    begin: Callable[[str], None] = lambda stage: None,
    seal: Callable[[Path, Path, Path], None] = lambda clip, poster, preview: None,
) -> Media:
    """The files of a rendering, written at `path` (a name ending in .mp4) and beside it: all of them, or none.

    The frames are closed in any case. `begin` is told "mix" just before the sound is asked for, "encode" after the last
    frame, and "keep" just before the files are moved to their place, the last moment at which it may stop everything by
    raising. `seal` may change the three files just before that, such as by signing them. Raises MediaError when the
    files cannot be written, and whatever drawing, mixing, `begin` or `seal` raise.
    """
    with closing(rendering.frames), kept_whole(path) as folder:
        clip = folder / path.name
        poster = _write_clip_and_preview(rendering, clip, preview_beside(clip), path, begin)
        begin("encode")
        with disk_errors_named(path):
            poster_beside(clip).write_bytes(jpeg(poster))
            _check_whole(clip, rendering.frame_count, path)
            seal(clip, poster_beside(clip), preview_beside(clip))
            data = clip.read_bytes()
        begin("keep")
    return Media(
        path=path,
        poster=poster_beside(path),
        preview=preview_beside(path),
        seconds=rendering.frame_count / rendering.frames_per_second,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _write_clip_and_preview(
    rendering: Rendering, clip: Path, preview: Path, path: Path, begin: Callable[[str], None]
) -> np.ndarray:
    """Writes both MP4s; gives the poster's frame. Sound follows the frames closely, so that players need not seek."""
    rate, count = rendering.frames_per_second, rendering.frame_count
    poster = PosterChoice(count)
    shown = _preview_frames(count, rate)
    small_size = narrowed(np.zeros((rendering.height, rendering.width, 3), np.uint8), PREVIEW_WIDTH).shape
    sound = np.zeros((0, 2), np.float32)
    sent = 0  # samples
    with ExitStack() as files:
        whole = Mp4Writer(clip, rendering.width, rendering.height, rate, sound=True, told_as=path)
        small = Mp4Writer(preview, small_size[1], small_size[0], rate, sound=False, told_as=path)
        files.enter_context(whole)
        files.enter_context(small)
        for index in range(count):
            frame = _next_frame(rendering, index)
            if index == min(SOUND_AFTER, count - 1):
                begin("mix")
                sound = _fitted_sound(rendering)
            whole.add_frame(frame)
            poster.consider(index, frame)
            if index in shown:
                small.add_frame(narrowed(frame, PREVIEW_WIDTH))
            if len(sound):
                until = round((index + 1) * SAMPLE_RATE / rate)
                whole.add_samples(sound[sent:until])
                sent = until
    assert poster.best is not None
    return poster.best


def _preview_frames(frame_count: int, frames_per_second: int) -> range:
    """The frames of the small preview: some seconds round the place where the poster is looked for."""
    length = min(frame_count, round(PREVIEW_SECONDS * frames_per_second))
    start = min(max(0, round(frame_count * POSTER_AT - length / 2)), frame_count - length)
    return range(start, start + length)


def _next_frame(rendering: Rendering, index: int) -> np.ndarray:
    frame = next(rendering.frames, None)
    assert frame is not None, f"the engine promised {rendering.frame_count} frames and gave {index}"
    size = (rendering.height, rendering.width, 3)
    assert frame.shape == size and frame.dtype == np.uint8, f"a frame is uint8 {size}, not {frame.dtype} {frame.shape}"
    return frame


def _fitted_sound(rendering: Rendering) -> np.ndarray:
    """The sound as long as the pictures, (n, 2) float32 within -1..1."""
    sound = rendering.sound() if callable(rendering.sound) else rendering.sound
    assert sound.ndim == 2 and sound.shape[1] == 2, f"sound is (n, 2) samples, not {sound.shape}"
    assert np.isfinite(sound).all(), "the sound holds samples that are not numbers"
    samples = round(rendering.frame_count * SAMPLE_RATE / rendering.frames_per_second)
    fitted = np.zeros((samples, 2), np.float32)
    np.clip(sound[:samples], -1, 1, out=fitted[: len(sound)], casting="same_kind")
    return fitted


def _check_whole(clip: Path, frame_count: int, path: Path) -> None:
    """Raises MediaError if the file does not hold every frame: some disks report that they are full too late."""
    with av.open(str(clip)) as container:
        frames = sum(packet.size > 0 for packet in container.demux(video=0))
    if frames != frame_count:
        raise MediaError(
            f"Only {frames} of {frame_count} frames reached the disk of {path.absolute().parent}. "
            "It may be full or failing; free some space, or choose another place."
        )
