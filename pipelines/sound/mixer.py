"""Scores → one stereo mix: what surrounds under what happens under what is said, at −16 LUFS."""

from collections.abc import Iterator, Sequence

import numpy as np

import pipelines.sound.ambiences  # noqa: F401 registers every ambience
from pipelines.sound.ambiences.beds import band_bed
from pipelines.sound.loudness import master
from pipelines.sound.music.bed import music_bed
from pipelines.sound.registry import AMBIENCES
from pipelines.sound.score import Score
from pipelines.sound.stage import staged
from pipelines.sound.synthesis import SAMPLE_RATE, Samples, add_at, generator

ROOM_TONE = 10 ** (-54 / 20)  # RMS of the air that is never quite still; without it silence sounds like a fault
EVENTS_GAIN, LINES_GAIN, AMBIENCE_GAIN, MUSIC_GAIN = 1.0, 1.5, 0.75, 0.9
DUCKED = {"ambience": 10 ** (-5 / 20), "music": 10 ** (-9 / 20)}  # gains under speech
DUCK_BEFORE, DUCK_AFTER = 0.25, 0.6  # seconds in which the rest makes way for a line and comes back
PIECE = 10.5  # seconds of an ambience made at a time: memory does not grow with a clip's length
OVERLAP = 0.5  # seconds in which one piece passes into the next
CUT = 0.12  # seconds over which surroundings change at a cut


def mix(scores: Sequence[Score]) -> Samples:
    """(n, 2) float32 at 48 kHz of shots one after another; n is the sum of their seconds × 48 000, rounded.

    Near −16 LUFS with true peaks under −1 dB; a clip in which nothing sounds keeps its faint room tone.
    """
    starts = [round(sum(score.seconds for score in scores[:index]) * SAMPLE_RATE) for index in range(len(scores) + 1)]
    n = starts[-1]
    if not n:
        return np.zeros((0, 2), np.float32)
    result = _around(scores, starts)
    result *= _making_way(scores, starts, DUCKED["ambience"])[:, None]
    _add_staged(result, scores, starts)
    if any(score.music for score in scores):
        result += _music(scores, starts) * _making_way(scores, starts, DUCKED["music"])[:, None]
    result = master(result)
    result += _tone(n, scores[0].seed)
    return result


def _add_staged(mixed: Samples, scores: Sequence[Score], starts: Sequence[int]) -> None:
    """Adds what happens and what is said in each shot to (n, 2) samples, the lines apart if there are any."""
    events = np.zeros_like(mixed)
    lines = np.zeros_like(mixed) if any(score.lines for score in scores) else None
    for score, start in zip(scores, starts, strict=False):
        heard, said = staged(score)
        add_at(events, heard, start)
        if lines is not None:
            add_at(lines, said, start)
    for sounds, gain in ((events, EVENTS_GAIN), (lines, LINES_GAIN)):
        if sounds is not None:
            sounds *= np.float32(gain)
            mixed += sounds


def _around(scores: Sequence[Score], starts: Sequence[int]) -> Samples:
    """(n, 2) all ambiences. One that goes on over a cut is made as one, so nothing is heard of the cut.

    A name that is not known adds nothing: the room tone is its neutral sound.
    """
    result = np.zeros((starts[-1], 2), np.float32)
    names = sorted({name for score in scores for name in score.ambiences} & set(AMBIENCES))
    for name in names:
        for first, last in _spans([name in score.ambiences for score in scores]):
            seed = generator("ambience", name, scores[first].seed, first)
            crowding = 1 / max(1, len(scores[first].ambiences)) ** 0.3  # several at once are each a little quieter
            start, end = _reach(starts, first, last)
            for place, piece in _pieces(seed, name, end - start):
                add_at(result, piece * np.float32(AMBIENCE_GAIN * crowding), start + place)
    return result


def _pieces(rng: np.random.Generator, name: str, n: int) -> Iterator[tuple[int, Samples]]:
    """First sample and (m, 2) samples of pieces that together are n samples of an ambience without a seam."""
    step, overlap = round(PIECE * SAMPLE_RATE), round(OVERLAP * SAMPLE_RATE)
    make = AMBIENCES[name]
    place = 0
    while place < n:
        last = n - place <= step + overlap
        length = n - place if last else step + overlap
        piece = make(rng, length)
        fade_in = overlap if place else round(CUT * SAMPLE_RATE)
        fade_out = round(CUT * SAMPLE_RATE) if last else overlap
        yield place, _faded(piece, fade_in, fade_out)
        if last:
            return
        place += step


def _music(scores: Sequence[Score], starts: Sequence[int]) -> Samples:
    """(n, 2) music beds: one for each run of shots with the same mood, ending with its last shot."""
    result = np.zeros((starts[-1], 2), np.float32)
    for mood in sorted({score.music for score in scores if score.music}):
        for first, last in _spans([score.music == mood for score in scores]):
            bed = music_bed(mood, starts[last] - starts[first], scores[first].seed)
            add_at(result, bed * np.float32(MUSIC_GAIN), starts[first])
    return result


def _making_way(scores: Sequence[Score], starts: Sequence[int], ducked: float) -> Samples:
    """(n,) 1, and `ducked` while somebody speaks, with slow sides."""
    result = np.ones(starts[-1], np.float32)
    before, after = round(DUCK_BEFORE * SAMPLE_RATE), round(DUCK_AFTER * SAMPLE_RATE)
    for score, start in zip(scores, starts, strict=False):
        for line in score.lines:
            first = start + round(line.time * SAMPLE_RATE)
            corners = [
                first - before,
                first,
                first + len(line.speech.samples),
                first + len(line.speech.samples) + after,
            ]
            low, high = max(0, corners[0]), min(len(result), corners[-1])
            if high > low:
                way = np.interp(np.arange(low, high), corners, [1, ducked, ducked, 1])
                result[low:high] = np.minimum(result[low:high], way)
    return result


def _spans(present: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and one past the last index of each run of shots."""
    first = None
    for index, here in enumerate([*present, False]):
        if here and first is None:
            first = index
        elif not here and first is not None:
            yield first, index
            first = None


def _reach(starts: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """First and one past the last sample of a run of shots, reaching a little over each cut for the change."""
    half = round(CUT * SAMPLE_RATE / 2)
    return max(0, starts[first] - half * (first > 0)), min(starts[-1], starts[last] + half)


def _faded(samples: Samples, fade_in: int, fade_out: int) -> Samples:
    """(n, 2) samples with sides whose power adds up to one when two of them overlap."""
    fade_in, fade_out = min(fade_in, len(samples) // 2), min(fade_out, len(samples) // 2)
    samples[:fade_in] *= np.sin(np.linspace(0, np.pi / 2, fade_in, dtype=np.float32))[:, None]
    samples[len(samples) - fade_out :] *= np.cos(np.linspace(0, np.pi / 2, fade_out, dtype=np.float32))[:, None]
    return samples


def _tone(n: int, seed: int) -> Samples:
    """(n, 2) faint still air."""
    air = band_bed(generator("tone", seed), n, 40, 1800)
    air *= np.float32(ROOM_TONE)
    return air
