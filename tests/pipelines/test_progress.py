"""Whoever waits is told the stage, a share that never falls, and a time left that does not jump about."""

import threading

import pytest

from pipelines.progress import Cancelled, Progress, ProgressReport
from pipelines.progress_line import ProgressLine


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Screen:
    """A stream that remembers, terminal or not."""

    def __init__(self, terminal: bool) -> None:
        self.text = ""
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        self.text += ""


def drawn_at(paces: list[float]) -> list[ProgressReport]:
    """Reports of a clip of 100 frames, each frame taking the next of these seconds (the last one lasts)."""
    clock, reports = Clock(), []
    progress = Progress(reports.append, clock=clock)
    progress.report("direct")
    for frame in range(100):
        clock.now += paces[min(frame, len(paces) - 1)]
        progress.report("render", (frame + 1) / 100)
    progress.finish()
    return reports


def test_the_share_rises_from_nothing_to_all():
    reports: list[ProgressReport] = []
    progress = Progress(reports.append)
    for stage in ("direct", "stage", "speak", "render", "mix", "render", "encode", "keep"):
        progress.report(stage)
        progress.report(stage, 0.5)
    progress.finish()
    shares = [report.fraction for report in reports]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_a_stage_of_its_own_leaves_the_bar_where_it_is():
    reports: list[ProgressReport] = []
    progress = Progress(reports.append)
    progress.report("render", 0.5)
    progress.report("polish", 0.9)
    assert reports[1].stage == "polish"
    assert reports[1].fraction == reports[0].fraction


def test_the_time_left_is_about_right_and_counts_down():
    reports = drawn_at([0.1])
    assert reports[0].seconds_left is None
    halfway = reports[50]
    assert halfway.seconds_left == pytest.approx(5, abs=0.7)
    told = [report.seconds_left for report in reports if report.seconds_left is not None]
    assert all(later <= before + 1e-9 for before, later in zip(told, told[1:], strict=False))
    assert told[-1] < 0.5


def test_one_slow_frame_does_not_make_the_time_left_leap():
    steady, hitch = drawn_at([0.1]), drawn_at([0.1] * 50 + [2.0] + [0.1])
    leap = hitch[52].seconds_left - steady[52].seconds_left
    assert 0 < leap < 2


def test_a_preview_travels_with_its_report():
    reports: list[ProgressReport] = []
    Progress(reports.append).report("render", 0.1, b"a jpeg")
    assert reports[0].preview == b"a jpeg"


def test_a_cancelled_generation_is_told_at_the_next_word():
    token, reports = threading.Event(), []
    progress = Progress(reports.append, token)
    progress.check()
    progress.report("direct")
    token.set()
    with pytest.raises(Cancelled):
        progress.check()
    with pytest.raises(Cancelled):
        progress.report("render", 0.5)
    assert len(reports) == 1


def test_nobody_has_to_watch_and_it_can_be_stopped_all_the_same():
    pressed = threading.Event()
    progress = Progress(cancel=pressed)
    progress.report("render", 0.5)
    pressed.set()
    with pytest.raises(Cancelled):
        progress.report("render", 0.6)


def test_a_terminal_gets_one_line_that_is_rewritten_and_cleared():
    screen = Screen(terminal=True)
    line = ProgressLine(screen)
    line(ProgressReport("render", 0.5, 3.2))
    assert "█" * 12 + "░" * 12 in screen.text
    assert "Drawing" in screen.text and "50%" in screen.text and "3 s left" in screen.text
    line(ProgressReport("keep", 1.0, 0.0))
    line.end()
    assert "\n" not in screen.text
    assert screen.text.endswith("\r\x1b[K")


def test_a_log_gets_a_line_now_and_then():
    screen = Screen(terminal=False)
    line = ProgressLine(screen)
    for frame in range(500):
        line(ProgressReport("render", frame / 499, 3.0))
    line.end()
    assert 8 <= len(screen.text.splitlines()) <= 12
    assert "\r" not in screen.text and "\x1b" not in screen.text
