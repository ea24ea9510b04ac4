"""Who calls: the session token lies in a cookie that scripts cannot read, and the accounts say whose it is."""

from http.cookies import CookieError, SimpleCookie

from data.client import VISITOR, Caller
from ui.studio import Studio

COOKIE = "hibari_session"
GUEST = "guest"  # what Gradio calls somebody who is not signed in
MONTH = 30 * 24 * 3600  # seconds
_LENGTHS = range(20, 4000)  # characters of a token; those of Supabase are long


def token_in(cookies: str) -> str | None:
    """The session token in a Cookie header, or None."""
    try:
        value = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return value.value if value and len(value.value) in _LENGTHS and value.value.isascii() else None


def caller_of(studio: Studio, request: object) -> Caller:
    """Who sent a request, Starlette's or Gradio's: the member whose session it carries, else a visitor."""
    token = token_in(getattr(request, "headers", {}).get("cookie", ""))
    return (studio.data.accounts.caller(token) if token else None) or VISITOR


def set_cookie(token: str | None, *, secure: bool) -> str:
    """The Set-Cookie header that keeps a session token in the browser, or with None takes it away."""
    # inside the frame of another site only a secure, partitioned cookie is kept
    site = "SameSite=None; Secure; Partitioned" if secure else "SameSite=Lax"
    return f"{COOKIE}={token or ''}; Max-Age={MONTH if token else 0}; Path=/; HttpOnly; {site}"
