"""Tiny checkpoints of every family, made once per run, and the catalog's models cut down to their size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.engines.diffusion import DiffusionEngine
from pipelines.engines.loading import Shelf
from pipelines.engines.model import Model, catalog_of
from pipelines.engines.settings import EngineSettings
from tests.pipelines.engines.tiny import ltx2, others, wan

# a model of the catalog for each family and each kind of checkpoint → what builds a tiny one
BUILDERS: dict[str, Callable[[], Any]] = {
    "ltx-2": ltx2.ltx2,
    "wan-2.1-1.3b": wan.wan,
    "wan-2.1-vace-1.3b": wan.wan_vace,
    "wan-2.2-a14b": wan.wan_two_experts,
    "wan-2.2-i2v-a14b": wan.wan_from_image,
    "kandinsky-6-lite": others.kandinsky6,
    "cosmos-3-nano": others.cosmos3,
    "hunyuan-1.5": others.hunyuan15,
    "sana-video-2b": wan.sana_video,
    "helios-distilled": wan.helios,
    "anyflow-1.3b": wan.anyflow,
}
WITH_SOUND = ("ltx-2", "kandinsky-6-lite", "cosmos-3-nano")
FROM_TEXT = tuple(name for name in BUILDERS if name != "wan-2.2-i2v-a14b")
SMALL = {"pixels": (4096, 8192), "seconds": (0.2, 0.6), "steps": 2, "billions": {"transformer": 0.001}, "working": 0.1}


@dataclass
class Checkpoints:
    """A folder of models that fills as they are asked for."""

    folder: Path
    shelf: Shelf = field(default_factory=Shelf)
    device: str = "cpu"

    @property
    def settings(self) -> EngineSettings:
        return EngineSettings(models=self.folder, device=self.device)

    def path(self, name: str) -> Path:
        """The tiny checkpoint that stands for this model of the catalog."""
        if not (self.folder / name).exists():
            BUILDERS[name]().save_pretrained(self.folder / name)
        return self.folder / name

    def engine(self, name: str, **changes: Any) -> DiffusionEngine:
        """The engine of this model, with the tiny checkpoint and calls to match."""
        self.path(name)
        return DiffusionEngine(small(catalog_of().video[name], **changes), self.settings, self.shelf)


def small(model: Model, **changes: Any) -> Model:
    return model.model_copy(update=SMALL | changes)
