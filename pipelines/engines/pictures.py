"""Pictures on their way into a model and out of it: fitted to a size, read from files, kept until they are encoded."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image

from pipelines.request import RequestError

cv2.setNumThreads(1)
GREY = 128  # behind a cut-out head


def covering(frame: np.ndarray, width: int, height: int) -> np.ndarray:
    """The (h, w, 3) uint8 frame scaled and cropped round its middle to fill width × height, without distortion."""
    old_height, old_width = frame.shape[:2]
    scale = max(width / old_width, height / old_height)
    size = max(width, round(old_width * scale)), max(height, round(old_height * scale))
    if size != (old_width, old_height):
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        frame = cv2.resize(frame, size, interpolation=how)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(frame[top : top + height, left : left + width])


def picture_of(path: Path, width: int, height: int) -> Image.Image:
    """An image file, filling width × height, as RGB. Raises RequestError if it is none."""
    data = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if data is None:
        raise RequestError("A picture that this starts from cannot be read. Use a JPEG, PNG or WebP file.")
    return Image.fromarray(covering(data, width, height)[:, :, ::-1])


def head_picture(cut_out: np.ndarray) -> Image.Image:
    """A (h, w, 4) uint8 BGRA cut-out before plain grey, as RGB."""
    alpha = cut_out[:, :, 3:].astype(np.float32) / 255
    flat = cut_out[:, :, :3] * alpha + GREY * (1 - alpha)
    return Image.fromarray(flat.astype(np.uint8)[:, :, ::-1])


def frames_of_video(path: Path, rate: int, first: int, count: int, width: int, height: int) -> list[Image.Image]:
    """`count` RGB frames of a video from frame `first` on, as it looks at `rate` frames a second, filling the size.

    Where the video is shorter, its last frame stays. Raises RequestError if it cannot be read.
    """
    wanted = [(first + index) / rate for index in range(count)]  # seconds
    pictures: list[Image.Image] = []
    last: np.ndarray | None = None
    try:
        with av.open(str(path)) as container:
            for frame in container.decode(video=0):
                while len(pictures) < count and last is not None and wanted[len(pictures)] < (frame.time or 0.0) - 1e-6:
                    pictures.append(Image.fromarray(last))
                last = covering(frame.to_ndarray(format="rgb24"), width, height)
                if len(pictures) == count:
                    break
    except av.error.FFmpegError as error:
        raise RequestError(f"The clip that this starts from cannot be read ({error}).") from None
    if last is None:
        raise RequestError("The clip that this starts from holds no pictures.")
    return pictures + [Image.fromarray(last)] * (count - len(pictures))


def as_frames(made: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """(n, height, width, 3) uint8 RGB frames from what a pipeline gave: floats 0..1, with or without a batch."""
    array = np.asarray(made)
    array = array.reshape(-1, *array.shape[-3:])
    assert np.isfinite(array).all(), "the model's pictures hold values that are not numbers"
    return (array.clip(0, 1) * 255 + 0.5).astype(np.uint8)


class FrameStore:
    """Frames that wait on the disk for the encoder, so that memory does not grow with a clip's length.

    An iterator over (height, width, 3) uint8 BGR frames; `close` gives the space back.
    """

    def __init__(self, width: int, height: int) -> None:
        self._shape = (height, width, 3)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 it lives as long as the store
        self._read = 0
        self.count = 0

    def add(self, frames: np.ndarray) -> None:
        """Appends (n, h, w, 3) uint8 RGB frames of any size, fitted."""
        height, width, _ = self._shape
        for frame in frames:
            self._file.write(covering(frame, width, height)[:, :, ::-1].tobytes())
        self.count += len(frames)

    def __iter__(self) -> Iterator[np.ndarray]:
        return self

    def __next__(self) -> np.ndarray:
        if self._read == self.count:
            raise StopIteration
        size = int(np.prod(self._shape))
        self._file.seek(self._read * size)
        self._read += 1
        return np.frombuffer(bytearray(self._file.read(size)), np.uint8).reshape(self._shape)

    def close(self) -> None:
        self._file.close()
