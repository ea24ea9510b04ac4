"""One generation as its maker sees it."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.request import GenerationRequest
from pipelines.storyboard import Storyboard


class State(StrEnum):
    QUEUED = "queued"  # → running, cancelled
    RUNNING = "running"  # → done, failed, cancelled; → queued when the app is stopped
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Problem(StrEnum):
    """Why a generation failed. Each has its sentence in the tables of words, as problem_…"""

    REQUEST = "request"  # it cannot be made as it was asked for; `detail` says why
    DISK = "disk"  # its files could not be written
    RENDERER = "renderer"  # a process that draws was lost
    CRASHES = "crashes"  # the app ended while making it, more than once
    UNEXPECTED = "unexpected"  # our mistake; the log has the trace


@dataclass(frozen=True)
class Generation:
    id: str  # cannot be guessed
    owner: str  # the visitor who asked for it
    request: GenerationRequest
    created: float  # seconds since 1970
    state: State = State.QUEUED
    attempts: int = 0  # how often it was begun
    stage: str = ""
    fraction: float = 0.0  # 0 to 1
    seconds_left: float | None = None
    problem: Problem | None = None
    detail: str = ""  # of the problem, in English
    storyboard: Storyboard | None = None
    seconds: float = 0.0  # of the clip
    took: float = 0.0  # seconds of work

    @property
    def over(self) -> bool:
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)
