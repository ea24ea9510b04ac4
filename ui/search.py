"""Searching: posts by words, tags, members, and what is made more often than before."""

from data import search
from ui.calls import Asking, Call
from ui.described import concepts_in
from ui.studio import Studio
from ui.telling_posts import posts_told, tag_name

FOUND = 24  # posts on a page of results


class Search:
    """What the search asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {"search/all": self.all, "search/trends": self.trends}

    def all(self, asking: Asking) -> dict:
        """{"posts", "tags", "members"} for a few words; further pages bring posts alone."""
        who, words = (self._database, asking.caller), asking.text("words", longest=100).strip()
        before, before_id = asking.text("before") or None, asking.number("before_id")
        posts = search.search_posts(
            *who, words, tags=concepts_in(words), before=before, before_id=before_id, limit=FOUND
        )
        told: dict = {"posts": posts_told(posts, asking.language), "tags": [], "members": []}
        if before is None:
            tags = search.search_tags(*who, words.lstrip("#"))
            told["tags"] = [dict(tag) | {"name": tag_name(tag["tag"], asking.language)} for tag in tags]
            told["members"] = search.search_members(*who, words.lstrip("@"))
        return told

    def trends(self, asking: Asking) -> dict:
        """{"tags"}: what is made more often than before."""
        found = search.trends(self._database, asking.caller)
        return {"tags": [dict(tag) | {"name": tag_name(tag["tag"], asking.language)} for tag in found]}
