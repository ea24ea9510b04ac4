"""A worker of its own: `python -m pipelines.worker`, or `make worker`. Stops with Ctrl-C or SIGTERM."""

import argparse
import logging
import signal
import sys
import threading

from data.opening import open_data
from data.postgres import PostgresError
from data.settings import SettingsError, settings_from
from pipelines.worker import Worker


def main(arguments: list[str]) -> int:
    """Works until it is told to stop; the exit code: 0, or 2 when the settings do not hold."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.worker", description=__doc__)
    parser.add_argument("--name", help="what the database calls this worker (default: host and process number)")
    parser.add_argument("--engine", action="append", help="make clips with this engine alone; may be given repeatedly")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # one line for every call
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # the worker itself says that the database is away
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = settings_from(visitors=False)
        data = open_data(settings)
    except (SettingsError, PostgresError) as error:
        print(error, file=sys.stderr)
        return 2
    worker = Worker(data, name=given.name, engines=given.engine, var=settings.folder)
    worker.start()
    logging.info("worker %s waits for generations", worker.name)
    stop.wait()
    worker.close()
    data.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
