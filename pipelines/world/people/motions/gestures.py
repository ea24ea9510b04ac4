"""What arms and heads do while somebody stands: wave, look, laugh, eat, throw, kick."""

import math
from dataclasses import replace

from pipelines.sound.mouth import Mouth
from pipelines.world.actor import Happening
from pipelines.world.geometry import bump, clamp, curve, disc, ease, lerp
from pipelines.world.people.expression import blended
from pipelines.world.people.motion import Motion, Performer, motion
from pipelines.world.people.motions.stand import Standing, resting, standing_motion
from pipelines.world.people.pose import Foot, Hand, Pose
from pipelines.world.people.sight import Sight


@motion("wave", "greet")
def wave(performer: Performer) -> Motion:
    """Waves a hand above the shoulder."""
    body = Standing(performer)

    def pose(t: float) -> Pose:
        now = body.pose(t)
        up = ease((t - 0.25) / 0.5)
        swing = math.sin(2 * math.pi * 1.7 * t)
        raised = Hand(0.42 + 0.10 * swing, 0.46 + 0.03 * abs(swing), 0.22, "open", 0.25, wrist=-0.28 * swing)
        hands = (blended(now.hands[0], raised, up), now.hands[1])
        now = replace(now, hands=hands, arch=now.arch + 0.05 * up, shrug=0.004 * up)
        return now.with_face(smile=0.75, brow=0.35, roll=now.face.roll - 0.06 + 0.015 * swing)

    m = performer.measures
    return standing_motion(performer, pose, attends=True, length=0.56 * m.height, height=1.02 * m.height)


@motion("look", "read")
def look(performer: Performer) -> Motion:
    """Looks about: eyes first, then the head, then the shoulders, with a blink inside each turn."""
    body = Standing(performer)
    rng = performer.role.rng(53)
    targets = [0.0]
    while len(targets) < 14:
        side = -1 if targets[-1] > 0 else 1
        targets.append(side * float(rng.uniform(0.35, 0.85)))

    def direction(t: float) -> tuple[float, float, float]:
        """(from, to, seconds since the turn began)"""
        i = int(clamp(t / 1.5, 0, len(targets) - 2))
        return targets[i], targets[i + 1], t - i * 1.5

    def pose(t: float) -> Pose:
        now = body.pose(t)
        a, b, u = direction(t)
        eyes, head, trunk = (lerp(a, b, ease((u - lag) / d)) for lag, d in ((0.0, 0.16), (0.10, 0.5), (0.24, 0.7)))
        shade = ease((t - 0.5) / 0.5) * (1 - ease((t - 3.4) / 0.5))
        hand = Hand(-0.10, 0.38, 0.44, "open", 0.8, wrist=0.5)
        now = replace(
            now, twist=now.twist + 0.35 * trunk, hands=(now.hands[0], blended(now.hands[1], hand, 0.0 * shade))
        )
        return now.with_face(
            yaw=head,
            gaze=(clamp((eyes - head) * 1.6, -1, 1), 0.05 * math.sin(t)),
            blink=0.9 * bump(u, 0.16, 0.08),
            brow=0.25,
            pitch=-0.04,
        )

    return standing_motion(performer, pose)


@motion("laugh")
def laugh(performer: Performer) -> Motion:
    """Laughs in bursts: shoulders shake, the head goes back, a hand on the belly."""
    body = Standing(performer)

    def pose(t: float) -> Pose:
        now = body.pose(t)
        burst = 0.35 + 0.65 * (0.5 + 0.5 * math.sin(2 * math.pi * t / 2.2 - 0.8))
        shake = math.sin(2 * math.pi * 4.6 * t) * burst
        belly = Hand(-0.22, -0.56, 0.40 + 0.01 * shake, "open", 0.35)
        now = replace(
            now,
            hands=(blended(now.hands[0], resting(0.05), 1.0), blended(now.hands[1], belly, ease(t / 0.6))),
            shrug=0.010 * shake * burst,
            bend=0.02 - 0.05 * burst,
            curl=0.03 * shake * burst,
            lean=now.lean + 0.02 * math.sin(t * 1.3),
        )
        mouth = Mouth(open=clamp(0.40 + 0.35 * burst + 0.14 * shake), wide=0.7, teeth=1.0, tongue=0.2)
        return now.with_face(
            smile=1.0,
            squint=0.7 * burst,
            blink=0.35 * burst,
            pitch=-0.16 * burst + 0.03 * shake,
            brow=0.45,
            mouth=mouth,
            roll=0.05 * math.sin(t * 1.1),
        )

    heard = tuple(Happening(0.3 + 2.2 * k, "laugh", (0, 1.5, 0), strength=0.5, seconds=1.4) for k in range(4))
    return standing_motion(performer, pose, happenings=tuple(h for h in heard if h.time < performer.role.seconds))


@motion("eat")
def eat(performer: Performer) -> Motion:
    """Brings something to the mouth, bites, chews."""
    body, period = Standing(performer), 2.4

    def pose(t: float) -> Pose:
        u = t % period
        lift = curve(u, ((0.0, 0.25), (0.55, 1.0), (0.85, 1.0), (1.3, 0.25), (period, 0.25)))
        food = Hand(lerp(0.02, -0.30, lift), lerp(-0.52, 0.24, lift), lerp(0.46, 0.46, lift), "hold", 0.3)
        now = body.pose(t)
        now = replace(now, hands=(now.hands[0], food))
        bite = bump(u, 0.66, 0.12)
        chew = clamp((u - 0.85) / 0.1) * (0.5 + 0.5 * math.sin(2 * math.pi * 2.1 * u)) * (1 if u < 2.2 else 0)
        mouth = Mouth(open=clamp(0.75 * bite + 0.14 * chew), wide=0.2 * chew, teeth=bite, closed=0.4 * (1 - bite))
        return now.with_face(
            mouth=mouth, smile=0.6, pitch=0.08 * lift, gaze=(0.25 * lift, 0.4 * lift), squint=0.3 * chew
        )

    return standing_motion(performer, pose, before=_food)


def _food(sight: Sight) -> None:
    """An apple in the hand."""
    x, y = sight.at(sight.bones.arms[1].end)
    elbow = sight.at(sight.bones.arms[1].joint)
    length = math.hypot(x - elbow[0], y - elbow[1]) or 1.0
    reach = sight.pixels(0.06 * sight.measures.height / 1.75)
    radius = sight.pixels(0.036)
    x, y = x + (x - elbow[0]) / length * reach, y + (y - elbow[1]) / length * reach
    sight.painter.body(disc(x, y - radius * 0.6, radius), (212, 56, 52), radius)
    sight.painter.line([(x, y - radius * 1.5), (x + radius * 0.2, y - radius * 2.0)], (96, 64, 40), radius * 0.2)


@motion("throw")
def throw(performer: Performer) -> Motion:
    """Winds up, throws, follows through."""
    body, period, m = Standing(performer, yaw=0.65, spread=1.5), 2.2, performer.measures

    def pose(t: float) -> Pose:
        u = t % period
        out, up, forward = (curve(u, [(row[0], row[i]) for row in _OVERARM]) for i in (1, 2, 3))
        wind = curve(u, ((0.2, 0), (0.72, 1), (0.82, 1), (1.08, -1), (1.3, -1), (1.95, 0)))
        back, through = max(0.0, wind), max(0.0, -wind)
        arm = Hand(out, up, forward, "hold" if u < 0.98 else "open", 0.5 * back)
        other = Hand(0.25 + 0.1 * back, -0.9 + 0.6 * back, 0.10 + 0.6 * back - 0.2 * through, "open")
        now = body.pose(t)
        x, y, z = now.root
        root = (x - 0.03 * m.height * wind, y - 0.015 * m.height * abs(wind), z)
        now = replace(now, root=root, twist=-0.5 * wind, bend=-0.08 * wind, hands=(arm, other))
        return now.with_face(yaw=0.8, gaze=(0.3, -0.1), brow=0.2, squint=0.2)

    return standing_motion(
        performer, pose, happenings=_repeated(performer, period, 0.95, "whoosh", 0.4), length=0.6 * m.height
    )


_OVERARM = (  # seconds, then the hand: away from the body, up, forward
    (0.20, 0.17, -0.95, 0.08),
    (0.72, 0.55, 0.40, -0.40),
    (0.82, 0.55, 0.42, -0.42),
    (0.96, 0.40, 0.78, 0.28),
    (1.10, 0.10, 0.10, 0.90),
    (1.32, -0.20, -0.60, 0.55),
    (1.95, 0.17, -0.95, 0.08),
)


@motion("kick", "shoot")
def kick(performer: Performer) -> Motion:
    """Swings a leg back, kicks, follows through, sets it down."""
    body, period, m = Standing(performer, yaw=0.85), 2.0, performer.measures

    def pose(t: float) -> Pose:
        u = t % period
        swing = curve(u, ((0.25, 0), (0.65, -1), (0.90, 1), (1.08, 1.0), (1.6, 0)))
        now = body.pose(0)
        a, b = now.feet
        ahead = (math.sin(body.yaw), math.cos(body.yaw))
        reach = (0.34 if swing > 0 else 0.26) * m.height * swing
        rise = (0.30 * max(0.0, swing) ** 1.5 + 0.12 * max(0.0, -swing)) * m.height + 0.05 * m.height * (
            1 - abs(swing)
        ) * (1 if 0.35 < u < 1.5 else 0) * bump(u, 0.8, 0.3)
        foot = Foot(
            a.x + reach * ahead[0] + 0.02 * swing,
            a.z - reach * ahead[1],
            rise,
            body.yaw,
            0.9 * max(0.0, -swing) + 0.25 * max(0.0, swing),
        )
        x, y, z = now.root
        lean = Hand(0.40, -0.75 + 0.2 * abs(swing), 0.45 * swing, "relax", 0.3)
        counter = Hand(0.45, -0.7 + 0.15 * abs(swing), -0.40 * swing, "relax", 0.3)
        onto = ease(clamp(u / 0.3)) * (1 - ease((u - 1.5) / 0.4))
        return replace(
            now,
            root=(lerp(x, b.x - 0.02, 0.7 * onto), y - 0.012 * m.height * onto, z),
            feet=(foot, b),
            hands=(
                lean if swing < 0 else blended(now.hands[0], lean, abs(swing)),
                blended(now.hands[1], counter, abs(swing)),
            ),
            bend=-0.10 * swing,
            twist=-0.25 * swing,
        ).with_face(yaw=0.7, pitch=0.12, gaze=(0.2, 0.5))

    return standing_motion(
        performer, pose, happenings=_repeated(performer, period, 0.88, "whoosh", 0.35), length=0.62 * m.height
    )


def _repeated(performer: Performer, period: float, at: float, kind: str, strength: float) -> tuple[Happening, ...]:
    times = [at + k * period for k in range(int(performer.role.seconds / period) + 1)]
    return tuple(
        Happening(time, kind, (0.3, 1.0, 0.0), strength=strength) for time in times if time < performer.role.seconds
    )
