"""Balls, each with the pattern that shows how it turns."""

import numpy as np

from pipelines.world.geometry import mix
from pipelines.world.things.globes import band_on, circle_on, globe, patch_on, seams, slice_on
from pipelines.world.things.solid import Solid
from pipelines.world.things.thing import Seen, thing

BEACH = ((232, 62, 70), (58, 132, 214), (250, 202, 62))
WHITE, INK = (250, 246, 238), (38, 32, 44)


@thing("ball", Solid(0.45, "rubber", 0.76, radius=0.13, natural="bounce"))
def ball(seen: Seen) -> None:
    """A rubber ball with a pale belt."""
    pigment = seen.pigment((216, 46, 54))
    belt = mix(seen.pigment(pigment, 1), WHITE, 0.0 if len(seen.role.colours) > 1 else 0.82)

    def marks(seen: Seen) -> None:
        for part in BELT:
            patch_on(seen, part, belt)

    globe(seen, pigment, marks)


@thing("basketball", Solid(0.6, "rubber", 0.74, radius=0.12, natural="bounce"), home="gym")
def basketball(seen: Seen) -> None:
    globe(
        seen, seen.pigment((226, 108, 42)), lambda seen: seams(seen, BASKETBALL_SEAMS, (52, 22, 30), 0.065), shine=0.35
    )


@thing("football", Solid(0.43, "leather", 0.68, radius=0.11, natural="bounce"))
def football(seen: Seen) -> None:
    """White with dark pentagons, joined by seams."""
    dark = seen.pigment(INK, 1) if len(seen.role.colours) > 1 else INK

    def marks(seen: Seen) -> None:
        seams(seen, FOOTBALL_SEAMS, (150, 146, 156), 0.035, 0.8)
        for pentagon in PENTAGONS:
            patch_on(seen, pentagon, dark)

    globe(seen, seen.pigment(WHITE), marks, shine=0.6)


@thing("beach_ball", Solid(0.12, "rubber", 0.66, radius=0.2, drag=0.5, natural="bounce"), home="beach")
def beach_ball(seen: Seen) -> None:
    """Six slices in turn, and two caps."""
    colours = [seen.pigment(WHITE, n) for n in range(len(seen.role.colours))] or BEACH
    slices = [colours[k // 2 % len(colours)] if k % 2 == 0 else WHITE for k in range(6)]

    def marks(seen: Seen) -> None:
        for k, slice_ in enumerate(SLICES):
            patch_on(seen, slice_, slices[k])
        for cap in CAPS:
            patch_on(seen, cap, WHITE)

    globe(seen, WHITE, marks)


@thing("bowling_ball", Solid(6.0, "stone", 0.28, friction=0.35, radius=0.11, natural="roll"), home="gym")
def bowling_ball(seen: Seen) -> None:
    """Dark and glossy, with three holes."""

    def marks(seen: Seen) -> None:
        for hole in HOLES:
            patch_on(seen, hole, (14, 10, 20))

    globe(seen, seen.pigment((46, 52, 120)), marks)


def _basketball_seams() -> tuple[np.ndarray, ...]:
    """Two great circles, and two curves that bow towards their poles."""
    u = np.linspace(0, 2 * np.pi, 49)
    bow = 0.60 + 0.17 * np.cos(2 * u)
    side = np.sqrt(1 - bow * bow)
    bows = [np.column_stack([k * bow, side * np.cos(u), side * np.sin(u)]) for k in (1, -1)]
    return (circle_on((0, 0, 1)), circle_on((0, 1, 0)), *bows)


def _icosahedron() -> np.ndarray:
    """(12, 3) unit vectors to the corners of an icosahedron."""
    golden = (1 + 5**0.5) / 2
    corners = []
    for a in (-1, 1):
        for b in (-golden, golden):
            corners += [(0, a, b), (a, b, 0), (b, 0, a)]
    return np.array(corners) / np.hypot(1, golden)


def _football() -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """(pentagons, seams) of a truncated icosahedron on the unit sphere."""
    corners = _icosahedron()
    near = [np.argsort(((corners - corner) ** 2).sum(1))[1:6] for corner in corners]
    pentagons, lines = [], []
    for i, corner in enumerate(corners):
        points = np.array([corner + (corners[j] - corner) / 3 for j in near[i]])
        points /= np.linalg.norm(points, axis=1)[:, None]
        across = np.cross(corner, points[0])
        angles = np.arctan2(points @ across, points @ np.cross(across, corner))
        pentagons.append(points[np.argsort(angles)])
        for j in near[i]:
            if i < j:
                share = np.linspace(1 / 3, 2 / 3, 5)[:, None]
                line = corner * (1 - share) + corners[j] * share
                lines.append(line / np.linalg.norm(line, axis=1)[:, None])
    return tuple(pentagons), tuple(lines)


BELT = band_on((0, 1, 0), -0.17, 0.17)
BASKETBALL_SEAMS = _basketball_seams()
PENTAGONS, FOOTBALL_SEAMS = _football()
SLICES = tuple(slice_on(k * np.pi / 3, (k + 1) * np.pi / 3) for k in range(6))
CAPS = (circle_on((0, 1, 0), 0.955, 16), circle_on((0, -1, 0), 0.955, 16))
HOLES = tuple(circle_on(axis, 0.982, 10) for axis in ((0.2, 0.2, -1), (-0.2, 0.25, -1), (0.0, -0.18, -1)))
