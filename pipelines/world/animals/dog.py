"""Dogs."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.build import Build, Ear, HeadShape, Leg, Tail
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.gait import Gait
from pipelines.world.animals.quadruped import ACTIONS, Species, performed

FLOP = Ear(root=(-0.18, 0.62, 0.66), tip=(-0.62, -0.72, 1.02), width=0.44, form="flop", stiff=0.1)
PRICK = Ear(root=(-0.22, 0.62, 0.52), tip=(-0.34, 1.62, 0.72), width=0.40, stiff=0.85)

HEAD = HeadShape(
    radius=0.118,
    skull=(1.0, 0.90, 0.86),
    muzzle_root=(0.62, -0.20, 0.56),
    muzzle_tip=(1.40, -0.32, 0.36),
    muzzle_breadth=1.02,
    nose=(1.66, -0.10, 0.21),
    eye=(0.62, 0.14, 0.60),
    eye_size=0.205,
    ear=FLOP,
    cheek=(0.15, -0.32, 0.66),
    mouth=0.52,
    jaw=0.66,
)

RETRIEVER = Build(
    hips=(-0.23, 0.475),
    shoulders=(0.21, 0.455),
    torso=(
        (-0.16, 0.010, 0.118),
        (0.10, 0.030, 0.130),
        (0.42, 0.020, 0.128),
        (0.74, -0.005, 0.152),
        (1.02, 0.000, 0.158),
        (1.20, 0.030, 0.120),
    ),
    neck=0.195,
    neck_radii=(0.128, 0.096),
    neck_angle=0.86,
    neck_root=(1.08, 0.075),
    head=HEAD,
    fore=Leg(0.205, 0.205, 0.085, (0.105, 0.088, 0.050, 0.034, 0.034)),
    hind=Leg(0.205, 0.215, 0.150, (0.130, 0.120, 0.066, 0.034, 0.032)),
    tail=Tail(0.40, (0.042, 0.040, 0.030, 0.012), carried=2.75, curl=0.55, fringe=0.115, wag=0.30),
    paw=(0.115, 0.058),
    fur=0.052,
    texture=0.042,
)

WALK = Gait(
    speed=1.2, period=0.60, duty=0.62, landings=(0.25, 0.75, 0.0, 0.5), lift=0.075, rise=0.008, beats=2, crouch=0.006
)
GALLOP = Gait(
    speed=5.5,
    period=0.43,
    duty=0.21,
    landings=(0.46, 0.57, 0.0, 0.10),
    lift=0.155,
    rise=0.038,
    flex=0.050,
    arch=0.050,
    hop=0.030,
    crouch=0.035,
    stretched=0.33,
    reach=0.02,
)

GOLDEN = Coat(base=(224, 158, 82), under=(248, 212, 150), points=(172, 104, 52), under_share=0.42)
DOG = Species(
    "dog",
    RETRIEVER,
    GOLDEN,
    WALK,
    GALLOP,
    call_seconds=0.30,
    call_gap=(1.3, 3.0),
    pants=True,
    weight=0.35,
    wag=1.6,
)


def _breed(role: Role) -> Species:
    """The dog that the role's attributes name; a golden retriever where they name none."""
    for name in role.attributes:
        if name in BREEDS:
            return BREEDS[name]
    return DOG


def _bred(coat: Coat, build: Build = RETRIEVER) -> Species:
    return replace(DOG, coat=coat, build=build)


_SLEEK = replace(
    RETRIEVER, fur=0.0, texture=0.024, tail=replace(RETRIEVER.tail, fringe=0.0, radii=(0.034, 0.030, 0.022, 0.010))
)
_WOLFISH = replace(
    RETRIEVER,
    head=replace(HEAD, ear=PRICK),
    tail=replace(RETRIEVER.tail, length=0.36, carried=2.3, curl=1.9, radii=(0.05, 0.062, 0.055, 0.02), fringe=0.08),
)
_CURLY = replace(
    RETRIEVER,
    fur=0.06,
    texture=0.03,
    tail=replace(RETRIEVER.tail, length=0.24, carried=2.1, curl=0.2, radii=(0.03, 0.03, 0.06, 0.06), fringe=0.05),
)
_SHORT = replace(
    RETRIEVER,
    hips=(-0.24, 0.30),
    shoulders=(0.22, 0.285),
    neck_angle=0.95,
    fore=replace(RETRIEVER.fore, upper=0.120, lower=0.118, foot=0.058),
    hind=replace(RETRIEVER.hind, upper=0.122, lower=0.128, foot=0.085),
    tail=replace(RETRIEVER.tail, length=0.22),
)

BREEDS: dict[str, Species] = {
    "golden_retriever": DOG,
    "labrador": _bred(
        Coat(base=(232, 198, 142), under=(250, 228, 186), points=(196, 150, 96), under_share=0.4), _SLEEK
    ),
    "dalmatian": _bred(
        Coat(base=(246, 242, 236), under=(255, 252, 248), points=(60, 52, 56), spots=(44, 40, 46)), _SLEEK
    ),
    "husky": _bred(
        Coat(
            base=(120, 124, 138),
            under=(246, 244, 242),
            points=(82, 84, 96),
            mask=(248, 246, 244),
            socks=(246, 244, 242),
            iris=(110, 176, 226),
            under_share=0.72,
        ),
        _WOLFISH,
    ),
    "german_shepherd": _bred(
        Coat(base=(186, 128, 72), under=(220, 172, 112), points=(60, 44, 40), cape=(56, 44, 42), muzzle=(60, 46, 44)),
        replace(_WOLFISH, tail=replace(RETRIEVER.tail, carried=3.3)),
    ),
    "border_collie": _bred(
        Coat(
            base=(52, 48, 56),
            under=(248, 246, 242),
            points=(38, 34, 42),
            mask=None,
            socks=(248, 246, 242),
            muzzle=(246, 244, 240),
            tail_tip=(248, 246, 242),
            under_share=0.5,
        )
    ),
    "beagle": _bred(
        Coat(
            base=(200, 134, 76),
            under=(250, 246, 238),
            points=(150, 92, 50),
            cape=(60, 46, 42),
            muzzle=(250, 246, 240),
            socks=(250, 246, 238),
            tail_tip=(250, 246, 238),
            under_share=0.6,
        ),
        _SLEEK,
    ),
    "poodle": _bred(Coat(base=(238, 226, 212), under=(248, 240, 230), points=(206, 188, 170)), _CURLY),
    "corgi": _bred(
        Coat(
            base=(226, 150, 78),
            under=(252, 246, 236),
            points=(196, 120, 60),
            muzzle=(252, 246, 238),
            socks=(252, 246, 238),
            under_share=0.62,
        ),
        replace(_SHORT, head=replace(HEAD, ear=PRICK), tail=replace(RETRIEVER.tail, length=0.10)),
    ),
    "dachshund": _bred(
        Coat(base=(140, 82, 50), under=(176, 112, 68), points=(88, 48, 34)), replace(_SHORT, fur=0.0, tail=_SLEEK.tail)
    ),
    "bulldog": _bred(
        Coat(base=(220, 184, 142), under=(250, 240, 226), points=(170, 124, 90), muzzle=(110, 84, 74)),
        replace(
            _SLEEK, head=replace(HEAD, muzzle_tip=(1.02, -0.34, 0.50), nose=(1.36, -0.10, 0.20), muzzle_breadth=1.2)
        ),
    ),
}


@actor("dog", size=(1.1, 0.8), actions=ACTIONS, family="animal", home="meadow")
def dog(role: Role) -> Actor:
    return performed(role, _breed(role))
