"""What generations cost, and what each day gives."""

from data.client import Caller, Database
from data.rows import CreditEntry, Credits, EngineSpeed


def my_credits(database: Database, user: Caller) -> Credits:
    """The caller's balance, the daily allowance and what engines cost per five seconds."""
    return database.call("my_credits", user=user)


def credit_history(
    database: Database, user: Caller, *, before: int | None = None, limit: int | None = None
) -> list[CreditEntry]:
    """A page of the caller's ledger, newest first."""
    return database.call("credit_history", user=user, before=before, limit=limit)


def give_credits(
    database: Database, user: Caller, handle: str, amount: int, *, kind: str | None = None, note: str | None = None
) -> None:
    """Adds credits to a member's account, from the server's side."""
    database.call("give_credits", user=user, handle=handle, amount=amount, kind=kind, note=note)


def set_engine_price(database: Database, user: Caller, engine: str, credits: int) -> None:
    """Offers an engine at a price; the server calls it for its catalog."""
    database.call("set_engine_price", user=user, engine=engine, credits=credits)


def engine_speeds(database: Database, user: Caller) -> dict[str, EngineSpeed]:
    """Of each engine that is offered: how busy it is, and how fast it has been lately."""
    return database.call("engine_speeds", user=user)
