"""GET /export: everything about the caller as one zip."""

import tempfile

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from data.errors import DataError
from data.export import write_export
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import caller_of

CHUNK = 256 * 1024  # bytes
IN_MEMORY = 8 * 1024 * 1024  # bytes; larger zips are written to a temporary file that has no name


def export_route(studio: Studio) -> Route:
    """The zip, made when it is asked for. The page checks first whether it can be made."""

    def export(request: Request) -> Response:
        caller = caller_of(studio, request)
        if caller.id is None:
            return JSONResponse({"detail": "You are not signed in."}, 401)
        target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed when it has been sent
        try:
            write_export(studio.data.database, studio.data.media, caller, target)
        except DataError as error:
            target.close()
            return JSONResponse({"error": error_told(error, "en")}, 409)
        except BaseException:
            target.close()
            raise
        size = target.tell()
        target.seek(0)

        def pieces():
            with target:
                while piece := target.read(CHUNK):
                    yield piece

        headers = {
            "Content-Disposition": 'attachment; filename="hibari-export.zip"',
            "Content-Length": str(size),
            "Cache-Control": "no-store",
        }
        return StreamingResponse(pieces(), media_type="application/zip", headers=headers)

    return Route("/export", export, methods=["GET"])
