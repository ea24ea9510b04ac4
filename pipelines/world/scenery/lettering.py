"""Letters as strokes, for shop signs: painted or in neon. The words are invented."""

import skia

from pipelines.world.geometry import Colour, box
from pipelines.world.scenery.conditions import darker, lighter
from pipelines.world.styles.painter import Painter

SHOP_WORDS = ("NOVA", "CAFE", "LUMA", "TILO", "MIRA", "OKO", "PAN", "BELO", "SOLA", "RIMU", "KAVA", "ELMO")
NEON: tuple[Colour, ...] = (
    (255, 70, 150),
    (60, 220, 240),
    (255, 190, 70),
    (110, 240, 130),
    (170, 110, 255),
    (255, 90, 90),
)
WIDE, HIGH, STEP = 4.0, 6.0, 5.6  # of a letter's grid; distance between letters

# Strokes as points on a grid 4 wide and 6 high, y down.
_LETTERS = {
    "A": "06 20 46|14 34",
    "B": "00 06 36 45 43 33 03|33 42 41 30 00",
    "C": "41 30 10 01 05 16 36 45",
    "E": "40 00 06 46|03 33",
    "F": "40 00 06|03 33",
    "I": "20 26",
    "K": "00 06|40 03 46",
    "L": "00 06 46",
    "M": "06 00 23 40 46",
    "N": "06 00 46 40",
    "O": "10 01 05 16 36 45 41 30 10",
    "P": "06 00 30 41 42 33 03",
    "R": "06 00 30 41 42 33 03|23 46",
    "S": "41 30 10 01 02 13 33 44 45 36 16 05",
    "T": "00 40|20 26",
    "U": "00 05 16 36 45 40",
    "V": "00 26 40",
}


def lettered(word: str, x: float, y: float, height: float, upright: bool = False) -> skia.Path:
    """The strokes of a word whose first letter's top left corner is at (x, y); `upright` stacks the letters."""
    unit, path = height / HIGH, skia.Path()
    for place, letter in enumerate(word):
        left = x if upright else x + place * STEP * unit
        top = y + place * 7.6 * unit if upright else y
        for stroke in _LETTERS[letter].split("|"):
            for i, point in enumerate(stroke.split()):
                at = (left + int(point[0]) * unit, top + int(point[1]) * unit)
                path.lineTo(*at) if i else path.moveTo(*at)
    return path


def word_size(word: str, height: float, upright: bool = False) -> tuple[float, float]:
    """(width, height) in metres of a word in letters of that height."""
    unit = height / HIGH
    if upright:
        return WIDE * unit, (7.6 * (len(word) - 1) + HIGH) * unit
    return (STEP * (len(word) - 1) + WIDE) * unit, height


def neon_sign(
    painter: Painter, word: str, x: float, y: float, height: float, colour: Colour, lit: bool, upright: bool = False
) -> None:
    """Paints a sign board with a word in neon tubes, its top left corner at (x, y)."""
    wide, tall = word_size(word, height, upright)
    pad = height * 0.45
    board = box(x, y, wide + 2 * pad, tall + 2 * pad, height * 0.18)
    painter.body(board, (44, 36, 66) if lit else mix_board(colour), height * 0.3, form=0.4)
    strokes = lettered(word, x + pad, y + pad, height, upright)
    frame = box(x + pad * 0.35, y + pad * 0.35, wide + pad * 1.3, tall + pad * 1.3, height * 0.12)
    if not lit:
        painter.line(strokes, (252, 246, 232), height * 0.11)
        return
    with painter.shining():
        for width, alpha in ((0.42, 0.22), (0.24, 0.4)):
            painter.line(strokes, colour, height * width, alpha)
        painter.line(frame, colour, height * 0.07, 0.9)
        painter.line(strokes, lighter(colour, 0.25), height * 0.13)
        painter.line(strokes, (255, 255, 255), height * 0.05, 0.85)
    painter.glow(x + wide / 2 + pad, y + tall / 2 + pad, max(wide, tall) * 0.9 + pad, colour, 0.5)


def mix_board(colour: Colour) -> Colour:
    """The colour of a sign's board by day."""
    return darker(colour, 0.35)
