"""Two more ways in than a password: a link by email (Supabase), and an account at Hugging Face (on a Space).

Both lead away from the page and back to it. What the browser has to bring back lies meanwhile in a cookie of its own,
so that nobody can be signed in to an account that somebody else began to open.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from data.accounts import Session
from data.errors import DataError, NotSignedIn
from ui.settings import OpenIdProvider
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import set_cookie
from ui.words import language_named

COOKIE = "hibari_way_in"
MINUTES = 15  # in which one has to be back
LINK, THERE, BACK = "/account/link", "/account/hugging_face", "/account/hugging_face/back"
SCOPE = "openid profile"
TIMEOUT = 20.0  # seconds for one question
_NO_STORE = {"Cache-Control": "no-store"}
logger = logging.getLogger(__name__)


def ways_in_routes(studio: Studio) -> list[Route]:
    """The addresses of the ways that this place offers."""
    routes = []
    if studio.settings.data.supabase_url:
        routes += [_route(studio, LINK, send_link, "POST"), _route(studio, LINK, come_by_link, "GET")]
    if studio.settings.hugging_face:
        routes += [
            _route(studio, THERE, go_to_hugging_face, "GET"),
            _route(studio, BACK, come_from_hugging_face, "GET"),
        ]
    return routes


def _route(studio: Studio, path: str, act: Callable[[Studio, Request, dict], Response], method: str) -> Route:
    async def answer(request: Request) -> Response:
        try:
            sent = json.loads(await request.body() or b"{}")
        except ValueError:
            sent = {}
        return await asyncio.to_thread(act, studio, request, sent if isinstance(sent, dict) else {})

    return Route(path, answer, methods=[method])


def send_link(studio: Studio, request: Request, sent: dict) -> Response:
    """Emails a link to the address that was sent, and leaves its secret with the browser."""
    try:
        secret = studio.data.accounts.send_link(str(sent.get("email") or "")[:300], _here(studio, request) + LINK)
    except DataError as error:
        return JSONResponse({"error": error_told(error, language_named(sent.get("language")))}, headers=_NO_STORE)
    return _with_secret(studio, JSONResponse({"sent": True}, headers=_NO_STORE), secret)


def come_by_link(studio: Studio, request: Request, sent: dict) -> Response:
    """Signs in whoever opens the link in the browser that asked for it."""
    code = request.query_params.get("code", "")[:300]
    return _arrived(studio, lambda: studio.data.accounts.sign_in_by_link(code, _secret(request)))


def go_to_hugging_face(studio: Studio, request: Request, sent: dict) -> Response:
    """Leads to Hugging Face, which asks whether this place may know who one is."""
    import httpx
    from authlib.common.security import generate_token

    try:
        page = _addresses(studio.settings.hugging_face)["authorization_endpoint"]
    except httpx.HTTPError:
        logger.exception("Hugging Face cannot be asked")
        return _back(studio, None)
    verifier = generate_token(64)
    with _client(studio, request) as client:
        address, state = client.create_authorization_url(page, code_verifier=verifier)
    return _with_secret(studio, RedirectResponse(address, 303, headers=_NO_STORE), f"{state}.{verifier}")


def come_from_hugging_face(studio: Studio, request: Request, sent: dict) -> Response:
    """Signs in whoever went there from this browser and agreed."""

    def sign_in() -> Session:
        state, _, verifier = _secret(request).partition(".")
        came_with, code = request.query_params.get("state"), request.query_params.get("code")
        if not state or came_with != state or not code:
            raise NotSignedIn("This is not the way that began here.")
        subject = _subject(studio, request, code, verifier)
        return studio.data.accounts.sign_in_from("huggingface", subject, device=request.headers.get("user-agent", ""))

    return _arrived(studio, sign_in)


def _subject(studio: Studio, request: Request, code: str, verifier: str) -> str:
    """How Hugging Face knows whoever brought this code. Raises NotSignedIn."""
    import httpx
    from authlib.integrations.base_client import OAuthError

    with _client(studio, request) as client:
        try:
            addresses = _addresses(studio.settings.hugging_face)
            client.fetch_token(addresses["token_endpoint"], code=code, code_verifier=verifier)
            return str(client.get(addresses["userinfo_endpoint"]).raise_for_status().json()["sub"])
        except (OAuthError, httpx.HTTPError, KeyError, ValueError) as error:
            raise NotSignedIn("Hugging Face did not say who you are.") from error


def _client(studio: Studio, request: Request) -> object:
    """An OAuth client (authlib, over httpx) for one way there or back."""
    from authlib.integrations.httpx_client import OAuth2Client

    provider = studio.settings.hugging_face
    return OAuth2Client(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=_here(studio, request) + BACK,
        code_challenge_method="S256",
        timeout=TIMEOUT,
    )


def _addresses(provider: OpenIdProvider) -> dict[str, str]:
    """Where the provider is asked what. Raises httpx.HTTPError when it does not answer."""
    import httpx

    answer = httpx.get(f"{provider.url.rstrip('/')}/.well-known/openid-configuration", timeout=TIMEOUT)
    return answer.raise_for_status().json()


def _arrived(studio: Studio, sign_in: Callable[[], Session]) -> Response:
    """The way back to the page, with a session or with the word that there is none."""
    try:
        return _back(studio, sign_in())
    except DataError as error:
        logger.warning("a way in led nowhere: %s", error)
        return _back(studio, None)


def _back(studio: Studio, session: Session | None) -> Response:
    answer = RedirectResponse(f"/?way_in={'done' if session else 'failed'}", 303, headers=_NO_STORE)
    if session:
        answer.headers.append("Set-Cookie", set_cookie(session.token, secure=studio.settings.secure_cookies))
    return _with_secret(studio, answer, None)


def _with_secret(studio: Studio, answer: Response, secret: str | None) -> Response:
    answer.set_cookie(
        COOKIE,
        secret or "",
        max_age=MINUTES * 60 if secret else 0,
        path="/account",
        secure=studio.settings.secure_cookies,
        httponly=True,
        samesite="lax",  # it has to come along when another site leads back
    )
    return answer


def _secret(request: Request) -> str:
    """What the browser was given to bring back; nothing where it was given nothing."""
    try:
        kept = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        kept = None
    return kept.value[:2000] if kept else ""


def _here(studio: Studio, request: Request) -> str:
    """The address of this place, as people see it."""
    return studio.settings.origins[-1] if studio.settings.origins else str(request.base_url).rstrip("/")
