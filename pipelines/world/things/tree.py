"""A broad tree whose crown moves in the wind."""

import math
from collections.abc import Sequence

import numpy as np
import skia

from pipelines.world.actor import Role
from pipelines.world.geometry import Colour, limb, mix, oval, together, union
from pipelines.world.things.craft import Way, craft, local
from pipelines.world.things.thing import Seen

# Tufts of the crown: place in metres, radius, and how much lighter than the crown
TUFTS = (
    (-0.95, 2.35, 0.62, 0.0), (-0.35, 2.95, 0.78, 0.1), (0.55, 3.0, 0.72, 0.14), (1.02, 2.4, 0.6, 0.0),
    (0.1, 2.3, 0.85, 0.0), (0.1, 3.35, 0.6, 0.2), (-0.7, 1.98, 0.45, -0.1), (0.75, 1.96, 0.45, -0.12),
)  # fmt: skip


LIT: Colour = (255, 244, 150)


def path(role: Role, t: float) -> Way:
    """Stands."""
    return Way(0.0)


@craft("tree", (3.0, 3.9), path, actions=("stand",), home="park")
def tree(seen: Seen) -> None:
    painter, role, scale = seen.painter, seen.role, seen.spot[2] * seen.role.scale
    at = local(seen)
    leaves, bark = seen.pigment((88, 146, 76)), (112, 80, 62)
    gust = (0.4 + role.wind) * (math.sin(1.3 * seen.t + role.index) + 0.4 * math.sin(2.9 * seen.t))
    trunk = limb(
        [at(-0.05, -0.02), at(0.0, 0.8), at(0.02, 1.6), at(0.05, 2.4)],
        [0.26 * scale, 0.17 * scale, 0.14 * scale, 0.08 * scale],
    )
    boughs = [
        limb([at(0.0, 1.3), at(side * 0.4, 1.8), at(side * 0.8, 2.15)], [0.09 * scale, 0.07 * scale, 0.04 * scale])
        for side in (-1, 1)
    ]
    painter.body(union([trunk, *boughs], 1.0), bark, 0.2 * scale, rim=0.5)

    def tuft(x: float, y: float, radius: float, n: int) -> skia.Path:
        sway = gust * 0.028 * (y - 1.2) + 0.015 * math.sin(2.2 * seen.t + n * 1.9)
        cx, cy = at(x + sway, y + 0.01 * math.sin(1.9 * seen.t + n))
        return oval(cx, cy, radius * scale, radius * 0.92 * scale)

    ovals = [tuft(x, y, radius, n) for n, (x, y, radius, _) in enumerate(TUFTS)]
    painter.body(union(ovals, 0.35), leaves, 0.7 * scale, detail=lambda: _foliage(seen, ovals, leaves))


def _foliage(seen: Seen, ovals: Sequence[skia.Path], leaves: Colour) -> None:
    """Each tuft catches the light by itself and is strewn with single leaves."""
    painter, scale = seen.painter, seen.spot[2] * seen.role.scale
    dx, dy = painter.light.key_towards
    rng = np.random.default_rng(5)
    bright, dark = [], []
    for path_, (_, _, radius, light) in zip(ovals, TUFTS, strict=True):
        bounds = path_.getBounds()
        x, y, r = bounds.centerX(), bounds.centerY(), radius * scale
        painter.patch(
            oval(x + dx * r * 0.2, y + dy * r * 0.24, r * 0.72, r * 0.66), mix(leaves, LIT, 0.16 + light), 0.5
        )
        painter.patch(
            oval(x + dx * r * 0.34, y + dy * r * 0.4, r * 0.44, r * 0.38), mix(leaves, LIT, 0.3 + light), 0.45
        )
        for _ in range(6):
            a, d = rng.uniform(0, math.tau), rng.uniform(0.3, 0.98) * r
            leaf = oval(x + d * math.cos(a), y + d * math.sin(a), 0.06 * scale, 0.036 * scale)
            (bright if math.cos(a) * dx + math.sin(a) * dy > 0 else dark).append(leaf)
    painter.patch(together(bright), mix(leaves, LIT, 0.45), 0.7)
    painter.patch(together(dark), mix(leaves, (24, 50, 62), 0.4), 0.55)
