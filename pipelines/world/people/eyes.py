"""Eyes and brows. Lids are skin, so a blink is a lid that comes down."""

import math

import skia

from pipelines.world.geometry import Point, clamp, disc, limb, mix, oval, smooth
from pipelines.world.people.loft import Loft, View
from pipelines.world.people.look import Look
from pipelines.world.people.pose import Face
from pipelines.world.styles.painter import Painter

DARK = (44, 24, 30)  # lashes and lid edges
ACROSS = [-1 + i / 3 for i in range(7)]  # places along a lid


class _Eye:
    """The curves of one eye on the head's surface."""

    def __init__(self, look: Look, loft: Loft, view: View, face: Face, side: int, y: float) -> None:
        self.loft, self.view, self.side, self.y = loft, view, side, y
        self.bigger = 1 + 0.20 * clamp((34 - view.size) / 22)  # small heads get larger eyes, to be read
        self.angle = side * 0.405
        self.width = 0.195 * look.eye_size * self.bigger
        self.height = self.bigger * (0.158 + 0.045 * look.childhood) * look.eye_size * (1 - 0.30 * face.squint)
        self.blink = clamp(face.blink + 0.09 + 0.07 * look.oldness + 0.25 * max(0.0, face.smile - 0.75))
        self.cheek = clamp(face.squint + 0.5 * max(0.0, face.smile - 0.5))

    def on(self, angle: float, y: float, out: float = 0.0) -> Point:
        return self.view(self.loft.at(angle, y, out))

    def upper(self, blink: float, lift: float = 0.0, wider: float = 1.0) -> list[Point]:
        return [self.on(self.angle + self.width * wider * q, self._upper_height(q, blink) - lift) for q in ACROSS]

    def lower(self) -> list[Point]:
        depth = self.height * (0.74 - 0.30 * self.cheek)
        return [self.on(self.angle + self.width * q, self.y + depth * (1 - q * q)) for q in ACROSS]

    def _upper_height(self, q: float, blink: float) -> float:
        arch = 1 - q * q
        return self.y - self.height * arch * (1 - blink) + self.height * 0.55 * blink * arch - 0.014 * q * self.side


def draw_eye(painter: Painter, look: Look, loft: Loft, view: View, face: Face, side: int, y: float) -> None:
    """Paints one eye; the painter should be clipped to the head."""
    eye, size = _Eye(look, loft, view, face, side, y), view.size
    shade = mix(look.skin, (112, 44, 62), 0.36)
    upper, lower = eye.upper(eye.blink), eye.lower()
    crease = eye.upper(0, 0.055, 1.12)
    painter.patch(smooth(crease + lower[::-1]), mix(look.skin, shade, 0.30))
    if eye.blink < 0.92:
        opening = smooth(upper, closed=False)
        for point in lower[::-1]:
            opening.lineTo(*point)
        opening.close()
        with painter.clipped(opening):
            _ball(painter, look, eye, face)
    painter.line(upper, DARK, size * (0.040 + 0.022 * look.lashes), 0.93)
    if look.lashes > 0.5:
        start = upper[-1] if side > 0 else upper[0]
        tip = eye.on(eye.angle + side * eye.width * 1.34, eye._upper_height(side * 0.95, eye.blink) - 0.055)
        painter.line([start, tip], DARK, size * 0.042, 0.88)
    if size > 15:
        painter.line(lower, mix(shade, (120, 40, 40), 0.3), size * 0.016, 0.55)
        painter.line(crease, shade, size * 0.02, 0.5 + 0.2 * look.oldness)


def _ball(painter: Painter, look: Look, eye: _Eye, face: Face) -> None:
    """White, iris, pupil, the lid's shadow, and two lights."""
    size, y = eye.view.size, eye.y
    top, bottom = eye.on(eye.angle, y - eye.height), eye.on(eye.angle, y + eye.height)
    white = oval(top[0], (top[1] + bottom[1]) / 2, eye.width * size * 1.6, eye.height * size * 1.6)
    painter.blend(white, top, bottom, ((0, (206, 196, 204)), (0.4, (252, 248, 242)), (1, (238, 228, 222))))
    x, row = eye.on(eye.angle + clamp(face.gaze[0], -1, 1) * 0.10, y + 0.015 + clamp(face.gaze[1], -1, 1) * 0.07)
    radius = size * 0.124 * eye.bigger * look.eye_size * (1 + 0.14 * look.childhood)
    narrow = max(0.45, abs(math.cos(eye.angle + eye.view.yaw)))
    dark, lit = mix(look.eyes, (10, 8, 20), 0.66), mix(look.eyes, (255, 246, 220), 0.42)
    iris = oval(x, row, radius * narrow, radius)
    painter.patch(iris, dark)
    if size > 15:
        inner = oval(x, row + radius * 0.10, radius * 0.84 * narrow, radius * 0.82)
        painter.blend(inner, (x, row - radius), (x, row + radius), ((0, dark), (0.45, look.eyes), (1, lit)))
    if size > 60:
        painter.line(_spokes(x, row, radius, narrow), mix(look.eyes, (255, 255, 255), 0.5), radius * 0.05, 0.35)
    painter.patch(oval(x, row, radius * 0.48 * narrow, radius * 0.48), (18, 10, 16))
    painter.tone(
        top[0], top[1] - eye.height * size * 0.15, eye.width * size * 1.2, eye.height * size * 0.5, (50, 24, 44), 0.42
    )
    painter.patch(disc(x - radius * 0.32 * narrow, row - radius * 0.38, max(radius * 0.28, 0.5)), (255, 255, 250), 0.95)
    if size > 15:
        painter.patch(disc(x + radius * 0.34 * narrow, row + radius * 0.38, radius * 0.14), (255, 244, 228), 0.6)


def _spokes(x: float, y: float, radius: float, narrow: float) -> skia.Path:
    path = skia.Path()
    for i in range(18):
        c, s = math.cos(i * 0.349) * narrow, math.sin(i * 0.349)
        path.moveTo(x + c * radius * 0.5, y + s * radius * 0.5)
        path.lineTo(x + c * radius * 0.84, y + s * radius * 0.84)
    return path


def draw_brow(painter: Painter, look: Look, loft: Loft, view: View, face: Face, side: int, eye_y: float) -> None:
    """One brow: raised, or drawn together."""
    raised, size = face.brow * 0.085, view.size
    sorrow = 0.05 * max(0.0, -face.smile)
    curve = [
        (-0.22, 0.005 + face.frown * 0.08 - face.brow * 0.02 - sorrow),
        (-0.08, -0.035 + face.frown * 0.025 - sorrow * 0.4),
        (0.10, -0.055),
        (0.27, 0.02 + sorrow * 0.5),
    ]
    place = eye_y - 0.30 - 0.03 * look.childhood - raised
    points = [view(loft.at(side * (0.41 + a), place + y, 0.03)) for a, y in curve]
    width = size * 0.045 * look.brow * (1 - 0.18 * look.feminine)
    colour = mix(look.hair, (28, 18, 20), 0.25 * (1 - look.oldness))
    painter.patch(limb(points, [width * 0.8, width * 1.15, width, width * 0.35]), colour, 0.95)
    if look.oldness > 0.5 and size > 30:
        _bush(painter, points, width, size, side, colour)


def _bush(painter: Painter, points: list[Point], width: float, size: float, side: int, colour: tuple) -> None:
    """Strands that fan outwards from an old brow."""
    path = skia.Path()
    for i in range(13):
        s = i / 12 * 2.999
        a = mix(points[int(s)], points[int(s) + 1], s - int(s))
        wobble = math.sin(i * 7.3 + side)
        angle = -math.pi / 2 + side * (0.35 + 0.3 * s) + 0.25 * wobble
        length = size * (0.075 + 0.02 * wobble)
        path.moveTo(a[0], a[1] + width * 0.5 * wobble)
        path.lineTo(a[0] + math.cos(angle) * length, a[1] + math.sin(angle) * length)
    painter.texture(path, mix(colour, (255, 252, 246), 0.4), size * 0.020, 0.85)
