"""The media route: a stored file, for whoever the database lets read it now."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from data.errors import NotFound
from data.media import MediaAnswer, read_media
from ui.studio import Studio
from ui.web.session import caller_of

_MISSING = {"detail": "There is no such file, or it is not yours to see."}


def media_route(studio: Studio) -> Route:
    """GET and HEAD /media/{path}; answers ranges. ?link= brings a shared link's key, ?download= a name to save as."""

    def media(request: Request) -> Response:
        asked = request.query_params
        try:
            answer = read_media(
                studio.data.database,
                studio.data.media,
                caller_of(studio, request),
                request.path_params["path"],
                range_header=request.headers.get("range"),
                known=request.headers.get("if-none-match"),
                link=asked.get("link"),
            )
        except NotFound:
            return JSONResponse(_MISSING, 404)
        return _response(answer, request.method, asked.get("download"))

    return Route("/media/{path:path}", media, methods=["GET", "HEAD"])


def _response(answer: MediaAnswer, method: str, save_as: str | None) -> Response:
    headers = dict(answer.headers)
    if save_as is not None:
        name = "".join(c for c in save_as if c.isascii() and (c.isalnum() or c in "-_."))[:60] or "hibari.mp4"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if method == "HEAD":
        return Response(status_code=answer.status, headers=headers)
    return StreamingResponse(answer.body, status_code=answer.status, headers=headers)
