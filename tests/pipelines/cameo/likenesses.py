"""Two people's likenesses, each recorded and built once for all tests."""

from functools import cache

from pipelines.cameo.building import build_likeness
from pipelines.cameo.capture import CaptureReport, check_recording
from pipelines.cameo.challenge import Challenge
from pipelines.cameo.likeness import Likeness
from tests.pipelines.cameo.captures import Acting, recorded, sample_challenge


@cache
def short_challenge() -> Challenge:
    return sample_challenge("47", "left", "right")


@cache
def report_of(person: str) -> CaptureReport:
    """The live check of somebody who does it right."""
    report = check_recording(recorded(short_challenge(), Acting(person=person)), short_challenge())
    assert report.passed, report.advice()
    return report


@cache
def likeness_of(person: str) -> Likeness:
    """The likeness of the astronaut or the stranger."""
    return build_likeness(report_of(person).seen, short_challenge())
