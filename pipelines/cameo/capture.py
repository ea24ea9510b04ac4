"""The live check: whether a recording shows one living person who did just now what the challenge asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipelines.cameo.advice import told
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.faces import Landmarks
from pipelines.cameo.likeness import Unspoken
from pipelines.cameo.listening import Heard, listen
from pipelines.cameo.pose import Seen, watch
from pipelines.cameo.recording import Recording, RecordingError, read_recording
from pipelines.cameo.replays import fingerprint, is_replay

TURNED, STRAIGHT = 0.38, 0.22  # radians: from here on a head counts as turned; up to here it looks ahead
HELD = 0.2  # seconds that a turn is held, and seen in two frames at least
LATEST, EARLIEST = 1.0, 6.0  # seconds by which another camera is started after or before the steps
READS = 0.4  # seconds by which numbers are said before the middle of their time
ENOUGH = 0.6  # seconds of voice in a number's time; more tells nothing of when the recording began
EARLY, LATE = 0.4, 0.9  # seconds around a step in which it still counts
SPOKEN = 0.22  # seconds of voice that a number takes at least
SMALLEST_FACE = 0.16  # of the picture's height
DARKEST, BRIGHTEST = 40, 225  # mean of a face's tones
FITS = 0.30  # how well the front view fits at least while the person looks ahead
JUMP = 0.55  # distances between the eyes that a head moves from frame to frame at most
ALIVE = 1.15  # how much more a mouth moves than the rest of its face while its owner speaks

Recogniser = Callable[[np.ndarray, int], str]  # (samples, Hz) → what was said


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    code: str  # readable, face, one_face, light, same_person, turns, speech, alive, new
    passed: bool
    problem: str = ""  # which sentence tells what to do; "" when all is well

    def advice(self, language: str = "en") -> str:
        """What to do, in a sentence; "" when all is well."""
        return told(self.problem, language) if self.problem else ""


@dataclass(frozen=True)
class CaptureReport:
    """What the live check saw."""

    checks: tuple[Check, ...]
    needs_confirmation: bool  # nobody recognised the numbers: a moderator listens before others may use the cameo
    fingerprint: dict[str, Any]  # of the recording, to know it again
    seen: "Watched | None" = None  # what the likeness is built from; None where there was no face
    lead: float = 0.0  # seconds by which the recording began before the steps

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def advice(self, language: str = "en") -> list[str]:
        """What to do about each check that failed."""
        return [check.advice(language) for check in self.checks if not check.passed]

    def as_json(self) -> dict[str, Any]:
        """What is kept of the check: no picture, no sound."""
        checks = {check.code: check.problem or "passed" for check in self.checks}
        return {"passed": self.passed, "checks": checks, "needs_confirmation": self.needs_confirmation}


@dataclass(frozen=True, repr=False)
class Watched(Unspoken):
    """A recording, and where the head is in it."""

    recording: Recording
    heard: Heard
    front: int  # the frame that looks straight ahead
    marks: Landmarks  # of that frame
    heads: tuple[Seen, ...]  # in every frame


def check_capture(
    file: Path | bytes,
    challenge: Challenge,
    *,
    earlier: Sequence[dict[str, Any]] = (),
    recognise: Recogniser | None = None,
    elsewhere: bool = False,
) -> CaptureReport:
    """The live check of a recording in a file or in its bytes. `earlier`: fingerprints of recordings that were accepted
    before. `elsewhere`: filmed with another camera, which somebody started by hand when the steps began."""
    try:
        recording = read_recording(file)
    except RecordingError as error:
        return CaptureReport((Check("readable", False, error.code),), True, {})
    lead = lead_of(listen(recording.sound, recording.sound_rate), challenge) if elsewhere else 0.0
    report = check_recording(recording, challenge.later(lead), earlier=earlier, recognise=recognise)
    return replace(report, lead=lead)


def lead_of(heard: Heard, challenge: Challenge) -> float:
    """Seconds by which a recording began before its challenge, below 0 after it: where most voice falls into the times
    of numbers. Order and numbers are checked as ever, only their start is free."""
    steps = [step for step in challenge.steps if step.kind == "say"]
    leads = np.arange(-LATEST, EARLIEST, 0.1)
    shares = [[min(heard.share(step.start + lead, step.end + lead), ENOUGH) for step in steps] for lead in leads]
    fits = np.sum(shares, axis=1).round(1)
    return float(np.median(leads[fits == fits.max()])) + READS  # a number is short: many leads fit, the middle is meant


def check_recording(
    recording: Recording,
    challenge: Challenge,
    *,
    earlier: Sequence[dict[str, Any]] = (),
    recognise: Recogniser | None = None,
) -> CaptureReport:
    """The live check of a recording. Every check is made, so that somebody hears all that is wrong at once."""
    cv2.setNumThreads(1)
    checks = [_readable(recording, challenge)]
    found = watch(recording.frames)
    mark = fingerprint(recording)
    if found is None:
        return CaptureReport((*checks, Check("face", False, "no_face")), True, mark)
    front, marks, heads, faces = found
    heard = listen(recording.sound, recording.sound_rate)
    watched = Watched(recording, heard, front, marks, tuple(heads))
    speech, recognised = _speech(watched, challenge, recognise)
    checks += [
        _face(recording, marks),
        _one(faces),
        _light(recording, watched),
        _same(watched),
        _turns(watched, challenge),
        speech,
        _alive(watched, challenge),
        Check("new", True) if not is_replay(mark, earlier) else Check("new", False, "replay"),
    ]
    return CaptureReport(tuple(checks), not recognised, mark, watched)


def _readable(recording: Recording, challenge: Challenge) -> Check:
    if recording.seconds < challenge.seconds - 1.5:
        return Check("readable", False, "too_short")
    if min(recording.frames.shape[1:3]) < 220:
        return Check("readable", False, "too_small")
    return Check("readable", True)


def _face(recording: Recording, marks: Landmarks) -> Check:
    near_enough = marks.face[3] >= SMALLEST_FACE * min(recording.frames.shape[1:3])
    return Check("face", near_enough, "" if near_enough else "too_far")


def _one(faces: Sequence[Sequence[object]]) -> Check:
    """More than one face in two frames of those searched, so that a pattern on a wall does not count."""
    crowded = sum(len(boxes) > 1 for boxes in faces)
    return Check("one_face", crowded < 3, "" if crowded < 3 else "two_faces")


def _light(recording: Recording, watched: Watched) -> Check:
    x, y, w, h = watched.marks.face
    tone = float(recording.frames[watched.front][y : y + h, x : x + w].mean())
    if tone < DARKEST:
        return Check("light", False, "too_dark")
    return Check("light", tone <= BRIGHTEST, "" if tone <= BRIGHTEST else "too_bright")


def _same(watched: Watched) -> Check:
    """The front view fits whenever the person looks ahead, and the head never jumps: nobody took their place."""
    fits = [seen.likeness for seen in watched.heads if abs(seen.yaw) < STRAIGHT]
    lost = sum(fit < FITS for fit in fits) > 0.12 * max(1, len(fits))
    apart = watched.marks.apart
    jumps = sum(
        abs(b.x - a.x) > JUMP * apart or abs(b.y - a.y) > JUMP * apart
        for a, b in zip(watched.heads, watched.heads[1:], strict=False)
        if abs(a.yaw) < STRAIGHT and abs(b.yaw) < STRAIGHT
    )
    good = not lost and not jumps and not _cut(watched)
    return Check("same_person", good, "" if good else "another_person")


def _cut(watched: Watched) -> bool:
    """Whether the whole picture changes from one frame to the next, as where two recordings were joined."""
    frames = watched.recording.frames[:, ::8, ::8].astype(np.int16)
    change = np.abs(np.diff(frames, axis=0)).mean((1, 2, 3))
    usual = float(np.median(change))
    return bool((change > max(6 * usual, usual + 14)).any())


def _turns(watched: Watched, challenge: Challenge) -> Check:
    """Each turn in its time and in the order that was asked; the person's own left is the right of the picture."""
    done = turns_of(watched)
    mirrored = {"left": "right", "right": "left"}
    sides = tuple(side for side, _ in done)
    if sides == tuple(mirrored[side] for side in challenge.turns):
        return Check("turns", False, "mirrored")
    steps = [step for step in challenge.steps if step.kind == "turn"]
    if len(done) < len(steps):
        return Check("turns", False, "too_few_turns")
    in_time = len(done) == len(steps) and all(
        side == step.value and step.start - EARLY <= time <= step.end + LATE
        for (side, time), step in zip(done, steps, strict=True)
    )
    return Check("turns", in_time, "" if in_time else "other_turns")


def turns_of(watched: Watched) -> list[tuple[str, float]]:
    """(side as the person sees it, seconds) of each turn that was held; two the same need a look ahead between them."""
    turns: list[tuple[str, float]] = []
    held, since, straight = "", 0.0, True  # the side that is looked to, from when, and whether a new turn may begin
    for seen, time in zip(watched.heads, watched.recording.times, strict=True):
        side = "left" if seen.yaw > 0 else "right"
        if abs(seen.yaw) < STRAIGHT:
            held, straight = "", True
        elif abs(seen.yaw) < TURNED:
            continue
        elif side != held:
            held, since = side, float(time)
        elif time - since >= HELD and (straight or turns[-1][0] != side):
            turns.append((side, float(time)))
            straight = False
    return turns


def _speech(watched: Watched, challenge: Challenge, recognise: Recogniser | None) -> tuple[Check, bool]:
    """(check, whether the numbers were recognised). Without a recogniser a voice at the right times will do."""
    heard = watched.heard
    steps = [step for step in challenge.steps if step.kind == "say"]
    if heard.voiced.sum() == 0:
        return Check("speech", False, "silent"), False
    if any(heard.share(step.start - EARLY, step.end + LATE) < SPOKEN for step in steps):
        return Check("speech", False, "numbers_missing"), False
    asked = sum(heard.share(step.start - EARLY, step.end + EARLY) for step in steps)
    elsewhere = heard.share(0, watched.recording.seconds) - asked
    if elsewhere > 1.2 + 0.5 * asked:
        return Check("speech", False, "other_speech"), False
    if recognise is None:
        return Check("speech", True), False
    rate = watched.recording.sound_rate
    for step in steps:
        part = watched.recording.sound[round(max(0, step.start - EARLY) * rate) : round((step.end + LATE) * rate)]
        if step.value not in recognise(part, rate):
            return Check("speech", False, "other_numbers"), False
    return Check("speech", True), True


def _alive(watched: Watched, challenge: Challenge) -> Check:
    """The mouth moves against its own face while numbers are said, more than while the person is silent."""
    moved = _mouth_movement(watched)
    times = watched.recording.times[1:]
    saying = np.zeros(len(times), bool)
    for step in challenge.steps:
        if step.kind == "say":
            saying |= (times >= step.start) & (times <= step.end + EARLY)
    ahead_of = np.array([abs(seen.yaw) < STRAIGHT and seen.likeness > FITS for seen in watched.heads])
    usable = ahead_of[1:] & ahead_of[:-1]
    if (saying & usable).sum() < 6:
        return Check("alive", False, "still")
    living = float(np.percentile(moved[saying & usable], 80)) > ALIVE
    return Check("alive", living, "" if living else "still")


def _mouth_movement(watched: Watched) -> np.ndarray:
    """(n − 1,): how much the mouth changes from frame to frame, against how much brow and nose change."""
    marks, scale = watched.marks, 48 / watched.marks.apart
    faces = []
    for frame, seen in zip(watched.recording.frames, watched.heads, strict=True):
        place = np.float32(
            [[scale, 0, 48 - seen.x * scale], [0, scale, 40 - seen.y * scale]]
        )  # eyes at (24 and 72, 40): 48 pixels apart
        face = cv2.warpAffine(frame, place, (96, 128), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        faces.append(cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (0, 0), 1.5))
    row = round(40 + (marks.mouth[1] - marks.middle[1]) * scale)
    changes = []
    for before, after in zip(faces, faces[1:], strict=False):
        shift, _ = cv2.phaseCorrelate(before[8:80].astype(np.float32), after[8:80].astype(np.float32))
        level = cv2.warpAffine(
            after, np.float32([[1, 0, -shift[0]], [0, 1, -shift[1]]]), (96, 128), borderMode=cv2.BORDER_REPLICATE
        )
        change = cv2.absdiff(before, level).astype(np.float32)
        mouth, upper = change[row - 8 : row + 16, 26:70], change[14:64, 20:76]
        changes.append(float(np.percentile(mouth, 90)) / (float(np.percentile(upper, 90)) + 1.5))
    return np.array(changes)
