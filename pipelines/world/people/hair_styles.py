"""Hair styles, one row each."""

from dataclasses import dataclass

Line = tuple[tuple[float, float], ...]  # (angle from the face's middle, height): where hair ends round the head
Lock = tuple[float, float, float, float, float, float]  # angle and height at its root, in its middle … at its tip


@dataclass(frozen=True)
class HairStyle:
    line: Line
    out: float  # thickness of the hair in half-widths of the head
    locks: tuple[tuple[Lock, float], ...] = ()  # strands that shape a fringe, each with its half-width
    part: float = 0.25  # angle of the parting
    puffs: float = 0.0  # 0 to 1: how curly its outline is
    crown: float = 0.0  # how far it stands up on top
    ball: float = 0.0  # radius of a round head of hair
    back: str = ""  # what hangs behind: sheet, tail, knot, braids
    length: float = 0.0  # how far down that hangs


_SWEEP: tuple[tuple[Lock, float], ...] = (
    ((0.75, -1.05, 0.30, -0.92, -0.42, -0.66), 0.17),
    ((0.70, -0.92, 0.25, -0.78, -0.20, -0.62), 0.13),
    ((0.80, -1.12, 0.1, -1.06, -0.75, -0.70), 0.17),
    ((0.80, -0.95, 0.75, -0.75, 0.78, -0.52), 0.10),
)
_FRINGE: tuple[tuple[Lock, float], ...] = (
    ((-0.2, -1.0, -0.62, -0.66, -0.78, -0.30), 0.17),
    ((-0.1, -1.0, -0.36, -0.66, -0.44, -0.34), 0.18),
    ((0.0, -1.0, -0.06, -0.68, -0.10, -0.36), 0.18),
    ((0.1, -1.0, 0.26, -0.66, 0.26, -0.35), 0.18),
    ((0.2, -1.0, 0.58, -0.64, 0.66, -0.30), 0.18),
)
_SPIKES: tuple[tuple[Lock, float], ...] = (
    ((-0.5, -1.02, -0.62, -0.86, -0.70, -0.62), 0.13),
    ((-0.2, -1.05, -0.34, -0.86, -0.36, -0.60), 0.14),
    ((0.1, -1.05, 0.02, -0.86, -0.04, -0.58), 0.14),
    ((0.4, -1.05, 0.36, -0.86, 0.30, -0.60), 0.14),
    ((0.6, -1.0, 0.68, -0.82, 0.64, -0.58), 0.13),
)

STYLES: dict[str, HairStyle] = {
    "short": HairStyle(
        (
            (0, -0.80),
            (0.30, -0.72),
            (0.60, -0.72),
            (0.95, -0.46),
            (1.25, -0.10),
            (1.42, 0.12),
            (1.70, 0.04),
            (2.2, 0.60),
            (3.2, 0.72),
        ),
        0.10,
        _SWEEP,
        crown=0.10,
    ),
    "tousled": HairStyle(
        (
            (0, -0.74),
            (0.30, -0.70),
            (0.60, -0.70),
            (0.95, -0.46),
            (1.25, -0.06),
            (1.42, 0.16),
            (1.70, 0.06),
            (2.2, 0.62),
            (3.2, 0.74),
        ),
        0.13,
        _SPIKES,
        puffs=0.25,
        crown=0.08,
    ),
    "crop": HairStyle(
        (
            (0, -0.76),
            (0.40, -0.74),
            (0.70, -0.66),
            (0.95, -0.46),
            (1.25, -0.12),
            (1.42, 0.06),
            (1.70, 0.00),
            (2.2, 0.54),
            (3.2, 0.66),
        ),
        0.045,
    ),
    "curls": HairStyle(
        ((0, -0.66), (0.5, -0.60), (0.95, -0.38), (1.3, -0.05), (1.5, 0.10), (1.7, 0.06), (2.1, 0.58), (3.2, 0.74)),
        0.20,
        puffs=1.0,
        crown=0.10,
    ),
    "ringlets": HairStyle(
        ((0, -0.66), (0.3, -0.62), (0.62, -0.44), (0.92, 0.06), (1.15, 0.66), (1.6, 0.80), (3.2, 0.80)),
        0.20,
        puffs=0.9,
        crown=0.10,
        back="sheet",
        length=1.15,
    ),
    "afro": HairStyle(
        ((0, -0.62), (0.5, -0.58), (0.85, -0.42), (1.2, -0.02), (1.45, 0.34), (1.7, 0.40), (2.2, 0.6), (3.2, 0.72)),
        0.12,
        puffs=0.8,
        ball=1.46,
    ),
    "bun": HairStyle(
        ((0, -0.74), (0.4, -0.66), (0.8, -0.46), (1.2, -0.16), (1.5, 0.0), (1.8, 0.05), (2.3, 0.50), (3.2, 0.60)),
        0.07,
        back="knot",
    ),
    "ponytail": HairStyle(
        ((0, -0.60), (0.45, -0.56), (0.8, -0.40), (1.15, -0.02), (1.38, 0.16), (1.7, 0.08), (2.3, 0.46), (3.2, 0.56)),
        0.09,
        _SWEEP[:2],
        back="tail",
        length=1.7,
    ),
    "braids": HairStyle(
        ((0, -0.70), (0.4, -0.62), (0.8, -0.40), (1.15, 0.0), (1.38, 0.22), (1.7, 0.30), (2.3, 0.56), (3.2, 0.62)),
        0.09,
        _FRINGE,
        back="braids",
        length=1.5,
    ),
    "long": HairStyle(
        ((0, -0.80), (0.3, -0.66), (0.62, -0.38), (0.92, 0.12), (1.15, 0.80), (1.6, 1.05), (3.2, 1.05)),
        0.12,
        part=0.05,
        crown=0.08,
        back="sheet",
        length=1.85,
    ),
    "waves": HairStyle(
        ((0, -0.72), (0.3, -0.70), (0.62, -0.46), (0.95, 0.02), (1.18, 0.70), (1.6, 0.95), (3.2, 0.95)),
        0.16,
        _SWEEP[:2],
        puffs=0.35,
        crown=0.06,
        back="sheet",
        length=1.5,
    ),
    "bob": HairStyle(
        ((0, -0.62), (0.35, -0.56), (0.62, -0.40), (0.88, 0.10), (1.12, 0.72), (1.6, 0.84), (3.2, 0.84)),
        0.14,
        _FRINGE,
        back="sheet",
        length=1.0,
    ),
    "bald": HairStyle(
        ((0, -1.3), (0.9, -1.22), (1.25, -0.40), (1.45, 0.10), (1.75, 0.05), (2.3, 0.58), (3.2, 0.68)),
        0.05,
        puffs=0.3,
    ),
    "shaven": HairStyle(((0, -1.3), (3.2, -1.3)), 0.0),
}
