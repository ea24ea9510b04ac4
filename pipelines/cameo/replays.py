"""Knowing a recording again: its pictures in a few bits, and how it moves."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from pipelines.cameo.recording import Recording

EVERY = 0.5  # seconds between two pictures
SIDE = 12  # cells of a picture's sides
NEAR = 0.06  # share of the changing bits in which two copies of one recording differ at most
SHIFTS = 4  # steps by which a copy may start earlier or later


def fingerprint(recording: Recording) -> dict[str, Any]:
    """What is kept of a recording to know it again: {"pictures": hex of bits, one for each half second}."""
    wanted = np.arange(0, recording.seconds, EVERY)
    chosen = sorted({int(np.abs(recording.times - time).argmin()) for time in wanted})
    return {"pictures": [_bits(recording.frames[i]) for i in chosen]}


def _bits(frame: np.ndarray) -> str:
    """288 bits as hex: which of two neighbours is lighter, across and down."""
    grey = cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), (SIDE + 1, SIDE + 1), interpolation=cv2.INTER_AREA)
    grey = grey.astype(np.int16)
    across = grey[:-1, 1:] > grey[:-1, :-1]
    down = grey[1:, :-1] > grey[:-1, :-1]
    return np.packbits(np.concatenate([across.ravel(), down.ravel()])).tobytes().hex()


def is_replay(mark: dict[str, Any], earlier: Sequence[dict[str, Any]]) -> bool:
    """Whether a recording moves through the same pictures as one that came before."""
    new = _array(mark)
    return any(_same(new, _array(old)) for old in earlier)


def _array(mark: dict[str, Any]) -> np.ndarray:
    rows = [np.frombuffer(bytes.fromhex(text), np.uint8) for text in mark.get("pictures", ())]
    return np.unpackbits(np.array(rows), axis=1) if rows else np.zeros((0, 2 * SIDE * SIDE), np.uint8)


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    """The same pictures in the same order. What never changes, such as a wall, is left out: two honest recordings
    before one wall differ in how the head moved."""
    for shift in range(-SHIFTS, SHIFTS + 1):
        a, b = (one[shift:], other) if shift >= 0 else (one, other[-shift:])
        n = min(len(a), len(b))
        if n < 8:
            continue
        a, b = a[:n], b[:n]
        moving = (a.min(0) != a.max(0)) & (b.min(0) != b.max(0))
        if moving.sum() >= 12 and float((a != b)[:, moving].mean()) < NEAR:
            return True
    return False
