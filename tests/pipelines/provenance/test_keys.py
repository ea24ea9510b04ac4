"""Keys are made once, for their owner alone, renewed before they end; or they are the operator's."""

import datetime
import shlex
import stat
import sys
import threading

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from pipelines.provenance import open_provenance
from pipelines.provenance.chain import new_intermediate, new_leaf, new_root
from pipelines.provenance.keys import KeysError, development_chain, mark_secret
from pipelines.provenance.signing import signing_from

NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def later(days: int) -> datetime.datetime:
    return NOW + datetime.timedelta(days=days)


def test_opening_makes_nothing_until_it_is_needed(tmp_path):
    opened = open_provenance(tmp_path / "keys")
    assert not (tmp_path / "keys").exists()
    assert len(opened.secret) == 32
    assert sorted(file.name for file in (tmp_path / "keys").iterdir()) == ["marks.key"]


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    folder = tmp_path / "keys"
    chain, secret = development_chain(folder), mark_secret(folder)
    assert development_chain(folder).leaf.certificate == chain.leaf.certificate
    assert mark_secret(folder) == secret
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_processes_that_start_at_once_share_one_key(tmp_path):
    secrets, start = [], threading.Barrier(8)

    def read() -> None:
        start.wait()
        secrets.append(mark_secret(tmp_path / "keys"))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 8 and len(set(secrets)) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["marks.key"]


def test_the_signer_is_renewed_before_it_ends_and_the_root_stays(tmp_path):
    first = development_chain(tmp_path, NOW)
    assert development_chain(tmp_path, later(300)).leaf.certificate == first.leaf.certificate
    renewed = development_chain(tmp_path, later(345))
    assert renewed.leaf.certificate != first.leaf.certificate
    assert renewed.intermediate.certificate == first.intermediate.certificate
    much_later = development_chain(tmp_path, later(1600))
    assert much_later.intermediate.certificate != first.intermediate.certificate
    assert much_later.root.certificate == first.root.certificate
    much_later.leaf.certificate.verify_directly_issued_by(much_later.intermediate.certificate)


def test_a_signer_from_the_future_is_replaced(tmp_path):
    """As when the clock was wrong while it was made."""
    development_chain(tmp_path, later(200))
    assert development_chain(tmp_path, NOW).leaf.begins() <= NOW


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_named(tmp_path, content):
    (tmp_path / "root.pem").write_bytes(content)
    with pytest.raises(KeysError, match=r"root\.pem holds no key"):
        development_chain(tmp_path)


def test_a_cut_secret_is_named(tmp_path):
    (tmp_path / "marks.key").write_bytes(b"short")
    with pytest.raises(KeysError, match="must hold 32 bytes, not 5"):
        mark_secret(tmp_path)


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeysError, match="cannot be kept"):
        mark_secret(tmp_path / "file" / "keys")


@pytest.fixture()
def operator(tmp_path) -> dict[str, str]:
    """The settings of an operator with keys of their own."""
    now = datetime.datetime.now(datetime.UTC)
    root = new_root(now)
    issuer = new_intermediate(root, now)
    leaf = new_leaf(issuer, now)
    chain = b"".join(holder.certificate_pem() for holder in (leaf, issuer, root))
    (tmp_path / "chain.pem").write_bytes(chain)
    (tmp_path / "key.pem").write_bytes(leaf.key_pem())
    return {
        "HIBARI_SIGNING_CHAIN": str(tmp_path / "chain.pem"),
        "HIBARI_SIGNING_KEY": str(tmp_path / "key.pem"),
    }


def test_an_operators_chain_is_used_and_nothing_else_is_made(tmp_path, operator):
    signing = signing_from(tmp_path / "keys", operator)
    assert (signing.algorithm, signing.chain.count("BEGIN"), signing.anchors.count("BEGIN")) == ("es256", 2, 1)
    assert not (tmp_path / "keys").exists()


def test_an_operators_command_signs(tmp_path, operator):
    """As a module would whose key never leaves it."""
    program = (
        "import sys\n"
        "from cryptography.hazmat.primitives import hashes, serialization\n"
        "from cryptography.hazmat.primitives.asymmetric import ec\n"
        "key = serialization.load_pem_private_key(open(sys.argv[1], 'rb').read(), None)\n"
        "sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read(), ec.ECDSA(hashes.SHA256())))\n"
    )
    (tmp_path / "sign.py").write_text(program)
    command = shlex.join([sys.executable, str(tmp_path / "sign.py"), operator.pop("HIBARI_SIGNING_KEY")])
    signing = signing_from(tmp_path / "keys", operator | {"HIBARI_SIGNING_COMMAND": command})
    assert signing.sign(b"a claim")


def test_a_command_that_fails_says_what_it_said(tmp_path, operator):
    command = shlex.join([sys.executable, "-c", "import sys; sys.exit('the module is locked')"])
    with pytest.raises(KeysError, match="the module is locked"):
        signing_from(tmp_path, operator | {"HIBARI_SIGNING_COMMAND": command})
    with pytest.raises(KeysError, match="did not sign"):
        signing_from(tmp_path, operator | {"HIBARI_SIGNING_COMMAND": "no-such-program"})


def test_a_key_of_another_certificate_is_refused(tmp_path, operator):
    other = ed25519.Ed25519PrivateKey.generate()
    (tmp_path / "key.pem").write_bytes(
        other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    with pytest.raises(KeysError, match="does not belong to the first certificate"):
        signing_from(tmp_path, operator)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"HIBARI_SIGNING_KEY": ""}, "HIBARI_SIGNING_KEY is not set"),
        ({"HIBARI_SIGNING_KEY": "/nowhere.pem"}, "cannot be read"),
        ({"HIBARI_SIGNING_CHAIN": "/nowhere.pem"}, "cannot be read"),
        ({"HIBARI_TRUST_ANCHORS": "/nowhere.pem"}, "HIBARI_TRUST_ANCHORS names"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, operator, change, sentence):
    with pytest.raises(KeysError, match=sentence):
        signing_from(tmp_path, operator | change)


def test_a_chain_without_its_root_is_refused(tmp_path, operator):
    first = (tmp_path / "chain.pem").read_text().split("-----END")[0]
    (tmp_path / "chain.pem").write_text(first + "-----END CERTIFICATE-----\n")
    with pytest.raises(KeysError, match="issuers up to the root"):
        signing_from(tmp_path, operator)
