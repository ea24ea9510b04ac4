"""Sessions that outlast their token: where it is about to end, the browser gets the next one with any answer."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.accounts import Accounts
from ui.web.session import COOKIE, set_cookie, token_in


class Renewal:
    """Renews the token of a request's session before anybody reads it, and sends the new one along."""

    def __init__(self, app: ASGIApp, accounts: Accounts, *, secure: bool) -> None:
        self._app, self._accounts, self._secure = app, accounts, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1") if scope["type"] == "http" else ""
        token = token_in(cookies)
        renewed = await asyncio.to_thread(self._accounts.renewed, token) if token else None
        if renewed == token:
            return await self._app(scope, receive, send)

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not _sets_session(message):
                cookie = (b"set-cookie", set_cookie(renewed, secure=self._secure).encode())
                message = {**message, "headers": [*message["headers"], cookie]}
            await send(message)

        others = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
        cookie = (b"cookie", cookies.replace(token, renewed).encode("latin-1"))
        await self._app({**scope, "headers": [*others, cookie]}, receive, with_cookie)


def _sets_session(message: Message) -> bool:
    """Whether the answer gives or takes a session itself, as signing out does."""
    return any(name == b"set-cookie" and value.startswith(COOKIE.encode()) for name, value in message["headers"])
