"""A person as an actor: a look, a motion, a face that lives, and a head that can be replaced."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import skia

from pipelines.world.actor import Happening, Role, Shadow
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3, clamp, polygon
from pipelines.world.people.body import draw_body
from pipelines.world.people.expression import Expression
from pipelines.world.people.head import DrawnHead, Head
from pipelines.world.people.helmet import HelmetHead
from pipelines.world.people.look import Look
from pipelines.world.people.measures import measures_of
from pipelines.world.people.motion import Performer, in_place, motion_of
from pipelines.world.people.pose import Pose, mirrored, placed
from pipelines.world.people.robot import RobotHead
from pipelines.world.people.sight import Sight
from pipelines.world.people.skeleton import ankle_of, solve
from pipelines.world.styles.painter import Painter

LAG = 0.11  # seconds by which what hangs loose is behind the body


def head_for(look: Look) -> Head:
    """Who draws the head of a look. A cameo's own head is put in its place by `Person(role, look, head)`."""
    return {"drawn": DrawnHead, "helmet": HelmetHead, "robot": RobotHead}[look.head](look)


class Person:
    """An actor (see pipelines.world.actor.Actor)."""

    def __init__(self, role: Role, look: Look, head: Head | None = None) -> None:
        self.role, self.look = role, look
        self.measures = measures_of(look)
        self.head = head or head_for(look)
        self.performer = Performer(role, look, self.measures)
        self.motion = motion_of(self.performer)
        self.expression = Expression.of(role, look)
        self.pose = lru_cache(maxsize=8)(self._pose)

    def position(self, t: float) -> Point3:
        """Middle of the body over the ground, metres."""
        return self.role.x + self.role.heading * self.motion.speed * t, self.motion.level, self.role.z

    def extent(self) -> tuple[float, float]:
        """(length, height) as performed, hat included."""
        tall = 0.04 * self.look.height if self.look.hat else 0.0
        return self.motion.length, self.motion.height + tall

    def _pose(self, t: float) -> Pose:
        """The body at a time, in the world."""
        pose = self.motion.pose(t)
        if self.motion.gestures:
            pose = self.expression.gestured(pose, t)
        pose = replace(pose, face=self.expression.face(pose.face, t, self.motion.attends))
        if self.role.heading < 0:
            pose = mirrored(pose)
        return placed(pose, self.role.x, self.role.z)

    def _drift(self, t: float) -> tuple[float, float, float]:
        """(metres that loose things trail along x, upwards, radians that folds trail behind the body's turn)."""
        now, before = self.pose(t), self.pose(t - LAG)
        dx = clamp((before.root[0] - now.root[0]) * 0.8, -0.25, 0.25)
        dx += -0.06 * self.role.wind * self.role.heading * (1 + 0.5 * math.sin(t * 1.9))
        turn = now.yaw - before.yaw
        dx += clamp((before.face.yaw - now.face.yaw) * 0.10, -0.12, 0.12)
        return dx, (before.root[1] - now.root[1]) * 0.8, turn

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        """Paints the person into the frame."""
        pose = self.pose(t)
        bones = solve(pose, self.measures, self.look.stoop)
        sight = Sight(painter, camera, self.look, self.measures, pose, bones, self._drift(t), t, self.role.wind)
        painter.seed = self.role.seed + self.role.index
        if self.motion.behind:
            self.motion.behind(sight)
        if self.motion.waterline:
            with painter.clipped(_above_water(camera, bones.pelvis.origin, t)):
                draw_body(sight, self.head)
        else:
            draw_body(sight, self.head)
        if self.motion.before:
            self.motion.before(sight)

    def shadows(self, t: float) -> Sequence[Shadow]:
        """One soft spot under the body, a darker one under each foot."""
        pose, m = self.pose(t), self.measures
        if self.motion.waterline:
            return ()
        wide = 0.42 * m.height if self.motion.lying else 0.16 * m.height
        spots = [Shadow(pose.root[0], pose.root[2], wide, max(0.0, pose.root[1] - m.hip_height))]
        for foot in pose.feet:
            ankle = ankle_of(foot, m)
            ahead = math.sin(foot.heading) * 0.5 * m.ball
            spots.append(
                Shadow(
                    ankle[0] + ahead,
                    ankle[2] - math.cos(foot.heading) * 0.4 * m.ball,
                    0.075 * m.height * (0.6 + 0.4 * abs(math.sin(foot.heading))),
                    max(0.0, foot.y) * 3,
                )
            )
        return spots

    def happenings(self) -> Sequence[Happening]:
        """Footsteps, landings, splashes."""
        seconds = self.role.seconds
        return [in_place(h, self.role) for h in self.motion.happenings if 0 <= h.time < seconds]


def _above_water(camera: Camera, at: Point3, t: float) -> skia.Path:
    """The part of the picture above the surface of the water, which laps at the body."""
    column, row, scale = camera.project((at[0], 0.0, at[2]))
    top, reach = row - 4 * scale, 3 * scale
    waves = [
        (column + reach * (i / 15 - 1), row + scale * 0.014 * math.sin(i * 1.3 + t * 5) + 0.01 * scale)
        for i in range(31)
    ]
    return polygon([(column - reach, top), *waves, (column + reach, top)])
