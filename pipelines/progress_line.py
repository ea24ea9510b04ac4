"""Progress on a terminal: one line that is rewritten; or, in a file or a log, a line now and then."""

import shutil
from typing import TextIO

from pipelines.progress import ProgressReport

BAR = 24  # characters
LOG_EVERY = 0.1  # share of the whole between two lines in a log

STAGES = {
    "direct": "Reading the prompt",
    "stage": "Setting the scene",
    "speak": "Recording the voices",
    "render": "Drawing",
    "mix": "Mixing the sound",
    "encode": "Finishing the clip",
    "keep": "Done",
}


class ProgressLine:
    """A sink for progress reports that writes to a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rewrites = stream.isatty()
        self._logged = -LOG_EVERY
        self._stage = ""

    def __call__(self, report: ProgressReport) -> None:
        if self._rewrites:
            self._stream.write(f"\r{_line(report)[: shutil.get_terminal_size().columns - 1]}\x1b[K")
            self._stream.flush()
        elif report.stage != self._stage or report.fraction >= self._logged + LOG_EVERY:
            print(_line(report, bar=False), file=self._stream, flush=True)
            self._stage, self._logged = report.stage, report.fraction

    def end(self) -> None:
        """Clears the rewritten line, so that what follows starts on a fresh one."""
        if self._rewrites:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _line(report: ProgressReport, *, bar: bool = True) -> str:
    done = round(report.fraction * BAR)
    parts = [STAGES.get(report.stage, report.stage), f"{report.fraction:4.0%}"]
    if bar:
        parts.insert(0, "█" * done + "░" * (BAR - done))
    if report.seconds_left is not None and report.fraction < 1:
        parts.append(f"{report.seconds_left:.0f} s left")
    return "  ".join(parts)
