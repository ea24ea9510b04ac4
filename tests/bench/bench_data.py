"""How fast the database is with a million posts: `python -m tests.bench.bench_data [--scale 1.0] [--binaries FOLDER]`.

Fills an embedded Postgres with 100 k members, 1 M posts and 10 M likes (times the scale), then times the feed, calls
from eight clients, and claims. Beside them stands the machine's own `select 1` rate, so that ratios can be compared.
"""

import argparse
import os
import pathlib
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable

import psycopg

from data import feed, leases, social
from data.client import SERVICE, PostgresDatabase, member
from data.migrate import migrate
from data.postgres import EmbeddedPostgres

FILL = pathlib.Path(__file__).with_name("bench_data.sql").read_text()


def account(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def quantiles(times: list[float]) -> str:
    """Median, 95th and 99th percentile in milliseconds."""
    ordered = sorted(times)
    picked = (ordered[int(len(ordered) * share)] * 1e3 for share in (0.5, 0.95, 0.99))
    return "p50 {:6.2f}  p95 {:6.2f}  p99 {:6.2f} ms".format(*picked)


def timed(work: Callable[[], object], count: int) -> list[float]:
    times = []
    for _ in range(count):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return times


def rate(work: Callable[[random.Random], object], clients: int, seconds: float = 4.0) -> float:
    """Calls per second of so many threads."""
    counts = [0] * clients
    until = time.perf_counter() + seconds

    def call(number: int) -> None:
        dice = random.Random(number)
        while time.perf_counter() < until:
            work(dice)
            counts[number] += 1

    threads = [threading.Thread(target=call, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def fill(server: EmbeddedPostgres, members: int, posts: int, likes: int) -> None:
    with psycopg.connect(server.address(), autocommit=True) as connection:
        for statement in FILL.format(members=members, posts=posts, likes=likes).split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("vacuum analyze")


def measure(server: EmbeddedPostgres, members: int) -> None:
    address = server.address(user="authenticator")
    database = PostgresDatabase(address)
    dice = random.Random(1)

    def anybody() -> object:
        return member(account(dice.randint(1, members)))

    with psycopg.connect(server.address(), autocommit=True) as connection:
        raw = 1 / (sum(timed(lambda: connection.execute("select 1").fetchone(), 5000)) / 5000)
    print(f"select 1, one connection                {raw:8.0f} /s")
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("create table public.flushed (at timestamptz)")
        flushes = timed(lambda: connection.execute("insert into public.flushed values (now())"), 200)
        connection.execute("drop table public.flushed")
    print(f"one row written to the disk             {quantiles(flushes)}")

    for name, page in (("following", feed.following_feed), ("latest", feed.latest_feed)):
        timed(lambda page=page: page(database, anybody()), 100)
        first = timed(lambda page=page: page(database, anybody()), 1000)
        print(f"{name:9} feed, first page             {quantiles(first)}")
        pages = []
        for _ in range(300):
            user, found = anybody(), []
            for _ in range(3):
                before = {"before": found[-1]["published_at"], "before_id": found[-1]["id"]} if found else {}
                started = time.perf_counter()
                found = page(database, user, **before) or found
                pages.append(time.perf_counter() - started)
        print(f"{name:9} feed, three pages deep        {quantiles(pages)}")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    several = rate(lambda d: one_call(database, d, members), clients=8)
    print(f"mixed calls, 8 clients                  {several:8.0f} /s  ({several / raw:.2f} of select 1)")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"memory of the client grew by            {grown / 1024:8.1f} MB")
    claims(server, database, raw)
    database.close()


def one_call(database: PostgresDatabase, dice: random.Random, members: int) -> None:
    """What an open app asks: mostly pages, now and then a like or a comment."""
    user, post = member(account(dice.randint(1, members))), dice.randint(1, 1000)
    kind = dice.random()
    try:
        if kind < 0.5:
            feed.latest_feed(database, user, limit=5)
        elif kind < 0.7:
            social.comments(database, user, post)
        elif kind < 0.9:
            social.record_watch(database, user, post, 3.0)
        else:
            social.like_post(database, user, post)
    except Exception as error:  # noqa: BLE001, a private post among the thousand
        if "no such post" not in str(error):
            raise


def claims(server: EmbeddedPostgres, database: PostgresDatabase, raw: float) -> None:
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(
            "insert into public.generations (author, request, storyboard, engine, cost) "
            "select id, '{}', '{}', 'world', 1 from public.profiles limit 20000"
        )
        connection.execute("analyze public.generations")
    spent, count = 0.0, 0
    while spent < 4:
        started = time.perf_counter()
        claimed = leases.claim_generation(database, SERVICE, "bench")
        spent += time.perf_counter() - started
        count += 1
        leases.refuse_generation(database, SERVICE, claimed["id"], claimed["lease"], "bench", "Not timed.")
    each = count / spent
    print(f"claims, one worker                      {each:8.0f} /s  ({each / raw:.2f} of select 1)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--binaries", type=pathlib.Path, help="bin/ of another Postgres, such as 17")
    given = parser.parse_args()
    members, posts, likes = (int(count * given.scale) for count in (100_000, 1_000_000, 10_000_000))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        extra = "max_wal_size = '8GB'\ncheckpoint_timeout = '30min'\n"
        with EmbeddedPostgres(
            folder / "server", shared_buffers="1GB", extra_configuration=extra, binaries=given.binaries
        ) as server:
            migrate(server.address(), embedded=True)
            started = time.perf_counter()
            fill(server, members, posts, likes)
            with psycopg.connect(server.address()) as connection:
                version, size = connection.execute(
                    "select current_setting('server_version'), pg_size_pretty(pg_database_size('postgres'))"
                ).fetchone()
            print(f"Postgres {version}, {os.cpu_count()} cores, {size}")
            print(f"{members:,} members, {posts:,} posts, {likes:,} likes")
            print(f"filled in {time.perf_counter() - started:.0f} s")
            measure(server, members)
        server.wait_until_stopped()


if __name__ == "__main__":
    main()
