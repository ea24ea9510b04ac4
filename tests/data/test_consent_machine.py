"""The database and a page of Python agree on consent, whatever people do and in whatever order."""

import itertools

import psycopg
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from data.client import PostgresDatabase
from data.postgres import EmbeddedPostgres
from tests.data.consent_machine import ConsentMachine

_numbers = itertools.count()


def compare(server: EmbeddedPostgres, *, examples: int, steps: int, derandomize: bool, shrink: bool) -> None:
    """Runs the machine on fresh copies of the template. Raises what hypothesis found, with the shortest story."""

    class OnThisServer(ConsentMachine):
        def fresh_database(self) -> tuple[PostgresDatabase, psycopg.Connection, str]:
            name = f"machine_{next(_numbers)}"
            with psycopg.connect(server.address(), autocommit=True) as connection:
                connection.execute(f"create database {name} template template_of_tests strategy file_copy")
            self.name = name
            address = server.address(user="authenticator", database=name)
            owner = psycopg.connect(server.address(database=name), autocommit=True)
            return PostgresDatabase(address, pool_size=1), owner, address

        def teardown(self) -> None:
            super().teardown()
            with psycopg.connect(server.address(), autocommit=True) as connection:
                connection.execute(f"drop database {self.name} with (force)")

    run_state_machine_as_test(
        OnThisServer,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_generation_post_or_read_ever_uses_a_likeness_without_a_live_permission(server: EmbeddedPostgres) -> None:
    compare(server, examples=5, steps=60, derandomize=True, shrink=False)
