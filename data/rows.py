"""What functions of the database return: the fields of each kind of row, as JSON gives them.

Ids of members, clips and generations are uuids as text, ids of posts, comments and the like are numbers, and times are
text in ISO 8601 with their zone (UTC).
"""

from typing import Any, Literal, TypedDict

Audience = Literal["only_me", "people", "mutuals", "everyone"]
PastClips = Literal["remove", "keep"]
Visibility = Literal["public", "followers", "link", "private"]
State = Literal["queued", "running", "done", "failed", "refused", "cancelled"]
Storyboard = dict[str, Any]  # checked where it is made: pipelines/storyboard.py


class ProfileCard(TypedDict):
    """The few words shown beside what a member made or said."""

    id: str
    handle: str
    display_name: str


class Profile(ProfileCard):
    """A member as others see them."""

    bio: str
    language: Literal["en", "fr"]
    role: Literal["member", "moderator", "admin"]
    plan: Literal["free", "plus"]
    follower_count: int
    following_count: int
    created_at: str


class OwnProfile(Profile):
    """A member as they see themselves."""

    messages_from: Literal["everyone", "followed", "nobody"]
    feed: dict[str, Any]
    wellbeing: dict[str, Any]
    suspended_until: str | None
    guardian: str | None  # handle


class SeenProfile(Profile):
    """A member, and what links them to the caller."""

    followed: bool
    follows_me: bool
    muted: bool


class Invite(TypedDict):
    code: str
    used_at: str | None
    used_by: str | None  # handle


class Guardianship(TypedDict):
    ward: str  # handle
    guardian: str  # handle
    state: Literal["offered", "active"]
    cameo_audience: Audience
    messages_from: Literal["everyone", "followed", "nobody"]
    may_publish: bool
    personal_feed: bool
    daily_minutes: int | None
    created_at: str


class Site(TypedDict):
    """What a visitor may know of this installation."""

    sign_up: Literal["open", "invite"]
    daily_credits: int
    empty: bool  # nobody has joined yet


class Blocks(TypedDict):
    blocked: list[str]  # handles
    muted: list[str]  # handles


class Notification(TypedDict):
    id: int
    kind: str
    about: dict[str, Any]  # ids by name
    actor: ProfileCard | None
    created_at: str
    read_at: str | None


class Generation(TypedDict):
    """A request and how far it is."""

    id: str
    author: str
    request: dict[str, Any]
    storyboard: Storyboard
    coverage: dict[str, Any]
    seed: int
    engine: str
    engine_version: str | None
    parent: str | None  # clip
    state: State
    cost: int  # credits
    stage: str
    progress: float  # 0 to 1
    seconds_left: float | None
    attempts: int
    error_code: str | None
    error: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None
    clip: str | None
    ahead: int | None  # how many are claimed before this one, while it waits


class Reference(TypedDict):
    """What a request refers to: an uploaded picture or a clip."""

    path: str | None
    clip: str | None


class LeasedReference(Reference):
    """A reference as the worker gets it."""

    poster_path: str | None  # of the clip, while it is there
    video_path: str | None  # of the clip, while it is there


class LeasedGeneration(TypedDict):
    """A generation as the worker gets it."""

    id: str
    lease: str
    lease_until: str
    author: str
    handle: str
    request: dict[str, Any]
    storyboard: Storyboard
    coverage: dict[str, Any]
    seed: int
    engine: str
    parent: str | None
    parent_video: str | None  # null when it is gone or may not be used
    priority: int  # below 0: makes way for anybody's own request
    attempts: int
    references: list[LeasedReference]


class DemoGeneration(TypedDict):
    """What was asked for in the name of a demo member."""

    author: str
    handle: str
    key: str
    state: State
    clip: str | None
    gone: bool  # the clip was deleted or withdrawn
    was_posted: bool  # now or ever


class Preview(TypedDict):
    image: str  # JPEG in base64
    updated_at: str


class FinishedMedia(TypedDict, total=False):
    """What a worker hands in. Paths were listed with store_media; the last five may be left out."""

    video_path: str
    poster_path: str
    preview_path: str
    sha256: str
    seconds: float
    bytes: int
    width: int
    height: int
    engine_version: str
    mark: int
    fingerprint: dict[str, Any]
    credential: dict[str, Any]
    held: bool


class Clip(TypedDict):
    id: str
    generation: str
    author: ProfileCard | None
    parent: str | None
    video_path: str
    poster_path: str
    preview_path: str
    sha256: str
    mark: int | None
    credential: dict[str, Any] | None
    seconds: float
    bytes: int
    width: int
    height: int
    engine: str
    engine_version: str | None
    held: bool
    created_at: str
    people: list[str]  # handles


class ClipWithRecipe(Clip):
    """A clip, with how it was made for those who may know: its author and the people in it."""

    storyboard: Storyboard | None
    coverage: dict[str, Any] | None
    request: dict[str, Any] | None
    seed: int | None
    post: int | None


class RemixSource(Clip):
    """A clip that the caller may remix, and what it takes."""

    storyboard: Storyboard
    seed: int
    prompt: str | None  # where it is shown
    post: int | None


class Kin(Clip):
    """A clip of one family."""

    step: int  # below 0: the clip was made from it; above 0: it was made from the clip
    post: int | None


class Published(TypedDict):
    id: int
    link_key: str


class WatchTime(TypedDict):
    seconds_today: float
    daily_minutes: int | None  # the limit


class Message(TypedDict):
    id: int
    mine: bool
    body: str
    post: int | None
    created_at: str
    read_at: str | None


Conversation = TypedDict(
    "Conversation", {"with": ProfileCard, "body": str, "created_at": str, "unread": bool}
)  # written so because `with` is a word of Python


class Credits(TypedDict):
    balance: int
    daily_credits: int
    prices: dict[str, int]  # engine → credits per five seconds


class EngineSpeed(TypedDict):
    waiting: int  # clips that wait or are in the making
    seconds_per_megapixel_second: float | None  # of work; None before the first clip


class CreditEntry(TypedDict):
    id: int
    amount: int
    kind: Literal["daily", "gift", "purchase", "generation", "refund", "royalty"]
    generation: str | None
    day: str | None
    note: str
    created_at: str


class Ruling(TypedDict):
    case_id: int | None
    stage: str
    verdict: Literal["allow", "hold", "refuse"]
    rule: str
    reason: str
    evidence: dict[str, Any]
    created_at: str


class NewKey(TypedDict):
    id: str
    key: str  # told this once


class ApiKey(TypedDict):
    id: str
    name: str
    prefix: str
    created_at: str
    last_used_at: str | None
    revoked_at: str | None


class MediaAccess(TypedDict):
    path: str
    purpose: Literal["clip", "poster", "preview", "upload"]
    public: bool  # whether everybody may read it, so that it may be cached
    download: bool  # whether the caller may keep it: the author's switch


class Day(TypedDict):
    """What happened on one day."""

    day: str
    joined: int
    requested: int
    made: int
    posted: int
    watched_minutes: int


class PostNumbers(TypedDict):
    views: int
    likes: int
    comments: int
    remixes: int
    watched_seconds: float
    completed: int
    viewers: int
