"""Made recordings of somebody who does the live check: a real photo whose head turns, and numbers spoken aloud.

As a program it writes what a browser's fake camera and fake microphone play:
`python -m tests.pipelines.cameo.captures FOLDER` gives camera.y4m, camera.mjpeg, microphone.wav, capture.webm.
"""

import sys
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np
import skimage.data

from pipelines.cameo.challenge import Challenge, Step, new_challenge
from pipelines.cameo.recording import SOUND_RATE as DECODED_RATE
from pipelines.cameo.recording import Recording
from pipelines.sound.speech import speak
from pipelines.sound.voices import VOICES

WIDTH, HEIGHT, RATE, SOUND_RATE = 640, 480, 15, 48_000
TURNED = 0.72  # radians
_CROP = (58, 8, 330, 247)  # of the photo: left, top, width, height


@dataclass(frozen=True)
class Acting:
    """How somebody does what the challenge asks; the default does it right."""

    person: str = "astronaut"
    still: bool = False  # a photo held before the camera: nothing in the face moves
    mirrored: bool = False
    silent: bool = False
    second_person: str | None = None  # somebody beside them
    swapped_for: str | None = None  # somebody else takes their place halfway
    turns: tuple[str, ...] | None = None  # other turns than those asked for


@cache
def photo(person: str = "astronaut") -> np.ndarray:
    """(480, 640, 3) uint8 BGR: head and shoulders."""
    left, top, width, height = _CROP
    picture = skimage.data.astronaut()[top : top + height, left : left + width, ::-1]
    picture = cv2.resize(np.ascontiguousarray(picture), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return picture if person == "astronaut" else _stranger(picture)


def _stranger(picture: np.ndarray) -> np.ndarray:
    """Another face: a broad nose and jaw, eyes farther apart, thick brows, darker skin, black hair."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x, y = (columns - 314) / 150, (rows - 230) / 150
    inside = np.exp(-((x / 0.85) ** 6) - ((y / 0.95) ** 6))
    wider = 0.20 * np.exp(-(((y + 0.3) / 0.28) ** 2)) + 0.16 * np.exp(-(((y - 0.5) / 0.3) ** 2))
    read_x = 314 + 150 * x * (1 - inside * wider)
    read_y = 230 + 150 * (y - 0.10 * inside * np.exp(-(((y - 0.1) / 0.35) ** 2)))
    other = cv2.remap(picture, read_x.astype(np.float32), read_y.astype(np.float32), cv2.INTER_CUBIC)
    light = cv2.cvtColor(other, cv2.COLOR_BGR2GRAY).astype(np.float32)[..., None]
    tone = np.array([0.42, 0.52, 0.66]) * other.astype(np.float32)
    hair = np.clip((150 - rows) / 30 + np.abs(columns - 314) / 150 - 0.45, 0, 1)[..., None]
    tone = tone * (1 - 0.75 * hair * (light < 190))
    brow = np.exp(-(((rows - 160) / 6) ** 2)) * np.exp(-(((np.abs(columns - 326) - 50) / 26) ** 4))
    return np.clip(tone * (1 - 0.7 * brow[..., None]), 0, 255).astype(np.uint8)


@cache
def head(person: str, yaw: float, mouth: float) -> np.ndarray:
    """The photo with its head turned (radians, above 0 to the right of the picture) and its mouth opened (0 to 1)."""
    base = _speaking(photo(person), mouth)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    down = (rows - 15) / 315
    radius = 150 * np.sqrt(np.clip(1 - np.clip((down - 0.42) / 0.75, -1, 1) ** 2, 0.05, 1))
    across = columns - 326
    read = across
    for _ in range(5):  # the nose stands out: it moves farther than the cheeks
        nose = 40 * np.exp(-((read / 15) ** 2)) * np.exp(-(((down - 0.70) / 0.10) ** 2))
        angle = np.arcsin(np.clip((across - np.sin(yaw) * nose) / radius, -1, 1)) - yaw
        read = radius * np.sin(np.clip(angle, -1.45, 1.45))
    inside = np.clip((1 - np.abs(across) / radius) / 0.08, 0, 1)
    inside *= np.clip((down + 0.03) / 0.05, 0, 1) * np.clip((1.06 - down) / 0.10, 0, 1)
    columns = columns * (1 - inside) + (read + 326) * inside
    return cv2.remap(base, columns.astype(np.float32), rows, cv2.INTER_LINEAR)


def _speaking(picture: np.ndarray, mouth: float) -> np.ndarray:
    if not mouth:
        return picture
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    near = np.exp(-(((columns - 311) / 45) ** 4)) * np.clip((rows - 266) / 14, 0, 1) * np.clip((345 - rows) / 50, 0, 1)
    opened = cv2.remap(picture, columns, (rows - 20 * mouth * near).astype(np.float32), cv2.INTER_LINEAR)
    dark = np.exp(-((((columns - 311) / 32) ** 2 + ((rows - 274 - 8 * mouth) / (1 + 9 * mouth)) ** 2) ** 2))
    return np.clip(opened * (1 - 0.8 * dark[..., None]), 0, 255).astype(np.uint8)


def frames(challenge: Challenge, acting: Acting = Acting(), rate: float = RATE) -> Iterator[np.ndarray]:
    """The pictures of the recording, (480, 640, 3) uint8 BGR, `rate` a second."""
    rng = np.random.default_rng(5)
    steps = _as_acted(challenge, acting)
    for number in range(round(challenge.seconds * rate)):
        time = number / rate
        yaw, mouth = _pose(steps, time)
        person = acting.swapped_for if acting.swapped_for and time > challenge.seconds / 2 else acting.person
        picture = head(person, 0.0, 0.0) if acting.still else head(person, yaw, 0.0 if acting.silent else mouth)
        if acting.second_person:
            picture = picture.copy()
            picture[170:470, 420:640] = cv2.resize(photo(acting.second_person)[10:360, 190:450], (220, 300))
        sway = np.float32([[1, 0, 3 * np.sin(time * 1.3)], [0, 1, 2 * np.sin(time * 0.9 + 1)]])
        picture = cv2.warpAffine(picture, sway, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        grain = rng.integers(0, 8, (HEIGHT, WIDTH), np.uint8)
        picture = cv2.subtract(cv2.add(picture, cv2.merge([grain] * 3)), (4, 4, 4, 0))
        yield np.ascontiguousarray(picture[:, ::-1]) if acting.mirrored else picture


def _as_acted(challenge: Challenge, acting: Acting) -> list[Step]:
    turns = iter(acting.turns or challenge.turns)
    return [s if s.kind == "say" else Step("turn", next(turns), s.start, s.end) for s in challenge.steps]


def _pose(steps: list[Step], time: float) -> tuple[float, float]:
    """(yaw, mouth) at a time, in steps coarse enough to be kept."""
    for step in steps:
        if not step.start <= time < step.end:
            continue
        share = (time - step.start) / (step.end - step.start)
        if step.kind == "turn":
            amount = np.clip(min(share, 1 - share) / 0.3, 0, 1)
            return round(amount * 6) / 6 * TURNED * (1 if step.value == "left" else -1), 0.0
        if 0.12 < share < 0.75:
            return 0.0, round(2 * abs(np.sin(time * 11))) / 2
    return 0.0, 0.0


@cache
def _spoken(number: str, language: str) -> np.ndarray:
    return speak(number, language, VOICES["woman"]).samples


def sound(challenge: Challenge, acting: Acting = Acting(), language: str = "en") -> np.ndarray:
    """(n,) float32 at 48 kHz: each number a moment after it is shown, over the noise of a room."""
    rng = np.random.default_rng(6)
    track = (rng.standard_normal(round(challenge.seconds * SOUND_RATE)) * 0.002).astype(np.float32)
    for step in challenge.steps:
        if step.kind == "say" and not acting.silent:
            line = _spoken(step.value, language)
            start = round((step.start + 0.35) * SOUND_RATE)
            line = line[: len(track) - start]
            track[start : start + len(line)] += 0.6 * line
    return track


def recorded(challenge: Challenge, acting: Acting = Acting()) -> Recording:
    """The recording as it is after decoding, without the detour through a file."""
    rate = RATE / 2
    pictures = np.stack(list(frames(challenge, acting, rate)))
    heard = np.clip(sound(challenge, acting)[:: SOUND_RATE // DECODED_RATE], -1, 1)
    return Recording(np.arange(len(pictures)) / rate, pictures, (heard * 32767).astype(np.int16), len(pictures) / rate)


def write(path: Path, challenge: Challenge, acting: Acting = Acting(), language: str = "en") -> Path:
    """The recording as a file: .webm as browsers record (VP8 and Opus), .mp4 (H.264 and AAC)."""
    webm = path.suffix == ".webm"
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("libvpx" if webm else "libx264", rate=RATE)
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        pictures.bit_rate = 2_500_000
        pictures.options = {"deadline": "realtime", "cpu-used": "8"} if webm else {"preset": "ultrafast"}
        voices = container.add_stream("libopus" if webm else "aac", rate=SOUND_RATE, layout="mono")
        for number, picture in enumerate(frames(challenge, acting)):
            frame = av.VideoFrame.from_ndarray(picture, "bgr24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        samples = sound(challenge, acting, language)
        for start in range(0, len(samples), 960):
            piece = np.pad(samples[start : start + 960], (0, max(0, start + 960 - len(samples))))
            heard = av.AudioFrame.from_ndarray(piece[None].astype(np.float32), "flt", "mono")
            heard.sample_rate, heard.pts, heard.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
            container.mux(voices.encode(_suited(heard, webm)))
        container.mux(voices.encode(None))
    return path


def _suited(heard: av.AudioFrame, webm: bool) -> av.AudioFrame:
    if webm:
        return heard
    planar = av.AudioFrame.from_ndarray(heard.to_ndarray(), "fltp", "mono")
    planar.sample_rate, planar.pts, planar.time_base = heard.sample_rate, heard.pts, heard.time_base
    return planar


def write_camera(
    folder: Path, challenge: Challenge, acting: Acting = Acting(), rate: int = RATE
) -> tuple[Path, Path, Path]:
    """(camera.y4m, camera.mjpeg, microphone.wav): what a browser's fake camera and microphone play, again and again.
    `rate`: pictures a second; the .mjpeg has no place for it."""
    y4m, mjpeg, wav = folder / "camera.y4m", folder / "camera.mjpeg", folder / "microphone.wav"
    with open(y4m, "wb") as raw, open(mjpeg, "wb") as pictures:
        raw.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{rate}:1 Ip A1:1 C420\n".encode())
        for picture in frames(challenge, acting, rate):
            raw.write(b"FRAME\n" + cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
            pictures.write(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
    with wave.open(str(wav), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes((np.clip(sound(challenge, acting), -1, 1) * 32767).astype("<i2").tobytes())
    return y4m, mjpeg, wav


def sample_challenge(*things: str) -> Challenge:
    """A challenge of these steps: numbers in digits, and left or right; five usual ones without any."""
    things = things or ("47", "left", "81", "right", "left", "23")
    made = new_challenge("00000000-0000-4000-8000-000000000000")
    time, steps = made.steps[0].start, []
    for value in things:
        kind, seconds = ("say", 2.4) if value.isdigit() else ("turn", 2.2)
        steps.append(Step(kind, value, round(time, 2), round(time + seconds, 2)))
        time += seconds
    return Challenge(made.id, tuple(steps))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_camera(target, sample_challenge())
    write(target / "capture.webm", sample_challenge())
