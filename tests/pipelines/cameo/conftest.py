"""One recording that passes, looked at once, and the likenesses of two people."""

import pytest

from pipelines.cameo.capture import CaptureReport
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.likeness import Likeness
from tests.pipelines.cameo.likenesses import likeness_of, report_of, short_challenge


@pytest.fixture(scope="session")
def challenge() -> Challenge:
    return short_challenge()


@pytest.fixture(scope="session")
def report() -> CaptureReport:
    return report_of("astronaut")


@pytest.fixture(scope="session")
def likeness() -> Likeness:
    return likeness_of("astronaut")


@pytest.fixture(scope="session")
def stranger() -> Likeness:
    """Somebody else's likeness."""
    return likeness_of("stranger")
