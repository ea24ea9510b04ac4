"""A real browser before the running app. Every page is watched: nothing leaves it, nothing breaks in it."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.hostile import ATTACK, ESCAPED, EVALUATED, FIELDS, MARKUP, Field, attacked
from tests.ui.running import RunningApp

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


# ---- hostile people


@pytest.fixture
def attack(request) -> Iterator[Callable]:
    """Types the payloads into a field of the table: attack(page, script, name, place="", text=""); gives the field.

    In the end the story has attacked every field that the table gives it.
    """
    story, typed = request.node.originalname, set()

    def attack(scope, script: str, name: str, place: str = "", text: str = ""):
        typed.add(Field(script, name, story, place))
        return attacked(scope, name, text)

    yield attack
    assert typed == {field for field in FIELDS if field.story == story}


@pytest.fixture(scope="session")
def evil(app) -> dict[str, str]:
    """Two members whose names and biographies attack the page."""
    names = {"evil_one": EVALUATED, "evil_two": MARKUP}  # a display name is short
    cookies = {handle: app.join(handle) for handle in names}
    for handle, cookie in cookies.items():
        app.call("me/update", cookie, display_name=names[handle], bio=ATTACK)
    return cookies


@pytest.fixture(scope="session")
def reader(app) -> str:
    return app.join("reader_of_evil")


@pytest.fixture(scope="session")
def hostile(app, evil, reader) -> dict:
    """What hostile people left everywhere: a post, comments, a message, reports, appeals, claims, a policy."""
    one, two, keeper = evil["evil_one"], evil["evil_two"], app.keeper

    def case(told: dict) -> int:
        return told["case"]

    made = app.make(one, f'a dog says "{EVALUATED} {MARKUP}" {ESCAPED}')
    post = app.call("post/publish", one, clip=made["clip"]["id"], caption=ATTACK, show_prompt=True)["id"]
    comment = app.call("post/comment", two, id=post, body=ATTACK)["id"]
    app.call("post/comment", one, id=post, body=f"Answer {ATTACK}", answers=comment)
    app.call("people/relate", reader, act="follow", handle="evil_two")
    app.call("inbox/send", two, handle="reader_of_evil", body=ATTACK)
    about = case(app.call("post/report", one, kind="comment", target=str(comment), reason="spam", note=ATTACK))
    open_case = case(app.call("post/report", two, kind="post", target=str(post), reason="deception", note=ATTACK))
    claim = case(app.call("rights/claim", two, post=post, work=ATTACK, statement=ATTACK, signed=EVALUATED))
    app.call("moderation/decide", keeper, case=about, decision="keep", reason=ATTACK)
    for again in range(2):  # two comments are taken down: one is appealed already, the other will be
        gone = app.call("post/comment", two, id=post, body=f"Again {again} {ATTACK}")["id"]
        taken = case(app.call("post/report", one, kind="comment", target=str(gone), reason="spam", note=ATTACK))
        app.call("moderation/decide", keeper, case=taken, decision="remove", reason=ATTACK)
    app.call("inbox/appeal", two, case=taken, body=ATTACK)
    app.call("create/make", two, prompt=f"Taylor Swift sings {ATTACK}", seconds=1)  # is refused, and may be appealed
    app.call("policy/save", keeper, amendments={"terms": [{"signal": "gore", "english": ["zzz"]}]}, note=ATTACK)
    app.call("policy/example", keeper, text=ATTACK, area="spam", expected="allow")
    names = {"concept": "evil_duck", "name": MARKUP, "holder": EVALUATED, "attribution": ATTACK, "terms": ATTACK}
    app.call("rights/set", keeper, aliases=[ESCAPED], contexts=["beach"], **names)
    app.call("feed/keep", reader, name=EVALUATED[:40], words=f"calm {MARKUP}", weights={"beach": 1})
    app.call("own/new_key", reader, name=MARKUP)
    cases = {"case": open_case, "claim": claim, "appealed": taken}
    return {"post": post, "comment": comment, "generation": made, "clip": made["clip"]} | cases
