"""Waiting for a database that is down."""

import logging
from collections.abc import Callable
from typing import TypeVar

from data.errors import Unavailable
from data.postgres import PostgresError
from pipelines.progress import Cancelled
from pipelines.worker.lease import Lease

TRY_AGAIN_AFTER = 0.5  # seconds
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def patiently(lease: Lease, call: Callable[[], Answer]) -> Answer:
    """What the call returns, tried again while the database is down: minutes of work are not thrown away for it.

    Raises Cancelled once there is no more reason to try."""
    while True:
        try:
            return call()
        except (Unavailable, PostgresError) as error:
            logger.warning("generation %s waits for the database: %s", lease.generation, error)
            lease.wait(TRY_AGAIN_AFTER)
            if lease.is_set():
                raise Cancelled("The worker stops.") from None
