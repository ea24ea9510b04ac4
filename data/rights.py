"""Characters that belong to somebody, what they earn, and claims that a post shows what is somebody's."""

from data.client import Caller, Database
from data.rows_moderation import Character, OwnClaim, Royalties, StatementLine


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
    contexts: list[str] | None = None,
    attribution: str | None = None,
) -> None:
    """Keeps whose a character is, whether and where it may be shown, with which words, and for how many credits a
    clip."""
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
        contexts=contexts,
        attribution=attribution,
    )


def characters(database: Database, user: Caller) -> list[Character]:
    """Every character that belongs to somebody, and whether it may be shown."""
    return database.call("characters", user=user)


def my_royalties(database: Database, user: Caller) -> Royalties:
    """What the caller's characters earned, in credits, and by how many clips."""
    return database.call("my_royalties", user=user)


def royalty_statement(database: Database, user: Caller, month: str) -> list[StatementLine]:
    """What characters earned in a month (2026-11), one line each: all for moderators, the caller's own for a holder."""
    return database.call("royalty_statement", user=user, month=month)


def file_claim(database: Database, user: Caller, post: int, work: str, statement: str, name: str) -> int:
    """Says that a post shows what belongs to the caller; the number of its case."""
    return database.call("file_claim", user=user, post=post, work=work, statement=statement, name=name)


def counter_notice(database: Database, user: Caller, case: int, statement: str) -> None:
    """Objects, once, to a rights claim that took a post of the caller's down."""
    database.call("counter_notice", user=user, case=case, statement=statement)


def answer_counter_notice(
    database: Database, user: Caller, case: int, insist: bool, *, reference: str | None = None
) -> None:
    """The claimant gives in, or insists with a reference; then a moderator decides."""
    database.call("answer_counter_notice", user=user, case=case, insist=insist, reference=reference)


def my_claims(database: Database, user: Caller) -> list[OwnClaim]:
    """The caller's rights claims, with what was answered."""
    return database.call("my_claims", user=user)
