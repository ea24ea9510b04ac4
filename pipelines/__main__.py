"""Clips from the shell: `python -m pipelines make "PROMPT" OUT.mp4`, and the commands plan, rule and verify."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, get_args

from pipelines.progress import Cancelled, Progress
from pipelines.progress_line import ProgressLine
from pipelines.provenance import Provenance, open_provenance
from pipelines.provenance.installation import DEFAULT_FOLDER
from pipelines.request import MAX_SECONDS, MIN_SECONDS, RequestError, make_request, new_seed, parse_size
from pipelines.safety.ruling import Where
from pipelines.storyboard import Style

if TYPE_CHECKING:
    from pipelines.generate import Clip

BAD_INPUT = 2  # exit code: nothing was begun
FAILED = 1  # exit code: something went wrong on the way
REFUSED = 3  # exit code: the rules refuse it
COMMANDS = ("make", "plan", "rule", "verify")


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one sentence, as for every other bad input."""

    def error(self, message: str) -> NoReturn:
        raise RequestError(f"{message[:1].upper()}{message[1:]}. See `python -m pipelines --help`.")


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit code: 0 done, 1 failed, 2 bad input, 3 refused, 130 cancelled with Ctrl-C."""
    from_shell = list(arguments)
    if from_shell and from_shell[0] not in COMMANDS and not from_shell[0].startswith("-"):
        from_shell.insert(0, "make")  # `python -m pipelines "a prompt" out.mp4`
    try:
        given = _parser().parse_args(from_shell)
        return {"make": _make, "plan": _plan, "rule": _rule, "verify": _verify}[given.command](given)
    except RequestError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m pipelines", description="Turns a prompt into a vertical clip with sound.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{make,plan,rule,verify}")
    make = commands.add_parser("make", help="make a clip; JSON or a few words on stdout, progress on stderr")
    plan = commands.add_parser("plan", help="print the storyboard that is read from a prompt, as JSON")
    for command in (make, plan):
        command.add_argument("prompt", help="what should be seen and heard, in English or French")
        command.add_argument(
            "--seconds", type=float, help=f"length, {MIN_SECONDS:g} to {MAX_SECONDS:g}; else as the prompt says, or 5"
        )
        command.add_argument("--style", help=f"{', '.join(Style)}; else as the prompt says, or cinematic")
    make.add_argument(
        "out", metavar="OUT.mp4", type=Path, help="where to put the clip; OUT.jpg and a preview go beside it"
    )
    make.add_argument("--size", default="540x960", help="WIDTHxHEIGHT in pixels (default 540x960)")
    make.add_argument("--seed", type=int, help="a whole number: the same seed makes the same clip (default: a new one)")
    make.add_argument("--engine", default="world", help="who draws (default world)")
    make.add_argument("--json", action="store_true", help="print the record of the clip as JSON")
    rule = commands.add_parser("rule", help="print what the rules decide about a text, as JSON")
    rule.add_argument("text", help="a prompt, or whatever else somebody wrote, in English or French")
    rule.add_argument("--where", choices=get_args(Where), default="prompt", help="what the text is (default prompt)")
    verify = commands.add_parser("verify", help="say where a video, picture or sound comes from, as far as it tells")
    verify.add_argument("file", type=Path, help="MP4, WebM, MOV, AVI, JPEG, PNG, WebP, MP3 or WAV")
    verify.add_argument("--language", choices=("en", "fr"), default="en", help="of the answer (default en)")
    verify.add_argument("--json", action="store_true", help="print everything that was found as JSON")
    return parser


def _plan(given: argparse.Namespace) -> int:
    """Prints the storyboard of a prompt."""
    from pipelines.director import direct

    request = make_request(prompt=given.prompt, seconds=given.seconds, style=given.style)
    storyboard = direct(request.prompt, seconds=request.seconds, style=request.style)
    print(storyboard.model_dump_json(indent=2))
    return 0


def _rule(given: argparse.Namespace) -> int:
    """Prints the ruling on a text: decision, rule, reason, spans, suggestion."""
    from pipelines.safety import rule

    print(rule(given.text, where=given.where).model_dump_json(indent=2))
    return 0


def _make(given: argparse.Namespace) -> int:
    """Makes a clip and prints its record."""
    width, height = parse_size(given.size)
    request = make_request(
        prompt=given.prompt,
        seconds=given.seconds,
        width=width,
        height=height,
        seed=new_seed() if given.seed is None else given.seed,
        style=given.style,
        engine=given.engine,
    )
    # only now: a bad request is answered without loading what makes clips
    from pipelines.generate import generate
    from pipelines.media import BadTarget, MediaError
    from pipelines.provenance.credential import CredentialError
    from pipelines.provenance.keys import KeysError
    from pipelines.render_pool import RendererDied
    from pipelines.safety import Refused

    stop, line = _Stop(), ProgressLine(sys.stderr)
    try:
        try:
            clip = generate(request, given.out, progress=Progress(line, stop.event), provenance=_provenance())
        finally:
            stop.restore()
            line.end()
    except Cancelled:
        print("Cancelled; nothing was kept.", file=sys.stderr)
        return 128 + stop.signal
    except Refused as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    except (MediaError, RendererDied, KeysError, CredentialError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT if isinstance(error, BadTarget) else FAILED
    print(json.dumps(_record(clip), indent=2, ensure_ascii=False) if given.json else _summary(clip))
    return 0


def _verify(given: argparse.Namespace) -> int:
    """Prints where a file comes from, as far as the file and this installation's keys tell."""
    from pipelines.provenance.keys import KeysError
    from pipelines.provenance.report import as_json, as_lines
    from pipelines.provenance.verify import NotReadable, verify

    try:
        found = verify(given.file, _provenance())
    except NotReadable as error:
        raise RequestError(error.sentence(given.language)) from None
    except OSError as error:
        raise RequestError(f"{given.file} cannot be opened: {error.strerror}.") from None
    except KeysError as error:
        print(error, file=sys.stderr)
        return FAILED
    if given.json:
        print(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_lines(found, given.language)))
    return 0


def _provenance() -> Provenance:
    """The keys of this installation, in the folder that HIBARI_FOLDER names, and the operator's signing settings."""
    folder = os.environ.get("HIBARI_FOLDER")
    return open_provenance(Path(folder).expanduser() / "keys" if folder else DEFAULT_FOLDER, os.environ)


class _Stop:
    """Turns the first Ctrl-C, or request to end, into an event, so that the generation can tidy up. A second kills."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.signal = signal.SIGINT
        self._before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}

    def _on_signal(self, number: int, _frame: object) -> None:
        self.signal = signal.Signals(number)
        self.event.set()
        self.restore()

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _record(clip: "Clip") -> dict:
    """Everything known of a clip, as JSON values."""
    record = asdict(clip)
    files = {name: str(record[name]) for name in ("path", "poster", "preview")}
    return (
        record
        | files
        | {"storyboard": clip.storyboard.model_dump(mode="json"), "ruling": clip.ruling.model_dump(mode="json")}
    )


def _summary(clip: "Clip") -> str:
    """A few lines for a person: the file, what was understood, what was not."""
    coverage = clip.storyboard.coverage
    lines = [
        f"{clip.path}: {clip.seconds:g} s, {clip.width}x{clip.height}, {clip.bytes / 1024**2:.1f} MB, seed {clip.seed}"
    ]
    if coverage.understood:
        lines.append("Understood: " + ", ".join(dict.fromkeys(part.phrase for part in coverage.understood)))
    if coverage.missed:
        lines.append("Not understood: " + ", ".join(coverage.missed))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
