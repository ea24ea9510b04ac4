"""The live check: who passes, and what is said to those who do not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipelines.cameo.advice import SENTENCES
from pipelines.cameo.capture import CaptureReport, check_capture, check_recording, lead_of, turns_of
from pipelines.cameo.challenge import Challenge, new_challenge
from pipelines.cameo.listening import listen
from pipelines.cameo.recording import SOUND_RATE, RecordingError, read_recording
from pipelines.cameo.replays import is_replay
from tests.pipelines.cameo.captures import Acting, recorded, sample_challenge, write


def problems(report: CaptureReport) -> set[str]:
    return {check.problem for check in report.checks if not check.passed}


def test_who_does_what_was_asked_passes(report: CaptureReport) -> None:
    assert report.passed and report.advice() == []
    assert [side for side, _ in turns_of(report.seen)] == ["left", "right"]
    assert report.needs_confirmation, "nobody understood the numbers, so a moderator listens"


def test_a_slow_camera_will_do(report: CaptureReport, challenge: Challenge) -> None:
    """Of what an old computer records, three of four pictures are lost."""
    whole = report.seen.recording
    slow = replace(whole, frames=whole.frames[::4], times=whole.times[::4])
    checked = check_recording(slow, challenge)
    assert [side for side, _ in turns_of(checked.seen)] == ["left", "right"]
    assert "too_few_turns" not in problems(checked) and "another_person" not in problems(checked)


def test_who_is_understood_needs_no_moderator(report: CaptureReport, challenge: Challenge) -> None:
    recording = report.seen.recording
    assert not check_recording(recording, challenge, recognise=lambda sound, rate: "that was 47").needs_confirmation
    other = check_recording(recording, challenge, recognise=lambda sound, rate: "74")
    assert problems(other) == {"other_numbers"}


@pytest.mark.parametrize(
    ("acting", "problem"),
    [
        (Acting(still=True), "still"),
        (Acting(mirrored=True), "mirrored"),
        (Acting(silent=True), "silent"),
        (Acting(second_person="stranger"), "two_faces"),
        (Acting(swapped_for="stranger"), "another_person"),
        (Acting(turns=("right", "right")), "other_turns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_failure_is_found_and_says_what_to_do(acting: Acting, problem: str, challenge: Challenge) -> None:
    report = check_recording(recorded(challenge, acting), challenge)
    assert not report.passed
    assert problem in problems(report)
    assert SENTENCES[problem][0] in report.advice("en") and SENTENCES[problem][1] in report.advice("fr")


def test_a_recording_for_another_challenge_does_not_fit(report: CaptureReport) -> None:
    other = sample_challenge("left", "47", "right")
    again = check_recording(report.seen.recording, other)
    assert problems(again) & {"other_turns", "numbers_missing"}


def test_a_recording_is_accepted_once(report: CaptureReport) -> None:
    again = check_recording(
        report.seen.recording, sample_challenge("47", "left", "right"), earlier=[report.fingerprint]
    )
    assert problems(again) == {"replay"}


def test_the_same_person_before_the_same_wall_is_no_replay(report: CaptureReport) -> None:
    other = sample_challenge("right", "12", "left", "90")
    assert not is_replay(check_recording(recorded(other), other).fingerprint, [report.fingerprint])


def test_a_file_as_phones_make_it(tmp_path: Path, report: CaptureReport, challenge: Challenge) -> None:
    """What browsers make, a webm, is enrolled in test_likeness.py."""
    checked = check_capture(write(tmp_path / "capture.mp4", challenge), challenge)
    assert checked.passed, checked.advice()
    assert is_replay(checked.fingerprint, [report.fingerprint]), "encoded anew, it is still the same recording"


@pytest.mark.parametrize("lead", [-0.6, 0.3, 2.7, 5.0])
def test_another_camera_may_be_started_before_or_after_the_steps(
    lead: float, report: CaptureReport, challenge: Challenge
) -> None:
    """As long as the numbers come at their times from each other; where the steps lie is heard."""
    silence = np.zeros(round(max(lead, 0) * SOUND_RATE), np.int16)
    spoken = report.seen.recording.sound[round(max(-lead, 0) * SOUND_RATE) :]
    found = lead_of(listen(np.concatenate([silence, spoken]), SOUND_RATE), challenge)
    assert abs(found - lead) < 0.7


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    noise = tmp_path / "noise.webm"
    noise.write_bytes(np.random.default_rng(1).bytes(20_000))
    with pytest.raises(RecordingError) as refused:
        read_recording(noise)
    assert refused.value.code == "unreadable"
    assert check_capture(noise, sample_challenge()).advice("fr")


def test_a_file_cannot_name_other_files(tmp_path: Path) -> None:
    """A playlist would make the decoder open whatever it lists."""
    other = write(tmp_path / "other.mp4", sample_challenge("47"))
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{other}\n#EXT-X-ENDLIST\n")
    with pytest.raises(RecordingError):
        read_recording(playlist)


def test_a_recording_is_not_longer_than_it_may_be(tmp_path: Path) -> None:
    path = write(tmp_path / "long.mp4", sample_challenge("47"))
    with pytest.raises(RecordingError) as refused:
        read_recording(path, longest=1.0)
    assert refused.value.code == "too_long"


def test_too_short_too_dark_nobody_there(report: CaptureReport, challenge: Challenge) -> None:
    whole = report.seen.recording
    short = replace(whole, frames=whole.frames[:24], times=whole.times[:24], seconds=3.2, sound=whole.sound[:51_200])
    assert "too_short" in problems(check_recording(short, challenge))
    empty = replace(short, frames=np.full_like(short.frames, 90))
    assert "no_face" in problems(check_recording(empty, challenge))


def test_challenges_differ_and_hold_three_numbers_and_three_turns() -> None:
    made = [new_challenge("id") for _ in range(40)]
    assert len({(c.turns, c.numbers, tuple(s.kind for s in c.steps)) for c in made}) >= 39
    for challenge in made:
        assert len(challenge.numbers) == 3 and {"left", "right"} == set(challenge.turns) and len(challenge.turns) == 3
        assert Challenge.from_json(challenge.as_json()) == challenge
