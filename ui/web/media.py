"""The media route: a clip's files for the visitor who made it, and nobody else."""

from fastapi import Request, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.routing import APIRoute

from ui.records import Records
from ui.web.visitor import visitor_of
from ui.workshop import Workshop

_TYPES = {".mp4": "video/mp4", ".jpg": "image/jpeg"}
_MISSING = {"detail": "There is no such clip, or it is not yours."}


def media_route(workshop: Workshop, records: Records) -> APIRoute:
    """GET and HEAD /media/{generation}/{name}; answers ranges; `?download` names the file for saving."""

    async def media(generation_id: str, name: str, request: Request) -> Response:
        generation = workshop.look(visitor_of(request), generation_id)
        path = records.file(generation, name) if generation else None
        if path is None:
            return JSONResponse(_MISSING, 404)
        saved_as = f"hibari-{generation.request.seed}{path.suffix}" if "download" in request.query_params else None
        headers = {"Cache-Control": "private, max-age=3600"}
        return FileResponse(path, media_type=_TYPES[path.suffix], filename=saved_as, headers=headers)

    return APIRoute("/media/{generation_id}/{name}", media, methods=["GET", "HEAD"])
