"""A shot made ready for painting: plain data that travels to the processes that paint it."""

from dataclasses import dataclass

import numpy as np

from pipelines.sound.score import Score
from pipelines.storyboard import Shot
from pipelines.world.actor import Role
from pipelines.world.camera import Camera

SAMPLES = 24  # camera samples per second


@dataclass(frozen=True)
class CameraTrack:
    """A camera path, sampled; lengths and rows relative to the frame so that it serves any size of the same shape."""

    samples: np.ndarray  # (n, 6) float64: x, y, z in metres; focal, horizon and shift as shares of the height

    def at(self, t: float, width: int, height: int) -> Camera:
        """The camera at a time in seconds, for a frame of that size in pixels."""
        place = min(max(t * SAMPLES, 0.0), len(self.samples) - 1.0)
        i = min(int(place), len(self.samples) - 2)
        x, y, z, focal, horizon, shift = self.samples[i] + (self.samples[i + 1] - self.samples[i]) * (place - i)
        return Camera(x, y, z, focal * height, width / 2 + shift * height, horizon * height, width, height)


@dataclass(frozen=True)
class Staged:
    """Everything that the painting of one shot needs, and its sound."""

    shot: Shot
    seed: int
    place: str
    roles: tuple[Role, ...]
    camera: CameraTrack
    score: Score
    wind: float  # 0 calm to 1 storm
