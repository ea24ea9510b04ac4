"""One MP4 file, written as its frames and samples come: H.264, AAC, BT.709, ready to play before it is fully read."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from pipelines.media.target import MediaError, disk_errors_named

SAMPLE_RATE = 48_000  # samples a second
AUDIO_BITS = 160_000  # a second
AUDIO_CHUNK = 1024  # samples in one AAC packet
QUALITY = 24  # x264's constant rate factor: 18 is hardly told from the original, 28 shows
ENCODER_THREADS = 1  # with two, x264 gave other bits once in a dozen runs; colours too are converted by one thread
# x264 at its fastest, with what pays for its time: small transforms, softened block edges, half pixels of motion,
# pictures between pictures, a full picture at a cut, bits for calm areas too. Next to "superfast" it takes 0.65 of the
# time for 1.1 to 1.3 times the size, and differs as little from the original.
SETTINGS = {
    "preset": "ultrafast",
    "crf": str(QUALITY),
    "profile": "high",
    "x264-params": "8x8dct=1:deblock=0,0:subme=1:bframes=3:b-adapt=0:scenecut=40:aq-mode=1",
}
AUDIO_SETTINGS = {"aac_coder": "fast"}  # at this rate as near to the original as the slow search, three times faster
BT709 = 1  # as H.264 numbers it, for primaries, transfer and matrix alike
LIMITED_RANGE = 1  # luma 16..235


class Mp4Writer:
    """Writes one file. The same frames and samples give the same bytes: no dates, nothing of the machine."""

    def __init__(
        self, path: Path, width: int, height: int, frames_per_second: int, *, sound: bool, told_as: Path
    ) -> None:
        """`told_as`: the place that errors name, since `path` is where the file lies until it is whole."""
        self._told_as = told_as
        with disk_errors_named(told_as):
            self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._container.metadata["comment"] = "Made with AI by Hibari"
        self._video = self._container.add_stream("libx264", rate=frames_per_second)
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        self._video.thread_count = ENCODER_THREADS
        seekable = {"g": str(2 * frames_per_second)}  # a full picture every two seconds, so that seeking is quick
        self._video.options = SETTINGS | seekable
        context = self._video.codec_context
        context.color_range = LIMITED_RANGE
        context.colorspace = context.color_primaries = context.color_trc = BT709
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo") if sound else None
        if self._audio is not None:
            self._audio.bit_rate = AUDIO_BITS
            self._audio.options = AUDIO_SETTINGS
        self._to_yuv = VideoReformatter()  # one for all frames: setting it up costs as much as a small frame
        self._frames_written = 0
        self._samples_written = 0

    def __enter__(self) -> "Mp4Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Finishes the file, or, after an error, only lets go of it."""
        if error is None:
            self._finish()
        else:
            self._abandon()

    def add_frame(self, frame: np.ndarray) -> None:
        """Appends one (height, width, 3) uint8 BGR frame."""
        picture = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(frame), format="bgr24")
        picture = self._to_yuv.reformat(
            picture, format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG", threads=1
        )
        picture.color_primaries = picture.color_trc = BT709
        picture.pts, picture.time_base = self._frames_written, Fraction(1, self._video.codec_context.rate.numerator)
        self._frames_written += 1
        with disk_errors_named(self._told_as):
            self._container.mux(self._video.encode(picture))

    def add_samples(self, samples: np.ndarray) -> None:
        """Appends (n, 2) float32 samples at 48 kHz."""
        for start in range(0, len(samples), AUDIO_CHUNK):
            planes = np.ascontiguousarray(samples[start : start + AUDIO_CHUNK].T)
            sound = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
            sound.sample_rate, sound.time_base = SAMPLE_RATE, Fraction(1, SAMPLE_RATE)
            sound.pts = self._samples_written
            self._samples_written += planes.shape[1]
            with disk_errors_named(self._told_as):
                self._container.mux(self._audio.encode(sound))

    def _finish(self) -> None:
        try:
            with disk_errors_named(self._told_as):
                self._container.mux(self._video.encode(None))
                if self._audio is not None:
                    self._container.mux(self._audio.encode(None))
                self._container.close()
        except MediaError:
            self._abandon()
            raise

    def _abandon(self) -> None:
        with suppress(OSError):  # the file is thrown away; the error that led here is the one to tell
            self._container.close()
