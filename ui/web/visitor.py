"""Who calls: a visitor is known by a random cookie that scripts cannot read."""

import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "hibari_visitor"
GUEST = "guest"  # somebody without a cookie: may look at the page, owns nothing
YEAR = 365 * 24 * 3600  # seconds
_LENGTHS = range(30, 100)  # characters of a cookie that we made


class VisitorCookie:
    """Gives every browser that opens the page a cookie of its own."""

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:
        self._app = app
        # inside the frame of another site only a secure, partitioned cookie is kept
        self._attributes = "; Path=/; HttpOnly; " + ("SameSite=None; Secure; Partitioned" if secure else "SameSite=Lax")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _opens_the_page(scope) or visitor_in(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")):
            return await self._app(scope, receive, send)
        cookie = f"{COOKIE}={secrets.token_urlsafe(32)}; Max-Age={YEAR}{self._attributes}".encode()
        # what carries a cookie is for one browser: nobody between may keep it
        added = [(b"set-cookie", cookie), (b"cache-control", b"no-store")]

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, with_cookie)


def _opens_the_page(scope: Scope) -> bool:
    """Only the page gives a cookie: scripts and pictures are loaded side by side, each would give another."""
    return scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"


def visitor_in(cookies: str) -> str | None:
    """The visitor that a Cookie header names, or None."""
    try:
        value = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return value.value if value and len(value.value) in _LENGTHS and value.value.isascii() else None


def visitor_of(request: object) -> str:
    """The visitor who sent a request: Starlette's or Gradio's. Gradio's own idea of a user name is not asked."""
    headers = getattr(request, "headers", {})
    return visitor_in(headers.get("cookie", "")) or GUEST
