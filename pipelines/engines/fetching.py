"""Weights from the hub: only what is needed, taken up where it broke off, checked against the hub's own hashes."""

import errno
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.engines.model import Source
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import NotReady, Weights

WANTED = ["*.safetensors", "*.json", "*.txt", "*.model", "*.jinja", "*.spm"]
UNWANTED = ["*.onnx*", "*/onnx/*", "flax_*", "openvino*", "assets/*", "examples/*"]
WAIT = 30  # seconds for one answer of the hub
READ = 1 << 22  # bytes hashed at a time
UNREACHABLE = ("ConnectError", "ConnectTimeout", "OfflineModeIsEnabled", "LocalEntryNotFoundError", "ProxyError")
CHECKED = ".checked"  # beside a file: its hash was compared


def fetched(hub: str, revision: str, settings: EngineSettings) -> Weights | None:
    """What an earlier fetch has left whole, without asking the hub; None when there is nothing."""
    if not (settings.models / "hub").is_dir():
        return None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = Path(
            snapshot_download(hub, revision=revision, cache_dir=settings.models / "hub", local_files_only=True)
        )
    except LocalEntryNotFoundError:
        return None
    return Weights(folder, folder.name) if (folder / CHECKED).exists() else None


def fetch(name: str, source: Source, settings: EngineSettings, tell: Callable[[float], None]) -> Weights:
    """The weights, fetched now. Raises NotReady with the steps that help, and whatever `tell` raises."""
    if settings.offline:
        raise NotReady(
            f"{_not_here(name, source)} The hub is not asked because HF_HUB_OFFLINE is set. "
            + _by_hand(name, source, settings)
        )
    from huggingface_hub import snapshot_download

    wanted = {
        "repo_id": source.hub,
        "cache_dir": settings.models / "hub",
        "allow_patterns": WANTED,
        "ignore_patterns": UNWANTED,
        "endpoint": settings.hub,
        "token": settings.token,
        "etag_timeout": WAIT,
        "max_workers": 1,
    }
    with _hub_errors_named(name, source, settings):
        listed = snapshot_download(revision=source.revision, dry_run=True, tqdm_class=_bar_that_tells(quiet), **wanted)
        if not listed:
            raise NotReady(f"{source.hub} holds no weights in safetensors. Choose another model.")
        tell(0.0)
        commit = listed[0].commit_hash
        folder = Path(snapshot_download(revision=commit, tqdm_class=_bar_that_tells(tell), **wanted))
    missing = [file.filename for file in listed if not _is_whole(folder / file.filename, file.file_size)]
    if missing:
        raise NotReady(f"Fetching {source.hub} broke off before {missing[0]}. Ask again: it goes on where it stopped.")
    _check_hashes(folder, tell)
    (folder / CHECKED).touch()
    return Weights(folder, commit)


def quiet(share: float) -> None:
    """Tells nobody."""


def _is_whole(file: Path, size: int) -> bool:
    return file.is_file() and file.stat().st_size == size


def _check_hashes(folder: Path, tell: Callable[[float], None]) -> None:
    """Compares each large file with the sha256 that the hub gave it. Removes a file that differs, and raises NotReady.

    The hub stores large files under that hash, and the cache keeps the name; small ones have a git hash.
    """
    for link in sorted(folder.rglob("*")):
        file = link.resolve()
        if not file.is_file() or not re.fullmatch(r"[0-9a-f]{64}", file.name):
            continue
        digest = hashlib.sha256()
        with file.open("rb") as data:
            while piece := data.read(READ):
                digest.update(piece)
                tell(1.0)
        if digest.hexdigest() != file.name:
            link.unlink()
            file.unlink()
            raise NotReady(
                f"{link.name} came damaged from the hub and was removed. Ask again: only that file is fetched."
            )


def _bar_that_tells(tell: Callable[[float], None]) -> type:
    """A progress bar for the hub's library that draws nothing and tells the share of bytes that have come."""
    from tqdm.auto import tqdm

    class Bar(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._bytes = kwargs.get("unit") == "B"
            kwargs.pop("name", None)
            super().__init__(*args, **kwargs | {"disable": True})

        def update(self, n: float | None = 1) -> None:
            self.n += n or 0
            if self._bytes and self.total:
                tell(min(1.0, self.n / self.total))

    return Bar


@contextmanager
def _hub_errors_named(name: str, source: Source, settings: EngineSettings) -> Iterator[None]:
    """Turns what the hub's library raises into NotReady with the steps that help."""
    from huggingface_hub.errors import DryRunError, HfHubHTTPError

    try:
        yield
    except DryRunError as error:
        raise _named(error.__cause__ or error, name, source, settings) from error
    except (HfHubHTTPError, OSError) as error:
        raise _named(error, name, source, settings) from error


def _named(error: BaseException, name: str, source: Source, settings: EngineSettings) -> NotReady:
    """What a failure means for whoever wants the model."""
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return NotReady(
            f"{source.hub} is gated. Sign in at https://huggingface.co/{source.hub}, accept its terms, make a token "
            "with read access under Settings → Access Tokens, and start Hibari with HF_TOKEN set to it."
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return NotReady(
            f"The hub has no {source.hub}, or it is private. Check the name in the catalog, or set HF_TOKEN to a token "
            "that may read it."
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return NotReady(f"{source.hub} has no revision {source.revision!r}. Correct it in the catalog.")
    if isinstance(error, errors.HfHubHTTPError):
        return NotReady(f"The hub refused to give {source.hub} ({error}). Try again later.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotReady(f"The disk of {settings.models} is full. Free some space; what came is kept.")
    if type(error).__name__ in UNREACHABLE:
        return NotReady(f"{_not_here(name, source)} The hub could not be reached. {_by_hand(name, source, settings)}")
    return NotReady(f"Fetching {source.hub} broke off ({error}). Ask again: it goes on where it stopped.")


def _not_here(name: str, source: Source) -> str:
    return f"The weights of {name} ({source.hub}) are not on this machine."


def _by_hand(name: str, source: Source, settings: EngineSettings) -> str:
    return (
        f"On a machine with the hub run `hf download {source.hub} --local-dir {name}`, and put that folder at "
        f"{settings.models / name}."
    )
