"""What the catalog says of each model, checked: a row of catalog.toml as an object."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.engines.family import Family, Task, families
from pipelines.engines.memory import Offload, needed_gigabytes
from pipelines.request import RequestError

TABLE = Path(__file__).with_name("catalog.toml")
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]


class CatalogError(RequestError):
    """A catalog cannot be used; the message names the file, the model and what to change."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(_Row):
    """What its makers allow. `limits` are said in both languages wherever the model is offered."""

    name: str
    url: str = ""
    limits: Mapping[Literal["en", "fr"], str] = {}


class Source(_Row):
    """Where weights come from: a hub id, or a folder on this machine."""

    hub: Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")] | None = None
    revision: str = "main"  # a commit pins it for good; "main" is whatever the hub holds when it is first fetched
    folder: Path | None = None
    gated: bool = False  # its makers ask for a name before they give it

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Source":
        if (self.hub is None) == (self.folder is None):
            raise ValueError('give either hub = "owner/name" or folder = "/path"')
        return self


class Model(_Row):
    """A video model. The head of catalog.toml explains each field."""

    name: Name
    title: str
    family: str
    source: Source
    licence: Licence
    tasks: tuple[Task, ...]
    pixels: tuple[int, int]  # width × height: smallest and largest
    seconds: tuple[float, float]  # of one call
    rate: Annotated[int, Field(ge=1, le=60)]  # frames a second
    steps: Annotated[int, Field(ge=1, le=200)]
    guidance: float = 1.0
    guidance_2: float | None = None
    negative: str = ""
    suffix: str = ""  # said after every prompt
    extra: Mapping[str, Any] = {}  # further arguments of this model's calls
    precision: Literal["bf16", "fp16", "fp32", "fp8"] = "bf16"
    billions: Mapping[str, float]  # component → weights
    working: float  # gigabytes of activations at the largest size and length
    gpus: float = 1.0  # that one generation takes
    price: Annotated[int, Field(ge=0)] = 2  # credits for five seconds
    hosted: Mapping[str, float] = {}  # provider → dollars for a second of clip

    @property
    def kin(self) -> Family:
        return families()[self.family]

    @property
    def sounds(self) -> bool:
        return bool(self.kin.sound)

    def needs(self, precision: str | None = None) -> dict[Offload, float]:
        """Gigabytes of device memory by placing."""
        return needed_gigabytes(self.billions, precision or self.precision, self.working)

    @model_validator(mode="after")
    def _suits_its_family(self) -> "Model":
        if self.family not in families():
            raise ValueError(f"the family {self.family!r} is not known; choose one of {', '.join(families())}")
        unknown = [task for task in self.tasks if task not in self.kin.tasks]
        if unknown:
            raise ValueError(f"the family {self.family} cannot do {', '.join(unknown)}")
        if self.pixels[0] > self.pixels[1] or self.seconds[0] > self.seconds[1]:
            raise ValueError("pixels and seconds are [smallest, largest]")
        return self


class Tool(_Row):
    """A model that does not make video: sound for silent engines, speech, captions, listening, or votes for the rules
    on texts (guard) and pictures (looks)."""

    name: Name
    title: str
    kind: Literal["music", "sounds", "speech", "captions", "listening", "guard", "looks"]
    library: Literal["diffusers", "transformers"]
    loads: str  # the class
    source: Source
    licence: Licence
    languages: tuple[Literal["en", "fr"], ...] = ("en", "fr")
    steps: int = 0
    guidance: float = 1.0
    billions: float
    arguments: Mapping[str, str] = {}  # our name → the pipeline's; of judges: its code or label → area of the policy
    extra: Mapping[str, Any] = {}


class Catalog(_Row):
    video: Mapping[str, Model]
    tools: Mapping[str, Tool]


@cache
def catalog_of(paths: Sequence[Path] = ()) -> Catalog:
    """Our own catalog and these further files; a later file may replace a model of an earlier one. Raises
    CatalogError."""
    video: dict[str, Model] = {}
    tools: dict[str, Tool] = {}
    for path in (TABLE, *paths):
        rows = _read(path)
        video |= {name: _checked(Model, path, name, row) for name, row in rows.get("video", {}).items()}
        tools |= {name: _checked(Tool, path, name, row) for name, row in rows.get("tools", {}).items()}
    return Catalog(video=video, tools=tools)


def _read(path: Path) -> dict[str, Any]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogError(f"The catalog {path} cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"The catalog {path} is not TOML: {error}.") from None
    unknown = set(rows) - {"video", "tools"}
    if unknown:
        raise CatalogError(f"{path}: [{sorted(unknown)[0]}] is not known; sections are [video.NAME] and [tools.NAME].")
    return rows


def _checked(kind: type[Model] | type[Tool], path: Path, name: str, row: dict[str, Any]) -> Any:
    try:
        return kind(name=name, **row)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        told = problem["msg"].removeprefix("Value error, ")
        raise CatalogError(f"{path.name}, {name}{': ' + place if place else ''}: {told}.") from None
