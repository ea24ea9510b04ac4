"""Every file of a clip is signed, says how it was made, and any reader of the standard can check it."""

import json
from dataclasses import replace
from pathlib import Path

import c2pa
import numpy as np
import pytest

from pipelines.provenance.credential import CredentialError
from pipelines.provenance.installation import new_mark
from pipelines.provenance.keys import KeysError
from pipelines.provenance.signing import Signing
from pipelines.provenance.statement import CAMEOS, GENERATION
from tests.pipelines.clips import files_in
from tests.pipelines.provenance.scenes import PROMPT, PanningEngine, made

TYPES = {".mp4": "video/mp4", ".jpg": "image/jpeg"}


def read(path: Path, anchors: str | None) -> tuple[str, dict, dict]:
    """(state, active manifest, store) as a reader finds them that trusts these roots, or nobody."""
    trust = {"trust": {"trust_anchors": anchors}} if anchors else {}
    context = c2pa.Context.from_dict({**trust, "verify": {"remote_manifest_fetch": False}})
    with open(path, "rb") as file, c2pa.Reader(TYPES[path.suffix], file, context=context) as reader:
        store = json.loads(reader.json())
        return reader.get_validation_state(), store["manifests"][store["active_manifest"]], store


def assertion(manifest: dict, label: str) -> dict:
    return next(one["data"] for one in manifest["assertions"] if one["label"] == label)


def actions(manifest: dict) -> list[str]:
    return [action["action"] for action in assertion(manifest, "c2pa.actions.v2")["actions"]]


def test_all_three_files_are_trusted_with_our_root_and_valid_without_it(clip, provenance):
    for file in (clip.path, clip.poster, clip.preview):
        assert read(file, provenance.signing.anchors)[0] == "Trusted"
        state, _, store = read(file, None)
        assert state == "Valid"
        failures = [one["code"] for one in store["validation_results"]["activeManifest"]["failure"]]
        assert failures in ([], ["signingCredential.untrusted"])


def test_the_record_of_a_clip_names_its_credential(clip, provenance):
    state, manifest, _ = read(clip.path, provenance.signing.anchors)
    assert clip.credential["state"] == state == "Trusted"
    assert clip.credential["label"] == manifest["label"]
    assert 0 < clip.credential["bytes"] < 60_000


def test_it_tells_how_the_clip_was_made_but_not_the_prompt(clip, provenance):
    _, manifest, _ = read(clip.path, provenance.signing.anchors)
    told = assertion(manifest, GENERATION)
    assert (told["maker"], told["seed"], told["engine"], told["mark"]) == ("ann", 1, "world", f"{clip.mark:010x}")
    assert len(told["prompt_sha256"]) == len(told["storyboard_sha256"]) == 64
    assert PROMPT not in json.dumps(manifest)
    assert actions(manifest) == ["c2pa.created", "c2pa.watermarked.bound", "c2pa.watermarked.unbound"]
    made_by = assertion(manifest, "c2pa.actions.v2")["actions"][0]
    assert made_by["digitalSourceType"].endswith("/algorithmicMedia")


def test_the_mark_and_the_looks_are_bound_to_it(clip, provenance):
    _, manifest, _ = read(clip.path, provenance.signing.anchors)
    bindings = [one["data"]["alg"] for one in manifest["assertions"] if one["label"].startswith("c2pa.soft-binding")]
    assert bindings == ["app.hibari.mark.1", "app.hibari.pdq.1"]


def test_nobody_may_train_on_it(clip, provenance):
    _, manifest, _ = read(clip.path, provenance.signing.anchors)
    entries = assertion(manifest, "cawg.training-mining")["entries"]
    assert {entry["use"] for entry in entries.values()} == {"notAllowed"}


def test_a_remix_names_its_parent_its_picture_and_the_consent_of_who_is_in_it(remix, clip, provenance):
    _, manifest, store = read(remix.path, provenance.signing.anchors)
    assert actions(manifest)[:3] == ["c2pa.opened", "c2pa.edited", "c2pa.placed"]
    by_role = {one["relationship"]: one for one in manifest["ingredients"]}
    assert by_role.keys() == {"parentOf", "inputTo", "componentOf"}
    assert by_role["parentOf"]["active_manifest"] == clip.credential["label"]
    assert by_role["componentOf"]["title"] == "@leo" and "thumbnail" not in by_role["componentOf"]
    assert assertion(manifest, CAMEOS)["cameos"] == [{"handle": "leo", "receipt_sha256": "ab" * 32}]
    assert assertion(manifest, GENERATION)["prompt"] == "the same at night"
    assert len(store["manifests"]) == 2, "the parent's credential is inside"


def test_a_remix_of_a_remix_keeps_the_whole_chain(remix, provenance, tmp_path):
    from pipelines.materials import Materials

    third = made(tmp_path / "third.mp4", provenance, seed=3, materials=Materials(parent=remix.path))
    state, _, store = read(third.path, provenance.signing.anchors)
    assert state == "Trusted" and len(store["manifests"]) == 3


def test_a_parent_without_a_credential_is_named_as_well(provenance, tmp_path, clip):
    from pipelines.materials import Materials
    from tests.pipelines.provenance.tampering import stripped

    bare = tmp_path / "bare.mp4"
    bare.write_bytes(stripped(clip.path.read_bytes()))
    child = made(tmp_path / "child.mp4", provenance, materials=Materials(parent=bare))
    _, manifest, _ = read(child.path, provenance.signing.anchors)
    (parent,) = manifest["ingredients"]
    assert parent["relationship"] == "parentOf" and "active_manifest" not in parent


def test_a_models_clip_says_that_a_model_made_it(provenance, tmp_path):
    clip = made(tmp_path / "clip.mp4", provenance, engine=PanningEngine(name="ltx-2"))
    _, manifest, _ = read(clip.path, provenance.signing.anchors)
    source = assertion(manifest, "c2pa.actions.v2")["actions"][0]["digitalSourceType"]
    assert source.endswith("/trainedAlgorithmicMedia")


def test_without_the_visible_mark_the_log_and_the_credential_say_so(tmp_path, caplog):
    from pipelines.provenance import open_provenance
    from tests.pipelines.clips import pictures

    hidden = open_provenance(tmp_path / "keys", {"HIBARI_VISIBLE_MARK": "off"})
    clip = made(tmp_path / "clip.mp4", hidden)
    assert "without the visible mark" in caplog.text
    _, manifest, _ = read(clip.path, hidden.signing.anchors)
    assert "c2pa.watermarked.unbound" not in actions(manifest)
    assert pictures(clip.path)[:, :60].max() < 250, "no white letters in the sky"


def test_a_time_stamp_that_cannot_be_had_is_done_without(provenance, tmp_path, caplog, monkeypatch):
    nowhere = "http://127.0.0.1:9/time"
    monkeypatch.setattr(type(provenance), "signing", _replaced(provenance.signing, timestamp_url=nowhere))
    clip = made(tmp_path / "clip.mp4", provenance)
    assert clip.credential["state"] == "Trusted"
    assert "No time stamp from http://127.0.0.1:9/time" in caplog.text


def test_a_signer_that_fails_leaves_no_file(provenance, tmp_path, monkeypatch):
    def refuse(data: bytes) -> bytes:
        raise KeysError("The module is locked.")

    monkeypatch.setattr(type(provenance), "signing", _replaced(provenance.signing, sign=refuse))
    with pytest.raises((KeysError, CredentialError), match="could not be signed|locked"):
        made(tmp_path / "clip.mp4", provenance)
    assert files_in(tmp_path) == []


def _replaced(signing: Signing, **changes) -> property:
    changed = replace(signing, **changes)
    return property(lambda self: changed)


def test_what_is_seen_and_heard_is_the_same_for_the_same_mark(provenance, tmp_path):
    from tests.pipelines.clips import pictures, samples

    one = made(tmp_path / "one.mp4", provenance, mark=77)
    two = made(tmp_path / "two.mp4", provenance, mark=77)
    assert np.array_equal(pictures(one.path), pictures(two.path))
    assert np.array_equal(samples(one.path), samples(two.path))
    assert one.sha256 != two.sha256, "their signatures differ"


def test_each_clip_gets_a_number_of_its_own():
    numbers = {new_mark() for _ in range(1000)}
    assert len(numbers) == 1000 and 0 < min(numbers) <= max(numbers) < 2**40
