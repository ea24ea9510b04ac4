"""What birds do: one function for each action, from time to pose."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipelines.world.actor import Role
from pipelines.world.animals.build import HeadShape
from pipelines.world.animals.gait import Gait, foot_at, landings_of
from pipelines.world.animals.life import blink, breath, calling, glance, speaking
from pipelines.world.animals.pose import Foot
from pipelines.world.animals.wings import Stroke, Wing, beat
from pipelines.world.geometry import clamp, ease

BEAT = 0.5  # seconds: 120 beats a minute


@dataclass(frozen=True)
class Flyer:
    """A bird's proportions in metres, and how it moves."""

    length: float  # of the body without the head
    thick: float  # half-thickness of the body
    pitch: float  # radians: how upright the body stands
    legs: float  # height of the body's middle above the ground
    head: HeadShape
    neck: float  # from the body's front to the head
    wing: Wing
    tail: tuple[float, float]  # length, half-breadth
    beats: float  # wingbeats per second
    flap: float  # radians
    speeds: dict[str, float] = field(default_factory=dict)  # metres per second of what travels
    stance: float = 0.03  # half the distance between the feet
    foot: float = 0.04
    flies: bool = True
    glides: float = 0.0  # 0 to 1: how often it rests its wings
    hops: bool = False  # both feet at once
    waddle: float = 0.0  # radians by which it rolls as it walks
    neck_angle: float = 1.15  # of the neck, above the body's axis at rest
    tall_eye: float = 0.0  # how far it turns its face to the camera

    @property
    def height(self) -> float:
        return self.legs + abs(math.sin(self.pitch)) * self.length * 0.5 + self.neck * 0.8 + self.head.radius * 1.9


@dataclass(frozen=True)
class BirdPose:
    """One instant of a bird; angles in radians, lengths in metres."""

    pitch: float
    lift: float = 0.0  # of the whole bird above where it stands
    body: float = 0.0  # of the body alone, as it breathes or bows
    near: Stroke | None = None  # None: folded
    far: Stroke | None = None
    feet: tuple[Foot, Foot] | None = None  # None: drawn up
    neck: float = 0.0  # added to the neck's direction
    head_yaw: float = 0.3
    head_pitch: float = 0.0
    head_roll: float = 0.0
    beak: float = 0.0
    lids: float = 0.0
    tail: float = 0.0
    roll: float = 0.0  # radians: the body's tilt as the camera sees it
    flipper: float = 0.0  # radians by which a folded wing stands off the body
    smile: float = 0.3
    turn: float = 1.0


Motion = Callable[[Flyer, Role, float, tuple[float, ...]], BirdPose]


@dataclass(frozen=True)
class Steps:
    """How a bird's two feet go."""

    gait: Gait

    def landings(self, limb: int, seconds: float) -> list[float]:
        return landings_of(self.gait, limb, seconds)


def stance(flyer: Flyer, action: str) -> Steps:
    """The steps of a walk or a run; hopping birds land on both feet."""
    speed = flyer.speeds.get(action, 0.3)
    stride = min(0.9 * flyer.legs, 0.5) * (1.35 if action == "run" else 1.0)
    duty = 0.35 if flyer.hops else 0.58
    period = stride / max(speed * duty, 1e-6)
    landings = (0.0, 0.02, 0.0, 0.0) if flyer.hops else (0.0, 0.5, 0.0, 0.0)
    hop = 0.55 * flyer.legs if flyer.hops else 0.0
    return Steps(Gait(speed, period, duty, landings, lift=flyer.legs * 0.35, hop=hop))


def stand(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Breathes, looks about in quick turns, shakes its wings a little."""
    yaw, pitch = glance(role, t)
    ruffle = max(0.0, math.sin(2 * math.pi * 0.21 * t + role.index)) ** 16
    loud = calling(called, t, 0.25)
    feet = (Foot(-0.2 * flyer.foot), Foot(0.25 * flyer.foot))
    return BirdPose(
        flyer.pitch + 0.03 * math.sin(0.7 * t) + 0.10 * loud,
        body=0.008 * flyer.length * breath(t, 0.7) + 0.01 * flyer.length * math.sin(40 * t) * ruffle,
        feet=feet,
        head_yaw=clamp(0.35 + flyer.tall_eye + 0.55 * yaw, -0.4, 1.5),
        head_pitch=0.16 * pitch + 0.22 * loud,
        head_roll=0.20 * math.sin(0.8 * t) * (yaw > 0.3),
        beak=loud,
        lids=blink(role, t),
        tail=0.10 * math.sin(2 * math.pi * 0.9 * t) * (flyer.hops) + 0.2 * loud,
        smile=-0.6 if "sad" in role.attributes else 0.4,
    )


def look(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    pose = stand(flyer, role, t, called)
    facing = ease(0.5 + 0.5 * math.sin(2 * math.pi * 0.25 * t - 1.2))
    return replace(pose, head_yaw=0.2 + 1.1 * facing, head_roll=0.28 * facing * math.sin(1.3 * t))


def walk(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    return _stepping(flyer, role, t, called, "walk")


def run(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    return _stepping(flyer, role, t, called, "run")


def _stepping(flyer: Flyer, role: Role, t: float, called: tuple[float, ...], action: str) -> BirdPose:
    gait, pose = stance(flyer, action).gait, stand(flyer, role, t, called)
    feet = tuple(foot_at(gait, limb, 0.0, t) for limb in (0, 1))
    phase = t / gait.period
    if flyer.hops:
        air = clamp(((phase % 1.0) - gait.duty) / (1 - gait.duty))
        lift = 4 * air * (1 - air) * gait.hop
        crouch = 0.10 * flyer.legs * math.sin(math.pi * clamp((phase % 1.0) / gait.duty))
        feet = tuple(
            replace(foot, x=foot.x * (1 - 0.7 * math.sin(math.pi * air)), y=max(foot.y * 0.4, lift * 0.8))
            for foot in feet
        )
        return replace(
            pose, feet=feet, body=pose.body + lift - crouch, pitch=pose.pitch + 0.12 * (air - 0.5), head_yaw=0.3
        )
    sway = math.cos(2 * math.pi * (phase - gait.duty / 2))
    bob = 0.05 * flyer.legs * math.cos(4 * math.pi * (phase - gait.duty / 2))
    lean = 0.25 if action == "run" else 0.08
    wings = Stroke(0.5 + 0.2 * sway, -0.2, 0.7, 0.75) if action == "run" else None
    flipper = -0.30 - 0.16 * sway if not flyer.flies else 0.0
    return replace(
        pose,
        feet=feet,
        body=bob,
        roll=flyer.waddle * sway,
        pitch=pose.pitch - lean,
        head_roll=-0.7 * flyer.waddle * sway,
        head_yaw=0.3 + flyer.tall_eye,
        neck=0.10 * math.sin(4 * math.pi * phase),
        near=wings if flyer.flies else None,
        far=wings if flyer.flies else None,
        flipper=flipper,
    )


def fly(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Beats its wings, body rising on the down-stroke; now and then it glides and banks."""
    phase, glide = t * flyer.beats + 0.37 * role.index, gliding(flyer, role, t)
    stroke = beat(phase, flyer.flap, glide)
    bank = 0.10 * math.sin(2 * math.pi * 0.21 * t + role.index)
    bob = -0.10 * flyer.length * math.cos(2 * math.pi * phase - 0.6) * (1 - glide)
    drift = 0.35 * flyer.length * math.sin(2 * math.pi * 0.33 * t + 1.3 * role.index)
    loud = calling(called, t, 0.25)
    far = Stroke(stroke.lift + bank, stroke.hand, stroke.sweep, stroke.spread)
    near = Stroke(stroke.lift - bank, stroke.hand, stroke.sweep, stroke.spread)
    return BirdPose(
        0.10 + 0.05 * math.sin(2 * math.pi * phase) * (1 - glide) + 0.4 * bank,
        lift=flying_height(flyer) + bob + drift,
        near=near,
        far=far,
        neck=-1.0 * flyer.neck_angle + 0.25,
        head_yaw=0.25 + flyer.tall_eye,
        head_pitch=-0.05 - 0.05 * math.sin(2 * math.pi * phase),
        beak=loud,
        lids=blink(role, t),
        tail=0.12 * math.sin(2 * math.pi * phase + 1),
    )


def gliding(flyer: Flyer, role: Role, t: float) -> float:
    """0 while it beats its wings to 1 while it holds them out."""
    return flyer.glides * ease(clamp(1.4 * math.sin(2 * math.pi * 0.27 * t + 0.8 + role.index) - 0.25))


def down_strokes(flyer: Flyer, role: Role) -> list[float]:
    """When the wings start on their way down, within the shot; none while it glides."""
    first = -int(0.37 * role.index) - 1
    times = [
        (n + 0.08 - 0.37 * role.index) / flyer.beats for n in range(first, int(role.seconds * flyer.beats) + first + 4)
    ]
    return [at for at in times if 0 <= at < role.seconds and gliding(flyer, role, at) < 0.25]


def flying_height(flyer: Flyer) -> float:
    """Metres from the lowest point that the wings reach to the body's middle, without the legs that are drawn up."""
    return (flyer.wing.inner + flyer.wing.outer) * 0.75 - flyer.legs


def swim(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Rides on the water; one that cannot fly dives under it."""
    pose = stand(flyer, role, t, called)
    if not flyer.flies and role.surface != "water":
        stroke = beat(t * 1.4, 0.55)
        return replace(
            pose,
            pitch=0.05 + 0.12 * math.sin(2 * math.pi * 0.5 * t),
            lift=0.3 * flyer.length * math.sin(2 * math.pi * 0.35 * t),
            feet=None,
            near=stroke,
            far=stroke,
            neck=-0.8,
        )
    bob = 0.03 * flyer.length * math.sin(2 * math.pi * 0.8 * t)
    nod = 0.10 * math.sin(2 * math.pi * 0.8 * t + 1)
    return replace(
        pose,
        pitch=0.10 + 0.04 * math.sin(2 * math.pi * 0.8 * t + 0.7),
        lift=bob + 0.02 * flyer.length - flyer.legs + flyer.thick * 0.45,
        feet=None,
        neck=pose.neck + nod,
    )


def jump(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Springs up with a flap of its wings."""
    pose, q = stand(flyer, role, t, called), (t % (2 * BEAT)) / (2 * BEAT)
    air = clamp((q - 0.30) / 0.55)
    crouch = (
        math.sin(math.pi * clamp(q / 0.30)) * 0.22 * flyer.legs
        + math.sin(math.pi * clamp((q - 0.85) / 0.15)) * 0.15 * flyer.legs
    )
    up = 4 * air * (1 - air) * 0.35 * flyer.height
    flap = beat(air * 2.0, 0.8) if 0 < air < 1 else None
    feet = tuple(replace(foot, flex=min(1.0, up * 20)) for foot in pose.feet)
    return replace(pose, lift=up, body=-crouch, near=flap, far=flap, feet=feet)


def eat(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Pecks at the ground, looks up, pecks again."""
    pose, q = stand(flyer, role, t, called), t % 1.9
    down = ease(clamp(q / 0.28)) * (1 - ease(clamp((q - 1.0) / 0.3)))
    peck = 0.12 * math.sin(2 * math.pi * 4 * t) * down
    return replace(
        pose,
        pitch=pose.pitch - (flyer.pitch + 0.55) * down + peck,
        neck=pose.neck - 0.9 * down,
        head_pitch=-0.7 * down,
        head_yaw=0.3 + flyer.tall_eye,
        beak=0.4 * max(0.0, peck * 8),
        lids=0.2 * down,
    )


def sleep(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Fluffed up, head drawn in, eyes shut."""
    pose, air = stand(flyer, role, t, ()), breath(t, 0.3)
    return replace(
        pose,
        body=-0.45 * flyer.legs + 0.02 * flyer.length * air,
        neck=-0.30,
        head_pitch=-0.22 + 0.03 * air,
        head_yaw=0.5 + flyer.tall_eye,
        head_roll=0.0,
        lids=1.0,
        beak=0.0,
        tail=0.0,
    )


def talk(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Sings with its whole body, or says its lines."""
    pose, said = stand(flyer, role, t, called), speaking(role, t)
    if said is not None:
        nod = 0.06 * math.sin(5.3 * t)
        return replace(pose, beak=0.08 + 0.8 * said, head_pitch=nod, head_yaw=0.7, pitch=pose.pitch + 0.5 * nod)
    loud = calling(called, t, 0.4)
    trill = 0.15 * math.sin(2 * math.pi * 9 * t) * loud
    return replace(
        pose,
        pitch=pose.pitch + 0.16 * loud,
        beak=clamp(loud * 0.9 + trill),
        head_pitch=0.30 * loud,
        neck=0.15 * loud,
        head_yaw=0.45 + flyer.tall_eye,
    )


def dance(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Hops from foot to foot on the beat, wings out."""
    pose, side = stand(flyer, role, t, called), math.sin(math.pi * t / BEAT)
    hop = abs(side)
    lift = Stroke(0.35 + 0.5 * side, 0.2 * side, 0.3, 0.8)
    other = Stroke(0.35 - 0.5 * side, -0.2 * side, 0.3, 0.8)
    feet = tuple(
        replace(
            foot,
            y=flyer.legs * 0.30 * max(0.0, side if limb == 0 else -side),
            flex=max(0.0, side if limb == 0 else -side),
        )
        for limb, foot in enumerate(pose.feet)
    )
    turned = math.cos(math.pi * clamp(((t / BEAT + 0.25) % 8) / 0.5)) if t > BEAT * 4 else -1.0
    number = int((t / BEAT + 0.25) // 8)
    turn = (turned if number % 2 else -turned) if number else 1.0
    turn = math.copysign(max(0.25, abs(turn)), turn)
    return replace(
        pose,
        lift=0.12 * flyer.height * hop,
        feet=feet,
        roll=0.16 * side,
        head_roll=-0.22 * side,
        head_yaw=0.7 + 0.3 * side,
        near=lift,
        far=other,
        beak=0.35 * (1 - hop),
        turn=turn,
        smile=1.0,
    )


def wave(flyer: Flyer, role: Role, t: float, called: tuple[float, ...]) -> BirdPose:
    """Lifts one wing and waves it."""
    pose = stand(flyer, role, t, called)
    return replace(pose, near=Stroke(0.9 + 0.3 * math.sin(2 * math.pi * 1.7 * t), 0.3, 0.1, 0.9), head_yaw=0.9)


MOTIONS: dict[str, Motion] = {
    "stand": stand,
    "look": look,
    "walk": walk,
    "run": run,
    "fly": fly,
    "swim": swim,
    "jump": jump,
    "bounce": jump,
    "eat": eat,
    "sit": sleep,
    "sleep": sleep,
    "talk": talk,
    "sing": talk,
    "laugh": talk,
    "dance": dance,
    "spin": dance,
    "play": dance,
    "wave": wave,
}
