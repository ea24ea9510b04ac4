"""The world engine: draws every frame by code, on any machine, the same for the same request."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pipelines.engines import Rendering
from pipelines.materials import NOTHING, Materials
from pipelines.media.poster import jpeg, narrowed
from pipelines.progress import Progress
from pipelines.render_crew import waiting
from pipelines.render_pool import render_frames
from pipelines.request import FRAMES_PER_SECOND, GenerationRequest
from pipelines.sound.mixer import mix
from pipelines.storyboard import Shot, Storyboard
from pipelines.world.actor import kinds
from pipelines.world.place import places
from pipelines.world.staged import Staged
from pipelines.world.staging import stage, undrawable

LOOK_WIDTH = 270  # pixels of the first picture
PREPARE = "pipelines.engines.world:prepare"


@dataclass(frozen=True)
class Plan:
    """What the processes that paint are given: staged shots, one after the other, and the frame's size."""

    shots: tuple[Staged, ...]
    width: int
    height: int

    def locate(self, frame: int) -> tuple[int, int]:
        """(shot, frame within the shot) of a frame of the clip."""
        for number, staged in enumerate(self.shots[:-1]):
            count = frames_of(staged.shot.seconds)
            if frame < count:
                return number, frame
            frame -= count
        return len(self.shots) - 1, frame


def frames_of(seconds: float) -> int:
    return max(1, round(seconds * FRAMES_PER_SECOND))


class WorldEngine:
    name = "world"
    version = "2"

    def __init__(self) -> None:
        """Has the processes that will paint start now: they load their libraries while the prompt is read."""
        waiting.call(PREPARE)

    def warm_up(self) -> None:
        """Loads every place and every actor, and keeps processes waiting, so that no clip waits for them."""
        prepare()
        waiting.call(PREPARE, always=True)

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        """Frames and sound of a storyboard: lines and physics are run once, frames come as they are asked for."""
        staged = []
        for number, shot in enumerate(storyboard.shots):
            shot = whole_frames(shot)
            progress.report("stage", number / len(storyboard.shots))
            staged.append(stage(shot, request.seed, request.width / request.height, materials.likenesses))
        plan = Plan(tuple(staged), request.width, request.height)
        count = sum(frames_of(s.shot.seconds) for s in staged)
        drawn = replace(plan, shots=tuple(replace(s, score=replace(s.score, lines=())) for s in staged))
        look = frames_of(staged[0].shot.seconds) // 3
        frames = render_frames("pipelines.engines.world:open_plan", drawn, count, look=look, check=progress.check)
        try:
            progress.report("stage", 1.0, jpeg(narrowed(frames.look(), LOOK_WIDTH), quality=80))
        except BaseException:
            frames.close()
            raise
        missed = [name for shot in storyboard.shots for name in undrawable(shot)]
        return Rendering(
            request.width,
            request.height,
            FRAMES_PER_SECOND,
            count,
            frames,
            sound=lambda: mix([s.score for s in staged]),
            coverage_missed=tuple(dict.fromkeys(missed)),
        )


def prepare() -> None:
    """Loads every place and every actor."""
    import pipelines.world.scene  # noqa: F401

    places()
    kinds()


def whole_frames(shot: Shot) -> Shot:
    """The shot with a length of whole frames, so that picture and sound end together."""
    return shot.model_copy(update={"seconds": frames_of(shot.seconds) / FRAMES_PER_SECOND})


def open_plan(plan: Plan) -> Callable[[int], np.ndarray]:
    """The function from frame number to (height, width, 3) uint8 BGR frame. Keeps the scene of one shot at a time, that
    of the first already made."""
    from pipelines.world.scene import Scene

    def scene_of(number: int) -> Scene:
        return Scene(plan.shots[number], plan.width, plan.height, FRAMES_PER_SECOND)

    current = 0, scene_of(0)

    def frame(index: int) -> np.ndarray:
        nonlocal current
        number, within = plan.locate(index)
        if current[0] != number:
            current = number, scene_of(number)
        return current[1].frame(within)

    return frame
