"""Swimming: front crawl at the surface of water, breaststroke below it."""

import math

from pipelines.sound.mouth import Mouth
from pipelines.world.actor import Happening
from pipelines.world.geometry import clamp, curve, lerp, smooth
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.pose import Face, Hand, Pose
from pipelines.world.people.sight import Sight
from pipelines.world.people.skeleton import foot_with_ankle

DEPTH = 1.3  # metres above the ground of a swimmer under water
FOAM = (244, 250, 255)


@motion("swim", "dive", "float")
def swim(performer: Performer) -> Motion:
    """Front crawl where the ground is water, breaststroke under water elsewhere."""
    return _crawl(performer) if performer.role.surface == "water" else _breaststroke(performer)


def _crawl(performer: Performer) -> Motion:
    m, role = performer.measures, performer.role
    speed, stroke = 1.0 * m.pace, 1.5 / m.pace**0.5
    phase = performer.beat

    def cycle(t: float, i: int) -> float:
        return (t / stroke + phase + 0.5 * i) % 1.0

    def pose(t: float) -> Pose:
        roll = 0.42 * math.sin(2 * math.pi * (t / stroke + phase))
        x, y = speed * t, -0.035 * m.height + 0.012 * math.sin(4 * math.pi * t / stroke)
        feet = []
        for i in (0, 1):
            beat = 0.045 * m.height * math.sin(2 * math.pi * (3 * t / stroke + 0.5 * i))
            ankle = (x - 1.93 * m.leg, y - 0.02 * m.height + beat, (-0.5, 0.5)[i] * 1.6 * m.hip)
            feet.append(foot_with_ankle(ankle, math.pi / 2, 2.7 + beat * 2, m))
        breathing = 0.5 + 0.5 * math.cos(2 * math.pi * (t / stroke + phase - 0.30))
        return Pose(
            root=(x, y, 0.0),
            feet=(feet[0], feet[1]),
            hands=(_pull(cycle(t, 0)), _pull(cycle(t, 1))),
            yaw=math.pi / 2,
            bend=math.pi / 2 - 0.10,
            lean=0.0,
            twist=0.0,
            curl=-0.05 + 0.05 * roll,
            face=Face(
                yaw=lerp(0.9, 0.25, breathing),
                pitch=0.1,
                roll=0.95 - 0.15 * breathing,
                smile=0.35,
                mouth=_breath(breathing),
            ),
        )

    splashes = []
    for i in (0, 1):
        k = 0
        while (time := (k + 0.52 - phase - 0.5 * i) * stroke) < role.seconds:
            if time >= 0:
                splashes.append(Happening(time, "splash", (speed * time + 0.5 * m.height, 0, 0), "water", "hand", 0.32))
            k += 1
    return Motion(
        pose,
        1.25 * m.height,
        0.42 * m.height,
        speed,
        level=-0.06,
        happenings=tuple(splashes),
        lying=True,
        waterline=True,
        before=_foam,
    )


def _breath(k: float) -> Mouth:
    return Mouth(open=0.5 * clamp(k * 2 - 1), round=0.5)


def _pull(k: float) -> Hand:
    """An arm through its stroke: reach (0), pull under the body, recover over the water, elbow high (0.5 to 1)."""
    angle = 2 * math.pi * k
    up = math.cos(angle)  # along the spine: ahead of the shoulder, or back towards the hip
    forward = math.sin(angle)  # towards the chest's front: under water
    reach = 0.97 if k < 0.5 else 0.80
    return Hand(0.10, reach * up, reach * forward * (0.9 if k < 0.5 else 0.75), "open", 0.9 if k > 0.5 else 0.2)


def _foam(sight: Sight) -> None:
    """White water round the body, and the wake of the feet."""
    painter, t = sight.painter, sight.t
    x = sight.pose.root[0]
    heading = 1 if math.sin(sight.pose.yaw) > 0 else -1
    long = sight.measures.height
    points = []
    for i in range(15):
        k = i / 14
        place = x + heading * lerp(-0.75, 0.55, k) * long
        points.append(sight.at((place, 0.018 * math.sin(k * 17 + t * 7) + 0.02, -0.12)))
    low = [(px, py + sight.pixels(0.035)) for px, py in points[::-1]]
    painter.patch(smooth(points + low), FOAM, 0.75)
    kick = abs(math.sin(t * 12))
    for i in range(5):
        spread, up = 0.10 * i, (0.05 + 0.05 * kick) * (1 + math.sin(i * 2.3 + t * 11))
        px, py = sight.at((x - heading * (0.46 + 0.07 * i) * long, up, -0.1 + spread * 0.1))
        painter.patch(
            smooth(
                [
                    (px - 4 * painter.unit, py),
                    (px, py - 5 * painter.unit),
                    (px + 4 * painter.unit, py),
                    (px, py + 4 * painter.unit),
                ]
            ),
            FOAM,
            0.7,
        )


def _breaststroke(performer: Performer) -> Motion:
    m, role = performer.measures, performer.role
    speed, stroke = 0.75 * m.pace, 1.7
    phase = performer.beat

    def pose(t: float) -> Pose:
        k = (t / stroke + phase) % 1.0
        glide = curve(k, ((0, 1), (0.30, 0.0), (0.55, 0.25), (0.75, 1), (1, 1)))
        sweep = curve(k, ((0, 0), (0.30, 1), (0.5, 0.2), (0.7, 0), (1, 0)))
        frog = curve(k, ((0, 0), (0.2, 0.1), (0.50, 1), (0.66, 0.2), (0.8, 0), (1, 0)))
        surge = -0.05 * m.height * math.sin(2 * math.pi * k) * 0.6
        x, y = speed * t + surge, DEPTH + 0.04 * math.sin(2 * math.pi * k)
        feet = []
        for i, side in enumerate((-1, 1)):
            ankle = (
                x - lerp(1.93, 1.15, frog) * m.leg,
                y - 0.04 * m.height - 0.06 * m.height * frog * (1 if i else 0.6),
                side * lerp(1.2, 3.0, frog) * m.hip,
            )
            feet.append(foot_with_ankle(ankle, math.pi / 2, lerp(2.85, 1.9, frog), m))
        hand = Hand(
            lerp(0.02, 0.62, sweep),
            lerp(0.30, 0.93, glide) - 0.25 * sweep,
            0.10 + 0.28 * (1 - glide),
            "open",
            0.5 * sweep,
        )
        return Pose(
            root=(x, y, 0.0),
            feet=(feet[0], feet[1]),
            hands=(hand, hand),
            yaw=math.pi / 2 - 0.18,
            bend=math.pi / 2 - 0.12 - 0.12 * sweep,
            curl=-0.12,
            face=Face(yaw=0.55, pitch=0.0, roll=0.75, smile=0.5, brow=0.25),
        )

    count = int(role.seconds / stroke) + 1
    heard = tuple(
        Happening((i + 0.3) * stroke, "bubbles", (speed * i * stroke, DEPTH, 0), strength=0.3, seconds=0.8)
        for i in range(count)
    )
    return Motion(
        pose,
        1.3 * m.height,
        0.45 * m.height,
        speed,
        level=DEPTH - 0.15 * m.height,
        happenings=tuple(h for h in heard if h.time < role.seconds),
        lying=True,
    )
