"""Finding clips again by their marks, looks and sound."""

from data.client import Caller, Database
from data.rows_provenance import FramesFound, MarkPage, Provenance, SoundFound


def known_marks(database: Database, user: Caller, *, after: int | None = None, limit: int | None = None) -> MarkPage:
    """A page of every number given out, in order, and the position to ask after next."""
    return database.call("known_marks", user=user, after=after, limit=limit)


def frames_like(database: Database, user: Caller, hashes: list[str], *, within: int | None = None) -> list[FramesFound]:
    """Numbers of clips with a frame within so many bits of one of these hashes: how near, and of how many."""
    return database.call("frames_like", user=user, hashes=hashes, within=within)


def sounds_like(database: Database, user: Caller, prints: list[int]) -> list[SoundFound]:
    """Numbers and prints of the clips that share most of these prints, for a closer comparison."""
    return database.call("sounds_like", user=user, prints=prints)


def clip_provenance(database: Database, user: Caller, mark: int) -> Provenance | None:
    """What is told of the clip with this number: when it was made, whether it was withdrawn, and by whom to those who
    may see it."""
    return database.call("clip_provenance", user=user, mark=mark)
