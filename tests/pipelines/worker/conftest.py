"""A media folder and people who ask, on a real Postgres: what a worker works with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.accounts import LocalAccounts
from data.client import PostgresDatabase
from data.media import LocalMedia
from data.opening import Data
from data.postgres import EmbeddedPostgres
from pipelines.worker import Worker
from pipelines.worker.hands import Make, ThisMachine
from tests.data.world import Person, World
from tests.pipelines.worker.asking import Employ, quick


@pytest.fixture()
def data(server: EmbeddedPostgres, database_name: str, tmp_path: Path) -> Iterator[Data]:
    """Everything that is kept, fresh."""
    opened = PostgresDatabase(server.address(user="authenticator", database=database_name))
    yield Data(opened, LocalAccounts(opened), LocalMedia(tmp_path / "media"))
    opened.close()


@pytest.fixture()
def author(world: World) -> Person:
    """A member who asks for clips."""
    (member,) = world.people("author")
    return member


@pytest.fixture()
def employ(data: Data, tmp_path: Path) -> Iterator[Employ]:
    """Starts workers, and closes them at the end."""
    workers: list[Worker] = []

    def start(make: Make | None = quick, **options: object) -> Worker:
        workers.append(Worker(data, var=tmp_path, **{"hands": make and ThisMachine(make)} | options))
        workers[-1].start()
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()
