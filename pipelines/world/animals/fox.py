"""Foxes."""

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import cheek_fur, whiskers
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.095,
    skull=(0.98, 0.84, 0.92),
    muzzle_root=(0.60, -0.24, 0.44),
    muzzle_tip=(1.52, -0.40, 0.19),
    muzzle_breadth=1.0,
    nose=(1.68, -0.32, 0.13),
    eye=(0.64, 0.08, 0.54),
    eye_size=0.19,
    ear=Ear(root=(-0.18, 0.60, 0.50), tip=(-0.22, 1.78, 0.72), width=0.46, stiff=0.85),
    cheek=(0.12, -0.34, 0.62),
    mouth=0.62,
    iris=(196, 122, 36),
)
BUILD = Build(
    hips=(-0.19, 0.345),
    shoulders=(0.17, 0.33),
    torso=(
        (-0.15, 0.006, 0.080),
        (0.12, 0.018, 0.088),
        (0.45, 0.006, 0.088),
        (0.78, -0.004, 0.100),
        (1.03, 0.0, 0.100),
        (1.18, 0.016, 0.078),
    ),
    neck=0.16,
    neck_radii=(0.084, 0.066),
    neck_angle=0.80,
    neck_root=(1.07, 0.045),
    head=HEAD,
    fore=Leg(0.148, 0.148, 0.065, (0.070, 0.058, 0.034, 0.022, 0.022), aside=0.045),
    hind=Leg(0.150, 0.160, 0.112, (0.088, 0.080, 0.044, 0.022, 0.021), aside=0.045),
    tail=Tail(0.44, (0.030, 0.070, 0.086, 0.060, 0.012), carried=3.25, curl=0.75, fringe=0.05, wag=0.16),
    paw=(0.078, 0.038),
    fur=0.036,
    texture=0.03,
    joined=(cheek_fur,),
    over=(whiskers,),
)
WALK = Gait(speed=1.0, period=0.52, duty=0.62, landings=(0.25, 0.75, 0.0, 0.5), lift=0.055, rise=0.005, beats=2)
GALLOP = Gait(
    speed=4.8,
    period=0.40,
    duty=0.23,
    landings=(0.46, 0.58, 0.0, 0.10),
    lift=0.11,
    rise=0.028,
    flex=0.040,
    arch=0.040,
    hop=0.025,
    crouch=0.026,
    stretched=0.33,
)
RED = Coat(
    base=(226, 110, 44),
    under=(252, 242, 228),
    points=(60, 40, 40),
    socks=(58, 40, 42),
    tail_tip=(252, 246, 238),
    mask=(252, 244, 232),
    under_share=0.40,
)
FOX = Species("fox", BUILD, RED, WALK, GALLOP, call_seconds=0.4, call_gap=(2.0, 4.0), weight=0.15, wag=0.8)


@actor("fox", size=(0.95, 0.55), actions=ACTIONS, family="animal", home="forest")
def fox(role: Role) -> Actor:
    return performed(role, FOX)
