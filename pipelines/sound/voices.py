"""Who speaks: a voice as numbers, the same in every language, and eight of them ready made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """How somebody sounds."""

    variant: str  # espeak-ng's variant: the shape of the throat that it imitates
    pitch: int = 50  # 0 to 99 within the variant
    melody: int = 55  # 0 (flat) to 99 (lively)
    rate: int = 160  # words per minute
    size: float = 1.0  # length of the vocal tract against the variant's: a child's is shorter, its vowels lie higher
    breath: float = 0.25  # air in the voice, 0 to 1
    warmth: float = 0.6  # chest and softness against edge, 0 to 1
    machine: float = 0.0  # how much of it is a machine, 0 to 1


VOICES = {
    "man": Voice("m7", pitch=52, melody=58),
    "woman": Voice("f2", pitch=52, melody=60, rate=164, breath=0.35),
    "boy": Voice("f2", pitch=58, melody=72, rate=172, size=0.86, warmth=0.4),
    "girl": Voice("f4", pitch=76, melody=75, rate=172, size=0.84, breath=0.35, warmth=0.4),
    "old_man": Voice("m7", pitch=34, melody=48, rate=132, size=1.07, breath=0.7, warmth=0.7),
    "old_woman": Voice("f4", pitch=34, melody=50, rate=136, size=0.97, breath=0.7),
    "robot": Voice("m3", pitch=40, melody=8, rate=150, breath=0.0, warmth=0.2, machine=1.0),
    "narrator": Voice("m7", pitch=44, melody=52, rate=148, size=1.03, breath=0.3, warmth=0.9),
}


def voice_named(name: str) -> Voice:
    """The ready-made voice of that name; the narrator's for a name that has none."""
    return VOICES.get(name, VOICES["narrator"])
