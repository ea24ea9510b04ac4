"""No request is larger than what the page ever sends: a prompt and its settings, or the file that an upload takes."""

from collections.abc import Mapping

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1024 * 1024  # bytes; a prompt and its settings are a hundredth of it


class TooLarge(Exception):
    """More bytes came than were announced or allowed."""


class BodyLimit:
    """Refuses (413) what announces more than its path may, and stops reading what sends more than that.

    larger: path → bytes, of those that may be sent more than MAX_BODY.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None) -> None:
        self._app, self._larger = app, larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = self._larger.get(scope["path"], MAX_BODY)
        refusal = JSONResponse({"detail": f"The request is too large: at most {limit // 1024:,} kB are taken."}, 413)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            return await refusal(scope, receive, send)
        taken, answered = 0, False

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal answered
            answered = answered or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, limited, watched)
        except TooLarge:
            if not answered:
                await refusal(scope, receive, send)
