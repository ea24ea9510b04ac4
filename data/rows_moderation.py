"""What functions of moderation, policy and rights return: the fields of each kind of row, as JSON gives them."""

from typing import Any, Literal, TypedDict

from data.rows import Storyboard

CaseKind = Literal["post", "comment", "profile", "message", "cameo", "rights", "generation", "ruling"]
CaseState = Literal["open", "ban_proposed", "decided", "appealed", "closed"]
Label = Literal["sensitive", "misleading", "disputed", "altered"]
Verdict = Literal["allow", "hold", "refuse"]


class _CaseRow(TypedDict):
    id: int
    target_kind: CaseKind
    target_id: str
    accused: str | None  # handle
    state: CaseState
    opened_at: str
    answer_by: str | None  # until then a rights claimant may answer an objection
    reports: list[dict[str, Any]]  # reason, note, created_at; for moderators
    rulings: list[dict[str, Any]]
    decisions: list[dict[str, Any]]  # decision, reason, final, proposed, created_at
    appeal: str | None


class Case(_CaseRow):
    """A case as moderators see it."""

    report_count: int
    priority: float
    minors: bool


class OwnCase(_CaseRow):
    """A decided case as whoever it is about sees it."""

    struck: bool  # whether a strike of it still counts
    may_appeal: bool


class CaseTarget(TypedDict):
    kind: CaseKind
    id: str
    author: str | None  # handle
    text: str | None


class CaseClip(TypedDict):
    """A clip with its recipe."""

    id: str
    video_path: str
    poster_path: str
    preview_path: str
    seconds: float
    width: int
    height: int
    held: bool
    engine: str
    seed: int
    prompt: str | None
    storyboard: Storyboard
    parent: str | None
    people: list[str]  # handles
    rulings: list[dict[str, Any]]


class History(TypedDict):
    """What is known of whoever a case is about."""

    handle: str
    joined: str
    suspended_until: str | None
    banned_at: str | None
    live_strikes: int
    posts: int
    refusals: int  # in thirty days
    decisions: list[dict[str, Any]]  # the latest ten: case, decision, reason, created_at


class SimilarCase(TypedDict):
    case: int
    target_kind: CaseKind
    decision: str
    reason: str
    rule: str | None
    shared: int  # how much it has in common


class Claim(TypedDict):
    """A rights claim as moderators see it."""

    name: str  # the claimant's, as signed
    work: str
    statement: str
    counter_statement: str | None
    insists: bool | None
    reference: str | None
    created_at: str


class OwnClaim(Claim):
    case: int


class CaseView(Case):
    """A case with everything that it takes to decide it."""

    target: CaseTarget
    clip: CaseClip | None
    history: History | None  # none once the account is gone
    reporters: list[dict[str, int]]  # reports, upheld: their record, never their names
    similar: list[SimilarCase]
    mine: bool  # whether the caller has decided it before
    claim: Claim | None


class Standing(TypedDict):
    strikes: list[dict[str, Any]]  # case, created_at, expires_at; those that still count
    suspended_until: str | None
    banned_at: str | None


class OwnRefusal(TypedDict):
    """A text of the caller's that the rules refused; the text itself is not kept."""

    id: int
    stage: str
    verdict: Verdict
    rule: str
    reason: str
    created_at: str
    overturned: bool | None  # what a moderator said to an appeal
    case: int | None


class AuditPage(TypedDict):
    broken_at: int | None  # the first entry that was tampered with
    entries: list[dict[str, Any]]  # id, at, actor and subject with the handles they have now, action, data


class AuditCheck(TypedDict):
    rows: int
    broken_at: int | None
    head: str | None  # hash of the latest entry, in hexadecimal
    known: bool  # whether the hash that was asked about is in the log


class LivePolicy(TypedDict):
    number: int | None  # none: the shipped policy as it is
    amendments: dict[str, Any]  # checked by pipelines/safety/policy.py
    published_at: str | None
    licensed: list[str]  # ids of characters


class PolicyVersion(TypedDict):
    number: int
    state: Literal["draft", "live", "retired"]
    amendments: dict[str, Any]
    note: str
    author: str | None  # handle
    created_at: str
    published_at: str | None


class PolicyExample(TypedDict):
    id: int
    text: str
    language: Literal["en", "fr"]
    area: str
    expected: Verdict
    note: str


class Character(TypedDict):
    concept: str
    name: str
    holder: str
    aliases: list[str]
    licensed: bool
    royalty: int  # credits a clip
    contexts: list[str]  # places; none: anywhere
    attribution: str
    terms: str


class Royalties(TypedDict):
    total: int  # credits
    clips: int


class StatementLine(TypedDict):
    """What a character earned in a month."""

    month: str
    holder: str
    concept: str
    name: str
    clips: int
    credits: int


class Transparency(TypedDict):
    """How the place was moderated lately; null where fewer than five people stand behind a number."""

    days: int
    reports: dict[str, int | None]  # by reason
    decisions: dict[str, int | None]
    appeals: dict[str, int | None]  # heard, overturned
    hours_to_decision: float | None  # median
    refusals: dict[str, int | None]  # by area
    claims: dict[str, int | None]  # filed, countered
    waiting: int
    policy: int | None  # the live version
