"""No request is larger than what the page ever sends."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1024 * 1024  # bytes; a prompt and its settings are a hundredth of it
_ANSWER = {"detail": f"The request is too large: at most {MAX_BODY // 1024} kB are taken."}


class TooLarge(Exception):
    """More bytes came than were announced or allowed."""


class BodyLimit:
    """Refuses (413) what announces more than MAX_BODY bytes, and stops reading what sends more than that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > MAX_BODY:
            return await JSONResponse(_ANSWER, 413)(scope, receive, send)
        taken, answered = 0, False

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MAX_BODY:
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
                await JSONResponse(_ANSWER, 413)(scope, receive, send)
