"""Apples and pumpkins: round enough to roll, with a stalk that shows how they lie."""

from collections.abc import Callable

import numpy as np

from pipelines.world.geometry import Colour, mix, smooth
from pipelines.world.things.globes import circle_on, globe, patch_on, seams
from pipelines.world.things.solid import Solid
from pipelines.world.things.thing import Seen, thing

DIMPLE = circle_on((0, 1, 0), 0.93, 20)
RIBS = tuple(
    np.column_stack([np.cos(up := np.linspace(-1.5, 1.5, 22)) * np.cos(m), np.sin(up), np.cos(up) * np.sin(m)])
    for m in np.linspace(0, 2 * np.pi, 11)[:-1]
)


@thing("apple", Solid(0.18, "fruit", 0.32, radius=0.06, natural="fall"), home="kitchen", upright=True)
def apple(seen: Seen) -> None:
    pigment = seen.pigment((206, 44, 48))

    def marks(seen: Seen) -> None:
        patch_on(seen, circle_on((0, 1, 0), 0.8, 24), mix(pigment, (232, 190, 80), 0.45))
        patch_on(seen, DIMPLE, mix(pigment, (60, 40, 20), 0.6))

    _with_stalk(seen, 0.5, (96, 66, 40), lambda: globe(seen, pigment, marks), leaf=True)


@thing("pumpkin", Solid(4.0, "fruit", 0.14, radius=0.2, drag=0.5), home="village", upright=True)
def pumpkin(seen: Seen) -> None:
    pigment = seen.pigment((234, 126, 38))

    def marks(seen: Seen) -> None:
        seams(seen, RIBS, mix(pigment, (110, 36, 24), 0.55), 0.05, 0.75)
        patch_on(seen, DIMPLE, mix(pigment, (90, 60, 20), 0.55))

    _with_stalk(seen, 0.32, (104, 128, 62), lambda: globe(seen, pigment, marks, shine=0.35), width=0.16)


def _with_stalk(
    seen: Seen, length: float, pigment: Colour, body: Callable[[], None], *, width: float = 0.08, leaf: bool = False
) -> None:
    """Paints the body and its stalk, whichever is nearer last; lengths are shares of the radius."""
    x, y, scale = seen.spot
    radius = seen.solid.radius * scale
    top = seen.turn @ np.array([0, 0.9, 0])
    tip = seen.turn @ np.array([0.12, 0.92 + length, 0.0])

    def stalk() -> None:
        a, b = (x + top[0] * radius, y - top[1] * radius), (x + tip[0] * radius, y - tip[1] * radius)
        seen.painter.line([a, b], pigment, width * radius)
        if leaf:
            end = seen.turn @ np.array([0.75, 1.3, 0.2])
            ex, ey = x + end[0] * radius, y - end[1] * radius
            mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
            nx, ny = -(ey - my) * 0.28, (ex - mx) * 0.28
            middle = ((mx + ex) / 2, (my + ey) / 2)
            blade = smooth([(mx, my), (middle[0] + nx, middle[1] + ny), (ex, ey), (middle[0] - nx, middle[1] - ny)])
            seen.painter.body(blade, (96, 160, 72), radius * 0.2, rim=0.5)

    if top[2] > 0.25:
        stalk()
        body()
    else:
        body()
        stalk()
