"""Finding posts, tags and members."""

from data.client import Caller, Database
from data.rows_feed import Post


def posts_tagged(
    database: Database,
    user: Caller,
    tag: str,
    *,
    before: str | None = None,
    before_id: int | None = None,
    limit: int | None = None,
) -> list[Post]:
    """A page of public posts with a tag, newest first."""
    return database.call("posts_tagged", user=user, tag=tag, before=before, before_id=before_id, limit=limit)
