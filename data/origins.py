"""What Verify asks of the database, as one object: it looks up for everybody, and tells what this caller may know."""

import threading
from collections.abc import Sequence

import numpy as np

from data.client import SERVICE, VISITOR, Caller, Database
from data.provenance import clip_provenance, frames_like, known_marks, sounds_like
from data.rows_provenance import FramesFound, Provenance, SoundFound

MOST_HASHES, MOST_PRINTS = 100, 1000  # that the database compares at once


class KnownNumbers:
    """Every number given out, kept between questions: each asks only for what is new. Shared by threads."""

    def __init__(self) -> None:
        self._marks: list[int] = []
        self._position = 0
        self._lock = threading.Lock()

    def read(self, database: Database) -> list[int]:
        """All of them, oldest first."""
        with self._lock:
            while (page := known_marks(database, SERVICE, after=self._position))["marks"]:
                self._marks += page["marks"]
                self._position = page["position"]
            return self._marks


class DatabaseLookup:
    """The database as Verify sees it. Keep one `KnownNumbers` for the life of the process."""

    def __init__(self, database: Database, user: Caller = VISITOR, *, numbers: KnownNumbers | None = None) -> None:
        self._database, self._user = database, user
        self._numbers = numbers or KnownNumbers()

    def known_marks(self) -> Sequence[int]:
        return self._numbers.read(self._database)

    def origin(self, mark: int) -> Provenance | None:
        return clip_provenance(self._database, self._user, mark)

    def frames_like(self, hashes: Sequence[bytes], within: int) -> list[FramesFound]:
        asked = [one.hex() for one in hashes[:MOST_HASHES]]
        return frames_like(self._database, SERVICE, asked, within=within)

    def sounds_like(self, prints: np.ndarray) -> list[SoundFound]:
        return sounds_like(self._database, SERVICE, prints[:MOST_PRINTS].tolist())
