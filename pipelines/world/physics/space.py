"""Bodies in a place, moved in fixed steps of 1/960 s; every contact is kept with the time at which surfaces met."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pymunk

from pipelines.world.physics.forces import Air, force_on
from pipelines.world.physics.surfaces import PLAIN, Surface, kept, surface_named
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

RATE = 960  # steps a second
STEP = 1 / RATE
SEA_BED = -6.0  # metres: the floor under open water
AUDIBLE = 0.12  # m/s of approach, below which a touch makes no sound
APART = 0.045  # seconds: touches of one pair nearer in time than this are one contact
MOVING, FIXED = 1, 2  # collision types


@dataclass(frozen=True)
class Start:
    """How a body sets out."""

    x: float  # metres: centre
    y: float
    vx: float = 0.0  # m/s
    vy: float = 0.0
    angle: float = 0.0  # radians
    spin: float = 0.0  # rad/s
    bounce: float | None = None  # in place of the solid's own
    push: "Push | None" = None
    hovers: bool = False  # magic holds it in the air
    twirl: float = 0.0  # rad/s about the vertical


@dataclass(frozen=True)
class Push:
    """A kick or a nudge: the motion that a body has from then on."""

    time: float  # seconds
    vx: float  # m/s
    vy: float
    spin: float = 0.0  # rad/s


@dataclass(frozen=True)
class Contact:
    """Two surfaces that met."""

    time: float  # seconds
    body: int
    other: str  # "floor", a segment's name, or "body 3"
    material: str  # of the other
    speed: float  # m/s of approach
    impulse: float  # N s
    point: tuple[float, float]  # metres


@dataclass(frozen=True)
class Flight:
    """What became of all bodies."""

    positions: np.ndarray  # (steps, bodies, 2) float64 metres
    angles: np.ndarray  # (steps, bodies) radians
    grounded: np.ndarray  # (steps, bodies) bool: touches the floor
    contacts: tuple[Contact, ...]  # in order of time
    complete: bool = True  # False: given up because a watcher said so


class Space:
    """One simulation."""

    def __init__(self, place: PlaceKind, solids: Sequence[Solid], starts: Sequence[Start], wind: float = 0.0) -> None:
        """`wind` is the speed of the air in m/s along x."""
        self.place, self.solids, self.starts = place, solids, starts
        self.space = pymunk.Space()
        self.space.gravity = (0, -place.gravity)
        self.space.iterations = 14
        self.space.collision_slop = 2e-4
        self.space.collision_bias = 0.5**60
        self.time, self.steps = 0.0, 0
        self.contacts: list[Contact] = []
        self._last: dict[tuple[int, str], float] = {}
        self._approach: dict[int, tuple[float, float, tuple[float, float]]] = {}
        self.floor = surface_named(place.surface)
        self._build_place()
        air = Air(place.medium, wind, water=place.surface == "water" and place.medium < 100)
        self.bodies = [
            self._add(i, solid, start, air) for i, (solid, start) in enumerate(zip(solids, starts, strict=True))
        ]
        self.touching = [-1] * len(self.bodies)  # step at which each last touched the floor
        self.space.on_collision(MOVING, FIXED, pre_solve=self._meet, post_solve=self._met)
        self.space.on_collision(MOVING, MOVING, pre_solve=self._meet, post_solve=self._met)

    def _build_place(self) -> None:
        water = self.place.surface == "water" and self.place.medium < 100
        level, surface = (SEA_BED, "sand") if water else (0.0, self.place.surface)
        self._fix(pymunk.Segment(self.space.static_body, (-500, level - 1), (500, level - 1), 1.0), "floor", surface)
        for segment in self.place.obstacles:
            shape = pymunk.Segment(self.space.static_body, segment.start, segment.end, segment.radius)
            self._fix(shape, segment.name or "wall", segment.material)

    def _fix(self, shape: pymunk.Shape, name: str, material: str) -> None:
        shape.collision_type, shape.label, shape.material = FIXED, name, material
        shape.surface, shape.bounce = surface_named(material), 1.0
        self.space.add(shape)

    def _add(self, index: int, solid: Solid, start: Start, air: Air) -> pymunk.Body:
        body = pymunk.Body(solid.mass, solid.inertia)
        body.position, body.velocity = (start.x, start.y), (start.vx, start.vy)
        body.angle, body.angular_velocity, body.index = start.angle, start.spin, index
        if solid.round:
            shape: pymunk.Shape = pymunk.Circle(body, solid.radius)
        else:
            shape = pymunk.Poly(body, solid.corners, radius=0.0005)
        shape.collision_type, shape.label, shape.material = MOVING, f"body {index}", solid.material
        shape.surface = Surface(1.0, solid.friction, PLAIN.rolling)
        shape.bounce = solid.bounce if start.bounce is None else start.bounce
        force = force_on(solid, air, lambda: self.touching[index] >= self.steps - 1, self.floor.rolling)
        if force is not None:
            body.velocity_func = force
        self.space.add(body, shape)
        return body

    # ---- contacts
    def _meet(self, arbiter: pymunk.Arbiter, space: pymunk.Space, data: object) -> None:
        a, b = arbiter.shapes
        points = arbiter.contact_point_set
        speed, depth, where = 0.0, 0.0, points.points[0].point_a
        for point in points.points:
            towards = a.body.velocity_at_world_point(point.point_a) - b.body.velocity_at_world_point(point.point_b)
            approach = towards.dot(points.normal)
            if approach > speed:
                speed, depth, where = approach, -point.distance, point.point_a
        lively = b.surface.lively if b.collision_type == FIXED else 0.9
        bounce = a.bounce * lively if b.collision_type == FIXED else math.sqrt(a.bounce * b.bounce) * lively
        arbiter.restitution = kept(bounce, speed)
        arbiter.friction = math.sqrt(a.surface.grip * b.surface.grip)
        if b.label == "floor":
            self.touching[a.body.index] = self.steps
        self._approach[a.body.index, b.label] = (speed, depth, (where.x, where.y))

    def _met(self, arbiter: pymunk.Arbiter, space: pymunk.Space, data: object) -> None:
        a, b = arbiter.shapes
        key = (a.body.index, b.label)
        speed, depth, where = self._approach[key]
        if speed < AUDIBLE or self.time - self._last.get(key, -1.0) < APART:
            return
        self._last[key] = self.time
        time = self.time + STEP - min(max(depth, 0.0) / speed, STEP)
        impulse = arbiter.total_impulse.length
        self.contacts.append(Contact(time, a.body.index, b.label, b.material, speed, impulse, where))

    # ---- running
    def run(self, seconds: float, give_up: Callable[["Space"], bool] | None = None) -> Flight:
        """Simulates so many seconds; stops early when `give_up`, asked after every step, says so."""
        count = math.ceil(seconds * RATE) + 1
        positions = np.empty((count, len(self.bodies), 2))
        angles = np.empty((count, len(self.bodies)))
        grounded = np.zeros((count, len(self.bodies)), bool)
        done, complete = count, True
        for i in range(count):
            if i:
                self._step()
            for j, body in enumerate(self.bodies):
                positions[i, j], angles[i, j] = body.position, body.angle
                grounded[i, j] = self.touching[j] >= self.steps - 2
            if give_up is not None and give_up(self):
                done, complete = i + 1, False
                break
        positions, angles = positions[:done], angles[:done]
        for j, solid in enumerate(self.solids):
            self._lift_out(positions[:, j], angles[:, j], solid)
        contacts = tuple(sorted(self.contacts, key=lambda contact: contact.time))
        return Flight(positions, angles, grounded[:done], contacts, complete)

    def _step(self) -> None:
        for body, start in zip(self.bodies, self.starts, strict=True):
            push = start.push
            if push is not None and self.time <= push.time < self.time + STEP:
                body.velocity, body.angular_velocity = (push.vx, push.vy), push.spin
        self.space.step(STEP)
        self.time += STEP
        self.steps += 1

    def _lift_out(self, path: np.ndarray, angles: np.ndarray, solid: Solid) -> None:
        """Moves recorded positions out of what is fixed: within the step of an impact the solver lets bodies overlap."""
        if self.place.surface != "water":
            path[:, 1] = np.maximum(path[:, 1], solid.lowest(angles))
        if not solid.round:
            return
        for segment in self.place.obstacles:
            start, end = np.array(segment.start), np.array(segment.end)
            along = end - start
            share = np.clip((path - start) @ along / max(along @ along, 1e-9), 0, 1)
            away = path - (start + share[:, None] * along)
            distance = np.hypot(*away.T)
            apart = solid.radius + segment.radius
            inside = (distance < apart) & (distance > 1e-6)
            path[inside] += away[inside] * (apart / distance[inside] - 1)[:, None]
