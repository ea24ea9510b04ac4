"""How well clips are known again after what happens to them out there: a table of clips by attacks.

python -m tests.bench.bench_marks [--clips 28] [--attacks "CRF 28" "crop 10 %"] [--keep FOLDER] [--without-comparison]
python -m tests.bench.bench_marks --unmarked 1000     # how often something is found where nothing is

Clips are drawn by the world engine, marked, coded as the product codes them, attacked, written, and read as Verify
reads them. For each attack the table says in how many clips the right number came back: from the picture's mark among
100,000 numbers given out (`mark`) and without any database (`alone`), from the sound's mark, from the looks of frames,
from the sound's prints, and from any of them. Beside it: invisible-watermark (dwtDct, 32 bits, voted over frames) if
that package is installed.  --keep: where drawn clips (without loss) and answers are kept, so that a run which was
stopped goes on where it was.
"""

import argparse
import hashlib
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import av
import cv2
import numpy as np

from pipelines.media.mp4 import Mp4Writer
from pipelines.provenance import reading_process
from pipelines.provenance.carriers import Carriers
from pipelines.provenance.codes import CHANCE, WORD_BITS, KnownMarks, decode
from pipelines.provenance.fingerprints import LEAST_QUALITY, NEAR, distances, look_of, looks_apart
from pipelines.provenance.sound_mark import CELL, ROWS, marked_sound, short_spectra, sound_carriers
from pipelines.provenance.sound_prints import ALIKE, best_match, sound_prints
from pipelines.provenance.sound_reading import folded_sound, loudness_changes, read_sound_mark
from pipelines.provenance.video_mark import CANONICAL, TILE, VideoMark, video_carriers
from pipelines.provenance.video_reading import read_at, read_video_mark, residual_sum, tried_at, without_bars
from tests.bench.attacks import ATTACKS, Copy, written
from tests.bench.drawn_clips import PROMPTS, SECONDS, drawn, pictures

DECOYS = 100_000  # other numbers given out
SECRET = bytes(range(32))
KEYS = 50  # that are tried on clips without a mark
WAYS = ("mark", "alone", "sound mark", "looks", "sound", "any")


@dataclass(frozen=True)
class Clip:
    """One drawn clip: before marks, and as the product would have written it."""

    number: int
    mark: int
    looks: list[bytes]
    prints: np.ndarray
    path: Path  # the file
    psnr: float  # of the marked frames against the drawn ones, dB


def made(number: int, mark: int, keep: Path | None, folder: Path) -> Clip:
    """A clip as the product makes it, but for what only people see."""
    frames, sound = drawn(number, keep)
    apart = looks_apart(24)
    looks = [look_of(frame) for frame in frames[::apart]]
    hidden = VideoMark(SECRET, mark, frames[0].shape[1], frames[0].shape[0])
    errors = []
    path = folder / f"made-{number}.mp4"
    with Mp4Writer(path, *frames[0].shape[1::-1], 24, sound=True, told_as=folder) as writer:
        for number_of_frame, frame in enumerate(frames):
            marked = frame.copy()
            hidden.draw(marked)
            if number_of_frame % 12 == 0:
                errors.append(float(np.mean((marked.astype(np.float32) - frame) ** 2)))
            writer.add_frame(marked)
        writer.add_samples(marked_sound(SECRET, mark, sound))
    psnr = 10 * np.log10(255**2 / np.median(errors))
    told = [look.hash for look in looks if look.quality >= LEAST_QUALITY]
    prints = sound_prints(sound.mean(1, dtype=np.float32))
    return Clip(number, mark, told, prints, path, float(psnr))


def as_made(path: Path) -> Copy:
    """What a file of ours holds."""
    with av.open(str(path)) as container:
        sounds = [piece.to_ndarray() for piece in container.decode(audio=0)] if container.streams.audio else []
    heard = np.concatenate(sounds, 1).T if sounds else np.zeros((SECONDS * 48_000, 2), np.float32)
    return Copy(pictures(path), heard, 24.0)


def read(path: Path) -> tuple[list[np.ndarray], np.ndarray]:
    """(grey frames without bars, sound) as Verify's own process reads them."""
    if path.suffix == ".jpg":
        _, frames, sound, _ = reading_process.picture(str(path))
    else:
        _, frames, sound, _ = reading_process.decoded(str(path), "matroska" if path.suffix == ".webm" else "mov")
    return without_bars(frames), sound


def found(path: Path, known: KnownMarks, clips: list[Clip]) -> dict[str, int | None]:
    """Which number each way finds in a file."""
    frames, sound = read(path)
    answers: dict[str, int | None] = dict.fromkeys(WAYS[:-1])
    for reading in read_video_mark(SECRET, frames):
        best, alone = known.best(reading.leanings), decode(SECRET, reading.leanings)
        answers["mark"] = answers["mark"] or (best.mark if best else None)
        answers["alone"] = answers["alone"] or (alone.mark if alone else None)
    for heard in read_sound_mark(SECRET, sound):
        best = known.best(heard.leanings)
        answers["sound mark"] = answers["sound mark"] or (best.mark if best else None)
    answers["looks"] = _by_looks(frames, clips)
    answers["sound"] = _by_sound(sound, clips)
    return answers


def _by_looks(frames: list[np.ndarray], clips: list[Clip]) -> int | None:
    both = [frame for one in frames[::2] for frame in (one, one[:, ::-1])]
    asked = [look.hash for look in map(look_of, both) if look.quality >= LEAST_QUALITY]
    nearest = [(int(distances(asked, clip.looks).min()), clip.mark) for clip in clips if asked and clip.looks]
    best = min(nearest, default=None)
    return best[1] if best and best[0] <= NEAR else None


def _by_sound(sound: np.ndarray, clips: list[Clip]) -> int | None:
    prints = sound_prints(sound, apart=1) if len(sound) else np.zeros(0, np.int64)
    matches = [(best_match(clip.prints, prints[phase::2]), clip.mark) for clip in clips for phase in (0, 1)]
    best = min(((match.differing, mark) for match, mark in matches if match), default=None)
    return best[1] if best and best[0] < ALIKE else None


class Comparison:
    """invisible-watermark on the same clips, where it is installed."""

    BITS = 32

    def __init__(self) -> None:
        from imwatermark import WatermarkDecoder, WatermarkEncoder

        self._encoder, self._decoder = WatermarkEncoder(), WatermarkDecoder("bits", self.BITS)

    def marked(self, frames: list[np.ndarray], mark: int) -> list[np.ndarray]:
        self._encoder.set_watermark("bits", self._bits(mark))
        return [self._encoder.encode(frame, "dwtDct") for frame in frames]

    def right(self, path: Path, mark: int) -> bool:
        """Whether every bit, voted over eight frames, is right."""
        frames = [cv2.imread(str(path))] if path.suffix == ".jpg" else pictures(path)
        chosen = [frame for frame in frames[:: max(1, len(frames) // 8)] if frame.shape[0] * frame.shape[1] > 256 * 256]
        if not chosen:
            return False
        votes = np.mean([np.array(self._decoder.decode(frame, "dwtDct"), float) for frame in chosen], 0)
        return bool(((votes > 0.5) == np.array(self._bits(mark), bool)).all())

    def _bits(self, mark: int) -> list[int]:
        return [mark >> place & 1 for place in range(self.BITS)]


Right = dict[str, list[bool]]  # way → whether it found the right number, clip by clip
Found = dict[str, dict[str, int | bool | None]]  # attack → what each way found


def table(given: argparse.Namespace, folder: Path) -> dict[str, Right]:
    """Attack by attack, which clips each way found. Tells about each clip as it goes."""
    marks = [int(one) for one in np.random.default_rng(1).integers(1, 2**40, given.clips)]
    clips = [made(number, mark, given.keep, folder) for number, mark in enumerate(marks)]
    known = KnownMarks(SECRET, np.random.default_rng(2).integers(1, 2**40, DECOYS).tolist() + marks)
    print(f"{len(clips)} clips of {SECONDS} s; PSNR median {np.median([c.psnr for c in clips]):.1f} dB, ", end="")
    print(f"least {min(c.psnr for c in clips):.1f} dB", flush=True)
    comparison = None if given.without_comparison else _comparison()
    right: dict[str, Right] = {name: {} for name in given.attacks or ATTACKS}
    wrong = 0
    for clip in clips[::-1] if given.backwards else clips:
        kept = given.keep / f"{clip.number:02d}-{_what_reads(given, comparison)}.json" if given.keep else None
        if kept and kept.exists():
            answers = json.loads(kept.read_text())
        else:
            answers = _after_attacks(clip, list(right), known, clips, comparison, given.keep, folder)
            if kept:
                kept.write_text(json.dumps(answers))
        for name, ways in answers.items():
            numbers = [ways[way] for way in WAYS[:-1]]
            wrong += sum(number not in (None, clip.mark) for number in numbers)
            for way, number in zip(WAYS, [*numbers, clip.mark if clip.mark in numbers else None], strict=True):
                right[name].setdefault(way, []).append(number == clip.mark)
            if "dwtDct" in ways:
                right[name].setdefault("dwtDct", []).append(ways["dwtDct"])
        lost = [name for name, ways in right.items() if not ways["any"][-1]]
        unseen = [name for name, ways in right.items() if not ways["mark"][-1]]
        print(f"clip {clip.number}: not found after {lost}; mark not found after {unseen}", flush=True)
    print(f"wrong numbers: {wrong}")
    return right


def _after_attacks(
    clip: Clip,
    attacks: list[str],
    known: KnownMarks,
    clips: list[Clip],
    comparison: "Comparison | None",
    keep: Path | None,
    folder: Path,
) -> Found:
    """What every way finds in one clip after each attack."""
    copy = as_made(clip.path)
    other = as_made(_otherwise_marked(clip, comparison, keep, folder)) if comparison else None
    answers: Found = {}
    for name in attacks:
        answers[name] = found(written(ATTACKS[name](copy), folder), known, clips)
        if comparison and other:
            answers[name]["dwtDct"] = comparison.right(written(ATTACKS[name](other), folder), clip.mark)
        if hasattr(os, "SCHED_OTHER"):  # an administrator's process is left in real time by the coder of AV1
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return answers


def _what_reads(given: argparse.Namespace, comparison: "Comparison | None") -> str:
    """A name that changes with whatever decides an answer: the code of marks, the attacks, and what was asked."""
    sources = [*sorted(Path(reading_process.__file__).parent.glob("*.py")), Path(__file__).with_name("attacks.py")]
    asked = repr((given.clips, given.attacks, comparison is not None)).encode()
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources) + asked).hexdigest()[:12]


def _comparison() -> Comparison | None:
    try:
        return Comparison()
    except ImportError:
        print("invisible-watermark is not installed; there is no comparison")
        return None


def _otherwise_marked(clip: Clip, comparison: Comparison, keep: Path | None, folder: Path) -> Path:
    """The same clip with the other mark, coded alike."""
    frames = comparison.marked(drawn(clip.number, keep)[0], clip.mark)
    path = folder / "other.mp4"
    with Mp4Writer(path, *frames[0].shape[1::-1], 24, sound=False, told_as=folder) as writer:
        for frame in frames:
            writer.add_frame(frame)
    return path


def unmarked(count: int, keep: Path | None) -> None:
    """Prints how often something is found where nothing is, and below what the rate is with 95 % confidence.

    The best places at the two likeliest scales are decoded; a longer search only chooses other places, of which Verify
    decodes four. Keys take turns: making one takes ten times as long as reading a clip.
    """
    random = np.random.default_rng(5)
    words = random.integers(0, 2, (1000, WORD_BITS)) * 2.0 - 1
    keys = [_key(random.bytes(32)) for _ in range(min(count, KEYS))]
    tried, false, best = 0, 0, 0.0
    for frames, sound in _plain_clips(count, keep, random):
        secret, *patterns = keys[tried % len(keys)]
        for leanings in _read_quickly(patterns, frames, sound):
            false += decode(secret, leanings) is not None
            best = max(best, float((words @ leanings).max()) / np.sqrt(WORD_BITS))
        tried += 1
        if tried % 100 == 0 or tried == count:
            print(f"{tried} clips without a mark: {false} numbers; best of 1000 words each: {best:.2f}", flush=True)
    needed = next(score for score in np.arange(5, 9, 0.01) if 1e6 * math.erfc(score / math.sqrt(2)) / 2 < CHANCE)
    print(f"With 95 % confidence fewer than {3 / tried:.1e} of clips, if none was found.")
    print(f"Among a million numbers a score of {needed:.2f} is asked for; the best seen here is {best:.2f}.")


def _key(secret: bytes) -> tuple[bytes, Carriers, Carriers]:
    """(key, its patterns of pictures, its patterns of sound)"""
    return secret, video_carriers.__wrapped__(secret), sound_carriers.__wrapped__(secret)


def _read_quickly(patterns: list[Carriers], frames: list[np.ndarray], sound: np.ndarray) -> list[np.ndarray]:
    """(125,) leanings at the best places at two scales of a picture, and in a sound as it is."""
    seen_by, heard_by = patterns
    faint = residual_sum(frames)
    plain = CANONICAL / float(np.sqrt(faint.size))
    read = [read_at(faint, seen_by, tried_at(faint, seen_by, scale, 0.0, TILE)).leanings for scale in (plain, 1.0)]
    changes = loudness_changes(np.abs(short_spectra(sound)) ** 2, 1.0)
    seen = heard_by.whitened(folded_sound(changes, 1.0))
    _, down, _ = heard_by.found(seen, ROWS * CELL, heard_by.columns)
    return [*read, heard_by.leanings(seen, down, 0.0)]


def _plain_clips(
    count: int, keep: Path | None, random: np.random.Generator
) -> Iterator[tuple[list[np.ndarray], np.ndarray]]:
    """Clips of two seconds without marks: half cut out of drawn ones at random, half noise as of a camera."""
    many = min(len(PROMPTS), 1 + count // 2)
    for which in range(many):
        frames, sound = drawn(which, keep)
        for number in range(which * count // many, (which + 1) * count // many):
            start = int(random.integers(0, max(1, len(frames) - 48)))
            down, right = int(random.integers(0, 200)), int(random.integers(0, 120))
            chosen = frames[start : start + 48 : 3]
            grey = [cv2.cvtColor(f[down : down + 760, right : right + 420], cv2.COLOR_BGR2GRAY) for f in chosen]
            if number % 2:
                shade = cv2.GaussianBlur(grey[0], (0, 0), 12)
                grey = [
                    np.clip(shade + 6 * random.standard_normal(shade.shape, np.float32), 0, 255).astype(np.uint8)
                    for _ in grey
                ]
            at = int(random.integers(0, max(1, len(sound) - 96_000)))
            yield grey, sound[at : at + 96_000].mean(1, dtype=np.float32) * np.float32(random.uniform(0.3, 1))


def main() -> None:
    """Prints the table, or what is found where nothing is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=len(PROMPTS))
    parser.add_argument("--attacks", nargs="*", choices=list(ATTACKS), metavar="ATTACK")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--without-comparison", action="store_true")
    parser.add_argument(
        "--backwards", action="store_true", help="beside another run with the same --keep: shares the work"
    )
    parser.add_argument("--unmarked", type=int)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    if given.unmarked:
        unmarked(given.unmarked, given.keep)
        return
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        right = table(given, Path(name))
    _print(right)
    print(f"{time.perf_counter() - begun:.0f} s")


def _print(right: dict[str, Right]) -> None:
    ways = list(next(iter(right.values())))
    print(f"{'':>22}", *(f"{way:>10}" for way in ways))
    for attack, answers in right.items():
        print(f"{attack:>22}", *(f"{np.mean(answers[way]):>10.0%}" for way in ways))
    total = {way: np.concatenate([answers[way] for answers in right.values()]) for way in ways}
    print(f"{'all':>22}", *(f"{answers.mean():>10.1%}" for answers in total.values()))


if __name__ == "__main__":
    sys.exit(main())
