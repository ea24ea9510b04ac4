"""Physics of a scene: bodies in metres, simulated once at a fixed step before any frame is drawn."""

from collections.abc import Sequence

from pipelines.world.actor import Happening, Role
from pipelines.world.place import PlaceKind


def perform(
    roles: Sequence[Role], place: PlaceKind, events: Sequence[str], seconds: float, seed: int
) -> tuple[list[Role], list[Happening]]:
    """The roles with the tracks of those that physics moves, and every contact that can be heard."""
    return list(roles), []
