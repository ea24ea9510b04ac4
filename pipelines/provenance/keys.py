"""The keys of an installation, in one folder (var/keys): the secret of the marks, and the chain that signs credentials.

    marks.key         32 random bytes, from which the patterns of the invisible marks grow
    root.pem          private key and certificate of the development root; its certificate is what others may trust
    intermediate.pem  private key and certificate of the issuer below it
    signer.pem        private key and certificate of the signer of clips, renewed before it ends

Each is made at first use, for its owner alone (0600). Whoever has marks.key can write and erase marks; whoever has
another key can sign as this installation.
"""

import datetime
import os
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature

from pipelines.provenance.chain import Holder, holder_from, new_intermediate, new_leaf, new_root

SECRET_LENGTH = 32  # bytes
LEAF_RENEWED = datetime.timedelta(days=60)  # before its end
INTERMEDIATE_RENEWED = datetime.timedelta(days=400)  # before its end, so that a leaf lives its whole life


class KeysError(RuntimeError):
    """A key is missing or wrong; the message names the file or setting, and says what to do."""


@dataclass(frozen=True)
class DevelopmentChain:
    """The three holders that an installation makes for itself."""

    root: Holder
    intermediate: Holder
    leaf: Holder


def mark_secret(folder: Path) -> bytes:
    """The 32 secret bytes of the marks, made at first use. Raises KeysError."""
    secret = _kept(folder / "marks.key", lambda: secrets.token_bytes(SECRET_LENGTH))
    if len(secret) != SECRET_LENGTH:
        raise KeysError(
            f"{folder / 'marks.key'} must hold {SECRET_LENGTH} bytes, not {len(secret)}. Restore it from a backup; "
            "marks made with another secret can no longer be read."
        )
    return secret


def development_chain(folder: Path, now: datetime.datetime | None = None) -> DevelopmentChain:
    """Root, issuer and signer, made at first use; issuer and signer anew when they near their end. Raises KeysError."""
    now = now or datetime.datetime.now(datetime.UTC)
    root = _holder(folder / "root.pem", lambda: new_root(now))
    intermediate = _renewed(folder / "intermediate.pem", lambda: new_intermediate(root, now), now, INTERMEDIATE_RENEWED)
    leaf = _renewed(folder / "signer.pem", lambda: new_leaf(intermediate, now), now, LEAF_RENEWED)
    if not _issued_by(leaf, intermediate):
        leaf = _replaced(folder / "signer.pem", new_leaf(intermediate, now))
    return DevelopmentChain(root, intermediate, leaf)


def _issued_by(leaf: Holder, issuer: Holder) -> bool:
    """Whether the leaf was signed by this very key, not by one that the issuer had before it was renewed."""
    try:
        leaf.certificate.verify_directly_issued_by(issuer.certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _renewed(path: Path, make: Callable[[], Holder], now: datetime.datetime, before_end: datetime.timedelta) -> Holder:
    holder = _holder(path, make)
    # one that has not begun was made while the clock was ahead
    serves = holder.begins() <= now and holder.ends() - now > before_end
    return holder if serves else _replaced(path, make())


def _holder(path: Path, make: Callable[[], Holder]) -> Holder:
    """The holder in a file, made if there is none."""
    pem = _kept(path, lambda: _both_pem(make()))
    try:
        return holder_from(pem, pem)
    except ValueError as error:
        raise KeysError(f"{path} holds no key with its certificate: {error}. Restore it, or delete it.") from error


def _both_pem(holder: Holder) -> bytes:
    return holder.key_pem() + holder.certificate_pem()


def _replaced(path: Path, holder: Holder) -> Holder:
    part = _written_beside(path, _both_pem(holder))
    os.replace(part, path)
    return holder


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made first if it is not there. Of several processes that make it at once, one wins."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = _written_beside(path, make())
            try:
                os.link(part, path)  # fails if another process was first: then its key is the key
            except FileExistsError:
                pass
            finally:
                part.unlink()
        return path.read_bytes()
    except OSError as error:
        raise KeysError(f"The key {path} cannot be kept: {error.strerror}. Check the folder and its owner.") from error


def _written_beside(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return part
