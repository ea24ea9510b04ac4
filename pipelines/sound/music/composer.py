"""Moods → notes: chords that lead to a cadence at the clip's end, and the parts that play them."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("moods.toml")
DEFAULT = "calm"  # the mood that a name the table lacks gets
RING_OUT = 0.92  # share of the last bar for which its chord is held


@dataclass(frozen=True)
class Mood:
    """How a bed is composed; moods.toml explains each field."""

    tempo: float
    root: int
    scale: tuple[int, ...]
    chords: tuple[int, ...]
    cadence: int
    parts: tuple[tuple[str, str, float, float, int], ...]
    beats: int = 4
    sevenths: bool = False
    swing: float = 0.5
    drums: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Note:
    """One note or drum stroke of the bed."""

    start: float  # seconds
    seconds: float
    instrument: str
    pitch: int  # MIDI number; 0 for drums
    loud: float
    pan: float


@dataclass(frozen=True)
class Bar:
    """What a part knows while it plays one bar."""

    start: float  # seconds
    beat: float  # seconds
    beats: int
    chord: tuple[int, ...]  # MIDI numbers, lowest first, around the mood's root
    root: int  # MIDI number of the chord's root
    following: int  # of the next bar's root
    scale: tuple[int, ...]  # pitch classes of the key
    swing: float
    last: bool

    def at(self, beat: float) -> float:
        """Seconds of a place in the bar, the second half of each beat delayed by the swing."""
        whole, half = divmod(beat, 1)
        return self.start + self.beat * (whole + (half * 2 * self.swing if half <= 0.5 else half))


Play = tuple[float, float, int, float]  # beat, length in beats, MIDI number, loudness
Pattern = Callable[[Bar, np.random.Generator, int], list[Play]]


@lru_cache(maxsize=1)
def moods() -> dict[str, Mood]:
    """Every mood and other name → how it is composed."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)
    result = {}
    for name, row in rows.items():
        names = [name, *row.pop("also", ())]
        mood = Mood(**row)
        for each in names:
            assert each not in result, f"moods.toml names {each!r} twice"
            result[each] = mood
    return result


def composed(name: str, seconds: float, rng: np.random.Generator) -> list[Note]:
    """All notes of a bed that ends on its home chord when the seconds are over."""
    mood = moods().get(name) or moods()[DEFAULT]
    bars = list(_bars(mood, seconds))
    notes = []
    for instrument, pattern, loud, pan, octave in mood.parts:
        part = np.random.default_rng(rng.integers(2**31))
        for index, bar in enumerate(bars):
            plays = _ending(bar, pattern) if bar.last else PATTERNS[pattern](bar, part, index)
            for beat, length, pitch, weight in plays:
                start = bar.at(beat) if not bar.last else bar.start + beat * bar.beat
                lasting = length * bar.beat
                notes.append(Note(start, lasting, instrument, pitch + 12 * octave, loud * weight, pan))
    return notes + [note for bar in bars for note in _drums(mood, bar)]


def _bars(mood: Mood, seconds: float) -> Iterator[Bar]:
    count = max(1, round(seconds / (mood.beats * 60 / mood.tempo)))
    length = seconds / count
    degrees = [mood.chords[index % len(mood.chords)] for index in range(count)]
    degrees[-1] = 1
    if count > 1:
        degrees[-2] = mood.cadence
    chords = [_chord(mood, degree) for degree in degrees]
    for index, degree in enumerate(degrees):
        following = degrees[min(index + 1, count - 1)]
        scale = tuple((mood.root + step) % 12 for step in _scale_under(mood, degree))
        roots = (_near(mood.root + mood.scale[each - 1], mood.root - 2) for each in (degree, following))
        yield Bar(
            index * length,
            length / mood.beats,
            mood.beats,
            chords[index],
            *roots,
            scale,
            mood.swing,
            index == count - 1,
        )


def _scale_under(mood: Mood, degree: int) -> tuple[int, ...]:
    """The scale in semitones; in minor the fifth chord raises the seventh note, which is what leads home."""
    if degree == 5 and mood.scale[2] == 3:
        return (*mood.scale[:6], 11)
    return mood.scale


def _chord(mood: Mood, degree: int) -> tuple[int, ...]:
    """MIDI numbers of thirds piled on a degree, each in the octave nearest to the key's note: smooth changes."""
    scale = _scale_under(mood, degree)
    steps = (0, 2, 4, 6) if mood.sevenths else (0, 2, 4)
    return tuple(sorted(_near(mood.root + scale[(degree - 1 + step) % 7], mood.root + 2) for step in steps))


def _near(pitch: int, centre: int) -> int:
    """The same note in the octave from six below to five above the centre."""
    return (pitch - centre + 6) % 12 + centre - 6


def _ending(bar: Bar, pattern: str) -> list[Play]:
    """The last bar: everybody comes home and lets it ring."""
    length = bar.beats * RING_OUT
    if pattern in ("roots", "bouncing", "oompah", "walking", "pulsing"):
        return [(0, length, bar.root, 0.9)]
    if pattern in ("melody", "sparse"):
        return [(0, length, _near(bar.root, bar.chord[-1] + 3), 0.9)]
    spread = 0.06 if pattern in ("rising", "strummed", "waltz") else 0.0
    return [(spread * place, length - spread * place, pitch, 0.7) for place, pitch in enumerate(bar.chord)]


def _drums(mood: Mood, bar: Bar) -> Iterator[Note]:
    """The strokes of a bar; in the last one only its first beat."""
    for sound, strokes, loud in mood.drums:
        for place, stroke in enumerate(strokes[: 4 * bar.beats]):
            if stroke == "." or (bar.last and place):
                continue
            weight = loud * (1.0 if stroke == "x" else 0.55)
            yield Note(bar.at(place / 4), 1.0, sound, 0, weight, 0.25 if sound in ("shaker", "ride") else 0.0)


# --- patterns: what a part plays in a bar ---------------------------------------------------------------------------


def held(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """The chord, for the whole bar and a little over."""
    return [(0, bar.beats * 1.04, pitch, 0.8) for pitch in bar.chord]


def rising(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Broken chord in eighths, up and back."""
    ladder = [*bar.chord, bar.chord[0] + 12]
    order = [0, 1, 2, 3, 2, 1, 2, 1] if len(ladder) == 4 else [0, 1, 2, 3, 4, 3, 2, 1]
    return [(step / 2, 1.6, ladder[order[step % 8]], 0.9 if step % 4 == 0 else 0.65) for step in range(2 * bar.beats)]


def strummed(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Down on the beats, up between some of them."""
    strokes = ((0, 1.0), (1, 0.6), (1.5, 0.5), (2.5, 0.7), (3, 0.6), (3.5, 0.45))
    return [
        (beat + 0.03 * place, 0.9, pitch, loud * 0.8)
        for beat, loud in strokes
        for place, pitch in enumerate(bar.chord)
        if beat < bar.beats
    ]


def driving(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Short eighths on the chord's notes, accented like a gallop."""
    order = (0, 0, 2, 0, 1, 0, 2, 1)
    accents = (1.0, 0.6, 0.7, 0.9, 0.6, 0.6, 0.9, 0.7)
    return [(step / 2, 0.42, bar.chord[order[step % 8]], accents[step % 8]) for step in range(2 * bar.beats)]


def trembling(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """A high tremolo that swells through the bar."""
    steps = 4 * bar.beats
    pair = (bar.chord[-1], bar.chord[0] + 12)
    return [(step / 4, 0.3, pair[step % 2], 0.4 + 0.5 * step / steps) for step in range(steps)]


def offbeat(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Short chords between the beats."""
    return [(beat + 0.5, 0.4, pitch, 0.75) for beat in range(bar.beats) for pitch in bar.chord]


def comping(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """A jazz pianist's left hand: two short chords a bar, never quite where they are expected."""
    places = ((0, 1.5), (0.5, 2.5), (1.5, 3), (0, 2.5))[int(rng.integers(4))]
    return [(beat, 0.7, pitch, 0.7) for beat in places for pitch in bar.chord]


def waltz(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Low note, chord, chord."""
    return [(0, 1.0, bar.root - 12, 0.9)] + [(beat, 0.8, p, 0.55) for beat in range(1, bar.beats) for p in bar.chord]


def roots(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """The chord's root, held."""
    return [(0, bar.beats * 0.98, bar.root, 0.9)]


def bouncing(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Root on one, again before three, and a step towards the next."""
    return [(0, 1.2, bar.root, 1.0), (1.5, 0.5, bar.root, 0.6), (2, 1.2, bar.root, 0.8), (3.5, 0.5, bar.root + 7, 0.6)]


def oompah(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """Root and fifth in turn."""
    return [(beat, 0.6, bar.root + (0 if beat % 4 == 0 else -5), 0.9) for beat in range(0, bar.beats, 2)]


def pulsing(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """The root in eighths, like a heart in a hurry."""
    return [(step / 2, 0.4, bar.root - 12, 1.0 if step % 4 == 0 else 0.6) for step in range(2 * bar.beats)]


def walking(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """A note on each beat, on its way to the next chord's root."""
    inner = [bar.root + int(rng.choice([3, 4, 7])), bar.root + int(rng.choice([7, 9, 12]))]
    line = [bar.root, *[_in_scale(pitch, bar.scale) for pitch in inner], bar.following + int(rng.choice([-1, 1, 2]))]
    return [(beat, 0.92, line[beat % 4], 0.95 if beat % 2 == 0 else 0.8) for beat in range(bar.beats)]


_RHYTHMS = (  # beats and lengths; a bar of three beats leaves out what lies beyond it
    ((0, 1.5), (1.5, 0.5), (2, 1.0), (3, 1.0)),
    ((0, 1.0), (1, 0.5), (1.5, 0.5), (2, 2.0)),
    ((0.5, 0.5), (1, 1.0), (2, 0.5), (2.5, 1.5)),
    ((0, 2.0), (2, 1.0), (3, 0.5), (3.5, 0.5)),
)
_FORM = (0, 1, 0, 2)  # a motif, an answer, the motif again, something new


def melody(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """A tune of motifs that come back: chord notes on the beats, neighbours between them."""
    motif = np.random.default_rng([_FORM[index % 4], int(bar.scale[0]), len(bar.chord)])
    rhythm = _RHYTHMS[int(motif.integers(len(_RHYTHMS)))]
    ladder = sorted({pitch + octave for pitch in bar.chord for octave in (0, 12)})
    place, plays = int(motif.integers(1, 4)), []
    for beat, length in rhythm:
        if beat >= bar.beats:
            continue
        place = int(np.clip(place + motif.integers(-1, 2), 0, len(ladder) - 2))
        pitch = ladder[place]
        if beat % 1 and rng.random() < 0.6:
            pitch = _in_scale(pitch + int(rng.choice([-2, 2])), bar.scale)
        plays.append((beat, min(length, bar.beats - beat) * 0.95, pitch, 0.9 if beat % 2 == 0 else 0.75))
    return plays


def sparse(bar: Bar, rng: np.random.Generator, index: int) -> list[Play]:
    """One or two single notes, with room around them."""
    places = ((0,), (1.5, 2), (2.5,), (0.5, 3))[int(rng.integers(4))]
    return [(beat, 1.8, bar.chord[int(rng.integers(len(bar.chord)))], 0.8) for beat in places if beat < bar.beats]


def _in_scale(pitch: int, scale: tuple[int, ...]) -> int:
    """The nearest note of the key, downwards first."""
    return next(pitch + step for step in (0, -1, 1, -2, 2) if (pitch + step) % 12 in scale)


_ALL = (held, rising, strummed, driving, trembling, offbeat, comping, waltz)
_ALL += (roots, bouncing, oompah, pulsing, walking, melody, sparse)
PATTERNS: dict[str, Pattern] = {pattern.__name__: pattern for pattern in _ALL}
