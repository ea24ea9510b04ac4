"""Pages of posts."""

from data.client import Caller, Database
from data.rows_feed import Post


def following_feed(
    database: Database,
    user: Caller,
    *,
    before: str | None = None,
    before_id: int | None = None,
    limit: int | None = None,
) -> list[Post]:
    """A page of posts by the caller and those they follow, newest first."""
    return database.call("following_feed", user=user, before=before, before_id=before_id, limit=limit)


def latest_feed(
    database: Database,
    user: Caller,
    *,
    before: str | None = None,
    before_id: int | None = None,
    limit: int | None = None,
) -> list[Post]:
    """A page of everybody's public posts, newest first."""
    return database.call("latest_feed", user=user, before=before, before_id=before_id, limit=limit)


def posts_by(
    database: Database,
    user: Caller,
    handle: str,
    *,
    before: str | None = None,
    before_id: int | None = None,
    limit: int | None = None,
) -> list[Post]:
    """A page of one member's posts that the caller may see, newest first."""
    return database.call("posts_by", user=user, handle=handle, before=before, before_id=before_id, limit=limit)


def saved_posts(database: Database, user: Caller, *, before: str | None = None, limit: int | None = None) -> list[Post]:
    """A page of what the caller saved, latest first."""
    return database.call("saved_posts", user=user, before=before, limit=limit)


def post(database: Database, user: Caller, id: int) -> Post:
    """One post that the caller may see."""
    return database.call("post", user=user, id=id)


def post_by_link(database: Database, user: Caller, link: str) -> Post:
    """The post that a shared link opens."""
    return database.call("post_by_link", user=user, link=link)
