"""Fish and whales."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.swimmer import ACTIONS, performed
from pipelines.world.animals.swimmer_painting import Swimmer

GOLDFISH = Swimmer(
    "fish",
    length=0.34,
    profile=(
        (0.0, 0.026, 0.024),
        (0.10, 0.058, 0.050),
        (0.30, 0.086, 0.076),
        (0.50, 0.080, 0.074),
        (0.72, 0.048, 0.044),
        (0.90, 0.022, 0.020),
        (1.0, 0.018, 0.018),
    ),
    coat=Coat(base=(244, 132, 44), under=(255, 214, 130), points=(238, 96, 40), iris=(40, 30, 40)),
    speed=0.55,
    beats=1.9,
    wave=0.16,
    upright_tail=True,
    tail=0.30,
    eye=(0.165, 0.34, 0.034),
    mouth=0.095,
    dorsal=(0.26, 0.78, 0.12),
)
CLOWNFISH = replace(
    GOLDFISH,
    coat=replace(GOLDFISH.coat, base=(248, 118, 36), under=(252, 138, 52), points=(250, 130, 44)),
    bands=((0.24, 0.040), (0.52, 0.045), (0.88, 0.022)),
    tail=0.20,
)
WHALE = Swimmer(
    "whale",
    length=6.0,
    profile=(
        (0.0, 0.34, 0.44),
        (0.10, 0.60, 0.72),
        (0.26, 0.82, 0.86),
        (0.45, 0.80, 0.74),
        (0.65, 0.52, 0.44),
        (0.84, 0.24, 0.20),
        (1.0, 0.12, 0.11),
    ),
    coat=Coat(base=(66, 104, 150), under=(214, 228, 236), points=(48, 82, 128), iris=(40, 34, 44)),
    speed=1.5,
    beats=0.42,
    wave=0.085,
    upright_tail=False,
    tail=0.20,
    eye=(0.20, 0.04, 0.016),
    mouth=0.19,
    dorsal=(0.60, 0.76, 0.05),
    grooves=5,
    depth=2.4,
    call_gap=(2.2, 4.5),
)


@actor("fish", size=(0.42, 0.22), actions=ACTIONS, family="animal", home="underwater")
def fish(role: Role) -> Actor:
    kind = CLOWNFISH if "clownfish" in role.attributes else GOLDFISH
    if "striped" in role.attributes:
        kind = replace(kind, coat=replace(kind.coat, stripes=(60, 52, 90)))
    return performed(role, kind)


@actor("whale", size=(7.0, 2.0), actions=ACTIONS, family="animal", home="sea")
def whale(role: Role) -> Actor:
    return performed(role, WHALE)
