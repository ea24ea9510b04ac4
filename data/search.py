"""Finding posts, tags and members."""

from data.client import Caller, Database
from data.rows_feed import FoundMember, Post, TagCount, Trend


def search_posts(
    database: Database,
    user: Caller,
    words: str,
    *,
    tags: list[str] | None = None,
    before: str | None = None,
    before_id: int | None = None,
    limit: int | None = None,
) -> list[Post]:
    """A page of public posts that hold these words in caption, tags or published prompt, newest first.

    `tags`: concepts that the words mean, in whatever language they are; posts that have all of them are found, too.
    """
    return database.call(
        "search_posts", user=user, words=words, tags=tags, before=before, before_id=before_id, limit=limit
    )


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


def search_tags(
    database: Database, user: Caller, prefix: str, *, among: list[str] | None = None, limit: int | None = None
) -> list[TagCount]:
    """Tags with this beginning, most used first. `among`: tags to count besides, such as those that a word means."""
    return database.call("search_tags", user=user, prefix=prefix, among=among, limit=limit)


def search_members(database: Database, user: Caller, prefix: str, *, limit: int | None = None) -> list[FoundMember]:
    """Members whose handle or name begins so, best known first."""
    return database.call("search_members", user=user, prefix=prefix, limit=limit)


def trends(database: Database, user: Caller, *, limit: int | None = None) -> list[Trend]:
    """Tags that several makers used more in the last three days than in the two weeks before."""
    return database.call("trends", user=user, limit=limit)
