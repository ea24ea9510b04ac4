"""Where does this file come from? Stories of copies, true and tampered with."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.provenance.credential import sign_files
from pipelines.provenance.statement import Origins
from pipelines.provenance.verification import Evidence, Kind, Verdict, Verification
from pipelines.provenance.verify import NotReadable, verify
from tests.bench.attacks import Copy as Attacked
from tests.bench.attacks import coded, cropped, each, written
from tests.pipelines.clips import pictures, samples
from tests.pipelines.provenance.memory_lookup import MemoryLookup
from tests.pipelines.provenance.scenes import HEIGHT, WIDTH, hiss, painted_wall
from tests.pipelines.provenance.tampering import TAMPERINGS, stripped, with_credential_of, without_index


@pytest.fixture()
def lookup(clip, remix) -> MemoryLookup:
    """A database that knows both clips; @ann published hers."""
    return MemoryLookup([clip, remix], {clip.mark: "ann"}, more_marks=range(1, 2000))


@pytest.fixture(scope="session")
def opened(clip) -> Attacked:
    """What a player shows of @ann's clip."""
    return Attacked(list(pictures(clip.path)), samples(clip.path), 24)


def evidence(found: Verification, kind: Kind) -> Evidence:
    return next(one for one in found.evidence if one.kind is kind)


def file_with(folder: Path, content: bytes, name: str = "copy.mp4") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_a_clip_as_it_left_us(clip, provenance, lookup):
    found = verify(clip.path, provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE
    assert found.sentence("en") == "Made here by @ann on 5 October 2026. Nothing was changed since."
    assert found.sentence("fr") == "Fait ici par @ann le 5 octobre 2026. Rien n’a été changé depuis."
    assert [one.code for one in found.evidence] == ["credential_intact", "video_mark_found", "sound_mark_found"]
    assert found.confidence == 1.0
    assert found.origin["clip"] == "an id"


def test_without_the_database_the_credential_alone_tells(clip, provenance):
    found = verify(clip.path, provenance)
    assert found.verdict is Verdict.MADE_HERE and found.origin is None
    assert found.tree.maker == "ann"
    assert "by @ann on " in found.sentence("en")


@pytest.mark.parametrize("file", ["poster", "preview"])
def test_poster_and_preview_are_known_too(clip, provenance, lookup, file):
    found = verify(getattr(clip, file), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE
    assert found.origin["mark"] == clip.mark


def test_the_chain_of_a_remix_is_a_tree_with_pictures(remix, provenance, lookup):
    tree = verify(remix.path, provenance, lookup).tree
    assert (tree.role, tree.state, tree.maker, tree.prompt) == ("this", "intact", "ben", "the same at night")
    parent, picture, person = tree.children
    assert (parent.role, parent.state, parent.maker, parent.prompt) == ("parent", "intact", "ann", None)
    assert (picture.role, picture.state) == ("input", "none")
    assert (person.role, person.title, person.facts) == ("cameo", "@leo", {"receipt_sha256": "ab" * 32})
    for node in (tree, parent, picture):
        assert cv2.imdecode(np.frombuffer(node.thumbnail, np.uint8), cv2.IMREAD_COLOR) is not None
    assert person.thumbnail is None, "no face is shown"


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_file_that_was_tampered_with_is_never_called_intact(clip, provenance, lookup, tmp_path, tampering):
    copy = file_with(tmp_path, TAMPERINGS[tampering](clip.path.read_bytes()))
    found = verify(copy, provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED, "the marks still tell whose it is"
    assert evidence(found, Kind.CREDENTIAL).code in ("credential_changed", "credential_broken", "credential_none")
    assert found.origin["mark"] == clip.mark
    assert found.tree is None or found.tree.state == "changed"


def test_a_file_whose_index_is_broken_cannot_be_read(clip, provenance, lookup, tmp_path):
    copy = file_with(tmp_path, without_index(clip.path.read_bytes()))
    with pytest.raises(NotReadable):
        verify(copy, provenance, lookup)


def test_a_credential_put_on_another_clip_does_not_fit(clip, remix, provenance, lookup, tmp_path):
    replay = with_credential_of(remix.path.read_bytes())(clip.path.read_bytes())
    found = verify(file_with(tmp_path, replay), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert evidence(found, Kind.CREDENTIAL).code == "credential_changed"


def test_a_parent_swapped_in_the_chain_is_seen(remix, provenance, lookup, tmp_path):
    data = remix.path.read_bytes()
    first = data.find(b"ann")
    assert first > 0
    swapped = data[:first] + b"eve" + data[first + 3 :]
    found = verify(file_with(tmp_path, swapped), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert evidence(found, Kind.CREDENTIAL).code in ("credential_changed", "credential_broken")


def test_signing_our_clip_with_another_key_does_not_make_it_theirs(clip, provenance, stranger, lookup, tmp_path):
    found = verify(resigned(clip, stranger, tmp_path), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert evidence(found, Kind.CREDENTIAL).code == "credential_unknown"
    assert found.tree.state == "untrusted"
    assert found.origin["maker"] == "ann"


def resigned(clip, by, folder: Path) -> Path:
    """The clip's file with somebody else's credential."""
    copy = file_with(folder, stripped(clip.path.read_bytes()))
    poster, preview = folder / "poster.jpg", folder / "copy.preview.mp4"
    poster.write_bytes(clip.poster.read_bytes())
    preview.write_bytes(stripped(clip.preview.read_bytes()))
    told = Origins("x", True, 0, "world", "1", "{}", 5, "2026-01-01T00:00:00+00:00", True, maker="eve")
    sign_files(copy, poster, preview, told, by.signing)
    return copy


def test_somebody_elses_clip_is_theirs(provenance, stranger, lookup, tmp_path):
    from tests.pipelines.provenance.scenes import made

    theirs = made(tmp_path / "theirs.mp4", stranger, seed=50, maker="eve")
    found = verify(theirs.path, provenance, lookup)
    assert found.verdict is Verdict.SIGNED_BY_OTHER
    assert found.sentence("en").startswith("Signed by someone else: Hibari Signer")
    assert evidence(found, Kind.CREDENTIAL).confidence == 0.5, "nobody vouches for the name"


def test_a_copy_without_its_credential_is_known_by_its_mark(clip, opened, provenance, lookup, tmp_path):
    copy = written(cropped(0.1)(coded(28)(opened)), tmp_path)
    found = verify(copy, provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert found.sentence("en") == "Made here by @ann on 5 October 2026, then changed or copied."
    assert evidence(found, Kind.VIDEO_MARK).detail["mark"] == f"{clip.mark:010x}"
    assert found.tree is None


def test_its_sound_alone_is_known(clip, opened, provenance, lookup, tmp_path):
    other = [painted_wall(99, WIDTH, HEIGHT)] * len(opened.frames)
    found = verify(written(Attacked(other, opened.sound, 24), tmp_path), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert evidence(found, Kind.VIDEO_MARK).code == "video_mark_none"
    assert found.origin["mark"] == clip.mark
    assert {"sound_mark_found", "sound_found"} & {one.code for one in found.evidence}, "two seconds are little"


def test_where_the_marks_are_gone_looks_and_sound_tell(clip, provenance, lookup, tmp_path):
    """The same scene drawn and mixed without marks: as if somebody had washed them out."""
    wall = painted_wall(1, WIDTH + 96, HEIGHT)
    frames = [np.ascontiguousarray(wall[:, 2 * n : 2 * n + WIDTH][:, ::-1]) for n in range(48)]
    found = verify(written(Attacked(frames, hiss(1, 2.0), 24), tmp_path), provenance, lookup)
    assert found.verdict is Verdict.MADE_HERE_CHANGED
    assert evidence(found, Kind.FRAMES).code == "frames_found", "though it is mirrored"
    assert evidence(found, Kind.SOUND).code == "sound_found"
    assert found.origin["mark"] == clip.mark
    assert found.confidence < 1


def test_a_mark_copied_onto_another_picture_is_doubted(clip, provenance, lookup, tmp_path):
    from pipelines.provenance.video_mark import VideoMark

    frame = painted_wall(77, 540, 960)
    VideoMark(provenance.secret, clip.mark, 540, 960).draw(frame)
    cv2.imwrite(str(tmp_path / "copied.png"), frame)
    found = verify(tmp_path / "copied.png", provenance, lookup)
    assert evidence(found, Kind.VIDEO_MARK).code == "video_mark_elsewhere"
    assert found.verdict is Verdict.NO_TRACE


def test_a_withdrawn_clip_says_so_even_with_a_whole_credential(clip, provenance, lookup):
    lookup.withdrawn.add(clip.mark)
    found = verify(clip.path, provenance, lookup)
    assert found.verdict is Verdict.WITHDRAWN
    assert "withdrawn since" in found.sentence("en") and "retiré" in found.sentence("fr")


def test_what_was_not_made_here_leaves_no_trace(provenance, lookup, tmp_path):
    stranger = [painted_wall(500, WIDTH + 4, HEIGHT)[:, n % 4 : n % 4 + WIDTH] for n in range(48)]
    found = verify(written(Attacked(stranger, hiss(500, 2.0), 24), tmp_path), provenance, lookup)
    assert found.verdict is Verdict.NO_TRACE
    assert found.sentence("en") == "No trace found. That proves nothing: traces can be lost or removed."
    assert {one.code for one in found.evidence} == {
        *("credential_none", "video_mark_none", "sound_mark_none", "frames_none", "sound_none")
    }
    assert found.confidence == 0


def test_a_photo_without_sound_is_looked_at_as_well(provenance, lookup, tmp_path):
    cv2.imwrite(str(tmp_path / "photo.jpg"), painted_wall(500, 300, 400))
    found = verify(tmp_path / "photo.jpg", provenance, lookup)
    assert found.verdict is Verdict.NO_TRACE
    assert Kind.SOUND_MARK not in {one.kind for one in found.evidence}


def test_every_sentence_exists_in_both_languages(clip, provenance):
    from pipelines.provenance.sentences import EVIDENCE, VERDICTS

    assert set(VERDICTS) == set(Verdict)
    assert all(len(sentences) == 2 and all(sentences) for sentences in (*VERDICTS.values(), *EVIDENCE.values()))
    for one in verify(clip.path, provenance).evidence:
        assert one.sentence("en") != one.sentence("fr")


def barred(copy: Attacked) -> Attacked:
    """The clip between black bars."""
    return each(lambda frame: cv2.copyMakeBorder(frame, 0, 0, 200, 200, cv2.BORDER_CONSTANT))(copy)


def test_bars_do_not_hide_it(clip, opened, provenance, lookup, tmp_path):
    found = verify(written(barred(opened), tmp_path), provenance, lookup)
    assert found.origin["mark"] == clip.mark
    assert evidence(found, Kind.VIDEO_MARK).detail["distance"] <= 31, "and it looks like the clip"
