"""Sitting on a stool; sleeping on the ground."""

import math
from dataclasses import replace

from pipelines.world.actor import Happening
from pipelines.world.geometry import box, clamp, curve, mix, oval
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.motions.stand import Standing
from pipelines.world.people.pose import Face, Foot, Hand, Pose
from pipelines.world.people.sight import Sight
from pipelines.world.people.skeleton import foot_with_ankle

WOOD = (150, 102, 66)


@motion("sit", "rest")
def sit(performer: Performer) -> Motion:
    """Sits on a stool, hands on the thighs, breathes and shifts a little."""
    m, role = performer.measures, performer.role
    yaw, phase = 0.55, float(role.rng(17, *role.kind.encode()).uniform(0, 6.28))
    seat = m.ankle + m.leg * 0.98
    forward = (math.sin(yaw), -math.cos(yaw))
    feet = []
    for side in (-1, 1):
        aside, ahead = side * 1.5 * m.hip, m.leg * 0.86 + (0.05 if side > 0 else -0.02) * m.height
        feet.append(
            Foot(
                aside * math.cos(yaw) + ahead * forward[0],
                aside * math.sin(yaw) + ahead * forward[1],
                0,
                yaw + side * 0.25,
            )
        )

    def pose(t: float) -> Pose:
        breath, drift = math.sin(2 * math.pi * t / 3.6 + phase), math.sin(t * 0.7 + phase)
        hands = tuple(Hand(-0.02 * side, -0.52 + 0.008 * breath, 0.50, "relax", 0.12) for side in (-1, 1))
        return Pose(
            root=(0.0, seat + 0.035 * m.height, 0.0),
            feet=(feet[0], feet[1]),
            hands=(hands[0], hands[1]),
            yaw=yaw,
            twist=-0.16 + 0.04 * drift,
            bend=0.05,
            curl=0.05 + 0.012 * breath,
            breath=breath,
            lean=0.015 * drift,
            face=Face(yaw=0.2, roll=0.02 * drift),
        )

    def stool(sight: Sight) -> None:
        _stool(sight, seat - 0.035 * m.height)

    tall = seat + m.height - m.hip_height + 0.04 * m.height
    return Motion(pose, 0.55 * m.height, tall, gestures=True, attends=True, behind=stool)


def _stool(sight: Sight, top: float) -> None:
    """A round wooden stool under the pelvis."""
    painter, (x, _, z) = sight.painter, sight.pose.root
    radius = 0.115 * sight.measures.height
    left, right = sight.at((x - radius, top, z)), sight.at((x + radius, top, z))
    wide, thick = (right[0] - left[0]) / 2, sight.pixels(0.035)
    middle = (left[0] + wide, left[1])
    for share, depth in ((-0.62, 0.10), (0.62, 0.10), (-0.45, -0.10), (0.45, -0.10)):
        foot = sight.at((x + share * 1.25 * radius, 0.0, z + depth))
        leg = [(middle[0] + share * wide, middle[1] + thick), foot]
        painter.line(
            [leg[0], mix(leg[0], leg[1], 0.5), leg[1]],
            mix(WOOD, (40, 20, 30), 0.25 if depth > 0 else 0.1),
            sight.pixels(0.032),
        )
    painter.body(box(middle[0] - wide, middle[1] - thick * 0.5, 2 * wide, thick * 1.6, thick * 0.7), WOOD, thick)
    painter.patch(oval(middle[0], middle[1] - thick * 0.1, wide * 0.97, thick * 0.55), mix(WOOD, (255, 226, 180), 0.3))


@motion("sleep")
def sleep(performer: Performer) -> Motion:
    """Lies on one side, facing the camera, head on a pillow, and breathes slowly."""
    m, role = performer.measures, performer.role
    thick = 0.085 * m.height
    along = 0.10 * m.height

    def pose(t: float) -> Pose:
        breath = math.sin(2 * math.pi * t / 4.6)
        feet = []
        for i, side in enumerate((-1, 1)):
            knee_bend = 0.10 if side > 0 else 0.0
            ankle = (
                -along - 1.62 * m.leg + knee_bend,
                0.06 * m.height + (0.06 * m.height if side < 0 else 0.0),
                -0.10 * m.height - 0.03 * i,
            )
            feet.append(foot_with_ankle(ankle, -0.6, 1.45, m))
        hands = (Hand(-0.42, -0.30, 0.46, "relax", 0.0), Hand(-0.10, 0.12, 0.36, "relax", 0.1))
        return Pose(
            root=(-along, thick, 0.0),
            feet=(feet[0], feet[1]),
            hands=hands,
            yaw=0.0,
            lean=math.pi / 2 - 0.02,
            arch=-0.03 + 0.012 * breath,
            bend=0.0,
            curl=0.06,
            breath=breath,
            hip_tilt=0.0,
            face=Face(yaw=0.06, roll=math.pi / 2 - 0.25, blink=1.0, smile=0.45 + 0.08 * breath, brow=-0.05),
        )

    snores = tuple(
        Happening(0.8 + 4.6 * k, "snore", (0.2, 0.2, 0), strength=0.25, seconds=1.8)
        for k in range(int(role.seconds / 4.6) + 1)
    )
    return Motion(
        pose,
        1.02 * m.height,
        0.30 * m.height,
        happenings=tuple(h for h in snores if h.time < role.seconds),
        lying=True,
        behind=_pillow,
    )


def _pillow(sight: Sight) -> None:
    x, y, _ = sight.bones.head
    unit = sight.measures.head
    column, row = sight.at((x + 0.2 * unit, 0.42 * unit, 0.05))
    size = sight.pixels(unit)
    sight.painter.body(oval(column, row, size * 2.1, size * 0.62), (240, 240, 246), size * 0.6)


@motion("fall", "topple")
def fall(performer: Performer) -> Motion:
    """Loses balance, sits down on the ground with a bump, and looks surprised; then gets up again."""

    body, m, role = Standing(performer, yaw=0.7), performer.measures, performer.role
    slip, land = 0.7, 1.15
    ground = 0.075 * m.height

    def pose(t: float) -> Pose:
        down = curve(t, ((slip, 0), (land, 1), (3.2, 1), (4.2, 0)))
        wobble = math.sin(t * 9) * clamp(t / 0.4) * (1 - clamp((t - land) / 0.1))
        now = body.pose(0)
        x, y, z = now.root
        back = 0.22 * m.height * down
        feet = tuple(replace(f, x=f.x + (0.16 * m.height) * down, y=0.0, pitch=-0.55 * down) for f in now.feet)
        hands = tuple(
            Hand(
                0.30 + 0.25 * abs(wobble) + 0.1 * down,
                -0.80 + 0.75 * abs(wobble) * (1 - down),
                -0.25 * down + 0.2 * side * wobble,
                "open",
                0.3 * down,
            )
            for side in (-1, 1)
        )
        face = Face(
            yaw=0.3,
            pitch=0.05 * down,
            brow=0.9 * clamp(t * 2 - 0.8),
            smile=0.0 if t < land else 0.5,
            roll=0.06 * wobble,
        )
        return replace(
            now,
            root=(x - back, y + (ground - y) * down, z),
            feet=(feet[0], feet[1]),
            hands=(hands[0], hands[1]),
            lean=now.lean + 0.08 * wobble,
            bend=-0.22 * down + 0.05 * wobble,
            face=face,
        )

    bump = Happening(land, "impact", (-0.2, 0, 0), role.surface, "cloth", 0.6)
    return Motion(pose, 0.7 * m.height, m.height, happenings=(bump,) if land < role.seconds else ())
