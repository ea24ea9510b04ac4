"""A model's weights on the disk: where they are, whether they are whole, and whether loading them is safe."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.engines.model import Source
from pipelines.engines.settings import EngineSettings
from pipelines.request import RequestError

LIBRARIES = ("diffusers", "transformers")  # code of nobody else is run
LOOKED_AT = 65_536  # bytes at either end of each weights file that its fingerprint reads
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")  # loading one runs what is in it


class NotReady(RequestError):
    """A model cannot be used on this machine as it stands; the message gives the steps that change that."""


@dataclass(frozen=True)
class Weights:
    """A folder with a checkpoint that may be loaded."""

    folder: Path
    version: str  # the hub's commit, or a fingerprint of the files


def installed(name: str, source: Source, settings: EngineSettings) -> Weights | None:
    """What the disk holds of a model, without asking anybody; None when it is not there."""
    for folder in (source.folder, settings.models / name):
        if folder is not None and _is_checkpoint(folder):
            return Weights(folder, f"local-{fingerprint(folder)}")
    if source.hub is None:
        return None
    from pipelines.engines.fetching import fetched

    return fetched(source.hub, source.revision, settings)


def obtain(name: str, source: Source, settings: EngineSettings, tell: Callable[[float], None]) -> Weights:
    """The weights, fetched from the hub if they are not on the disk. Raises NotReady, and whatever `tell` raises.

    `tell` is given the share that has come, 0..1, and may stop the fetching by raising; what came is kept.
    """
    weights = installed(name, source, settings)
    if weights is None and source.hub is None:
        raise NotReady(f"There is no checkpoint in {source.folder}. Put the model's folder there: {_what_is_one()}")
    if weights is None:
        from pipelines.engines.fetching import fetch

        weights = fetch(name, source, settings, tell)
    return weights


def check_safe(folder: Path, replaced: Mapping[str, str] | None = None) -> None:
    """Raises NotReady unless every component is a class of diffusers or transformers, in safetensors.

    replaced: components that are loaded as another class than the checkpoint names.
    """
    index = read_index(folder)
    for component, named in index.items():
        if component.startswith("_") or component in (replaced or {}) or not _names_a_class(named):
            continue
        library = str(named[0]).partition(".")[0]
        if library not in LIBRARIES and not _is_pipeline_module(str(named[0])):
            raise NotReady(
                f"The checkpoint in {folder} wants to run its own code ({named[0]}.{named[1]}), which is never done. "
                "Use a version of it that is made for diffusers."
            )
    for file in folder.rglob("*"):
        if file.suffix in PICKLES and not list(file.parent.glob("*.safetensors")):
            raise NotReady(
                f"{file} is not in safetensors, so loading it could run code. "
                "Convert it, or use a checkpoint that comes in safetensors."
            )


def read_index(folder: Path) -> dict:
    """The checkpoint's list of components. Raises NotReady if it cannot be read."""
    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotReady(f"{folder} is no checkpoint: its model_index.json cannot be read ({error}).") from None
    if not isinstance(index, dict):
        raise NotReady(f"{folder} is no checkpoint: its model_index.json is not a table of components.")
    return index


def fingerprint(folder: Path) -> str:
    """12 hex digits of the names, sizes and ends of the files: another checkpoint gives others."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)}:{file.stat().st_size}:".encode())
        if file.suffix in (".safetensors", ".json"):
            with file.open("rb") as data:
                digest.update(data.read(LOOKED_AT))
                data.seek(max(data.tell(), file.stat().st_size - LOOKED_AT))
                digest.update(data.read())
    return digest.hexdigest()[:12]


def _is_checkpoint(folder: Path) -> bool:
    return (folder / "model_index.json").is_file() or (folder / "config.json").is_file()


def _names_a_class(named: object) -> bool:
    return isinstance(named, list) and len(named) == 2 and None not in named


def _is_pipeline_module(name: str) -> bool:
    """Whether diffusers means one of its own folders of pipelines, as in ["ltx2", "LTX2TextConnectors"]."""
    import diffusers.pipelines

    return "." not in name and (Path(diffusers.pipelines.__file__).parent / name).is_dir()


def _what_is_one() -> str:
    return "it holds model_index.json and a folder for each component."
