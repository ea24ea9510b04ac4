"""Which frame stands for a clip before it plays, and frames as JPEG."""

import cv2
import numpy as np

POSTER_AT = 1 / 3  # of the clip: the subject is in, the ending is not given away
POSTER_EVERY = 6  # frames between two candidates
LIKELY_EDGE = 0.02  # contrast (0..1) below which a frame is as good as empty


class PosterChoice:
    """Keeps the best frame so far: rich in contrast and colour, near a third of the clip."""

    def __init__(self, frame_count: int) -> None:
        self._frame_count = frame_count
        self._best_score = -1.0
        self.best: np.ndarray | None = None  # (height, width, 3) uint8

    def consider(self, index: int, frame: np.ndarray) -> None:
        """Looks at one frame of the clip, (height, width, 3) uint8 BGR."""
        if index % POSTER_EVERY and self.best is not None:
            return
        distance = abs(index / max(1, self._frame_count - 1) - POSTER_AT)
        score = _richness(frame) * (1 - distance)
        if score > self._best_score:
            self._best_score, self.best = score, frame.copy()


def _richness(frame: np.ndarray) -> float:
    """How much there is to see, 0..about 1: spread of light plus spread of colour; nothing for a plain frame."""
    small = cv2.resize(frame, (48, 48), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    light = float(small.mean(2).std())
    colour = float((small - small.mean(2, keepdims=True)).std())
    return light + colour if light + colour > LIKELY_EDGE else 0.0


def jpeg(frame: np.ndarray, quality: int = 88) -> bytes:
    """A (height, width, 3) uint8 BGR frame as JPEG bytes."""
    done, data = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    assert done, "OpenCV could not encode a JPEG"
    return data.tobytes()


def narrowed(frame: np.ndarray, width: int) -> np.ndarray:
    """The frame scaled down to at most `width` pixels across, sides even."""
    height, full = frame.shape[:2]
    if full <= width:
        return frame
    size = width, max(2, round(width * height / full / 2) * 2)
    return cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
