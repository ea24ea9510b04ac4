"""Members who come with the app, and what is made in their name; each function takes `SERVICE` as its caller."""

from data.client import Caller, Database
from data.rows import DemoGeneration


def create_demo_member(
    database: Database,
    user: Caller,
    account: str,
    handle: str,
    display_name: str,
    *,
    language: str | None = None,
    bio: str | None = None,
) -> None:
    """Makes a member who comes with the app, unless there is that member already. Never the first, who moderates."""
    database.call(
        "create_demo_member",
        user=user,
        account=account,
        handle=handle,
        display_name=display_name,
        language=language,
        bio=bio,
    )


def demo_generations(database: Database, user: Caller) -> list[DemoGeneration]:
    """What was asked for in the name of demo members, and whether it was ever posted."""
    return database.call("demo_generations", user=user)
