"""Families of video models, read from families.toml: what their pipelines are called and how they are called."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

TABLE = Path(__file__).with_name("families.toml")
Task = Literal["text", "image", "video", "references", "extend"]

# our name → the name that most pipelines use; a family lists where it differs
USUAL_ARGUMENTS = {
    "prompt": "prompt",
    "negative": "negative_prompt",
    "width": "width",
    "height": "height",
    "frames": "num_frames",
    "rate": "",
    "steps": "num_inference_steps",
    "guidance": "guidance_scale",
    "guidance_2": "guidance_scale_2",
    "image": "image",
    "video": "video",
    "references": "reference_images",
    "strength": "strength",
}


class Family(BaseModel):
    """The head of families.toml explains each field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    tasks: Mapping[Task, str]
    multiple: Annotated[int, Field(ge=2)]  # pixels
    frame_step: Annotated[int, Field(ge=1)]
    fewest: Annotated[int, Field(ge=1)] = 1
    one_more: bool = True
    arguments: Mapping[str, str] = {}
    omits: Mapping[Task, tuple[str, ...]] = {}
    fixed: Mapping[str, Any] = {}
    sound: str = ""
    speaks: bool = False
    shots: bool = False
    context: Annotated[int, Field(ge=0)] = 0
    patch: tuple[int, int]  # frames and pixels of a side that one token of the transformer stands for
    latents: Literal["channels_first", "channels_last", "packed", ""] = ""
    components: Mapping[str, str] = {}
    limits: Annotated[int, Field(ge=20)] = 220

    def frames_for(self, wanted: int) -> int:
        """The fewest frames, at least `wanted`, that one call can make."""
        extra = 1 if self.one_more else 0
        return max(self.fewest, -(-(wanted - extra) // self.frame_step) * self.frame_step + extra)

    def named(self, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
        """Our values under the names of the task's pipeline, with what is passed to every call."""
        names = USUAL_ARGUMENTS | dict(self.arguments)
        omitted = self.omits.get(task, ())
        given = {names[key]: value for key, value in values.items() if key not in omitted and names[key]}
        return dict(self.fixed) | given


@cache
def families() -> Mapping[str, Family]:
    """Every family by name."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: Family(name=name, **row) for name, row in rows.items()}
