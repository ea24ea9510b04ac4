"""What the database refuses, as Python exceptions: one for each code, the same through either client.

The table of codes stands at the top of supabase/migrations/20260101000100_foundation.sql.
"""


class DataError(Exception):
    """The database refused or could not be asked. `str()` is a sentence that may be shown to the person who asked."""

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.hint = hint  # what to do about it, or nothing
        self.code = code  # SQLSTATE


class NotSignedIn(DataError):
    """The call needs a member: nobody is signed in, or the account has no profile yet."""


class NotAllowed(DataError):
    """This member may not do this."""


class NotFound(DataError):
    """There is no such thing, or the caller may not know of it."""


class Invalid(DataError):
    """A value is not acceptable."""


class Conflict(DataError):
    """It is taken or done already."""


class LimitReached(DataError):
    """As many as one may have."""


class NoPermission(DataError):
    """A likeness would be used without a live permission."""


class OutOfCredits(DataError):
    """It costs more than there is."""


class LeaseLost(DataError):
    """The generation is no longer this worker's: stop working on it."""


class WrongState(DataError):
    """It has ended, or not begun."""


class Suspended(DataError):
    """The account is suspended for a while."""


class UnknownFunction(DataError):
    """The database has no such function or arguments: its migrations and this code differ."""


class Unavailable(DataError):
    """The database does not answer."""


_BY_CODE: dict[str, type[DataError]] = {
    "HB001": NotSignedIn,
    "HB002": NotAllowed,
    "HB003": NotFound,
    "HB004": Invalid,
    "HB005": Conflict,
    "HB006": LimitReached,
    "HB007": NoPermission,
    "HB008": OutOfCredits,
    "HB009": LeaseLost,
    "HB010": WrongState,
    "HB011": Suspended,
    "42501": NotAllowed,  # insufficient privilege, or a policy said no
    "P0002": NotFound,  # no data found
    "23505": Conflict,  # unique violation
    "23514": Invalid,  # check violation
    "23503": NotFound,  # foreign key violation
    "23502": Invalid,  # not null violation
    "22P02": Invalid,  # text that is no number, uuid …
    "22P05": Invalid,  # a character that cannot be kept, such as NUL
    "22003": Invalid,  # number out of range
    "22007": Invalid,  # text that is no time
    "22023": Invalid,  # parameter out of its domain
    "22004": Invalid,  # null where none may be
    "42883": UnknownFunction,
    "PGRST202": UnknownFunction,
    "PGRST301": NotSignedIn,  # a token that is not valid
    "PGRST302": NotSignedIn,
    "PGRST303": NotSignedIn,  # a token that has expired
}

_PLAIN_WORDS = {
    "23505": "This exists already.",
    "23514": "A value is not acceptable.",
    "23503": "Something that this refers to is gone.",
    "23502": "A value is missing.",
    "22P02": "A value has the wrong form.",
    "22P05": "The text has a character that cannot be kept.",
    "22003": "A number is too large or too small.",
    "22007": "A time has the wrong form.",
    "42501": "You may not do this.",
    "42883": "The database does not know this function; apply the migrations.",
    "PGRST202": "The database does not know this function; apply the migrations.",
}


def data_error(code: str, message: str, hint: str = "") -> DataError:
    """The exception for a code. Sentences of Postgres itself, which name tables, are replaced by plain words."""
    kind = _BY_CODE.get(code, Unavailable if code.startswith(("08", "57", "53")) else DataError)
    if code in _PLAIN_WORDS:
        return kind(_PLAIN_WORDS[code], code=code)
    return kind(message, hint=hint, code=code)
