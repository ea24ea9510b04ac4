"""The Inbox tab: what a member should know, and what others wrote to them."""

from data import feed, messages, notifications, safety
from data.errors import DataError
from ui.area import area
from ui.calls import Asking, Call
from ui.studio import Studio
from ui.telling_posts import post_told

PAGE = 30
REFUSALS = 20


class Inbox:
    """What the Inbox asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "inbox/news": self.news,
            "inbox/read": self.read,
            "inbox/unread": self.unread,
            "inbox/conversations": self.conversations,
            "inbox/conversation": self.conversation,
            "inbox/send": self.send,
            "inbox/cases": self.cases,
            "inbox/appeal": self.appeal,
            "inbox/appeal_refusal": self.appeal_refusal,
        }

    def news(self, asking: Asking) -> dict:
        """{"news"}: a page of notifications, newest first."""
        before = asking.number("before")
        return {"news": notifications.notifications(self._database, asking.member(), before=before, limit=PAGE)}

    def read(self, asking: Asking) -> dict:
        """Marks notifications up to one as read."""
        notifications.read_notifications(self._database, asking.member(), asking.number("up_to") or 0)
        return {}

    def unread(self, asking: Asking) -> dict:
        """{"notifications", "messages"}: how many are unread; zeros for a guest."""
        if asking.caller.id is None:
            return {"notifications": 0, "messages": 0}
        now = feed.changes_since(self._database, asking.caller)
        return {"notifications": now["unread_notifications"], "messages": now["unread_messages"]}

    def conversations(self, asking: Asking) -> dict:
        """{"conversations"}: the latest message of each."""
        return {"conversations": messages.conversations(self._database, asking.member())}

    def conversation(self, asking: Asking) -> dict:
        """{"messages"}: a page of what the caller and somebody wrote to each other; what is shown is read."""
        member, handle = asking.member(), asking.text("handle", longest=40)
        found = messages.conversation(self._database, member, handle, before=asking.number("before"), limit=PAGE)
        if any(not one["mine"] and not one["read_at"] for one in found):
            messages.read_conversation(self._database, member, handle)
        return {"messages": [dict(one) | {"shared": self._shared(asking, one["post"])} for one in found]}

    def _shared(self, asking: Asking, post: int | None) -> dict | None:
        """The post that came with a message, where the caller may see it."""
        if post is None:
            return None
        try:
            return post_told(feed.post(self._database, asking.caller, post), asking.language)
        except DataError:
            return None

    def send(self, asking: Asking) -> dict:
        """{"id"} of the message that was sent."""
        handle, body = asking.text("handle", longest=40), asking.text("body", longest=4000) or None
        sent = messages.send_message(self._database, asking.member(), handle, body=body, post=asking.number("post"))
        return {"id": sent}

    def cases(self, asking: Asking) -> dict:
        """{"cases", "refusals", "standing"}: what was decided about the caller, and where they stand."""
        member = asking.member()
        return {
            "cases": safety.my_cases(self._database, member),
            "refusals": safety.my_refusals(self._database, member, limit=REFUSALS),
            "standing": safety.my_standing(self._database, member),
        }

    def appeal(self, asking: Asking) -> dict:
        """Appeals against a decision."""
        safety.appeal(self._database, asking.member(), asking.number("case") or 0, asking.text("body", longest=2000))
        return {}

    def appeal_refusal(self, asking: Asking) -> dict:
        """{"case"}: a moderator looks at a text that the rules refused; the text is sent again, for none is kept."""
        text, body = asking.text("text", longest=2000), asking.text("body", longest=2000)
        ruling = asking.number("ruling") or 0
        return {"case": safety.appeal_refusal(self._database, asking.member(), ruling, text, body)}


def create_inbox_tab(studio: Studio) -> None:
    """Notifications and messages."""
    area("inbox", "inbox.js")


def create_help_tab(studio: Studio) -> None:
    """What Hibari is, and its keys."""
    area("help", "help.js")
