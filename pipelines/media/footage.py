"""A finished clip as material for another: its frames and its sound, from one time to another."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.reformatter import Interpolation

from pipelines.media.target import MediaError

SAMPLE_RATE = 48_000  # samples a second
BACKDROP_BLUR = 0.06  # of the frame's width: what fills the sides of a clip of another shape
BACKDROP_LIGHT = 0.45  # share of its light
# FFmpeg's quicker way rounds down: each copy would lose two levels of light
_EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND


@dataclass(frozen=True)
class Footage:
    """A clip that can be read again and again."""

    path: Path
    width: int  # pixels
    height: int  # pixels
    seconds: float

    def frames(self, start: float, count: int, rate: int) -> Iterator[np.ndarray]:
        """`count` frames from `start` (seconds) on, (height, width, 3) uint8 BGR, `rate` a second whatever the clip's
        own. At its end the last one stands. Raises MediaError."""
        sent = 0
        with opened(self.path) as container:
            stream = container.streams.video[0]
            container.seek(int(start / stream.time_base), stream=stream)
            held: av.VideoFrame | None = None
            for frame in container.decode(stream):
                while held is not None and sent < count and frame.time > start + (sent + 0.5) / rate:
                    yield _pixels(held)
                    sent += 1
                if sent == count:
                    return
                held = frame
            if held is None:
                raise MediaError(f"The clip {self.path.name} holds no pictures from {start:g} s on.")
            for _ in range(count - sent):
                yield _pixels(held)

    def sound(self, start: float, seconds: float) -> np.ndarray:
        """(n, 2) float32 samples at 48 kHz from `start` on; silence where the clip has none. Raises MediaError."""
        samples = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
        with opened(self.path) as container:
            if not container.streams.audio:
                return samples
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
            pieces = [
                piece.to_ndarray().T
                for frame in container.decode(container.streams.audio[0])
                for piece in resampler.resample(frame)
            ]
        if pieces:
            first = round(start * SAMPLE_RATE)
            heard = np.concatenate(pieces)[first : first + len(samples)]
            samples[: len(heard)] = heard
        return samples


def footage(path: Path) -> Footage:
    """The clip in a file. Raises MediaError for what is none."""
    with opened(path) as container:
        if not container.streams.video or container.duration is None:
            raise MediaError(f"{path.name} is not a clip: it holds no pictures.")
        stream = container.streams.video[0]
        lasts = float(stream.duration * stream.time_base) if stream.duration else container.duration / av.time_base
        return Footage(path, stream.width, stream.height, lasts)


def opened(path: Path) -> av.container.InputContainer:
    """The file, opened to be read. Raises MediaError."""
    try:
        return av.open(str(path))
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"The clip {path.name} cannot be read: {error}. Choose another one.") from None


def fitted(frame: np.ndarray, width: int, height: int) -> np.ndarray:
    """The whole frame in one of another size, over a dark, blurred backdrop of itself where the shapes differ."""
    if frame.shape[:2] == (height, width):
        return frame
    whole = min(width / frame.shape[1], height / frame.shape[0])
    size = min(width, round(frame.shape[1] * whole)), min(height, round(frame.shape[0] * whole))
    inside = cv2.resize(frame, size, interpolation=cv2.INTER_AREA if whole < 1 else cv2.INTER_LINEAR)
    if size == (width, height):
        return inside
    backdrop = cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA)
    backdrop = cv2.GaussianBlur(backdrop, (0, 0), BACKDROP_BLUR * width)
    backdrop = cv2.convertScaleAbs(backdrop, alpha=BACKDROP_LIGHT)
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    backdrop[top : top + size[1], left : left + size[0]] = inside
    return backdrop


def _pixels(frame: av.VideoFrame) -> np.ndarray:
    """(height, width, 3) uint8 BGR."""
    return frame.reformat(
        format="bgr24", src_colorspace="ITU709", dst_colorspace="ITU709", interpolation=_EXACT, threads=1
    ).to_ndarray()
