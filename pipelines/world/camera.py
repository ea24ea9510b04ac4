"""The camera: where it stands, how it sees, and how it moves through a shot."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pipelines.world.geometry import Point3


@dataclass(frozen=True)
class Camera:
    """A view camera at one instant. It always faces +z and looks up or down by shifting its lens, as architects'
    cameras do: uprights stay upright, and everything that faces it needs no more than scale and offset."""

    x: float  # metres
    y: float  # metres above the ground
    z: float  # metres; the performers are at 0
    focal: float  # pixels: size in the frame of one metre at one metre
    centre: float  # pixels: column of the vanishing point
    horizon: float  # pixels: row of the horizon
    width: int = 540
    height: int = 960

    def project(self, point: Point3) -> tuple[float, float, float]:
        """(column, row, pixels per metre) of a point in space; behind the camera, of the nearest plane before it."""
        scale = self.focal / max(point[2] - self.z, 0.05)
        return self.centre + (point[0] - self.x) * scale, self.horizon - (point[1] - self.y) * scale, scale

    def scale_at(self, z: float) -> float:
        """Pixels per metre at a depth."""
        return self.focal / max(z - self.z, 0.05)

    def plane(self, origin: Point3, across: Point3, down: Point3) -> np.ndarray:
        """(3, 3) homography: coordinates (metres along across, along down) of a plane → pixels."""
        view = np.array(
            [[self.focal, 0, self.centre], [0, -self.focal, self.horizon], [0, 0, 1.0]],
        )
        offset = np.subtract(origin, (self.x, self.y, self.z))
        return view @ np.column_stack([across, down, offset])

    def ground_at(self, row: float) -> float:
        """Depth z in metres of the ground seen at a row below the horizon."""
        return self.z + self.focal * self.y / max(row - self.horizon, 1e-6)

    def scaled(self, k: float) -> "Camera":
        """The same view in a frame k times the size."""
        return replace(
            self,
            focal=self.focal * k,
            centre=self.centre * k,
            horizon=self.horizon * k,
            width=round(self.width * k),
            height=round(self.height * k),
        )


def handheld(t: float, amount: float) -> tuple[float, float]:
    """(dx, dy) in metres: an operator's slow drift and a little tremor, the same every time."""

    def wave(frequency: float, phase: float) -> float:
        return math.sin(2 * math.pi * frequency * t + phase)

    return (
        amount * (0.030 * wave(0.31, 1) + 0.006 * wave(1.3, 2)),
        amount * (0.020 * wave(0.43, 4) + 0.005 * wave(1.7, 0)),
    )
