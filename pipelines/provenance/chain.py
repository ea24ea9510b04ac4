"""The certificates that credentials are signed with: root → intermediate → leaf, as C2PA asks for them."""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID, ObjectIdentifier

ORGANISATION = "Hibari (development keys)"
ROOT_DAYS, INTERMEDIATE_DAYS, LEAF_DAYS = 3650, 1825, 397
CLOCKS_DIFFER = datetime.timedelta(minutes=5)
# C2PA's own purpose, and the one that older validators look for
PURPOSES = ("1.3.6.1.4.1.62558.2.1", "1.3.6.1.5.5.7.3.4")


@dataclass(frozen=True)
class Holder:
    """A private key and the certificate that speaks for it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def begins(self) -> datetime.datetime:
        """When its certificate begins, in UTC."""
        return self.certificate.not_valid_before_utc

    def ends(self) -> datetime.datetime:
        """When its certificate ends, in UTC."""
        return self.certificate.not_valid_after_utc


def new_root(now: datetime.datetime) -> Holder:
    """A fresh root, which vouches for itself."""
    return _issued("Root", None, now, ROOT_DAYS, authority=True)


def new_intermediate(root: Holder, now: datetime.datetime) -> Holder:
    """A fresh issuer below the root; below it there are only leaves."""
    return _issued("Issuer", root, now, INTERMEDIATE_DAYS, authority=True)


def new_leaf(intermediate: Holder, now: datetime.datetime) -> Holder:
    """A fresh signer of clips, which ends no later than its issuer."""
    return _issued("Signer", intermediate, now, LEAF_DAYS, authority=False)


def holder_from(key_pem: bytes, certificate_pem: bytes) -> Holder:
    """The holder that two PEM texts describe."""
    key = serialization.load_pem_private_key(key_pem, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Holder(key, x509.load_pem_x509_certificate(certificate_pem))


def matches(key: PrivateKeyTypes, certificate: x509.Certificate) -> bool:
    """Whether the certificate speaks for this key."""
    return key.public_key() == certificate.public_key()


def _issued(name: str, issuer: Holder | None, now: datetime.datetime, days: int, *, authority: bool) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    public, subject = key.public_key(), _subject(name)
    issuer_key = issuer.key if issuer else key
    ends = now + datetime.timedelta(days=days)
    if issuer is not None:
        ends = min(ends, issuer.ends())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(authority, 0 if authority and issuer else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_usage(authority), critical=True)
    )
    if not authority:
        purposes = x509.ExtendedKeyUsage([ObjectIdentifier(purpose) for purpose in PURPOSES])
        builder = builder.add_extension(purposes, critical=False)
    return Holder(key, builder.sign(issuer_key, hashes.SHA256()))


def _subject(name: str) -> x509.Name:
    attributes = ((NameOID.ORGANIZATION_NAME, ORGANISATION), (NameOID.COMMON_NAME, f"Hibari {name}"))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
