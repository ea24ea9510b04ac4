"""The invisible mark in pictures: a faint pattern of light, the same in every frame, stronger where there is texture.

The pattern is a tile of 128 pixels at 540x960 (and in proportion at other sizes), repeated over the frame, so that any
part of a frame holds it whole. Wavelengths lie between what coding throws away and what the eye sees in a plain sky.

What it withstands and what not: averaging many clips gives nothing, since each uses one of several patterns at a place
of its own. But one clip alone shows its own tile to whoever knows how this works: added up over frames and repetitions,
it can be taken off again (at 41 to 46 dB, hardly seen) or put on another picture, without the key. So a mark is one
evidence among others: Verify compares the picture with the clip that the mark names, and without a mark knows a clip by
its looks and sound.
"""

from functools import lru_cache

import cv2
import numpy as np

from pipelines.provenance.carriers import Carriers, carriers

TILE = 128  # pixels at the canonical size
CANONICAL = 720.0  # square root of the area of a frame of that size: 540x960
LONGEST, SHORTEST = 26.0, 6.0  # wavelengths in pixels at the canonical size
SYNC_SHARE = 0.4  # of the energy
PLAIN, MOST = 0.9, 2.9  # standard deviation of the mark in levels of 255, where nothing is, and where much is
BY_ACTIVITY = 0.7  # levels of mark for each level of texture
STEPS = 40  # strength is kept in whole steps of 1 / STEPS levels
PATTERN_STEPS = 60  # the pattern reaches about 4 standard deviations, which a byte holds in such steps


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
    """The mark of one clip, ready to be laid on its frames. Used by one thread."""

    def __init__(self, secret: bytes, mark: int, width: int, height: int) -> None:
        pattern = spread(video_carriers(secret).tile(secret, mark), width, height)
        # both signs apart: adding and subtracting bytes is what processors do fastest
        self._above = _bytes(np.maximum(pattern, 0) * PATTERN_STEPS)
        self._below = _bytes(np.maximum(-pattern, 0) * PATTERN_STEPS)
        # kept from frame to frame: fetching new memory takes longer than filling it
        self._half = np.empty((max(1, height // 2), max(1, width // 2), 3), np.uint8)
        self._strength = np.empty((height, width), np.uint8)
        self._change = np.empty((height, width), np.uint8)
        self._changes = np.empty((height, width, 3), np.uint8)

    def draw(self, frame: np.ndarray) -> None:
        """Adds the mark to a (height, width, 3) uint8 BGR frame, in place."""
        size = frame.shape[1], frame.shape[0]
        cv2.resize(self._strengths(frame), size, dst=self._strength, interpolation=cv2.INTER_LINEAR)
        for pattern, apply in ((self._above, cv2.add), (self._below, cv2.subtract)):
            cv2.multiply(pattern, self._strength, dst=self._change, scale=1 / (PATTERN_STEPS * STEPS))
            cv2.cvtColor(self._change, cv2.COLOR_GRAY2BGR, dst=self._changes)
            apply(frame, self._changes, dst=frame)

    def _strengths(self, frame: np.ndarray) -> np.ndarray:
        """(h, w) uint8, a quarter of the frame: how strong the mark may be there, in steps of 1 / STEPS levels."""
        height, width = frame.shape[:2]
        cv2.resize(frame, self._half.shape[1::-1], dst=self._half, interpolation=cv2.INTER_AREA)
        size = max(1, width // 4), max(1, height // 4)
        small = cv2.resize(cv2.cvtColor(self._half, cv2.COLOR_BGR2GRAY), size, interpolation=cv2.INTER_AREA)
        texture = cv2.absdiff(small, cv2.blur(small, (3, 3)))
        # the least of the surroundings: texture is everywhere, an edge is thin, and beside it a plain wall stays plain
        activity = cv2.blur(cv2.erode(texture, np.ones((3, 3), np.uint8)).astype(np.float32), (5, 5))
        return np.minimum((PLAIN + BY_ACTIVITY * activity) * STEPS, MOST * STEPS).astype(np.uint8)


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
