"""How the app holds up: `python tests/bench/bench_app.py [--seconds 6] [--sessions 200]`.

Starts an app of its own with small frames and a few weeks of activity in an empty folder, and prints a table. The
bars: the first card within 2 s in Chromium, likes and pages of the feed at 150 a second or more, and 200 open sessions
with less than 15 % of a core and steady memory.

An open session is a page in a browser: its heartbeat stays connected. A page that is looked at also asks every second
and a half what changed in the feed and what is unread; the others, hidden behind other windows, ask nothing. One in ten
is looked at here, and the last line tells what it takes when all are. Processor time is what the app and its database
used, so that it means the same on a busy machine; requests a second and the first card do not, and the load average is
told.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg

sys.path.insert(0, str(Path(__file__).parents[2]))

from data.postgres import EmbeddedPostgres  # noqa: E402
from tests.bench.busy_weeks import live_busily  # noqa: E402
from tests.ui.running import RunningApp, new_folder, start_app, stop_app  # noqa: E402

MEMBERS = 24  # who like and page
AT_ONCE = 12  # requests
VISITS = 5  # of a browser, for the first card
LOOK_EVERY = 1.5  # seconds
LOOKED_AT = 0.1  # share of the open pages
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    value: str
    bar: str
    met: bool


def main() -> None:
    """Prints the table; ends with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    parser.add_argument("--sessions", type=int, default=200)
    given = parser.parse_args()
    folder = new_folder()
    app = start_app(folder)
    try:
        lines = measured(app, given)
    finally:
        stop_app(app)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for line in lines:
        print(f"{line.what:>44} {line.value:>16}   {line.bar:<16} {'' if line.met else 'missed'}")
    sys.exit(0 if all(line.met for line in lines) else 1)


def measured(app: RunningApp, given: argparse.Namespace) -> list[Line]:
    """Fills the app and takes every measurement, one after the other."""
    cookies = [app.join(f"bench_{number}") for number in range(MEMBERS)]
    clip = app.make(cookies[0], "a meadow at sunset")["clip"]["id"]
    post = app.call("post/publish", cookies[0], clip=clip, caption="A quiet meadow")["id"]
    first = first_card(app)
    posts = fill(app) + [post]

    def like(number: int) -> tuple[str, dict]:
        return "post/like", {"id": posts[number // 2 % len(posts)], "undo": number % 2 == 1}

    def page(number: int) -> tuple[str, dict]:
        return "feed/page", {"stream": ("for_you", "latest")[number % 2]}

    likes, pages = (rate(app, cookies, given.seconds, asked) for asked in (like, page))
    some = asyncio.run(open_sessions(app, cookies, given.sessions, given.seconds, LOOKED_AT))
    every = asyncio.run(open_sessions(app, cookies, given.sessions, given.seconds, 1.0))
    grown = some.grown + every.grown
    return [
        Line("first card in Chromium", f"{first:.2f} s", "under 2 s", first < 2),
        Line("likes", str(likes), "over 150/s", likes.a_second > 150),
        Line("pages of the feed", str(pages), "over 150/s", pages.a_second > 150),
        Line(f"{given.sessions} open sessions", f"{some.core:.1%} of a core", "under 15 %", some.core < 0.15),
        Line("memory that they added in the end", f"{grown / 2**20:.1f} MB", "under 20 MB", grown < 20 * 2**20),
        Line(f"{given.sessions} sessions, all looked at", f"{every.core:.1%} of a core", "", True),
    ]


def fill(app: RunningApp) -> list[int]:
    """Lets people be busy, shows everybody their posts, lifts limits on likes, and gives the posts' numbers."""
    with psycopg.connect(EmbeddedPostgres(app.folder / "postgres").address(), autocommit=True) as owner:
        live_busily(owner)
        owner.execute("update public.posts set visibility = 'public' where not held and removed_at is null")
        owner.execute(
            "update private.pace set per_minute = 100000, per_day = 100000, new_per_minute = 100000, "
            "new_per_day = 100000"
        )
        owner.execute("analyze")  # by itself that happens within a minute, and weeks are not lived within one
        found = owner.execute("select id from public.posts where not held and removed_at is null order by id desc")
        return [number for (number,) in found.fetchmany(100)]


def first_card(app: RunningApp) -> float:
    """Seconds from going to the address until the first clip can be seen; the median of some visits."""
    from playwright.sync_api import sync_playwright

    taken = []
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)) as browser,
    ):
        for _ in range(VISITS):
            page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            begun = time.perf_counter()
            page.goto(app.url, wait_until="commit")
            page.locator("article.post video").first.wait_for()
            taken.append(time.perf_counter() - begun)
            page.context.close()
    return statistics.median(taken)


@dataclass(frozen=True)
class Rate:
    """How many calls are answered."""

    a_second: float
    cost: float  # milliseconds of processor time for each, of the app and its database

    def __str__(self) -> str:
        return f"{self.a_second:.0f}/s, {self.cost:.1f} ms"


def rate(app: RunningApp, cookies: list[str], seconds: float, asked: Callable[[int], tuple[str, dict]]) -> Rate:
    """How calls are answered when some members ask without a pause, each over one connection."""
    answered, end, before = [0] * AT_ONCE, time.perf_counter() + seconds, busy(app)

    def ask(thread: int) -> None:
        with closing(HTTPConnection(urlsplit(app.url).netloc, timeout=30)) as connection:
            for number in range(thread * 1000, 10**9):
                if time.perf_counter() > end:
                    return
                name, sent = asked(number)
                headers = {"Content-Type": "application/json", "Cookie": cookies[(thread + number) % len(cookies)]}
                connection.request("POST", f"/calls/{name}", json.dumps(sent), headers)
                answer = json.loads(connection.getresponse().read())
                assert "error" not in answer, answer
                answered[thread] += 1

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(sum(answered) / seconds, 1000 * (busy(app) - before) / sum(answered))


@dataclass(frozen=True)
class Used:
    core: float  # share of one core
    grown: int  # bytes of memory more at the end than at the middle


async def open_sessions(app: RunningApp, cookies: list[str], count: int, seconds: float, looked_at: float) -> Used:
    """What the app and its database use while so many pages are open, a share of which is looked at."""
    address = urlsplit(app.url)
    open_pages = [
        asyncio.create_task(
            open_page(
                address.hostname, address.port, number, cookies[number % len(cookies)], number < count * looked_at
            )
        )
        for number in range(count)
    ]
    process = psutil.Process(app.process.pid)
    await asyncio.sleep(2 + LOOK_EVERY)
    before, begun = busy(app), time.perf_counter()
    await asyncio.sleep(seconds)
    middle = process.memory_info().rss
    await asyncio.sleep(seconds)
    core = (busy(app) - before) / (time.perf_counter() - begun)
    grown = process.memory_info().rss - middle
    for task in open_pages:
        task.cancel()
    ended = await asyncio.gather(*open_pages, return_exceptions=True)
    broken = [error for error in ended if not isinstance(error, asyncio.CancelledError)]
    assert not broken, broken[:3]
    return Used(core, grown)


def busy(app: RunningApp) -> float:
    """Seconds of processor time that the app's process and its database's have used."""
    database = psutil.Process(int((app.folder / "postgres/cluster/postmaster.pid").read_text().split()[0]))
    times = [process.cpu_times() for process in (psutil.Process(app.process.pid), database, *database.children())]
    return sum(one.user + one.system for one in times)


async def open_page(host: str, port: int, number: int, cookie: str, looked_at: bool) -> None:
    """A page in a browser: its heartbeat, and what it asks while somebody looks at it. Ends when it is cancelled."""
    beating, beat = await asyncio.open_connection(host, port)
    beat.write(f"GET /gradio_api/heartbeat/bench{number:05d} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    await beating.readuntil(b"\r\n\r\n")
    reading, writing = await asyncio.open_connection(host, port)
    try:
        await asyncio.sleep(LOOK_EVERY * (number % 20) / 20)
        while looked_at:
            body = json.dumps({"posts": [1, 2, 3]}).encode()
            head = f"POST /calls/feed/changes HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n"
            writing.write(
                f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            )
            await answer_of(reading)
            await asyncio.sleep(LOOK_EVERY)
        await beating.read()  # until it is cancelled
    finally:
        beat.close()
        writing.close()


async def answer_of(reading: asyncio.StreamReader) -> None:
    """Reads one answer to its end."""
    head = (await reading.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    assert head.startswith("http/1.1 200"), head
    length = next(line for line in head.splitlines() if line.startswith("content-length:"))
    await reading.readexactly(int(length.partition(":")[2]))


if __name__ == "__main__":
    main()
