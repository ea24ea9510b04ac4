"""Files made to harm: each is answered in words, soon, without asking another machine or leaving anything behind."""

import http.server
import struct
import subprocess
import sys
import threading
from pathlib import Path

import c2pa
import cv2
import numpy as np
import pytest

from pipelines.provenance import examination
from pipelines.provenance.credential import context
from pipelines.provenance.examination import PROGRAM, NotReadable, examine
from pipelines.provenance.verification import Verdict
from pipelines.provenance.verify import verify
from tests.pipelines.clips import files_in
from tests.pipelines.provenance.scenes import painted_wall
from tests.pipelines.provenance.tampering import stripped


def ftyp(*rest: bytes) -> bytes:
    return struct.pack(">I4s", 16, b"ftyp") + b"isom\0\0\0\0" + b"".join(rest)


UNKNOWN = {
    "nothing": b"",
    "a playlist": b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/segment.ts\n",
    "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "a web page": b"<html><script>alert(1)</script></html>",
    "a drawing that fetches": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x"/></svg>',
}
DAMAGED = {
    "only a beginning": ftyp(),
    "a box without an end": ftyp(struct.pack(">I4s", 0xFFFFFFF0, b"moov")),
    "boxes within boxes": ftyp(b"".join(struct.pack(">I4s", 8 * (2000 - n), b"moov") for n in range(2000))),
    "noise called video": ftyp(np.random.default_rng(0).bytes(50_000)),
    "noise called matroska": b"\x1aE\xdf\xa3" + np.random.default_rng(1).bytes(50_000),
    "noise called a photo": b"\xff\xd8\xff\xe0" + np.random.default_rng(2).bytes(50_000),
    "noise called sound": b"RIFF\0\0\0\0WAVE" + np.random.default_rng(4).bytes(50_000),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_no_media_is_refused(provenance, tmp_path, case):
    (tmp_path / "file.mp4").write_bytes(UNKNOWN[case])
    with pytest.raises(NotReadable, match="no video, picture or sound") as refusal:
        examine(tmp_path / "file.mp4", provenance.signing)
    assert "Ce n’est ni une vidéo" in refusal.value.sentence("fr")


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_damaged_is_refused(provenance, tmp_path, case):
    (tmp_path / "file.mp4").write_bytes(DAMAGED[case])
    with pytest.raises(NotReadable, match="damaged|neither"):
        examine(tmp_path / "file.mp4", provenance.signing)


def test_a_picture_that_unpacks_to_a_giant_is_refused(provenance, tmp_path):
    """A few kilobytes, a hundred million pixels."""
    cv2.imwrite(str(tmp_path / "giant.png"), np.zeros((10_000, 10_000), np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    with pytest.raises(NotReadable, match="too large"):
        examine(tmp_path / "giant.png", provenance.signing)


def test_a_file_of_half_a_gigabyte_is_refused_unread(provenance, tmp_path):
    with open(tmp_path / "huge.mp4", "wb") as file:
        file.truncate(500 * 1024**2)
    with pytest.raises(NotReadable, match="too large"):
        examine(tmp_path / "huge.mp4", provenance.signing)


def test_a_cut_file_is_read_as_far_as_it_goes(clip, provenance, tmp_path):
    data = stripped(clip.path.read_bytes())
    (tmp_path / "cut.mp4").write_bytes(data[: len(data) * 2 // 3])
    examined = examine(tmp_path / "cut.mp4", provenance.signing)
    assert 1 < len(examined.frames) < 16


def test_a_reader_that_hangs_is_ended(provenance, tmp_path, monkeypatch):
    (tmp_path / "sleeper.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(examination, "PROGRAM", tmp_path / "sleeper.py")
    monkeypatch.setattr(examination, "TIME_LIMIT", 0.5)
    (tmp_path / "file.mp4").write_bytes(ftyp())
    with pytest.raises(NotReadable, match="took too long"):
        examine(tmp_path / "file.mp4", provenance.signing)


ANSWERS = {
    "it dies": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "it says nothing": "",
    "it says no JSON": "print('hello'); print('hello')",
    "it says a list": "print('[]'); print('[]')",
    "it promises more than it gives": (
        "import json; print(json.dumps({'state': 'none'}));"
        "print(json.dumps({'times': [0], 'height': 9999, 'width': 9999, 'sound': 0, 'seconds': 1}))"
    ),
    "it promises less than nothing": (
        "import json; print(json.dumps({'state': 'none'}));"
        "print(json.dumps({'times': [0], 'height': -1, 'width': -1, 'sound': 0, 'seconds': 1}))"
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_reader_overcome_by_a_file_is_not_believed(provenance, tmp_path, monkeypatch, case):
    (tmp_path / "overcome.py").write_text(ANSWERS[case])
    monkeypatch.setattr(examination, "PROGRAM", tmp_path / "overcome.py")
    (tmp_path / "file.mp4").write_bytes(ftyp())
    with pytest.raises(NotReadable, match="damaged"):
        examine(tmp_path / "file.mp4", provenance.signing)


def test_the_reader_can_neither_write_files_nor_take_all_memory(tmp_path):
    program = (
        f"import runpy; limits = runpy.run_path({str(PROGRAM)!r}); limits['_limit']()\n"
        "import numpy\n"
        "try:\n    numpy.ones(2**33, numpy.uint8)\nexcept MemoryError:\n    print('no memory')\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try:\n    open({str(tmp_path / 'left')!r}, 'wb', 0).write(b'x')\nexcept OSError:\n    print('no disk')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == ["no memory", "no disk"], done.stderr


def test_a_credential_elsewhere_is_never_fetched(clip, provenance, tmp_path):
    """A file that names a server for its credential: nobody calls there."""
    calls = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "bare.mp4").write_bytes(stripped(clip.path.read_bytes()))
    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/credential.c2pa"
        sign_elsewhere(tmp_path / "bare.mp4", tmp_path / "elsewhere.mp4", address, provenance)
        found = verify(tmp_path / "elsewhere.mp4", provenance)
        server.shutdown()
        thread.join()
    assert address.encode() in (tmp_path / "elsewhere.mp4").read_bytes()
    assert calls == []
    assert found.verdict is Verdict.MADE_HERE_CHANGED, "the mark is found all the same"


def sign_elsewhere(source: Path, target: Path, address: str, provenance) -> None:
    """Signs a file so that its credential lies at an address, not in it."""
    signing = provenance.signing
    statement = {
        "claim_generator_info": [{"name": "Elsewhere", "version": "1"}],
        "format": "video/mp4",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [{"action": "c2pa.edited"}]}}],
    }
    with (
        c2pa.Signer.from_callback(signing.sign, c2pa.C2paSigningAlg.ES256, signing.chain, None) as signer,
        c2pa.Builder(statement, context(signing.anchors)) as builder,
        open(source, "rb") as before,
        open(target, "w+b") as after,
    ):
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT, c2pa.C2paDigitalSourceType.EMPTY)
        builder.set_remote_url(address)
        builder.set_no_embed()
        builder.sign(signer, "video/mp4", before, after)


def test_hostile_words_in_a_credential_are_cut_and_stay_words(provenance):
    from pipelines.provenance.chain_tree import chain_tree

    deep = {"title": "x" * 10_000 + "\x1b[31m", "assertions": "no list", "signature_info": [], "ingredients": []}
    loop = {"relationship": "parentOf", "active_manifest": "a", "title": 7}
    store = {"active_manifest": "a", "manifests": {"a": deep | {"ingredients": [loop] * 50}}}
    tree = chain_tree({"store": store, "thumbnails": {"a": "not base64!"}}, "untrusted")
    assert len(tree.title) == 300 and "\x1b" not in tree.title and tree.thumbnail is None
    assert count(tree) <= 100
    for nonsense in (
        {},
        {"store": []},
        {"store": {"active_manifest": "z", "manifests": {}}},
        {"store": 7},
    ):
        assert chain_tree(nonsense, "changed") is None


def count(node) -> int:
    return 1 + sum(count(child) for child in node.children)


def test_nothing_is_left_behind(provenance, tmp_path):
    cv2.imwrite(str(tmp_path / "photo.png"), painted_wall(4, 200, 300))
    verify(tmp_path / "photo.png", provenance)
    assert files_in(tmp_path) == ["photo.png"]
