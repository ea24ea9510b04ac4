"""What a browser is told about posts and comments: plain values, for the script to show as text."""

from data.rows_feed import Comment, Post
from ui.concepts import name_of
from ui.telling import media_url
from ui.words import words

_CHOICES = ("time", "weather", "style", "move", "framing")


def post_told(post: Post, language: str) -> dict:
    """All that a card shows of a post. Names of concepts are in the reader's language."""
    clip, why = post["clip"], post["why"]
    told = {key: value for key, value in post.items() if key not in ("clip", "tags", "why")}
    tags = [{"id": tag, "name": tag_name(tag, language)} for tag in post["tags"]]
    argument = why["argument"]
    if why["code"] in ("tag", "words") and argument:
        argument = tag_name(argument, language)
    return told | {
        "tags": tags,
        "why": {"code": why["code"], "argument": argument or "", "terms": why["terms"]},
        "clip": {key: value for key, value in clip.items() if not key.endswith("_path")}
        | {kind: media_url(clip[f"{kind}_path"]) for kind in ("video", "poster", "preview")},
    }


def tag_name(tag: str, language: str) -> str:
    """What a tag is called: a concept of any kind, or a value of one of the storyboard's few choices."""
    known = words(language)
    choice = next((known[key] for field in _CHOICES if (key := f"{field}_{tag}") in known), None)
    return choice or name_of(tag, "any", language)


def posts_told(posts: list[Post], language: str) -> list[dict]:
    return [post_told(post, language) for post in posts]


def comment_told(comment: Comment, own: str | None) -> dict:
    """A comment, and whether the reader wrote it."""
    return dict(comment) | {"mine": comment["author"]["id"] == own}
