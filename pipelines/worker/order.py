"""A job packed for another machine, and unpacked there."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.materials import Materials
from pipelines.worker.job import Job
from pipelines.worker.on_node import Order

CHAIN, KEY = "HIBARI_SIGNING_CHAIN", "HIBARI_SIGNING_KEY"  # settings that name files
SETTINGS = ("HIBARI_TIMESTAMP_URL", "HIBARI_VISIBLE_MARK")  # settings that travel as they are
MARKS = "marks.key"


def order_of(job: Job, keys: Path, environment: Mapping[str, str]) -> Order:
    """The job with the content of its files, and what it takes to mark and sign it. Raises KeysError.

    Of this installation's own chain the signer's key travels, never its issuers'. An operator's signer is not sent: the
    nodes read the same settings as the worker does, from their own environment."""
    from pipelines.provenance.keys import development_chain, mark_secret

    held = {MARKS: mark_secret(keys)}
    settings = {name: environment[name] for name in SETTINGS if name in environment}
    if not environment.get(CHAIN):
        chain = development_chain(keys)
        certificates = (chain.leaf, chain.intermediate, chain.root)
        held["chain.pem"] = b"".join(holder.certificate_pem() for holder in certificates)
        held["signer.pem"] = chain.leaf.key_pem()
        settings |= {CHAIN: "chain.pem", KEY: "signer.pem"}
    files = [path for path in _files_of(job.materials) if path is not None]
    packed = _moved(job, Path())
    return Order(packed, {path.name: path.read_bytes() for path in files}, held, settings)


def unpacked(order: Order, folder: Path) -> tuple[Job, Path, dict[str, str]]:
    """(job, folder of keys, settings of signing), the files in `folder` and the keys in a private one below it."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    for name, content in order.files.items():
        (folder / name).write_bytes(content)
    for name, content in order.keys.items():
        with open(os.open(keys / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    settings = {name: str(keys / value) if name in (CHAIN, KEY) else value for name, value in order.environment.items()}
    return _moved(order.job, folder), keys, settings


def _files_of(materials: Materials) -> tuple[Path | None, ...]:
    return materials.start_image, materials.parent, *materials.references, *materials.sources


def _moved(job: Job, folder: Path) -> Job:
    """The job with its files in another folder."""

    def there(path: Path | None) -> Path | None:
        return path and folder / path.name

    materials = job.materials
    moved = replace(
        materials,
        start_image=there(materials.start_image),
        parent=there(materials.parent),
        references=tuple(folder / path.name for path in materials.references),
        sources=tuple(folder / path.name for path in materials.sources),
        likenesses=dict(materials.likenesses),  # a view of either would not travel
        receipts=dict(materials.receipts),
    )
    return replace(job, materials=moved)
