"""Songbirds, owls, ducks and penguins."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.bird import ACTIONS, BirdKind, performed
from pipelines.world.animals.bird_motions import Flyer
from pipelines.world.animals.bird_painting import Plumage
from pipelines.world.animals.build import Ear, HeadShape
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.wings import Wing

NO_EAR = Ear((0, 0, 0), (0, 0, 0), 0.0)


def head(
    radius: float,
    eye: tuple[float, float, float],
    eye_size: float,
    beak: tuple[float, float],
    iris: tuple[int, int, int],
    skull: tuple[float, float, float] = (1.0, 0.94, 0.92),
) -> HeadShape:
    """A bird's head; `beak` is where the beak's middle grows: forward, up."""
    return HeadShape(
        radius,
        skull,
        muzzle_root=(0.2, 0.0, 0.3),
        muzzle_tip=(0.5, 0.0, 0.3),
        muzzle_breadth=1.0,
        nose=(beak[0], beak[1], 0.1),
        eye=eye,
        eye_size=eye_size,
        ear=NO_EAR,
        iris=iris,
    )


SONGBIRD = BirdKind(
    "bird",
    Flyer(
        length=0.17,
        thick=0.058,
        pitch=0.62,
        legs=0.088,
        head=head(0.052, (0.46, 0.16, 0.70), 0.20, (0.84, -0.10), (40, 26, 24)),
        neck=0.030,
        wing=Wing(0.095, 0.140, 0.090, 0.6, 7),
        tail=(0.095, 0.018),
        beats=5.2,
        flap=0.95,
        speeds={"fly": 3.6, "walk": 0.45, "run": 0.9, "swim": 0.3},
        stance=0.018,
        foot=0.036,
        hops=True,
        glides=0.7,
        neck_angle=1.0,
    ),
    Plumage(
        Coat((66, 128, 214), (250, 170, 100), (40, 80, 150)),
        belly=(250, 164, 96),
        wing=((84, 148, 226), (52, 96, 176), (36, 58, 116)),
        beak=(84, 72, 64),
        legs=(126, 90, 70),
        beak_size=(0.52, 0.22),
    ),
    Coat((66, 128, 214), (250, 170, 100), (40, 80, 150)),
    sings=True,
    altitude=1.7,
)

OWL = BirdKind(
    "owl",
    Flyer(
        length=0.30,
        thick=0.128,
        pitch=1.22,
        legs=0.175,
        head=head(0.118, (0.72, 0.08, 0.42), 0.27, (0.92, -0.14), (246, 178, 40), (0.96, 0.90, 1.02)),
        neck=0.055,
        wing=Wing(0.19, 0.25, 0.19, 0.15, 7),
        tail=(0.06, 0.055),
        beats=2.3,
        flap=0.85,
        speeds={"fly": 3.8, "walk": 0.35, "run": 0.7, "swim": 0.3},
        stance=0.035,
        foot=0.06,
        hops=False,
        glides=1.0,
        neck_angle=0.5,
        tall_eye=0.85,
        waddle=0.06,
    ),
    Plumage(
        Coat((152, 110, 72), (232, 208, 172), (98, 66, 44)),
        belly=(232, 206, 166),
        wing=((140, 98, 62), (112, 76, 50), (86, 58, 42)),
        beak=(214, 168, 84),
        legs=(206, 170, 110),
        beak_form="hook",
        beak_size=(0.34, 0.20),
        disc=(244, 226, 194),
        tufts=True,
        spotted=True,
    ),
    Coat((152, 110, 72), (232, 208, 172), (98, 66, 44)),
    altitude=2.0,
    call_gap=(1.8, 3.0),
)

DUCK = BirdKind(
    "duck",
    Flyer(
        length=0.36,
        thick=0.105,
        pitch=0.22,
        legs=0.155,
        head=head(0.078, (0.50, 0.20, 0.66), 0.19, (0.78, -0.14), (52, 32, 26)),
        neck=0.155,
        wing=Wing(0.16, 0.24, 0.16, 0.6, 7),
        tail=(0.10, 0.045),
        beats=4.2,
        flap=0.85,
        speeds={"fly": 6.0, "walk": 0.5, "run": 1.1, "swim": 0.55},
        stance=0.05,
        foot=0.075,
        waddle=0.16,
        glides=0.35,
        neck_angle=1.15,
    ),
    Plumage(
        Coat((168, 148, 128), (206, 196, 184), (110, 92, 78)),
        belly=(222, 214, 204),
        wing=((150, 136, 124), (116, 98, 86), (48, 92, 178)),
        beak=(244, 184, 60),
        legs=(240, 134, 50),
        beak_form="bill",
        beak_size=(0.86, 0.24),
        head=(36, 116, 84),
        ring=(250, 248, 244),
        webbed=True,
    ),
    Coat((168, 148, 128), (206, 196, 184), (110, 92, 78)),
    altitude=2.2,
    call_gap=(1.4, 2.8),
)

PENGUIN = BirdKind(
    "penguin",
    Flyer(
        length=0.56,
        thick=0.185,
        pitch=1.42,
        legs=0.36,
        head=head(0.132, (0.60, 0.14, 0.58), 0.18, (0.86, -0.10), (84, 44, 30)),
        neck=0.115,
        wing=Wing(0.15, 0.19, 0.115, 0.7, 3),
        tail=(0.10, 0.05),
        beats=2.0,
        flap=0.5,
        speeds={"walk": 0.45, "run": 0.9, "swim": 1.4},
        stance=0.08,
        foot=0.12,
        flies=False,
        waddle=0.20,
        neck_angle=0.35,
        tall_eye=0.25,
    ),
    Plumage(
        Coat((44, 48, 66), (248, 246, 242), (28, 30, 44)),
        belly=(250, 248, 244),
        wing=((50, 54, 74), (40, 44, 60), (34, 36, 52)),
        beak=(240, 150, 58),
        legs=(236, 138, 56),
        beak_size=(0.66, 0.20),
        webbed=True,
        head=(38, 40, 56),
        disc=(250, 248, 244),
        face=(0.42, 0.34),
    ),
    Coat((44, 48, 66), (248, 246, 242), (28, 30, 44)),
    weight=0.15,
    call_gap=(1.6, 3.0),
)


@actor("bird", size=(0.3, 0.24), actions=ACTIONS, family="animal", home="forest")
def bird(role: Role) -> Actor:
    return performed(role, SONGBIRD)


@actor("owl", size=(0.34, 0.46), actions=ACTIONS, family="animal", home="forest")
def owl(role: Role) -> Actor:
    return performed(role, OWL)


@actor("duck", size=(0.55, 0.42), actions=ACTIONS, family="animal", home="park")
def duck(role: Role) -> Actor:
    if "duckling" in role.attributes:
        yellow = replace(
            DUCK.plumage,
            head=None,
            ring=None,
            belly=(255, 232, 140),
            wing=((250, 208, 90), (240, 192, 76), (232, 180, 66)),
        )
        return performed(
            role, replace(DUCK, plumage=yellow, coat=Coat((252, 214, 98), (255, 232, 140), (226, 176, 62)))
        )
    return performed(role, DUCK)


@actor("penguin", size=(0.5, 0.85), actions=ACTIONS, family="animal", home="snow_field")
def penguin(role: Role) -> Actor:
    return performed(role, PENGUIN)
