"""What members do with each other and with posts."""

from data.client import Caller, Database
from data.rows import Blocks, ProfileCard, WatchTime
from data.rows_feed import Comment


def follow(database: Database, user: Caller, handle: str) -> None:
    """The caller follows a member."""
    database.call("follow", user=user, handle=handle)


def unfollow(database: Database, user: Caller, handle: str) -> None:
    """The caller stops following a member."""
    database.call("unfollow", user=user, handle=handle)


def followers(database: Database, user: Caller, handle: str, *, limit: int | None = None) -> list[ProfileCard]:
    """Members who follow this one."""
    return database.call("followers", user=user, handle=handle, limit=limit)


def following(database: Database, user: Caller, handle: str, *, limit: int | None = None) -> list[ProfileCard]:
    """Members whom this one follows."""
    return database.call("following", user=user, handle=handle, limit=limit)


def block(database: Database, user: Caller, handle: str) -> None:
    """The caller blocks a member: neither sees or hears of the other from now on."""
    database.call("block", user=user, handle=handle)


def unblock(database: Database, user: Caller, handle: str) -> None:
    """The caller lifts a block."""
    database.call("unblock", user=user, handle=handle)


def mute(database: Database, user: Caller, handle: str) -> None:
    """The caller mutes a member: no more of them in feed and notifications."""
    database.call("mute", user=user, handle=handle)


def unmute(database: Database, user: Caller, handle: str) -> None:
    """The caller lifts a mute."""
    database.call("unmute", user=user, handle=handle)


def my_blocks(database: Database, user: Caller) -> Blocks:
    """Handles of the members whom the caller blocked and muted."""
    return database.call("my_blocks", user=user)


def like_post(database: Database, user: Caller, post: int) -> int:
    """The caller likes a post; its likes now."""
    return database.call("like_post", user=user, post=post)


def unlike_post(database: Database, user: Caller, post: int) -> int:
    """The caller takes a like back; the post's likes now."""
    return database.call("unlike_post", user=user, post=post)


def save_post(database: Database, user: Caller, post: int) -> None:
    """The caller keeps a post for later."""
    database.call("save_post", user=user, post=post)


def unsave_post(database: Database, user: Caller, post: int) -> None:
    """The caller no longer keeps a post."""
    database.call("unsave_post", user=user, post=post)


def not_interested(database: Database, user: Caller, post: int) -> None:
    """The caller wants to see less like this post, and never this one again."""
    database.call("not_interested", user=user, post=post)


def interested_again(database: Database, user: Caller, post: int) -> None:
    """The caller takes "not interested" back."""
    database.call("interested_again", user=user, post=post)


def add_comment(database: Database, user: Caller, post: int, body: str, *, answers: int | None = None) -> int:
    """The caller comments on a post; the comment's id."""
    return database.call("add_comment", user=user, post=post, body=body, answers=answers)


def remove_comment(database: Database, user: Caller, comment: int) -> None:
    """Removes a comment with its answers, for who wrote it, for the author of the post, and for moderators."""
    database.call("remove_comment", user=user, comment=comment)


def comments(
    database: Database, user: Caller, post: int, *, before: int | None = None, limit: int | None = None
) -> list[Comment]:
    """A page of the comments that begin a thread below a post, newest first, and how many answers each has."""
    return database.call("comments", user=user, post=post, before=before, limit=limit)


def answers(
    database: Database, user: Caller, comment: int, *, after: int | None = None, limit: int | None = None
) -> list[Comment]:
    """A page of the answers in the thread that a comment began, oldest first."""
    return database.call("answers", user=user, comment=comment, after=after, limit=limit)


def record_watch(
    database: Database,
    user: Caller,
    post: int,
    seconds: float,
    *,
    completed: bool | None = None,
    skipped: bool | None = None,
) -> None:
    """Records that the caller watched a post, for how many seconds."""
    database.call("record_watch", user=user, post=post, seconds=seconds, completed=completed, skipped=skipped)


def my_watch_time(database: Database, user: Caller) -> WatchTime:
    """How many seconds the caller watched today, and the daily limit in minutes, their own or a guardian's."""
    return database.call("my_watch_time", user=user)


def forget_watch_history(database: Database, user: Caller) -> int:
    """Erases what the caller watched; how many events that were."""
    return database.call("forget_watch_history", user=user)
