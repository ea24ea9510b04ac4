"""Birds: one rig for songbirds, owls, ducks and penguins; a kind is a plumage and its proportions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.world.actor import Actor, Happening, Role, Shadow
from pipelines.world.animals.bird_motions import BEAT, MOTIONS, BirdPose, Flyer, down_strokes, stance
from pipelines.world.animals.bird_painting import BirdFigure, Plumage, paint_bird, reach_of
from pipelines.world.animals.build import HeadShape
from pipelines.world.animals.coat import Coat, coloured
from pipelines.world.animals.figure import View, view_of
from pipelines.world.animals.life import calls
from pipelines.world.animals.water import above_water
from pipelines.world.animals.worn import Wearer, worn_by
from pipelines.world.camera import Camera
from pipelines.world.geometry import Point3
from pipelines.world.styles.painter import Painter

ACTIONS = tuple(MOTIONS)
YOUNG = ("baby", "chick", "duckling", "young")


@dataclass(frozen=True)
class BirdKind:
    """Proportions in metres, plumage and habits of one kind of bird."""

    name: str
    flyer: Flyer
    plumage: Plumage
    coat: Coat
    altitude: float = 1.9  # metres at which it flies
    weight: float = 0.05
    call_gap: tuple[float, float] = (1.0, 2.2)
    sings: bool = False  # calls even when nothing asks for it


class Bird:
    """A performer with wings."""

    def __init__(self, role: Role, kind: BirdKind) -> None:
        self.role, self.kind = role, kind
        self.flyer = _young(kind.flyer) if any(name in YOUNG for name in role.attributes) else kind.flyer
        self.coat = coloured(kind.coat, role)
        self.plumage = replace(kind.plumage, coat=self.coat)
        self.worn = worn_by(role.attributes)
        self.action = role.action if role.action in MOTIONS else "stand"
        if self.action == "fly" and not self.flyer.flies:
            self.action = "walk"
        if role.cues and self.action in ("stand", "look"):
            self.action = "talk"

    @property
    def speed(self) -> float:
        """Metres per second."""
        return self.flyer.speeds.get(self.action, 0.0) * self.role.scale

    @property
    def _base(self) -> float:
        """Metres of the lowest point above the ground."""
        if self.action == "fly":
            return self.kind.altitude + 0.25 * (self.role.index % 3) + 0.12 * self.role.index
        if self.action == "swim" and self.role.surface != "water":
            return 0.9
        return 0.0

    def position(self, t: float) -> Point3:
        return self.role.x + self.role.heading * self.speed * t, self._base, self.role.z

    def pose(self, t: float) -> BirdPose:
        return MOTIONS[self.action](self.flyer, self.role, t, self._calls)

    @cached_property
    def _calls(self) -> tuple[float, ...]:
        """When it calls: often if it is asked to, now and then if it sings by nature, never while it says lines."""
        if self.role.cues or self.action == "sleep":
            return ()
        if self.action in ("talk", "sing", "laugh"):
            return calls(self.role, 0.7, 1.3, first=0.5)
        return calls(self.role, *self.kind.call_gap) if self.kind.sings or "happy" in self.role.attributes else ()

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        pose, position, scale = self.pose(t), self.position(t), self.role.scale
        facing = self.role.heading * pose.turn
        back, front, _ = self._box
        middle = (position[0] - facing * (back + front) / 2 * scale, position[1], position[2])
        view = view_of(camera, middle, facing, scale)
        far = view_of(camera, middle, facing, scale, self.flyer.stance * scale)
        figure = BirdFigure(self.flyer, self.plumage, pose, view, far, t)
        afloat = self.action == "swim" and self.role.surface == "water"
        with above_water(painter, camera, position, self.flyer.length * scale, t, afloat):
            paint_bird(painter, figure)
            root, flyer = figure.neck_root, self.flyer
            radii = (flyer.thick * 0.62, flyer.head.radius * 0.8)
            for item in self.worn:
                item.paint(painter, Wearer(view, figure.turned, flyer.head, root, radii), t)

    def shadows(self, t: float) -> Sequence[Shadow]:
        if self.action == "swim":
            return ()
        pose, (x, y, z), scale = self.pose(t), self.position(t), self.role.scale
        return [Shadow(x, z, self.flyer.length * 0.42 * scale, max(0.0, y + pose.lift * scale))]

    def happenings(self) -> Sequence[Happening]:
        heard = [*self._steps(), *self._beats(), *self._voices()]
        if self.action == "swim":
            times = [0.4 + 0.9 * n for n in range(int(self.role.seconds / 0.9))]
            heard += [self._at(at, "splash", "water", "paw", 0.15) for at in times]
        return sorted(heard, key=lambda h: h.time)

    def _at(self, at: float, kind: str, material: str, struck_by: str = "", strength: float = 0.4) -> Happening:
        x, y, z = self.position(at)
        size = self.role.scale * max(0.3, self.flyer.length)
        return Happening(
            round(at, 4), kind, (x, y + self.flyer.length * 0.5, z), material, struck_by, strength, size=size
        )

    def _steps(self) -> list[Happening]:
        times: list[float] = []
        if self.action in ("walk", "run"):
            times = [at for limb in (0, 1) for at in stance(self.flyer, self.action).landings(limb, self.role.seconds)]
        elif self.action in ("dance", "jump", "spin", "bounce"):
            times = [n * BEAT for n in range(1, int(self.role.seconds / BEAT) + 1)]
        return [
            self._at(at, "footstep", self.role.surface, "paw", self.kind.weight)
            for at in times
            if at < self.role.seconds
        ]

    def _beats(self) -> list[Happening]:
        if self.action != "fly":
            return []
        every = 1 if self.flyer.beats < 4 else 3
        times = down_strokes(self.flyer, self.role)[::every]
        return [self._at(at, "wingbeat", "feather", strength=min(0.6, 0.15 + self.flyer.length * 0.5)) for at in times]

    def _voices(self) -> list[Happening]:
        return [self._at(at, "call", self.kind.name, strength=0.6) for at in self._calls]

    @cached_property
    def _box(self) -> tuple[float, float, float]:
        """(back, front, top) in its own metres of everything that its poses reach during a few seconds."""
        nowhere = View(0, 0, 1, 1)
        moments = [0.17 * n for n in range(12)]
        figures = [BirdFigure(self.flyer, self.plumage, self.pose(t), nowhere, nowhere, t) for t in moments]
        points = [point for figure in figures for point in reach_of(figure)]
        return min(x for x, _ in points), max(x for x, _ in points), max(y for _, y in points)

    def extent(self) -> tuple[float, float]:
        back, front, top = self._box
        return (front - back) * self.role.scale, max(top, 0.3 * self.flyer.height) * self.role.scale


def _young(flyer: Flyer) -> Flyer:
    head: HeadShape = flyer.head
    return replace(flyer, head=replace(head, radius=head.radius * 1.15, eye_size=head.eye_size * 1.1))


def performed(role: Role, kind: BirdKind) -> Actor:
    return Bird(role, kind)
