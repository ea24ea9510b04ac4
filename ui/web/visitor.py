"""Who calls: a visitor is known by a random cookie that scripts cannot read."""

import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "hibari_visitor"
GUEST = "guest"  # somebody whose browser has not sent a cookie yet
YEAR = 365 * 24 * 3600  # seconds
_SHORTEST = 30  # characters of a cookie that we made


class VisitorCookie:
    """Gives every browser that opens a page a cookie of its own."""

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:
        self._app = app
        self._attributes = "; Path=/; HttpOnly; " + ("SameSite=None; Secure" if secure else "SameSite=Lax")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or visitor_in(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")):
            return await self._app(scope, receive, send)
        visitor = secrets.token_urlsafe(32)
        cookie = f"{COOKIE}={visitor}; Max-Age={YEAR}{self._attributes}".encode()

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie)]}
            await send(message)

        await self._app(scope, receive, with_cookie)


def visitor_in(cookies: str) -> str | None:
    """The visitor that a Cookie header names, or None."""
    try:
        value = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return value.value if value and len(value.value) >= _SHORTEST and value.value.isascii() else None


def visitor_of(request: object) -> str:
    """The visitor who sent a request: Starlette's or Gradio's. Gradio's own idea of a user name is not asked."""
    headers = getattr(request, "headers", {})
    return visitor_in(headers.get("cookie", "")) or GUEST
