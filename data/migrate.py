"""Brings a database to the schema of this code: `python -m data.migrate` for the one that the settings name.

Applied versions are listed where the Supabase command line lists them, so either may apply the next one.
"""

import pathlib
import re
import sys

import psycopg

from data.postgres import EmbeddedPostgres
from data.settings import settings_from

FOLDER = pathlib.Path(__file__).parent
LOCK = 4_815_162_342  # any number that nobody else locks

LIST = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
    version text primary key,
    statements text[],
    name text
);
"""


def migrate(address: str, *, embedded: bool) -> list[str]:
    """Applies what is missing, all or nothing, and returns the versions applied.

    `address` belongs to the owner of the schema (postgres). An embedded database first gets what Supabase has.
    """
    with psycopg.connect(address, options="-c client_min_messages=warning") as connection:
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(LIST)
        connection.execute("alter table supabase_migrations.schema_migrations enable row level security")
        done = {
            version for (version,) in connection.execute("select version from supabase_migrations.schema_migrations")
        }
        missing = [file for file in _files(embedded) if _version(file) not in done]
        for file in missing:
            _apply(connection, file)
        return [_version(file) for file in missing]


def _files(embedded: bool) -> list[pathlib.Path]:
    """The SQL files in the order in which they are applied."""
    own = sorted((FOLDER / "embedded").glob("*.sql")) if embedded else []
    return own + sorted((FOLDER / "supabase" / "migrations").glob("*.sql"))


def _version(file: pathlib.Path) -> str:
    return re.match(r"\d+", file.name)[0]


def _apply(connection: psycopg.Connection, file: pathlib.Path) -> None:
    text = file.read_text(encoding="utf-8")
    try:
        connection.execute(text)
    except psycopg.Error as error:
        line = text.count("\n", 0, int(error.diag.statement_position or 1) - 1) + 1
        raise RuntimeError(f"{file.name}, line {line}: {error}") from error
    connection.execute(
        "insert into supabase_migrations.schema_migrations (version, name) values (%s, %s)",
        (_version(file), file.stem.removeprefix(_version(file)).lstrip("_")),
    )


def main() -> int:
    """Applies the migrations to the database that the environment names."""
    settings = settings_from()
    if settings.database_url:
        applied = migrate(settings.database_url, embedded=False)
    elif settings.supabase_url:
        sys.exit(
            "Set HIBARI_DATABASE_URL to the project's connection string (Connect → Session pooler) for this command."
        )
    else:
        with EmbeddedPostgres(settings.postgres_folder) as server:
            applied = migrate(server.address(), embedded=True)
    print(f"Applied {len(applied)} migrations." if applied else "Nothing to apply.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
