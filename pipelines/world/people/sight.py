"""One body as the camera sees it at one instant: everything that its painters need."""

import math
from dataclasses import dataclass
from functools import cached_property

from pipelines.world.camera import Camera
from pipelines.world.geometry import Point, Point3
from pipelines.world.people.frames import Frame
from pipelines.world.people.look import Look
from pipelines.world.people.measures import Measures
from pipelines.world.people.pose import Pose
from pipelines.world.people.skeleton import Skeleton
from pipelines.world.styles.painter import Painter


@dataclass(frozen=True)
class Sight:
    painter: Painter
    camera: Camera
    look: Look
    measures: Measures
    pose: Pose
    bones: Skeleton
    drift: tuple[float, float, float]  # metres that what hangs loose trails behind
    t: float
    wind: float

    def at(self, point: Point3) -> Point:
        """(column, row) of a point in space."""
        column, row, _ = self.camera.project(point)
        return column, row

    @cached_property
    def scale(self) -> float:
        """Pixels per metre at the body."""
        return self.camera.scale_at(self.bones.pelvis.origin[2])

    def pixels(self, metres: float) -> float:
        return metres * self.scale

    @cached_property
    def facing(self) -> float:
        """Radians between the chest and the camera: 0 seen from the front, ± π/2 in profile, π from behind."""
        forward = self.bones.chest.forward
        return math.atan2(forward[0], -forward[2])

    @property
    def detail(self) -> float:
        """Resolution at which silhouettes are united: coarse for large bodies, whose outlines are long."""
        return 2.0 if self.scale < 200 else 1.0 if self.scale < 500 else 0.5

    @property
    def fine(self) -> bool:
        """Whether the body is large enough in the frame for seams and buttons."""
        return self.scale * self.measures.height > 190


def seen_from_front(frame: Frame, angle: float) -> bool:
    """Whether the skin of a trunk at that angle (0 is its front) is turned to the camera."""
    return math.sin(angle) * frame.right[2] + math.cos(angle) * frame.forward[2] < 0.02
