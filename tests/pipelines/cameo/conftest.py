"""One recording that passes, looked at once, and the likeness built from it."""

import pytest

from pipelines.cameo.building import build_likeness
from pipelines.cameo.capture import CaptureReport, check_recording
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.likeness import Likeness
from tests.pipelines.cameo.captures import Acting, recorded, sample_challenge


@pytest.fixture(scope="session")
def challenge() -> Challenge:
    return sample_challenge("47", "left", "right")


@pytest.fixture(scope="session")
def report(challenge: Challenge) -> CaptureReport:
    return check_recording(recorded(challenge), challenge)


@pytest.fixture(scope="session")
def likeness(report: CaptureReport, challenge: Challenge) -> Likeness:
    return build_likeness(report.seen, challenge)


@pytest.fixture(scope="session")
def stranger(challenge: Challenge) -> Likeness:
    """Somebody else's likeness."""
    report = check_recording(recorded(challenge, Acting(person="stranger")), challenge)
    assert report.passed, report.advice()
    return build_likeness(report.seen, challenge)
