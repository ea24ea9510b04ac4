"""Scenes so small that renderer processes can be watched: each frame tells its number, and who drew it."""

import os
import signal
import sys
import time
from collections.abc import Callable

import numpy as np

WIDTH, HEIGHT = 64, 36


def number_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Frames whose first pixel is their number; the rest is noise that depends on nothing else."""

    def draw(index: int) -> np.ndarray:
        time.sleep(plan.get("seconds", 0))
        frame = np.random.default_rng([plan.get("seed", 0), index]).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
        frame[0, 0] = index
        return frame

    return draw


def process_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Frames whose first eight bytes are the number of the process that drew them; slow enough to share."""

    def draw(index: int) -> np.ndarray:
        time.sleep(0.02)
        frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        frame.reshape(-1)[:8] = np.frombuffer(os.getpid().to_bytes(8, "little"), np.uint8)
        return frame

    return draw


def failing_scene(plan: dict) -> Callable[[int], np.ndarray]:
    """Raises `plan["error"]` at frame `plan["at"]`; already when it is made if that is None."""
    if plan["at"] is None:
        raise plan["error"]

    def draw(index: int) -> np.ndarray:
        if index == plan["at"]:
            raise plan["error"]
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
