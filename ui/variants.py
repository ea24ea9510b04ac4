"""Variants of one request: which belong together, and what can be measured of each, so that a person can choose."""

import tempfile
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from data.media import MediaStorage
from data.rows import Generation
from pipelines.request import make_request

MOST = 4
TOGETHER = timedelta(seconds=20)  # between two requests of one press


def keys_of(key: str, count: int) -> list[str | None]:
    """A key for each variant, so that a press that is sent twice counts once; the first keeps its own."""
    if not key:
        return [None] * count
    try:
        first = uuid.UUID(key)
    except ValueError:
        return [key] * count  # the database says what is wrong with it
    return [key, *(str(uuid.uuid5(first, str(number))) for number in range(1, count))]


def together(generations: Iterable[Generation]) -> dict[str, str]:
    """Id → id of the first variant that was asked for by the same press.

    Variants differ in nothing but their seeds, which follow from the first one's; and they are asked for in a moment.
    """
    left, groups = sorted(generations, key=lambda one: (one["created_at"], one["id"])), {}
    while left:
        count = _variants(left)
        groups |= {one["id"]: left[0]["id"] for one in left[:count]}
        left = left[count:]
    return groups


def _variants(listed: list[Generation]) -> int:
    """How many at the beginning of the list are variants of the first."""
    first = listed[0]
    alike = 1
    while alike < min(MOST, len(listed)) and _alike(first, listed[alike]):
        alike += 1
    if alike == 1:
        return 1
    from pipelines.engines.best_of import seeds_of

    request, seeds = make_request(**first["request"]), [one["seed"] for one in listed[:alike]]
    expected = [[one.seed for one in seeds_of(request, count)] for count in range(2, MOST + 1)]
    # a limit may have stopped the last ones
    return max(
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(seeds, wanted, strict=False)))
        for wanted in expected
    )


def _alike(one: Generation, other: Generation) -> bool:
    apart = datetime.fromisoformat(other["created_at"]) - datetime.fromisoformat(one["created_at"])
    return (
        apart <= TOGETHER
        and one["parent"] == other["parent"]
        and one["request"] | {"seed": 0} == other["request"] | {"seed": 0}
        and one["storyboard"] | {"coverage": {}} == other["storyboard"] | {"coverage": {}}
    )


@lru_cache(maxsize=200)
def scores_of(media: MediaStorage, stored: str) -> dict[str, float | None]:
    """What is measured of a stored clip, each 0..1 and larger is better: smooth, steady, lively, together, overall."""
    from pipelines.engines.best_of import measure

    with tempfile.TemporaryDirectory(prefix="hibari-scores-") as folder:
        path = Path(folder) / "clip.mp4"
        with path.open("wb") as file:
            file.writelines(media.read(stored, 0, media.size(stored)))
        found = measure(path)
    return {name: getattr(found, name) for name in ("smooth", "steady", "lively", "together", "overall")}
