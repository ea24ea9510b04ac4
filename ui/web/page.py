"""The page's head and its scripts: our own modules are loaded before Gradio's, and nothing points elsewhere."""

import re
from collections.abc import Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.words import words, words_module

STATIC = Path(__file__).parents[1] / "static"
FIRST = ("bar.js", "feed.js")  # modules of what is shown first
_IMPORTED = re.compile(r'^import .* from "\./([\w.]+)";$', re.MULTILINE)
_FRESH = {"Cache-Control": "no-cache"}  # asked again each time, answered 304 while it is the same
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
# in the head, since Gradio's own signs of loading come before our sheets and stand outside what it lets them style
_STILL = (
    "<style>@media (prefers-reduced-motion: reduce) { *, ::before, ::after "
    "{ transition: none !important; animation: none !important; scroll-behavior: auto !important; } }</style>"
)
# what Gradio says of itself in the head of every page
_STRANGERS = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|\s*<link rel="manifest"[^>]*>')


def scripts_route() -> Route:
    """GET /app/{name}: the files of static/, and words.js."""

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "words.js":
            return Response(words_module(), media_type=_TYPES[".js"], headers=_FRESH)
        path = STATIC / name
        if path.parent != STATIC or path.suffix not in _TYPES or not path.is_file():
            return Response(status_code=404)
        return FileResponse(path, media_type=_TYPES[path.suffix], headers=_FRESH)

    return Route("/app/{name}", file, methods=["GET", "HEAD"])


def imported_by(names: Iterable[str]) -> list[str]:
    """These modules of ours and all that they import, each once: a browser that knows them asks for all together."""
    found = list(names)
    for name in found:  # grows meanwhile
        if (STATIC / name).is_file():
            found += [one for one in _IMPORTED.findall((STATIC / name).read_text("utf-8")) if one not in found]
    return found


class PageHead:
    """Puts our head into the page that Gradio sends: description, stillness for who asks, and our scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        said = words("en")
        modules = "".join(f'<link rel="modulepreload" href="./app/{name}" />\n' for name in imported_by(FIRST))
        self._head = (
            f'<head>\n{_STILL}\n<meta name="description" content="{said["app_description"]}" />\n'
            f'<meta property="og:title" content="{said["app_title"]}" />\n'
            f'<script src="./app/early.js"></script>\n{modules}<script type="module" src="./app/{FIRST[-1]}"></script>'
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page = _STRANGERS.sub(b"", bytes(body)).replace(b"<head>", self._head, 1)
            kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
            await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": plain}, receive, rewritten)
