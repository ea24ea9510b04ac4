"""The shape of a head."""

from functools import lru_cache

from pipelines.world.people.loft import Loft, loft
from pipelines.world.people.look import Look


@lru_cache(maxsize=64)
def skull(look: Look) -> Loft:
    """The shape of a head: a child's skull is large and its jaw short and round."""
    child = look.childhood
    jaw = look.jaw * (1 - 0.10 * look.feminine - 0.05 * child)
    short = 0.16 * child
    return loft(
        (-1.30, 0.10, -0.06, 0.12),
        (-1.22, 0.48, -0.08, 0.50),
        (-1.02, 0.76, -0.10, 0.82),
        (-0.70, 0.94, -0.10, 1.0),
        (-0.35, 1.0, -0.08, 1.06),
        (0, 0.985, -0.04, 1.0),
        (0.30, 0.95 + 0.03 * child, 0.05, 0.92),
        (0.58 - short * 0.3, 0.87 * (1 + 0.06 * child), 0.16, 0.82),
        (0.86 - short, 0.71 * jaw, 0.29, 0.67),
        (1.06 - short, 0.53 * jaw, 0.40, 0.51),
        (1.17 - short, 0.36 * jaw, 0.46, 0.36),
        (1.225 - short, 0.20 * jaw, 0.49, 0.22),
        (1.25 - short, 0.03, 0.5, 0.06),
    )
