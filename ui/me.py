"""The Me tab: a profile, what it made, saved and liked, and a way to write to it or follow it."""

from data import clips, feed, profiles, social
from ui.area import area
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio
from ui.telling import clip_told
from ui.telling_posts import posts_told

PAGE = 24  # posters on a page


class Me:
    """What the Me tab asks of the server about a profile."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database
        self._rules = Rules(self._database)

    def calls(self) -> dict[str, Call]:
        return {
            "me/profile": self.profile,
            "me/posts": self.posts,
            "me/drafts": self.drafts,
            "me/delete_clip": self.delete_clip,
            "me/people": self.people,
            "me/update": self.update,
        }

    def profile(self, asking: Asking) -> dict:
        """{"profile", "own"}: a member as the caller may see them; without a handle the caller's own."""
        handle = asking.text("handle", longest=40)
        if not handle:
            return {"profile": profiles.my_profile(self._database, asking.member()), "own": True}
        found = profiles.profile(self._database, asking.caller, handle)
        return {"profile": found, "own": found["id"] == asking.caller.id}

    def posts(self, asking: Asking) -> dict:
        """{"posts"}: a page of somebody's posts, or of what the caller saved or liked."""
        kind, before = asking.text("kind", longest=10), asking.text("before") or None
        if kind == "posts":
            who, before_id = asking.text("handle", longest=40), asking.number("before_id")
            found = feed.posts_by(self._database, asking.caller, who, before=before, before_id=before_id, limit=PAGE)
        else:
            page = feed.saved_posts if kind == "saved" else feed.liked_posts
            found = page(self._database, asking.member(), before=before, limit=PAGE)
        return {"posts": posts_told(found, asking.language)}

    def drafts(self, asking: Asking) -> dict:
        """{"clips"}: a page of the caller's clips that are not published."""
        found = clips.drafts(self._database, asking.member(), before=asking.text("before") or None, limit=PAGE)
        return {"clips": [clip_told(one) | {"created_at": one["created_at"]} for one in found]}

    def delete_clip(self, asking: Asking) -> dict:
        """Deletes a clip of the caller's, or one that stars them, for good."""
        clips.delete_clip(self._database, asking.member(), asking.text("clip", longest=36))
        return {}

    def people(self, asking: Asking) -> dict:
        """{"people"}: who follows somebody, or whom they follow."""
        page = social.followers if asking.text("which", longest=10) == "followers" else social.following
        return {"people": page(self._database, asking.caller, asking.text("handle", longest=40), limit=50)}

    def update(self, asking: Asking) -> dict:
        """{"profile"} after the sent fields of the caller's profile and settings were changed."""
        changes: dict[str, object] = {}
        for name in ("display_name", "bio", "language", "messages_from"):
            if name in asking.sent:
                changes[name] = asking.text(name, longest=600)
        for name in ("feed", "wellbeing"):
            if name in asking.sent:
                changes[name] = asking.fields(name)
        for name in ("display_name", "bio"):
            self._rules.check(asking, str(changes.get(name, "")), "caption")
        return {"profile": profiles.update_profile(self._database, asking.member(), **changes)}


def create_me_tab(studio: Studio) -> None:
    """The profile."""
    area("me", "me.js")
