"""The worker: claims generations while it has a free hand, and makes each in a thread of its own."""

import logging
import os
import socket
import threading
import time
from pathlib import Path

from data import cameos, leases
from data.client import SERVICE
from data.errors import DataError, LeaseLost
from data.media import sweep
from data.opening import Data
from data.postgres import PostgresError
from data.rows import LeasedGeneration
from pipelines.worker.attempt import attempt, give_back
from pipelines.worker.hands import Hands, hands_from
from pipelines.worker.lease import LEASE_SECONDS, Lease
from pipelines.worker.workroom import Workroom, abandoned_leases

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 3.0  # seconds between two looks for work, growing while there is none
SWEEP_EVERY = 600.0  # seconds between two sweeps of the media storage
logger = logging.getLogger(__name__)


class Worker:
    """Makes what people ask for, until it is closed. Any number of workers share one database."""

    def __init__(
        self,
        data: Data,
        *,
        name: str | None = None,
        engines: list[str] | None = None,
        var: Path,
        hands: Hands | None = None,
    ) -> None:
        """`name` tells workers apart in the database. `engines`: only generations for these, or None for all that are
        ready here. `var`: where unfinished clips lie (var/work) and keys are kept (var/keys). `hands`: who makes the
        clips, or None for this machine, or the cluster that RAY_ADDRESS names. Raises SettingsError."""
        self.name = name or f"{socket.gethostname()}-{os.getpid()}"
        self._data = data
        self._engines = engines
        self._folder = var / "work"
        self._keys = var / "keys"
        self._hands = hands or hands_from(os.environ, self._keys)
        self._at_work: dict[str, Lease] = {}
        self._threads: set[threading.Thread] = set()
        self._changed = threading.Condition()
        self._nudged = False
        self._closing = False
        self._swept = time.monotonic()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to work, in threads."""
        self._thread = threading.Thread(target=self._claim_all, name="worker", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Something was asked for or cancelled in this process: the worker looks at once."""
        with self._changed:
            self._nudged = True
            working = list(self._at_work.values())
            self._changed.notify_all()
        for lease in working:
            lease.hurry()

    def close(self, patience: float = 5.0) -> None:
        """Stops. What is unfinished goes back into the queue at once, uncounted, even if the work does not stop within
        `patience` seconds."""
        until = time.monotonic() + patience
        with self._changed:
            self._closing = True
            working = list(self._at_work.values())
            self._changed.notify_all()
        for lease in working:
            lease.give_up()
        for thread in [self._thread, *self._threads]:
            if thread is not None:
                thread.join(timeout=max(0.0, until - time.monotonic()))
        with self._changed:
            stubborn = list(self._at_work.values())
        for lease in stubborn:
            give_back(self._data, lease)

    # ---- claiming

    def _claim_all(self) -> None:
        workroom = self._open_workroom()
        pause = FIRST_PAUSE
        while not self._closing:
            try:
                found = self._has_free_hand() and self._take_next(workroom)
            except Exception:  # whatever it was, people still wait for their clips
                logger.exception("the worker could not look for work")
                found = False
            if found:
                pause = FIRST_PAUSE
            else:
                pause = FIRST_PAUSE if self._wait(pause) else min(LONGEST_PAUSE, pause * 1.5)
        for thread in list(self._threads):
            thread.join()
        workroom.close()
        self._hands.close()

    def _take_next(self, workroom: Workroom) -> bool:
        """Begins with the next generation; False when there is none, which leaves time to tidy up."""
        claimed = self._claim()
        if claimed is None:
            self._sweep_now_and_then()
            return False
        self._begin(claimed, workroom)
        return True

    def _open_workroom(self) -> Workroom:
        """A place to work. What a killed worker of this machine left is taken up without waiting for its leases."""
        for left in abandoned_leases(self._folder):
            try:
                sentence = "The worker that made this clip stopped."
                leases.fail_generation(self._data.database, SERVICE, **left, code="worker_lost", error=sentence)
            except LeaseLost:
                continue
            except (DataError, PostgresError) as error:
                logger.warning("generation %s waits for its lease to run out: %s", left["generation"], error)
        return Workroom(self._folder)

    def _claim(self) -> LeasedGeneration | None:
        engines = self._hands.engines() if self._engines is None else self._engines
        try:
            return leases.claim_generation(
                self._data.database,
                SERVICE,
                self.name,
                engines=engines,
                lease_seconds=LEASE_SECONDS,
                holds=self._hands.holds(),
            )
        except (DataError, PostgresError) as error:
            logger.warning("cannot ask for work: %s", error)
            return None

    def _wait(self, seconds: float) -> bool:
        """Waits so long, or until something happens; whether something did."""
        with self._changed:
            self._changed.wait_for(lambda: self._nudged or self._closing, timeout=seconds)
            nudged, self._nudged = self._nudged, False
            return nudged

    def _has_free_hand(self) -> bool:
        with self._changed:
            busy = len(self._at_work)
        return busy < self._hands.count()

    def _sweep_now_and_then(self) -> None:
        """Deletes files whose time has come."""
        if time.monotonic() - self._swept < SWEEP_EVERY:
            return
        self._swept = time.monotonic()
        try:
            cameos.end_expired_grants(self._data.database, SERVICE)
            sweep(self._data.database, self._data.media)
        except (DataError, PostgresError, OSError) as error:
            logger.warning("the media storage could not be swept: %s", error)

    # ---- working

    def _begin(self, claimed: LeasedGeneration, workroom: Workroom) -> None:
        lease = Lease(self._data.database, claimed, makes_way=len(self._at_work) + 1 >= self._hands.count())
        thread = threading.Thread(
            target=self._work, args=(claimed, lease, workroom), name=f"generation {claimed['id']}", daemon=True
        )
        with self._changed:
            self._at_work[claimed["id"]] = lease
            self._threads.add(thread)
            if self._closing:
                lease.give_up()
        thread.start()

    def _work(self, claimed: LeasedGeneration, lease: Lease, workroom: Workroom) -> None:
        try:
            self._attempt(claimed, lease, workroom)
            if claimed["priority"] < 0:
                self._go_on_planting()
        finally:
            with self._changed:
                del self._at_work[claimed["id"]]
                self._threads.discard(threading.current_thread())
                self._nudged = True  # a hand is free
                self._changed.notify_all()

    def _attempt(self, claimed: LeasedGeneration, lease: Lease, workroom: Workroom) -> None:
        try:
            with workroom.bench(claimed) as folder:
                attempt(self._data, claimed, lease, folder, self._keys, self._hands)
        except OSError:  # there is no room for even a folder: another attempt, later
            logger.exception("generation %s could not be begun", claimed["id"])
            give_back(self._data, lease)
        finally:
            lease.end()

    def _go_on_planting(self) -> None:
        """A clip of the first feed is done: it is posted, and the next are asked for."""
        from pipelines.worker.seeding import plant_seeds  # most workers never make one

        try:
            plant_seeds(self._data)
        except (DataError, PostgresError) as error:
            logger.warning("the first feed waits: %s", error)
