"""Pages of posts, and how the feed is ranked."""

from data.client import Caller, Database
from data.rows_feed import Changes, DescribedFeed, FeedWeights, Post


def for_you_feed(
    database: Database,
    user: Caller,
    *,
    shown: list[int] | None = None,
    limit: int | None = None,
    weights: dict[str, float] | None = None,
) -> list[Post]:
    """The next posts of the caller's For you, 50 at most. `shown`: the posts of this scroll so far, in their order, so
    that none comes twice; after a thousand the scroll ends. `weights` changes some of the ranking's, for this call."""
    return database.call("for_you_feed", user=user, shown=shown, limit=limit, weights=weights)


def described_feed(
    database: Database,
    user: Caller,
    weights: dict[str, float],
    *,
    shown: list[int] | None = None,
    limit: int | None = None,
) -> list[Post]:
    """The next posts of a feed described by weights of concepts. A weight of -0.5 or less leaves a concept out."""
    return database.call("described_feed", user=user, weights=weights, shown=shown, limit=limit)


def save_described_feed(
    database: Database, user: Caller, name: str, words: str, weights: dict[str, float], *, id: int | None = None
) -> DescribedFeed:
    """Keeps a feed that the caller described, or changes one of theirs."""
    return database.call("save_described_feed", user=user, name=name, words=words, weights=weights, id=id)


def my_described_feeds(database: Database, user: Caller) -> list[DescribedFeed]:
    """The feeds that the caller described, oldest first."""
    return database.call("my_described_feeds", user=user)


def delete_described_feed(database: Database, user: Caller, id: int) -> None:
    """Deletes a feed that the caller described."""
    database.call("delete_described_feed", user=user, id=id)


def changes_since(
    database: Database, user: Caller, *, cursor: int | None = None, posts: list[int] | None = None
) -> Changes:
    """What is new for the caller since a cursor, and the counts of the posts on their screen, 20 at most. Cheap enough
    to be asked every second; without a cursor nothing is new."""
    return database.call("changes_since", user=user, cursor=cursor, posts=posts)


def feed_weights(database: Database, user: Caller) -> FeedWeights:
    """For moderators: how For you is ranked."""
    return database.call("feed_weights", user=user)


def set_feed_weights(database: Database, user: Caller, changes: dict[str, float]) -> FeedWeights:
    """For moderators: changes the weights that are given and returns all of them."""
    return database.call("set_feed_weights", user=user, changes=changes)


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


def liked_posts(database: Database, user: Caller, *, before: str | None = None, limit: int | None = None) -> list[Post]:
    """A page of what the caller likes, latest first."""
    return database.call("liked_posts", user=user, before=before, limit=limit)


def post(database: Database, user: Caller, id: int) -> Post:
    """One post that the caller may see."""
    return database.call("post", user=user, id=id)


def post_by_link(database: Database, user: Caller, link: str) -> Post:
    """The post that a shared link opens."""
    return database.call("post_by_link", user=user, link=link)
