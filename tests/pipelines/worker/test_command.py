"""`make worker`: a program that needs a database's address, and a key where the database is Supabase's."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.client import VISITOR, member
from data.opening import open_data
from data.postgres import EmbeddedPostgres
from data.settings import SettingsError, settings_from
from tests.bench.fault_rounds import Rounds, play
from tests.bench.worker_rounds import WorkerRounds
from tests.data.world import Person
from tests.pipelines.worker.asking import ask, seen


def command(**settings: str) -> subprocess.Popen[str]:
    """The running program, with these settings and no others."""
    environment = {"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"} | settings
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.worker", "--name", "elsewhere"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_worker_elsewhere_needs_only_the_databases_address(
    server: EmbeddedPostgres, database_name: str, author: Person, tmp_path: Path
) -> None:
    address = server.address(user="authenticator", database=database_name)
    with command(HIBARI_DATABASE_URL=address, HIBARI_FOLDER=str(tmp_path)) as worker:
        done = seen(author, ask(author), "done")
        worker.send_signal(signal.SIGTERM)
        said = worker.communicate(timeout=30)[1]
    assert worker.returncode == 0 and "worker elsewhere waits" in said
    clip = author.call("clip", id=done["clip"])
    assert (tmp_path / "media" / clip["video_path"]).stat().st_size == clip["bytes"]


def test_wrong_settings_are_told_in_a_sentence() -> None:
    with command(SUPABASE_URL="https://x.supabase.co") as worker:
        said = worker.communicate(timeout=60)[1]
    assert worker.returncode == 2
    assert said.strip() == (
        "SUPABASE_SERVICE_KEY is not set. Media storage and the worker need the project's secret key."
    )


def test_a_worker_for_supabase_needs_the_secret_key_alone_and_never_acts_as_anybody_with_it() -> None:
    key = "header.payload.signature"
    named = {"SUPABASE_URL": "https://x.supabase.co", "SUPABASE_SERVICE_KEY": key}
    with pytest.raises(SettingsError, match="SUPABASE_KEY is not"):
        settings_from(named)
    data = open_data(settings_from(named, visitors=False))
    for caller in (VISITOR, member("00000000-0000-4000-8000-000000000001", token="theirs")):
        with pytest.raises(SettingsError, match="SUPABASE_KEY is not set"):
            data.database.call("site", user=caller)
    data.close()


@pytest.mark.parametrize(("kind", "rounds"), [(Rounds, 3), (WorkerRounds, 1)])
def test_whoever_is_killed_nothing_is_lost(kind: type[Rounds], rounds: int) -> None:
    """The long version is a program: python -m tests.bench.fault_rounds, python -m tests.bench.worker_rounds."""
    assert "Every accepted request ended once" in play(kind, rounds)
