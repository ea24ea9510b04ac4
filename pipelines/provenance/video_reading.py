"""Finding the invisible mark in pictures that were cropped, scaled, turned a little, mirrored and coded again.

1. Every frame gives what is faint in it, evened out; the sum over frames keeps what stands still: the mark.
2. That sum is tried at many scales and turns. Folding it into one tile adds up all repetitions; where scale and turn
   are right, one of the sync patterns stands out of the tile at one shift.
3. From there the bits are read: how much of each bit's pattern is in the tile, measured in the noise of that tile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipelines.provenance.carriers import Carriers
from pipelines.provenance.video_mark import CANONICAL, TILE, scale_of, video_carriers

BACKGROUND = 3.2  # canonical pixels: what is coarser than this is picture, not mark
EVENED = 17  # pixels over which the strength of the residual is evened out
QUIET = 0.7  # levels below which a residual is taken for noise
CLIPPED = 2.5  # a residual beyond so many times its surroundings is an edge
BLACK = 20  # levels; rows and columns that are never lighter are bars
FOUND = 8.0  # standard deviations of the sync's peak above the rest at which the search may end
ROUGH = TILE // 2  # pixels of a tile while searching: the shortest wavelength still has three
KEPT = 4  # places that are read, best first


@dataclass(frozen=True)
class Place:
    """One try: a scale, a turn, a mirroring, and where the best sync pattern lies in the folded tile."""

    peak: float  # standard deviations of the sync's peak above the rest
    scale: float  # canonical pixels for each pixel of the copy
    turned: float  # degrees
    mirrored: bool = False
    down: float = 0.0  # shares of a tile
    right: float = 0.0


@dataclass(frozen=True)
class Reading:
    """What was read of a mark at one place, before it is decoded."""

    leanings: np.ndarray  # (125,) in standard deviations of the noise
    place: Place


def read_video_mark(secret: bytes, frames: Sequence[np.ndarray]) -> list[Reading]:
    """What (height, width) uint8 grey frames of one copy may hold of a mark, likeliest first."""
    faint = residual_sum(without_bars(frames))
    patterns = video_carriers(secret)
    places = _search(faint, patterns)
    refined = [_refined(faint, patterns, place) for place in places]
    return [read_at(faint, patterns, place) for place in sorted(refined, key=lambda place: -place.peak)]


def without_bars(frames: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The frames without black bars at their sides."""
    looked_at = np.stack(frames[:: max(1, len(frames) // 8)])
    rows = np.flatnonzero(np.percentile(looked_at.max(0), 90, axis=1) > BLACK)
    columns = np.flatnonzero(np.percentile(looked_at.max(0), 90, axis=0) > BLACK)
    if len(rows) < ROUGH or len(columns) < ROUGH:
        return list(frames)
    return [frame[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] for frame in frames]


def residual_sum(frames: Iterable[np.ndarray]) -> np.ndarray:
    """(height, width) float32: what is faint and stands still in frames, evened out so that no place outweighs."""
    total: np.ndarray | None = None
    for frame in frames:
        grey = frame.astype(np.float32)
        background = BACKGROUND * min(1.0, scale_of(*frame.shape))
        residual = grey - cv2.GaussianBlur(grey, (0, 0), background)
        level = cv2.blur(np.abs(residual), (EVENED, EVENED)) + QUIET
        evened = np.clip(residual / level, -CLIPPED, CLIPPED)
        total = evened if total is None else cv2.add(total, evened, dst=total)
    assert total is not None, "there is no frame to read"
    return total


def _search(faint: np.ndarray, patterns: Carriers) -> list[Place]:
    """The best places over many scales and turns; likely ones come first, so that a plain copy is found at once."""
    found: list[Place] = []
    for turns, scales in _tries(faint.shape):
        found += [tried_at(faint, patterns, float(scale), turned) for turned in turns for scale in scales]
        found = sorted(found, key=lambda place: -place.peak)[:KEPT]
        if found[0].peak > FOUND:
            return found[:1]
    return found


def _tries(shape: tuple[int, int]) -> Iterable[tuple[Sequence[float], Sequence[float]]]:
    """(turns in degrees, scales) to try, likely ones first."""
    plain = CANONICAL / float(np.sqrt(shape[0] * shape[1]))
    yield (0.0,), (plain, 1.0)
    yield (0.0,), plain * 1.008 ** np.arange(-50, 51)  # cropped and scaled back, or cut to another shape
    yield (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), plain * 1.008 ** np.arange(-6, 7)


def tried_at(faint: np.ndarray, patterns: Carriers, scale: float, turned: float, side: int = ROUGH) -> Place:
    """The best sync pattern and shift at one scale and turn, mirrored or not."""
    tile = _folded(faint, scale, turned, side)
    plain = patterns.found(patterns.whitened(tile), side, side)
    mirror = patterns.found(patterns.whitened(tile[:, ::-1]), side, side)
    peak, down, right = max(plain, mirror)
    return Place(peak, scale, turned, mirror > plain, down, right)


def _folded(faint: np.ndarray, scale: float, turned: float, side: int) -> np.ndarray:
    """(side, side) float32: the residual, turned back and scaled to canonical size, all its tiles added up."""
    height, width = faint.shape
    scale *= side / TILE
    down, across = -(-int(height * scale) // side), -(-int(width * scale) // side)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turned, scale)
    matrix[:, 2] += across * side / 2 - width / 2, down * side / 2 - height / 2
    if scale < 0.6:  # warping alone would skip pixels
        faint = cv2.blur(faint, (2, 2))
    straight = cv2.warpAffine(faint, matrix, (across * side, down * side), flags=cv2.INTER_LINEAR)
    return straight.reshape(down, side, across, side).sum((0, 2))


def _refined(faint: np.ndarray, patterns: Carriers, place: Place) -> Place:
    """The place after small changes of scale and turn, as long as they make its peak higher."""
    place = tried_at(faint, patterns, place.scale, place.turned, TILE)
    for scale_step, turn_step in ((0.004, 0.25), (0.002, 0.12), (0.001, 0.06)):
        for change in (-1, 1):
            tried = tried_at(faint, patterns, place.scale * (1 + change * scale_step), place.turned, TILE)
            place = max(place, tried, key=lambda one: one.peak)
        for change in (-1, 1):
            tried = tried_at(faint, patterns, place.scale, place.turned + change * turn_step, TILE)
            place = max(place, tried, key=lambda one: one.peak)
    return place


def read_at(faint: np.ndarray, patterns: Carriers, place: Place) -> Reading:
    """The leanings at one place."""
    tile = _folded(faint, place.scale, place.turned, TILE)
    seen = patterns.whitened(tile[:, ::-1] if place.mirrored else tile)
    return Reading(patterns.leanings(seen, place.down, place.right), place)
