"""Accounts at Supabase Auth: email and password, a link by email, or another service that vouches for somebody.

See accounts.py for the local kind. A session's token holds two of Supabase's: the access token, which ends after an
hour or so, and the refresh token, which gets the next one.
"""

import threading
import time
from contextlib import suppress

import httpx
import jwt
import supabase
from supabase import ClientOptions
from supabase_auth import SyncMemoryStorage
from supabase_auth.errors import AuthApiError, AuthError, AuthWeakPasswordError

from data.accounts import Session
from data.client import Caller, member
from data.errors import Conflict, DataError, Invalid, LimitReached, NotSignedIn, Unavailable
from data.known_sessions import KnownSessions

TIMEOUT = 20.0  # seconds for one question
RENEWED_BEFORE = 120  # seconds that an access token still holds when it is renewed
KEPT_RENEWALS = 60.0  # seconds in which requests that were on their way with the old token get the same new one
PARTS = "~"  # stands between the two tokens, and in neither

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
    "bad_code_verifier": NotSignedIn,
    "flow_state_not_found": NotSignedIn,
    "flow_state_expired": NotSignedIn,
}
_SILENT = "Supabase does not answer. Try again in a moment."


class SupabaseAccounts:
    """Accounts of a hosted project."""

    def __init__(self, url: str, key: str, service_key: str) -> None:
        """`key` is the publishable one. `service_key` is secret; it opens sessions for those whom others vouch for."""
        self._url = url
        self._key = key
        self._service_key = service_key
        self._http = httpx.Client(timeout=TIMEOUT)
        self._sessions = KnownSessions()
        self._renewals: dict[str, tuple[str, float]] = {}  # old token → the new one, and when
        self._renewing = threading.Lock()

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

    def sign_in_from(self, provider: str, subject: str, *, device: str = "") -> Session:
        """See Accounts.sign_in_from. The account has an address at which nobody gets mail.

        Anybody may sign up with such an address; so only an account that the secret key marked as this provider's is
        opened, and nobody can lay one out for somebody else.
        """
        address, mark = f"{provider}-{subject}@users.hibari.invalid".lower(), {"vouched_by": provider}
        admin = self._client(self._service_key).auth.admin
        with suppress(Conflict):  # it is there already
            _asked(admin.create_user, {"email": address, "email_confirm": True, "app_metadata": mark})
        link = _asked(admin.generate_link, {"type": "magiclink", "email": address})
        if link.user.app_metadata.get("vouched_by") != provider:
            raise NotSignedIn("Somebody else holds the address of this account.", hint="Tell whoever runs this place.")
        told = {"token_hash": link.properties.hashed_token, "type": link.properties.verification_type}
        return _session(self._ask("verify_otp", told))

    def send_link(self, email: str, back: str) -> str:
        """Sends an email with a link that leads `back` with a code in it; the secret that goes with the code.

        Whoever finds the email can do nothing with it: only the browser that asked for it has the secret (PKCE).
        """
        client = self._client(self._key, flow_type="pkce", storage=(storage := SyncMemoryStorage()))
        _asked(client.auth.sign_in_with_otp, {"email": email, "options": {"email_redirect_to": back}})
        return next(value for name, value in storage.storage.items() if name.endswith("-code-verifier"))

    def sign_in_by_link(self, code: str, secret: str) -> Session:
        """Signs in with the code of a link and the secret that `send_link` gave. Raises NotSignedIn."""
        return _session(self._ask("exchange_code_for_session", {"auth_code": code, "code_verifier": secret}))

    def keep(self, session: Session, email: str, password: str) -> None:
        """See Accounts.keep."""
        headers = {"apikey": self._key, "Authorization": f"Bearer {_access(session.token)}"}
        try:
            answer = self._http.put(
                f"{self._url}/auth/v1/user", headers=headers, json={"email": email, "password": password}
            )
        except httpx.HTTPError as error:
            raise Unavailable(_SILENT) from error
        if answer.is_error:
            told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
            kind = _KINDS.get(str(told.get("error_code")), Invalid)
            raise kind(told.get("msg") or "Supabase refused this address or password.")

    def caller(self, token: str) -> Caller | None:
        """See Accounts.caller. Asks Supabase every few seconds, so that a revoked session is noticed."""
        return self._sessions.caller(token, lambda: self._look_up(_access(token)))

    def renewed(self, token: str) -> str:
        """See Accounts.renewed. A token that cannot be renewed comes back as it is; it ends by itself."""
        if not _ends_soon(_access(token)):
            return token
        with self._renewing:  # a refresh token works once, and a page asks for several things at a time
            now = time.monotonic()
            self._renewals = {old: new for old, new in self._renewals.items() if now - new[1] < KEPT_RENEWALS}
            if token not in self._renewals:
                self._renewals[token] = (self._next(token), now)
            return self._renewals[token][0]

    def _next(self, token: str) -> str:
        """The token after this one; the same where there is none, which is remembered, too: a page asks often."""
        try:
            return _session(self._ask("refresh_session", token.partition(PARTS)[2])).token
        except DataError:
            return token

    def sign_out(self, token: str) -> None:
        """See Accounts.sign_out."""
        self._sessions.forget(token)
        client = self._client(self._key)
        try:
            client.auth.admin.sign_out(_access(token), "local")
        except AuthApiError as error:
            if error.status not in (401, 403, 404):  # then it has ended already
                raise Unavailable(_SILENT) from error

    def close(self) -> None:
        """See Accounts.close."""
        self._http.close()

    def _look_up(self, access_token: str) -> Caller | None:
        try:
            answer = self._ask("get_user", access_token)
        except NotSignedIn:
            return None
        return member(answer.user.id, token=access_token) if answer else None

    def _ask(self, method: str, argument: object) -> object:
        return _asked(getattr(self._client(self._key).auth, method), argument)

    def _client(self, key: str, **options: object) -> supabase.Client:
        """A client for one question: it keeps a session inside, and must never be shared between people.

        What they share are the connections, which know nobody.
        """
        options |= {"httpx_client": self._http, "auto_refresh_token": False, "persist_session": False}
        return supabase.create_client(self._url, key, ClientOptions(**options))


def _asked(method: object, argument: object) -> object:
    """What Supabase answers. Raises the DataError that says its refusal."""
    try:
        return method(argument)
    except AuthApiError as error:
        kind = _KINDS.get(str(error.code), NotSignedIn if error.status in (401, 403) else DataError)
        raise kind(error.message, code=str(error.code or "")) from error
    except AuthWeakPasswordError as error:
        raise Invalid(error.message) from error
    except (AuthError, httpx.HTTPError) as error:
        raise Unavailable(_SILENT) from error


def _session(answer: object) -> Session:
    access = answer.session.access_token
    return Session(member(answer.user.id, token=access), f"{access}{PARTS}{answer.session.refresh_token}")


def _access(token: str) -> str:
    return token.partition(PARTS)[0]


def _ends_soon(access_token: str) -> bool:
    """Whether an access token ends in a moment, or has. Nobody is let in by this: Supabase says who holds the token."""
    try:
        claims = jwt.decode(access_token, options={"verify_signature": False, "verify_exp": False})
    except jwt.InvalidTokenError:
        return False
    return float(claims.get("exp", 0)) < time.time() + RENEWED_BEFORE
