"""What these tests make clips of: a painted wall under a plain sky, and wind."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.generate import Clip, generate
from pipelines.materials import NOTHING
from pipelines.provenance import Provenance
from pipelines.request import FRAMES_PER_SECOND, make_request
from pipelines.storyboard import Shot, Storyboard

WIDTH, HEIGHT, SECONDS = 270, 480, 2
PROMPT = "a dog runs in a meadow"


@dataclass
class PanningEngine:
    """A camera that pans over a painted wall under a plain sky, with a hiss; drawn here, without other processes."""

    name: str = "world"
    version: str = "1"

    def render(self, storyboard, request, progress, materials=NOTHING) -> Rendering:
        progress.report("stage")
        count = round(storyboard.seconds * FRAMES_PER_SECOND)
        wall = painted_wall(request.seed, request.width + 2 * count, request.height)
        frames = (wall[:, 2 * n : 2 * n + request.width].copy() for n in range(count))
        sound = hiss(request.seed, count / FRAMES_PER_SECOND)
        return Rendering(request.width, request.height, FRAMES_PER_SECOND, count, frames, sound)


def painted_wall(seed: int, width: int, height: int) -> np.ndarray:
    """(height, width, 3) uint8: a plain sky above, blots of many colours below."""
    random = np.random.default_rng(seed)
    blots, large = (
        cv2.resize(
            random.normal(0, 1, (height // apart, width // apart, 3)), (width, height), interpolation=cv2.INTER_CUBIC
        )
        for apart in (10, 90)
    )
    wall = 120 + blots * 25 + large * 40
    sky = np.linspace(190, 150, height)[:, None, None] * np.array([1.0, 0.85, 0.7])
    share = np.clip((np.arange(height) - height * 0.35) / 20, 0, 1)[:, None, None]
    return np.clip(sky * (1 - share) + wall * share, 0, 255).astype(np.uint8)


def hiss(seed: int, seconds: float) -> np.ndarray:
    """(n, 2) float32: wind that comes and goes, under two tones."""
    random = np.random.default_rng([seed, 1])
    count = round(seconds * SAMPLE_RATE)
    times = np.arange(count) / SAMPLE_RATE
    noise = random.normal(0, 0.08, (count, 2)) * (1 + 0.5 * np.sin(2 * np.pi * 0.7 * times + seed))[:, None]
    tones = 0.05 * np.sin(2 * np.pi * np.outer(times, [440, 660]))
    return (noise + tones).astype(np.float32)


def made(path: Path, provenance: Provenance, *, seed: int = 1, prompt: str = PROMPT, **arguments) -> Clip:
    """A clip by the whole path of a generation."""
    arguments.setdefault("storyboard", Storyboard(shots=(Shot(seconds=SECONDS),)))
    request = make_request(prompt=prompt, seconds=SECONDS, seed=seed, width=WIDTH, height=HEIGHT)
    engine = arguments.pop("engine", PanningEngine())
    return generate(request, path, engine=engine, provenance=provenance, **arguments)
