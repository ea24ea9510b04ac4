"""Checkpoints in memory: one model at a time, placed so that it fits, given back on demand."""

import gc
import importlib
import json
import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.engines.device import free_gigabytes, pick_device, pick_precision, torch_type
from pipelines.engines.family import Task
from pipelines.engines.memory import MARGIN, Offload, placing_that_fits, weights_gigabytes
from pipelines.engines.model import Model
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import NotReady, Weights, check_safe, read_index

if TYPE_CHECKING:
    from diffusers import DiffusionPipeline

logger = logging.getLogger(__name__)


@dataclass
class Loaded:
    """A model in memory: one set of components, and a pipeline for each task that was asked for."""

    model: Model
    version: str
    device: str
    precision: str
    offload: Offload
    settings: EngineSettings
    pipelines: dict[str, "DiffusionPipeline"] = field(default_factory=dict)  # class → pipeline

    def pipeline(self, task: Task) -> "DiffusionPipeline":
        """The pipeline for a task. All of a model's pipelines share their weights."""
        wanted = self.model.kin.tasks[task]
        if wanted not in self.pipelines:
            first = next(iter(self.pipelines.values()))
            if self.offload == "model":
                first.remove_all_hooks()
            self.pipelines[wanted] = _same_parts(first, _class_named(f"diffusers:{wanted}"))
            if self.offload == "model":
                self.pipelines[wanted].enable_model_cpu_offload(device=self.device)
            _quiet(self.pipelines[wanted])
        return self.pipelines[wanted]


class Shelf:
    """Holds at most one model in memory. A worker makes one clip at a time; the lock is for whoever asks beside."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._loaded: Loaded | None = None

    @property
    def holds(self) -> str | None:
        """The name of the model in memory: a worker prefers generations for it."""
        return self._loaded.model.name if self._loaded else None

    def take(
        self, model: Model, weights: Weights, task: Task, settings: EngineSettings, offload: Offload | None = None
    ) -> Loaded:
        """The model in memory, loaded now unless it is there; what was there before is given back first.

        offload: the placing to use, else what fits. Raises NotReady.
        """
        with self._lock:
            there = self._loaded
            same = there and there.model == model and there.version == weights.version and there.settings == settings
            if same and offload in (None, there.offload):
                return there
            self.clear()
            self._loaded = load(model, weights, task, settings, offload)
            return self._loaded

    def clear(self) -> None:
        """Gives the memory of the model back."""
        with self._lock:
            if self._loaded is not None:
                self._loaded.pipelines.clear()
                self._loaded = None
                release_memory()


SHELF = Shelf()  # weights are the one thing that a process keeps between two generations


def load(
    model: Model, weights: Weights, task: Task, settings: EngineSettings, offload: Offload | None = None
) -> Loaded:
    """A checkpoint read into memory and placed. Raises NotReady when it is unsafe, unfit or too large."""
    kin = model.kin
    check_safe(weights.folder, kin.components)
    device = pick_device(settings)
    precision = pick_precision(settings, model.precision, device)
    offload = offload or _placing(model, precision, device, settings)
    # a text checkpoint opens as the text pipeline and lends its parts to the others
    first = task if task == "image" and "text" not in model.tasks else "text" if "text" in model.tasks else task
    wanted = kin.tasks[first]
    pipeline = _read(model, weights.folder, wanted, precision)
    loaded = Loaded(model, weights.version, device, precision, offload, settings, {wanted: pipeline})
    _place(pipeline, device, offload)
    _tune(pipeline, settings)
    logger.info("%s is loaded on %s in %s, offload %s", model.name, device, precision, offload)
    return loaded


def release_memory() -> None:
    """Gives freed memory back to the system."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _placing(model: Model, precision: str, device: str, settings: EngineSettings) -> Offload:
    """Where the weights go. On a processor they all lie in its memory: raises NotReady when that is too small."""
    free = free_gigabytes(device)
    if device == "cpu":
        needed = sum(weights_gigabytes(model.billions, precision).values())
        if settings.offload == "auto" and free is not None and needed * MARGIN > free:
            raise NotReady(
                f"{model.title} needs about {needed:.0f} GB of memory; {free:.0f} GB are free on this machine. "
                "Use a machine with a GPU, a hosted provider, or the world engine."
            )
        return "none"
    if settings.offload != "auto":
        return settings.offload
    return placing_that_fits(model.needs(precision), free if free is not None else float("inf"))


def _read(model: Model, folder: Path, wanted: str, precision: str) -> "DiffusionPipeline":
    """The pipeline with its weights in this precision, in the machine's main memory."""
    kind = _class_named(f"diffusers:{wanted}")
    own = {name: _component(folder, name, named, precision) for name, named in model.kin.components.items()}
    index = read_index(folder) | {
        name: [type(part).__module__.partition(".")[0], type(part).__name__] for name, part in own.items()
    }
    if "safety_checker" in index:  # what may be shown is ruled by pipelines.safety, for every engine alike
        own |= {"safety_checker": None, "enable_safety_checker": False}
    try:
        with _described(folder, index) as described:
            pipeline = kind.from_pretrained(
                described,
                dtype=torch_type(precision),
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
                low_cpu_mem_usage=True,
                **own,
            )
    except (OSError, ValueError, TypeError, KeyError, ImportError, RuntimeError) as error:
        raise NotReady(f"The checkpoint in {folder} cannot be loaded as {wanted}: {error}") from error
    if precision == "fp8":
        _store_small(pipeline)
    _quiet(pipeline)
    return pipeline


@contextmanager
def _described(folder: Path, index: dict) -> Iterator[Path]:
    """Gives the checkpoint with another list of components, as a folder of links."""
    with tempfile.TemporaryDirectory() as place:
        described = Path(place)
        for entry in folder.iterdir():
            (described / entry.name).symlink_to(entry.resolve(), target_is_directory=entry.is_dir())
        (described / "model_index.json").unlink()
        (described / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
        yield described


def _component(folder: Path, name: str, named: str, precision: str) -> Any:
    """A component loaded as the class that the family names instead of the checkpoint."""
    kind = _class_named(named)
    if named.startswith("diffusers:") and hasattr(kind, "config_name") and not hasattr(kind, "dtype"):
        return kind.from_pretrained(folder, subfolder=name)
    if named.startswith("diffusers:"):
        return kind.from_pretrained(folder, subfolder=name, dtype=torch_type(precision), use_safetensors=True)
    return kind.from_pretrained(folder / name, local_files_only=True, trust_remote_code=False)


def _class_named(named: str) -> Any:
    library, _, name = named.partition(":")
    return getattr(importlib.import_module(library), name)


def _same_parts(pipeline: "DiffusionPipeline", kind: Any) -> "DiffusionPipeline":
    """A pipeline of another class over the same components, in the same precision."""
    return kind.from_pipe(pipeline, dtype=_dtype_of(pipeline))


def _dtype_of(pipeline: "DiffusionPipeline") -> Any:
    return next(iter(pipeline.transformer.parameters())).dtype


def _place(pipeline: "DiffusionPipeline", device: str, offload: Offload) -> None:
    """Moves the weights to where this placing keeps them."""
    if offload == "model":
        pipeline.enable_model_cpu_offload(device=device)
    elif offload == "group":
        import torch

        pipeline.enable_group_offload(
            onload_device=torch.device(device),
            offload_device=torch.device("cpu"),
            offload_type="block_level",
            num_blocks_per_group=1,
            use_stream=device == "cuda",
        )
    else:
        pipeline.to(device)


def _tune(pipeline: "DiffusionPipeline", settings: EngineSettings) -> None:
    """Attention backend and compilation, as set; decoding in tiles, so that its memory does not grow with the size."""
    if hasattr(pipeline.vae, "enable_tiling"):
        pipeline.vae.enable_tiling()
    for name in ("transformer", "transformer_2"):
        part = getattr(pipeline, name, None)
        if part is None:
            continue
        if settings.attention:
            try:
                part.set_attention_backend(settings.attention)
            except (ValueError, RuntimeError, ImportError) as error:
                raise NotReady(f"HIBARI_ATTENTION={settings.attention} cannot be used here: {error}") from error
        if settings.compile:
            part.compile_repeated_blocks(fullgraph=False)


def _store_small(pipeline: "DiffusionPipeline") -> None:
    """Keeps the transformers' weights in 8 bits and computes in 16."""
    import torch

    for name in ("transformer", "transformer_2"):
        part = getattr(pipeline, name, None)
        if part is not None:
            part.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.bfloat16)


def _quiet(pipeline: "DiffusionPipeline") -> None:
    pipeline.set_progress_bar_config(disable=True)
