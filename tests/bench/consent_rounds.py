"""Compares the database with the model of consent for as long as one likes: `python -m tests.bench.consent_rounds 500`.

Every example begins on a fresh database and takes up to 100 steps. What differs is printed with the shortest story.
"""

import argparse
import pathlib
import tempfile

import psycopg

from data.migrate import migrate
from data.postgres import EmbeddedPostgres
from tests.data.test_consent_machine import compare


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("examples", type=int, nargs="?", default=100)
    examples = arguments.parse_args().examples
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        fast = "fsync = off\nsynchronous_commit = off\n"
        with EmbeddedPostgres(folder / "server", extra_configuration=fast) as server:
            with psycopg.connect(server.address(), autocommit=True) as connection:
                connection.execute("create database template_of_tests")
            migrate(server.address(database="template_of_tests"), embedded=True)
            compare(server, examples=examples, steps=100, derandomize=False, shrink=True)
            print(f"{examples} examples of up to 100 steps: the database and the model agree.")
        server.wait_until_stopped()


if __name__ == "__main__":
    main()
