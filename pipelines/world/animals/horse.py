"""Horses."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import mane
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.20,
    skull=(1.05, 0.90, 0.66),
    muzzle_root=(0.55, -0.16, 0.66),
    muzzle_tip=(2.15, -0.22, 0.44),
    muzzle_breadth=0.85,
    nose=(2.36, -0.08, 0.11),
    eye=(0.52, 0.30, 0.60),
    eye_size=0.19,
    ear=Ear(root=(-0.35, 0.66, 0.30), tip=(-0.30, 1.42, 0.42), width=0.22, stiff=0.8),
    cheek=(0.20, -0.34, 0.66),
    mouth=1.66,
    jaw=0.55,
    nose_style="nostrils",
    iris=(84, 50, 30),
)
BUILD = Build(
    hips=(-0.56, 1.16),
    shoulders=(0.50, 1.08),
    torso=(
        (-0.12, 0.03, 0.27),
        (0.10, 0.05, 0.285),
        (0.40, -0.01, 0.285),
        (0.72, -0.01, 0.305),
        (0.98, 0.03, 0.295),
        (1.12, 0.05, 0.24),
    ),
    neck=0.72,
    neck_radii=(0.25, 0.135),
    neck_angle=0.92,
    neck_root=(1.02, 0.15),
    head=HEAD,
    fore=Leg(0.37, 0.39, 0.30, (0.21, 0.175, 0.095, 0.056, 0.046), aside=0.14, upright=1.57),
    hind=Leg(0.38, 0.42, 0.42, (0.28, 0.26, 0.125, 0.062, 0.048), aside=0.14),
    tail=Tail(0.72, (0.06, 0.085, 0.095, 0.03), carried=3.75, curl=-0.55, fringe=0.20, wag=0.10),
    paw=(0.165, 0.10),
    hoof=True,
    texture=0.045,
    head_pitch=-0.58,
    over=(mane,),
)
WALK = Gait(speed=1.6, period=1.02, duty=0.60, landings=(0.25, 0.75, 0.0, 0.5), lift=0.15, rise=0.016, beats=2)
GALLOP = Gait(
    speed=9.0,
    period=0.52,
    duty=0.205,
    landings=(0.40, 0.53, 0.0, 0.13),
    lift=0.34,
    rise=0.060,
    flex=0.05,
    arch=0.03,
    hop=0.05,
    crouch=0.05,
    stretched=0.27,
)
BAY = Coat(
    base=(150, 86, 50),
    under=(168, 102, 62),
    points=(104, 58, 38),
    mane=(48, 32, 32),
    nose=(70, 46, 44),
    socks=(62, 42, 40),
    inner_ear=(120, 76, 60),
)
HORSE = Species(
    "horse",
    BUILD,
    BAY,
    WALK,
    GALLOP,
    step="hoof",
    call_seconds=1.0,
    call_gap=(2.4, 4.5),
    weight=0.8,
    wag=0.5,
    swim_speed=1.2,
)
_STRIPED = Coat(
    base=(246, 242, 236),
    under=(250, 248, 244),
    points=(60, 54, 58),
    mane=(48, 44, 48),
    stripes=(44, 40, 46),
    nose=(60, 50, 52),
    muzzle=(84, 76, 78),
)


@actor("horse", size=(2.5, 2.0), actions=ACTIONS, family="animal", home="meadow")
def horse(role: Role) -> Actor:
    species = replace(HORSE, coat=_STRIPED) if "striped" in role.attributes else HORSE
    return performed(role, species)
