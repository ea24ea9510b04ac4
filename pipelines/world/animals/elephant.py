"""Elephants."""

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import trunk, trunk_rings, tusks
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.56,
    skull=(0.96, 1.0, 0.86),
    muzzle_root=(0.35, -0.25, 0.62),
    muzzle_tip=(0.88, -0.48, 0.40),
    muzzle_breadth=1.0,
    nose=(1.2, -0.5, 0.01),
    eye=(0.66, 0.06, 0.56),
    eye_size=0.115,
    ear=Ear(root=(-0.12, 0.36, 0.72), tip=(-1.35, -0.85, 1.25), width=0.86, form="fan", stiff=0.35),
    mouth=0.62,
    jaw=0.5,
    nose_style="nostrils",
    iris=(110, 72, 44),
)
BUILD = Build(
    hips=(-0.80, 1.62),
    shoulders=(0.70, 1.66),
    torso=(
        (-0.14, 0.0, 0.56),
        (0.0, 0.08, 0.63),
        (0.15, 0.14, 0.70),
        (0.45, 0.12, 0.76),
        (0.75, 0.08, 0.74),
        (1.0, 0.10, 0.64),
    ),
    neck=0.72,
    neck_radii=(0.56, 0.48),
    neck_angle=0.50,
    neck_root=(0.98, 0.22),
    head=HEAD,
    fore=Leg(0.66, 0.66, 0.32, (0.48, 0.38, 0.265, 0.225, 0.225), aside=0.32, upright=1.58),
    hind=Leg(0.64, 0.62, 0.34, (0.52, 0.46, 0.29, 0.225, 0.220), aside=0.32, upright=1.60),
    tail=Tail(0.85, (0.07, 0.045, 0.03, 0.035), carried=4.0, curl=-0.55, wag=0.16),
    paw=(0.50, 0.20),
    texture=0.0,
    joined=(trunk,),
    over=(trunk_rings, tusks),
)
WALK = Gait(speed=1.5, period=1.5, duty=0.66, landings=(0.25, 0.75, 0.0, 0.5), lift=0.22, rise=0.025, beats=2)
AMBLE = Gait(
    speed=3.6, period=0.95, duty=0.46, landings=(0.22, 0.72, 0.0, 0.5), lift=0.30, rise=0.05, beats=2, crouch=0.05
)
GREY = Coat(
    base=(150, 148, 160),
    under=(170, 166, 174),
    points=(136, 132, 146),
    nose=(80, 70, 80),
    inner_ear=(206, 160, 162),
    shine=0.7,
)
ELEPHANT = Species(
    "elephant",
    BUILD,
    GREY,
    WALK,
    AMBLE,
    call_seconds=1.2,
    call_gap=(2.6, 4.5),
    weight=1.0,
    wag=0.4,
    swim_speed=1.4,
    trunk=True,
)


@actor("elephant", size=(4.0, 3.0), actions=ACTIONS, family="animal", home="meadow")
def elephant(role: Role) -> Actor:
    return performed(role, ELEPHANT)
