"""A quadruped's pose: everything that its outline follows from, at one instant."""

from dataclasses import dataclass, fields, replace

from pipelines.world.geometry import Point


@dataclass(frozen=True)
class Foot:
    """One foot: where its sole is, in the animal's own metres."""

    x: float
    y: float = 0.0
    flex: float = 0.0  # 0 to 1: how far the paw hangs back, as in the air
    lean: float | None = None  # radians: direction from sole to ankle; None follows from the leg
    planted: bool = True  # on the ground, and not to be moved


@dataclass(frozen=True)
class Pose:
    """Angles in radians, counter-clockwise with the animal facing right."""

    hips: Point
    shoulders: Point
    feet: tuple[Foot, Foot, Foot, Foot]  # near fore, far fore, near hind, far hind
    neck: float  # direction of the neck
    arch: float = 0.0  # metres by which the back is rounded
    head_pitch: float = 0.0  # nose up is positive
    head_yaw: float = 0.25  # 0 profile, π/2 towards the camera
    head_roll: float = 0.0
    tail: float = 0.0  # added to how the tail is carried
    tail_curl: float = 0.0
    jaw: float = 0.0  # 0 shut to 1 wide open
    tongue: float = 0.0  # 0 in to 1 hanging out
    lids: float = 0.0  # 0 open to 1 closed
    ears: float = 0.0  # radians by which they lag
    smile: float = 0.3  # −1 to 1
    turn: float = 1.0  # 1 as the role faces, −1 the other way round


def blended(a: Pose, b: Pose, share: float) -> Pose:
    """The pose that lies `share` of the way from a to b."""
    if share <= 0:
        return a
    if share >= 1:
        return b
    mixed = {}
    for field in fields(Pose):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if field.name == "feet":
            mixed["feet"] = tuple(_foot(p, q, share) for p, q in zip(x, y, strict=True))
        elif isinstance(x, tuple):
            mixed[field.name] = tuple(p + (q - p) * share for p, q in zip(x, y, strict=True))
        else:
            mixed[field.name] = x + (y - x) * share
    return Pose(**mixed)


def _foot(a: Foot, b: Foot, share: float) -> Foot:
    lean = a.lean if share < 0.5 else b.lean
    if a.lean is not None and b.lean is not None:
        lean = a.lean + (b.lean - a.lean) * share
    x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
    return Foot(x, y, a.flex + (b.flex - a.flex) * share, lean, a.planted and b.planted)


def lifted(pose: Pose, height: float) -> Pose:
    """The whole animal raised above the ground."""

    def up(point: Point) -> Point:
        return point[0], point[1] + height

    feet = tuple(replace(foot, y=foot.y + height, planted=foot.planted and height <= 0) for foot in pose.feet)
    return replace(pose, hips=up(pose.hips), shoulders=up(pose.shoulders), feet=feet)
