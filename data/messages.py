"""Messages between two members."""

from data.client import Caller, Database
from data.rows import Conversation, Message


def send_message(
    database: Database, user: Caller, handle: str, *, body: str | None = None, post: int | None = None
) -> int:
    """Sends a message, perhaps with a post; the message's id."""
    return database.call("send_message", user=user, handle=handle, body=body, post=post)


def conversation(
    database: Database, user: Caller, handle: str, *, before: int | None = None, limit: int | None = None
) -> list[Message]:
    """A page of what the caller and a member wrote to each other, newest first."""
    return database.call("conversation", user=user, handle=handle, before=before, limit=limit)


def conversations(database: Database, user: Caller) -> list[Conversation]:
    """The latest message of each of the caller's conversations, newest first."""
    return database.call("conversations", user=user)


def read_conversation(database: Database, user: Caller, handle: str) -> int:
    """Marks what a member wrote to the caller as read; how many messages that were."""
    return database.call("read_conversation", user=user, handle=handle)
