"""Numbers, never names."""

from typing import Any, Literal

from data.client import Caller, Database
from data.rows import Day, PostNumbers
from data.rows_moderation import Transparency

# What rows there are; their fields stand beside each query in supabase/migrations/20260101002650_numbers.sql.
About = Literal[
    "generations",
    "engines",
    "posts",
    "creation",
    "remixes",
    "diversity",
    "cameos",
    "refusals",
    "holds",
    "appeals",
    "decision_times",
    "reports",
    "strikes",
    "repeat_subjects",
    "false_refusals",
]


def daily_activity(database: Database, user: Caller, *, days: int | None = None) -> list[Day]:
    """For moderators: what happened on each of the last days."""
    return database.call("daily_activity", user=user, days=days)


def post_numbers(database: Database, user: Caller, post: int) -> PostNumbers:
    """How a post does, for its author and the people in it: numbers, never names."""
    return database.call("post_numbers", user=user, post=post)


def numbers(database: Database, user: Caller, about: About, *, days: int | None = None) -> list[dict[str, Any]]:
    """For moderators: flat rows about one subject over the last days; counts of fewer than five people are None."""
    return database.call("numbers", user=user, about=about, days=days)


def transparency(database: Database, user: Caller, *, days: int | None = None) -> Transparency:
    """How this place was moderated lately: real numbers, None where fewer than five people stand behind one."""
    return database.call("transparency", user=user, days=days)
