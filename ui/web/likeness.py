"""GET /likeness/{view}.png and /likeness/voice.wav: the caller's own captured head and voice, for nobody else, kept by
no cache and by no file of ours."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data import cameos
from ui.studio import Studio
from ui.web.session import caller_of

_MISSING = {"detail": "There is no such picture, or it is not yours to see."}
_PRIVATE = {"Cache-Control": "no-store", "Vary": "Cookie"}


def likeness_route(studio: Studio) -> Route:
    """The route. Whoever has no cameo, or is not signed in, finds nothing."""

    def likeness(request: Request) -> Response:
        from pipelines.cameo.keys import likeness_key
        from pipelines.cameo.likeness import open_likeness
        from pipelines.cameo.pictures import VIEWS, head_png, voice_wav

        caller, name = caller_of(studio, request), request.path_params["name"]
        sealed = cameos.my_likeness(studio.data.database, caller) if caller.id else None
        if sealed is None or name not in ("voice.wav", *(f"{view}.png" for view in VIEWS)):
            return JSONResponse(_MISSING, 404, headers=_PRIVATE)
        own = open_likeness(sealed, likeness_key(studio.settings.data.folder / "keys"))
        if name == "voice.wav":
            return Response(voice_wav(own), media_type="audio/wav", headers=_PRIVATE)
        return Response(head_png(own, name.removesuffix(".png")), media_type="image/png", headers=_PRIVATE)

    return Route("/likeness/{name}", likeness, methods=["GET"])
