"""Guardians and their wards."""

from data.client import Caller, Database
from data.rows import Audience, Guardianship


def offer_guardianship(database: Database, user: Caller, ward: str) -> None:
    """Offers to look after a member, who must agree."""
    database.call("offer_guardianship", user=user, ward=ward)


def accept_guardianship(database: Database, user: Caller, guardian: str) -> None:
    """The caller becomes the ward of whoever offered it."""
    database.call("accept_guardianship", user=user, guardian=guardian)


def set_ward_limits(
    database: Database,
    user: Caller,
    ward: str,
    *,
    cameo_audience: Audience | None = None,
    messages_from: str | None = None,
    may_publish: bool | None = None,
    personal_feed: bool | None = None,
    daily_minutes: int | None = None,
) -> None:
    """The guardian changes what is given of a ward's limits."""
    database.call(
        "set_ward_limits",
        user=user,
        ward=ward,
        cameo_audience=cameo_audience,
        messages_from=messages_from,
        may_publish=may_publish,
        personal_feed=personal_feed,
        daily_minutes=daily_minutes,
    )


def end_guardianship(database: Database, user: Caller, handle: str) -> None:
    """The guardian lets go of a ward, or either side of an offer."""
    database.call("end_guardianship", user=user, handle=handle)


def my_guardianships(database: Database, user: Caller) -> list[Guardianship]:
    """The caller's wards and guardian, with the limits."""
    return database.call("my_guardianships", user=user)


def protect_ward(database: Database, user: Caller, handle: str) -> None:
    """A guardian closes a ward's cameo: nobody else may use it, and every clip of others with it falls."""
    database.call("protect_ward", user=user, handle=handle)
