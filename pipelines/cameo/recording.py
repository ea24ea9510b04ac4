"""A recording that somebody sent, decoded safely: a few frames a second, and the sound."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.cameo.likeness import Unspoken

LONGEST = 40.0  # seconds
LARGEST = 120_000_000  # bytes of a file
SOUND_RATE = 16_000  # Hz
TIME_LIMIT = 60.0  # seconds
_PROCESS = Path(__file__).with_name("recording_process.py")


class RecordingError(ValueError):
    """A recording cannot be read. `code` says why: unreadable, no_picture, too_large, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, repr=False)
class Recording(Unspoken):
    """Frames and sound of one file."""

    times: np.ndarray  # (n,) float64 seconds of the frames, about 8 a second
    frames: np.ndarray  # (n, height, width, 3) uint8 blue, green, red; 640 pixels long at most
    sound: np.ndarray  # (m,) int16, mono
    seconds: float

    @property
    def sound_rate(self) -> int:
        return SOUND_RATE


def read_recording(file: Path | bytes, longest: float = LONGEST) -> Recording:
    """The recording in a file (webm, MP4, …) or in its bytes, decoded by a process with limits. Raises
    RecordingError."""
    held = isinstance(file, bytes)
    if (len(file) if held else file.stat().st_size) > LARGEST:
        raise RecordingError("too_large")
    command = [sys.executable, "-I", str(_PROCESS), "-" if held else str(file.resolve()), str(longest)]
    try:
        done = subprocess.run(command, input=file if held else b"", capture_output=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise RecordingError("unreadable") from None
    line, _, data = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise RecordingError("unreadable")
    header = json.loads(line)
    if "problem" in header:
        raise RecordingError(header["problem"])
    shape = (len(header["times"]), header["height"], header["width"], 3)
    size = int(np.prod(shape))
    if len(data) != size + 2 * header["sound"]:
        raise RecordingError("unreadable")
    frames = np.frombuffer(data, np.uint8, size).reshape(shape)
    return Recording(np.array(header["times"]), frames, np.frombuffer(data, np.int16, offset=size), header["seconds"])
