"""The storyboards of clips that are cut from others: they tell what is shown, whose likeness is in it, and how long."""

from collections.abc import Sequence

from pipelines.request import MAX_SECONDS, MIN_SECONDS
from pipelines.storyboard import Coverage, Shot, Storyboard

SHORTEST_SHOT = 0.5  # seconds
MOST_SHOTS = 6


class CuttingError(ValueError):
    """Clips cannot be cut or joined so; `key` names the reason, `values` go with it."""

    def __init__(self, key: str, **values: float) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def trimmed(storyboard: Storyboard, start: float, end: float) -> Storyboard:
    """What is left of a storyboard between two times in seconds. A shot of which nearly nothing is left goes with its
    neighbour. Raises CuttingError."""
    if end - start < MIN_SECONDS - 1e-6:
        raise CuttingError("too_short", n=round(end - start, 1), least=MIN_SECONDS)
    kept: list[Shot] = []
    spare, begin = 0.0, 0.0
    for shot in storyboard.shots:
        left = min(begin + shot.seconds, end) - max(begin, start)
        begin += shot.seconds
        if left >= SHORTEST_SHOT:
            kept.append(shot.model_copy(update={"seconds": round(left, 3)}))
        else:
            spare += max(left, 0.0)
    if not kept:
        raise CuttingError("too_short", n=0.0, least=MIN_SECONDS)
    kept[-1] = kept[-1].model_copy(update={"seconds": round(kept[-1].seconds + spare, 3)})
    return _whole(storyboard, kept)


def joined(storyboards: Sequence[Storyboard]) -> Storyboard:
    """Storyboards one after the other. Raises CuttingError for more shots or seconds than a clip may have."""
    shots = [shot for storyboard in storyboards for shot in storyboard.shots]
    seconds = sum(shot.seconds for shot in shots)
    if len(shots) > MOST_SHOTS:
        raise CuttingError("too_many", n=len(shots), most=MOST_SHOTS)
    if seconds > MAX_SECONDS + 1e-6:
        raise CuttingError("too_long", n=round(seconds, 1), most=MAX_SECONDS)
    return _whole(storyboards[0], shots)


def _whole(storyboard: Storyboard, shots: Sequence[Shot]) -> Storyboard:
    return storyboard.model_copy(update={"shots": tuple(shots), "coverage": Coverage()})
