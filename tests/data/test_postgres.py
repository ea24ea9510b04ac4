"""The embedded server starts by itself, is shared, survives being killed, and touches nothing but its own."""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest

from data.postgres import EmbeddedPostgres, PostgresError

ROOT = pathlib.Path(__file__).parents[2]

HOLD = """
import sys; sys.path.insert(0, {root!r})
from data.postgres import EmbeddedPostgres
server = EmbeddedPostgres({folder!r}); server.start(); print("ready", flush=True); sys.stdin.read()
"""

WRITE = """
import sys; sys.path.insert(0, {root!r})
import psycopg
from data.postgres import EmbeddedPostgres
server = EmbeddedPostgres({folder!r}); server.start()
with psycopg.connect(server.address(), autocommit=True) as connection:
    connection.execute("create table if not exists written (number int)")
    number = 0
    while True:
        number += 1
        connection.execute("insert into written values (%s)", (number,))
        print(number, flush=True)
"""


@pytest.fixture()
def folder(open_folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """A folder for one server of the test's own."""
    folder = open_folder / uuid.uuid4().hex
    yield folder
    _wait(lambda: not _server_processes(folder))


def _app(script: str, folder: pathlib.Path) -> subprocess.Popen[str]:
    code = script.format(root=str(ROOT), folder=str(folder))
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True)


def _kill(app: subprocess.Popen[str]) -> None:
    app.kill()
    app.wait()
    app.stdin.close()
    app.stdout.close()


def _server_processes(folder: pathlib.Path) -> list[int]:
    """Process ids of every postmaster that serves this very folder."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"/postgres") and str(folder / "cluster").encode() in words:
            found.append(int(entry.parent.name))
    return found


def _keepers(folder: pathlib.Path) -> list[int]:
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if any(word.endswith(b"postgres_keeper.py") for word in words) and str(folder).encode() in words:
            found.append(int(entry.parent.name))
    return found


def _wait(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("the condition did not come true")


def _value(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.address()) as connection:
        return connection.execute(query).fetchone()[0]


def test_a_fresh_folder_becomes_a_database_that_listens_on_its_private_socket_only(folder: pathlib.Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert _value(server, "select current_setting('listen_addresses')") == ""
        assert _value(server, "select current_setting('server_encoding')") == "UTF8"
        assert _value(server, "select current_setting('fsync')") == "on"
        assert (folder / "socket").stat().st_mode & 0o777 == 0o700
        assert (folder / "cluster").stat().st_mode & 0o077 == 0


def test_the_server_never_runs_as_root(folder: pathlib.Path) -> None:
    with EmbeddedPostgres(folder):
        (process,) = _server_processes(folder)
        assert pathlib.Path(f"/proc/{process}").stat().st_uid != 0


def test_two_apps_on_one_folder_share_a_server_that_outlives_the_first(folder: pathlib.Path) -> None:
    first = _app(HOLD, folder)
    assert first.stdout.readline() == "ready\n"
    with EmbeddedPostgres(folder) as server:
        started = _value(server, "select pg_postmaster_start_time()")
        assert len(_server_processes(folder)) == 1
        _kill(first)
        assert _value(server, "select pg_postmaster_start_time()") == started
    _wait(lambda: not _server_processes(folder))


def test_two_apps_that_start_at_the_same_moment_get_one_server(folder: pathlib.Path) -> None:
    apps = [_app(HOLD, folder) for _ in range(3)]
    assert [app.stdout.readline() for app in apps] == ["ready\n"] * 3
    assert len(_server_processes(folder)) == 1
    for app in apps:
        _kill(app)


def test_the_server_stops_when_its_app_is_killed(folder: pathlib.Path) -> None:
    app = _app(HOLD, folder)
    assert app.stdout.readline() == "ready\n"
    assert len(_server_processes(folder)) == 1
    _kill(app)
    _wait(lambda: not _server_processes(folder) and not _keepers(folder))


@pytest.mark.parametrize("victims", ["app", "keeper", "server", "everything"])
def test_no_acknowledged_write_is_lost_when_somebody_is_killed(folder: pathlib.Path, victims: str) -> None:
    app = _app(WRITE, folder)
    acknowledged = [int(app.stdout.readline()) for _ in range(50)][-1]
    targets = {"app": [app.pid], "keeper": _keepers(folder), "server": _server_processes(folder)}
    everything = [process for group in targets.values() for process in group]
    assert len(everything) == 3
    for process in targets.get(victims, everything):
        with contextlib.suppress(ProcessLookupError):  # the keeper may follow the app before its turn
            os.kill(process, signal.SIGKILL)
    _kill(app)
    with EmbeddedPostgres(folder) as server:
        assert _value(server, "select count(*) from written") >= acknowledged


def test_start_brings_a_killed_server_back(folder: pathlib.Path) -> None:
    with EmbeddedPostgres(folder) as server:
        for process in _server_processes(folder):
            os.kill(process, signal.SIGKILL)
        server.start()
        assert _value(server, "select 1") == 1


def test_a_stale_pid_file_never_harms_the_process_that_has_the_number_now(folder: pathlib.Path) -> None:
    with EmbeddedPostgres(folder):
        pass
    _wait(lambda: not _server_processes(folder))
    with subprocess.Popen(["sleep", "60"]) as bystander:
        (folder / "cluster" / "postmaster.pid").write_text(f"{bystander.pid}\n{folder}/cluster\n")
        with EmbeddedPostgres(folder) as server:
            assert _value(server, "select 1") == 1
        assert bystander.poll() is None
        bystander.kill()


def test_a_folder_with_a_quote_and_a_very_long_name_works(folder: pathlib.Path) -> None:
    deep = folder / "l'été" / ("long" * 20) / "postgres"
    with EmbeddedPostgres(deep) as server:
        assert _value(server, "select 1") == 1
        assert not str(server.address()).startswith(str(deep))
    _wait(lambda: not _server_processes(deep))


def test_a_half_made_cluster_is_made_anew(folder: pathlib.Path) -> None:
    (folder / "cluster.unfinished" / "base").mkdir(parents=True)
    with EmbeddedPostgres(folder) as server:
        assert _value(server, "select 1") == 1


def test_a_folder_that_cannot_be_used_is_refused_in_words(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PostgresError, match="HIBARI_POSTGRES_FOLDER"):
        EmbeddedPostgres(tmp_path / "file" / "postgres").start()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(folder: pathlib.Path) -> None:
    with pytest.raises(PostgresError, match="unrecognized configuration parameter"):
        EmbeddedPostgres(folder, extra_configuration="no_such_setting = 1").start()
