"""Versions of the rules' policy, and the texts on which they are compared."""

from data.client import Caller, Database
from data.rows_moderation import LivePolicy, PolicyExample, PolicyVersion


def live_policy(database: Database, user: Caller) -> LivePolicy:
    """The amendments that are in force (none: the shipped policy as it is), and the characters that are licensed."""
    return database.call("live_policy", user=user)


def policy_versions(database: Database, user: Caller, *, limit: int | None = None) -> list[PolicyVersion]:
    """Versions of the policy, newest first."""
    return database.call("policy_versions", user=user, limit=limit)


def save_policy(database: Database, user: Caller, amendments: dict, note: str, *, number: int | None = None) -> int:
    """Keeps a draft of the policy, a new one or a changed one; its number."""
    return database.call("save_policy", user=user, amendments=amendments, note=note, number=number)


def publish_policy(database: Database, user: Caller, number: int) -> None:
    """Puts a version of the policy in force."""
    database.call("publish_policy", user=user, number=number)


def roll_back_policy(database: Database, user: Caller, reason: str) -> int | None:
    """Puts the version before the live one in force again; its number, or None for the shipped policy."""
    return database.call("roll_back_policy", user=user, reason=reason)


def policy_examples(database: Database, user: Caller) -> list[PolicyExample]:
    """The saved texts on which policies are compared."""
    return database.call("policy_examples", user=user)


def add_policy_example(
    database: Database, user: Caller, text: str, language: str, area: str, expected: str, *, note: str | None = None
) -> int:
    """Keeps a text with what should be decided about it; its id."""
    return database.call(
        "add_policy_example", user=user, text=text, language=language, area=area, expected=expected, note=note
    )


def remove_policy_example(database: Database, user: Caller, id: int) -> None:
    """Forgets a saved text."""
    database.call("remove_policy_example", user=user, id=id)
