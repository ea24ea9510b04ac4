"""Everything about me, and leaving for good."""

from typing import Any

from data.client import Caller, Database


def export_account(database: Database, user: Caller) -> dict[str, Any]:
    """Everything that is kept about the caller, and the paths of their files."""
    return database.call("export_account", user=user)


def delete_account(database: Database, user: Caller, handle: str) -> None:
    """Deletes the caller's account and all that hangs on it at once; the caller confirms with their handle."""
    database.call("delete_account", user=user, handle=handle)
