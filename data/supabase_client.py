"""The database over supabase-py: the same functions, values and errors, through a Supabase project's HTTPS address."""

import httpx
import supabase
from postgrest.exceptions import APIError
from supabase import ClientOptions

from data.client import RETRIED, Caller, Json
from data.errors import DataError, NotSignedIn, Unavailable, data_error
from data.settings import SettingsError

TIMEOUT = 30.0  # seconds for one call


class SupabaseDatabase:
    """A `Database` (see client.py) for a hosted project. Members call with the token that their sign-in gave them."""

    def __init__(
        self,
        url: str,
        key: str | None,
        service_key: str | None = None,
        *,
        http: httpx.Client | None = None,
    ) -> None:
        """`key` is the publishable (anon) key; `service_key` is for calls as SERVICE, and enough for a worker. Opens no
        connection yet."""
        self._http = http or httpx.Client(timeout=TIMEOUT, http2=False)
        options = ClientOptions(httpx_client=self._http, auto_refresh_token=False, persist_session=False)
        self.client = supabase.create_client(url, key or service_key, options)
        self._key = key
        self._service_key = service_key

    def call(self, function: str, *, user: Caller, **arguments: object) -> Json:
        """See Database.call. A call that met a deadlock is tried again."""
        given = {f"p_{key}": _sent(value) for key, value in arguments.items() if value is not None}
        # A client of its own for each call: threads would overwrite each other's token on a shared one.
        rest = self.client.postgrest.schema("public")
        rest.auth(self._token(user))
        for last_attempt in (False, False, True):
            try:
                answer = rest.rpc(function, given).execute().data
                return None if answer == "" else answer  # a function that returns nothing answers with nothing
            except APIError as error:
                if last_attempt or error.code not in RETRIED:
                    raise _translated(error) from error
            except httpx.HTTPError as error:
                raise Unavailable("Supabase does not answer. Try again in a moment.") from error
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """Lets go of every connection."""
        self._http.close()

    def _token(self, user: Caller) -> str:
        if user.role == "service_role":
            if self._service_key is None:
                raise SettingsError("SUPABASE_SERVICE_KEY is not set; the worker and media storage need it.")
            return self._service_key
        if self._key is None:  # never the service key instead: it may do everything
            raise SettingsError("SUPABASE_KEY is not set; only a worker does without it.")
        if user.role == "anon":
            return self._key
        if user.token is None:
            raise NotSignedIn("Your session has ended.", hint="Sign in again.")
        return user.token


def _sent(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _translated(error: APIError) -> DataError:
    code = str(error.code or "")
    return data_error(code, error.message or "The database refused.", error.hint or "")
