"""What a body does at one instant, as plain data."""

from dataclasses import dataclass, field, replace

from pipelines.sound.mouth import Mouth
from pipelines.world.geometry import Point, Point3


@dataclass(frozen=True)
class Foot:
    """One foot: where its sole lies under the ankle when flat. A raised heel turns about the ball, raised toes about
    the heel, so that what touches the ground never slides."""

    x: float
    z: float
    y: float = 0.0  # metres that the whole foot is above the ground
    heading: float = 0.0  # radians: 0 points to the camera
    pitch: float = 0.0  # radians: above 0 the heel is up, below 0 the toes


@dataclass(frozen=True)
class Hand:
    """Where a wrist is, seen from its shoulder, in lengths of the stretched arm."""

    out: float = 0.12  # away from the body's side
    up: float = -0.96
    forward: float = 0.06
    grip: str = "relax"  # relax, open, fist, point, hold
    flare: float = 0.0  # 0 to 1: how far the elbow goes out to the side
    wrist: float = 0.0  # radians that the hand bends against the forearm, on the canvas


@dataclass(frozen=True)
class Face:
    """Where a head looks and what it shows."""

    yaw: float = 0.0  # radians; 0 faces the camera, above 0 the right of the picture
    pitch: float = 0.0  # above 0 looks down
    roll: float = 0.0  # above 0 tips to the right
    gaze: Point = (0.0, 0.0)  # −1 to 1: eyes to the right, down
    blink: float = 0.0
    brow: float = 0.0  # −1 to 1: raised
    frown: float = 0.0
    squint: float = 0.0
    smile: float = 0.3  # −1 to 1
    mouth: Mouth = field(default_factory=Mouth)


@dataclass(frozen=True)
class Pose:
    """A whole body. Index 0 of pairs is the left of the picture when it faces the camera, index 1 the right."""

    root: Point3  # metres: middle of the pelvis
    feet: tuple[Foot, Foot]
    hands: tuple[Hand, Hand] = (Hand(), Hand())
    yaw: float = 0.0  # radians: where the pelvis faces; 0 is the camera
    twist: float = 0.0  # where the chest faces, beyond the pelvis
    bend: float = 0.0  # the whole trunk tips forward
    lean: float = 0.0  # the whole trunk tips to its right
    curl: float = 0.0  # the chest bends forward, beyond the pelvis
    arch: float = 0.0  # the chest bends to its right, beyond the pelvis
    hip_tilt: float = 0.0  # above 0 the hip on the right is lower
    shrug: float = 0.0  # metres that the shoulders are raised
    breath: float = 0.0  # −1 to 1
    face: Face = field(default_factory=Face)

    def with_face(self, **changes: object) -> "Pose":
        return replace(self, face=replace(self.face, **changes))


def mirrored(pose: Pose) -> Pose:
    """The same, left and right exchanged about x = 0."""
    a, b = pose.feet
    face = pose.face
    return replace(
        pose,
        root=(-pose.root[0], pose.root[1], pose.root[2]),
        feet=(replace(b, x=-b.x, heading=-b.heading), replace(a, x=-a.x, heading=-a.heading)),
        hands=(replace(pose.hands[1], wrist=-pose.hands[1].wrist), replace(pose.hands[0], wrist=-pose.hands[0].wrist)),
        yaw=-pose.yaw,
        twist=-pose.twist,
        lean=-pose.lean,
        arch=-pose.arch,
        hip_tilt=-pose.hip_tilt,
        face=replace(face, yaw=-face.yaw, roll=-face.roll, gaze=(-face.gaze[0], face.gaze[1])),
    )


def placed(pose: Pose, x: float, z: float) -> Pose:
    """The same, elsewhere on the ground."""
    root = (pose.root[0] + x, pose.root[1], pose.root[2] + z)
    a, b = pose.feet
    return replace(pose, root=root, feet=(replace(a, x=a.x + x, z=a.z + z), replace(b, x=b.x + x, z=b.z + z)))
