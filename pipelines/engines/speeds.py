"""How fast models ran on this machine, and so how long a request will take."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pipelines.engines.model import Model

NAME = "speeds.json"
BELIEVED = 0.5  # share of a new measurement in what is kept
EFFICIENCY = 0.35  # of a device's peak that denoising reaches, until it is measured


def work_of(model: Model, width: int, height: int, frames: int, steps: int) -> float:
    """Work of a clip in billions of token·steps, guidance counted: what time is proportional to, roughly."""
    every, side = model.kin.patch
    tokens = max(1, frames / every) * width * height / side**2
    return tokens * steps * (2 if model.guidance > 1 else 1) / 1e9


def measured_seconds(folder: Path, model: Model, device: str, work: float) -> float | None:
    """Seconds that so much work takes by what was measured here; None before the first clip."""
    speed = _read(folder).get(f"{model.name}@{device}")
    return work / speed if speed else None


def expected_seconds(model: Model, work: float, teraflops: float) -> float:
    """Seconds by arithmetic on a device of that peak: two operations a weight and token; attention is left out, so
    that long clips take longer."""
    weights = max(count for name, count in model.billions.items() if name.startswith("transformer"))
    return 2 * weights * 1e9 * work * 1e9 / (teraflops * 1e12 * EFFICIENCY)


def record_speed(folder: Path, model: Model, device: str, work: float, seconds: float) -> None:
    """Keeps how fast a clip was made. A disk that cannot be written to costs the estimate, not the clip."""
    speeds = _read(folder)
    key, speed = f"{model.name}@{device}", work / max(seconds, 1e-3)
    speeds[key] = speed if key not in speeds else (1 - BELIEVED) * speeds[key] + BELIEVED * speed
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=folder, prefix=NAME)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(speeds, file, indent=1, sort_keys=True)
        os.replace(path, folder / NAME)


def _read(folder: Path) -> dict[str, float]:
    """Model and device → billions of token·steps a second."""
    try:
        table = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {key: float(value) for key, value in table.items() if isinstance(value, int | float) and value > 0}
