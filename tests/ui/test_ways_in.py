"""Ways in besides a password: a link by email, an account at Hugging Face, and sessions that renew themselves."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.opening import Data
from data.supabase_accounts import SupabaseAccounts
from tests.data.fake_supabase_auth import KEY, SERVICE_KEY, FakeSupabaseAuth, serving
from tests.data.world import World
from tests.ui.fake_openid import CLIENT_ID, CLIENT_SECRET, FakeOpenId
from ui.calls import calls_route
from ui.settings import OpenIdProvider, Settings
from ui.studio import Studio
from ui.tabs import all_calls
from ui.web import ways_in
from ui.web.accounts import accounts_route
from ui.web.renewal import Renewal
from ui.web.session import COOKIE
from ui.web.ways_in import ways_in_routes

SECRET = "a secret that only this test knows, of forty letters"
HERE = "http://testserver"


def browser_of(studio: Studio) -> TestClient:
    """A browser before a place that has only what signing in needs."""
    renewals = [Middleware(Renewal, studio.data.accounts, secure=False)]
    routes = [*ways_in_routes(studio), accounts_route(studio), calls_route(studio, all_calls(studio))]
    return TestClient(Starlette(routes=routes, middleware=renewals), base_url=HERE, follow_redirects=False)


@pytest.fixture
def hugging_face() -> FakeOpenId:
    return FakeOpenId()


@pytest.fixture
def project(world: World) -> FakeSupabaseAuth:
    def add(account: str) -> None:
        world.owner.execute("insert into auth.users (id) values (%s)", [account])

    return FakeSupabaseAuth(SECRET, on_new_user=add)


@pytest.fixture
def outside(hugging_face: FakeOpenId, project: FakeSupabaseAuth) -> Iterator[str]:
    """The address of both services."""
    with serving([hugging_face.routes(), project.routes()]) as url:
        yield url


@pytest.fixture
def space(studio: Studio, outside: str) -> Callable[[], TestClient]:
    """Browsers before a Space with accounts of its own, where one may sign in with Hugging Face."""
    provider = OpenIdProvider(f"{outside}/openid", CLIENT_ID, CLIENT_SECRET)
    offered = replace(studio, settings=replace(studio.settings, hugging_face=provider))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(browser_of(offered))


@pytest.fixture
def hosted(studio: Studio, outside: str) -> Callable[[], TestClient]:
    """Browsers before a place whose accounts are Supabase's."""
    data = replace(studio.settings.data, supabase_url=outside)
    with closing(SupabaseAccounts(outside, KEY, SERVICE_KEY)) as accounts, ExitStack() as stack:
        kept = Data(studio.data.database, accounts, studio.data.media)
        offered = replace(studio, settings=replace(studio.settings, data=data), data=kept)
        yield lambda: stack.enter_context(browser_of(offered))


def come_back(browser: TestClient, asked: str) -> str:
    """Goes where an answer leads, agrees there, and follows the way back; where that ends."""
    back = httpx.get(asked).headers["location"]
    assert back.startswith(HERE)
    return browser.get(back.removeprefix(HERE)).headers["location"]


def me(browser: TestClient) -> dict | None:
    return browser.post("/calls/account/me", json={}).json()["me"]


def test_an_account_at_hugging_face_is_enough(space, hugging_face):
    browser = space()
    assert browser.post("/calls/account/me", json={}).json()["ways"] == {"link": False, "hugging_face": True}
    away = browser.get("/account/hugging_face")
    assert away.status_code == 303 and "state=" in away.headers["location"]
    assert come_back(browser, away.headers["location"]) == "/?way_in=done"
    assert browser.post("/account/join", json={"handle": "ada"}).json() == {"signed_in": True}
    assert me(browser)["handle"] == "ada"

    elsewhere = space()
    assert come_back(elsewhere, elsewhere.get("/account/hugging_face").headers["location"]) == "/?way_in=done"
    assert me(elsewhere)["handle"] == "ada"  # the same person, known by the same account

    hugging_face.subject = "77aa"
    other = space()
    come_back(other, other.get("/account/hugging_face").headers["location"])
    assert me(other) is None


def test_nobody_is_signed_in_to_an_account_that_somebody_else_opened(space):
    attacker, victim = space(), space()
    away = attacker.get("/account/hugging_face").headers["location"]
    victim.get("/account/hugging_face")
    assert come_back(victim, away) == "/?way_in=failed"  # with the state of another browser
    assert COOKIE not in victim.cookies
    stranger = space()
    for address in ("", "?code=made-up&state=", "?code=made-up&state=made-up", "?error=access_denied&state=x"):
        assert stranger.get(f"/account/hugging_face/back{address}").headers["location"] == "/?way_in=failed"
    assert COOKIE not in stranger.cookies


def test_a_way_works_once(space):
    browser = space()
    browser.get("/account/hugging_face")
    assert browser.get("/account/hugging_face/back?code=x&state=y").headers["location"] == "/?way_in=failed"
    assert ways_in.COOKIE not in browser.cookies


def test_a_provider_that_does_not_answer_leads_back(studio):
    settings = replace(studio.settings, hugging_face=OpenIdProvider("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET))
    with browser_of(replace(studio, settings=settings)) as browser:
        assert browser.get("/account/hugging_face").headers["location"] == "/?way_in=failed"


def test_a_place_of_its_own_offers_no_other_way(studio):
    with browser_of(studio) as browser:
        assert browser.post("/calls/account/me", json={}).json()["ways"] == {"link": False, "hugging_face": False}
        assert browser.get("/account/hugging_face").status_code in (404, 405)
        assert browser.post("/account/link", json={"email": "ada@example.org"}).status_code == 404


def test_a_link_by_email_signs_in_the_browser_that_asked(hosted, project):
    browser = hosted()
    assert browser.post("/account/link", json={"email": "ada@example.org"}).json() == {"sent": True}
    link = urlsplit(project.mails[-1]["link"])
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{HERE}/account/link"

    finder = hosted()
    assert finder.get(f"{link.path}?{link.query}").headers["location"] == "/?way_in=failed"
    assert browser.post("/account/link", json={"email": "ada@example.org"}).json() == {"sent": True}
    link = urlsplit(project.mails[-1]["link"])
    assert browser.get(f"{link.path}?{link.query}").headers["location"] == "/?way_in=done"
    assert browser.post("/account/join", json={"handle": "ada"}).json() == {"signed_in": True}
    assert me(browser)["handle"] == "ada" and ways_in.COOKIE not in browser.cookies


def test_a_page_that_stays_open_stays_signed_in(hosted, project):
    browser = hosted()
    project.token_seconds = 60
    browser.post("/account/join", json={"handle": "ada", "email": "ada@example.org", "password": "four short words"})
    ending = browser.cookies[COOKIE]
    project.token_seconds = 3600
    assert me(browser)["handle"] == "ada"
    assert browser.cookies[COOKIE] != ending and project.renewals == 1
    assert me(browser)["handle"] == "ada" and project.renewals == 1
    browser.post("/account/sign_out", json={})
    assert COOKIE not in browser.cookies and me(browser) is None


def test_a_space_tells_how_to_ask_hugging_face():
    told = {"OAUTH_CLIENT_ID": "id", "OAUTH_CLIENT_SECRET": "hidden", "OPENID_PROVIDER_URL": "https://huggingface.co"}
    provider = Settings.from_environment(told).hugging_face
    assert provider == OpenIdProvider("https://huggingface.co", "id", "hidden") and "hidden" not in repr(provider)
    assert Settings.from_environment({"OAUTH_CLIENT_ID": "id"}).hugging_face is None
