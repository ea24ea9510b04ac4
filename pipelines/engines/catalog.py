"""What can be chosen as an engine: ours, the models of the catalog, and those that a provider runs."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.engines import ENGINES, Engine
from pipelines.engines.family import Task
from pipelines.engines.memory import Offload
from pipelines.engines.model import Catalog, Licence, Model, catalog_of
from pipelines.engines.planning import size_for
from pipelines.engines.settings import EngineSettings
from pipelines.engines.speeds import measured_seconds, work_of
from pipelines.engines.weights import installed
from pipelines.request import (
    FRAMES_PER_SECOND,
    MAX_SECONDS,
    MAX_SIDE,
    MIN_SECONDS,
    MIN_SIDE,
    GenerationRequest,
    RequestError,
)

Words = Mapping[Literal["en", "fr"], str]
NEEDED = ("torch", "diffusers", "transformers", "accelerate", "huggingface_hub")
OURS = Licence(name="Apache-2.0", url="https://www.apache.org/licenses/LICENSE-2.0")
NVIDIA = Path("/proc/driver/nvidia/gpus")
USUAL_SECONDS = 5.0


@dataclass(frozen=True)
class Readiness:
    """Whether an engine can be used now; when not, what to do."""

    ready: bool
    say: Words


@dataclass(frozen=True)
class CatalogEntry:
    """One engine, as it is told to people."""

    name: str  # as requests give it
    title: str
    kind: Literal["code", "weights", "hosted"]
    tasks: tuple[Task, ...]
    pixels: tuple[int, int]  # width × height that it makes itself; clips of other sizes are scaled
    seconds: tuple[float, float]  # of one shot
    frames_per_second: int
    own_sound: bool  # else Hibari's, from the storyboard
    speaks: bool  # lines of the storyboard are said aloud by the model itself
    cameos: bool
    memory: Mapping[Offload, float]  # gigabytes of the device, by placing
    licence: Licence
    gated: bool
    num_gpus: float
    price: int  # credits for five seconds
    dollars_a_second: float  # what a provider charges whoever runs this install
    readiness: Readiness
    estimate: Callable[[GenerationRequest], float | None]  # seconds on this machine; None before it was measured

    @property
    def installed(self) -> bool:
        return self.readiness.ready


def catalog(settings: EngineSettings | None = None) -> list[CatalogEntry]:
    """Every engine that is known, ready or not: ours first. Loads no model and no torch. Raises CatalogError."""
    settings = settings or EngineSettings.from_environment()
    models = catalog_of(settings.more).video.values()
    hosted = [_hosted(model, provider, settings) for model in models for provider in model.hosted]
    return [_world(), *(_weights(model, settings) for model in models), *hosted]


def entry_named(name: str, settings: EngineSettings | None = None) -> CatalogEntry:
    """The engine of that name. Raises RequestError when there is none."""
    for entry in catalog(settings):
        if entry.name == name:
            return entry
    raise _unknown(name, catalog_of((settings or EngineSettings.from_environment()).more))


def model_engine(name: str, settings: EngineSettings | None = None) -> Engine:
    """The engine that drives a model of the catalog, here or at a provider. Raises RequestError for another name."""
    settings = settings or EngineSettings.from_environment()
    known = catalog_of(settings.more)
    if name in known.video:
        from pipelines.engines.diffusion import DiffusionEngine

        return DiffusionEngine(known.video[name], settings)
    provider, _, model_name = name.partition(".")
    model = known.video.get(model_name)
    if model is not None and provider in model.hosted:
        from pipelines.engines.provider import HostedEngine

        return HostedEngine(model, provider, settings)
    raise _unknown(name, known)


def offered(settings: EngineSettings | None = None) -> dict[str, int]:
    """Engine → credits for five seconds, of every engine that is ready: what the app tells the database at start."""
    return {entry.name: entry.price for entry in catalog(settings) if entry.readiness.ready}


def _unknown(name: str, known: Catalog) -> RequestError:
    names = [*ENGINES, *known.video, *(f"{p}.{m.name}" for m in known.video.values() for p in m.hosted)]
    return RequestError(f"The engine {name!r} is not known. Choose one of: {', '.join(names)}.")


def _world() -> CatalogEntry:
    return CatalogEntry(
        name="world",
        title="World",
        kind="code",
        tasks=("text",),
        pixels=(MIN_SIDE**2, MAX_SIDE**2),
        seconds=(MIN_SECONDS, MAX_SECONDS),
        frames_per_second=FRAMES_PER_SECOND,
        own_sound=True,
        speaks=True,
        cameos=True,
        memory={},
        licence=OURS,
        gated=False,
        num_gpus=0.0,
        price=1,
        dollars_a_second=0.0,
        readiness=Readiness(
            True, {"en": "Draws by code, on any machine.", "fr": "Dessine par le code, sur toute machine."}
        ),
        estimate=lambda request: None,
    )


def _weights(model: Model, settings: EngineSettings) -> CatalogEntry:
    return _entry(model, model.name, "weights", _readiness(model, settings), _estimate(model, settings))


def _hosted(model: Model, provider: str, settings: EngineSettings) -> CatalogEntry:
    entry = _entry(model, f"{provider}.{model.name}", "hosted", _reachable(provider, settings), lambda request: None)
    changes = {
        "title": f"{model.title} ({provider})",
        "tasks": tuple(task for task in model.tasks if task in ("text", "image")),
        "memory": {},
        "gated": False,
        "num_gpus": 0.0,
        "cameos": False,
        "dollars_a_second": model.hosted[provider],
    }
    return CatalogEntry(**entry.__dict__ | changes)


def _entry(
    model: Model,
    name: str,
    kind: Literal["weights", "hosted"],
    readiness: Readiness,
    estimate: Callable[[GenerationRequest], float | None],
) -> CatalogEntry:
    return CatalogEntry(
        name=name,
        title=model.title,
        kind=kind,
        tasks=model.tasks,
        pixels=model.pixels,
        seconds=model.seconds,
        frames_per_second=model.rate,
        own_sound=model.sounds,
        speaks=model.kin.speaks,
        cameos="references" in model.tasks,
        memory=model.needs(),
        licence=model.licence,
        gated=model.source.gated,
        num_gpus=model.gpus,
        price=model.price,
        dollars_a_second=0.0,
        readiness=readiness,
        estimate=estimate,
    )


def _readiness(model: Model, settings: EngineSettings) -> Readiness:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        return Readiness(
            False,
            {
                "en": f"Needs {', '.join(missing)}: run `pip install -r requirements.txt`.",
                "fr": f"Il manque {', '.join(missing)} : lancez `pip install -r requirements.txt`.",
            },
        )
    if installed(model.name, model.source, settings) is None:
        return Readiness(False, _how_to_get(model))
    return Readiness(True, {"en": "Ready.", "fr": "Prêt."})


def _how_to_get(model: Model) -> Words:
    hub = model.source.hub
    terms_en = (
        f"Accept its terms at https://huggingface.co/{hub}, set HF_TOKEN, then run " if model.source.gated else "Run "
    )
    terms_fr = (
        f"Acceptez ses conditions sur https://huggingface.co/{hub}, définissez HF_TOKEN, puis lancez "
        if model.source.gated
        else "Lancez "
    )
    command = f"`python -m pipelines.engines fetch {model.name}`"
    size = sum(model.billions.values()) * 2
    return {
        "en": f"{terms_en}{command} (about {size:.0f} GB).",
        "fr": f"{terms_fr}{command} (environ {size:.0f} Go).",
    }


def _reachable(provider: str, settings: EngineSettings) -> Readiness:
    if settings.token:
        return Readiness(True, {"en": f"Made by {provider}, at its price.", "fr": f"Fait par {provider}, à son prix."})
    return Readiness(
        False,
        {
            "en": f"Set HF_TOKEN to a token that may call {provider}.",
            "fr": f"Définissez HF_TOKEN avec un jeton qui peut appeler {provider}.",
        },
    )


def has_gpu() -> bool:
    """Whether the machine has a GPU of NVIDIA, without loading anything."""
    return NVIDIA.is_dir() and any(NVIDIA.iterdir())


def _estimate(model: Model, settings: EngineSettings) -> Callable[[GenerationRequest], float | None]:
    def seconds(request: GenerationRequest) -> float | None:
        frames = round((request.seconds or USUAL_SECONDS) * model.rate)
        work = work_of(
            model, *size_for(request.width, request.height, model), frames, request.options.steps or model.steps
        )
        return measured_seconds(settings.models, model, "cuda" if has_gpu() else "cpu", work)

    return seconds
