"""A fake of Supabase Auth, which no machine here can have: its addresses, answers and error codes, in memory."""

import base64
import contextlib
import hashlib
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import jwt
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from tests.ui.waiting import until

KEY, SERVICE_KEY = "anon.key.signature", "service.key.signature"


class Refusal(Exception):
    """An error as Supabase Auth says it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message


class FakeSupabaseAuth:
    """Accounts of one project. `mails` is what it sent; `ended` the sessions that were signed out."""

    def __init__(
        self,
        secret: str,
        *,
        service_key: str = SERVICE_KEY,
        token_seconds: int = 3600,
        on_new_user: Callable[[str], object] = str,
    ) -> None:
        self.token_seconds = token_seconds
        self.mails: list[dict[str, str]] = []
        self.ended: set[str] = set()
        self.renewals = 0
        self._secret, self._service_key, self._on_new_user = secret, service_key, on_new_user
        self._users: dict[str, dict] = {}  # by id
        self._refresh: dict[str, tuple[str, str]] = {}  # refresh token → user and session
        self._codes: dict[str, tuple[str, str]] = {}  # code of a link → user and challenge
        self._hashes: dict[str, str] = {}  # hashed token of a link → user

    def routes(self) -> Mount:
        """Its addresses, as a project has them."""
        answers = {
            ("POST", "/signup"): self.sign_up,
            ("POST", "/token"): self.token,
            ("GET", "/user"): self.user,
            ("PUT", "/user"): self.change,
            ("POST", "/otp"): self.send_link,
            ("POST", "/logout"): self.sign_out,
            ("POST", "/admin/users"): self.create_user,
            ("POST", "/admin/generate_link"): self.generate_link,
            ("POST", "/verify"): self.verify,
        }
        return Mount(
            "/auth/v1", routes=[Route(path, _answering(act), methods=[m]) for (m, path), act in answers.items()]
        )

    def sign_up(self, request: Request, sent: dict) -> dict:
        email, password = sent.get("email"), sent.get("password")
        if email and self._by_email(email):
            raise Refusal(422, "user_already_exists", "User already registered")
        if email and len(password) < 6:
            raise Refusal(422, "weak_password", "Password should be at least 6 characters.")
        return self._session(self._new_user(email, password))

    def token(self, request: Request, sent: dict) -> dict:
        kind = request.query_params["grant_type"]
        if kind == "password":
            user = self._by_email(sent["email"])
            if user is None or user["password"] != sent["password"]:
                raise Refusal(400, "invalid_credentials", "Invalid login credentials")
            return self._session(user["id"])
        if kind == "refresh_token":
            self.renewals += 1
            if sent["refresh_token"] not in self._refresh:
                raise Refusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
            return self._session(*self._refresh.pop(sent["refresh_token"]))
        if not sent["code_verifier"]:
            raise Refusal(400, "validation_failed", "both auth code and code verifier should be non-empty")
        user, challenge = self._codes.pop(sent["auth_code"], (None, ""))
        digest = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if user is None or digest != challenge:
            raise Refusal(400, "bad_code_verifier", "code challenge does not match previously saved code verifier")
        return self._session(user)

    def user(self, request: Request, sent: dict) -> dict:
        return self._told(self._users[self._claims(request)["sub"]])

    def change(self, request: Request, sent: dict) -> dict:
        user = self._users[self._claims(request)["sub"]]
        if (other := self._by_email(sent["email"])) and other is not user:
            raise Refusal(422, "email_exists", "A user with this email address has already been registered")
        user.update(sent)
        return self._told(user)

    def send_link(self, request: Request, sent: dict) -> dict:
        user = self._by_email(sent["email"])
        code = secrets.token_hex(8)
        self._codes[code] = (user["id"] if user else self._new_user(sent["email"], None), sent["code_challenge"])
        self.mails.append({"to": sent["email"], "link": f"{request.query_params['redirect_to']}?code={code}"})
        return {}

    def sign_out(self, request: Request, sent: dict) -> dict:
        self.ended.add(self._claims(request)["session_id"])
        return {}

    def create_user(self, request: Request, sent: dict) -> dict:
        self._check_admin(request)
        if self._by_email(sent["email"]):
            raise Refusal(422, "email_exists", "A user with this email address has already been registered")
        user = self._users[self._new_user(sent["email"], None)]
        user["app_metadata"] = sent["app_metadata"]
        return self._told(user)

    def generate_link(self, request: Request, sent: dict) -> dict:
        self._check_admin(request)
        user = self._by_email(sent["email"])
        kind, hashed = ("magiclink" if user else "signup"), secrets.token_hex(8)
        self._hashes[hashed] = user["id"] if user else self._new_user(sent["email"], None)
        link = {
            "action_link": "x",
            "email_otp": "1",
            "hashed_token": hashed,
            "redirect_to": "",
            "verification_type": kind,
        }
        return self._told(self._users[self._hashes[hashed]]) | link

    def _check_admin(self, request: Request) -> None:
        if request.headers["authorization"] != f"Bearer {self._service_key}":
            raise Refusal(403, "not_admin", "User not allowed")

    def verify(self, request: Request, sent: dict) -> dict:
        if sent["token_hash"] not in self._hashes:
            raise Refusal(403, "otp_expired", "Email link is invalid or has expired")
        return self._session(self._hashes.pop(sent["token_hash"]))

    def _new_user(self, email: str | None, password: str | None) -> str:
        account = str(uuid.uuid4())
        self._users[account] = {"id": account, "email": email, "password": password}
        self._on_new_user(account)
        return account

    def _by_email(self, email: str) -> dict | None:
        return next((user for user in self._users.values() if user["email"] == email), None)

    def _session(self, account: str, session: str | None = None) -> dict:
        session, refresh, until = (
            session or str(uuid.uuid4()),
            secrets.token_hex(6),
            int(time.time()) + self.token_seconds,
        )
        self._refresh[refresh] = (account, session)
        # two tokens of one second differ, as Supabase's do
        claims = {"sub": account, "session_id": session, "role": "authenticated", "exp": until, "jti": refresh}
        access = jwt.encode(claims, self._secret, algorithm="HS256")
        lasting = {"expires_in": self.token_seconds, "expires_at": until, "token_type": "bearer"}
        return {"access_token": access, "refresh_token": refresh, "user": self._told(self._users[account])} | lasting

    def _claims(self, request: Request) -> dict:
        try:
            claims = jwt.decode(request.headers["authorization"].removeprefix("Bearer "), self._secret, ["HS256"])
        except jwt.InvalidTokenError as error:
            raise Refusal(403, "bad_jwt", "invalid JWT") from error
        if claims["session_id"] in self.ended:
            raise Refusal(403, "session_not_found", "Session from session_id claim in JWT does not exist")
        return claims

    def _told(self, user: dict) -> dict:
        dates = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
        return (
            {"id": user["id"], "email": user["email"] or "", "aud": "authenticated", "role": "authenticated"}
            | dates
            | {"app_metadata": user.get("app_metadata", {}), "user_metadata": {}}
        )


def _answering(act: Callable[[Request, dict], dict]) -> Callable:
    async def answer(request: Request) -> JSONResponse:
        try:
            return JSONResponse(act(request, await request.json() if await request.body() else {}))
        except Refusal as refusal:
            version = request.headers.get("x-supabase-api-version")
            if version is None:
                told = {"code": refusal.status, "error_code": refusal.code, "msg": refusal.message}
                return JSONResponse(told, refusal.status)
            told = {"code": refusal.code, "message": refusal.message}
            if refusal.code == "weak_password":
                told["weak_password"] = {"reasons": ["length"]}
            return JSONResponse(told, refusal.status, {"x-supabase-api-version": version})

    return answer


@contextlib.contextmanager
def serving(routes: list) -> Iterator[str]:
    """The address at which these routes are served for as long as this lasts."""
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=0, log_level="error", timeout_keep_alive=600))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
