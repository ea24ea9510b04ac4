"""Clips of these tests: made once by the whole path, with keys of their own."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.generate import Clip, generate
from pipelines.materials import NOTHING, Materials
from pipelines.provenance import Provenance, open_provenance
from pipelines.request import FRAMES_PER_SECOND, make_request
from pipelines.storyboard import Shot, Storyboard, Subject

WIDTH, HEIGHT, SECONDS = 360, 640, 2
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
    blots = cv2.GaussianBlur(random.normal(0, 1, (height, width, 3)).astype(np.float32), (0, 0), 6)
    large = cv2.GaussianBlur(random.normal(0, 1, (height, width, 3)).astype(np.float32), (0, 0), 60)
    wall = 120 + blots * 500 + large * 4000
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


@pytest.fixture(scope="session")
def provenance(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    """Keys made for these tests."""
    return open_provenance(tmp_path_factory.mktemp("provenance") / "keys")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    """Keys of somebody else."""
    return open_provenance(tmp_path_factory.mktemp("stranger") / "keys")


def made(path: Path, provenance: Provenance, *, seed: int = 1, prompt: str = PROMPT, **arguments) -> Clip:
    """A clip by the whole path of a generation."""
    arguments.setdefault("storyboard", Storyboard(shots=(Shot(seconds=SECONDS),)))
    request = make_request(prompt=prompt, seconds=SECONDS, seed=seed, width=WIDTH, height=HEIGHT)
    engine = arguments.pop("engine", PanningEngine())
    return generate(request, path, engine=engine, provenance=provenance, **arguments)


@pytest.fixture(scope="session")
def clip(provenance: Provenance, tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """A clip by @ann."""
    return made(tmp_path_factory.mktemp("clip") / "clip.mp4", provenance, maker="ann")


@pytest.fixture(scope="session")
def remix(provenance: Provenance, clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """A remix of @ann's clip by @ben, who tells his prompt, begins with a picture, and stars @leo."""
    folder = tmp_path_factory.mktemp("remix")
    picture = folder / "start.png"
    cv2.imwrite(str(picture), painted_wall(9, 300, 500))
    starring = Storyboard(shots=(Shot(seconds=SECONDS, subjects=(Subject(kind="man", cameo="leo"),)),))
    return made(
        folder / "remix.mp4",
        provenance,
        seed=2,
        prompt="the same at night",
        maker="ben",
        tell_prompt=True,
        storyboard=starring,
        materials=Materials(parent=clip.path, start_image=picture, receipts={"leo": "ab" * 32}),
    )
