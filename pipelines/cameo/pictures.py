"""A likeness as its own person, or a moderator who compares, may look at it and hear it."""

import io
import wave

import cv2

from pipelines.cameo.likeness import HeadView, Likeness

VIEWS = ("front", "left", "right")


def head_png(likeness: Likeness, view: str) -> bytes:
    """One of the VIEWS of a head as a PNG file with a clear background. Raises ValueError for another name."""
    if view not in VIEWS:
        raise ValueError(f"there is no view {view!r}: it is one of {', '.join(VIEWS)}")
    head: HeadView = getattr(likeness, view)
    return cv2.imencode(".png", head.picture)[1].tobytes()


def voice_wav(likeness: Likeness) -> bytes:
    """The numbers as they were said, as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(likeness.sample_rate)
        file.writeframes(likeness.sample.tobytes())
    return buffer.getvalue()
