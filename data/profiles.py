"""Members: their profile, invitations and roles."""

from typing import Any

from data.client import Caller, Database
from data.rows import Invite, OwnProfile, SeenProfile, Site


def site(database: Database, user: Caller) -> Site:
    """What a visitor may know of this installation: how one joins, and whether anybody has."""
    return database.call("site", user=user)


def create_profile(
    database: Database,
    user: Caller,
    handle: str,
    *,
    display_name: str | None = None,
    language: str | None = None,
    invite: str | None = None,
) -> OwnProfile:
    """Makes the caller a member and returns their profile. The very first member becomes the moderator."""
    return database.call(
        "create_profile", user=user, handle=handle, display_name=display_name, language=language, invite=invite
    )


def my_profile(database: Database, user: Caller) -> OwnProfile | None:
    """Everything the caller's profile holds; None for a visitor or an account without one."""
    return database.call("my_profile", user=user)


def profile(database: Database, user: Caller, handle: str) -> SeenProfile:
    """A member as the caller may see them, and what links the two."""
    return database.call("profile", user=user, handle=handle)


def update_profile(
    database: Database,
    user: Caller,
    *,
    display_name: str | None = None,
    bio: str | None = None,
    language: str | None = None,
    messages_from: str | None = None,
    feed: dict[str, Any] | None = None,
    wellbeing: dict[str, Any] | None = None,
) -> OwnProfile:
    """Changes what is given of the caller's profile and settings, and returns the profile."""
    return database.call(
        "update_profile",
        user=user,
        display_name=display_name,
        bio=bio,
        language=language,
        messages_from=messages_from,
        feed=feed,
        wellbeing=wellbeing,
    )


def my_invites(database: Database, user: Caller) -> list[Invite]:
    """The caller's invitations, unused ones first."""
    return database.call("my_invites", user=user)


def set_role(database: Database, user: Caller, handle: str, role: str) -> None:
    """Gives a member a role."""
    database.call("set_role", user=user, handle=handle, role=role)


def appoint(database: Database, user: Caller, handle: str, role: str, *, plan: str | None = None) -> None:
    """Gives a member a role and a plan, from the server's side."""
    database.call("appoint", user=user, handle=handle, role=role, plan=plan)


def change_settings(database: Database, user: Caller, changes: dict[str, Any]) -> dict[str, Any]:
    """Changes the settings that are given and returns all of them."""
    return database.call("change_settings", user=user, changes=changes)
