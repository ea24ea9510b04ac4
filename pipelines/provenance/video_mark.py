"""The invisible mark in pictures: a faint pattern of light, the same in every frame, stronger where there is texture.

The pattern is a tile of 128 pixels at 540x960 (and in proportion at other sizes), repeated over the frame, so that any
part of a frame holds it whole. Wavelengths lie between what coding throws away and what the eye sees in a plain sky.
"""

from functools import lru_cache

import cv2
import numpy as np

from pipelines.provenance.carriers import Carriers, carriers

TILE = 128  # pixels at the canonical size
CANONICAL = 720.0  # square root of the area of a frame of that size: 540x960
LONGEST, SHORTEST = 26.0, 6.0  # wavelengths in pixels at the canonical size
SYNC_SHARE = 0.4  # of the energy
PLAIN, MOST = 1.0, 2.9  # standard deviation of the mark in levels of 255, where nothing is, and where much is
BY_ACTIVITY = 0.15  # levels of mark for each level of texture
REDUCED = 4  # how many times smaller the picture is in which texture is looked for
STEPS = 40  # strength is kept in whole steps of 1 / STEPS levels


@lru_cache(maxsize=4)
def video_carriers(secret: bytes) -> Carriers:
    """The patterns of pictures for this key."""
    down = np.fft.fftfreq(TILE)[:, None]
    right = np.fft.rfftfreq(TILE)[None]
    frequency = np.hypot(down, right)  # cycles a pixel
    band = (frequency >= 1 / LONGEST) & (frequency <= 1 / SHORTEST)
    band[:, 0] = band[:, -1] = False
    rings = np.rint(frequency * TILE)
    return carriers(secret, "picture", (TILE, TILE), band, rings, share=SYNC_SHARE, movable=True)


class VideoMark:
    """The mark of one clip, ready to be laid on its frames."""

    def __init__(self, secret: bytes, mark: int, width: int, height: int) -> None:
        pattern = spread(video_carriers(secret).tile(secret, mark), width, height)
        # both signs apart: adding and subtracting bytes is what processors do fastest
        self._above = _bytes(np.maximum(pattern, 0) * PATTERN_STEPS)
        self._below = _bytes(np.maximum(-pattern, 0) * PATTERN_STEPS)
        self._size = width, height

    def draw(self, frame: np.ndarray) -> None:
        """Adds the mark to a (height, width, 3) uint8 BGR frame, in place."""
        strength = strengths(frame)
        scale = 1 / (PATTERN_STEPS * STEPS)
        above = cv2.multiply(self._above, strength, scale=scale)
        below = cv2.multiply(self._below, strength, scale=scale)
        cv2.add(frame, cv2.cvtColor(above, cv2.COLOR_GRAY2BGR), dst=frame)
        cv2.subtract(frame, cv2.cvtColor(below, cv2.COLOR_GRAY2BGR), dst=frame)


PATTERN_STEPS = 60  # the pattern reaches about 4 standard deviations, which a byte holds in such steps


def strengths(frame: np.ndarray) -> np.ndarray:
    """(height, width) uint8: how strong the mark may be at each place of a frame, in steps of 1 / STEPS levels."""
    height, width = frame.shape[:2]
    size = max(1, width // REDUCED), max(1, height // REDUCED)
    small = cv2.cvtColor(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    texture = cv2.absdiff(small, cv2.blur(small, (7, 7)))
    # the least of the surroundings: beside an edge, a plain sky stays plain
    activity = cv2.blur(cv2.erode(texture, np.ones((3, 3), np.uint8)).astype(np.float32), (7, 7))
    strength = np.minimum((PLAIN + BY_ACTIVITY * activity) * STEPS, MOST * STEPS).astype(np.uint8)
    return cv2.resize(strength, (width, height), interpolation=cv2.INTER_LINEAR)


def scale_of(width: int, height: int) -> float:
    """How many pixels of such a frame are one pixel of the canonical size."""
    return float(np.sqrt(width * height)) / CANONICAL


def spread(tile: np.ndarray, width: int, height: int) -> np.ndarray:
    """(height, width) float32: a tile of the canonical size repeated over a frame of another size."""
    scale = scale_of(width, height)
    down, across = int(np.ceil(height / scale / TILE)) + 1, int(np.ceil(width / scale / TILE)) + 1
    many = np.tile(tile, (down, across))
    if abs(scale - 1) < 1e-6:
        return many[:height, :width]
    to_canonical = np.array([[1 / scale, 0, 0], [0, 1 / scale, 0]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(many, to_canonical, (width, height), flags=flags)


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.minimum(np.rint(values), 255).astype(np.uint8)
