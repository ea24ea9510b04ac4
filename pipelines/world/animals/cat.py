"""Cats."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.extras import cheek_fur, whiskers
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

HEAD = HeadShape(
    radius=0.088,
    skull=(0.98, 0.86, 1.0),
    muzzle_root=(0.52, -0.26, 0.46),
    muzzle_tip=(0.92, -0.34, 0.30),
    muzzle_breadth=1.35,
    nose=(1.10, -0.15, 0.11),
    eye=(0.66, 0.10, 0.52),
    eye_size=0.25,
    ear=Ear(root=(-0.12, 0.60, 0.54), tip=(-0.10, 1.55, 0.80), width=0.44, stiff=0.9),
    cheek=(0.15, -0.32, 0.60),
    mouth=0.62,
    iris=(122, 176, 74),
    pupil="slit",
)
BUILD = Build(
    hips=(-0.155, 0.275),
    shoulders=(0.14, 0.258),
    torso=(
        (-0.14, 0.006, 0.072),
        (0.12, 0.014, 0.078),
        (0.45, 0.0, 0.078),
        (0.78, -0.006, 0.084),
        (1.04, 0.0, 0.082),
        (1.16, 0.012, 0.066),
    ),
    neck=0.125,
    neck_radii=(0.068, 0.058),
    neck_angle=0.80,
    neck_root=(1.06, 0.035),
    head=HEAD,
    fore=Leg(0.118, 0.115, 0.05, (0.058, 0.050, 0.030, 0.021, 0.021), aside=0.04),
    hind=Leg(0.120, 0.128, 0.088, (0.076, 0.072, 0.040, 0.021, 0.020), aside=0.04),
    tail=Tail(0.36, (0.024, 0.024, 0.022, 0.015), carried=2.55, curl=1.25, wag=0.22),
    paw=(0.068, 0.036),
    fur=0.016,
    texture=0.022,
    joined=(cheek_fur,),
    over=(whiskers,),
)
WALK = Gait(speed=0.75, period=0.52, duty=0.62, landings=(0.25, 0.75, 0.0, 0.5), lift=0.04, rise=0.004, beats=2)
GALLOP = Gait(
    speed=4.0,
    period=0.38,
    duty=0.22,
    landings=(0.46, 0.58, 0.0, 0.09),
    lift=0.085,
    rise=0.022,
    flex=0.036,
    arch=0.036,
    hop=0.02,
    crouch=0.022,
    stretched=0.33,
)
TABBY = Coat(
    base=(226, 146, 76),
    under=(250, 226, 188),
    points=(188, 106, 48),
    nose=(222, 122, 118),
    stripes=(168, 88, 40),
    muzzle=(252, 236, 212),
    under_share=0.36,
)
CAT = Species("cat", BUILD, TABBY, WALK, GALLOP, call_seconds=0.6, call_gap=(1.8, 3.4), weight=0.12, wag=0.5)

_FLUFFY = replace(BUILD, fur=0.040, tail=replace(BUILD.tail, radii=(0.03, 0.045, 0.05, 0.025), fringe=0.05))
COATS: dict[str, Species] = {
    "tabby": replace(
        CAT,
        coat=Coat(
            base=(164, 140, 116),
            under=(222, 204, 178),
            points=(116, 94, 76),
            nose=(206, 120, 112),
            stripes=(82, 64, 52),
            muzzle=(240, 226, 206),
        ),
    ),
    "siamese": replace(
        CAT,
        coat=Coat(
            base=(240, 224, 200),
            under=(250, 240, 224),
            points=(78, 56, 50),
            nose=(60, 44, 44),
            socks=(88, 66, 58),
            muzzle=(86, 64, 58),
            tail_tip=(88, 66, 58),
            iris=(96, 166, 226),
        ),
    ),
    "persian": replace(
        CAT,
        build=_FLUFFY,
        coat=Coat(
            base=(244, 236, 224),
            under=(252, 248, 240),
            points=(222, 206, 190),
            nose=(226, 140, 136),
            iris=(224, 160, 60),
        ),
    ),
}


@actor("cat", size=(0.6, 0.45), actions=ACTIONS, family="animal", home="living_room")
def cat(role: Role) -> Actor:
    species = next((COATS[name] for name in role.attributes if name in COATS), CAT)
    if "fluffy" in role.attributes:
        species = replace(species, build=_FLUFFY)
    if "kitten" in role.attributes:  # wide pupils
        species = replace(species, build=replace(species.build, head=replace(HEAD, pupil="round")))
    return performed(role, species)
