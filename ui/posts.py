"""What a person does with one post and with its people: the acts behind every card."""

from data import clips, feed, safety, social
from data.rows_feed import Post
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio
from ui.telling_posts import comment_told, post_told

COMMENTS = 30  # on a page
PEOPLE = {
    "follow": social.follow,
    "unfollow": social.unfollow,
    "block": social.block,
    "unblock": social.unblock,
    "mute": social.mute,
    "unmute": social.unmute,
}
SWITCHES = ("allow_remix", "allow_comments", "allow_download", "show_prompt")


class Posts:
    """What cards ask of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database
        self._rules = Rules(self._database)

    def calls(self) -> dict[str, Call]:
        return {
            "post/get": self.get,
            "post/like": self.like,
            "post/save": self.save,
            "post/interest": self.interest,
            "post/watched": self.watched,
            "post/comments": self.comments,
            "post/answers": self.answers,
            "post/comment": self.comment,
            "post/uncomment": self.uncomment,
            "post/publish": self.publish,
            "post/update": self.update,
            "post/remove": self.remove,
            "post/report": self.report,
            "people/relate": self.relate,
        }

    def get(self, asking: Asking) -> dict:
        """{"post"} by its number, or by the key of a shared link."""
        link = asking.text("link", longest=80)
        found: Post = (
            feed.post_by_link(self._database, asking.caller, link)
            if link
            else feed.post(self._database, asking.caller, asking.number("id") or 0)
        )
        return {"post": post_told(found, asking.language)}

    def like(self, asking: Asking) -> dict:
        """{"likes"} after the caller liked a post, or took that back."""
        act = social.unlike_post if asking.flag("undo") else social.like_post
        return {"likes": act(self._database, asking.member(), asking.number("id") or 0)}

    def save(self, asking: Asking) -> dict:
        """Keeps a post for later, or no longer."""
        act = social.unsave_post if asking.flag("undo") else social.save_post
        act(self._database, asking.member(), asking.number("id") or 0)
        return {}

    def interest(self, asking: Asking) -> dict:
        """Shows less like a post, or takes that back."""
        act = social.interested_again if asking.flag("undo") else social.not_interested
        act(self._database, asking.member(), asking.number("id") or 0)
        return {}

    def watched(self, asking: Asking) -> dict:
        """Records what the caller watched: [{"id", "seconds", "completed"}]. Guests leave no trace."""
        if asking.caller.id is None:
            return {}
        for event in asking.items("events", most=20):
            seen = Asking(asking.caller, asking.language, event if isinstance(event, dict) else {})
            seconds = float(seen.sent.get("seconds") or 0) if isinstance(seen.sent.get("seconds"), int | float) else 0.0
            post = seen.number("id") or 0
            social.record_watch(self._database, asking.caller, post, seconds, completed=seen.flag("completed"))
        return {}

    def comments(self, asking: Asking) -> dict:
        """{"comments"}: a page of those that begin a thread, newest first."""
        found = social.comments(
            self._database, asking.caller, asking.number("id") or 0, before=asking.number("before"), limit=COMMENTS
        )
        return {"comments": [comment_told(one, asking.caller.id) for one in found]}

    def answers(self, asking: Asking) -> dict:
        """{"comments"}: a page of the answers to a comment, oldest first."""
        found = social.answers(
            self._database, asking.caller, asking.number("comment") or 0, after=asking.number("after"), limit=COMMENTS
        )
        return {"comments": [comment_told(one, asking.caller.id) for one in found]}

    def comment(self, asking: Asking) -> dict:
        """{"id"} of the new comment."""
        member, body = asking.member(), asking.text("body", longest=2000)
        self._rules.check(asking, body, "comment")
        post, answers = asking.number("id") or 0, asking.number("answers")
        return {"id": social.add_comment(self._database, member, post, body, answers=answers)}

    def uncomment(self, asking: Asking) -> dict:
        """Removes a comment and its answers."""
        social.remove_comment(self._database, asking.member(), asking.number("comment") or 0)
        return {}

    def publish(self, asking: Asking) -> dict:
        """{"id", "link_key"} of the new post of a clip."""
        member, caption = asking.member(), asking.text("caption", longest=2000)
        self._rules.check(asking, caption, "caption")
        switches = {name: asking.flag(name) for name in SWITCHES}
        return dict(
            clips.publish_post(
                self._database,
                member,
                asking.text("clip", longest=36),
                caption=caption,
                visibility=asking.text("visibility", longest=20) or None,
                **switches,
            )
        )

    def update(self, asking: Asking) -> dict:
        """Changes what is sent of a post of the caller's."""
        member = asking.member()
        caption = asking.text("caption", longest=2000) if "caption" in asking.sent else None
        self._rules.check(asking, caption or "", "caption")
        clips.update_post(
            self._database,
            member,
            asking.number("id") or 0,
            caption=caption,
            visibility=asking.text("visibility", longest=20) or None,
            **{name: asking.flag(name) for name in SWITCHES},
        )
        return {}

    def remove(self, asking: Asking) -> dict:
        """Takes a post down; its clip stays a draft."""
        clips.remove_post(self._database, asking.member(), asking.number("id") or 0)
        return {}

    def report(self, asking: Asking) -> dict:
        """{"case"}: the number of the case that a report opened or joined."""
        case = safety.report(
            self._database,
            asking.member(),
            asking.text("kind", longest=20),
            str(asking.sent.get("target") or "")[:60],
            asking.text("reason", longest=40),
            note=asking.text("note", longest=1000) or None,
        )
        return {"case": case}

    def relate(self, asking: Asking) -> dict:
        """Follows, blocks or mutes somebody, or no longer."""
        act = PEOPLE.get(asking.text("act", longest=20))
        if act is not None:
            act(self._database, asking.member(), asking.text("handle", longest=40))
        return {}
