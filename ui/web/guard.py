"""What may pass: requests of our own pages to open paths, answers without echoes, nothing loaded from outside."""

from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What the page needs of the many paths that Gradio offers; all others do not exist for callers.
OPEN_PATHS = ("/", "/config", "/export", "/favicon.ico", "/robots.txt", "/theme.css")
OPEN_FOLDERS = (
    "/account/",
    "/app/",
    "/assets/",
    "/calls/",
    "/likeness/",
    "/media/",
    "/static/",
    "/gradio_api/app_id",
    "/gradio_api/component_server",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/startup-events",
    "/uploads/",
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Gradio repeats these request headers in some answers; the cookie is among them.
_ECHOED = {b"cookie", b"authorization", b"x-ip-token", b"range", b"host", b"user-agent", b"referer", b"origin"}

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
FRAMED_BY = "frame-ancestors 'self' https://huggingface.co https://*.hf.space"
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), payment=(), usb=()"),
    (b"content-security-policy", f"{POLICY}; {FRAMED_BY}".encode()),
]


class Guard:
    """Refuses foreign origins on every method and closed paths, drops multi-range requests, strips echoed headers.

    host: what the app listens on; on a loopback address only names of this machine are answered, so that a foreign name
    which was made to point here (DNS rebinding) reaches nothing. origins: addresses of the app behind proxies.
    """

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1", origins: tuple[str, ...] = ()) -> None:
        self._app = app
        self._origins = frozenset(urlsplit(origin).netloc for origin in origins)
        self._hosts = LOOPBACK | {urlsplit(origin).hostname for origin in origins} if host in LOOPBACK else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # the page uses none
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if not _echoed(k.lower())]
                message = {**message, "headers": kept + _HEADERS}
            await send(message)

        headers = dict(scope["headers"])
        refusal = self._refusal(scope["path"], headers)
        if refusal:
            status, reason = refusal
            return await JSONResponse({"detail": reason}, status)(scope, receive, guarded)
        if b"," in headers.get(b"range", b""):
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"range"]}
        await self._app(scope, receive, guarded)

    def _refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[int, str] | None:
        host = headers.get(b"host", b"").decode("latin-1")
        if self._hosts is not None and urlsplit(f"//{host}").hostname not in self._hosts:
            return 421, "The app listens on this machine only. To reach it under another name, set HIBARI_ORIGINS."
        if not self._ours(host, headers):
            return 403, "This request comes from another site."
        if path not in OPEN_PATHS and not path.startswith(OPEN_FOLDERS):
            return 404, "There is nothing here."
        return None

    def _ours(self, host: str, headers: dict[bytes, bytes]) -> bool:
        """Whether a page of ours asks, or somebody who opens one. Programs send neither header."""
        origin = headers.get(b"origin")
        if origin is not None:
            asking = urlsplit(origin.decode("latin-1")).netloc
            return asking != "" and (asking == host or asking in self._origins)
        return headers.get(b"sec-fetch-site") != b"cross-site" or headers.get(b"sec-fetch-mode") == b"navigate"


def _echoed(name: bytes) -> bool:
    return name in _ECHOED or name.startswith(b"sec-")
