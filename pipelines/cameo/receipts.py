"""Receipts: what a person agreed to and every use of it, signed by this installation, so that it can be shown later."""

import base64
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE = "receipts.pem"


def signed(record: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The record with this installation's public key and its signature (Ed25519 over the record as canonical JSON).
    The private key is made at first use in `folder` (var/keys), for its owner alone."""
    key = _key(folder)
    return {
        "record": record,
        "algorithm": "Ed25519",
        "public_key": _text(key.public_key().public_bytes_raw()),
        "signature": _text(key.sign(canonical(record))),
    }


def is_genuine(receipt: dict[str, Any], public_key: str | None = None) -> bool:
    """Whether nothing of a receipt was changed; with `public_key`, whether that very installation signed it."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(receipt["public_key"]))
        key.verify(base64.b64decode(receipt["signature"]), canonical(receipt["record"]))
    except (KeyError, TypeError, ValueError, InvalidSignature):
        return False
    return public_key is None or receipt["public_key"] == public_key


def public_key(folder: Path) -> str:
    """The key by which this installation's receipts are known, base64."""
    return _text(_key(folder).public_key().public_bytes_raw())


def canonical(record: dict[str, Any]) -> bytes:
    """The record as the one JSON text that is signed: keys sorted, no spaces."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _key(folder: Path) -> Ed25519PrivateKey:
    path = folder / FILE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        part = path.with_name(f".{FILE}.{os.getpid()}")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made)
        try:
            os.link(part, path)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            part.unlink()
    return serialization.load_pem_private_key(path.read_bytes(), None)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
