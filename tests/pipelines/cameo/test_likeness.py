"""A likeness at rest: sealed, opened by its key alone, and gone without a trace where it has no business."""

import json
import os
import pickle
import stat
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.cameo import receipts
from pipelines.cameo.capture import CaptureReport
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.enrolment import enrol, strangers_in
from pipelines.cameo.faces import MATCHES, describe, distance, face_of, faces_in, find_faces, landmarks_of, matches
from pipelines.cameo.keys import LikenessKeyError, likeness_key
from pipelines.cameo.likeness import Likeness, LikenessError, open_likeness, seal, seal_face, unseal_face
from pipelines.world.actor import Role
from tests.pipelines.cameo.captures import photo, write

KEY, OTHER = b"k" * 32, b"j" * 32


def test_what_is_sealed_opens_with_its_key(likeness: Likeness) -> None:
    opened = open_likeness(json.loads(json.dumps(seal(likeness, KEY))), KEY)
    for view in ("front", "left", "right"):
        assert np.array_equal(getattr(opened, view).picture, getattr(likeness, view).picture)
        assert getattr(opened, view).eyes == getattr(likeness, view).eyes
    assert (opened.palette, opened.voice) == (likeness.palette, likeness.voice)
    assert np.array_equal(opened.sample, likeness.sample)
    face = face_of(likeness)
    assert distance(unseal_face(seal_face(face, KEY), KEY), face) < 0.01


def test_it_opens_with_no_other_key_and_not_after_a_change(likeness: Likeness) -> None:
    sealed = seal(likeness, KEY)
    changed = sealed | {"sealed": "A" + sealed["sealed"][1:]}
    swapped = seal_face(face_of(likeness), KEY)  # sealed for another purpose
    for wrong, key in ((sealed, OTHER), (changed, KEY), (swapped, KEY), ({}, KEY), ({"format": 1, "sealed": "?"}, KEY)):
        with pytest.raises(LikenessError) as refused:
            open_likeness(wrong, key)
        assert str(likeness.palette.skin[0]) not in str(refused.value)
    assert seal(likeness, KEY) != sealed, "two seals of one likeness do not look alike"


def test_nothing_of_it_is_told_in_logs_and_errors(likeness: Likeness, report: CaptureReport) -> None:
    role = Role("person", likeness=likeness, cameo="ann")
    told = f"{likeness} {likeness.front} {likeness.voice} {likeness.palette} {report} {report.seen} {role!r}"
    assert "<Likeness>" in told and "array(" not in told
    assert str(likeness.voice.pitch) not in told and str(likeness.palette.skin) not in told


def test_the_seal_fits_the_database(likeness: Likeness) -> None:
    assert len(json.dumps(seal(likeness, KEY))) < 3_000_000


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    key = likeness_key(folder, {})
    assert len(key) == 32 and likeness_key(folder, {}) == key
    assert stat.S_IMODE(os.stat(folder / "likeness.key").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == ["likeness.key"]


def test_a_key_from_the_settings_wins_and_must_be_one(tmp_path: Path) -> None:
    given = {"HIBARI_LIKENESS_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="}
    assert likeness_key(tmp_path / "none", given) == KEY and not (tmp_path / "none").exists()
    with pytest.raises(LikenessKeyError, match="openssl rand"):
        likeness_key(tmp_path, {"HIBARI_LIKENESS_KEY": "too short"})


def test_a_likeness_is_known_again_and_nobody_else_is(likeness: Likeness, stranger: Likeness, tmp_path: Path) -> None:
    picture = photo()
    for changed in (picture, (picture * 0.6).astype(np.uint8), picture[10:460, 60:600], picture[:, ::-1].copy()):
        face = describe(changed, landmarks_of(changed, find_faces(changed)[0]))
        assert matches(face, likeness) < MATCHES < matches(face, stranger)
    path = tmp_path / "upload.png"
    cv2.imwrite(str(path), picture)
    uploaded = faces_in(path)
    own, other = ({"handle": "x", "face": seal_face(face_of(who), KEY)} for who in (likeness, stranger))
    assert len(uploaded) == 1
    assert strangers_in(uploaded, [own, other], KEY) == 0
    assert strangers_in(uploaded, [other], KEY) == 1
    assert strangers_in(uploaded, [], KEY) == 1


def test_a_landscape_has_no_faces(tmp_path: Path) -> None:
    rows = np.linspace(0, 255, 360, dtype=np.uint8)[:, None, None]
    cv2.imwrite(str(tmp_path / "sky.jpg"), np.broadcast_to(rows, (360, 540, 3)))
    assert faces_in(tmp_path / "sky.jpg") == []


def test_enrolling_leaves_nothing_behind(tmp_path: Path, challenge: Challenge, likeness: Likeness) -> None:
    """In a process of its own: what it writes, says and opens is looked at from outside."""
    path = write(tmp_path / "capture.webm", challenge)
    plan = tmp_path / "plan"
    faces = [{"owner": "ann", "face": seal_face(face_of(likeness), KEY)}]
    plan.write_bytes(pickle.dumps((path, challenge, KEY, faces)))
    empty = tmp_path / "temporary"
    empty.mkdir()
    code = (
        "import pickle, sys, json; from pipelines.cameo.enrolment import enrol\n"
        f"path, challenge, key, faces = pickle.load(open({str(plan)!r}, 'rb'))\n"
        "done = enrol(path, challenge, key, faces=faces)\n"
        "print(json.dumps([done.report.passed, sorted(done.kept), done.kept['resembles']]))"
    )
    environment = {**os.environ, "TMPDIR": str(empty), "HOME": str(empty), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    passed, kept, resembles = json.loads(done.stdout)
    assert passed and {"likeness", "face", "mark", "live_check", "consent", "resembles"} == set(kept)
    assert resembles == ["ann"], "a face that somebody else has enrolled is noticed"
    assert list(empty.rglob("*")) == [] and done.stderr == ""


def test_a_failed_recording_keeps_nothing(tmp_path: Path, challenge: Challenge) -> None:
    (tmp_path / "noise.webm").write_bytes(b"no video")
    failed = enrol(tmp_path / "noise.webm", challenge, KEY)
    assert failed.kept is None and failed.report.advice()


def test_receipts_are_signed_and_changes_are_seen(tmp_path: Path) -> None:
    record = {"person": "ann", "uses": [{"author": "ben", "at": "2026-11-22T08:00:00+00:00"}], "text": "été"}
    receipt = json.loads(json.dumps(receipts.signed(record, tmp_path / "keys")))
    assert receipts.is_genuine(receipt, receipts.public_key(tmp_path / "keys"))
    assert not receipts.is_genuine({**receipt, "record": {**record, "uses": []}})
    assert not receipts.is_genuine(receipt, receipts.public_key(tmp_path / "other"))
    assert not receipts.is_genuine({"record": record})
    assert stat.S_IMODE(os.stat(tmp_path / "keys" / "receipts.pem").st_mode) == 0o600
