"""Reports, cases, decisions and appeals."""

from data.client import Caller, Database
from data.rows import AuditPage, Case, OwnCase


def report(database: Database, user: Caller, kind: str, target: str, reason: str, *, note: str | None = None) -> int:
    """Reports a post, comment or profile; the number of its case."""
    return database.call("report", user=user, kind=kind, target=target, reason=reason, note=note)


def waiting_cases(database: Database, user: Caller, *, limit: int | None = None) -> list[Case]:
    """Cases that wait for a moderator, most reported first."""
    return database.call("waiting_cases", user=user, limit=limit)


def my_cases(database: Database, user: Caller) -> list[OwnCase]:
    """Decided cases about what the caller made or said, with the reasons."""
    return database.call("my_cases", user=user)


def decide_case(database: Database, user: Caller, case: int, decision: str, reason: str) -> None:
    """Decides a case or answers its appeal: keep, remove, or remove with a strike; with the reason, which its author
    reads."""
    database.call("decide_case", user=user, case=case, decision=decision, reason=reason)


def appeal(database: Database, user: Caller, case: int, body: str) -> None:
    """Appeals, once, against a decision about something of the caller's."""
    database.call("appeal", user=user, case=case, body=body)


def audit_log(database: Database, user: Caller, *, before: int | None = None, limit: int | None = None) -> AuditPage:
    """A page of the audit log for moderators, and the first row that was tampered with, if any."""
    return database.call("audit_log", user=user, before=before, limit=limit)
