"""A real browser before the running app. Every page is watched: nothing leaves it, nothing breaks in it."""

import shutil
from collections.abc import Callable, Iterator
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
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def app() -> RunningApp:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    return running_app()


@pytest.fixture(scope="session")
def browser(app):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, app) -> Iterator[Callable]:
    """Opens the app as a new visitor and gives the page; `again` opens it in a browser that was here before."""
    problems: list[str] = []
    contexts = []

    def watch(page) -> None:
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("console", lambda said: said.type == "error" and problems.append(f"console: {said.text}"))
        page.on("request", lambda request: _is_ours(request.url, app) or problems.append(f"left: {request.url}"))

    def visit(viewport=DESKTOP, again=None, **options):
        context = again or browser.new_context(viewport=viewport, **{"locale": "en-US"} | options)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(app.url)
        page.locator(".stage .frame, .stage .problem").first.wait_for()
        page.locator(".example").first.wait_for(state="attached")
        return page

    yield visit
    for context in dict.fromkeys(contexts):
        context.close()
    assert problems == []


def _is_ours(url: str, app: RunningApp) -> bool:
    return url.startswith(("data:", "blob:", "about:")) or urlsplit(url).netloc == urlsplit(app.url).netloc
