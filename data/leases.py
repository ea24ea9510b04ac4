"""What workers do with generations; each function takes `SERVICE` as its caller."""

from typing import Any

from data.client import Caller, Database
from data.rows import FinishedMedia, LeasedGeneration, Storyboard


def claim_generation(
    database: Database,
    user: Caller,
    worker: str,
    *,
    engines: list[str] | None = None,
    lease_seconds: int | None = None,
    holds: str | None = None,
) -> LeasedGeneration | None:
    """Leases the next generation to a worker: highest priority, then oldest, within the limits. Null when there is
    nothing to do. Who needs the engine that the worker `holds` in memory counts as having asked three minutes earlier.
    """
    return database.call(
        "claim_generation", user=user, worker=worker, engines=engines, lease_seconds=lease_seconds, holds=holds
    )


def renew_lease(
    database: Database,
    user: Caller,
    generation: str,
    lease: str,
    *,
    lease_seconds: int | None = None,
    stage: str | None = None,
    progress: float | None = None,
    seconds_left: float | None = None,
    preview: str | None = None,
) -> bool:
    """Keeps a lease and tells how far the work is; whether to make way for somebody's own request. Refuses a lease that
    was lost: the worker then stops."""
    return database.call(
        "renew_lease",
        user=user,
        generation=generation,
        lease=lease,
        lease_seconds=lease_seconds,
        stage=stage,
        progress=progress,
        seconds_left=seconds_left,
        preview=preview,
    )


def release_generation(database: Database, user: Caller, generation: str, lease: str) -> None:
    """Gives a generation back to the queue as if it had never been claimed: its worker stops, or makes way."""
    database.call("release_generation", user=user, generation=generation, lease=lease)


def cameo_likeness(database: Database, user: Caller, generation: str, lease: str, handle: str) -> dict[str, Any]:
    """The likeness of a person in this generation, for the worker that holds its lease, while the permission lives."""
    return database.call("cameo_likeness", user=user, generation=generation, lease=lease, handle=handle)


def store_media(
    database: Database,
    user: Caller,
    path: str,
    purpose: str,
    generation: str,
    lease: str,
    *,
    keep_seconds: int | None = None,
) -> None:
    """Lists a file before a worker writes it. Unless a clip takes it in time, the sweep removes it."""
    database.call(
        "store_media",
        user=user,
        path=path,
        purpose=purpose,
        generation=generation,
        lease=lease,
        keep_seconds=keep_seconds,
    )


def finish_generation(
    database: Database,
    user: Caller,
    generation: str,
    lease: str,
    clip: FinishedMedia,
    *,
    storyboard: Storyboard | None = None,
) -> dict[str, str]:
    """Ends a generation as a clip, once, if the lease still holds and everyone in it still agrees."""
    return database.call(
        "finish_generation", user=user, generation=generation, lease=lease, clip=clip, storyboard=storyboard
    )


def fail_generation(
    database: Database, user: Caller, generation: str, lease: str, code: str, error: str, *, retry: bool | None = None
) -> str:
    """Reports that an attempt failed; the state that followed: queued for another attempt, or failed."""
    return database.call(
        "fail_generation", user=user, generation=generation, lease=lease, code=code, error=error, retry=retry
    )


def refuse_generation(database: Database, user: Caller, generation: str, lease: str, rule: str, reason: str) -> None:
    """Ends a generation because a safety rule refuses it, with the rule and its reason."""
    database.call("refuse_generation", user=user, generation=generation, lease=lease, rule=rule, reason=reason)


def record_ruling(
    database: Database,
    user: Caller,
    generation: str,
    stage: str,
    verdict: str,
    rule: str,
    reason: str,
    *,
    evidence: dict[str, Any] | None = None,
) -> None:
    """Keeps what a safety check decided about a generation; a hold opens a case."""
    database.call(
        "record_ruling",
        user=user,
        generation=generation,
        stage=stage,
        verdict=verdict,
        rule=rule,
        reason=reason,
        evidence=evidence,
    )
