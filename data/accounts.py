"""Who somebody is: sign up, sign in, stay signed in, and sign out everywhere.

`LocalAccounts` keeps accounts in the embedded database (argon2 hashes, sessions that can be revoked, throttling).
`SupabaseAccounts` in supabase_accounts.py does the same through Supabase Auth. Both answer with a `Session`, whose
token the browser keeps in a cookie that scripts cannot read.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypedDict

import argon2

from data.client import SERVICE, Caller, PostgresDatabase, member
from data.errors import Conflict, Invalid, LimitReached, NotSignedIn
from data.known_sessions import KnownSessions

SESSION_DAYS = 30
MIN_PASSWORD, MAX_PASSWORD = 8, 200  # characters; longer ones only keep the hasher busy
MAX_FAILURES = 5  # wrong passwords for one address …
MAX_FAILURES_FROM = 30  # … and from one network address, behind which many people may sit …
MAX_JOINING_FROM = 30  # new accounts from one network address …
THROTTLE_MINUTES = 15  # … within this time

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}")
_WRONG = "The email address or the password is wrong."


class OpenSession(TypedDict):
    """A place where somebody is signed in."""

    id: str
    created_at: str
    last_seen_at: str
    device: str


@dataclass(frozen=True)
class Session:
    """Somebody who has just signed in, and the secret by which the browser is known from now on."""

    caller: Caller
    token: str


class Accounts(Protocol):
    """What either kind of accounts can do."""

    def sign_up(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """Makes an account and signs in. Raises Invalid, Conflict, or LimitReached."""
        ...

    def sign_in_as_new(self, *, network_address: str = "", device: str = "") -> Session:
        """Makes an account without email or password, known by its session alone. Raises LimitReached."""
        ...

    def sign_in(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """Signs in. Raises NotSignedIn, or LimitReached after too many failures."""
        ...

    def sign_in_from(self, provider: str, subject: str, *, device: str = "") -> Session:
        """Signs in somebody whom another service has vouched for, such as Hugging Face on a Space.

        `subject` is how that service knows them, whatever they call themselves there.
        """
        ...

    def keep(self, session: Session, email: str, password: str) -> None:
        """Gives an account an email address and a password, to sign in with from elsewhere. Raises as sign_up."""
        ...

    def caller(self, token: str) -> Caller | None:
        """Who holds this token; None when it was revoked (by another process: a moment ago), expired or never was."""
        ...

    def renewed(self, token: str) -> str:
        """The token to keep from now on: the same, or another where this one is about to end."""
        ...

    def sign_out(self, token: str) -> None:
        """Ends one session."""
        ...

    def close(self) -> None:
        """Lets go of what it holds itself."""
        ...


class LocalAccounts:
    """Accounts in the embedded database."""

    def __init__(self, database: PostgresDatabase, *, hasher: argon2.PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or argon2.PasswordHasher()  # argon2id with the library's current parameters
        self._sessions = KnownSessions()

    def sign_up(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_up."""
        address = _email(email)
        _check_password(password)
        self._count_joining(network_address)
        try:
            account = self._call("create_user", email=address, password_hash=self._hasher.hash(password))
        except Conflict as error:
            raise Conflict("There is an account with this email address.", hint="Sign in instead.") from error
        return self._open_session(account, device)

    def sign_in(self, email: str, password: str, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_in."""
        address = email.strip().lower()
        subjects = [(f"email:{address}", MAX_FAILURES)]
        if network_address:
            subjects.append((f"from:{network_address}", MAX_FAILURES_FROM))
        self._refuse_when_throttled(subjects)
        found = self._call("user_by_email", email=address) or {}
        if not self._password_is_right(found.get("password_hash"), password):
            for subject, _ in subjects:
                self._call("record_attempt", subject=subject)
            raise NotSignedIn(_WRONG, hint="Try again, or sign up.")
        self._call("forget_attempts", subject=f"email:{address}")
        if self._hasher.check_needs_rehash(found["password_hash"]):
            self._call("set_password_hash", account=found["id"], password_hash=self._hasher.hash(password))
        return self._open_session(found["id"], device)

    def sign_in_from(self, provider: str, subject: str, *, device: str = "") -> Session:
        """See Accounts.sign_in_from."""
        return self._open_session(self._call("user_for_identity", provider=provider, subject=subject), device)

    def sign_in_as_new(self, *, network_address: str = "", device: str = "") -> Session:
        """See Accounts.sign_in_as_new: the first click on a laptop."""
        self._count_joining(network_address)
        return self.sign_in_from("session", secrets.token_hex(16), device=device)

    def keep(self, session: Session, email: str, password: str) -> None:
        """See Accounts.keep. An account that has a password changes it with the old one instead."""
        address = _email(email)
        _check_password(password)
        if (self._call("user_password", account=session.caller.id) or {}).get("password_hash"):
            raise Conflict("This account has a password already.", hint="Change it with the old one.")
        try:
            self._call("set_email", account=session.caller.id, email=address)
        except Conflict as error:
            raise Conflict("There is an account with this email address.", hint="Use another one.") from error
        self._call("set_password_hash", account=session.caller.id, password_hash=self._hasher.hash(password))

    def email(self, caller: Caller) -> str | None:
        """The email address of an account, or None."""
        return self._call("email_of", account=caller.id)

    def change_password(self, session: Session, old: str, new: str) -> Session:
        """Changes the password, signs out everywhere, and opens a new session here. Raises Invalid."""
        _check_password(new)
        found = self._call("user_password", account=session.caller.id) or {}
        if not self._password_is_right(found.get("password_hash"), old):
            raise Invalid("The old password is wrong.")
        self._call("set_password_hash", account=session.caller.id, password_hash=self._hasher.hash(new))
        self.sign_out_everywhere(session.caller)
        return self._open_session(session.caller.id, "")

    def caller(self, token: str) -> Caller | None:
        """See Accounts.caller."""
        hashed = _token_hash(token)

        def look_up() -> Caller | None:
            account = self._call("session_user_id", token_hash=hashed)
            return member(account) if account else None

        return self._sessions.caller(hashed, look_up)

    def renewed(self, token: str) -> str:
        """See Accounts.renewed. A session here lasts until it is ended, or a month."""
        return token

    def sessions(self, caller: Caller) -> list[OpenSession]:
        """Where somebody is signed in, latest first."""
        return self._call("sessions_of", account=caller.id)

    def sign_out(self, token: str) -> None:
        """See Accounts.sign_out."""
        hashed = _token_hash(token)
        self._call("close_session", token_hash=hashed)
        self._sessions.forget(hashed)

    def sign_out_everywhere(self, caller: Caller, *, session: str | None = None) -> int:
        """Ends all sessions of somebody, or the one with this id; how many that were."""
        ended = self._call("close_sessions", account=caller.id, id=session)
        self._sessions.forget_all_of(caller.id)
        return ended

    def close(self) -> None:
        """See Accounts.close. The database is not its own."""

    def _open_session(self, account: str, device: str) -> Session:
        token = secrets.token_urlsafe(32)
        self._call(
            "open_session", account=account, token_hash=_token_hash(token), days=SESSION_DAYS, device=device[:200]
        )
        return Session(member(account), token)

    def _count_joining(self, network_address: str) -> None:
        """Counts a new account from a network address, and refuses too many within a while."""
        subject = f"join:{network_address}"
        if (
            network_address
            and self._call("count_attempts", subject=subject, minutes=THROTTLE_MINUTES) >= MAX_JOINING_FROM
        ):
            raise LimitReached(
                "Too many new accounts from your network.", hint=f"Wait {THROTTLE_MINUTES} minutes, then try again."
            )
        self._call("record_attempt", subject=subject)

    def _refuse_when_throttled(self, subjects: list[tuple[str, int]]) -> None:
        for subject, limit in subjects:
            if self._call("count_attempts", subject=subject, minutes=THROTTLE_MINUTES) >= limit:
                raise LimitReached(
                    "Too many wrong passwords.", hint=f"Wait {THROTTLE_MINUTES} minutes, then try again."
                )

    @cached_property
    def _no_hash(self) -> str:
        """Checked when nobody has the address, so that the answer takes as long as for a wrong password."""
        return self._hasher.hash(secrets.token_hex(16))

    def _password_is_right(self, password_hash: str | None, password: str) -> bool:
        nobody = self._no_hash  # asked for by every sign-in, so that the first one takes as long whoever it is
        try:
            self._hasher.verify(password_hash or nobody, password[: MAX_PASSWORD + 1])
        except argon2.exceptions.VerificationError:
            return False
        return password_hash is not None

    def _call(self, function: str, **arguments: object) -> object:
        return self._database.call(f"auth.{function}", user=SERVICE, **arguments)


def _email(text: str) -> str:
    address = text.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise Invalid(f"{text[:80]!r} is not an email address.", hint="Write it like name@example.org.")
    return address


def _check_password(password: str) -> None:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise Invalid(
            f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters; this one has {len(password)}.",
            hint="A few words in a row are easy to remember.",
        )


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
