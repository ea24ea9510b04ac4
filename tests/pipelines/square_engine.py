"""The engine of these tests: a bright square that moves over a gradient, and clicks when it meets the right wall."""

from dataclasses import dataclass

import numpy as np

from pipelines.engines import SAMPLE_RATE, Rendering
from pipelines.materials import NOTHING, Materials
from pipelines.progress import Progress
from pipelines.render_pool import render_frames
from pipelines.request import FRAMES_PER_SECOND, GenerationRequest
from pipelines.storyboard import Storyboard
from tests.pipelines.small_scenes import CLICK_AT, SquarePlan


@dataclass
class SquareEngine:
    """Draws in renderer processes, as real engines do."""

    name: str = "square"
    version: str = "1"
    scene: str = "tests.pipelines.small_scenes:square_scene"
    plan: object = None  # for another scene than the square's
    missed: tuple[str, ...] = ()
    processes: int = 2

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        progress.report("stage")
        count = round(storyboard.seconds * FRAMES_PER_SECOND)
        plan = self.plan or SquarePlan(request.width, request.height, request.seed)
        return Rendering(
            width=request.width,
            height=request.height,
            frames_per_second=FRAMES_PER_SECOND,
            frame_count=count,
            frames=render_frames(self.scene, plan, count, processes=self.processes, check=progress.check),
            sound=lambda: click(count),
            coverage_missed=self.missed,
        )


def click(frame_count: int) -> np.ndarray:
    """(n, 2) float32: silence, and one short click at CLICK_AT."""
    sound = np.zeros((frame_count * SAMPLE_RATE // FRAMES_PER_SECOND, 2), np.float32)
    start = round(CLICK_AT * SAMPLE_RATE)
    length = min(2400, len(sound) - start)
    if length > 0:
        times = np.arange(length) / SAMPLE_RATE
        sound[start : start + length] = (0.8 * np.sin(2 * np.pi * 1000 * times) * np.exp(-times * 80))[:, None]
    return sound
