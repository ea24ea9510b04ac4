"""Kills app, worker and database at any moment, many times over, and checks that nothing was lost or done twice.

    python -m tests.bench.fault_rounds [rounds]

An app asks for generations and cancels some; a worker claims, stores three files, and finishes or fails. After every
round one of them, or everything, has been killed with SIGKILL and is started again. At the end the worker works off
what is left, the sweep runs, and the books are checked.
"""

import argparse
import contextlib
import io
import logging
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import psycopg

from data import credits, generations, leases
from data.client import SERVICE, Caller, PostgresDatabase, member
from data.errors import DataError, LeaseLost, Unavailable
from data.media import LocalMedia, new_path, sweep
from data.migrate import migrate
from data.opening import open_data
from data.postgres import EmbeddedPostgres, PostgresError
from data.settings import DataSettings

VICTIMS = ("worker", "app", "postgres", "keeper", "everything")
LEASE = 1  # seconds, the shortest: a killed worker is noticed soon
STORYBOARD = {"shots": [{"seconds": 5, "subjects": [{"kind": "dog"}]}]}
GIFT = 1_000_000  # credits, so that nobody runs out


def settings_in(folder: pathlib.Path) -> DataSettings:
    return DataSettings(folder, folder / "postgres", folder / "media")


# The two processes that are killed


def run_app(folder: pathlib.Path, account: str) -> None:
    """Asks and sometimes cancels, for ever. An id is written down once the database has acknowledged it."""
    data = open_data(settings_in(folder))
    (folder / "app.ready").touch()
    caller, dice = member(account), random.Random(os.getpid())
    with open(folder / "accepted", "a") as accepted:
        while True:
            try:
                asked = generations.request_generation(data.database, caller, {"prompt": "A dog"}, STORYBOARD)
                print(asked["id"], file=accepted, flush=True)
                if dice.random() < 0.2:
                    generations.cancel_generation(data.database, caller, asked["id"])
            except (DataError, PostgresError):
                time.sleep(0.02)  # the database is down, or enough are waiting
            time.sleep(dice.random() * 0.02)


def run_worker(folder: pathlib.Path) -> None:
    """Claims and finishes, for ever."""
    data = open_data(settings_in(folder))
    (folder / "worker.ready").touch()
    dice = random.Random(os.getpid())
    while True:
        with contextlib.suppress(LeaseLost, Unavailable, PostgresError):
            if claimed := leases.claim_generation(data.database, SERVICE, "worker", lease_seconds=LEASE):
                work(data.database, data.media, claimed, dice)
        time.sleep(0.005)


def work(database: PostgresDatabase, media: LocalMedia, claimed: dict, dice: random.Random) -> None:
    """Makes three files and ends one generation."""
    key, lease = claimed["id"], claimed["lease"]
    paths = {name: new_path(name, ".mp4") for name in ("clip", "poster", "preview")}
    for name, path in paths.items():
        leases.store_media(database, SERVICE, path, name, key, lease)
        media.write(path, io.BytesIO(os.urandom(2000)))
        time.sleep(dice.random() * 0.01)
    leases.renew_lease(database, SERVICE, key, lease, lease_seconds=LEASE, progress=dice.random(), preview="aGk=")
    if dice.random() < 0.1:
        leases.fail_generation(database, SERVICE, key, lease, "engine", "It broke.")
        return
    clip = {"video_path": paths["clip"], "poster_path": paths["poster"], "preview_path": paths["preview"]}
    clip |= {"sha256": "0" * 64, "seconds": 5, "bytes": 2000, "width": 540, "height": 960}
    leases.finish_generation(database, SERVICE, key, lease, clip)


# The hand that kills


class Rounds:
    """A folder, the processes on it, and a count of who was killed."""

    open_generations = 20  # that the app may have in the making

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.killed = dict.fromkeys(VICTIMS, 0)
        self.states: dict[str, int] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        with EmbeddedPostgres(folder / "postgres") as server:
            migrate(server.address(), embedded=True)
            database = PostgresDatabase(server.address(user="authenticator"))
            with psycopg.connect(server.address(), autocommit=True) as connection:
                account = connection.execute("insert into auth.users default values returning id").fetchone()[0]
                connection.execute(
                    "update private.settings set retry_seconds = 0, open_generations_per_member = %s, "
                    "running_per_member = 20, daily_credits = 0",
                    (self.open_generations,),
                )
            self.caller: Caller = member(account)
            database.call("create_profile", user=self.caller, handle="author")
            credits.give_credits(database, SERVICE, "author", GIFT)
            database.close()

    def command(self, role: str) -> list[str]:
        """What runs the app or the worker."""
        return [sys.executable, "-m", "tests.bench.fault_rounds", "--role", role, str(self.folder), self.caller.id]

    def start(self, role: str) -> None:
        """Starts the app or the worker, if it is not running, and waits until it works."""
        ready = self.folder / f"{role}.ready"
        if role not in self.processes or self.processes[role].poll() is not None:
            ready.unlink(missing_ok=True)
            self.processes[role] = subprocess.Popen(
                self.command(role), env=os.environ | {"HIBARI_FOLDER": str(self.folder)}
            )
        while not ready.exists() and self.processes[role].poll() is None:
            time.sleep(0.01)

    def kill(self, victim: str) -> None:
        """Ends one of them, or all, without any warning."""
        self.killed[victim] += 1
        if victim in ("postgres", "everything"):
            with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
                postmaster = self.folder / "postgres" / "cluster" / "postmaster.pid"
                self._kill_own(int(postmaster.read_text().split()[0]), b"postgres")
        if victim in ("keeper", "everything"):
            for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    if b"postgres_keeper.py" in entry.read_bytes():
                        self._kill_own(int(entry.parent.name), b"postgres_keeper.py")
        for role in ("worker", "app"):
            if victim in (role, "everything"):
                self.processes[role].kill()
                self.processes[role].wait()

    def _kill_own(self, process: int, name: bytes) -> None:
        """Kills a process of this folder, and nobody else's."""
        with contextlib.suppress(OSError):
            line = pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
            if name in line and str(self.folder).encode() in line:
                os.kill(process, signal.SIGKILL)

    def note_states(self) -> None:
        """Counts in which states and stages generations are at the moment of the kill."""
        address = EmbeddedPostgres(self.folder / "postgres").address()
        with contextlib.suppress(psycopg.Error), psycopg.connect(address) as connection:
            rows = connection.execute("select state, stage from public.generations where finished_at is null")
            for state, stage in rows.fetchall():
                name = f"{state} {stage}".strip()
                self.states[name] = self.states.get(name, 0) + 1

    def wait_for_the_moment(self, dice: random.Random) -> None:
        """Waits until the next kill."""
        time.sleep(dice.random() * 0.5)

    def run(self, rounds: int) -> None:
        dice = random.Random(7)
        for number in range(rounds):
            self.start("app")
            self.start("worker")
            self.wait_for_the_moment(dice)
            self.note_states()
            self.kill(VICTIMS[number % len(VICTIMS)])
        self.kill("app")
        self.start("worker")

    def settle(self) -> None:
        """Waits until the worker has ended all that was accepted."""
        with EmbeddedPostgres(self.folder / "postgres") as server, psycopg.connect(server.address()) as connection:
            connection.autocommit = True
            for _ in range(3000):
                self.start("worker")
                query = "select count(*) from public.generations where finished_at is null"
                if connection.execute(query).fetchone()[0] == 0:
                    break
                time.sleep(0.1)
            self.stop_worker()

    def stop_worker(self) -> None:
        """Ends the worker for good."""
        self.kill("worker")


def check(rounds: Rounds) -> dict[str, object]:
    """What came of every accepted request. Raises AssertionError when the books do not balance."""
    data = open_data(settings_in(rounds.folder))
    with psycopg.connect(data.server.address(), autocommit=True) as connection:
        connection.execute("update public.media set delete_at = now() where delete_at is not null")
        for path in (rounds.folder / "media").glob("*/*"):  # what is half written is swept after a day
            os.utime(path, (0, 0))
        sweep(data.database, data.media)
        accepted = set((rounds.folder / "accepted").read_text().split())
        states = dict(connection.execute("select id::text, state from public.generations").fetchall())
        clips = connection.execute(
            "select generation::text, video_path, poster_path, preview_path from public.clips"
        ).fetchall()
        reasons = connection.execute("select count(*) from public.generations where state = 'failed' and error is null")
        entries = connection.execute(
            "select generation::text, kind, sum(amount), count(*) from public.credit_entries group by 1, 2"
        ).fetchall()
        balance = connection.execute("select balance from public.credit_accounts").fetchone()[0]
        audit = connection.execute("select private.verify_audit_log()").fetchone()[0]
    done = {key for key, state in states.items() if state == "done"}
    assert accepted <= states.keys(), "an acknowledged request was lost"
    assert set(states.values()) <= {"done", "failed", "cancelled"}, "a request has not ended"
    assert {clip[0] for clip in clips} == done and len(clips) == len(done), "a clip is missing or was made twice"
    assert reasons.fetchone()[0] == 0, "a failure has no reason"
    charged = {key for key, kind, *_ in entries if kind == "generation"}
    refunded = {key for key, kind, *_ in entries if kind == "refund"}
    assert charged == states.keys() and refunded == states.keys() - done, "a credit was lost or doubled"
    assert all(count == 1 for key, kind, _, count in entries if kind != "gift")
    assert balance == GIFT - len(done) == sum(amount for _, _, amount, _ in entries), "the balance is not its ledger"
    stored = {path.relative_to(rounds.folder / "media").as_posix() for path in (rounds.folder / "media").glob("*/*")}
    assert stored == {path for clip in clips for path in clip[1:]}, "a file is missing or an orphan"
    assert audit is None
    data.close()
    return {state: list(states.values()).count(state) for state in ("done", "failed", "cancelled")}


def play(kind: type[Rounds], rounds: int) -> str:
    """What happened in so many rounds, in a few lines. Raises AssertionError when the books do not balance."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        started = time.monotonic()
        story = kind(folder)
        try:
            story.run(rounds)
            story.settle()
            ended = check(story)
        finally:
            for process in story.processes.values():
                process.kill()
                process.wait()
            EmbeddedPostgres(folder / "postgres").wait_until_stopped()
        return (
            f"{rounds} rounds in {time.monotonic() - started:.0f} s; killed: {story.killed}\n"
            f"open at the moment of a kill: {story.states}; ended as: {ended}\n"
            "Every accepted request ended once, no clip twice, no credit lost or doubled, no orphan file."
        )


def main(kind: type[Rounds]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=200)
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # connections break here all the time
    print(play(kind, parser.parse_args().rounds))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--role"]:
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        role, where, who = sys.argv[2:5]
        run_worker(pathlib.Path(where)) if role == "worker" else run_app(pathlib.Path(where), who)
    else:
        main(Rounds)
