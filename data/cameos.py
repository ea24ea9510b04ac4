"""A person's likeness, its rules, and who may use it."""

from typing import Any

from data.client import Caller, Database
from data.rows import Audience, PastClips
from data.rows_cameos import (
    Cameo,
    CameoForReview,
    LikenessRecord,
    LikenessUse,
    OpenFace,
    ReviewedCameo,
    SealedFace,
    Switch,
    Terms,
    UsableCameo,
    WardCameo,
)

# ---- recording: for the app's own server


def keep_cameo_challenge(
    database: Database, user: Caller, owner: str, steps: list[dict[str, Any]], seconds: int | None = None
) -> str:
    """Keeps what a member's recording must show, for a few minutes; its id. At most 20 a day."""
    return database.call("keep_cameo_challenge", user=user, owner=owner, steps=steps, seconds=seconds)


def take_cameo_challenge(database: Database, user: Caller, owner: str, id: str) -> list[dict[str, Any]]:
    """What a recording must show, given out once and in time."""
    return database.call("take_cameo_challenge", user=user, owner=owner, id=id)


def recording_marks(database: Database, user: Caller) -> list[dict[str, Any]]:
    """What knows earlier recordings again, the newest 2,000."""
    return database.call("recording_marks", user=user)


def cameo_faces(database: Database, user: Caller, owner: str) -> list[SealedFace]:
    """The sealed faces of everybody else: nobody records a cameo of somebody who has one."""
    return database.call("cameo_faces", user=user, owner=owner)


def faces_open_to(database: Database, user: Caller, member: str) -> list[OpenFace]:
    """The sealed faces that a member may upload: their own, and those of people who let them."""
    return database.call("faces_open_to", user=user, member=member)


def save_cameo(
    database: Database,
    user: Caller,
    owner: str,
    likeness: dict[str, Any],
    live_check: dict[str, Any],
    consent: str | None = None,
    mark: dict[str, Any] | None = None,
    face: dict[str, Any] | None = None,
    resembles: list[str] | None = None,
) -> Cameo:
    """Keeps a new version of a member's likeness, which passed its live check. What looks odd waits for a moderator."""
    return database.call(
        "save_cameo",
        user=user,
        owner=owner,
        likeness=likeness,
        live_check=live_check,
        consent=consent,
        mark=mark,
        face=face,
        resembles=resembles,
    )


# ---- one's own cameo


def my_cameo(database: Database, user: Caller) -> Cameo | None:
    """The caller's cameo with its rules and grants, without the likeness; None when there is none."""
    return database.call("my_cameo", user=user)


def my_likeness(database: Database, user: Caller) -> dict[str, Any] | None:
    """The caller's own captured likeness, sealed; None when there is none."""
    return database.call("my_likeness", user=user)


def set_cameo_rules(
    database: Database,
    user: Caller,
    audience: Audience | None = None,
    past_clips: PastClips | None = None,
    wishes: str | None = None,
    restrictions: list[str] | None = None,
    switches: list[Switch] | None = None,
    appearance: str | None = None,
    paused: bool | None = None,
) -> Cameo:
    """Changes what is given of the rules of the caller's cameo. What they no longer allow falls at once; a pause hides
    only."""
    return database.call(
        "set_cameo_rules",
        user=user,
        audience=audience,
        past_clips=past_clips,
        wishes=wishes,
        restrictions=restrictions,
        switches=switches,
        appearance=appearance,
        paused=paused,
    )


def grant_cameo(database: Database, user: Caller, handle: str, until: str | None = None) -> None:
    """Lets a member use the caller's cameo, under its audience and restrictions, for ever or until a time."""
    database.call("grant_cameo", user=user, handle=handle, until=until)


def revoke_cameo(database: Database, user: Caller, handle: str) -> None:
    """Ends or refuses a member's permission, under every audience. Their clips with the caller fall, unless the caller
    lets past ones stand."""
    database.call("revoke_cameo", user=user, handle=handle)


def ask_for_cameo(database: Database, user: Caller, handle: str, prompt: str | None = None) -> str:
    """Asks a person for permission and says what for, once; the state of the answer."""
    return database.call("ask_for_cameo", user=user, handle=handle, prompt=prompt)


def usable_cameos(database: Database, user: Caller, named: list[str] | None = None) -> list[UsableCameo]:
    """People whom the caller may star: oneself, those who granted it, those the caller follows and those named by their
    handles, who allow it."""
    return database.call("usable_cameos", user=user, named=named)


def delete_cameo(database: Database, user: Caller, past_clips: PastClips | None = None) -> None:
    """Deletes the caller's likeness at once, and every clip with it, unless the caller lets past ones stand."""
    database.call("delete_cameo", user=user, past_clips=past_clips)


def likeness_uses(
    database: Database, user: Caller, before: str | None = None, limit: int | None = None
) -> list[LikenessUse]:
    """What was made or tried with the caller or their wards, newest first: by whom, when, under which permission, and
    what became of it."""
    return database.call("likeness_uses", user=user, before=before, limit=limit)


def likeness_record(database: Database, user: Caller) -> LikenessRecord:
    """Every consent of the caller and every use of their likeness, to be signed as a receipt."""
    return database.call("likeness_record", user=user)


# ---- making clips: for the worker


def cameo_terms(database: Database, user: Caller, generation: str, lease: str) -> list[Terms]:
    """The rules of everyone in a generation, for the worker that holds its lease."""
    return database.call("cameo_terms", user=user, generation=generation, lease=lease)


def note_refused_use(database: Database, user: Caller, author: str, handle: str, prompt: str, reason: str) -> None:
    """Keeps for a person that somebody wanted to make something with them and was refused; the same prompt once."""
    database.call("note_refused_use", user=user, author=author, handle=handle, prompt=prompt, reason=reason)


def end_expired_grants(database: Database, user: Caller) -> int:
    """Ends permissions whose day has come, with all that follows; how many. Call it every minute or so."""
    return database.call("end_expired_grants", user=user)


# ---- guardians and moderators


def wards_cameos(database: Database, user: Caller) -> list[WardCameo]:
    """The cameos of the caller's wards, with their rules; never the likeness."""
    return database.call("wards_cameos", user=user)


def approve_ward_cameo(database: Database, user: Caller, handle: str) -> None:
    """A guardian agrees to a ward's newest cameo: until then nobody uses it."""
    database.call("approve_ward_cameo", user=user, handle=handle)


def cameos_to_review(database: Database, user: Caller) -> list[ReviewedCameo]:
    """Cameos that wait for a moderator, oldest first, and why."""
    return database.call("cameos_to_review", user=user)


def cameo_for_review(database: Database, user: Caller, handle: str) -> CameoForReview:
    """The sealed likeness of a cameo under review, for a moderator who compares and listens. Every look leaves a
    trace."""
    return database.call("cameo_for_review", user=user, handle=handle)


def review_cameo(database: Database, user: Caller, handle: str, accept: bool, reason: str) -> None:
    """A moderator lets others use a cameo, or deletes it with every clip of it."""
    database.call("review_cameo", user=user, handle=handle, accept=accept, reason=reason)
