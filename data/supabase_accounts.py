"""Accounts at Supabase Auth: email and password, or a link by email. See accounts.py for the local kind."""

import httpx
import supabase
from supabase import ClientOptions
from supabase_auth.errors import AuthApiError, AuthError

from data.accounts import Session
from data.client import Caller, member
from data.errors import Conflict, DataError, Invalid, LimitReached, NotSignedIn, Unavailable
from data.known_sessions import KnownSessions

_KINDS: dict[str, type[DataError]] = {
    "user_already_exists": Conflict,
    "email_exists": Conflict,
    "weak_password": Invalid,
    "validation_failed": Invalid,
    "email_address_invalid": Invalid,
    "over_request_rate_limit": LimitReached,
    "over_email_send_rate_limit": LimitReached,
    "invalid_credentials": NotSignedIn,
    "email_not_confirmed": NotSignedIn,
}


class SupabaseAccounts:
    """Accounts of a hosted project. The session token is the access token that Supabase signed."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url
        self._key = key
        self._sessions = KnownSessions()

    def sign_up(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_up. Where the project wants the address confirmed, signing in waits for that."""
        answer = self._ask("sign_up", {"email": email, "password": password})
        if answer.session is None:
            raise NotSignedIn(
                "Your account waits for its confirmation.", hint="Open the link in the email, then sign in."
            )
        return _session(answer)

    def sign_in(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_in. Supabase throttles by itself."""
        return _session(self._ask("sign_in_with_password", {"email": email, "password": password}))

    def sign_in_as_new(self, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_in_as_new. The project has to allow anonymous sign-ins."""
        return _session(self._ask("sign_in_anonymously", {}))

    def send_link(self, email: str, redirect_to: str) -> None:
        """Sends an email with a link that signs in and leads back to `redirect_to`."""
        self._ask("sign_in_with_otp", {"email": email, "options": {"email_redirect_to": redirect_to}})

    def keep(self, session: Session, email: str, password: str) -> None:
        """See Accounts.keep."""
        headers = {"apikey": self._key, "Authorization": f"Bearer {session.token}"}
        try:
            answer = httpx.put(
                f"{self._url}/auth/v1/user", headers=headers, json={"email": email, "password": password}, timeout=20
            )
        except httpx.HTTPError as error:
            raise Unavailable("Supabase does not answer. Try again in a moment.") from error
        if answer.is_error:
            told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
            kind = _KINDS.get(str(told.get("error_code")), Invalid)
            raise kind(told.get("msg") or "Supabase refused this address or password.")

    def caller(self, token: str) -> Caller | None:
        """See Accounts.caller. Asks Supabase every few seconds, so that a revoked session is noticed."""
        return self._sessions.caller(token, lambda: self._look_up(token))

    def _look_up(self, token: str) -> Caller | None:
        try:
            answer = self._ask("get_user", token)
        except NotSignedIn:
            return None
        return member(answer.user.id, token=token) if answer else None

    def sign_out(self, token: str) -> None:
        """See Accounts.sign_out."""
        self._client().auth.admin.sign_out(token, "local")
        self._sessions.forget(token)

    def _ask(self, method: str, argument: object) -> object:
        try:
            return getattr(self._client().auth, method)(argument)
        except AuthApiError as error:
            kind = _KINDS.get(str(error.code), NotSignedIn if error.status in (401, 403) else DataError)
            raise kind(error.message, code=str(error.code or "")) from error
        except AuthError as error:
            raise Unavailable("Supabase does not answer. Try again in a moment.") from error

    def _client(self) -> supabase.Client:
        """A client for one question: it keeps a session inside, and must never be shared between people."""
        return supabase.create_client(
            self._url, self._key, ClientOptions(auto_refresh_token=False, persist_session=False)
        )


def _session(answer: object) -> Session:
    token = answer.session.access_token
    return Session(member(answer.user.id, token=token), token)
