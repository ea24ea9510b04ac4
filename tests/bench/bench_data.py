"""How fast the database is with a million posts: `python -m tests.bench.bench_data [--scale 1.0] [--binaries FOLDER]`.

Fills an embedded Postgres with 100 k members, 1 M posts and 10 M likes (times the scale), then times the feeds, search,
calls from eight clients, and claims. Beside them stand the machine's load and its own `select 1` rate, so that ratios
can be compared. `--keep FOLDER` fills a folder once and times it again and again.
"""

import argparse
import contextlib
import os
import pathlib
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable

import psycopg

from data import feed, leases, search, social
from data.client import SERVICE, Caller, PostgresDatabase, member
from data.migrate import migrate
from data.postgres import EmbeddedPostgres
from data.rows_feed import Post
from ui.feed import PAGE

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
    """Fills an empty database; one that is full already is left as it is."""
    with psycopg.connect(server.address(), autocommit=True) as connection:
        if connection.execute("select exists (select from public.posts)").fetchone()[0]:
            return
        for statement in FILL.format(members=members, posts=posts, likes=likes).split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("vacuum analyze")


def measure(server: EmbeddedPostgres, members: int) -> None:
    address = server.address(user="authenticator")
    database = PostgresDatabase(address)
    dice = random.Random(1)

    def anybody() -> Caller:
        return member(account(dice.randint(1, members)))

    with psycopg.connect(server.address(), autocommit=True) as connection:
        raw = 1 / (sum(timed(lambda: connection.execute("select 1").fetchone(), 5000)) / 5000)
    print(f"select 1, one connection                {raw:8.0f} /s")
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("create table public.flushed (at timestamptz)")
        flushes = timed(lambda: connection.execute("insert into public.flushed values (now())"), 200)
        connection.execute("drop table public.flushed")
    print(f"one row written to the disk             {quantiles(flushes)}")

    feeds(database, anybody)
    finds(database, anybody)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    several = rate(lambda d: one_call(database, d, members), clients=8)
    print(f"mixed calls, 8 clients                  {several:8.0f} /s  ({several / raw:.2f} of select 1)")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"memory of the client grew by            {grown / 1024:8.1f} MB")
    claims(server, database, raw)
    database.close()


def feeds(database: PostgresDatabase, anybody: Callable[[], Caller]) -> None:
    """Times every stream: the first page as the app asks for it, pages three deep, and pages of twenty."""
    streams = {"following": feed.following_feed, "latest": feed.latest_feed, "for you": feed.for_you_feed}
    for name, page in streams.items():
        timed(lambda page=page: page(database, anybody(), limit=PAGE), 100)
        first = timed(lambda page=page: page(database, anybody(), limit=PAGE), 1000)
        print(f"{name:9} feed, first page of {PAGE}        {quantiles(first)}")
        pages = []
        for _ in range(300):
            user, shown = anybody(), []
            for _ in range(3):
                started = time.perf_counter()
                shown += page(database, user, limit=PAGE, **so_far(name, shown))
                pages.append(time.perf_counter() - started)
        print(f"{name:9} feed, three pages deep        {quantiles(pages)}")
        longer = timed(lambda page=page: page(database, anybody(), limit=20), 300)
        print(f"{name:9} feed, first page of 20       {quantiles(longer)}")


def so_far(stream: str, shown: list[Post]) -> dict[str, object]:
    """What a stream is asked with to go on after these posts."""
    if stream == "for you":
        return {"shown": [post["id"] for post in shown]}
    return {"before": shown[-1]["published_at"], "before_id": shown[-1]["id"]} if shown else {}


def finds(database: PostgresDatabase, anybody: Callable[[], Caller]) -> None:
    """Times a described feed, searches of rare, middling and common words, trends, and what open apps ask."""
    calls: dict[str, Callable[[], object]] = {
        "described feed": lambda: feed.described_feed(database, anybody(), {"tag_5": 1, "tag_90": 0.5, "tag_2": -1}),
        "a rare tag": lambda: search.posts_tagged(database, anybody(), "tag_399"),
        "a common tag": lambda: search.posts_tagged(database, anybody(), "tag_1"),
        "two words that few posts have": lambda: search.search_posts(database, anybody(), "tag 399 398"),
        "a word that many posts have": lambda: search.search_posts(database, anybody(), "tag 3"),
        "a word that all posts have": lambda: search.search_posts(database, anybody(), "caption"),
        "tags by prefix": lambda: search.search_tags(database, anybody(), "tag_3"),
        "members by prefix": lambda: search.search_members(database, anybody(), "member_77"),
        "trends": lambda: search.trends(database, anybody()),
        "changes, 5 posts on screen": lambda: feed.changes_since(database, anybody(), cursor=0, posts=[1, 2, 3, 4, 5]),
    }
    for name, call in calls.items():
        timed(call, 20)
        print(f"{name:39} {quantiles(timed(call, 200))}")


def one_call(database: PostgresDatabase, dice: random.Random, members: int) -> None:
    """What an open app asks: mostly pages, now and then a like or a comment."""
    user, post = member(account(dice.randint(1, members))), dice.randint(1, 1000)
    kind = dice.random()
    try:
        if kind < 0.3:
            feed.latest_feed(database, user, limit=PAGE)
        elif kind < 0.4:
            feed.for_you_feed(database, user, limit=PAGE)
        elif kind < 0.5:
            feed.changes_since(database, user, posts=[post, post + 1])
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
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("delete from public.generations where state in ('queued', 'running', 'refused')")
    each = count / spent
    print(f"claims, one worker                      {each:8.0f} /s  ({each / raw:.2f} of select 1)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder to fill once and to use again")
    parser.add_argument("--binaries", type=pathlib.Path, help="bin/ of another Postgres, such as 17")
    given = parser.parse_args()
    members, posts, likes = (int(count * given.scale) for count in (100_000, 1_000_000, 10_000_000))
    kept = contextlib.nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with kept as name:
        folder = pathlib.Path(name)
        folder.mkdir(exist_ok=True)
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
            print(f"Postgres {version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {size}")
            print(f"{members:,} members, {posts:,} posts, {likes:,} likes")
            print(f"filled in {time.perf_counter() - started:.0f} s")
            measure(server, members)
        server.wait_until_stopped()


if __name__ == "__main__":
    main()
