"""How far a generation is, told to whoever watches, and the one place where it can be stopped."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

# stage → (begin, end) as shares of the whole; drawing the frames is nearly all of the work
SPANS = {
    "direct": (0.00, 0.01),
    "stage": (0.01, 0.04),
    "speak": (0.04, 0.06),
    "render": (0.06, 0.97),
    "mix": (0.06, 0.97),  # happens while frames are drawn
    "encode": (0.97, 0.99),
    "keep": (0.99, 1.00),
}
ESTIMATE_AFTER = 0.5  # seconds of drawing before the first estimate of the time left
ESTIMATE_INERTIA = 4.0  # seconds over which a new pace is believed


class Cancelled(Exception):
    """The generation was cancelled by whoever asked for it; nothing is kept."""


class CancelToken(Protocol):
    """Anything that says whether to stop: a threading.Event, or a look into the database."""

    def is_set(self) -> bool: ...


@dataclass(frozen=True)
class ProgressReport:
    """One moment of a generation."""

    stage: str  # direct, stage, speak, render, mix, encode, keep
    fraction: float  # of the whole, 0..1, never falls
    seconds_left: float | None  # None until there is something to go by
    preview: bytes | None = None  # a JPEG of a frame just drawn


class Progress:
    """Carries reports to a sink and cancellation from a token. Used by one thread at a time."""

    def __init__(
        self,
        sink: Callable[[ProgressReport], None] | None = None,
        cancel: CancelToken | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sink = sink
        self._cancel = cancel
        self._clock = clock
        self._fraction = 0.0
        self._started: tuple[float, float] | None = None  # (clock, fraction) when drawing began
        self._estimate: tuple[float, float] | None = None  # (clock, seconds left) as last told

    def check(self) -> None:
        """Raises Cancelled when somebody asked to stop. Cheap: call it between steps."""
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled("The generation was cancelled.")

    def report(self, stage: str, done: float = 0.0, preview: bytes | None = None) -> None:
        """Tells the sink that `done` (0..1) of `stage` is finished. A stage without a span leaves the bar where it is.

        Raises Cancelled like `check`.
        """
        self.check()
        begin, end = SPANS.get(stage, (self._fraction, self._fraction))
        self._fraction = max(self._fraction, begin + (end - begin) * min(max(done, 0.0), 1.0))
        if stage == "render" and self._started is None:
            self._started = (self._clock(), self._fraction)
        if self._sink is not None:
            self._sink(ProgressReport(stage, self._fraction, self._seconds_left(), preview))

    def finish(self) -> None:
        """Tells the sink that all is done. Does not look whether to stop: there is nothing left to stop."""
        self._fraction = 1.0
        if self._sink is not None:
            self._sink(ProgressReport("keep", 1.0, 0.0))

    def _seconds_left(self) -> float | None:
        """Time left at the pace of the drawing so far, in seconds, eased so that it does not jump about."""
        if self._started is None:
            return None
        now = self._clock()
        elapsed, gained = now - self._started[0], self._fraction - self._started[1]
        if elapsed < ESTIMATE_AFTER or gained <= 0:
            return None
        left = (1 - self._fraction) * elapsed / gained
        if self._estimate is not None:
            then, told = self._estimate
            trust = min(1.0, (now - then) / ESTIMATE_INERTIA)
            left = (1 - trust) * max(0.0, told - (now - then)) + trust * left
        self._estimate = (now, left)
        return left
