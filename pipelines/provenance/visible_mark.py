"""The visible mark: a small pill that says how a clip was made, and wanders from corner to corner.

It is painted once per size and only blended afterwards, on the few pixels it covers. White letters on a dark pill keep
their contrast on any picture: over pure white the pill is still dark enough for 4.5:1, the bar for small text.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = "Made with AI · Hibari"
STAY = 3.5  # seconds in one corner
FADE = 0.25  # seconds to appear; the old place fades only afterwards, so that one full mark always stands
CORNERS = ((0, 0), (1, 1), (1, 0), (0, 1))  # (right?, bottom?) in turn; each differs from the one before
PILL_HEIGHT = 0.046  # of the frame's mean side (the root of its area)
MIN_PILL_HEIGHT = 13  # pixels, below which the letters would blur
MAX_PILL_WIDTH = 0.8  # of the frame
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 0.045, 0.04, 0.085  # of the frame; a player's controls lie at the bottom
PILL_OPACITY = 0.68
OVERSAMPLING = 4  # drawn so much larger, then reduced, for smooth edges


@dataclass(frozen=True)
class VisibleMark:
    """The painted pill and the four places where it may lie."""

    light: np.ndarray  # (h, w, 3) uint16, 0..255: what the mark adds, already times its opacity
    opacity: np.ndarray  # (h, w, 1) uint16, 0..255
    places: tuple[tuple[int, int], ...]  # (left, top) pixels, in turn

    def draw(self, frame: np.ndarray, seconds: float) -> None:
        """Blends the mark as it is at that time into a (height, width, 3) uint8 BGR frame, in place."""
        turn, since = divmod(seconds, STAY)
        here = self.places[int(turn) % len(self.places)]
        if turn == 0 or since >= 2 * FADE:
            self._blend(frame, here, 1.0)
            return
        before = self.places[int(turn - 1) % len(self.places)]
        self._blend(frame, before, min(1.0, 2 - since / FADE))
        self._blend(frame, here, min(1.0, since / FADE))

    def _blend(self, frame: np.ndarray, place: tuple[int, int], strength: float) -> None:
        left, top = place
        height, width = self.opacity.shape[:2]
        under = frame[top : top + height, left : left + width]
        share = round(strength * 256)
        kept = 255 - (self.opacity * share >> 8)
        under[:] = (under * kept + (self.light * share >> 8) * 255 + 127) // 255


@lru_cache(maxsize=8)
def visible_mark(width: int, height: int, handle: str | None = None) -> VisibleMark:
    """The mark for frames of that size in pixels, naming "@handle" too where one is given."""
    words = f"{WORDS} · @{handle}" if handle else WORDS
    pill = max(MIN_PILL_HEIGHT, round(PILL_HEIGHT * (width * height) ** 0.5))
    picture = _pill(words, pill * OVERSAMPLING)
    shown = pill / picture.shape[0]
    shown = min(shown, MAX_PILL_WIDTH * width / picture.shape[1])
    size = max(1, round(picture.shape[1] * shown)), max(1, round(picture.shape[0] * shown))
    picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    places = tuple(_place(right, bottom, width, height, size) for right, bottom in CORNERS)
    return VisibleMark(picture[..., :3].astype(np.uint16), picture[..., 3:].astype(np.uint16), places)


def _place(right: int, bottom: int, width: int, height: int, size: tuple[int, int]) -> tuple[int, int]:
    side = round(MARGIN_SIDE * width)
    left = width - side - size[0] if right else side
    top = height - round(MARGIN_BOTTOM * height) - size[1] if bottom else round(MARGIN_TOP * height)
    return max(0, left), max(0, top)


def _pill(words: str, height: int) -> np.ndarray:
    """(height, w, 4) uint8 BGRA, colours times opacity: bird and words on a dark pill with a hairline of light."""
    font = ImageFont.load_default(height * 0.5)  # Pillow carries this font: no system has to have one
    bird = height * 0.62
    start = height * 0.42
    text_at = start + bird + height * 0.26
    width = round(text_at + font.getlength(words) + height * 0.5)
    opacity = Image.new("L", (width, height))
    line = max(1, height // 32)
    pen = ImageDraw.Draw(opacity)
    pen.rounded_rectangle((0, 0, width - 1, height - 1), height / 2, fill=round(PILL_OPACITY * 255))
    ink = Image.new("L", (width, height))
    pen = ImageDraw.Draw(ink)
    pen.rounded_rectangle((0, 0, width - 1, height - 1), height / 2, outline=56, width=line)
    pen.polygon([(start + x * bird, height / 2 + y * bird) for x, y in skylark()], fill=255)
    pen.text((text_at, height / 2), words, fill=255, font=font, anchor="lm", stroke_width=height / 110, stroke_fill=255)
    ink_share = np.asarray(ink, np.float32)[..., None] / 255
    pill_share = np.asarray(opacity, np.float32)[..., None] / 255
    covered = np.maximum(pill_share, ink_share)
    return np.concatenate([np.repeat(ink_share * 255, 3, 2), covered * 255], 2).round().astype(np.uint8)


# A skylark that climbs to the right, as curves (control points in bird lengths, y down, centred on y = 0)
_SKYLARK = (
    ((1.00, -0.34), (0.90, -0.36), (0.84, -0.36)),  # beak to brow
    ((0.84, -0.36), (0.72, -0.42), (0.63, -0.26)),  # crown and nape
    ((0.63, -0.26), (0.60, -0.20), (0.54, -0.15)),
    ((0.54, -0.15), (0.40, -0.42), (0.06, -0.50)),  # front edge of the raised wing, to its tip
    ((0.06, -0.50), (0.10, -0.18), (0.32, 0.04)),  # back edge of the wing
    ((0.32, 0.04), (0.18, 0.20), (0.00, 0.40)),  # back to the tail
    ((0.00, 0.40), (0.10, 0.44), (0.18, 0.42)),  # end of the tail
    ((0.18, 0.42), (0.34, 0.30), (0.46, 0.27)),
    ((0.46, 0.27), (0.80, 0.20), (0.86, -0.22)),  # belly and breast
    ((0.86, -0.22), (0.90, -0.28), (1.00, -0.34)),  # throat to beak
)


def skylark() -> list[tuple[float, float]]:
    """The outline of the bird as points, x 0..1, y about -0.5..0.5 (down)."""
    steps = [step / 10 for step in range(10)]
    return [
        tuple((1 - t) ** 2 * a + 2 * (1 - t) * t * b + t * t * c for a, b, c in zip(*curve, strict=True))
        for curve in _SKYLARK
        for t in steps
    ]
