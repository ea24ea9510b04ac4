"""What somebody asked for: one prompt and the settings of one clip, checked before any work starts."""

import os
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipelines.storyboard import Style

MAX_PROMPT = 2000  # characters
MIN_SECONDS, MAX_SECONDS = 1.0, 20.0
MIN_SIDE, MAX_SIDE = 128, 1920  # pixels
FRAMES_PER_SECOND = 24

SHAPES = {"9:16": (540, 960), "16:9": (960, 540), "1:1": (720, 720)}  # name → (width, height) in pixels


class RequestError(ValueError):
    """The request cannot be made as it stands; the message says what was given, the limit, and what to do."""


class EngineOptions(BaseModel):
    """What may be asked of a hub model beyond the usual. None: as its catalog entry says. The world engine has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: Annotated[int, Field(ge=1, le=100)] | None = None  # more: slower, often better
    guidance: Annotated[float, Field(ge=0, le=20)] | None = None  # how closely it keeps to the prompt
    strength: Annotated[float, Field(gt=0, le=1)] | None = None  # how far a remix moves away from its parent
    sound: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")] | None = None  # catalogued model of ambience


class Edit(BaseModel):
    """How a clip is made from others: one that is cut, several joined, or one that goes on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["trim", "join", "extend"]
    start: Annotated[float, Field(ge=0, le=MAX_SECONDS)] = 0.0  # trim: where it begins, in seconds of the source
    end: Annotated[float, Field(gt=0, le=MAX_SECONDS)] = MAX_SECONDS  # trim: where it ends
    kept: Annotated[int, Field(ge=1, le=6)] = 1  # extend: so many shots of the storyboard does the source show


class GenerationRequest(BaseModel):
    """One clip that somebody wants. Immutable; the same request always gives the same frames and samples."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    prompt: str
    seconds: Annotated[float, Field(ge=MIN_SECONDS, le=MAX_SECONDS)] | None = None  # None: the prompt decides, else 5
    width: Annotated[int, Field(ge=MIN_SIDE, le=MAX_SIDE)] = 540  # pixels, even
    height: Annotated[int, Field(ge=MIN_SIDE, le=MAX_SIDE)] = 960  # pixels, even
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    style: Style | None = None  # None: the prompt decides, else cinematic
    engine: str = "world"
    options: EngineOptions = EngineOptions()
    edit: Edit | None = None  # None: drawn from its storyboard alone

    @field_validator("prompt")
    @classmethod
    def _prompt_has_words(cls, prompt: str) -> str:
        prompt = "".join(c for c in prompt if c.isprintable() or c in "\n\t").strip()
        if not prompt:
            raise ValueError("The prompt is empty. Say in a sentence what should be seen and heard.")
        if len(prompt) > MAX_PROMPT:
            raise ValueError(f"The prompt has {len(prompt):,} characters; the limit is {MAX_PROMPT:,}. Shorten it.")
        return prompt

    @field_validator("width", "height")
    @classmethod
    def _side_is_even(cls, side: int) -> int:
        if side % 2:
            raise ValueError(f"Width and height must be even numbers of pixels; {side} is odd.")
        return side


def make_request(**fields: object) -> GenerationRequest:
    """A checked request. Raises RequestError with one sentence per field that is wrong."""
    try:
        return GenerationRequest(**fields)
    except ValidationError as error:
        raise RequestError(" ".join(_sentence(problem) for problem in error.errors())) from None


def parse_size(text: str) -> tuple[int, int]:
    """(width, height) in pixels from "540x960". Raises RequestError."""
    match = re.fullmatch(r"\s*(\d{1,5})\s*[x×]\s*(\d{1,5})\s*", text)
    if match is None:
        raise RequestError(f"The size {text!r} is not WIDTHxHEIGHT in pixels, such as 540x960.")
    return int(match[1]), int(match[2])


def new_seed() -> int:
    """A fresh random seed, 0 to 999 999: short enough to read aloud and type again."""
    return int.from_bytes(os.urandom(4), "big") % 1_000_000


def _sentence(problem: dict) -> str:
    field = ".".join(str(part) for part in problem["loc"]) or "request"
    given = problem.get("input")
    limits = {
        "seconds": f"A clip lasts {MIN_SECONDS:g} to {MAX_SECONDS:g} seconds; {given!r} was asked for.",
        "width": f"The width must be an even number of pixels from {MIN_SIDE} to {MAX_SIDE}; {given!r} was given.",
        "height": f"The height must be an even number of pixels from {MIN_SIDE} to {MAX_SIDE}; {given!r} was given.",
        "seed": f"The seed must be a whole number from 0 to {2**31 - 1}; {given!r} was given.",
        "style": f"The style {given!r} is not known. Choose one of: {', '.join(Style)}.",
    }
    if field == "prompt" and problem["type"] == "value_error":
        return problem["msg"].removeprefix("Value error, ")
    return limits.get(field, f"{field}: {problem['msg']}.")
