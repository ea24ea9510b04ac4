"""The key that seals likenesses: from the settings, or made once and kept for its owner alone."""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "HIBARI_LIKENESS_KEY"
FILE = "likeness.key"
LENGTH = 32  # bytes


class LikenessKeyError(ValueError):
    """The key cannot be used; the message says what to do."""


def likeness_key(folder: Path, environment: Mapping[str, str] = os.environ) -> bytes:
    """The key of 32 bytes: HIBARI_LIKENESS_KEY (base64), else the file in `folder` (var/keys), made at first use with
    mode 0600. Raises LikenessKeyError. Whoever loses it loses every likeness, which is as it should be."""
    if VARIABLE in environment:
        return _decoded(environment[VARIABLE], VARIABLE)
    path = folder / FILE
    if not path.exists():
        _make(path)
    return _decoded(path.read_text("ascii"), str(path))


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(base64.b64encode(os.urandom(LENGTH)).decode("ascii"))
    try:
        os.link(part, path)  # fails if another process was first: then its key is the key
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), altchars=b"-_" if set(text) & set("-_") else None, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != LENGTH:
        raise LikenessKeyError(f"{where} must hold {LENGTH} bytes as base64. Make one with: openssl rand -base64 32")
    return key
