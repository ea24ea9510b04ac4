"""Dancing on a beat of 120 a minute: several moves, each eight beats, steps first."""

import math
from dataclasses import dataclass, replace

from pipelines.world.geometry import clamp, ease, lerp
from pipelines.world.people.motion import Motion, Performer, footsteps_heard, motion
from pipelines.world.people.pose import Face, Foot, Hand, Pose
from pipelines.world.people.skeleton import SIDES
from pipelines.world.people.steps import Footsteps, PelvisHeight, Step

BEAT = 0.5  # seconds
BEATS = 8  # of a move
MOVES = ("side", "groove", "spin", "kick")
BLEND = 0.45  # seconds over which the arms of one move turn into those of the next


@motion("dance")
def dance(performer: Performer) -> Motion:
    """Dances on the spot; of a couple, the second mirrors the first."""
    dancer = _Dancer(performer)
    m = performer.measures
    heard = footsteps_heard(performer, dancer.steps.landings(), 0.32)
    return Motion(dancer.pose, 0.72 * m.height, 1.06 * m.height, happenings=heard, attends=True)


@motion("spin")
def spin(performer: Performer) -> Motion:
    """Pirouettes, with pauses."""
    dancer = _Dancer(performer, ("spin",))
    m = performer.measures
    heard = footsteps_heard(performer, dancer.steps.landings(), 0.3)
    return Motion(dancer.pose, 0.6 * m.height, 1.06 * m.height, happenings=heard)


@dataclass(frozen=True)
class _Moment:
    """Where in the dance a time lies."""

    move: str
    beat: float  # 0 to 8 within the move
    number: int  # of the move
    since: float  # seconds since the move began


class _Dancer:
    def __init__(self, performer: Performer, moves: tuple[str, ...] = MOVES) -> None:
        self.performer, self.m = performer, performer.measures
        shift = (
            int(performer.role.rng(29).integers(len(moves)))
            if performer.role.index < 2 and len(moves) > 1
            else performer.role.index
        )
        self.moves = moves[shift % len(moves) :] + moves[: shift % len(moves)]
        self.width = 0.075 * self.m.height
        self.turns: list[tuple[float, float]] = []  # (start, radians) of every spin
        start = tuple(Foot(side * self.width, 0.0, 0, 0.25 + side * 0.3) for side in SIDES)
        self.steps = Footsteps((start[0], start[1]), self._plan(performer.role.seconds))
        self.root = PelvisHeight(self.steps, self.over, self.m, performer.role.seconds, self._wish, blur=0.06)

    def over(self, t: float) -> tuple[float, float]:
        return self.steps.mean(t, 0.20)

    def moment(self, t: float) -> _Moment:
        number = max(0, math.floor(t / (BEAT * BEATS)))
        since = t - number * BEAT * BEATS
        return _Moment(self.moves[number % len(self.moves)], since / BEAT, number, since)

    def _wish(self, t: float) -> float:
        """A bounce on every beat: low on it, high between."""
        bounce = 0.5 + 0.5 * math.cos(2 * math.pi * t / BEAT)
        deep = 0.004 if self.moment(t).move == "spin" else 0.015
        return self.m.hip_height * 0.996 - deep * self.m.height * bounce - 0.004 * self.m.height

    # ---- steps
    def _plan(self, seconds: float) -> list[Step]:
        steps: list[Step] = []
        number = 0
        while number * BEATS * BEAT < seconds + 1:
            move = self.moves[number % len(self.moves)]
            start = number * BEATS * BEAT
            steps += {"side": self._side, "groove": self._groove, "spin": self._spin, "kick": self._kick}[move](start)
            number += 1
        return steps

    def _step(
        self,
        side: int,
        land: float,
        x: float,
        z: float = 0.0,
        heading: float | None = None,
        rise: float = 0.05,
        quick: float = 0.34,
    ) -> Step:
        turned = 0.25 + SIDES[side] * 0.3 if heading is None else heading
        return Step(side, land - quick, land, Foot(x, z, 0, turned), rise, 0.0, 0.45)

    def _side(self, start: float) -> list[Step]:
        """Two beats to the right, two to the left: step, touch."""
        w, far = self.width, 0.20 * self.m.height
        steps = []
        for bar in (0, 4):
            t = start + bar * BEAT
            steps += [self._step(1, t + BEAT, w + far), self._step(0, t + 2 * BEAT, w + far - 1.2 * w, rise=0.07)]
            steps += [self._step(0, t + 3 * BEAT, -w), self._step(1, t + 4 * BEAT - 0.02, w, rise=0.07)]
        return steps

    def _groove(self, start: float) -> list[Step]:
        """A wide stand; weight from leg to leg."""
        w = self.width
        return [
            self._step(1, start + BEAT, 1.5 * w),
            self._step(0, start + 2 * BEAT, -1.5 * w),
            self._step(1, start + 7 * BEAT, w),
            self._step(0, start + 8 * BEAT - 0.02, -w),
        ]

    def _spin(self, start: float) -> list[Step]:
        """Prepares, turns once round in six small steps, opens."""
        w, base = self.width, 2 * math.pi * len(self.turns)
        begin = start + 1.6 * BEAT
        self.turns.append((begin, 2 * math.pi))
        steps = [self._step(0, start + BEAT, -1.3 * w, heading=base - 0.4)]
        for k in range(6):
            share = (k + 1) / 6
            angle, side = base + 2 * math.pi * share, k % 2 ^ 1
            land = begin + 0.10 + k * 0.30
            around = SIDES[side] * 0.85 * w
            foot_angle = angle + SIDES[side] * 0.15
            steps.append(
                Step(
                    side,
                    land - 0.24,
                    land,
                    Foot(around * math.cos(angle), around * math.sin(angle), 0, foot_angle),
                    0.045,
                    0.0,
                    0.4,
                )
            )
        end = base + 2 * math.pi
        steps += [
            self._step(1, start + 6.4 * BEAT, 1.25 * w, heading=end + 0.6),
            self._step(0, start + 7.2 * BEAT, -w, heading=end - 0.1),
        ]
        return steps

    def _kick(self, start: float) -> list[Step]:
        """Knees up in turn, on every beat."""
        w, lift = self.width, 0.15 * self.m.height
        steps = []
        for beat in range(7):
            side = (beat + 1) % 2
            steps.append(
                self._step(side, start + (beat + 1) * BEAT, SIDES[side] * w * 1.05, -0.02, rise=lift, quick=0.42)
            )
        return steps

    # ---- body
    def yaw(self, t: float) -> float:
        turned = sum(angle * ease((t - begin) / (3.9 * BEAT)) for begin, angle in self.turns)
        move = self.moment(t)
        return 0.25 + turned + (0.16 * math.sin(math.pi * move.beat) if move.move == "groove" else 0.0)

    def pose(self, t: float) -> Pose:
        now = self.moment(t)
        x, z = self.over(t)
        yaw = self.yaw(t)
        sway = math.sin(math.pi * t / BEAT)
        strong = {"side": 0.7, "groove": 1.3, "spin": 0.25, "kick": 0.5}[now.move]
        hands = self._hands(now, t)
        if now.since < BLEND and now.number:
            before = replace(
                now, move=self.moves[(now.number - 1) % len(self.moves)], beat=now.beat + BEATS, number=now.number - 1
            )
            old, k = self._hands(before, t), ease(now.since / BLEND)
            hands = tuple(_between(a, b, k) for a, b in zip(old, hands, strict=True))
        face_yaw = self._spotting(t, yaw)
        return Pose(
            root=(x + 0.018 * strong * sway, self.root.at(t), z),
            feet=self.steps.feet(t),
            hands=(hands[0], hands[1]),
            yaw=yaw,
            twist=-0.12 - 0.18 * strong * math.sin(math.pi * t / BEAT + 0.6),
            lean=0.045 * strong * sway,
            arch=-0.075 * strong * sway,
            hip_tilt=0.7 * strong * sway,
            curl=0.03 * math.cos(2 * math.pi * t / BEAT),
            face=Face(
                yaw=face_yaw,
                pitch=0.06 * math.cos(2 * math.pi * (t - 0.06) / BEAT),
                roll=-0.07 * strong * sway,
                smile=0.72,
                brow=0.25,
                squint=0.1,
            ),
        )

    def _spotting(self, t: float, yaw: float) -> float:
        """A dancer's head stays with the audience as long as it can, then whips round before the body."""
        for begin, angle in self.turns:
            u = (t - begin) / (3.9 * BEAT)
            if 0 < u < 1:
                settled = yaw - angle * ease(u) - 0.2
                ahead = settled + angle * ease((u - 0.30) / 0.34) - yaw
                return yaw + clamp(ahead, -1.1, 1.1)  # as far as a neck turns
        return yaw - 0.2

    def _hands(self, now: _Moment, t: float) -> tuple[Hand, Hand]:
        return {"side": _pumping, "groove": _waving_high, "spin": _opening, "kick": _punching}[now.move](now, t)


def _between(a: Hand, b: Hand, k: float) -> Hand:
    return Hand(
        lerp(a.out, b.out, k),
        lerp(a.up, b.up, k),
        lerp(a.forward, b.forward, k),
        b.grip if k > 0.5 else a.grip,
        lerp(a.flare, b.flare, k),
        lerp(a.wrist, b.wrist, k),
    )


def _pumping(now: _Moment, t: float) -> tuple[Hand, Hand]:
    """Bent arms that swing across and snap outwards on the touch."""
    swing, snap = math.sin(math.pi * t / (2 * BEAT) - 0.4), clamp(math.cos(2 * math.pi * t / (2 * BEAT))) ** 2
    return tuple(
        Hand(
            0.16 + 0.22 * side * swing + 0.10 * snap,
            -0.34 + 0.16 * snap + 0.10 * abs(swing),
            0.42,
            "fist" if snap < 0.5 else "open",
            0.35,
        )
        for side in SIDES
    )


def _waving_high(now: _Moment, t: float) -> tuple[Hand, Hand]:
    """Arms overhead, from side to side."""
    swing = math.sin(math.pi * t / BEAT)
    return tuple(
        Hand(
            0.22 + 0.20 * side * swing,
            0.66 - 0.10 * side * swing + 0.06 * math.cos(2 * math.pi * t / BEAT),
            0.14,
            "open",
            wrist=0.35 * swing,
        )
        for side in SIDES
    )


def _opening(now: _Moment, t: float) -> tuple[Hand, Hand]:
    """Arms close for the turn, then open: one high, one aside."""
    closed = clamp((now.beat - 1.2) / 0.8) * (1 - clamp((now.beat - 5.2) / 0.9))
    end = clamp((now.beat - 5.2) / 0.9)
    high = Hand(
        lerp(lerp(0.62, 0.02, closed), 0.30, end),
        lerp(lerp(-0.10, -0.16, closed), 0.80, end),
        lerp(0.30, 0.42, closed) * (1 - 0.7 * end),
        "open",
    )
    low = Hand(
        lerp(lerp(0.66, 0.02, closed), 0.84, end),
        lerp(lerp(-0.12, -0.20, closed), -0.02, end),
        lerp(0.24, 0.40, closed) * (1 - 0.6 * end),
        "open",
    )
    return (low, high)


def _punching(now: _Moment, t: float) -> tuple[Hand, Hand]:
    """One arm forward and up while the other knee rises."""
    swing = math.sin(math.pi * t / BEAT - math.pi / 2)
    return tuple(
        Hand(
            0.22 + 0.06 * side * swing,
            -0.20 + 0.42 * clamp(0.5 + 0.5 * side * swing),
            0.36 + 0.06 * side * swing,
            "fist",
            0.3,
        )
        for side in SIDES
    )
