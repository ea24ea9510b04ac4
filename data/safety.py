"""Reports, refusals, cases, decisions and appeals."""

from data.client import Caller, Database
from data.rows_moderation import AuditCheck, AuditPage, Case, CaseView, OwnCase, OwnRefusal, Standing


def report(database: Database, user: Caller, kind: str, target: str, reason: str, *, note: str | None = None) -> int:
    """Reports a post, comment, profile, message or the use of a likeness in a clip; the number of its case."""
    return database.call("report", user=user, kind=kind, target=target, reason=reason, note=note)


def waiting_cases(database: Database, user: Caller, *, limit: int | None = None) -> list[Case]:
    """Cases that wait for a moderator: those about minors first, then by priority."""
    return database.call("waiting_cases", user=user, limit=limit)


def case_view(database: Database, user: Caller, case: int) -> CaseView:
    """A case with its clip, storyboard, rulings, the history of whoever it is about, the reporters' records, and
    similar cases."""
    return database.call("case_view", user=user, case=case)


def my_cases(database: Database, user: Caller) -> list[OwnCase]:
    """Decided cases about what the caller made or said, with the reasons."""
    return database.call("my_cases", user=user)


def my_standing(database: Database, user: Caller) -> Standing:
    """The caller's live strikes, and whether the account is suspended or closed."""
    return database.call("my_standing", user=user)


def decide_case(
    database: Database,
    user: Caller,
    case: int,
    decision: str,
    reason: str,
    *,
    label: str | None = None,
    days: int | None = None,
    strike: bool | None = None,
) -> None:
    """Decides a case or answers its appeal: keep, label, limit, remove, suspend or ban; with the reason, which its
    author reads. A ban takes two moderators."""
    database.call(
        "decide_case", user=user, case=case, decision=decision, reason=reason, label=label, days=days, strike=strike
    )


def appeal(database: Database, user: Caller, case: int, body: str) -> None:
    """Appeals, once, against a decision about something of the caller's."""
    database.call("appeal", user=user, case=case, body=body)


def keep_refusal(
    database: Database,
    user: Caller,
    member: str,
    stage: str,
    verdict: str,
    rule: str,
    reason: str,
    *,
    evidence: dict | None = None,
) -> int:
    """Keeps that a text of a member's was refused or held, by which rule; never the text. The ruling's id."""
    return database.call(
        "keep_refusal",
        user=user,
        member=member,
        stage=stage,
        verdict=verdict,
        rule=rule,
        reason=reason,
        evidence=evidence,
    )


def my_refusals(database: Database, user: Caller, *, limit: int | None = None) -> list[OwnRefusal]:
    """Texts of the caller's that were refused lately, by which rule, and what became of an appeal."""
    return database.call("my_refusals", user=user, limit=limit)


def appeal_refusal(database: Database, user: Caller, ruling: int, text: str, body: str) -> int:
    """Asks a moderator to look at a text that was refused; the number of its case."""
    return database.call("appeal_refusal", user=user, ruling=ruling, text=text, body=body)


def audit_log(database: Database, user: Caller, *, before: int | None = None, limit: int | None = None) -> AuditPage:
    """A page of the audit log for moderators, and the first row that was tampered with, if any."""
    return database.call("audit_log", user=user, before=before, limit=limit)


def audit_check(database: Database, user: Caller, *, hash: str | None = None) -> AuditCheck:
    """Whether the audit log is whole, and whether a hash that was noted earlier is still in it."""
    return database.call("audit_check", user=user, hash=hash)


def set_pace(
    database: Database,
    user: Caller,
    kind: str,
    per_minute: int,
    per_day: int,
    new_per_minute: int,
    new_per_day: int,
) -> None:
    """Sets how much of something a member may do in a minute and in a day, and one in their first day."""
    database.call(
        "set_pace",
        user=user,
        kind=kind,
        per_minute=per_minute,
        per_day=per_day,
        new_per_minute=new_per_minute,
        new_per_day=new_per_day,
    )
