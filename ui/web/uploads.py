"""Uploads: POST /uploads/{purpose} with a file as the raw body. Each purpose has a limit and one function.

The file is written to a temporary folder of its own and is gone when the answer is sent, or when the browser leaves;
what should be kept, the function keeps. What shows a person stays in memory, so that not even a crash leaves it on a
disk. Nothing passes through Gradio's uploads, which anybody could read.
"""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.errors import DataError
from ui.calls import Asking
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import caller_of
from ui.words import language_named, words

AT_ONCE = 2  # files looked at; each keeps a core busy
PATIENCE = 30.0  # seconds that an upload waits for its turn
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """What one purpose takes, and what is done with it."""

    limit: int  # bytes
    use: Callable[[Asking, Path], dict] | Callable[[Asking, bytes], dict]
    in_memory: bool = False  # `use` is given the file's bytes, which reach no disk


def uploads_route(studio: Studio, uploads: Mapping[str, Upload]) -> Route:
    """The route. `?language=` says how to answer; other query parameters are what `Asking` holds."""
    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="upload")
    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request) -> JSONResponse:
        upload = uploads.get(request.path_params["purpose"])
        language = language_named(request.query_params.get("language"))
        if upload is None:
            return JSONResponse({"error": error_told(None, language)}, 404)
        try:
            await asyncio.wait_for(turns.acquire(), PATIENCE)
        except TimeoutError:
            told = {"kind": "busy", "text": words(language)["error_busy"], "hint": ""}
            return JSONResponse({"error": told}, 503)
        try:
            loop = asyncio.get_running_loop()
            if upload.in_memory:
                file = await request.body()
                return JSONResponse(*await loop.run_in_executor(threads, used, studio, request, upload, file, language))
            with tempfile.TemporaryDirectory(prefix="hibari-upload-") as folder:
                path = Path(folder) / "upload"
                await _receive(request, path)
                return JSONResponse(*await loop.run_in_executor(threads, used, studio, request, upload, path, language))
        except ClientDisconnect:
            return JSONResponse({}, 400)  # nobody hears it
        finally:
            turns.release()

    return Route("/uploads/{purpose}", answer, methods=["POST"])


async def _receive(request: Request, path: Path) -> None:
    with path.open("wb") as file:
        async for piece in request.stream():
            file.write(piece)


def used(studio: Studio, request: Request, upload: Upload, file: Path | bytes, language: str) -> tuple[dict, int]:
    """The answer about an uploaded file and its HTTP status."""
    try:
        asking = Asking(caller_of(studio, request), language, dict(request.query_params))
        return upload.use(asking, file), 200
    except DataError as error:
        return {"error": error_told(error, language)}, 200
    except Exception:
        logger.exception("the upload for %s failed", request.url.path)
        return {"error": error_told(None, language)}, 500
