"""What will be shown and heard: shots, their parts, and how much of the prompt they hold.

Concept names (`dog`, `run`, `meadow`, `sunset`) are plain English ids whatever the prompt's language.
A storyboard can be edited by hand, so every field is bounded and checked.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Concept = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=500)]


class Style(StrEnum):
    """Who paints: the look of every frame of a shot."""

    CINEMATIC = "cinematic"
    FLAT = "flat"  # flat animation: clean fills, few hard shades
    PAPER = "paper"  # paper cut-out: textured sheets with shadows between them


class Time(StrEnum):
    DAWN = "dawn"
    DAY = "day"
    SUNSET = "sunset"
    NIGHT = "night"


class Weather(StrEnum):
    CLEAR = "clear"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    STORM = "storm"
    WIND = "wind"


class Season(StrEnum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Framing(StrEnum):
    """How much of the subject fills the frame."""

    WIDE = "wide"
    FULL = "full"
    MEDIUM = "medium"
    CLOSE = "close"


class Move(StrEnum):
    STATIC = "static"
    PAN = "pan"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    TRACK = "track"  # travels beside the subject
    CRANE = "crane"  # rises while it looks on
    ORBIT = "orbit"


class Angle(StrEnum):
    EYE = "eye"
    LOW = "low"
    HIGH = "high"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Camera(_Part):
    framing: Framing = Framing.FULL
    move: Move = Move.STATIC
    angle: Angle = Angle.EYE


class Subject(_Part):
    """Somebody or something in the shot."""

    kind: Concept  # dog, woman, ball …
    count: Annotated[int, Field(ge=1, le=12)] = 1
    colours: tuple[Concept, ...] = ()  # most important first
    attributes: tuple[Concept, ...] = ()  # puppy, old, bandana_red, happy …
    action: Concept | None = None  # run, jump, bounce … None: what this kind does by itself
    cameo: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{3,30}$")] | None = None  # handle of a real person


class Line(_Part):
    """Something that is said aloud."""

    text: Text
    # Kind of the subject who says it, or the handle of the person who plays it; None: a voice from off screen.
    speaker: Concept | None = None
    language: Literal["en", "fr"] = "en"


class Shot(_Part):
    seconds: Annotated[float, Field(ge=0.5, le=20)] = 5.0
    place: Concept | None = None  # None: nothing said, the engine's plain default
    time: Time = Time.DAY
    weather: Weather = Weather.CLEAR
    season: Season = Season.SUMMER
    camera: Camera = Camera()
    style: Style = Style.CINEMATIC
    subjects: Annotated[tuple[Subject, ...], Field(max_length=8)] = ()
    # staged happenings in order: hit_backboard, bounce_rim, roll
    events: Annotated[tuple[Concept, ...], Field(max_length=8)] = ()
    lines: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    sounds: Annotated[tuple[Concept, ...], Field(max_length=8)] = ()  # beyond what is seen: birdsong, crowd …
    music: Concept | None = None  # mood of a music bed: calm, happy, epic, sad …


class Understood(_Part):
    """A phrase of the prompt and the storyboard field that holds it."""

    phrase: Text
    field: Text  # such as "shots.0.subjects.0.kind=dog"


class Coverage(_Part):
    understood: tuple[Understood, ...] = ()
    missed: tuple[Text, ...] = ()  # phrases that no field holds


class Storyboard(_Part):
    version: Literal[1] = 1
    language: Literal["en", "fr"] = "en"  # of the prompt
    shots: Annotated[tuple[Shot, ...], Field(min_length=1, max_length=6)]
    coverage: Coverage = Coverage()

    @property
    def seconds(self) -> float:
        """Length of the whole clip in seconds."""
        return sum(shot.seconds for shot in self.shots)
