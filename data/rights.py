"""Characters that belong to somebody, and what they earn."""

from data.client import Caller, Database
from data.rows import Character, Royalties


def set_character(
    database: Database,
    user: Caller,
    concept: str,
    name: str,
    holder: str,
    *,
    contact: str | None = None,
    licensed: bool | None = None,
    royalty: int | None = None,
    aliases: list[str] | None = None,
    terms: str | None = None,
) -> None:
    """Keeps whose a character is, whether it may be shown, and for how many credits a clip."""
    database.call(
        "set_character",
        user=user,
        concept=concept,
        name=name,
        holder=holder,
        contact=contact,
        licensed=licensed,
        royalty=royalty,
        aliases=aliases,
        terms=terms,
    )


def characters(database: Database, user: Caller) -> list[Character]:
    """Every character that belongs to somebody, and whether it may be shown."""
    return database.call("characters", user=user)


def my_royalties(database: Database, user: Caller) -> Royalties:
    """What the caller's characters earned, in credits, and by how many clips."""
    return database.call("my_royalties", user=user)
