"""What a file that somebody sent holds, read by a process that can be lost: pictures, sound, and its credential."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.provenance.signing import Signing

LARGEST_FILE = 300 * 1024**2  # bytes
TIME_LIMIT = 60.0  # seconds for the process that reads; a clip of ten seconds takes one or two
PROGRAM = Path(__file__).with_name("reading_process.py")

PROBLEMS = {
    "unknown_kind": (
        "This is no video, picture or sound that Verify can read. Send an MP4, WebM, MOV, AVI, JPEG, PNG, WebP, MP3 or "
        "WAV.",
        "Ce n’est ni une vidéo, ni une image, ni un son lisible ici. Envoyez un MP4, WebM, MOV, AVI, JPEG, PNG, WebP, "
        "MP3 ou WAV.",
    ),
    "unreadable": (
        "The file is damaged and cannot be read. Try another copy of it.",
        "Le fichier est abîmé et illisible. Essayez une autre copie.",
    ),
    "empty": (
        "The file holds neither pictures nor sound. Try another copy of it.",
        "Le fichier ne contient ni image ni son. Essayez une autre copie.",
    ),
    "too_large": (
        "The file is too large. Verify reads up to 300 MB and 4096 pixels a side; send a smaller or shorter copy.",
        "Le fichier est trop grand : 300 Mo et 4096 pixels de côté au plus. Envoyez une copie plus petite ou plus "
        "courte.",
    ),
    "took_too_long": (
        "Reading the file took too long, so it was stopped. Send a shorter or smaller copy.",
        "La lecture du fichier a pris trop de temps et a été arrêtée. Envoyez une copie plus courte ou plus petite.",
    ),
}


class NotReadable(ValueError):
    """The file cannot be looked into. `str()` says why in English, `sentence` in either language."""

    def __init__(self, code: str) -> None:
        super().__init__(PROBLEMS[code][0])
        self.code = code

    def sentence(self, language: str) -> str:
        return PROBLEMS[self.code][language == "fr"]


@dataclass(frozen=True)
class Examined:
    """What was read of a file."""

    credential: dict  # "state": none, broken, or the reader's Trusted, Valid, Invalid; "store" and "thumbnails"
    times: tuple[float, ...]  # seconds of each frame
    frames: np.ndarray  # (n, height, width) uint8 grey
    sound: np.ndarray  # (m,) float32 mono, 48 kHz
    seconds: float


def examine(path: Path, signing: Signing) -> Examined:
    """What the file holds. Raises NotReadable. The file is read by another process, which has limits and no secrets."""
    if path.stat().st_size > LARGEST_FILE:
        raise NotReadable("too_large")
    anchors = json.dumps({"ours": signing.anchors, "all": signing.anchors + signing.others})
    command = [sys.executable, "-I", str(PROGRAM), str(path.absolute())]
    try:
        done = subprocess.run(command, input=anchors.encode(), capture_output=True, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise NotReadable("took_too_long") from None
    return _received(done.stdout)


def _received(answer: bytes) -> Examined:
    """The answer, taken apart. It is checked, for whoever wrote it may have been overcome by the file."""
    credential, media, rest = _lines(answer)
    if "problem" in media:
        problem = media["problem"]
        if problem == "unreadable" and credential.get("state") in ("Trusted", "Valid", "Invalid"):
            # damaged, but its credential can be read and tells of whom
            return Examined(credential, (), np.zeros((0, 0, 0), np.uint8), np.zeros(0, np.float32), 0.0)
        raise NotReadable(problem if problem in PROBLEMS else "unreadable")
    try:
        times = tuple(float(time) for time in media["times"])
        height, width, samples = int(media["height"]), int(media["width"]), int(media["sound"])
        pixels = len(times) * height * width
        if min(height, width, samples) < 0 or len(rest) != pixels + 4 * samples:
            raise ValueError("the answer has another length than it says")
        frames = np.frombuffer(rest, np.uint8, pixels).reshape(len(times), height, width)
        sound = np.frombuffer(rest, np.float32, samples, offset=pixels) if samples else np.zeros(0, np.float32)
        return Examined(credential, times, frames, sound, float(media["seconds"]))
    except (KeyError, TypeError, ValueError):
        raise NotReadable("unreadable") from None


def _lines(answer: bytes) -> tuple[dict, dict, bytes]:
    """(credential, media, the bytes after them). A process that died before it answered found nothing readable."""
    first, _, rest = answer.partition(b"\n")
    second, _, rest = rest.partition(b"\n")
    try:
        credential, media = json.loads(first), json.loads(second)
    except ValueError:
        raise NotReadable("unreadable") from None
    if not isinstance(credential, dict) or not isinstance(media, dict):
        raise NotReadable("unreadable")
    return credential, media, rest
