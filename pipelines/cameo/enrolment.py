"""From a recording in a file to what the database keeps: checked, built, sealed. Nothing is written to any disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.cameo.building import build_likeness
from pipelines.cameo.capture import CaptureReport, Recogniser, check_capture
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.consent import VERSION
from pipelines.cameo.faces import MATCHES, distance, face_of
from pipelines.cameo.likeness import Unspoken, seal, seal_face, unseal_face


@dataclass(frozen=True, repr=False)
class Enrolment(Unspoken):
    """What came of a recording. `kept` is None where a check failed: then `report` says what to do."""

    report: CaptureReport
    kept: dict[str, Any] | None  # the arguments of data.cameos.save_cameo beside the owner


def enrol(
    file: Path | bytes,
    challenge: Challenge,
    key: bytes,
    *,
    marks: Sequence[dict[str, Any]] = (),
    faces: Sequence[dict[str, Any]] = (),
    recognise: Recogniser | None = None,
    elsewhere: bool = False,
) -> Enrolment:
    """Checks a recording and builds the likeness. `marks`: of earlier recordings; `faces`: everybody else's, sealed,
    as data.cameos.cameo_faces gives them. `elsewhere`: see check_capture. A file is deleted by
    the caller, whatever comes of it."""
    report = check_capture(file, challenge, earlier=marks, recognise=recognise, elsewhere=elsewhere)
    if not report.passed or report.seen is None:
        return Enrolment(report, None)
    likeness = build_likeness(report.seen, challenge.later(report.lead))
    face = face_of(likeness)
    resembles = [other["owner"] for other in faces if distance(face, unseal_face(other["face"], key)) <= MATCHES]
    kept = {
        "likeness": seal(likeness, key),
        "live_check": report.as_json() | {"numbers": list(challenge.numbers)},
        "consent": VERSION,
        "mark": report.fingerprint,
        "face": seal_face(face, key),
        "resembles": resembles,
    }
    return Enrolment(report, kept)


def strangers_in(uploaded: Sequence[np.ndarray], allowed: Sequence[dict[str, Any]], key: bytes) -> int:
    """How many faces of an upload (see faces.faces_in) are nobody's whom the uploader may show. `allowed`: the sealed
    faces that data.cameos.faces_open_to gives."""
    known = [unseal_face(other["face"], key) for other in allowed]
    return sum(all(distance(face, other) > MATCHES for other in known) for face in uploaded)


STRANGER = {
    "en": "There is a face in this file that is not your own cameo, nor of somebody who lets you use theirs. Use a"
    " picture without people, or ask the person for their cameo and name them with @ in the prompt.",
    "fr": "Ce fichier montre un visage qui n'est ni votre caméo, ni celui d'une personne qui vous a donné son accord."
    " Utilisez une image sans personne, ou demandez son caméo à la personne et nommez-la avec @ dans la demande.",
}
