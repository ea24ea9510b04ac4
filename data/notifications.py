"""What a member should know."""

from data.client import Caller, Database
from data.rows import Notification


def notifications(
    database: Database, user: Caller, *, before: int | None = None, limit: int | None = None
) -> list[Notification]:
    """A page of the caller's notifications, newest first."""
    return database.call("notifications", user=user, before=before, limit=limit)


def read_notifications(database: Database, user: Caller, up_to: int) -> int:
    """Marks notifications up to this one as read; how many that were."""
    return database.call("read_notifications", user=user, up_to=up_to)


def unread_count(database: Database, user: Caller) -> int:
    """How many notifications the caller has not read."""
    return database.call("unread_count", user=user)
