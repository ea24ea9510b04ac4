"""How hub models run on this machine: one frozen object, read from the environment in one place and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipelines.engines.memory import Offload
from pipelines.request import RequestError

PRECISIONS = ("auto", "bf16", "fp16", "fp32", "fp8")
OFFLOADS = ("auto", *get_args(Offload))
DEVICES = ("auto", "cuda", "xpu", "mps", "cpu")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class EngineSettings:
    """The defaults are safe: what fits is chosen by looking at the memory that is free."""

    models: Path = ROOT / "var" / "models"  # weights: folders by engine name, and what was fetched from the hub
    more: tuple[Path, ...] = ()  # further catalogs, TOML files in the form of catalog.toml
    device: str = "auto"
    precision: str = "auto"  # auto: as the catalog says where the device can, else fp32
    offload: str = "auto"  # auto: the fastest that fits into free memory
    attention: str = ""  # a backend of diffusers (flash, sage, flex, native …); empty: diffusers' own choice
    compile: bool = False  # compiles the transformer: slower to start, faster to run
    hub: str | None = None  # another address than the hub's own
    token: str | None = None  # of the hub, for gated models and for hosted providers
    offline: bool = False  # never ask the hub; use what is on the disk

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "EngineSettings":
        """Settings from HIBARI_* and HF_* variables. Raises RequestError for a value that is not known."""
        folder = Path(environment.get("HIBARI_FOLDER") or ROOT / "var").expanduser()
        listed = environment.get("HIBARI_CATALOG", "").split(os.pathsep)
        return cls(
            models=Path(environment.get("HIBARI_MODELS") or folder / "models").expanduser().absolute(),
            more=tuple(Path(path).expanduser() for path in listed if path),
            device=_one_of(environment, "HIBARI_DEVICE", DEVICES),
            precision=_one_of(environment, "HIBARI_PRECISION", PRECISIONS),
            offload=_one_of(environment, "HIBARI_OFFLOAD", OFFLOADS),
            attention=environment.get("HIBARI_ATTENTION", ""),
            compile=environment.get("HIBARI_COMPILE", "") in ("1", "true", "yes"),
            hub=environment.get("HF_ENDPOINT") or None,
            token=environment.get("HF_TOKEN") or None,
            offline=environment.get("HF_HUB_OFFLINE", "") in ("1", "true", "yes"),
        )


def _one_of(environment: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = environment.get(name) or known[0]
    if value not in known:
        raise RequestError(f"{name} must be one of {', '.join(known)}; it is {value!r}.")
    return value
