"""What things are made of, read from materials.toml."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("materials.toml")
NEUTRAL = "neutral"  # the row for a name that the table lacks


@dataclass(frozen=True)
class Material:
    """How something sounds when it is struck, stepped on or strikes. The table's head explains each field."""

    name: str
    modes: tuple[float, ...] = ()  # Hz
    decay: float = 0.05  # seconds
    ring: float = 0.0
    hardness: float = 2500.0  # Hz
    thump: float = 95.0  # Hz
    weight: float = 0.5
    texture: tuple[float, float] = (700.0, 4000.0)  # Hz
    crunch: float = 0.0
    lasting: float = 0.03  # seconds
    grains: float = 0.0  # per second
    level: float = 0.5


@lru_cache(maxsize=1)
def materials() -> dict[str, Material]:
    """Every name and other name → its material."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)
    result = {}
    for name, row in rows.items():
        names = [name, *row.pop("also", ())]
        material = Material(name, **{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()})
        for each in names:
            assert each not in result, f"materials.toml names {each!r} twice"
            result[each] = material
    return result


def material_named(name: str) -> Material:
    """The material of that name, or the neutral one: a sound is never worth failing a clip for."""
    return materials().get(name) or materials()[NEUTRAL]
