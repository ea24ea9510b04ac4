"""Keys with which a member's own programs act for them."""

from data.client import Caller, Database
from data.rows import ApiKey, NewKey, ProfileCard


def create_api_key(database: Database, user: Caller, name: str) -> NewKey:
    """Makes a key for the caller's programs. It is told this once and never again."""
    return database.call("create_api_key", user=user, name=name)


def my_api_keys(database: Database, user: Caller) -> list[ApiKey]:
    """The caller's keys, newest first, without the keys themselves."""
    return database.call("my_api_keys", user=user)


def revoke_api_key(database: Database, user: Caller, id: str) -> None:
    """Ends one of the caller's keys at once."""
    database.call("revoke_api_key", user=user, id=id)


def authenticate_api_key(database: Database, user: Caller, key: str) -> ProfileCard | None:
    """The member whose key this is, or None."""
    return database.call("authenticate_api_key", user=user, key=key)
