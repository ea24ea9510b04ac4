"""Rabbits: they hop, hind feet together."""

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import whiskers
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.066,
    skull=(1.02, 0.92, 0.86),
    muzzle_root=(0.50, -0.22, 0.52),
    muzzle_tip=(0.94, -0.26, 0.36),
    muzzle_breadth=1.15,
    nose=(1.17, -0.10, 0.11),
    eye=(0.48, 0.20, 0.66),
    eye_size=0.23,
    ear=Ear(root=(-0.30, 0.66, 0.28), tip=(-0.72, 2.60, 0.50), width=0.34, stiff=0.55),
    cheek=(0.18, -0.30, 0.62),
    mouth=0.72,
    iris=(84, 48, 34),
)
BUILD = Build(
    hips=(-0.085, 0.125),
    shoulders=(0.085, 0.118),
    torso=((-0.20, 0.006, 0.076), (0.12, 0.026, 0.086), (0.50, 0.022, 0.080), (0.85, 0.004, 0.066), (1.10, 0.0, 0.058)),
    neck=0.074,
    neck_radii=(0.054, 0.046),
    neck_angle=0.80,
    neck_root=(1.02, 0.018),
    head=HEAD,
    fore=Leg(0.055, 0.052, 0.026, (0.040, 0.034, 0.021, 0.016, 0.016), aside=0.03),
    hind=Leg(0.068, 0.078, 0.070, (0.066, 0.064, 0.034, 0.018, 0.018), aside=0.035, upright=1.95),
    tail=Tail(0.045, (0.028, 0.036, 0.026), carried=2.5, curl=0.2, fringe=0.016, wag=0.05),
    paw=(0.060, 0.026),
    fur=0.016,
    texture=0.018,
    over=(whiskers,),
)
HOP = Gait(
    speed=0.75,
    period=0.46,
    duty=0.26,
    landings=(0.60, 0.66, 0.0, 0.02),
    lift=0.035,
    rise=0.010,
    flex=0.012,
    arch=0.016,
    hop=0.026,
    stretched=0.38,
)
DASH = Gait(
    speed=2.3,
    period=0.42,
    duty=0.17,
    landings=(0.64, 0.70, 0.0, 0.03),
    lift=0.05,
    rise=0.010,
    flex=0.014,
    arch=0.024,
    hop=0.042,
    crouch=0.016,
    stretched=0.36,
)
WILD = Coat(
    base=(176, 142, 108),
    under=(246, 234, 216),
    points=(132, 100, 76),
    nose=(216, 140, 136),
    tail_tip=(252, 248, 240),
    under_share=0.36,
)
RABBIT = Species("rabbit", BUILD, WILD, HOP, DASH, call_seconds=0.2, call_gap=(2.5, 4.5), weight=0.1, wag=0.6)


@actor("rabbit", size=(0.38, 0.36), actions=ACTIONS, family="animal", home="meadow")
def rabbit(role: Role) -> Actor:
    return performed(role, RABBIT)
