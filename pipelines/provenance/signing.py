"""Who signs credentials: this installation's own development keys, the operator's chain, or a command of the operator.

HIBARI_SIGNING_CHAIN     PEM file: the signer's certificate, then its issuers up to the root
HIBARI_SIGNING_KEY       PEM file: the signer's private key, or instead of it
HIBARI_SIGNING_COMMAND   a command that gets the bytes to sign on stdin and writes the signature to stdout, for keys
                         that never leave their module, such as: openssl dgst -sha256 -sign key.pem
HIBARI_TIMESTAMP_URL     an RFC 3161 authority that witnesses when a clip was signed
HIBARI_TRUST_ANCHORS     PEM file: roots of others whose signatures are shown as known
"""

import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from pipelines.provenance.chain import matches
from pipelines.provenance.keys import KeysError, development_chain

COMMAND_SECONDS = 20.0  # a module or a service across the network answers within this, or the clip is not signed
TEST_BYTES = b"Hibari signs this to see whether key and certificate belong together."


@dataclass(frozen=True)
class Signing:
    """What it takes to sign and to recognise one's own signature."""

    algorithm: str  # as C2PA names it: es256, es384, es512, ps256, ed25519
    chain: str  # PEM: the signer first, then its issuers, without the root
    anchors: str  # PEM of the root
    sign: Callable[[bytes], bytes]
    timestamp_url: str | None = None
    others: str = ""  # PEM of roots of others that are shown as known


def signing_from(folder: Path, environment: Mapping[str, str]) -> Signing:
    """The signer that the environment names, else the development chain in `folder`. Raises KeysError."""
    timestamp_url = environment.get("HIBARI_TIMESTAMP_URL") or None
    others = _text(environment, "HIBARI_TRUST_ANCHORS") if environment.get("HIBARI_TRUST_ANCHORS") else ""
    if environment.get("HIBARI_SIGNING_CHAIN"):
        algorithm, chain, root, sign = _operator(environment)
    else:
        made = development_chain(folder)
        algorithm, sign = "es256", _key_signer(made.leaf.key)
        chain = (made.leaf.certificate_pem() + made.intermediate.certificate_pem()).decode("ascii")
        root = made.root.certificate_pem().decode("ascii")
    return Signing(algorithm, chain, root, sign, timestamp_url, others)


def _operator(environment: Mapping[str, str]) -> tuple[str, str, str, Callable[[bytes], bytes]]:
    """(algorithm, chain, root, sign) of the operator's settings, tried once so that a mistake is told at the start."""
    pem = _text(environment, "HIBARI_SIGNING_CHAIN")
    try:
        certificates = x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise KeysError(f"HIBARI_SIGNING_CHAIN holds no PEM certificates: {error}.") from error
    if len(certificates) < 2:
        raise KeysError("HIBARI_SIGNING_CHAIN must hold the signer's certificate and its issuers up to the root.")
    leaf, root = certificates[0], certificates[-1]
    algorithm = _algorithm(leaf.public_key())
    command = environment.get("HIBARI_SIGNING_COMMAND")
    sign = _command_signer(command) if command else _key_signer(_key(environment, leaf))
    _check(leaf, algorithm, sign(TEST_BYTES))
    between = [one for one in certificates if one is leaf or one.issuer != one.subject]
    chain = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in between).decode("ascii")
    return algorithm, chain, root.public_bytes(serialization.Encoding.PEM).decode("ascii"), sign


def _text(environment: Mapping[str, str], name: str) -> str:
    """What the file named by a setting holds."""
    path = environment.get(name)
    if not path:
        raise KeysError(f"{name} is not set; it is needed beside HIBARI_SIGNING_CHAIN.")
    try:
        return Path(path).expanduser().read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(f"{name} names {path}, which cannot be read as PEM: {error}.") from error


def _key(environment: Mapping[str, str], leaf: x509.Certificate) -> PrivateKeyTypes:
    try:
        key = serialization.load_pem_private_key(_text(environment, "HIBARI_SIGNING_KEY").encode(), password=None)
    except (ValueError, TypeError) as error:
        raise KeysError(f"HIBARI_SIGNING_KEY holds no private key without a password: {error}.") from error
    if not matches(key, leaf):
        raise KeysError("HIBARI_SIGNING_KEY does not belong to the first certificate of HIBARI_SIGNING_CHAIN.")
    return key


def _algorithm(key: object) -> str:
    """C2PA's name of the algorithm that a public key signs with."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        names = {256: "es256", 384: "es384", 521: "es512"}
        if key.curve.key_size in names:
            return names[key.curve.key_size]
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return "ps256"
    raise KeysError("The signer's key must be EC (P-256, P-384, P-521), Ed25519, or RSA of 2048 bits and more.")


_HASHES = {"es256": hashes.SHA256, "es384": hashes.SHA384, "es512": hashes.SHA512, "ps256": hashes.SHA256}
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)


def _key_signer(key: PrivateKeyTypes) -> Callable[[bytes], bytes]:
    """The function that signs with this key."""
    algorithm = _algorithm(key.public_key())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return lambda data: key.sign(data, ec.ECDSA(_HASHES[algorithm]()))
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda data: key.sign(data, _PSS, hashes.SHA256())
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    return key.sign


def _command_signer(command: str) -> Callable[[bytes], bytes]:
    """The function that asks the operator's command. Its words are split as a shell would, but no shell runs."""
    words = shlex.split(command)

    def sign(data: bytes) -> bytes:
        try:
            done = subprocess.run(words, input=data, capture_output=True, timeout=COMMAND_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise KeysError(f"HIBARI_SIGNING_COMMAND did not sign: {error}.") from error
        if done.returncode != 0 or not done.stdout:
            told = done.stderr.decode("utf-8", "replace").strip()[-200:]
            raise KeysError(f"HIBARI_SIGNING_COMMAND ended with {done.returncode} and no signature. It said: {told}")
        return done.stdout

    return sign


def _check(leaf: x509.Certificate, algorithm: str, signature: bytes) -> None:
    """Raises KeysError unless the certificate confirms the signature."""
    key = leaf.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, TEST_BYTES, ec.ECDSA(_HASHES[algorithm]()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, TEST_BYTES, _PSS, hashes.SHA256())
        else:
            assert isinstance(key, ed25519.Ed25519PublicKey)
            key.verify(signature, TEST_BYTES)
    except InvalidSignature:
        raise KeysError(
            "What was signed does not fit the first certificate of HIBARI_SIGNING_CHAIN. Is the key another one?"
        ) from None
