"""What functions about likenesses return: the fields of each kind of row, as JSON gives them."""

from typing import Any, Literal, TypedDict

from data.rows import Audience, PastClips, ProfileCard, State, Visibility

Switch = Literal["politics", "violence", "romance", "brands", "other_cameos", "voice", "minors", "remix"]
Review = Literal["speech", "face", "handle"]  # what a moderator looks into
Permission = Literal["own", "granted", "mutuals", "everyone"]


class Grant(TypedDict):
    handle: str
    state: Literal["asked", "granted", "refused", "revoked", "expired"]
    changed_at: str
    prompt: str  # what the asking member wants to make
    until: str | None


class Cameo(TypedDict):
    """A cameo as its person sees it."""

    id: str
    audience: Audience
    past_clips: PastClips
    wishes: str
    appearance: str
    switches: list[Switch]
    paused: bool
    review: list[Review]  # empty: nothing to wait for
    awaits_guardian: bool
    version: int
    created_at: str
    restrictions: list[str]  # concepts
    grants: list[Grant]


class UsableCameo(ProfileCard):
    audience: Audience
    wishes: str
    appearance: str
    switches: list[Switch]
    restrictions: list[str]


class Terms(TypedDict):
    """The rules of one person in a generation."""

    handle: str
    own: bool  # whether the author is that person: then the rules are not for them
    switches: list[Switch]
    wishes: str
    appearance: str
    restrictions: list[str]


class SealedFace(TypedDict):
    """The description of a face, sealed."""

    owner: str  # id of the member
    face: dict[str, Any]


class OpenFace(TypedDict):
    handle: str
    face: dict[str, Any]


class WardCameo(TypedDict):
    handle: str
    cameo: Cameo


class ReviewedCameo(ProfileCard):
    review: list[Review]
    version: int
    live_check: dict[str, Any]
    recorded_at: str


class CameoForReview(TypedDict):
    likeness: dict[str, Any]  # sealed
    live_check: dict[str, Any]


class LikenessUse(TypedDict):
    """Something that was made, or refused, with the caller or a ward."""

    kind: Literal["use", "refusal"]
    generation: str | None
    clip: str | None
    post: int | None
    visibility: Visibility | None  # of the post
    person: str  # handle of who is seen
    author: ProfileCard
    prompt: str
    state: State
    reason: str | None
    permission: Permission | None
    version: int
    at: str
    kept_at: str | None
    withdrawn_at: str | None


class LikenessRecord(TypedDict):
    person: str
    at: str
    consents: list[dict[str, Any]]
    uses: list[dict[str, Any]]
