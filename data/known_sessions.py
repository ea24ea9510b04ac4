"""Sessions that were looked up a moment ago, so that a page which asks often does not ask each time who it is."""

import threading
import time
from collections.abc import Callable

from data.client import Caller

KEPT = 10.0  # seconds that an answer holds; a session that another process ended lasts so long here
MOST = 10_000  # sessions; beyond that all are looked up anew


class KnownSessions:
    """Callers by the secret of their session. What this process ends is forgotten at once; safe between threads."""

    def __init__(self, *, kept: float = KEPT, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept, self._clock = kept, clock
        self._known: dict[str, tuple[Caller, float]] = {}  # secret → who, and until when
        self._ended = 0  # how often something was forgotten: what was asked before that is not kept
        self._lock = threading.Lock()

    def caller(self, secret: str, look_up: Callable[[], Caller | None]) -> Caller | None:
        """Who holds this secret: as it was known, else as `look_up` says. That nobody does is not remembered."""
        known = self._known.get(secret)
        if known is not None and self._clock() < known[1]:
            return known[0]
        ended, until = self._ended, self._clock() + self._kept
        found = look_up()
        with self._lock:
            if found is None:
                self._known.pop(secret, None)
            elif ended == self._ended:
                if len(self._known) >= MOST:
                    self._known.clear()
                self._known[secret] = (found, until)
        return found

    def forget(self, secret: str) -> None:
        """Has this session looked up again."""
        with self._lock:
            self._ended += 1
            self._known.pop(secret, None)

    def forget_all_of(self, account: str) -> None:
        """Has every session of this account looked up again."""
        with self._lock:
            self._ended += 1
            self._known = {secret: known for secret, known in self._known.items() if known[0].id != account}
