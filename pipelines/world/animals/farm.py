"""Sheep and cows."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import horns, udder, wool, wool_curls
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

SHEEP_HEAD = HeadShape(
    radius=0.135,
    skull=(0.98, 0.84, 0.76),
    muzzle_root=(0.55, -0.20, 0.56),
    muzzle_tip=(1.38, -0.36, 0.36),
    muzzle_breadth=0.95,
    nose=(1.62, -0.18, 0.13),
    eye=(0.56, 0.16, 0.58),
    eye_size=0.19,
    ear=Ear(root=(-0.25, 0.30, 0.62), tip=(-0.55, -0.05, 1.55), width=0.28, form="round", stiff=0.4),
    mouth=0.95,
    nose_style="button",
    iris=(196, 150, 70),
    pupil="bar",
)
SHEEP_BUILD = Build(
    hips=(-0.28, 0.56),
    shoulders=(0.26, 0.55),
    torso=((-0.12, 0.06, 0.200), (0.18, 0.08, 0.235), (0.50, 0.06, 0.245), (0.82, 0.06, 0.225), (1.04, 0.06, 0.185)),
    neck=0.26,
    neck_radii=(0.135, 0.10),
    neck_angle=0.72,
    neck_root=(1.10, 0.14),
    head=SHEEP_HEAD,
    fore=Leg(0.19, 0.19, 0.13, (0.10, 0.085, 0.050, 0.034, 0.030), aside=0.09, upright=1.57),
    hind=Leg(0.20, 0.21, 0.17, (0.12, 0.11, 0.062, 0.035, 0.030), aside=0.09),
    tail=Tail(0.14, (0.05, 0.06, 0.045), carried=3.6, curl=-0.3, fringe=0.02, wag=0.2),
    paw=(0.085, 0.050),
    hoof=True,
    texture=0.0,
    head_pitch=-0.30,
    joined=(wool,),
    over=(wool_curls,),
)
SHEEP_WALK = Gait(speed=1.0, period=0.66, duty=0.62, landings=(0.25, 0.75, 0.0, 0.5), lift=0.07, rise=0.010, beats=2)
SHEEP_RUN = Gait(
    speed=3.8,
    period=0.42,
    duty=0.26,
    landings=(0.46, 0.58, 0.0, 0.10),
    lift=0.13,
    rise=0.035,
    flex=0.022,
    arch=0.015,
    hop=0.04,
    crouch=0.02,
)
FLEECE = Coat(
    base=(244, 238, 226),
    under=(244, 238, 226),
    points=(84, 70, 70),
    head=(92, 78, 78),
    socks=(84, 70, 72),
    nose=(46, 38, 42),
    inner_ear=(150, 116, 112),
)
SHEEP = Species("sheep", SHEEP_BUILD, FLEECE, SHEEP_WALK, SHEEP_RUN, step="hoof", call_seconds=0.7, weight=0.4, wag=1.0)

COW_HEAD = HeadShape(
    radius=0.215,
    skull=(0.98, 0.86, 0.76),
    muzzle_root=(0.60, -0.20, 0.60),
    muzzle_tip=(1.72, -0.38, 0.46),
    muzzle_breadth=1.05,
    nose=(2.02, -0.20, 0.10),
    eye=(0.56, 0.18, 0.62),
    eye_size=0.19,
    ear=Ear(root=(-0.30, 0.40, 0.62), tip=(-0.55, 0.10, 1.75), width=0.30, form="round", stiff=0.4),
    mouth=1.2,
    nose_style="nostrils",
    iris=(74, 46, 34),
)
COW_BUILD = Build(
    hips=(-0.64, 1.04),
    shoulders=(0.56, 0.98),
    torso=((-0.10, 0.05, 0.31), (0.14, 0.04, 0.365), (0.46, -0.02, 0.405), (0.78, -0.01, 0.385), (1.02, 0.03, 0.33)),
    neck=0.50,
    neck_radii=(0.27, 0.19),
    neck_angle=0.42,
    neck_root=(1.04, 0.16),
    head=COW_HEAD,
    fore=Leg(0.33, 0.33, 0.24, (0.22, 0.19, 0.11, 0.070, 0.058), aside=0.16, upright=1.57),
    hind=Leg(0.35, 0.36, 0.34, (0.26, 0.24, 0.13, 0.072, 0.058), aside=0.16),
    tail=Tail(0.80, (0.05, 0.034, 0.028, 0.05), carried=4.35, curl=-0.30, fringe=0.03, wag=0.18),
    paw=(0.17, 0.10),
    hoof=True,
    texture=0.03,
    head_pitch=-0.40,
    under=(udder,),
    over=(horns,),
)
COW_WALK = Gait(speed=1.2, period=1.10, duty=0.64, landings=(0.25, 0.75, 0.0, 0.5), lift=0.12, rise=0.018, beats=2)
COW_RUN = Gait(
    speed=4.6,
    period=0.58,
    duty=0.27,
    landings=(0.42, 0.56, 0.0, 0.13),
    lift=0.22,
    rise=0.055,
    flex=0.035,
    arch=0.02,
    hop=0.04,
    crouch=0.03,
)
HOLSTEIN = Coat(
    base=(246, 242, 236),
    under=(246, 242, 236),
    points=(70, 58, 60),
    patches=(58, 50, 54),
    muzzle=(238, 184, 176),
    nose=(150, 96, 96),
    inner_ear=(226, 172, 164),
)
COW = Species(
    "cow",
    COW_BUILD,
    HOLSTEIN,
    COW_WALK,
    COW_RUN,
    step="hoof",
    call_seconds=1.3,
    call_gap=(2.6, 4.6),
    weight=0.85,
    wag=0.6,
)


@actor("sheep", size=(1.1, 1.0), actions=ACTIONS, family="animal", home="meadow")
def sheep(role: Role) -> Actor:
    if "ram" in role.attributes:
        return performed(role, replace(SHEEP, build=replace(SHEEP_BUILD, over=(wool_curls, horns))))
    return performed(role, SHEEP)


@actor("cow", size=(2.3, 1.6), actions=ACTIONS, family="animal", home="meadow")
def cow(role: Role) -> Actor:
    over = () if "calf" in role.attributes else (horns,)
    return performed(role, replace(COW, build=replace(COW_BUILD, over=over)))
