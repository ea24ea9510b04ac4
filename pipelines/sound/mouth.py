"""What a speaking mouth looks like: phonemes → shapes, blended as muscles do, lips shut where they must be."""

from dataclasses import dataclass
from math import erf

from pipelines.sound.speech import Phoneme, Speech

LEAD = 0.03  # seconds by which a mouth is ahead of its sound
BLEND = 0.040  # seconds over which one shape turns into the next
SHUT_FOR = 0.055  # seconds that lips stay shut at least: longer than a frame at 24 per second
REACH = 0.25  # seconds around an instant within which phonemes matter


@dataclass(frozen=True)
class Mouth:
    """A mouth's shape; every number is 0 to 1."""

    open: float = 0.0  # how far the jaw has dropped
    wide: float = 0.0  # corners pulled apart, as in "ee"
    round: float = 0.0  # lips pushed forward, as in "oo"
    teeth: float = 0.0  # upper teeth seen
    tongue: float = 0.0  # tongue raised to the teeth
    closed: float = 0.0  # lips pressed together, as in "m"


SHAPES = {
    "rest": Mouth(),
    "closed": Mouth(closed=1.0),
    "teeth": Mouth(open=0.14, wide=0.10, teeth=1.0),
    "tongue": Mouth(open=0.34, wide=0.12, teeth=0.7, tongue=1.0),
    "narrow": Mouth(open=0.24, wide=0.35, teeth=0.9),
    "back": Mouth(open=0.36, wide=0.10, teeth=0.5),
    "round": Mouth(open=0.46, round=1.0),
    "oval": Mouth(open=0.66, round=0.6, teeth=0.2),
    "wide": Mouth(open=0.42, wide=0.9, teeth=0.8, tongue=0.3),
    "middle": Mouth(open=0.58, wide=0.5, teeth=0.7, tongue=0.2),
    "open": Mouth(open=0.98, wide=0.25, teeth=0.75, tongue=0.2),
}

# Shape → the IPA letters that have it; the first letter of a phoneme that is listed decides.
LETTERS = {
    "closed": "mbp",
    "teeth": "fvɱ",
    "tongue": "ðθlnɾɲɫ",
    "narrow": "szʃʒtdjç",
    "back": "kɡgŋhxʁrɹɣʔ",
    "round": "uʊwɥyo",
    "oval": "ɔœøɒʌ",
    "wide": "iɪᵻe",
    "middle": "ɛəɜɚɝæɐ",
    "open": "aɑ",
}
_SHAPE_OF = {letter: shape for shape, letters in LETTERS.items() for letter in letters}


def shape_name(symbol: str) -> str:
    """The name of the shape for a phoneme in IPA; rest for a pause or a letter that is not known."""
    return next((_SHAPE_OF[letter] for letter in symbol if letter in _SHAPE_OF), "rest")


def mouth_at(speech: Speech, t: float) -> Mouth:
    """The mouth `t` seconds after the speech begins; at rest before it, after it and in its pauses."""
    t += LEAD
    total, shut = 0.0, 0.0
    mixed = dict.fromkeys(("open", "wide", "round", "teeth", "tongue"), 0.0)
    for phoneme in speech.phonemes:
        if not phoneme.start - REACH < t < phoneme.end + REACH:
            continue
        name = shape_name(phoneme.symbol)
        weight = 0.5 * (erf((t - phoneme.start) / BLEND) - erf((t - phoneme.end) / BLEND))
        total += weight
        for field in mixed:
            mixed[field] += weight * getattr(SHAPES[name], field)
        if name == "closed":
            shut = max(shut, _shut(phoneme, t))
    scale = 1 / max(1.0, total)  # weights that add up to less than 1 leave the rest to the mouth at rest, all zeros
    mixed = {field: value * scale * (1 if field == "round" else 1 - shut) for field, value in mixed.items()}
    return Mouth(**mixed, closed=shut)


def _shut(phoneme: Phoneme, t: float) -> float:
    """0 to 1: pressed lips, whole for at least SHUT_FOR and until the sound bursts, with soft sides."""
    start = min(phoneme.start, phoneme.end - SHUT_FOR)
    side = 0.045
    rise, fall = (t - (start - side)) / side, (phoneme.end + side - t) / side
    u = max(0.0, min(1.0, rise, fall))
    return u * u * (3 - 2 * u)
