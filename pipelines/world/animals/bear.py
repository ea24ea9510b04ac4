"""Bears."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import hump
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.235,
    skull=(0.98, 0.92, 0.98),
    muzzle_root=(0.55, -0.24, 0.54),
    muzzle_tip=(1.24, -0.38, 0.34),
    muzzle_breadth=1.1,
    nose=(1.46, -0.18, 0.20),
    eye=(0.74, 0.14, 0.44),
    eye_size=0.145,
    ear=Ear(root=(-0.22, 0.62, 0.60), tip=(-0.28, 1.18, 0.88), width=0.36, form="round", stiff=0.9),
    cheek=(0.05, -0.30, 0.74),
    mouth=0.62,
    iris=(74, 44, 28),
)
BUILD = Build(
    hips=(-0.46, 0.70),
    shoulders=(0.42, 0.70),
    torso=((-0.14, 0.04, 0.29), (0.14, 0.07, 0.335), (0.46, 0.05, 0.345), (0.78, 0.04, 0.335), (1.04, 0.04, 0.28)),
    neck=0.34,
    neck_radii=(0.245, 0.20),
    neck_angle=0.42,
    neck_root=(1.06, 0.10),
    head=HEAD,
    fore=Leg(0.30, 0.30, 0.10, (0.23, 0.20, 0.135, 0.10, 0.10), aside=0.16),
    hind=Leg(0.30, 0.29, 0.13, (0.29, 0.26, 0.16, 0.10, 0.10), aside=0.16, upright=1.85),
    tail=Tail(0.10, (0.06, 0.06, 0.04), carried=2.9, curl=0.0, fringe=0.03, wag=0.05),
    paw=(0.26, 0.105),
    fur=0.060,
    texture=0.075,
    joined=(hump,),
)
WALK = Gait(speed=1.2, period=1.05, duty=0.62, landings=(0.22, 0.72, 0.0, 0.5), lift=0.11, rise=0.022, beats=2)
LUMBER = Gait(
    speed=5.0,
    period=0.60,
    duty=0.26,
    landings=(0.44, 0.58, 0.0, 0.14),
    lift=0.19,
    rise=0.055,
    flex=0.055,
    arch=0.06,
    hop=0.03,
    crouch=0.05,
    stretched=0.32,
)
BROWN = Coat(
    base=(132, 84, 52), under=(150, 100, 66), points=(92, 56, 38), muzzle=(190, 146, 104), inner_ear=(172, 120, 92)
)
BEAR = Species(
    "bear",
    BUILD,
    BROWN,
    WALK,
    LUMBER,
    call_seconds=0.9,
    call_gap=(2.4, 4.5),
    rears=True,
    weight=0.8,
    wag=0.3,
    swim_speed=1.1,
)


@actor("bear", size=(1.7, 1.25), actions=ACTIONS, family="animal", home="forest")
def bear(role: Role) -> Actor:
    if "polar_bear" in role.attributes:
        white = Coat(
            base=(246, 240, 226),
            under=(252, 248, 240),
            points=(214, 204, 190),
            muzzle=(252, 248, 238),
            inner_ear=(210, 190, 176),
        )
        return performed(role, replace(BEAR, coat=white))
    return performed(role, BEAR)
