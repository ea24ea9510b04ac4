"""Decodes one recording that somebody sent, in a process of its own with little memory and little time.

Started as `python -I recording_process.py PATH LONGEST_SECONDS`, or with "-" and the file's bytes as standard input;
writes one line of JSON, then the raw frames, then the raw sound. Whatever a hostile file does, it does to this process
alone. Nothing is written to any disk.
"""

import io
import json
import resource
import sys

import av
import cv2
import numpy as np

RATE = 8  # frames a second that are kept
SIDE = 640  # pixels of the longer side at most
LARGEST_SIDE = 4096  # pixels of a side that is still decoded
SOUND_RATE = 16_000  # Hz
MEMORY = 3 * 2**30  # bytes of address space
PROCESSOR = 40  # seconds
# What may be inside, by demuxer: nothing that names other files, as playlists do.
CONTAINERS = "matroska,webm,mov,mp4,avi,ogg,image2,apng,png_pipe,jpeg_pipe,webp_pipe,yuv4mpegpipe"


def main(path: str, longest: float) -> None:
    """Writes what the file holds, or {"problem": code}."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the pictures
    cv2.setNumThreads(1)
    try:
        times, frames, sound, seconds = decoded(path, longest)
    except (av.FFmpegError, ValueError, MemoryError, OverflowError) as error:
        known = str(error) if str(error) in ("no_picture", "too_large", "too_long") else "unreadable"
        _answer({"problem": known})
        return
    height, width = frames[0].shape[:2] if frames else (0, 0)
    _answer({"times": times, "width": width, "height": height, "sound": len(sound), "seconds": seconds})
    for frame in frames:
        sys.stdout.buffer.write(frame.tobytes())
    sys.stdout.buffer.write(sound.tobytes())
    sys.stdout.buffer.flush()


def _answer(fields: dict) -> None:
    sys.stdout.buffer.write(json.dumps(fields).encode() + b"\n")


def decoded(path: str, longest: float) -> tuple[list[float], list[np.ndarray], np.ndarray, float]:
    """(times in seconds, (h, w, 3) uint8 BGR frames at RATE, (n,) int16 mono at SOUND_RATE, seconds)."""
    # Given the open file, the library tells its kind from what is inside, not from its name, and opens no other.
    source = io.BytesIO(sys.stdin.buffer.read()) if path == "-" else open(path, "rb")  # noqa: SIM115  closed below
    with source as file, av.open(file, options={"format_whitelist": CONTAINERS}) as container:
        pictures = next((s for s in container.streams.video), None)
        if pictures is None:
            raise ValueError("no_picture")
        if max(pictures.codec_context.width, pictures.codec_context.height) > LARGEST_SIDE:
            raise ValueError("too_large")
        sounds = next((s for s in container.streams.audio), None)
        pictures.thread_count = 1
        return _read(container, [s for s in (pictures, sounds) if s is not None], longest)


def _read(
    container: av.container.InputContainer, streams: list[av.stream.Stream], longest: float
) -> tuple[list[float], list[np.ndarray], np.ndarray, float]:
    times, frames, pieces, seconds = [], [], [], 0.0
    start: float | None = None
    resampler = av.AudioResampler("s16", "mono", SOUND_RATE)
    for frame in container.decode(*streams):
        time = float(frame.time or 0.0)
        start = time if start is None else start
        time -= start
        seconds = max(seconds, time)
        if time > longest:
            raise ValueError("too_long")
        if isinstance(frame, av.AudioFrame):
            frame.pts = None
            pieces += [piece.to_ndarray().ravel() for piece in resampler.resample(frame)]
        elif not times or time >= times[-1] + 1 / RATE - 0.004:
            frames.append(_small(frame))
            times.append(round(time, 3))
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.int16)
    if not frames:
        raise ValueError("no_picture")
    same = [i for i, frame in enumerate(frames) if frame.shape == frames[0].shape]
    return [times[i] for i in same], [frames[i] for i in same], sound.astype(np.int16), round(seconds, 3)


def _small(frame: av.VideoFrame) -> np.ndarray:
    """(h, w, 3) uint8 BGR, upright, at most SIDE pixels long."""
    if max(frame.width, frame.height) > LARGEST_SIDE:
        raise ValueError("too_large")
    scale = min(1.0, SIDE / max(frame.width, frame.height))
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    picture = frame.reformat(width, height, "bgr24").to_ndarray()
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(picture, turns))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
