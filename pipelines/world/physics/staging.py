"""Stories told by physics: "hits the backboard, bounces off the rim and rolls" is a launch that has to be found.

The first contact is solved in closed form, the rest is simulated; a try ends at its first wrong contact, and the next
tries change the best one a little. The same seed finds the same launch.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pymunk

from pipelines.world.physics.contacts import RATE, STEP, Flight
from pipelines.world.physics.space import Space, Start
from pipelines.world.physics.surfaces import surface_named
from pipelines.world.place import PlaceKind, Segment
from pipelines.world.things.solid import Solid

TRIES, WHOLE_TRIES = 200, 30  # launches that are tried; those of them that are simulated to the end
JUDGED = 5.0  # seconds after which the end of a story can be told
LENIENCE = 0.014  # by how much a story may be told less well after every try
PATIENCE = 2.2  # seconds without a first contact after which a try is given up
SETTLED, LANDS = 0.8, 2.2  # a ball that shall roll does so after this share of the shot; seconds of its first flight
WORN = 0.56  # bounce of a ball that shall roll soon
WAY = (0.8, 2.7)  # metres that it may run after it came down from a rim
_AGAINST = {"hit_backboard": "backboard", "bounce_rim": "rim", "hit_wall": "wall"}
_ON_FLOOR = ("roll", "bounce", "fall", "hit_ground", "drop", "roll_away", "stop")


@dataclass(frozen=True)
class Story:
    """What has to be met, in order, and how it ends."""

    meets: tuple[str, ...]  # first words of the names of segments, "hoop" (falls through it), "floor"
    rolls: bool  # rolls at the end

    @property
    def gentle(self) -> bool:
        """Whether it can end in view: what comes off a rim falls at its foot, what comes off a wall runs far."""
        return self.rolls and "rim" in self.meets

    @property
    def shows_stage(self) -> bool:
        """Whether the camera has to show the hoop from beginning to end."""
        return bool({"rim", "hoop", "backboard"} & set(self.meets))


@dataclass(frozen=True)
class Found:
    """A launch that makes the story come true."""

    start: Start
    flight: Flight
    tries: int


def story_of(events: Sequence[str], place: PlaceKind) -> Story | None:
    """What the events ask for in this place, or None if nothing here can be met."""
    names = {segment.name for segment in place.obstacles}
    meets: list[str] = []
    for event in events:
        name = "hoop" if event == "score_hoop" else "floor" if event in _ON_FLOOR else _AGAINST.get(event)
        if name == "hoop" and {"rim_front", "rim_back"} <= names:
            known = True
        else:
            known = name == "floor" or any(each.startswith(name or "?") for each in names)
        if name and known and (not meets or meets[-1] != name):
            meets.append(name)
    if not set(meets) - {"floor"}:
        return None
    if meets[-1] != "floor":
        meets.append("floor")
    return Story(tuple(meets), "bounce" not in events or "roll" in events)


def find(story: Story, solid: Solid, place: PlaceKind, seconds: float, seed: int) -> Found:
    """The launch that tells the story, or the one that came nearest to it within TRIES."""
    rng = np.random.default_rng([seed, 404])
    aim = _aim(story, solid, place, bounce_for(story, solid, place, seconds))
    best, whole = (math.inf, rng.random(3)), 0
    for number in range(1, TRIES + 1):
        near = best[0] < 8 and rng.random() < 0.75
        choice = np.clip(best[1] + rng.normal(0, 0.07, 3), 0, 1) if near else rng.random(3)
        opening = _Watcher(story, place, seconds, until_falling=True)
        Space(place, [solid], [_nearly_there(aim(choice), solid, place, story)]).run(min(seconds, 5.0), opening)
        miss = opening.miss()
        patience = number * LENIENCE
        if miss <= patience and whole < WHOLE_TRIES:
            whole += 1
            watcher = _Watcher(story, place, seconds)
            flight = Space(place, [solid], [aim(choice)]).run(min(seconds, JUDGED), watcher)
            miss = watcher.miss() or (_untidy(flight, place, seconds - JUDGED) if story.gentle else 0.0)
            if miss <= patience:
                break
        if miss < best[0]:
            best = (miss, choice)
    else:
        choice = best[1]
    if seconds > JUDGED or miss > patience:
        flight = Space(place, [solid], [aim(choice)]).run(seconds, _Watcher(story, place, seconds, strict=False))
    return Found(aim(choice), flight, number)


def _nearly_there(start: Start, solid: Solid, place: PlaceKind, story: Story) -> Start:
    """The start a little before anything can be met, so that a try costs only the part that matters."""
    edge = min(min(s.start[0], s.end[0]) - s.radius for s in place.obstacles) - solid.radius - 0.06
    x, y, vx, vy = start.x, start.y, start.vx, start.vy
    drag = 0.5 * place.medium * solid.drag * solid.section / solid.mass
    steps = 0
    while x + vx * STEP < edge and y > solid.radius and vx > 0.1:
        slow = math.hypot(vx, vy) * drag
        vx, vy = vx - slow * vx * STEP, vy - (place.gravity + slow * vy) * STEP
        x, y, steps = x + vx * STEP, y + vy * STEP, steps + 1
    return replace(start, x=x, y=y, vx=vx, vy=vy, angle=start.spin * steps * STEP)


def bounce_for(story: Story, solid: Solid, place: PlaceKind, seconds: float) -> float:
    """The ball's bounce: soft enough to have come to rolling before the shot ends."""
    if not story.rolls:
        return solid.bounce
    height = max((max(s.start[1], s.end[1]) for s in place.obstacles if s.name != "wall"), default=2.0) * 0.85
    fall = math.sqrt(2 * height / max(place.gravity, 0.05))
    hops = max(0.1, seconds * SETTLED - LANDS) / (2 * fall)  # sum of e + e² + e³ …
    return min(solid.bounce, WORN, max(0.42, hops / (1 + hops)))


def _untidy(flight: Flight, place: PlaceKind, left: float) -> float:
    """0 if it will end in what the camera looks at, rolling; `left` is the seconds that it still rolls."""
    right = max((s.start[0] for s in place.obstacles if s.name != "wall"), default=2.0)
    end, before = flight.positions[-1, 0, 0], flight.positions[-RATE // 20, 0, 0]
    speed, slowing = (end - before) * 20, surface_named(place.surface).rolling * place.gravity
    rolls = min(max(0.0, left), abs(speed) / max(slowing, 1e-3))
    end += math.copysign(abs(speed) * rolls - slowing * rolls * rolls / 2, speed)
    rolling = flight.grounded[int(0.92 * len(flight.grounded)) :, 0].mean()
    return _outside(right - end, 1.6, 4.0) + 0.5 * _outside(rolling, 0.5, 1.0)


def _segment(place: PlaceKind, name: str) -> Segment:
    return next(segment for segment in place.obstacles if segment.name.startswith(name))


def _aim(story: Story, solid: Solid, place: PlaceKind, bounce: float) -> Callable[[np.ndarray], Start]:
    """A function from three numbers in 0 to 1 (steepness, point met first, backspin) to a start."""
    first = story.meets[0]
    if first == "hoop":
        front, back = _segment(place, "rim_front"), _segment(place, "rim_back")
        low, high = (front.start[0] + 0.14, front.start[1]), (back.start[0] - 0.14, back.start[1])
    else:
        segment = _segment(place, first)
        reach = solid.radius + segment.radius
        low, high = sorted((segment.start, segment.end), key=lambda point: point[1])
        if first == "wall":
            low, high = (low[0], 0.6), (low[0], min(high[1], 2.4))
        if first == "rim":
            low, high = (low[0] - reach * 0.8, low[1] + reach * 0.5), (low[0] + reach * 0.5, low[1] + reach)
        else:
            low, high = (low[0] - reach, low[1] + 0.5), (high[0] - reach, high[1] - 0.06)
    x, y = min(-2.4, low[0] - 4.2), 2.0

    drag = 0.5 * place.medium * solid.drag * solid.section / solid.mass

    def start(choice: np.ndarray) -> Start:
        angle = math.radians(46 + 16 * choice[0])
        tx, ty = (a + (b - a) * choice[1] for a, b in zip(low, high, strict=True))
        speed = _speed_to(tx - x, ty - y, angle, place.gravity, drag)
        return Start(x, y, speed * math.cos(angle), speed * math.sin(angle), spin=2 + 12 * choice[2], bounce=bounce)

    return start


def _speed_to(dx: float, dy: float, angle: float, gravity: float, drag: float) -> float:
    """Speed in m/s that takes a throw at an angle through a point; `drag` is deceleration over speed squared."""
    speed = math.sqrt(gravity * dx * dx / (2 * math.cos(angle) ** 2 * max(dx * math.tan(angle) - dy, 0.05)))
    for _ in range(4 if drag else 0):
        error = dy - _height_at(dx, speed, angle, gravity, drag)
        slope = (_height_at(dx, speed * 1.001, angle, gravity, drag) - (dy - error)) / (speed * 0.001)
        speed += error / max(slope, 0.05)
    return speed


def _height_at(dx: float, speed: float, angle: float, gravity: float, drag: float) -> float:
    """Height in metres of a throw with drag where it has come dx far."""
    x = y = 0.0
    vx, vy, step = speed * math.cos(angle), speed * math.sin(angle), 1 / 240
    while x < dx and y > -20:
        slow = math.hypot(vx, vy) * drag
        vx, vy = vx - slow * vx * step, vy - (gravity + slow * vy) * step
        x, y = x + vx * step, y + vy * step
    return y - vy * (x - dx) / max(vx, 1e-3)


class _Watcher:
    """Follows one try and says when it has gone wrong."""

    def __init__(
        self, story: Story, place: PlaceKind, seconds: float, until_falling: bool = False, strict: bool = True
    ) -> None:
        """`until_falling` ends the try as soon as it falls freely; `strict=False` lets a wrong try go on."""
        remaining = min(max(1.5, seconds - LANDS), 5.0)
        self.gentle = (-WAY[1] / remaining, -WAY[0] / remaining)  # m/s along x as it lands
        self.story, self.until_falling, self.strict = story, until_falling, strict
        self.met: list[str] = []
        self.seen = 0
        self.wrong = False
        self.before = math.inf
        self.landed: float | None = None  # speed along x when it falls freely
        self.clear = min(min(s.start[1], s.end[1]) for s in place.obstacles if s.name != "wall") - 0.3  # metres
        names = {segment.name: segment for segment in place.obstacles}
        self.hoop = (names["rim_front"], names["rim_back"]) if {"rim_front", "rim_back"} <= set(names) else None

    def __call__(self, space: Space) -> bool:
        if self.hoop is not None:
            self._fall_through(space)
        if len(space.contacts) > self.seen:
            self._meet_all(space)
        if not self.met and space.time > PATIENCE:
            self.wrong = True
        if self.until_falling and len(self.met) == len(self.story.meets) - 1 and self._falls(space.bodies[0]):
            self._meet("floor")
        return (self.wrong and self.strict) or (self.until_falling and "floor" in self.met)

    def _falls(self, body: pymunk.Body) -> bool:
        """Notes whether nothing but the floor is left to be met, and how fast it then goes aside."""
        if body.velocity.y < -1 and body.position.y < self.clear and self.landed is None:
            self.landed = body.velocity.x
        return self.landed is not None

    def _meet_all(self, space: Space) -> None:
        for contact in space.contacts[self.seen :]:
            self._meet(next((name for name in self.story.meets if contact.other.startswith(name)), contact.other))
        self.seen = len(space.contacts)

    def _meet(self, name: str) -> None:
        if self.met and self.met[-1] == name:
            return
        self.met.append(name)
        wanted = self.story.meets[: len(self.met)]
        if len(self.met) > len(self.story.meets) or tuple(self.met) != wanted:
            self.wrong = True

    def _fall_through(self, space: Space) -> None:
        """Notes the moment at which the ball falls through the hoop; the net then takes most of its way aside."""
        body, (front, back) = space.bodies[0], self.hoop
        x, y = body.position
        if y < front.start[1] <= self.before and front.start[0] < x < back.start[0]:
            self._meet("hoop")
            body.velocity = body.velocity.x * 0.15, body.velocity.y * 0.6
        self.before = y

    def miss(self) -> float:
        """How far the try is from the story told well: 0 is good, from 8 on it is another story."""
        right = 0
        for met, wanted in zip(self.met, self.story.meets, strict=False):
            if met != wanted:
                break
            right += 1
        missing = len(self.story.meets) - right
        if self.wrong or missing:
            return 8.0 + 10.0 * max(missing, 1)
        return _outside(self.landed, *self.gentle) if self.story.gentle and self.landed is not None else 0.0


def _outside(value: float, low: float, high: float) -> float:
    return max(0.0, low - value, value - high)
