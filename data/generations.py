"""Asking for a generation, watching it, and cancelling it."""

from typing import Any

from data.client import Caller, Database
from data.rows import Generation, Preview, Reference, Ruling, Storyboard


def request_generation(
    database: Database,
    user: Caller,
    request: dict[str, Any],
    storyboard: Storyboard,
    *,
    coverage: dict[str, Any] | None = None,
    parent: str | None = None,
    references: list[Reference] | None = None,
    key: str | None = None,
) -> Generation:
    """Accepts a request and charges for it. Refuses likenesses without a live permission, too many at once, and what
    cannot be paid."""
    return database.call(
        "request_generation",
        user=user,
        request=request,
        storyboard=storyboard,
        coverage=coverage,
        parent=parent,
        references=references,
        key=key,
    )


def generation(database: Database, user: Caller, id: str) -> Generation:
    """One generation of the caller's, or one that stars them."""
    return database.call("generation", user=user, id=id)


def my_generations(
    database: Database, user: Caller, *, before: str | None = None, limit: int | None = None
) -> list[Generation]:
    """A page of the caller's generations, newest first."""
    return database.call("my_generations", user=user, before=before, limit=limit)


def generation_preview(database: Database, user: Caller, id: str) -> Preview | None:
    """The latest frame of the caller's generation at work: a JPEG in base64, or None."""
    return database.call("generation_preview", user=user, id=id)


def cancel_generation(database: Database, user: Caller, id: str) -> None:
    """Stops a generation of the caller's. Its worker hears of it when it renews its lease."""
    database.call("cancel_generation", user=user, id=id)


def rulings(database: Database, user: Caller, generation: str) -> list[Ruling]:
    """What safety checks decided about a generation of the caller's."""
    return database.call("rulings", user=user, generation=generation)
