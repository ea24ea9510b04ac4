"""A storyboard while it is being read: the same parts, still changeable, and who claims which phrase."""

from dataclasses import dataclass, field

from pipelines.storyboard import Season, Style, Time, Weather


@dataclass(eq=False)
class SubjectDraft:
    """Somebody or something, as far as it has been described."""

    kind: str
    group: str  # person, animal, thing, plant
    gender: str = ""  # male, female, or unknown
    count: int = 1
    colours: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    importance: int = 0  # 0 acts, 1 was mentioned along with another, 2 is scenery
    denied: set[str] = field(default_factory=set)  # actions that the prompt rules out
    cameo: str | None = None  # handle of the real person who plays it

    def copy(self, *, actions: bool) -> "SubjectDraft":
        """The same somebody in a later shot, with or without what they were doing."""
        kept = list(self.actions) if actions else []
        return SubjectDraft(
            self.kind,
            self.group,
            self.gender,
            self.count,
            list(self.colours),
            list(self.attributes),
            kept,
            self.importance,
            cameo=self.cameo,
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can speak, look and wear clothes."""
        return self.group in {"person", "animal"}


@dataclass(eq=False)
class LineDraft:
    """Something said aloud; the speaker may become known only after the words."""

    text: str
    language: str
    speaker: SubjectDraft | None = None


@dataclass(eq=False)
class ShotDraft:
    """A shot as far as it has been read; None where nothing was said."""

    seconds: float | None = None
    place: str | None = None
    time: Time | None = None
    light: Time | None = None  # the hour that the light suggests, unless another is given
    weather: Weather | None = None
    season: Season | None = None
    style: Style | None = None
    camera: dict[str, str] = field(default_factory=dict)
    subjects: list[SubjectDraft] = field(default_factory=list)
    happenings: list[tuple[SubjectDraft | None, str]] = field(default_factory=list)  # in order, actions and events
    staged: set[str] = field(default_factory=set)  # those that are events whatever else happens
    lines: list[LineDraft] = field(default_factory=list)
    sounds: list[str] = field(default_factory=list)
    music: str | None = None
    wants_music: bool = False  # music was asked for, perhaps without a mood
    is_empty: bool = False  # "an empty street": nobody, not even those of the shot before


Owner = SubjectDraft | LineDraft | None


@dataclass(frozen=True)
class Claim:
    """A stretch of the prompt that a field holds: of a shot, of a subject or line in it, or of the whole clip."""

    start: int
    end: int
    shot: ShotDraft
    owner: Owner
    field: str  # such as "place=beach"; of an owner, without its number


@dataclass
class Ledger:
    """Which stretches of the prompt were understood, and which were not."""

    claims: list[Claim] = field(default_factory=list)
    missed: list[tuple[int, int]] = field(default_factory=list)  # (start, end) in the prompt

    def claim(self, start: int, end: int, shot: ShotDraft, owner: Owner, text: str) -> None:
        """Note that a field holds this stretch."""
        self.claims.append(Claim(start, end, shot, owner, text))

    def miss(self, start: int, end: int) -> None:
        """Note that no field holds this stretch."""
        self.missed.append((start, end))
