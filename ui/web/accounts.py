"""Joining, signing in and out: POST /account/{what}, which sets or clears the session's cookie.

The only routes that answer with a cookie. They read and write JSON like calls, and say errors the same way.
"""

import asyncio
import json
import logging
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data import profiles
from data.accounts import Session
from data.errors import DataError, Invalid
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import caller_of, set_cookie, token_in
from ui.words import language_named

logger = logging.getLogger(__name__)


def accounts_route(studio: Studio) -> Route:
    """POST /account/{join, sign_in, sign_out}."""
    actions = {"join": join, "sign_in": sign_in, "sign_out": sign_out}

    def act(request: Request, sent: dict) -> JSONResponse:
        language, token, told = language_named(sent.get("language")), None, {}
        try:
            for token in actions[request.path_params["what"]](studio, request, sent):  # noqa: B007  the last one holds
                pass
            told = {"signed_in": token is not None}
        except DataError as error:
            told = {"error": error_told(error, language)}
        except Exception:
            logger.exception("%s failed", request.url.path)
            return JSONResponse({"error": error_told(None, language)}, 500)
        answer = JSONResponse(told, headers={"Cache-Control": "no-store"})
        if token or "error" not in told:
            answer.headers["Set-Cookie"] = set_cookie(token, secure=studio.settings.secure_cookies)
        return answer

    async def answer(request: Request) -> JSONResponse:
        try:
            sent = json.loads(await request.body() or b"{}")
        except ValueError:
            sent = None
        if not isinstance(sent, dict) or request.path_params["what"] not in actions:
            return JSONResponse({"error": {"kind": "invalid", "text": "There is no such action.", "hint": ""}}, 404)
        return await asyncio.to_thread(act, request, sent)

    return Route("/account/{what}", answer, methods=["POST"])


def join(studio: Studio, request: Request, sent: dict) -> Iterator[str]:
    """A new member with a handle, in one step; with an email address and a password, or with neither for now.

    Gives the session's token as soon as there is an account: should the handle be taken, the next try goes on with it.
    """
    caller, token = caller_of(studio, request), token_in(request.headers.get("cookie", ""))
    if caller.id is None or token is None:
        session = _new_session(studio, request, sent)
        caller, token = session.caller, session.token
    yield token
    profiles.create_profile(
        studio.data.database,
        caller,
        _text(sent, "handle", 60),
        language=language_named(sent.get("language")),
        invite=_text(sent, "invite", 60) or None,
    )


def _new_session(studio: Studio, request: Request, sent: dict) -> Session:
    email, password = _text(sent, "email", 300), _text(sent, "password", 300)
    told = {"network_address": _address(request), "device": request.headers.get("user-agent", "")}
    if not email and not password:
        return studio.data.accounts.sign_in_as_new(**told)
    return studio.data.accounts.sign_up(email, password, **told)


def sign_in(studio: Studio, request: Request, sent: dict) -> Iterator[str]:
    """The token of a new session."""
    device = request.headers.get("user-agent", "")
    session = studio.data.accounts.sign_in(
        _text(sent, "email", 300), _text(sent, "password", 300), network_address=_address(request), device=device
    )
    yield session.token


def sign_out(studio: Studio, request: Request, sent: dict) -> Iterator[None]:
    """Ends the session that the request carries."""
    token = token_in(request.headers.get("cookie", ""))
    if token:
        studio.data.accounts.sign_out(token)
    yield None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _text(sent: dict, name: str, longest: int) -> str:
    value = sent.get(name) or ""
    if not isinstance(value, str) or len(value) > longest:
        raise Invalid(f"{name} is a text of at most {longest} characters.")
    return value
