"""Calls: what scripts of the page ask of the server, as POST /calls/{area}/{name} with one JSON object each way.

They pass beside Gradio's queue, so that a like or the next page never waits behind something slow. A tab lists its
calls by name; each is a plain function of who asks and what is asked. The caller is known from the session's cookie,
never from what the page says.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.client import Caller
from data.errors import DataError, Invalid, NotSignedIn
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import caller_of
from ui.words import language_named

MAX_NUMBER = 2**53 - 1  # the largest whole number that JavaScript keeps exactly
THREADS = 12  # calls at work at once
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asking:
    """One call: who asks, in which language they read, and what was sent. Readers of fields raise Invalid."""

    caller: Caller
    language: str
    sent: Mapping[str, object]

    def text(self, name: str, *, longest: int = 4000) -> str:
        """A text that was sent, or "" for none."""
        value = self.sent.get(name) or ""
        if not isinstance(value, str) or len(value) > longest:
            raise Invalid(f"{name} is a text of at most {longest:,} characters.")
        return value

    def number(self, name: str) -> int | None:
        """A whole number that was sent, or None."""
        value = self.sent.get(name)
        if value is None or value == "":
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != int(value)
            or abs(value) > MAX_NUMBER
        ):
            raise Invalid(f"{name} is a whole number.")
        return int(value)

    def flag(self, name: str) -> bool | None:
        """Yes, no, or None when nothing was sent."""
        value = self.sent.get(name)
        if value is not None and not isinstance(value, bool):
            raise Invalid(f"{name} is yes or no.")
        return value

    def items(self, name: str, *, most: int = 100) -> list:
        """A list that was sent, or an empty one."""
        value = self.sent.get(name) or []
        if not isinstance(value, list) or len(value) > most:
            raise Invalid(f"{name} is a list of at most {most}.")
        return value

    def fields(self, name: str) -> dict:
        """An object that was sent, or an empty one."""
        value = self.sent.get(name) or {}
        if not isinstance(value, dict):
            raise Invalid(f"{name} is an object.")
        return value

    def member(self) -> Caller:
        """The caller, who must be signed in. Raises NotSignedIn."""
        if self.caller.id is None:
            raise NotSignedIn("You are not signed in.", hint="Join or sign in first.")
        return self.caller


Call = Callable[[Asking], dict]


def calls_route(studio: Studio, calls: Mapping[str, Call]) -> Route:
    """POST /calls/{area}/{name}. An answer is what the call returns, or {"error": {…}} with the sentence to show."""
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="call")

    async def answer(request: Request) -> JSONResponse:
        call = calls.get(request.path_params["name"])
        if call is None:
            return JSONResponse({"error": {"kind": "not_found", "text": "There is no such call.", "hint": ""}}, 404)
        try:
            sent = json.loads(await request.body() or b"{}")
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            return JSONResponse({"error": {"kind": "invalid", "text": "Send one JSON object.", "hint": ""}}, 400)
        loop = asyncio.get_running_loop()
        return JSONResponse(*await loop.run_in_executor(threads, answered, studio, request, call, sent))

    return Route("/calls/{name:path}", answer, methods=["POST"])


def answered(studio: Studio, request: Request, call: Call, sent: dict) -> tuple[dict, int]:
    """The answer to a call and its HTTP status. What went wrong is told in the reader's language."""
    language = language_named(sent.get("language"))
    try:
        return call(Asking(caller_of(studio, request), language, sent)), 200
    except DataError as error:
        return {"error": error_told(error, language)}, 200
    except Exception:
        logger.exception("the call %s failed", request.url.path)
        return {"error": error_told(None, language)}, 500
