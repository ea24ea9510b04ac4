"""Where does this file come from? Credential first; if it is gone, the marks; if they are gone, looks and sound."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipelines.provenance.chain_tree import chain_tree, failures, generation_of, signer_of, successes
from pipelines.provenance.codes import Decoded, KnownMarks, decode
from pipelines.provenance.examination import Examined, NotReadable, examine
from pipelines.provenance.fingerprints import LEAST_QUALITY, NEAR, Look, distances, look_of
from pipelines.provenance.installation import Provenance
from pipelines.provenance.sound_prints import ALIKE, best_match, sound_prints
from pipelines.provenance.sound_reading import read_sound_mark
from pipelines.provenance.verification import Evidence, Kind, Lookup, Node, Origin, Verdict, Verification
from pipelines.provenance.video_mark import CANONICAL
from pipelines.provenance.video_reading import read_video_mark, without_bars

__all__ = ["NotReadable", "Verification", "verify"]

FRAMES_READ = 32  # of which the mark is read; more add time, not certainty
LOOKS_ASKED = 20  # frames whose looks are asked about
LEAST_SIDE = 0.12 * CANONICAL  # pixels; smaller pictures hold no mark
PLAUSIBLE = 90  # bits of 256 within which a cropped or turned copy still looks like its clip; others differ in 128
SURE_FRAMES = 3  # near frames that are as good as certain


def verify(path: Path, provenance: Provenance, lookup: Lookup | None = None) -> Verification:
    """Where the file comes from, as far as it can be told.

    lookup: the database; without it, only what the file itself and the keys tell. Raises NotReadable for what is no
    video, picture or sound. The file may be hostile: it is read by a process without secrets, within limits.
    """
    examined = _without_bars(examine(path, provenance.signing))
    credential = _credential(examined.credential)
    looks = _looks(examined)
    marks = _marks(examined, provenance, lookup, credential.mark)
    origin_of = lookup.origin if lookup else lambda mark: None
    found = [_mark_evidence(kind, decoded, origin_of, looks) for kind, decoded in marks.items()]
    evidence = [credential.evidence, *found]
    mark = credential.mark if credential.ours else None
    mark = mark or next((one.detail["number"] for one in found if one.code.endswith("_found")), None)
    if mark is None and lookup is not None:
        mirrored = _looks(replace(examined, frames=examined.frames[:, :, ::-1]))
        likeness = [_frames_evidence(looks, mirrored, lookup), _sound_evidence(examined.sound, lookup)]
        evidence += likeness
        mark = next((one.detail["number"] for one in likeness if "number" in one.detail), None)
    origin = origin_of(mark) if mark is not None else None
    return Verification(
        verdict=_verdict(credential, mark, origin),
        evidence=tuple(_without_numbers(one) for one in evidence),
        origin=origin,
        tree=credential.tree,
        signer=credential.signer,
        seconds=examined.seconds,
    )


@dataclass(frozen=True)
class _Credential:
    """What the credential says, judged."""

    evidence: Evidence
    ours: bool  # signed with our keys, whether or not the file was changed since
    intact: bool
    mark: int | None
    signer: str | None
    tree: Node | None


def _credential(told: dict) -> _Credential:
    """The credential judged by what the reader found, code by code: whatever is not known to be harmless counts."""
    store = told.get("store") if isinstance(told.get("store"), dict) else {}
    results = store.get("validation_results")
    wrong = [code for code in failures(results) if code != "signingCredential.untrusted"]
    right = successes(results)
    ours = "signingCredential.trusted" in right and "claimSignature.validated" in right
    if told.get("state") in (None, "none"):
        return _Credential(Evidence(Kind.CREDENTIAL, "credential_none", 1.0), False, False, None, None, None)
    active = store.get("manifests", {}).get(store.get("active_manifest"), {}) if store else {}
    signer = signer_of(active)
    # what the standard's own hash leaves out is named in the credential itself
    promised = generation_of(told).get("outside_sha256")
    if ours and promised is not None and promised != told.get("outside"):
        wrong = [*wrong, "outside.mismatch"]
    code, state, confidence = _judged(told, ours, wrong)
    evidence = Evidence(Kind.CREDENTIAL, code, confidence, {"signer": signer or "?"})
    intact = code in ("credential_intact", "credential_expired", "credential_known", "credential_unknown")
    return _Credential(evidence, ours, intact, _number(told), signer, chain_tree(told, state))


def _judged(told: dict, ours: bool, wrong: list[str]) -> tuple[str, str, float]:
    """(code of the evidence, state of the tree's first node, confidence)."""
    if told.get("state") == "Trusted" and ours and not wrong:
        return "credential_intact", "intact", 1.0
    if told.get("state") == "Valid" and not wrong:
        return ("credential_known", "intact", 0.95) if told.get("known") else ("credential_unknown", "untrusted", 0.5)
    if ours and set(wrong) == {"signingCredential.expired"}:
        return "credential_expired", "intact", 0.9
    if ours:
        return "credential_changed", "changed", 0.7
    return "credential_broken", "changed", 0.7


def _number(told: dict) -> int | None:
    """The mark that the credential names."""
    text = generation_of(told).get("mark")
    try:
        return int(text, 16) if isinstance(text, str) and len(text) <= 12 else None
    except ValueError:
        return None


def _without_bars(examined: Examined) -> Examined:
    """The same without black bars, which neither marks nor hashes know."""
    if not len(examined.frames):
        return examined
    return replace(examined, frames=np.stack(without_bars(list(examined.frames))))


def _looks(examined: Examined) -> list[Look]:
    """Hashes of frames evenly over the file that are not too plain to be known again."""
    chosen = _evenly(len(examined.frames), LOOKS_ASKED)
    looks = [look_of(examined.frames[number], examined.times[number]) for number in chosen]
    return [look for look in looks if look.quality >= LEAST_QUALITY]


def _marks(
    examined: Examined, provenance: Provenance, lookup: Lookup | None, named: int | None
) -> dict[Kind, Decoded | None]:
    """The number in the picture's mark and in the sound's, where there is a picture and a sound.

    named: by the credential. Whether it is in the picture is easier to see than which of all numbers is.
    """
    secret = provenance.secret
    known = [provenance.known_marks(lookup.known_marks())] if lookup else []
    if named is not None:
        known.insert(0, KnownMarks(secret, [named]))
    found: dict[Kind, Decoded | None] = {}
    if len(examined.frames) and np.sqrt(examined.frames[0].size) > LEAST_SIDE:
        frames = [examined.frames[number] for number in _evenly(len(examined.frames), FRAMES_READ)]
        found[Kind.VIDEO_MARK] = _decoded(secret, [r.leanings for r in read_video_mark(secret, frames)], known)
        seen = found[Kind.VIDEO_MARK]
        if seen is not None:
            known.insert(0, KnownMarks(secret, [seen.mark]))
    if len(examined.sound):
        found[Kind.SOUND_MARK] = _decoded(secret, [r.leanings for r in read_sound_mark(secret, examined.sound)], known)
    return found


def _decoded(secret: bytes, readings: list[np.ndarray], known: list[KnownMarks]) -> Decoded | None:
    """The number in the first of some readings that holds one."""
    for leanings in readings:
        for numbers in known:
            if (decoded := numbers.best(leanings)) is not None:
                return decoded
        if (decoded := decode(secret, leanings)) is not None:
            return decoded
    return None


def _mark_evidence(
    kind: Kind, decoded: Decoded | None, origin_of: Callable[[int], Origin | None], looks: list[Look]
) -> Evidence:
    """What a mark tells; a mark in a picture that does not look like its clip tells less."""
    if decoded is None:
        return Evidence(kind, f"{kind}_none", 0.5)
    detail = {"number": decoded.mark, "mark": f"{decoded.mark:010x}", "score": round(decoded.score, 1)}
    origin = origin_of(decoded.mark)
    known_looks = [bytes.fromhex(one) for one in origin["looks"]] if origin else []
    if kind is Kind.VIDEO_MARK and known_looks and looks:
        nearest = int(distances([look.hash for look in looks], known_looks).min())
        detail["distance"] = nearest
        if nearest > PLAUSIBLE:
            return Evidence(kind, "video_mark_elsewhere", 0.6, detail)
    return Evidence(kind, f"{kind}_found", round(1 - max(decoded.chance, 1e-6), 6), detail)


def _frames_evidence(looks: list[Look], mirrored: list[Look], lookup: Lookup) -> Evidence:
    """The clip whose frames look most like these, or like these in a mirror."""
    hashes = [look.hash for look in looks]
    found = lookup.frames_like([*hashes, *(look.hash for look in mirrored)], NEAR) if hashes else []
    best = max(found, key=lambda one: (one["matched"], -one["distance"]), default=None)
    needed = 1 if len(hashes) < 4 else 2
    if best is None or best["matched"] < needed:
        return Evidence(Kind.FRAMES, "frames_none", 0.5)
    sure = min(1.0, best["matched"] / SURE_FRAMES) * (1 - best["distance"] / 128)
    detail = {"number": best["mark"], "mark": f"{best['mark']:010x}", "matched": best["matched"], "asked": len(hashes)}
    return Evidence(Kind.FRAMES, "frames_found", round(0.5 + 0.49 * sure, 3), detail)


def _sound_evidence(sound: np.ndarray, lookup: Lookup) -> Evidence:
    """The clip whose sound is most like this one."""
    prints = sound_prints(sound, apart=1)
    best: tuple[float, int, float] | None = None
    for found in lookup.sounds_like(prints) if len(prints) else []:
        known = np.array(found["prints"], np.int64)
        for phase in (0, 1):  # prints lie two hops apart; the copy may begin in between
            match = best_match(known, prints[phase::2])
            if match is not None and match.differing < ALIKE and (best is None or match.differing < best[0]):
                best = match.differing, found["mark"], match.seconds
    if best is None:
        return Evidence(Kind.SOUND, "sound_none", 0.5)
    detail = {
        "number": best[1],
        "mark": f"{best[1]:010x}",
        "differing": round(best[0], 3),
        "seconds": round(best[2], 1),
    }
    return Evidence(Kind.SOUND, "sound_found", round(min(0.99, 1 - best[0]), 3), detail)


def _verdict(credential: _Credential, mark: int | None, origin: Origin | None) -> Verdict:
    if origin is not None and origin["withdrawn"]:
        return Verdict.WITHDRAWN
    if credential.ours and credential.intact:
        return Verdict.MADE_HERE
    if credential.ours or mark is not None:
        return Verdict.MADE_HERE_CHANGED
    return Verdict.SIGNED_BY_OTHER if credential.intact else Verdict.NO_TRACE


def _without_numbers(evidence: Evidence) -> Evidence:
    """The evidence with the mark in hexadecimal only, as credentials and people write it."""
    detail = {name: value for name, value in evidence.detail.items() if name != "number"}
    return Evidence(evidence.kind, evidence.code, evidence.confidence, detail)


def _evenly(count: int, most: int) -> list[int]:
    """At most so many of the numbers 0 to count - 1, evenly apart."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int)).tolist() if count else []
