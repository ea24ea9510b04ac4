"""Calls of animals, read from calls.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipelines.sound.registry import event
from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import Samples
from pipelines.sound.vocal import Cry, called

TABLE = Path(__file__).with_name("calls.toml")
NEUTRAL = "neutral"  # the row for a caller that the table lacks


@lru_cache(maxsize=1)
def cries() -> dict[str, Cry]:
    """Every caller and other name → its cry."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)
    result = {}
    for name, row in rows.items():
        names = [name, *row.pop("also", ())]
        cry = Cry(**row)
        for each in names:
            assert each not in result, f"calls.toml names {each!r} twice"
            result[each] = cry
    return result


@event("call", "bark", "meow", "roar", "chirp", "howl", "neigh", "moo")
def call(happening: SoundEvent, rng: np.random.Generator) -> Samples:
    """The caller in `material` calls; without one, the caller that the kind's own word implies."""
    implied = {
        "bark": "dog",
        "meow": "cat",
        "roar": "lion",
        "chirp": "bird",
        "howl": "wolf",
        "neigh": "horse",
        "moo": "cow",
    }
    caller = happening.material or implied.get(happening.kind, NEUTRAL)
    cry = cries().get(caller, cries()[NEUTRAL])
    return called(cry, rng, happening.size) * np.float32(cry.peak * (0.3 + 0.7 * happening.strength))
