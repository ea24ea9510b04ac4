"""What functions of the feed and of search return: a post with all that its card shows, comments, described feeds.

Ids of members and clips are uuids as text, ids of posts and comments are numbers, times are text in ISO 8601 (UTC).
"""

from typing import Literal, TypedDict

from data.rows import Notification, ProfileCard, Visibility

Reason = Literal[
    "following",  # by somebody whom the caller follows, in the Following stream
    "new",  # newest first, in the Latest stream or with personalisation off
    "author",  # on a member's page; argument: the handle
    "tag",  # the tag was asked for, or the caller likes it; argument: the tag
    "saved",
    "liked",
    "link",  # asked for by its number or link
    "search",  # argument: the words
    "words",  # fits the feed that the caller described; argument: the tag that fits best
    "maker",  # by somebody whom the caller follows or often likes; argument: the handle
    "person",  # stars somebody whom the caller follows; argument: the handle
    "fresh",  # it was published a moment ago
    "remixed",  # many made something from it
    "saved_by_many",
    "popular",  # liked and talked about
    "new_maker",  # by somebody who has just begun; argument: the handle
]


class Why(TypedDict):
    """Why a post is shown."""

    code: Reason
    argument: str | None
    terms: dict[str, float]  # of its score, by name; empty where posts are not scored


class PostAuthor(ProfileCard):
    followed: bool  # by the caller


class PostClip(TypedDict):
    id: str
    video_path: str
    poster_path: str
    preview_path: str
    seconds: float
    width: int
    height: int
    engine: str
    parent: str | None  # clip
    mark: int | None  # the number in its invisible mark
    signed: bool  # whether it carries a credential


class RemixOf(TypedDict):
    """The post that a clip was made from, where the caller may see it."""

    post: int
    handle: str
    display_name: str


class Post(TypedDict):
    id: int
    caption: str
    visibility: Visibility
    tags: list[str]  # who and what first
    prompt: str | None  # where its author shows it
    published_at: str
    likes: int
    comments: int
    saves: int
    views: int
    remixes: int
    held: bool
    label: Literal["sensitive", "misleading", "disputed", "altered"] | None  # what a moderator wants viewers to know
    allow_remix: bool
    allow_comments: bool
    allow_download: bool
    why: Why
    mine: bool
    link_key: str | None  # for its author
    author: PostAuthor
    people: list[str]  # handles
    liked: bool
    saved: bool
    clip: PostClip
    remix_of: RemixOf | None


class DescribedFeed(TypedDict):
    """A feed that a member described in words, and how the words were understood."""

    id: int
    name: str
    words: str
    weights: dict[str, float]  # concept → how much it is wanted, -1 to 1; -0.5 or less leaves it out
    created_at: str


class FeedWeights(TypedDict):
    """How For you is ranked: what each term of a post's score counts, and what the terms are made of."""

    tags: float
    makers: float
    people: float
    fresh: float
    creation: float
    new_maker: float
    fresh_hours: float  # in which freshness halves
    remix_value: float
    save_value: float
    comment_value: float
    like_value: float
    view_value: float
    new_maker_days: int
    new_maker_share: float  # of the places
    trend_makers: int  # different ones, who make a trend of a tag


class FoundMember(ProfileCard):
    followers: int
    followed: bool  # by the caller


class TagCount(TypedDict):
    tag: str
    posts: int  # public ones, counted to 100


class Trend(TypedDict):
    tag: str
    posts: int  # of the last days
    makers: int
    growth: float  # how many times as often as before


class PostCounts(TypedDict):
    """What changes of a post while it is on a screen."""

    id: int
    likes: int
    comments: int
    saves: int
    remixes: int
    liked: bool
    saved: bool


class Changes(TypedDict):
    """What is new for a member, and on their screen."""

    cursor: int  # to ask with next time
    new: list[Notification]  # at most 10, oldest first
    unread_notifications: int  # counted to 100
    unread_messages: int  # counted to 100
    latest_message: int  # sent or received; 0: none
    posts: list[PostCounts]


class Comment(TypedDict):
    id: int
    body: str
    answers: int | None  # the comment that it answers
    thread: int | None  # the comment that began its thread; None: it began one itself
    answer_count: int  # in its thread, where it began one
    created_at: str
    removable: bool  # whether the caller may remove it
    author: ProfileCard
