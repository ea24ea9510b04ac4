"""Pace: an actor that does the same faster or slower, so that a man and his dog can run side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.world.actor import Actor, Happening, Role, Shadow, cast, kinds
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3
from pipelines.world.styles.painter import Painter

TRAVELS = 0.5  # metres a second from which somebody is on the way somewhere
SLOWEST, FASTEST = 0.6, 1.5  # beyond these a gait looks like slow motion or clockwork


@dataclass(frozen=True)
class Paced:
    """An actor in whose time `role.pace` seconds pass each second."""

    role: Role
    actor: Actor  # the same at its own pace

    def position(self, t: float) -> Point3:
        return self.actor.position(t * self.role.pace)

    def extent(self) -> tuple[float, float]:
        return self.actor.extent()

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        self.actor.draw(painter, camera, t * self.role.pace)

    def shadows(self, t: float) -> Sequence[Shadow]:
        return self.actor.shadows(t * self.role.pace)

    def happenings(self) -> Sequence[Happening]:
        return [replace(h, time=h.time / self.role.pace) for h in self.actor.happenings()]


def play(role: Role) -> Actor:
    """The actor that plays a role, at the role's pace. Raises KeyError for a kind that nobody draws."""
    if role.pace == 1.0:
        return cast(role)
    return Paced(role, cast(replace(role, pace=1.0, seconds=role.seconds * role.pace)))


def abreast(roles: Sequence[Role]) -> list[Role]:
    """The roles, those that travel the same way at one speed: the geometric mean of their own."""
    speeds = [_speed(role) for role in roles]
    leader = next((speed for speed in speeds if abs(speed) > TRAVELS), 0.0)
    together = [i for i, speed in enumerate(speeds) if abs(speed) > TRAVELS and speed * leader > 0]
    if len(together) < 2:
        return list(roles)
    product = 1.0
    for i in together:
        product *= abs(speeds[i])
    common = product ** (1 / len(together))
    paces = {i: min(max(common / abs(speeds[i]), SLOWEST), FASTEST) for i in together}
    return [replace(role, pace=round(paces[i], 4)) if i in paces else role for i, role in enumerate(roles)]


def _speed(role: Role) -> float:
    """Metres a second that a role travels, negative to the left; 0 for what physics moves."""
    if kinds()[role.kind].physical:
        return 0.0
    actor = cast(role)
    return (actor.position(role.seconds)[0] - actor.position(0.0)[0]) / role.seconds
