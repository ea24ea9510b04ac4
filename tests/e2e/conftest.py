"""A real browser before the running app. Every page is watched: nothing leaves it, nothing breaks in it."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.ui.running import RunningApp, running_app

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# without these Chromium itself asks the network for updates and lists at every start
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
_creators = itertools.count()
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def app() -> RunningApp:
    return running_app()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, app) -> Iterator[Callable]:
    """Opens the app and gives the page. At the end nothing broke in it, and nothing left it."""
    problems: list[str] = []
    contexts = []

    def watch(page) -> None:
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("console", lambda said: said.type == "error" and problems.append(f"console: {said.text}"))
        page.on("request", lambda request: _is_ours(request.url, app) or problems.append(f"left: {request.url}"))

    def visit(cookie="", tab="", viewport=DESKTOP, again=None, **options):
        """The page before a guest, or before the member with this cookie; on a tab, or where the app opens.

        `again` is the context of a browser that was here before.
        """
        context = again or browser.new_context(viewport=viewport, **{"locale": "en-US"} | options)
        contexts.append(context)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": app.url, "httpOnly": True}])
        page = context.new_page()
        watch(page)
        page.goto(f"{app.url}/#{tab}" if tab else app.url)
        page.locator(".bar .way").first.wait_for()
        if tab:
            page.locator(f"body[data-tab={tab}]").wait_for()
        page.locator(".area[aria-busy=true]:visible").first.wait_for(state="detached")
        return page

    yield visit
    for context in dict.fromkeys(contexts):
        context.close()
    assert problems == [], app.log[-3000:]


def _is_ours(url: str, app: RunningApp) -> bool:
    return url.startswith(("data:", "blob:", "about:")) or urlsplit(url).netloc == urlsplit(app.url).netloc


@pytest.fixture
def create(visit, app) -> Callable:
    """Opens the Create tab as a new member."""

    def create(**options):
        page = visit(app.join(f"creator_{next(_creators)}"), tab="create", **options)
        page.locator(".stage .frame").first.wait_for()
        page.locator(".example").first.wait_for(state="attached")
        return page

    return create


SCREENS = Path(__file__).parents[2] / "var" / "screens"


@pytest.fixture(scope="session")
def screenshot() -> Callable:
    """Keeps a picture of a page under var/screens, for people to look at: screenshot(page, "feed-phone-dark")."""
    SCREENS.mkdir(parents=True, exist_ok=True)

    def screenshot(page, name: str) -> None:
        page.screenshot(path=SCREENS / f"{name}.png")

    return screenshot
