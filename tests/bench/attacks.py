"""What happens to clips out there: coded again, cut, turned, filmed. Each attack writes a real file.

An attack takes a `Copy` and returns another; `written` makes a file of it. All of them but a still keep the sound.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

RATE = 48_000  # samples a second


@dataclass(frozen=True)
class Copy:
    """Frames and sound, and how they are to be written."""

    frames: list[np.ndarray]  # (h, w, 3) uint8 BGR
    sound: np.ndarray  # (n, 2) float32
    rate: float  # frames a second
    codec: str = "libx264"
    options: tuple[tuple[str, str], ...] = (("preset", "superfast"), ("crf", "23"))
    sound_codec: str = "aac"
    sound_bits: int = 128_000
    still: bool = False  # written as one JPEG, without sound


Attack = Callable[[Copy], Copy]


def coded(crf: int) -> Attack:
    return lambda copy: replace(copy, options=(("preset", "superfast"), ("crf", str(crf))))


def each(change: Callable[[np.ndarray], np.ndarray]) -> Attack:
    """The attack that changes every frame by itself."""
    return lambda copy: replace(copy, frames=[change(frame) for frame in copy.frames])


def resized(share: float) -> Attack:
    return each(lambda frame: cv2.resize(frame, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))


def cropped(share: float, *, back: bool = False) -> Attack:
    """Cuts so much of each side's length, half at either end; `back` scales what is left to the old size."""

    def crop(frame: np.ndarray) -> np.ndarray:
        height, width = frame.shape[:2]
        down, right = int(height * share / 2), int(width * share / 2)
        inner = frame[down : height - down, right : width - right]
        return cv2.resize(inner, (width, height), interpolation=cv2.INTER_CUBIC) if back else inner

    return each(crop)


def letterboxed(copy: Copy) -> Copy:
    """A vertical clip in the middle of a wide black frame."""
    height, width = copy.frames[0].shape[:2]
    inner = 540 / height
    side = (960 - round(width * inner)) // 2

    def box(frame: np.ndarray) -> np.ndarray:
        small = cv2.resize(frame, None, fx=inner, fy=inner, interpolation=cv2.INTER_AREA)
        return cv2.copyMakeBorder(small, 0, 0, side, side, cv2.BORDER_CONSTANT)

    return each(box)(copy)


def at_rate(rate: float) -> Attack:
    """Shown at another rate: frames are left out or shown twice, the speed stays."""

    def change(copy: Copy) -> Copy:
        count = int(len(copy.frames) / copy.rate * rate)
        chosen = [min(len(copy.frames) - 1, int(n / rate * copy.rate)) for n in range(count)]
        return replace(copy, frames=[copy.frames[n] for n in chosen], rate=rate)

    return change


def faster(factor: float) -> Attack:
    """Played faster, the sound with it."""
    return lambda copy: replace(copy, rate=copy.rate * factor, sound=resampled(copy.sound, factor))


def resampled(sound: np.ndarray, factor: float) -> np.ndarray:
    """The sound so many times as fast and as high."""
    at = np.arange(int(len(sound) / factor)) * factor
    channels = [np.interp(at, np.arange(len(sound)), sound[:, channel]) for channel in range(sound.shape[1])]
    return np.stack(channels, 1).astype(np.float32)


def pitched(factor: float) -> Attack:
    """The sound so many times as high, at the old speed: resampled, then stretched by overlapping pieces."""

    def change(copy: Copy) -> Copy:
        high = resampled(copy.sound, factor)
        out = np.zeros((len(copy.sound), 2), np.float32)
        size, hop = 4096, 2048
        fade = np.hanning(size)[:, None].astype(np.float32)
        for start in range(0, len(out) - size, hop):
            source = min(int(start / factor), len(high) - size)
            out[start : start + size] += high[source : source + size] * fade
        return replace(copy, sound=out)

    return change


def trimmed(copy: Copy) -> Copy:
    """Two seconds from somewhere in the middle."""
    start = min(0.37, len(copy.frames) / copy.rate - 2)
    first = int(start * copy.rate)
    samples = int(start * RATE)
    return replace(
        copy,
        frames=copy.frames[first : first + int(2 * copy.rate)],
        sound=copy.sound[samples : samples + 2 * RATE],
    )


def hue_turned(frame: np.ndarray) -> np.ndarray:
    hsv = cv2.cvtColor(frame, cv2.COLOR_BGR2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + 15) % 180
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)


def noisy(deviation: float) -> Attack:
    def change(copy: Copy) -> Copy:
        random = np.random.default_rng(7)
        return each(lambda frame: with_noise(frame, random, deviation))(copy)

    return change


def with_noise(frame: np.ndarray, random: np.random.Generator, deviation: float) -> np.ndarray:
    noise = random.normal(0, deviation, frame.shape[:2])[..., None]
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def sharpened(frame: np.ndarray) -> np.ndarray:
    return cv2.addWeighted(frame, 1.6, cv2.GaussianBlur(frame, (0, 0), 1.5), -0.6, 0)


def turned(degrees: float) -> Attack:
    def turn(frame: np.ndarray) -> np.ndarray:
        height, width = frame.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
        return cv2.warpAffine(frame, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    return each(turn)


def overwritten(frame: np.ndarray) -> np.ndarray:
    """With a line of text and a box over it, as other apps put there."""
    frame = frame.copy()
    height, width = frame.shape[:2]
    cv2.rectangle(frame, (width // 10, height * 7 // 10), (width * 9 // 10, height * 8 // 10), (20, 20, 20), -1)
    for line, text in enumerate(("you won't believe this", "follow for more")):
        at = (width // 8, int(height * (0.74 + 0.04 * line)))
        cv2.putText(frame, text, at, cv2.FONT_HERSHEY_SIMPLEX, width / 600, (255, 255, 255), 2, cv2.LINE_AA)
    return frame


def one_frame(copy: Copy) -> Copy:
    """A screenshot of one frame on a screen of another size."""
    frame = cv2.resize(copy.frames[len(copy.frames) // 2], None, fx=0.75, fy=0.75, interpolation=cv2.INTER_LINEAR)
    return replace(copy, frames=[frame], still=True)


def filmed(copy: Copy) -> Copy:
    """Recorded from a screen: sampled anew twice, other contrast, noise."""
    random = np.random.default_rng(11)
    curve = (255 * (np.arange(256) / 255) ** 1.12).astype(np.uint8)

    def record(frame: np.ndarray) -> np.ndarray:
        height, width = frame.shape[:2]
        shown = cv2.resize(frame, None, fx=1.37, fy=1.37, interpolation=cv2.INTER_LINEAR)
        seen = cv2.resize(cv2.GaussianBlur(shown, (0, 0), 0.8), (width, height), interpolation=cv2.INTER_AREA)
        return with_noise(cv2.LUT(seen, curve), random, 3)

    return each(record)(copy)


ATTACKS: dict[str, Attack] = {
    "as made": lambda copy: copy,
    "CRF 23": coded(23),
    "CRF 28": coded(28),
    "CRF 35": coded(35),
    "VP9": lambda copy: replace(
        copy, codec="libvpx-vp9", options=(("deadline", "realtime"), ("cpu-used", "8"), ("crf", "36"), ("b", "0"))
    ),
    "AV1": lambda copy: replace(copy, codec="libsvtav1", options=(("preset", "12"), ("crf", "38"))),
    "resize 75 %": resized(0.75),
    "resize 50 %": resized(0.5),
    "resize 33 %": resized(0.33),
    "crop 5 %": cropped(0.05),
    "crop 10 %": cropped(0.10),
    "crop 25 %": cropped(0.25),
    "crop 10 % and back": cropped(0.10, back=True),
    "letterbox": letterboxed,
    "30 frames a second": at_rate(30),
    "15 frames a second": at_rate(15),
    "5 % faster": faster(1.05),
    "5 % slower": faster(0.95),
    "trim to 2 s": trimmed,
    "brighter": each(lambda frame: cv2.convertScaleAbs(frame, alpha=1.0, beta=30)),
    "contrast": each(lambda frame: cv2.convertScaleAbs(frame, alpha=1.3, beta=-30)),
    "hue": each(hue_turned),
    "blur": each(lambda frame: cv2.GaussianBlur(frame, (0, 0), 1.5)),
    "noise": noisy(8),
    "sharpen": each(sharpened),
    "mirror": each(lambda frame: frame[:, ::-1]),
    "turned 1°": turned(1),
    "turned 2°": turned(2),
    "text over it": each(overwritten),
    "screenshot": one_frame,
    "filmed": filmed,
    "MP3 64k": lambda copy: replace(copy, sound_codec="libmp3lame", sound_bits=64_000),
    "pitch 2 % up": pitched(1.02),
    "pitch 2 % down": pitched(0.98),
}


def written(copy: Copy, folder: Path) -> Path:
    """The file that such a copy is."""
    frames = [np.ascontiguousarray(frame[: len(frame) // 2 * 2, : frame.shape[1] // 2 * 2]) for frame in copy.frames]
    if copy.still:
        path = folder / "copy.jpg"
        cv2.imwrite(str(path), frames[0], [cv2.IMWRITE_JPEG_QUALITY, 80])
        return path
    path = folder / "copy.mp4" if copy.codec != "libvpx-vp9" else folder / "copy.webm"
    with av.open(str(path), "w") as container:
        video = container.add_stream(
            copy.codec, rate=Fraction(round(copy.rate * 1000), 1000), options=dict(copy.options)
        )
        video.height, video.width = frames[0].shape[:2]
        video.pix_fmt = "yuv420p"
        sound_codec = "libopus" if path.suffix == ".webm" else copy.sound_codec
        audio = container.add_stream(sound_codec, rate=RATE, layout="stereo")
        audio.bit_rate = copy.sound_bits
        for frame in frames:
            container.mux(video.encode(av.VideoFrame.from_ndarray(frame, format="bgr24")))
        container.mux(video.encode(None))
        for packet in _sound_packets(audio, copy.sound):
            container.mux(packet)
    return path


def _sound_packets(audio: av.AudioStream, sound: np.ndarray) -> list:
    """The sound in pieces of the size that its codec takes."""
    size = audio.codec_context.frame_size or 960
    resampler = av.AudioResampler(audio.codec_context.format, "stereo", RATE, frame_size=size)
    packets: list = []
    whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.T), format="fltp", layout="stereo")
    whole.sample_rate, whole.pts = RATE, 0
    for piece in [*resampler.resample(whole), *resampler.resample(None)]:
        packets += audio.encode(piece)
    return packets + list(audio.encode(None))
