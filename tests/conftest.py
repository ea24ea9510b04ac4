"""What every test shares."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# the pictures of tests are small: more threads than one only fight over the cores
os.environ.setdefault("OMP_NUM_THREADS", "1")

# `python -m pytest` finds the parts by itself; programs that tests start find them through this
ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.data.databases import (  # noqa: E402, F401  fixtures: one server for all tests
    database,
    database_name,
    open_folder,
    over_http,
    owner,
    postgrest_program,
    server,
    world,
)
from tests.ui.running import RunningApp, running_app  # noqa: E402


@pytest.fixture(scope="session")
def app() -> Iterator[RunningApp]:
    """One app for all tests that touch it over HTTP or in a browser."""
    with running_app() as app:
        yield app
