"""Skateboarding: push, ride, and an ollie."""

import math

from pipelines.world.actor import Happening
from pipelines.world.geometry import bump, clamp, curve, disc, ease, lerp, mix, smooth
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.pose import Face, Foot, Hand, Pose
from pipelines.world.people.sight import Sight

DECK, WHEEL, LENGTH = 0.115, 0.028, 0.80  # metres: height of the deck, radius of a wheel, length of the board
PERIOD = 3.4  # seconds of push, ride, ollie, ride
SPEED = 3.0  # metres a second
OLLIE, AIR, RISE = 2.0, 0.52, 0.36  # seconds into the period, seconds, metres


@motion("skate", "slide")
def skate(performer: Performer) -> Motion:
    """Rides a board."""
    ride, m = _Ride(performer), performer.measures
    heard = _heard(performer.role.seconds, ride.start, ride.speed, performer.role.surface)
    height = m.height + DECK + 0.25 * RISE
    return Motion(ride.pose, 0.75 * m.height, height, ride.speed, happenings=heard, behind=ride.board)


_CROUCH = (
    (0, 0.3),
    (0.5, 0.45),
    (1.2, 0.35),
    (1.7, 0.8),
    (1.93, 1.0),
    (OLLIE + 0.10, 0.2),
    (OLLIE + AIR, 0.6),
    (OLLIE + AIR + 0.12, 1.0),
    (3.1, 0.3),
    (PERIOD, 0.3),
)  # seconds into the period, how low the rider crouches


class _Ride:
    """A rider and a board, at any time."""

    def __init__(self, performer: Performer) -> None:
        self.m = performer.measures
        self.speed = SPEED * self.m.pace
        self.start = 0.8 * performer.beat
        self.stance = 0.16 * self.m.height  # from the middle of the board to each foot

    def moment(self, t: float) -> float:
        """Seconds into the period."""
        return (t + self.start) % PERIOD

    def lifted(self, t: float) -> float:
        """Metres that the board is off the ground."""
        k = clamp((self.moment(t) - OLLIE) / AIR)
        return 4 * RISE * k * (1 - k)

    def pushing(self, t: float) -> float:
        """0 both feet on the board to 1 the rear foot beside it."""
        return curve(self.moment(t), ((0.10, 0), (0.30, 1), (0.95, 1), (1.2, 0)))

    def feet(self, t: float) -> tuple[Foot, Foot]:
        """(rear, front)"""
        u, push, air, x = self.moment(t), self.pushing(t), self.lifted(t), self.speed * t
        tilt, on = _tilt(u), DECK + air
        front = Foot(x + self.stance, 0.0, on + self.stance * math.sin(tilt), 0.75, -tilt * 0.5)
        stroke = curve(u, ((0.30, 0.9), (0.42, 0.75), (0.82, -1.1), (0.95, -0.9)))
        down = clamp((u - 0.36) / 0.08) * (1 - clamp((u - 0.80) / 0.10))
        along = lerp(x - self.stance, x + 0.30 * self.m.height * stroke, push)
        height = lerp(on - self.stance * math.sin(tilt) * (1 if tilt > 0 else 0.2), (1 - down) * 0.10, push)
        pitch = 0.6 * push * clamp(-stroke) - tilt * 0.3
        return Foot(along, lerp(0.0, -0.16, push), height, lerp(0.55, 1.35, push), pitch), front

    def hands(self, t: float) -> tuple[Hand, Hand]:
        """Arms that keep the balance: wide in the air."""
        low, push, wide = curve(self.moment(t), _CROUCH), self.pushing(t), ease(self.lifted(t) / RISE)
        left, right = (
            Hand(
                0.46 + 0.20 * wide + 0.10 * low,
                -0.62 + 0.45 * wide + 0.22 * low + 0.04 * math.sin(t * 2.3 + side),
                0.06 + 0.10 * side * push,
                flare=0.5,
            )
            for side in (-1, 1)
        )
        return left, right

    def pose(self, t: float) -> Pose:
        m, push, air = self.m, self.pushing(t), self.lifted(t)
        low, tuck = curve(self.moment(t), _CROUCH), air / RISE
        height = m.hip_height + DECK + 0.92 * air + 0.02 * tuck
        height -= (0.05 + 0.085 * low + 0.07 * push) * m.height
        return Pose(
            root=(self.speed * t + lerp(0.0, 0.10, push), height, -0.02 - 0.03 * push),
            feet=self.feet(t),
            hands=self.hands(t),
            yaw=0.55 + 0.25 * push,
            twist=0.15,
            bend=0.22 + 0.20 * low + 0.10 * push,
            lean=0.10 - 0.06 * ease(tuck),
            curl=0.05,
            face=Face(0.85, 0.10 * low, gaze=(0.3, 0.1 + 0.2 * low), smile=0.6, brow=0.3 * ease(tuck)),
        )

    def board(self, sight: Sight) -> None:
        """Paints the board under the feet."""
        heading = 1 if sight.pose.face.yaw > 0 else -1
        x = sight.pose.root[0] - heading * lerp(0.0, 0.10, self.pushing(sight.t))
        tilt = _tilt(self.moment(sight.t)) * heading
        _board(sight, x, self.lifted(sight.t), tilt, self.speed * sight.t / WHEEL)


def _tilt(u: float) -> float:
    """Radians that the board's nose is up: the tail is popped, then the board levels out in the air."""
    return 0.50 * bump(u, OLLIE + 0.06, 0.09) - 0.06 * bump(u, OLLIE + AIR, 0.08)


def _heard(seconds: float, start: float, speed: float, surface: str) -> tuple[Happening, ...]:
    """Wheels that roll from landing to ollie, the pop, the landing, pushing steps."""
    heard: list[Happening] = []
    begin = -start
    rolls_from = 0.0
    while begin < seconds:
        pop, land, push = begin + OLLIE, begin + OLLIE + AIR, begin + 0.44
        at = [(speed * time, 0.0, 0.0) for time in (push, pop, land, rolls_from)]
        if 0 <= push < seconds:
            heard.append(Happening(push, "footstep", at[0], surface, "shoe", 0.4))
        if 0 <= pop < seconds:
            heard.append(Happening(rolls_from, "roll", at[3], surface, "plastic", 0.35, seconds=pop - rolls_from))
            heard.append(Happening(pop, "impact", at[1], surface, "wood", 0.45))
        if 0 <= land < seconds:
            heard.append(Happening(land, "impact", at[2], surface, "wood", 0.7))
            rolls_from = land
        begin += PERIOD
    if rolls_from < seconds and (not heard or heard[-1].kind != "roll"):
        heard.append(
            Happening(
                rolls_from, "roll", (speed * rolls_from, 0, 0), surface, "plastic", 0.35, seconds=seconds - rolls_from
            )
        )
    return tuple(sorted(heard, key=lambda h: h.time))


def _board(sight: Sight, x: float, lift: float, tilt: float, turned: float) -> None:
    """The board, seen from its side."""
    painter = sight.painter

    def at(along: float, up: float) -> tuple[float, float]:
        c, s = math.cos(tilt), math.sin(tilt)
        return sight.at((x + along * c - up * s * 0.5, lift + DECK + along * s * 0.8 + up, -0.02))

    half = LENGTH / 2
    for along in (-0.25, 0.25):
        wx, wy = at(along, -DECK + WHEEL)
        painter.line([at(along, -0.03), (wx, wy)], (150, 156, 168), sight.pixels(0.03))
        painter.body(disc(wx, wy, sight.pixels(WHEEL)), (240, 226, 150), sight.pixels(WHEEL), rim=0.4)
        for k in (0.0, math.pi):
            spot = (
                wx + math.cos(turned + k) * sight.pixels(WHEEL) * 0.5,
                wy + math.sin(turned + k) * sight.pixels(WHEEL) * 0.5,
            )
            painter.patch(disc(*spot, sight.pixels(0.006)), (120, 104, 70))
    top = [(-half, 0.045), (-half + 0.12, 0.0), (0, -0.004), (half - 0.12, 0.0), (half, 0.045)]
    deck = [at(a, b) for a, b in top] + [at(a, b - 0.024) for a, b in top[::-1]]
    colour = mix(sight.look.outfit.accent, (222, 70, 60), 0.7)
    painter.body(smooth(deck, tension=7), colour, sight.pixels(0.02))
    painter.line([at(a, b + 0.002) for a, b in top], (46, 42, 50), sight.pixels(0.010))
