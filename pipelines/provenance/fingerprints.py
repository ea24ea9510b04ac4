"""What finds a clip again by its looks: PDQ hashes of some of its frames, 256 bits each.

A hash changes in few bits when a picture is coded again, scaled or made brighter, and in many when it is cropped,
turned or another picture. Hashes of plain pictures say little; their quality tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pdqhash

EVERY = 0.5  # seconds between two frames that are kept
NEAR = 31  # bits of 256 within which two hashes show the same picture
LEAST_QUALITY = 50  # of 100; below, a picture is too plain to be told from others
SIDE = 512  # pixels; hashing reduces pictures to 64 anyway


@dataclass(frozen=True)
class Look:
    """The hash of one frame."""

    at: float  # seconds
    hash: bytes  # 32
    quality: int  # 0..100


def look_of(picture: np.ndarray, at: float = 0.0) -> Look:
    """The hash of a (height, width) grey or (height, width, 3) BGR uint8 picture."""
    height, width = picture.shape[:2]
    shrink = min(1.0, SIDE / max(height, width))
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else picture
    small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB if small.ndim == 2 else cv2.COLOR_BGR2RGB)
    bits, quality = pdqhash.compute(np.ascontiguousarray(small))
    return Look(at, np.packbits(bits.astype(np.uint8)).tobytes(), int(quality))


def looks_apart(rate: float) -> int:
    """How many frames lie between two that are hashed, at so many frames a second."""
    return max(1, round(EVERY * rate))


def distances(one: Sequence[bytes], other: Sequence[bytes]) -> np.ndarray:
    """(n, m) int: in how many of 256 bits each hash of one list differs from each of the other."""
    first = np.frombuffer(b"".join(one), np.uint8).reshape(-1, 1, 32)
    second = np.frombuffer(b"".join(other), np.uint8).reshape(1, -1, 32)
    return np.bitwise_count(first ^ second).sum(2, dtype=np.int64)
