"""Asking the database: one call, one SQL function, one transaction, in the name of whoever asks.

Every read and write of the app is a function in the schema `public` (see supabase/migrations). A `Database` calls one
with named arguments and returns its JSON, or raises an exception of data/errors.py. Two implementations give the same
values and the same errors: `PostgresDatabase` here, over psycopg, and `SupabaseDatabase` in supabase_client.py.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, Protocol
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from data.errors import DataError, Unavailable, data_error

Json = None | bool | int | float | str | list | dict  # what a function returns

VOID = 2278  # the type that Postgres gives to nothing
POOL_SIZE = 16  # connections; each serves one call at a time
WAIT_FOR_CONNECTION = 10.0  # seconds
RETRIED = {
    "40001",
    "40P01",
}  # serialization failure, deadlock: the transaction was undone whole, so it may be tried again


@dataclass(frozen=True)
class Caller:
    """In whose name a function is called. Known to the server from its own session, never told by a browser."""

    role: Literal["anon", "authenticated", "service_role"]
    id: str | None = None  # of the account
    token: str | None = None  # the account's access token, where Supabase issued one

    def claims(self) -> str:
        """The claims that policies read, as JSON."""
        claims = {"role": self.role}
        if self.id is not None:
            claims["sub"] = self.id
        return json.dumps(claims)


VISITOR = Caller("anon")  # somebody without an account
SERVICE = Caller("service_role")  # the app's own worker and server code


def member(account: str | UUID, *, token: str | None = None) -> Caller:
    """Whoever is signed in with this account."""
    return Caller("authenticated", str(UUID(str(account))), token)


class Database(Protocol):
    """What either client can do."""

    def call(self, function: str, *, user: Caller, **arguments: object) -> Json:
        """What the function returns. Arguments that are None are left out, so that the function's defaults hold."""
        ...

    def close(self) -> None:
        """Lets go of every connection."""
        ...


class PostgresDatabase:
    """The database over psycopg: a pool of connections that log in as `authenticator`, who may do nothing itself."""

    def __init__(
        self,
        address: str,
        *,
        pool_size: int = POOL_SIZE,
        revive: Callable[[], None] | None = None,
        prepare: bool = True,
    ) -> None:
        """`revive` brings an embedded server back after it died. `prepare=False` suits a transaction pooler."""
        self._revive = revive
        self._prepare = prepare
        self._pool = ConnectionPool(
            address,
            min_size=1,
            max_size=pool_size,
            timeout=WAIT_FOR_CONNECTION,
            kwargs={"autocommit": True, "prepare_threshold": 5 if prepare else None},
            configure=_use_utc,
            open=False,
        )
        self._pool.open()

    def call(self, function: str, *, user: Caller, **arguments: object) -> Json:
        """See Database.call. A call that a deadlock or a dying server undid, or that wrote nothing, is tried again."""
        given = {f"p_{key}": _sent(value) for key, value in arguments.items() if value is not None}
        query = _query(function, tuple(given))
        for last_attempt in (False, False, True):
            in_doubt = False
            try:
                with self._connection(user) as connection:
                    answer, in_doubt = _received(connection.execute(query, given))
                return answer
            except psycopg.Error as error:
                undone = error.sqlstate in RETRIED or (_connection_lost(error) and not in_doubt)
                if last_attempt or not undone:
                    raise _translated(error) from error
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """See Database.close."""
        self._pool.close()

    @contextlib.contextmanager
    def _connection(self, user: Caller) -> Iterator[psycopg.Connection]:
        """A connection inside a transaction that has the caller's role and claims."""
        with contextlib.ExitStack() as stack:
            try:
                connection = self._begin(stack, user)
            except psycopg.OperationalError:  # a timeout of the pool is one, too
                stack.close()
                if self._revive is None:
                    raise
                self._revive()
                self._pool.check()
                connection = self._begin(stack, user)
            yield connection

    def _begin(self, stack: contextlib.ExitStack, user: Caller) -> psycopg.Connection:
        connection = stack.enter_context(self._pool.connection())  # commits in the end, or undoes what failed
        connection.execute(_beginning(user), prepare=False)
        return connection


@cache
def _query(function: str, names: tuple[str, ...]) -> bytes:
    """The call of a function with arguments of these names."""
    schema, _, name = function.rpartition(".")
    # Beside the answer: whether anything was written. If not, a lost connection leaves no doubt about the commit.
    query = sql.SQL("select {}({}), pg_current_xact_id_if_assigned() is not null").format(
        sql.Identifier(schema or "public", name),
        sql.SQL(", ").join(sql.SQL("{} => {}").format(sql.Identifier(key), sql.Placeholder(key)) for key in names),
    )
    return query.as_bytes()


@lru_cache(maxsize=1000)
def _beginning(user: Caller) -> bytes:
    """What begins a transaction in the caller's name, in one message to the server.

    Role and claims are local to the transaction: nothing of one caller is left for the next.
    """
    settings = "begin; select set_config('role', {}, true), set_config('request.jwt.claims', {}, true)"
    return sql.SQL(settings).format(sql.Literal(user.role), sql.Literal(user.claims())).as_bytes()


def _use_utc(connection: psycopg.Connection) -> None:
    """Times in JSON come out the same whatever the machine's zone is."""
    connection.execute("set timezone to 'UTC'")


def _sent(value: object) -> str:
    """A value as text, which the function's own argument types then read: as over HTTP, where 5 may be a real, too."""
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _received(cursor: psycopg.Cursor) -> tuple[Json, bool]:
    """The value as it would come over HTTP (ids as text, None from what returns nothing); whether it wrote."""
    value, wrote = cursor.fetchone()
    if cursor.description[0].type_code == VOID:
        value = None
    return str(value) if isinstance(value, UUID) else value, wrote


def _connection_lost(error: psycopg.Error) -> bool:
    """Whether the server went away, or is about to (57P01 to 57P03), before it could answer."""
    waited = isinstance(error, PoolTimeout)  # every connection is busy: that is no reason to ask for more
    shut_down = error.sqlstate in (None, "57P01", "57P02", "57P03")
    return isinstance(error, psycopg.OperationalError) and shut_down and not waited


def _translated(error: psycopg.Error) -> DataError:
    diagnostics = error.diag
    if isinstance(error, psycopg.DataError) and error.sqlstate is None:  # psycopg itself found a NUL character
        return data_error("22P05", str(error))
    if error.sqlstate is None:
        return Unavailable("The database does not answer. Try again in a moment.")
    return data_error(error.sqlstate, diagnostics.message_primary or str(error), diagnostics.message_hint or "")
