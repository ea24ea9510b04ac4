"""Whose events are whose: Gradio's queue tells them to whoever knows a page's name; here the name is one session's."""

import json
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.session import token_in

JOIN, EVENTS = "/gradio_api/queue/join", "/gradio_api/queue/data"
REMEMBERED = 20_000  # pages; the one that asked longest ago is forgotten first


class QueueOwner:
    """Refuses (404) to join the queue or to hear its events under the name of a page that another session opened.

    A guest's page may become a member's, when they sign in; what a guest is told is nobody's secret.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners: OrderedDict[str, str | None] = OrderedDict()  # name of a page → session token, None for a guest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in (JOIN, EVENTS):
            return await self._app(scope, receive, send)
        if scope["path"] == EVENTS:
            named = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[-1]
        else:
            body = await _whole(receive)
            named, receive = _name_in(body), _replayed(body, receive)
        cookies = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
        if not named or not self._owns(named, token_in(cookies)):
            return await JSONResponse({"detail": "There is nothing here."}, 404)(scope, receive, send)
        await self._app(scope, receive, send)

    def _owns(self, page: str, token: str | None) -> bool:
        owner = self._owners.get(page)
        if owner is not None and owner != token:
            return False
        self._owners[page] = token
        self._owners.move_to_end(page)
        if len(self._owners) > REMEMBERED:
            self._owners.popitem(last=False)
        return True


async def _whole(receive: Receive) -> bytes:
    """The body; how long it may be was checked before."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once more, and then what comes after it."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _name_in(body: bytes) -> str:
    try:
        named = json.loads(body).get("session_hash")
    except (ValueError, AttributeError):
        return ""
    return named if isinstance(named, str) else ""
