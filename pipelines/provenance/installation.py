"""What one installation marks and signs with. Opening it costs nothing; keys are read or made when first needed."""

import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.provenance.codes import KnownMarks
    from pipelines.provenance.signing import Signing

MARK_BITS = 40
DEFAULT_FOLDER = Path(__file__).parents[2] / "var" / "keys"
SIGNING_LOOKED_AT_EVERY = 24 * 3600.0  # seconds; a process that runs for months signs with a renewed key
OFF = {"off", "0", "no", "false"}


class Provenance:
    """Keys and settings of an installation. May be shared by threads."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._lock = threading.Lock()
        self._secret: bytes | None = None
        self._signing: tuple[float, Signing] | None = None
        self._known: KnownMarks | None = None
        # The one way to leave out the visible mark; each clip made so is logged.
        self.visible_mark = environment.get("HIBARI_VISIBLE_MARK", "").strip().lower() not in OFF

    @property
    def secret(self) -> bytes:
        """32 bytes, from which the patterns of the invisible marks grow. Raises KeysError."""
        from pipelines.provenance.keys import mark_secret

        with self._lock:
            if self._secret is None:
                self._secret = mark_secret(self._folder)
            return self._secret

    def known_marks(self, marks: Sequence[int]) -> "KnownMarks":
        """These numbers, ready to be compared with. They are kept, so that a list that only grew costs what is new."""
        from pipelines.provenance.codes import KnownMarks

        secret = self.secret
        with self._lock:
            if self._known is None or len(self._known) > len(marks):
                self._known = KnownMarks(secret)
            self._known.add(marks[len(self._known) :])
            return self._known

    @property
    def signing(self) -> "Signing":
        """What signs credentials now. Raises KeysError."""
        from pipelines.provenance.signing import signing_from

        with self._lock:
            if self._signing is None or time.monotonic() - self._signing[0] > SIGNING_LOOKED_AT_EVERY:
                self._signing = time.monotonic(), signing_from(self._folder, self._environment)
            return self._signing[1]


def open_provenance(folder: Path = DEFAULT_FOLDER, environment: Mapping[str, str] = MappingProxyType({})) -> Provenance:
    """The keys in `folder` (var/keys), and what the operator's environment says about signing."""
    return Provenance(folder, environment)


def new_mark() -> int:
    """A fresh number for one clip, 1 to 2^40 - 1. Random, so that nobody can tell one clip's from another's."""
    return secrets.randbelow(2**MARK_BITS - 1) + 1
