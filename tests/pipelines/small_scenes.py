"""Scenes so small that renderer processes can be watched. They import little, since every process imports them anew."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

WIDTH, HEIGHT = 64, 36
FRAMES_PER_SECOND = 24
CLICK_AT = 0.5  # seconds


def get_ready() -> None:
    """Nothing to load."""


def number_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Frames whose first pixel is their number; the rest is noise that depends on nothing else."""

    def draw(index: int) -> np.ndarray:
        time.sleep(plan.get("seconds", 0))
        frame = np.random.default_rng([plan.get("seed", 0), index]).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
        frame[0, 0] = index
        return frame

    return draw


def process_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Frames that begin with the numbers of the process that drew them and of the one that made the scene, eight bytes
    each; slow enough to share."""
    maker = os.getpid()

    def draw(index: int) -> np.ndarray:
        time.sleep(0.02)
        frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        frame.reshape(-1)[:16] = np.array([os.getpid(), maker], np.int64).view(np.uint8)
        return frame

    return draw


def failing_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Raises `plan["error"]` at frame `plan["at"]`; already when it is made if that is None.

    Takes a minute for frame `plan["stuck_at"]`.
    """
    if plan["at"] is None:
        raise plan["error"]

    def draw(index: int) -> np.ndarray:
        if index == plan["at"]:
            raise plan["error"]
        if index == plan.get("stuck_at"):
            time.sleep(60)
        return np.zeros((HEIGHT, WIDTH, 3), np.uint8)

    return draw


def dying_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Kills its own process at frame `plan["at"]`, as the kernel does when memory runs out."""

    def draw(index: int) -> np.ndarray:
        if index == plan["at"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return np.zeros(plan.get("shape", (HEIGHT, WIDTH, 3)), np.uint8)

    return draw


def stuck_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Never finishes a frame."""
    return lambda index: time.sleep(3600)


def modules_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Raises with the names of what its process has imported, one a line."""
    raise RuntimeError("\n".join(sorted(sys.modules)))


def printing_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Prints, as a library might; the frames must still arrive."""
    print("hello from a renderer")
    return number_scene(plan)


@dataclass(frozen=True)
class SquarePlan:
    """All that a renderer process needs."""

    width: int
    height: int
    seed: int


def square_scene(plan: SquarePlan) -> Callable[[int], np.ndarray]:
    """Frames (height, width, 3) uint8 with a white square that is at the right wall exactly at CLICK_AT."""
    tint = np.random.default_rng([plan.seed]).integers(40, 120, 3)
    down = np.linspace(0.3, 1, plan.height)[:, None, None]
    ground = (down * tint + np.zeros((1, plan.width, 1))).astype(np.uint8)
    side = plan.height // 6

    def draw(index: int) -> np.ndarray:
        frame = ground.copy()
        share = 1 - abs(index / FRAMES_PER_SECOND - CLICK_AT) / CLICK_AT
        left = int(max(0, share) * (plan.width - side))
        frame[plan.height // 2 - side // 2 : plan.height // 2 + side // 2, left : left + side] = 255
        return frame

    return draw
