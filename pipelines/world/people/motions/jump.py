"""Jumping: crouch, leap, land, again and again."""

import math

from pipelines.world.actor import Happening
from pipelines.world.geometry import clamp, curve, lerp
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.motions.stand import Standing
from pipelines.world.people.pose import Face, Foot, Hand, Pose

PERIOD, CROUCH, GRAVITY = 1.5, 0.42, 9.81  # seconds, seconds, m/s²


@motion("jump", "bounce")
def jump(performer: Performer) -> Motion:
    """Leaps on the spot, arms up."""
    body, m, role = Standing(performer, yaw=0.30, spread=1.1), performer.measures, performer.role
    rise = 0.24 * m.height
    air = 2 * math.sqrt(2 * rise / GRAVITY)
    start = 0.35 + 0.3 * performer.beat

    def height(u: float) -> float:
        """Metres between the soles and the ground, `u` seconds into a jump."""
        k = clamp((u - CROUCH) / air)
        return 4 * rise * k * (1 - k)

    def depth(u: float) -> float:
        """Metres that the pelvis is lower than when standing."""
        land = CROUCH + air
        dip = curve(u, ((0, 0), (0.28, 1), (CROUCH, -0.08), (land, 0.05), (land + 0.12, 0.8), (land + 0.42, 0)))
        return 0.13 * m.height * dip

    def pose(t: float) -> Pose:
        u = (t - start) % PERIOD if t >= start else 0.0
        up, low = height(u), depth(u)
        tuck = math.sin(math.pi * clamp((u - CROUCH) / air))
        swing = curve(u, ((0, 0), (0.26, -1), (CROUCH, 0.75), (CROUCH + air * 0.5, 1), (CROUCH + air, 0.55), (1.3, 0)))
        a, b = body.feet.feet(0)
        feet = tuple(
            Foot(f.x, f.z + 0.02 * tuck, up + 0.05 * tuck * m.height, f.heading, 0.85 * tuck * (1 if up else 0))
            for f in (a, b)
        )
        hands = tuple(_arm(swing, i) for i in (0, 1))
        now = body.pose(t)
        return Pose(
            root=(0.0, m.hip_height - 0.008 - low + up, -0.01),
            feet=(feet[0], feet[1]),
            hands=(hands[0], hands[1]),
            yaw=0.30,
            twist=-0.1,
            bend=0.9 * max(0.0, low) / m.height * 3,
            curl=0.05,
            face=Face(
                yaw=0.1, pitch=-0.12 * max(0.0, swing), smile=0.65, brow=0.4 * max(0.0, swing), mouth=now.face.mouth
            ),
        )

    heard = []
    time = start
    while time < role.seconds:
        heard.append(Happening(time + CROUCH, "footstep", (0, 0, 0), role.surface, "shoe", 0.35))
        heard.append(
            Happening(time + CROUCH + air, "impact", (0, 0, 0), role.surface, "shoe", 0.55, size=m.height / 1.75)
        )
        time += PERIOD
    return Motion(pose, 0.5 * m.height, m.height + rise, happenings=tuple(heard))


def _arm(swing: float, i: int) -> Hand:
    """An arm that swings back (−1) and up (1)."""
    back, up = max(0.0, -swing), max(0.0, swing)
    return Hand(
        lerp(0.17, 0.30, up),
        lerp(-0.95 + 0.18 * back, 0.72, up),
        0.10 - 0.5 * back + 0.10 * math.sin(math.pi * up) * 3,
        "open" if up > 0.4 else "relax",
    )
