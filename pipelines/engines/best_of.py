"""Variants of one request, measured cheaply so that a person can choose: how it moves, flickers, and sounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np

from pipelines.request import GenerationRequest
from pipelines.storyboard import Storyboard

WIDTH = 96  # pixels across at which frames are compared
MOST_FRAMES = 240  # that are looked at
NEAR = 0.12  # seconds between a sudden movement and a sudden sound that belong together
CAPTIONED = 3  # frames that a captioner is shown
STILL = 0.002  # mean change of light (0..1) between two frames, below which nothing moves

Captioner = Callable[[np.ndarray], str]  # (h, w, 3) uint8 RGB → a sentence


@dataclass(frozen=True)
class Scores:
    """Each 0..1, larger is better; None where it could not be measured. No number says whether a clip is good."""

    smooth: float  # movement goes on from frame to frame, without jumps
    steady: float  # light does not flicker
    lively: float  # something moves
    together: float | None  # sudden movements are heard
    coverage: float | None  # what was asked for is in what a captioner says
    said: tuple[str, ...] = ()  # by the captioner, for the person to read

    @property
    def overall(self) -> float:
        """Mean of what was measured: the order in which variants are shown, not a verdict."""
        measured = [v for v in (self.smooth, self.steady, self.lively, self.together, self.coverage) if v is not None]
        return round(sum(measured) / len(measured), 3)


@dataclass(frozen=True)
class Variant:
    """One of several clips for the same request."""

    request: GenerationRequest  # with its own seed
    path: Path
    scores: Scores


def seeds_of(request: GenerationRequest, count: int) -> list[GenerationRequest]:
    """The request with `count` seeds: its own, and others that follow from it."""
    random, seeds = np.random.default_rng([request.seed, count]), [request.seed]
    while len(seeds) < count:
        seed = int(random.integers(1_000_000))
        seeds += [seed] if seed not in seeds else []
    return [request.model_copy(update={"seed": seed}) for seed in seeds]


def best_of(
    request: GenerationRequest,
    count: int,
    folder: Path,
    make: Callable[[GenerationRequest, Path], object],
    storyboard: Storyboard | None = None,
    captioner: Captioner | None = None,
) -> list[Variant]:
    """`count` clips made by `make` into the folder, measured, the highest mean first. Raises whatever `make` raises."""
    variants = []
    for asked in seeds_of(request, count):
        path = folder / f"seed-{asked.seed}.mp4"
        make(asked, path)
        variants.append(Variant(asked, path, measure(path, storyboard, captioner)))
    return sorted(variants, key=lambda variant: -variant.scores.overall)


def measure(path: Path, storyboard: Storyboard | None = None, captioner: Captioner | None = None) -> Scores:
    """The scores of an MP4 file."""
    small, whole, rate = _pictures(path)
    sound = _sound(path)
    said, coverage = (), None
    if captioner is not None and storyboard is not None and whole:
        said = tuple(captioner(frame) for frame in whole)
        coverage = covered(storyboard, said)
    changes = np.array([float(np.abs(a - b).mean()) for a, b in pairwise(small)])
    return Scores(
        smooth=smoothness(small),
        steady=steadiness(small),
        lively=round(float(np.clip(np.mean(changes) / 0.02, 0, 1)), 3) if len(changes) else 0.0,
        together=alignment(changes, rate, sound),
        coverage=coverage,
        said=said,
    )


def smoothness(frames: Sequence[np.ndarray]) -> float:
    """1 where each frame lies half way between its neighbours, less where it jumps; (h, w) float grey 0..1."""
    if len(frames) < 3:
        return 1.0
    jump = [float(np.abs(b - (a + c) / 2).mean()) for a, b, c in zip(frames, frames[1:], frames[2:], strict=False)]
    moved = [float(np.abs(c - a).mean()) for a, c in zip(frames, frames[2:], strict=False)]
    return round(float(np.clip(1.5 - np.mean(jump) / (np.mean(moved) + STILL), 0, 1)), 3)


def steadiness(frames: Sequence[np.ndarray]) -> float:
    """1 where the mean light changes slowly, 0 where it goes up and down with every frame."""
    light = np.array([float(frame.mean()) for frame in frames])
    if len(light) < 3:
        return 1.0
    return round(float(np.clip(1 - np.abs(np.diff(light, 2)).mean() / 0.04, 0, 1)), 3)


def alignment(changes: np.ndarray, rate: int, sound: np.ndarray | None) -> float | None:
    """Share of the sudden movements that a sudden sound belongs to; None without sound or without such movements."""
    if sound is None or len(changes) < 4:
        return None
    jumps = _peaks(changes)
    if not len(jumps):
        return None
    per_frame = 48_000 // rate
    energy = np.array([float(np.sqrt(np.mean(sound[i : i + per_frame] ** 2))) for i in range(0, len(sound), per_frame)])
    rises = _peaks(np.diff(energy, prepend=energy[:1]).clip(0))
    near = max(1, round(NEAR * rate))
    heard = [bool(len(rises)) and np.abs(rises - jump).min() <= near for jump in jumps]
    return round(float(np.mean(heard)), 3)


def covered(storyboard: Storyboard, said: Sequence[str]) -> float | None:
    """Share of subjects and places of the storyboard that a caption names; None when it holds neither."""
    wanted = {subject.kind for shot in storyboard.shots for subject in shot.subjects}
    wanted |= {shot.place for shot in storyboard.shots if shot.place}
    if not wanted:
        return None
    words = " ".join(said).lower().split()
    found = [any(word.strip(".,").startswith(name.split("_")[-1][:5]) for word in words) for name in wanted]
    return round(float(np.mean(found)), 3)


def _peaks(values: np.ndarray) -> np.ndarray:
    """Indices where the value stands far above the usual and above its neighbours."""
    usual = np.median(values)
    high = values > usual + 3 * np.median(np.abs(values - usual)) + STILL
    before, after = np.r_[-np.inf, values[:-1]], np.r_[values[1:], -np.inf]
    return np.flatnonzero(high & (values >= before) & (values > after))


def _pictures(path: Path) -> tuple[list[np.ndarray], list[np.ndarray], int]:
    """Small grey frames 0..1, a few whole RGB frames, and frames a second."""
    small: list[np.ndarray] = []
    whole: list[np.ndarray] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = round(float(stream.average_rate or 24))
        every = max(1, (stream.frames or MOST_FRAMES) // CAPTIONED)
        for index, frame in enumerate(container.decode(video=0)):
            picture = frame.to_ndarray(format="rgb24")
            if index % every == every // 2:
                whole.append(picture)
            size = WIDTH, max(2, round(WIDTH * picture.shape[0] / picture.shape[1]))
            grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
            small.append(cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)
            if len(small) == MOST_FRAMES:
                break
    return small, whole[:CAPTIONED], rate


def _sound(path: Path) -> np.ndarray | None:
    """(n,) mono at 48 kHz; None for a silent file."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48_000)
        pieces = [piece.to_ndarray()[0] for f in container.decode(audio=0) for piece in resampler.resample(f)]
    return np.concatenate(pieces) if pieces else None
