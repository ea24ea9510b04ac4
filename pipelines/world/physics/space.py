"""Bodies in a place, moved in fixed steps of 1/960 s; every contact is kept with the time at which surfaces met."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pymunk

from pipelines.world.physics.contacts import RATE, STEP, Contact, Flight, knocks_of
from pipelines.world.physics.forces import Air, force_on
from pipelines.world.physics.surfaces import PLAIN, Surface, kept, surface_named
from pipelines.world.place import PlaceKind
from pipelines.world.things.solid import Solid

NEAR = 0.003  # metres over the floor that still count as touching
SEA_BED = -6.0  # metres: the floor under open water
AUDIBLE = 0.12  # m/s of approach, below which a touch makes no sound
APART = 0.045  # seconds: touches of one pair nearer in time than this are one contact
ROUND, FIXED, EDGED = 1, 2, 3  # collision types: only what is round is asked about every step


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
        self._pushes = {i: start.push for i, start in enumerate(starts) if start.push is not None}
        self._last: dict[tuple[int, str], float] = {}
        self._approach: dict[int, tuple[float, float, tuple[float, float]]] = {}
        self.floor = surface_named(place.surface)
        self._build_place()
        air = Air(place.medium, wind, water=place.surface == "water" and place.medium < 100)
        self.bodies = [
            self._add(i, solid, start, air) for i, (solid, start) in enumerate(zip(solids, starts, strict=True))
        ]
        self.touching = [-1] * len(self.bodies)  # step at which each last touched the floor
        for other in (ROUND, FIXED, EDGED):
            self.space.on_collision(ROUND, other, pre_solve=self._meet, post_solve=self._met)

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
        shape.elasticity, shape.friction = shape.surface.lively, math.sqrt(shape.surface.grip)
        self.space.add(shape)

    def _add(self, index: int, solid: Solid, start: Start, air: Air) -> pymunk.Body:
        body = pymunk.Body(solid.mass, solid.inertia)
        body.position, body.velocity = (start.x, start.y), (start.vx, start.vy)
        body.angle, body.angular_velocity, body.index = start.angle, start.spin, index
        if solid.round:
            shape: pymunk.Shape = pymunk.Circle(body, solid.radius)
        else:
            shape = pymunk.Poly(body, solid.corners, radius=0.0005)
        shape.collision_type = ROUND if solid.round else EDGED
        shape.label, shape.material = f"body {index}", solid.material
        shape.surface = Surface(1.0, solid.friction, PLAIN.rolling)
        shape.bounce = solid.bounce if start.bounce is None else start.bounce
        shape.elasticity, shape.friction = shape.bounce, math.sqrt(solid.friction)
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
        bodies, step, touching = self.bodies, self.space.step, self.touching
        places: list[tuple[float, float]] = []
        angles: list[float] = []
        touches: list[bool] = []
        complete = True
        for i in range(count):
            if i:
                if self._pushes:
                    self._push()
                step(STEP)
                self.steps = i
                self.time = i * STEP
            for body in bodies:
                places.append(tuple(body.position))
                angles.append(body.angle)
            touches += [touched >= i - 2 for touched in touching]
            if give_up is not None and give_up(self):
                complete = False
                break
        shape = (-1, len(bodies))
        return self._flight(
            np.array(places).reshape(*shape, 2),
            np.array(angles).reshape(shape),
            np.array(touches).reshape(shape),
            complete,
        )

    def _flight(self, places: np.ndarray, angles: np.ndarray, touches: np.ndarray, complete: bool) -> Flight:
        for j, solid in enumerate(self.solids):
            self._lift_out(places[:, j], angles[:, j], solid)
            if not solid.round:
                touches[:, j] = places[:, j, 1] - solid.lowest(angles[:, j]) < NEAR
        knocks = [knock for knock in knocks_of(places, angles, touches, self.solids, self.place)]
        contacts = tuple(sorted([*self.contacts, *knocks], key=lambda contact: contact.time))
        return Flight(places, angles, touches, contacts, complete)

    def _push(self) -> None:
        """Gives the kicks and nudges whose time has come."""
        for index, push in list(self._pushes.items()):
            if self.time >= push.time:
                self.bodies[index].velocity, self.bodies[index].angular_velocity = (push.vx, push.vy), push.spin
                del self._pushes[index]

    def _lift_out(self, path: np.ndarray, angles: np.ndarray, solid: Solid) -> None:
        """Moves recorded positions out of what is fixed: in the step of an impact the solver lets bodies overlap."""
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
