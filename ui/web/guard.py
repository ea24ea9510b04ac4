"""What may pass: requests of our own pages only, answers without echoes, nothing loaded from outside."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    (b"content-security-policy", f"{POLICY}; {FRAMED_BY}".encode()),
]


class Guard:
    """Refuses foreign origins on every method, drops multi-range requests, strips echoed headers, adds our own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        headers = dict(scope["headers"])
        if not _same_origin(headers):
            return await JSONResponse({"detail": "This request comes from another site."}, 403)(scope, receive, send)
        if b"," in headers.get(b"range", b""):
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"range"]}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if not _echoed(k.lower())]
                message = {**message, "headers": kept + _HEADERS}
            await send(message)

        await self._app(scope, receive, guarded)


def _same_origin(headers: dict[bytes, bytes]) -> bool:
    origin = headers.get(b"origin")
    return origin is None or origin.split(b"://")[-1] == headers.get(b"host")


def _echoed(name: bytes) -> bool:
    return name in _ECHOED or name.startswith(b"sec-")
