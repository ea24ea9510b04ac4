"""The Feed tab: streams of posts, one a screen, and feeds that people describe in words."""

import gradio as gr

from data import feed, profiles, social
from data.errors import Invalid
from ui.area import area
from ui.calls import Asking, Call
from ui.described import weights_told
from ui.studio import Studio
from ui.telling_posts import posts_told

PAGE = 6  # posts at once
STREAMS = ("for_you", "following", "latest", "described", "tag", "by", "saved", "liked")


class Feed:
    """What the Feed tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "feed/page": self.page,
            "feed/changes": self.changes,
            "feed/describe": self.describe,
            "feed/mine": self.mine,
            "feed/keep": self.keep,
            "feed/forget": self.forget,
            "feed/watched_today": self.watched_today,
        }

    def page(self, asking: Asking) -> dict:
        """{"posts"}: the next posts of a stream. Scored streams are told what was shown, the others where to go on."""
        stream, limit = asking.text("stream") or "for_you", PAGE
        if stream not in STREAMS:
            raise Invalid("There is no such stream.")
        shown = [id for id in asking.items("shown", most=2000) if isinstance(id, int)]
        before = {"before": asking.text("before") or None, "before_id": asking.number("before_id")}
        who = (self._database, asking.caller)
        match stream:
            case "for_you":
                posts = feed.for_you_feed(*who, shown=shown, limit=limit)
            case "described":
                posts = feed.described_feed(*who, weights_of(asking), shown=shown, limit=limit)
            case "following":
                posts = feed.following_feed(self._database, asking.member(), **before, limit=limit)
            case "latest":
                posts = feed.latest_feed(*who, **before, limit=limit)
            case "by":
                posts = feed.posts_by(*who, asking.text("handle", longest=40), **before, limit=limit)
            case "tag":
                from data import search

                posts = search.posts_tagged(*who, asking.text("tag", longest=60), **before, limit=limit)
            case "saved":
                posts = feed.saved_posts(self._database, asking.member(), before=before["before"], limit=limit)
            case "liked":
                posts = feed.liked_posts(self._database, asking.member(), before=before["before"], limit=limit)
        return {"posts": posts_told(posts, asking.language)}

    def changes(self, asking: Asking) -> dict:
        """What is new for the caller since a cursor, and the counts of the posts on screen."""
        posts = [id for id in asking.items("posts", most=20) if isinstance(id, int)]
        return feed.changes_since(self._database, asking.caller, cursor=asking.number("cursor"), posts=posts)

    def describe(self, asking: Asking) -> dict:
        """{"weights": [{"concept", "name", "weight"}], "missed"}: how a description of a feed was read."""
        return weights_told(asking.text("words", longest=300), asking.language)

    def mine(self, asking: Asking) -> dict:
        """{"feeds"}: the feeds that the caller described."""
        return {"feeds": feed.my_described_feeds(self._database, asking.caller) if asking.caller.id else []}

    def keep(self, asking: Asking) -> dict:
        """The described feed that was kept or changed."""
        kept = feed.save_described_feed(
            self._database,
            asking.member(),
            asking.text("name", longest=60),
            asking.text("words", longest=300),
            weights_of(asking),
            id=asking.number("id"),
        )
        return {"feed": kept}

    def forget(self, asking: Asking) -> dict:
        """Deletes a described feed of the caller's."""
        feed.delete_described_feed(self._database, asking.member(), asking.number("id") or 0)
        return {}

    def watched_today(self, asking: Asking) -> dict:
        """{"seconds_today", "daily_minutes"} and the caller's own wishes about watching; {} for a guest."""
        if asking.caller.id is None:
            return {}
        mine = profiles.my_profile(self._database, asking.caller) or {}
        wishes = {"feed": mine.get("feed", {}), "wellbeing": mine.get("wellbeing", {})}
        return dict(social.my_watch_time(self._database, asking.caller)) | wishes


def weights_of(asking: Asking) -> dict[str, float]:
    """The weights that were sent. Raises Invalid."""
    weights = asking.fields("weights")
    if len(weights) > 40 or not all(isinstance(value, int | float) and -1 <= value <= 1 for value in weights.values()):
        raise Invalid("A feed weighs at most 40 things, each from -1 to 1.")
    return weights


def create_feed_tab(studio: Studio) -> None:
    """The streams."""
    with gr.Column(elem_classes="feed-tab"):
        area("feed", "feed.js")
