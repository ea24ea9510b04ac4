"""A claimed generation is this worker's for as long as its lease is renewed, which a thread of its own does."""

import base64
import logging
import threading
import time

from data import leases
from data.client import SERVICE, Database
from data.errors import DataError, LeaseLost
from data.postgres import PostgresError
from data.rows import LeasedGeneration
from pipelines.progress import ProgressReport

LEASE_SECONDS = 30  # after so long without a sign of life others may claim the generation
RENEW_EVERY = 1.0  # seconds; also how late a cancellation is heard, and how often a picture is sent
LARGEST_PREVIEW = 290_000  # bytes of JPEG; the database keeps 400,000 characters of base64
logger = logging.getLogger(__name__)


class Lease:
    """Keeps one generation. To the work it is a cancel token: set once the lease is lost or the worker stops."""

    def __init__(self, database: Database, claimed: LeasedGeneration, *, makes_way: bool = True) -> None:
        """makes_way: whether to give the generation up when somebody's more urgent request waits."""
        self.generation = claimed["id"]
        self.id = claimed["lease"]
        self.lost = False  # cancelled by its author, withdrawn by somebody in it, or given to another worker
        self.given_up = False  # this worker wants to stop working on it
        self._makes_way = makes_way
        self._database = database
        self._latest: ProgressReport | None = None
        self._preview: bytes | None = None  # not sent yet
        self._shown = False  # whether any picture was sent
        self._ended = False
        self._hurried = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._keep, name=f"lease {self.generation}", daemon=True)
        self._thread.start()

    def is_set(self) -> bool:
        """Whether to stop working on this generation."""
        return self.lost or self.given_up

    def tell(self, report: ProgressReport) -> None:
        """Takes note of how far the work is; sent with the next renewal. The first picture does not wait for it."""
        with self._changed:
            self._latest = report
            if report.preview is not None and len(report.preview) <= LARGEST_PREVIEW:
                self._preview = report.preview
                if not self._shown:
                    self._shown = self._hurried = True
                    self._changed.notify_all()

    def hurry(self) -> None:
        """Asks the database at once whether the generation was cancelled."""
        with self._changed:
            self._hurried = True
            self._changed.notify_all()

    def give_up(self) -> None:
        """Makes the work stop."""
        with self._changed:
            self.given_up = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Returns after so long, or as soon as the work should stop."""
        with self._changed:
            self._changed.wait_for(self.is_set, timeout=seconds)

    def end(self) -> None:
        """Renews no more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join()

    def _keep(self) -> None:
        while self._wait_for_turn():
            try:
                if self._renew() and self._makes_way:
                    self.give_up()
            except LeaseLost:
                with self._changed:
                    self.lost = True
                    self._changed.notify_all()
                return
            except (DataError, PostgresError) as error:
                # Nobody can claim it either while the database is down; when it is back, the lease is still ours.
                logger.warning("the lease of generation %s could not be renewed: %s", self.generation, error)

    def _wait_for_turn(self) -> bool:
        """Waits until it is time to renew; False when it is over."""
        until = time.monotonic() + RENEW_EVERY
        with self._changed:
            while not (self._ended or self._hurried) and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            self._hurried = False
            return not self._ended

    def _renew(self) -> bool:
        """Keeps the lease; whether somebody's more urgent request waits."""
        with self._changed:
            report, preview, self._preview = self._latest, self._preview, None
        return leases.renew_lease(
            self._database,
            SERVICE,
            self.generation,
            self.id,
            lease_seconds=LEASE_SECONDS,
            stage=report and report.stage,
            progress=report and round(report.fraction, 4),
            seconds_left=None if report is None or report.seconds_left is None else round(report.seconds_left, 2),
            preview=preview and base64.b64encode(preview).decode("ascii"),
        )
