"""Kills the real worker, the app and the database in every stage of real clips, and checks that nothing was lost.

    python -m tests.bench.worker_rounds [rounds]

As tests/bench/fault_rounds.py, with `python -m pipelines.worker` drawing small clips of the world engine.
"""

import contextlib
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import psycopg

from data import generations
from data.client import member
from data.errors import DataError
from data.opening import open_data
from data.postgres import EmbeddedPostgres, PostgresError
from pipelines.director import direct
from pipelines.request import make_request
from pipelines.worker.lease import LEASE_SECONDS
from tests.bench.fault_rounds import Rounds, main, settings_in

PROMPT = 'A dog runs on the beach and says: "Hello!"'
MOMENTS = (0.0, 0.02, 0.1, 0.5, 0.9)  # progress at which the next kill comes: claimed, staged, drawn … nearly done
A_MOMENT = 1.5  # seconds after that at the latest; the last tenth, with signing and storing, takes no longer
LONGEST_WAIT = 45.0  # seconds for a worker to get so far: it may have to wait for a lease to run out


def run_app(folder: pathlib.Path, account: str) -> None:
    """Asks and sometimes cancels, for ever. An id is written down once the database has acknowledged it."""
    data = open_data(settings_in(folder))
    (folder / "app.ready").touch()
    caller, dice = member(account), random.Random(os.getpid())
    request = make_request(prompt=PROMPT, seconds=1, width=128, height=128)
    storyboard = direct(PROMPT, seconds=1).model_dump(mode="json")
    with open(folder / "accepted", "a") as accepted:
        while True:
            with contextlib.suppress(DataError, PostgresError):  # the database is down, or enough are waiting
                asked = generations.request_generation(
                    data.database, caller, request.model_dump(mode="json"), storyboard
                )
                print(asked["id"], file=accepted, flush=True)
                if dice.random() < 0.1:
                    time.sleep(dice.random() * 6)
                    generations.cancel_generation(data.database, caller, asked["id"])
            time.sleep(0.2)


class WorkerRounds(Rounds):
    """Rounds with the worker that people run."""

    open_generations = 3

    def command(self, role: str) -> list[str]:
        """See Rounds.command."""
        if role == "worker":
            (self.folder / "worker.ready").touch()  # nobody waits for it here: it is seen to claim
            return [sys.executable, "-m", "pipelines.worker"]
        return [sys.executable, "-m", "tests.bench.worker_rounds", "--role", str(self.folder), self.caller.id]

    def wait_for_the_moment(self, dice: random.Random) -> None:
        """Waits until a clip is as far as the dice say, and a moment more."""
        until, progress = time.monotonic() + LONGEST_WAIT, dice.choice(MOMENTS)
        while time.monotonic() < until and not self._something_is(progress):
            time.sleep(0.1)
        time.sleep(dice.random() * A_MOMENT)

    def stop_worker(self) -> None:
        """Asks the worker to stop, as Ctrl-C does: it goes by itself and leaves nothing."""
        worker = self.processes["worker"]
        worker.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(30)
        assert worker.returncode == 0, f"the worker ended with {worker.returncode}"
        left = list((self.folder / "work").glob("worker-*"))
        assert left == [], f"half-made clips are left: {left}"

    def _something_is(self, progress: float) -> bool:
        """Whether a clip in the making is so far."""
        address = EmbeddedPostgres(self.folder / "postgres").address()
        try:
            with psycopg.connect(address) as connection:
                far = "select from public.generations where state = 'running' and progress >= %s "
                alive = "and lease_until > now() + %s"  # renewed within the last seconds
                fresh = f"{LEASE_SECONDS - 3} s"
                return connection.execute(far + alive, (progress, fresh)).fetchone() is not None
        except psycopg.Error:
            return False


if __name__ == "__main__":
    if sys.argv[1:2] == ["--role"]:
        run_app(pathlib.Path(sys.argv[2]), sys.argv[3])
    else:
        main(WorkerRounds)
