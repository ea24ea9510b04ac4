"""What holds for the schema as a whole, whatever is added to it."""

import importlib
import inspect
import pathlib
import re

import psycopg
import pytest

from data.client import SERVICE, VISITOR, PostgresDatabase
from data.errors import NotAllowed, UnknownFunction
from data.migrate import migrate
from data.postgres import EmbeddedPostgres
from tests.data.known_functions import DEFINERS, TWINS, WORKER_ONLY
from tests.data.world import World

OURS = ("public", "private", "auth", "storage")

FUNCTIONS = """
    select n.nspname || '.' || p.proname, p.prosecdef, p.proconfig, p.proacl::text, obj_description(p.oid)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname = any (%s) order by 1
"""


@pytest.fixture()
def functions(owner: psycopg.Connection) -> list[tuple]:
    return owner.execute(FUNCTIONS, (list(OURS),)).fetchall()


def test_every_table_has_row_level_security_and_a_comment(owner: psycopg.Connection) -> None:
    tables = owner.execute(
        "select c.oid::regclass::text, c.relrowsecurity, obj_description(c.oid) from pg_class as c "
        "join pg_namespace as n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any (%s)",
        (list(OURS),),
    ).fetchall()
    assert len(tables) > 40
    assert [name for name, secured, _ in tables if not secured] == []
    assert [name for name, _, comment in tables if not comment] == []


def test_every_function_has_an_empty_search_path_and_a_comment(functions: list[tuple]) -> None:
    assert len(functions) > 150
    without = [name for name, _, config, *_ in functions if 'search_path=""' not in (config or [])]
    assert without == ["auth.jwt", "auth.uid"]  # as Supabase has them; they name nothing that a path could lead astray
    assert [name for name, _, _, _, comment in functions if not comment] == []


def test_no_function_is_executable_by_everybody(functions: list[tuple]) -> None:
    # No access list at all would mean the default, which is everybody; "=X/" grants to PUBLIC.
    assert [name for name, _, _, grants, *_ in functions if grants is None or re.search(r"[{,]=X", grants)] == []


def test_every_definer_is_listed_with_its_reason(functions: list[tuple]) -> None:
    assert {name for name, definer, *_ in functions if definer} == set(DEFINERS)


def test_definers_in_private_are_not_exposed_and_none_runs_sql_text(owner: psycopg.Connection) -> None:
    bodies = owner.execute(
        "select proname, prosrc from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
    )
    assert [name for name, body in bodies if re.search(r"\bexecute\b", body, re.I)] == []


def test_the_worker_alone_may_call_what_ends_generations(owner: psycopg.Connection) -> None:
    for role in ("anon", "authenticated"):
        allowed = owner.execute(
            "select proname from pg_proc where pronamespace in ('public'::regnamespace, 'auth'::regnamespace) "
            "and proname = any (%s) and has_function_privilege(%s, oid, 'execute')",
            (
                WORKER_ONLY,
                role,
            ),
        ).fetchall()
        assert allowed == []


def test_every_function_has_its_thin_twin_in_python(owner: psycopg.Connection) -> None:
    """Same name, same arguments in the same order, and optional where the database has a default."""
    in_sql = {
        name: (arguments or [], defaults)
        for name, arguments, defaults in owner.execute(
            "select proname, proargnames, pronargdefaults from pg_proc where pronamespace = 'public'::regnamespace"
        )
    }
    in_python = {}
    for module in TWINS:
        for name, function in inspect.getmembers(importlib.import_module(f"data.{module}"), inspect.isfunction):
            if function.__module__ == f"data.{module}":
                database, user, *parameters = inspect.signature(function).parameters.values()
                assert (database.name, user.name) == ("database", "user")
                optional = sum(parameter.default is None for parameter in parameters)
                in_python[name] = ([f"p_{parameter.name}" for parameter in parameters], optional)
    assert in_python == in_sql


def test_a_visitor_may_only_look(owner: psycopg.Connection) -> None:
    allowed = owner.execute(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v' "
        "and has_function_privilege('anon', oid, 'execute')"
    ).fetchall()
    assert allowed == []
    writable = owner.execute(
        "select table_name, privilege_type from information_schema.role_table_grants "
        "where grantee = 'anon' and table_schema in ('public', 'private') and privilege_type <> 'SELECT'"
    ).fetchall()
    assert writable == []


def test_members_write_few_tables_directly(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "select distinct table_name from information_schema.role_column_grants where grantee = 'authenticated' "
        "and table_schema = 'public' and privilege_type in ('INSERT', 'UPDATE', 'DELETE') order by 1"
    )
    assert [name for (name,) in rows] == [
        "api_keys",
        "blocks",
        "comments",
        "described_feeds",
        "follows",
        "guardianships",
        "likes",
        "messages",
        "mutes",
        "not_interested",
        "notifications",
        "profile_settings",
        "profiles",
        "saves",
        "watch_events",
    ]


def test_who_logs_in_may_do_nothing_by_itself(server: EmbeddedPostgres, database_name: str) -> None:
    address = server.address(user="authenticator", database=database_name)
    with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select count(*) from public.profiles")


def test_a_call_leaves_nothing_of_its_caller_for_the_next(world: World) -> None:
    (alice,) = world.people("alice")
    assert alice.call("my_profile")["handle"] == "alice"
    assert world.database.call("my_profile", user=VISITOR) is None


def test_tables_are_closed_to_those_they_do_not_concern(
    world: World, server: EmbeddedPostgres, database_name: str
) -> None:
    """Somebody who speaks SQL with a member's rights sees what the functions would show, and writes nothing else."""
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    world.make(author, "star")
    address = server.address(user="authenticator", database=database_name)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("set role authenticated")
        connection.execute("select set_config('request.jwt.claims', %s, false)", (other.caller.claims(),))
        for table in (
            "generations",
            "clips",
            "cameos",
            "cameo_versions",
            "cameo_grants",
            "cameo_uses",
            "media",
            "messages",
        ):
            assert connection.execute(f"select count(*) from public.{table}").fetchone() == (0,), table
        refused = (
            "update public.profiles set role = 'admin'",
            "update public.profile_settings set suspended_until = null",
            "insert into public.credit_entries (profile, amount, kind) select id, 100, 'gift' from public.profiles",
            "update public.posts set like_count = 1000",
            "update public.cameos set audience = 'everyone'",
            "insert into public.follows (follower, followee) select p.id, q.id from public.profiles p, "
            "public.profiles q "
            "where p.handle = 'star' and q.handle = 'author'",
            "select * from private.audit_log",
            "select * from auth.users",
            "select private.notify(id, 'fake') from public.profiles",
            "select private.end_generation(gen_random_uuid(), 'done', '', '')",
        )
        for statement in refused:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_members_cannot_act_as_the_worker(world: World) -> None:
    (alice,) = world.people("alice")
    with pytest.raises(NotAllowed):
        alice.call("claim_generation", worker="mine")
    with pytest.raises(NotAllowed):
        world.database.call("claim_generation", user=VISITOR, worker="mine")


def test_an_unknown_function_and_an_unknown_argument_say_so(database: PostgresDatabase) -> None:
    with pytest.raises(UnknownFunction):
        database.call("no_such_function", user=SERVICE)
    with pytest.raises(UnknownFunction):
        database.call("site", user=VISITOR, unknown=1)


def test_migrations_apply_once(server: EmbeddedPostgres, database_name: str) -> None:
    assert migrate(server.address(database=database_name), embedded=True) == []


def test_migrations_are_lower_case_and_revoke_first() -> None:
    files = sorted((pathlib.Path(__file__).parents[2] / "data/supabase/migrations").glob("*.sql"))
    statements = [line for line in files[0].read_text().splitlines() if line and not line.startswith("--")]
    assert statements[0] == "alter default privileges revoke execute on functions from public;"
    for file in files:
        text = re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", file.read_text())
        assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|TABLE|FROM|WHERE)\b", text), file.name
        assert file.read_text().count("\n") < 400, f"{file.name} would be clearer as two"
