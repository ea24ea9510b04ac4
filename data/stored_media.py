"""Which stored files there are, and who may read them."""

from data.client import Caller, Database
from data.rows import MediaAccess


def media_access(database: Database, user: Caller, path: str, *, link: str | None = None) -> MediaAccess | None:
    """Whether the caller may read a stored file now, None if not; public: whether everybody may."""
    return database.call("media_access", user=user, path=path, link=link)


def store_upload(database: Database, user: Caller, path: str) -> None:
    """Lists a picture before the caller uploads it. Unless a request refers to it, it is gone in a day."""
    database.call("store_upload", user=user, path=path)


def media_to_delete(database: Database, user: Caller, *, limit: int | None = None) -> list[str]:
    """Paths of files whose time has come, for the sweep."""
    return database.call("media_to_delete", user=user, limit=limit)


def forget_media(database: Database, user: Caller, paths: list[str]) -> int:
    """Strikes files off the list that the sweep has deleted; how many."""
    return database.call("forget_media", user=user, paths=paths)


def known_media(database: Database, user: Caller, paths: list[str]) -> list[str]:
    """Those of these paths that are listed; the sweep deletes files that are not."""
    return database.call("known_media", user=user, paths=paths)
