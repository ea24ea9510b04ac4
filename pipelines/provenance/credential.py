"""Signing: each file of a clip gets a C2PA credential, embedded, so that any reader of the standard can check it."""

import io
import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import c2pa
import cv2
import numpy as np

from pipelines.media.poster import jpeg, narrowed
from pipelines.provenance.reading_process import outside
from pipelines.provenance.signing import Signing
from pipelines.provenance.statement import PARENT_ID, THUMBNAIL, Origins, input_id, manifest

THUMBNAIL_WIDTH = 216  # pixels
TYPES = {".mp4": "video/mp4", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".jpeg": "image/jpeg"}
SAFE = {"remote_manifest_fetch": False, "ocsp_fetch": False}  # a file never makes this machine ask another

log = logging.getLogger(__name__)


class CredentialError(RuntimeError):
    """A file could not be signed; the message says which and why."""


@dataclass(frozen=True)
class Signed:
    """What a clip's record keeps of its credential."""

    state: str  # as a reader with our root as its anchor finds it: Trusted
    label: str  # of the MP4's manifest
    signer: str
    added: int  # bytes, to the MP4

    def summary(self) -> dict:
        return {"state": self.state, "label": self.label, "signer": self.signer, "bytes": self.added}


def sign_files(clip: Path, poster: Path, preview: Path, origins: Origins, signing: Signing) -> Signed:
    """Embeds credentials in a clip's three files, in place. Raises CredentialError, and KeysError from a signer."""
    picture = _thumbnail(poster)
    title = origins.prompt if origins.tell_prompt else "Clip"
    before = clip.stat().st_size
    for file, words in ((poster, "poster"), (preview, "preview")):
        told = manifest(origins, f"{title} ({words})", _type(file), with_ingredients=False, outside=_outside(file))
        _sign(file, told, picture, (), signing)
    told = manifest(origins, title, _type(clip), outside=_outside(clip))
    _sign(clip, told, picture, _ingredients(origins), signing)
    state, label, signer = _checked(clip, signing)
    return Signed(state, label, signer, clip.stat().st_size - before)


@lru_cache(maxsize=8)
def context(anchors: str) -> c2pa.Context:
    """What signing and reading share: whom to trust, and that nothing is fetched. Safe to share between threads."""
    return c2pa.Context.from_dict(
        {
            **({"trust": {"trust_anchors": anchors}} if anchors else {}),
            "verify": {**SAFE, "verify_after_sign": True},
            "builder": {"thumbnail": {"enabled": False}},
        }
    )


@dataclass(frozen=True)
class Ingredient:
    """A file that a clip is made from."""

    id: str
    file: Path
    relationship: str  # parentOf, inputTo
    thumbnail: bytes | None


def _ingredients(origins: Origins) -> tuple[Ingredient, ...]:
    parent = (Ingredient(PARENT_ID, origins.parent, "parentOf", None),) if origins.parent else ()
    inputs = tuple(
        Ingredient(input_id(number), file, "inputTo", None if _is_clip(file) else _thumbnail(file))
        for number, file in enumerate(origins.inputs)
    )
    return parent + inputs


def _sign(file: Path, statement: dict, picture: bytes, ingredients: tuple[Ingredient, ...], signing: Signing) -> None:
    """Signs to a file beside, then puts it in place. Without the witness of time where that cannot be reached."""
    part = file.with_name(f"{file.name}.signed")
    try:
        try:
            _embed(file, part, statement, picture, ingredients, signing, signing.timestamp_url)
        except c2pa.C2paError as error:
            if signing.timestamp_url is None:
                raise
            log.warning("No time stamp from %s (%s); signed without one.", signing.timestamp_url, error)
            _embed(file, part, statement, picture, ingredients, signing, None)
        os.replace(part, file)
    except c2pa.C2paError as error:
        raise CredentialError(f"The credential of {file.name} could not be signed: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


def _embed(
    file: Path,
    signed: Path,
    statement: dict,
    picture: bytes,
    ingredients: tuple[Ingredient, ...],
    signing: Signing,
    timestamp_url: str | None,
) -> None:
    with (
        _signer(signing, timestamp_url) as signer,
        c2pa.Builder(statement, context(signing.anchors + signing.others)) as builder,
    ):
        builder.add_resource(THUMBNAIL, io.BytesIO(picture))
        for ingredient in ingredients:
            _add(builder, ingredient)
        with open(file, "rb") as source, open(signed, "w+b") as target:
            builder.sign(signer, statement["format"], source, target)


def _add(builder: c2pa.Builder, ingredient: Ingredient) -> None:
    told = {
        "title": _title(ingredient),
        "relationship": ingredient.relationship,
        "instance_id": ingredient.id,
        "label": ingredient.id,
    }
    if ingredient.thumbnail is not None:
        name = f"{ingredient.id}.jpg"
        told["thumbnail"] = {"format": "image/jpeg", "identifier": name}
        builder.add_resource(name, io.BytesIO(ingredient.thumbnail))
    with open(ingredient.file, "rb") as file:
        builder.add_ingredient(told, _type(ingredient.file), file)


def _title(ingredient: Ingredient) -> str:
    if ingredient.relationship == "parentOf":
        return "parent clip"
    return "clip" if _is_clip(ingredient.file) else "picture"


def _signer(signing: Signing, timestamp_url: str | None) -> c2pa.Signer:
    algorithm = c2pa.C2paSigningAlg[signing.algorithm.upper()]
    return c2pa.Signer.from_callback(signing.sign, algorithm, signing.chain, timestamp_url)


def _checked(clip: Path, signing: Signing) -> tuple[str, str, str]:
    """(state, label, signer) as a reader finds them."""
    with open(clip, "rb") as file, c2pa.Reader(_type(clip), file, context=context(signing.anchors)) as reader:
        active = reader.get_active_manifest() or {}
        signer = active.get("signature_info", {}).get("common_name", "")
        return reader.get_validation_state() or "", active.get("label", ""), signer


def _outside(file: Path) -> str | None:
    """SHA-256 of what the hash of an MP4's credential leaves out; of a picture it leaves out nothing."""
    return outside(str(file)) if _is_clip(file) else None


def _is_clip(file: Path) -> bool:
    return _type(file) == "video/mp4"


def _type(file: Path) -> str:
    kind = TYPES.get(file.suffix.lower())
    if kind is None:
        raise CredentialError(f"{file.name} is none of {', '.join(TYPES)}, so no credential can name it.")
    return kind


def _thumbnail(picture: Path) -> bytes:
    """A small JPEG of a picture."""
    data = np.fromfile(picture, np.uint8)
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if decoded is None:
        raise CredentialError(f"{picture.name} cannot be read as a picture.")
    return jpeg(narrowed(decoded, THUMBNAIL_WIDTH), quality=70)
