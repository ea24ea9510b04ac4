"""Numbers, never names."""

from data.client import Caller, Database
from data.rows import Day, PostNumbers


def daily_activity(database: Database, user: Caller, *, days: int | None = None) -> list[Day]:
    """For moderators: what happened on each of the last days."""
    return database.call("daily_activity", user=user, days=days)


def post_numbers(database: Database, user: Caller, post: int) -> PostNumbers:
    """How a post does, for its author and the people in it: numbers, never names."""
    return database.call("post_numbers", user=user, post=post)
