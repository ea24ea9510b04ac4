"""A few weeks of varied activity, to look at the Moderation and Analytics tabs with.

python -m tests.bench.busy_weeks FOLDER    fills the running app of that folder
"""

import sys
from pathlib import Path

import psycopg

MEMBERS, DAYS = 60, 42
STATEMENTS = Path(__file__).with_suffix(".sql")


def live_busily(owner: psycopg.Connection, members: int = MEMBERS, days: int = DAYS) -> None:
    """Writes down what `members` new members did within the last `days` days; once in a database."""
    with owner.transaction():
        owner.execute(STATEMENTS.read_text(encoding="utf-8").format(members=members, days=days))


if __name__ == "__main__":
    from data.postgres import EmbeddedPostgres

    running = EmbeddedPostgres(Path(sys.argv[1]) / "postgres")
    with psycopg.connect(running.address(), autocommit=True) as owner:
        live_busily(owner)
