"""A person's likeness, its rules, and who may use it."""

from typing import Any

from data.client import Caller, Database
from data.rows import Audience, Cameo, PastClips, UsableCameo


def save_cameo(database: Database, user: Caller, likeness: dict[str, Any], live_check: dict[str, Any]) -> Cameo:
    """Keeps a new version of the caller's likeness, made by the capture and its live check."""
    return database.call("save_cameo", user=user, likeness=likeness, live_check=live_check)


def my_cameo(database: Database, user: Caller) -> Cameo | None:
    """The caller's cameo with its rules and grants, without the likeness; None when there is none."""
    return database.call("my_cameo", user=user)


def my_likeness(database: Database, user: Caller) -> dict[str, Any] | None:
    """The caller's own captured likeness; None when there is none."""
    return database.call("my_likeness", user=user)


def set_cameo_rules(
    database: Database,
    user: Caller,
    *,
    audience: Audience | None = None,
    past_clips: PastClips | None = None,
    wishes: str | None = None,
    restrictions: list[str] | None = None,
) -> Cameo:
    """Changes what is given of the rules of the caller's cameo. What they no longer allow falls at once."""
    return database.call(
        "set_cameo_rules", user=user, audience=audience, past_clips=past_clips, wishes=wishes, restrictions=restrictions
    )


def grant_cameo(database: Database, user: Caller, handle: str) -> None:
    """Lets a member use the caller's cameo, under its audience and restrictions."""
    database.call("grant_cameo", user=user, handle=handle)


def revoke_cameo(database: Database, user: Caller, handle: str) -> None:
    """Ends or refuses a member's permission, under every audience. Their clips with the caller fall, unless the caller
    lets past ones stand."""
    database.call("revoke_cameo", user=user, handle=handle)


def ask_for_cameo(database: Database, user: Caller, handle: str) -> str:
    """Asks a person for permission, once; the state of the answer."""
    return database.call("ask_for_cameo", user=user, handle=handle)


def usable_cameos(database: Database, user: Caller) -> list[UsableCameo]:
    """People whom the caller may star: oneself, those who granted it, and those the caller follows who allow it."""
    return database.call("usable_cameos", user=user)


def delete_cameo(database: Database, user: Caller, *, past_clips: PastClips | None = None) -> None:
    """Deletes the caller's likeness at once, and every clip with it, unless the caller lets past ones stand."""
    database.call("delete_cameo", user=user, past_clips=past_clips)
