"""Clips and the posts that publish them."""

from data.client import Caller, Database
from data.rows import Clip, ClipWithRecipe, Kin, Published, RemixSource, Visibility


def clip(database: Database, user: Caller, id: str) -> ClipWithRecipe:
    """One clip that the caller may see; with its recipe for its author and the people in it."""
    return database.call("clip", user=user, id=id)


def drafts(database: Database, user: Caller, *, before: str | None = None, limit: int | None = None) -> list[Clip]:
    """A page of the caller's clips that are not published, newest first."""
    return database.call("drafts", user=user, before=before, limit=limit)


def clips_starring_me(
    database: Database, user: Caller, *, before: str | None = None, limit: int | None = None
) -> list[Clip]:
    """A page of the clips that star the caller or a ward, drafts too, newest first."""
    return database.call("clips_starring_me", user=user, before=before, limit=limit)


def remixes(database: Database, user: Caller, clip: str, *, limit: int | None = None) -> list[Clip]:
    """Clips made from this one that the caller may see, newest first."""
    return database.call("remixes", user=user, clip=clip, limit=limit)


def remix_source(database: Database, user: Caller, clip: str) -> RemixSource:
    """A clip with its storyboard, for a member who may remix it; refuses as a request would."""
    return database.call("remix_source", user=user, clip=clip)


def lineage(database: Database, user: Caller, clip: str) -> list[Kin]:
    """A clip, those it was made from and those made from it, as far as the caller may see them."""
    return database.call("lineage", user=user, clip=clip)


def publish_post(
    database: Database,
    user: Caller,
    clip: str,
    *,
    caption: str | None = None,
    visibility: Visibility | None = None,
    allow_remix: bool | None = None,
    allow_comments: bool | None = None,
    allow_download: bool | None = None,
    show_prompt: bool | None = None,
) -> Published:
    """Publishes a clip of the caller's, says what others may do with it (by default everything), and whether its prompt
    is shown (by default not); the post's id and the key of its link."""
    return database.call(
        "publish_post",
        user=user,
        clip=clip,
        caption=caption,
        visibility=visibility,
        allow_remix=allow_remix,
        allow_comments=allow_comments,
        allow_download=allow_download,
        show_prompt=show_prompt,
    )


def update_post(
    database: Database,
    user: Caller,
    post: int,
    *,
    caption: str | None = None,
    visibility: Visibility | None = None,
    allow_remix: bool | None = None,
    allow_comments: bool | None = None,
    allow_download: bool | None = None,
    show_prompt: bool | None = None,
) -> None:
    """Changes what is given of a post of the caller's."""
    database.call(
        "update_post",
        user=user,
        post=post,
        caption=caption,
        visibility=visibility,
        allow_remix=allow_remix,
        allow_comments=allow_comments,
        allow_download=allow_download,
        show_prompt=show_prompt,
    )


def remove_post(database: Database, user: Caller, post: int) -> None:
    """Takes a post down, for its author and for everyone in it. The clip stays a draft."""
    database.call("remove_post", user=user, post=post)


def withdraw_from_clip(database: Database, user: Caller, clip: str) -> None:
    """The caller, or a ward of theirs, no longer agrees to this one clip: it is never seen again."""
    database.call("withdraw_from_clip", user=user, clip=clip)


def delete_clip(database: Database, user: Caller, clip: str) -> None:
    """Deletes a clip for its author or anyone in it: posts fall, and its files go with the next sweep."""
    database.call("delete_clip", user=user, clip=clip)
