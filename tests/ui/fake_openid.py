"""A fake of Hugging Face's sign-in, which no machine here can have: OpenID Connect with PKCE, for one person."""

import base64
import hashlib
import secrets
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

CLIENT_ID, CLIENT_SECRET = "hibari-test", "known-to-the-server-only"


class FakeOpenId:
    """Whoever comes is `subject` and agrees at once."""

    def __init__(self, subject: str = "5f0c") -> None:
        self.subject = subject
        self._codes: dict[str, tuple[str, str]] = {}  # code → challenge and where it leads back
        self._tokens: set[str] = set()

    def routes(self) -> Mount:
        return Mount(
            "/openid",
            routes=[
                Route("/.well-known/openid-configuration", self.configuration),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/userinfo", self.userinfo),
            ],
        )

    async def configuration(self, request: Request) -> JSONResponse:
        here = f"{request.url.scheme}://{request.url.netloc}/openid"
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        return JSONResponse({name: f"{here}/{path}" for name, path in names.items()})

    async def authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (
            CLIENT_ID,
            "code",
            "S256",
        )
        code = secrets.token_hex(8)
        self._codes[code] = (asked["code_challenge"], asked["redirect_uri"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def token(self, request: Request) -> JSONResponse:
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = self._codes.pop(sent["code"], None) == (challenge, sent["redirect_uri"])
        if request.headers.get("authorization") != f"Basic {known}" or not right:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = secrets.token_hex(8)
        self._tokens.add(token)
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": 600})

    async def userinfo(self, request: Request) -> JSONResponse:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self._tokens:
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse({"sub": self.subject, "preferred_username": "ada"})
