"""Variants of one request: which belong together, and what can be measured of each, so that a person can choose."""

import tempfile
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from data.media import MediaStorage
from data.rows import Generation

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

    Variants differ in nothing but their seed, and are asked for within a moment.
    """
    groups: dict[str, str] = {}
    last: list[Generation] = []  # of the latest press
    for one in sorted(generations, key=lambda one: (one["created_at"], one["id"])):
        last = [*last, one] if last and len(last) < MOST and _variants(last[-1], one) else [one]
        groups[one["id"]] = last[0]["id"]
    return groups


def _variants(one: Generation, other: Generation) -> bool:
    apart = datetime.fromisoformat(other["created_at"]) - datetime.fromisoformat(one["created_at"])
    return (
        apart <= TOGETHER
        and one["seed"] != other["seed"]
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
